"""Who gets in at the desk, how often somebody may guess, and what is written down about it.

Login, second factor and recovery codes are django-allauth's, with three things of our own: counts of wrong guesses that hold
over processes (`guessing`), codes that work once everywhere (`forms`), and an audit list (`audit`). Nobody can sign up.
"""
