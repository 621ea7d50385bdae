"""The HTTP Observatory's arithmetic (1.6.3) for what a site of ours can win or lose: 100 points, penalties, and bonuses from 90 up.

Only the rules that an answer of this site could meet; whatever is not recognised as good is counted as bad.
"""

import re

PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_A_YEAR = 15_768_000


def policy(headers):
    """The directives of the policy of content, by name."""
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    return {name.lower(): values for name, *values in parts}


def score(headers, cookies, html):
    """(score, {test: points}) of an answer over HTTPS whose address of http:// leads to it."""
    found = {
        "csp": _csp(policy(headers)),
        "cookies": _cookies(cookies),
        "cors": -50 if "Access-Control-Allow-Credentials" in headers else 0,
        "referrer": 5 if headers.get("Referrer-Policy") in PRIVATE else -5,
        "hsts": _hsts(headers.get("Strict-Transport-Security", "")),
        "sri": _sri(html),
        "nosniff": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": 5 if policy(headers).get("frame-ancestors") == ["'none'"] else -20,
        "corp": {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(headers.get("Cross-Origin-Resource-Policy"), 0),
        "coep": 10 if headers.get("Cross-Origin-Embedder-Policy") in ("require-corp", "credentialless") else 0,
        "coop": 10 if headers.get("Cross-Origin-Opener-Policy") == "same-origin" else 0,
    }
    base = 100 + sum(points for points in found.values() if points < 0)
    bonus = sum(points for points in found.values() if points > 0)
    return (base + bonus if base >= 90 else base), found


def _csp(directives):
    said = {value for values in directives.values() for value in values}
    if not directives:
        return -25
    if {"'unsafe-inline'", "'unsafe-eval'"} & said or "*" in directives.get("script-src", directives.get("default-src", ["*"])):
        return -20
    return 10 if directives.get("default-src") == ["'none'"] else 5


def _cookies(cookies):
    if not cookies:
        return 0
    safe = all(cookie["secure"] and cookie["httponly"] and cookie["samesite"] for cookie in cookies)
    return 5 if safe else -40


def _hsts(text):
    age = re.search(r"max-age=(\d+)", text)
    return 0 if age and int(age[1]) >= HALF_A_YEAR else -20


def _sri(html):
    scripts = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", html)
    if any(re.search(r'src="(https?:)?//', script) for script in scripts):
        return -50
    return 5 if scripts and all("integrity=" in script for script in scripts) else 0
