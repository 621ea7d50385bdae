"""Whether the site on this machine answers, for a container that is watched: `python -m relations_site.operations.probe`.

It asks as the proxy does, by the site's own name and as if over TLS. Django is not loaded.
"""

import http.client
import os
import sys


def host(allowed):
    """The first name of ALLOWED_HOSTS that a visitor could ask for; a pattern stands for its end."""
    names = [name.strip().lstrip("*.") for name in allowed.split(",")]
    return next(filter(None, names), "127.0.0.1")


def answers(port, allowed, seconds=2):
    """Whether /healthz/ answers with 200 in time."""
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        site.request("GET", "/healthz/", headers={"Host": host(allowed), "X-Forwarded-Proto": "https"})
        return site.getresponse().status == 200
    except OSError:
        return False
    finally:
        site.close()


if __name__ == "__main__":
    sys.exit(not answers(8000, os.environ.get("ALLOWED_HOSTS", "")))
