"""Trade as readers see it: statistics and quotations read side by side, compared by published rules, and never mixed."""
