"""Translations that leave for a translator elsewhere and come back: XLIFF 1.2 or CSV, by one rule on the way in."""
