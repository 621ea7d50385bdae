"""Backups: one archive of everything that an installation has and the code has not, taken while the site is in use; and the way back."""


class Refused(Exception):
    """Nothing was changed; the sentence says why, and what to do."""
