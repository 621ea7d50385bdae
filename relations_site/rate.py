"""How often one address may ask in a while, by a setting such as 120/minute; counted in the cache, so for each process where it has its own."""

import hashlib
import ipaddress
import re
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds."""

    times: int
    seconds: int

    @classmethod
    def read(cls, text):
        """`120/minute`; None where nothing is set. Raises ImproperlyConfigured."""
        if not text:
            return None
        found = re.fullmatch(r"([1-9][0-9]{0,8})/(second|minute|hour|day)", text)
        if not found:
            raise ImproperlyConfigured(f"{text!r} is no rate: write 120/minute, or nothing for no limit.")
        return cls(int(found[1]), SECONDS[found[2]])


def asked_from(request):
    """The address that a request came from, as our own proxies name it; the network of one of IPv6, which holds many addresses."""
    address = request.META.get("REMOTE_ADDR", "")
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if 0 < settings.PROXIES <= len(named):
        address = named[-settings.PROXIES]
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    # A socket for both kinds of address names those of IPv4 within IPv6.
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def seconds_to_wait(request, name, text):
    """0 if this request is within the rate, else after how many seconds the next one will be."""
    rate = Rate.read(text)
    if rate is None:
        return 0
    window, passed = divmod(int(time.time()), rate.seconds)
    own = hashlib.sha256(asked_from(request).encode()).hexdigest()[:24]
    key = f"rate:{name}:{window}:{own}"
    cache.add(key, 0, rate.seconds + 1)
    try:
        count = cache.incr(key)
    except ValueError:
        # The cache forgot it between the two lines: it counts as the first.
        count = 1
    return 0 if count <= rate.times else rate.seconds - passed
