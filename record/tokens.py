"""Addresses that open one thing without an account: random, signed by this site, and stored only as a digest.

The signature turns away whatever this site did not give out before the database is asked; the digest means that nobody who
reads the database, or a backup of it, can open anything. A new SECRET_KEY ends every address.
"""

import hashlib
import secrets

from django.core.signing import BadSignature, Signer

# As the addresses of the site write it: 128 random bits, and the signature.
PATTERN = r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"


def _signer():
    return Signer(sep=".", salt="record.tokens")


def new():
    """A token that nobody can guess, for an address; keep its `digest`, and never the token."""
    return _signer().sign(secrets.token_urlsafe(16))


def digest(token):
    """The digest of a token that this site gave out; None of any other text."""
    try:
        said = _signer().unsign(token)
    except BadSignature:
        return None
    return hashlib.sha256(said.encode()).hexdigest()
