"""Lines of the log: with the number of the request, whole on one line, without anything that is somebody's own.

Addresses, e-mail addresses, the questions in addresses, and tokens that open something for whoever knows them, are masked wherever they
come from, a traceback too.
"""

import contextvars
import datetime
import json
import logging
import os
import re
from pathlib import Path

from record import tokens
from relations_site.environment import Environment

# The number of the request that is being answered; empty outside of one.
REQUEST = contextvars.ContextVar("request", default="")

ENV = Path(__file__).resolve().parent.parent.parent / ".env"
OWN = [
    (re.compile(tokens.PATTERN), "…"),
    (re.compile(r"\b[\w.+-]+:[^\s@/]+@"), "[login]@"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "[address]"),
    (re.compile(r"(?<![\w:])(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)(?=[0-9a-fA-F:]*[0-9a-fA-F])[0-9a-fA-F:]{3,}(?![\w:])"), "[address]"),
    (re.compile(r"(?<=[\w/])\?[^\s'\"<>]*=[^\s'\"<>]*"), "?…"),
    # PostgreSQL quotes the row that it refuses.
    (re.compile(r"(?m)^DETAIL: .*$"), "DETAIL: …"),
]
# Times of the clock look like addresses of IPv6 to the pattern above: two numbers apart from a colon are none, three are.
CLOCK = re.compile(r"\b([01]?\d|2[0-3]):[0-5]\d:[0-5]\d\b")


def masked(text):
    """The text without what is somebody's own."""
    kept = []

    def keep(found):
        kept.append(found[0])
        return f"\0{len(kept) - 1}\0"

    text = CLOCK.sub(keep, text)
    for pattern, instead in OWN:
        text = pattern.sub(instead, text)
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)


class Lines(logging.Formatter):
    """For people: one line a message; what follows it, such as a traceback, is indented, so that no text can pass for a line."""

    def __init__(self):
        super().__init__("{asctime} {levelname} {name} [{request}] {message}", style="{")

    def format(self, record):
        record.request = REQUEST.get() or "-"
        return masked(super().format(record)).replace("\r", "\\r").replace("\n", "\n    ")


class Json(logging.Formatter):
    """For programs: one object a line."""

    def format(self, record):
        said = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if request := REQUEST.get():
            said["request"] = request
        if record.exc_info:
            said["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(said | getattr(record, "figures", {}), ensure_ascii=False)


FORMS = {"json": Json, "lines": Lines}


def of_the_server():
    """How the server's own lines are written, which granian begins before Django is there: as LOG_FORMAT says, in the environment
    or in .env (deploy/granian.json). Nothing else is taken over: workers that begin later read .env as it is by then."""
    own = type("Own", (Environment,), {"ENVIRON": dict(os.environ)})
    own.read_env(ENV)
    return FORMS.get(own.ENVIRON.get("LOG_FORMAT"), Lines)()


def settings(form, level):
    """What Django wants to be told. `form` is "json" or "lines"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"own": {"()": FORMS[form]}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "own"}},
        "root": {"handlers": ["console"], "level": level},
        # Django's own handler would write to the console past ours, and what it says for debugging is each statement. Who logged in, who
        # failed, who was stopped, what changed about an account is told whatever the level, beside the audit list in the database.
        "loggers": {
            "django": {"handlers": [], "level": "INFO" if level == "DEBUG" else level, "propagate": True},
            "relations.audit": {"level": "INFO"},
        },
    }
