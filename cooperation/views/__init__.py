"""Pages of agreements, initiatives and trade: one module for each sort of page."""
