"""The bits follow what is committed, in whatever order transactions begin and end: in a process of its own, since tests commit nothing."""

import json

from django.db import connection

from tests import own_site

SCRIPT = """
import json
import django
django.setup()
from django.db import connection
from django.http import QueryDict
from events.filters import EventListing
from events.models import Event
from record import counting, inverted, kept

told = []
keys = list(Event.objects.public().order_by("pk").values_list("pk", flat=True)[:4])

def look(name):
    with kept.Generation().entered():
        own = EventListing(QueryDict(""))
        assert own.is_answerable
        with own.answering() as narrowed:
            assert narrowed == own.marked
            bits = counting.counts(own.tallied(narrowed))
        rows = counting.counts(own.tallied(own.narrowed))
    told.append([name, bits == rows, bits.get(("kind", "exhibition-or-festival"), 0)])

def writer():
    own = connection.copy()
    own.set_autocommit(False)
    return own

def change(own, key):
    with own.cursor() as cursor:
        cursor.execute("UPDATE events_event SET kind = 'exhibition-or-festival' WHERE id = %s", [key])

with connection.cursor() as cursor:
    cursor.execute("UPDATE events_event SET kind = 'summit'")
look("before")
if connection.vendor == "postgresql":
    first, second = writer(), writer()
    change(first, keys[0])
    look("one has begun")
    change(second, keys[1])
    second.commit()
    look("the later one has ended")
    first.commit()
    look("the earlier one has ended too")
    change(second, keys[2])
    look("a third has begun")
    second.rollback()
    look("and was rolled back")
else:
    first = writer()
    change(first, keys[0])
    look("one has begun")
    first.commit()
    look("and has ended")
    change(first, keys[1])
    first.rollback()
    look("another was rolled back")
    change(first, keys[2])
    first.commit()
    look("the next has ended")
from django.core.management import call_command
call_command("flush", interactive=False, verbosity=0)
look("everything is gone")
print(json.dumps(told))
"""


def test_counts_are_those_of_what_is_committed_at_every_step(databases, tmp_path):
    env = own_site.environment(databases("own", full=True), tmp_path, DJANGO_SETTINGS_MODULE="relations_site.settings")
    told = json.loads(own_site.run(env, "-c", SCRIPT).stdout)
    assert [name for name, is_right, _number in told if not is_right] == []
    numbers = [number for _name, _is_right, number in told]
    assert numbers == ([0, 0, 1, 2, 2, 2, 0] if connection.vendor == "postgresql" else [0, 0, 1, 1, 2, 0])
