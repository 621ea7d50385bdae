"""Whether settings are safe to be seen by the world: asked by `settings` at start, behind TLS, before the first request."""

from urllib.parse import urlsplit

LOCAL = {"127.0.0.1", "localhost", "[::1]", "::1", "0.0.0.0"}
# Signs and different signs that a key has at the least: what Django's own check wants.
KEY_LENGTH, KEY_SIGNS = 50, 5


def faults(*, debug, secret_key, hosts, trusted_origins):
    """Sentences on everything that is unsafe in production; [] when nothing is."""
    found = []
    if debug:
        found.append("DEBUG is true: set DEBUG=false, or errors show the code to everybody.")
    if len(secret_key) < KEY_LENGTH or len(set(secret_key)) < KEY_SIGNS or secret_key.startswith("django-insecure-"):
        found.append(f"SECRET_KEY is too weak: set a random text of {KEY_LENGTH} signs or more.")
    if any(host == "*" or host.startswith((".", "*")) for host in hosts):
        found.append("ALLOWED_HOSTS holds a wildcard: name every host of this site.")
    if not set(hosts) - LOCAL:
        found.append("ALLOWED_HOSTS names no public host: set it to the name of this site, for example record.example.")
    if any(urlsplit(origin).scheme != "https" for origin in trusted_origins):
        found.append("CSRF_TRUSTED_ORIGINS names an address without https://.")
    return found


def contact(text):
    """The contact of security.txt as an address that a program can open; "" for none. Raises ValueError."""
    if not text or urlsplit(text).scheme in ("https", "mailto", "tel"):
        return text
    if "@" in text and "/" not in text and " " not in text:
        return f"mailto:{text}"
    raise ValueError("SECURITY_CONTACT must be a mail address or start with https://, mailto: or tel:.")
