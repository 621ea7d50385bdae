"""The hash by which a browser knows a script of ours (Subresource Integrity)."""

import base64
import functools
import hashlib

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage


def of(path):
    """`sha384-…` of a static file as it is served under its present address; "" where none is found, and while it is worked on."""
    return "" if settings.DEBUG else _digest(staticfiles_storage.url(path))


@functools.lru_cache(maxsize=256)
def _digest(address):
    """By its address, which names the content: computed once for each, and anew after a change."""
    name = address.removeprefix(staticfiles_storage.base_url)
    if not staticfiles_storage.exists(name):
        return ""
    with staticfiles_storage.open(name) as file:
        data = file.read()
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
