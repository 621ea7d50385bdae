"""Run in an environment of its own: prints what readers get at a sample of all addresses, as digests.

python -m tests.relations_site.safekeeping.site 40             # adds what an installation has besides, reads every 40th address, backs up
python -m tests.relations_site.safekeeping.site 40 ARCHIVE     # restores, reads, and tries to restore once more
"""

import hashlib
import json
import os
import sys

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")
NOON = "2031-05-04T12:00:00+05:00"


def prepare():
    """A picture that readers see, and one that they do not."""
    from django.conf import settings

    from events.models import Event
    from tests.outlets.test_leaks import _picture

    Event.objects.public().first().pictures.add(_picture())
    _picture()
    release = settings.BUNDLE_ROOT / "2031-01-01.1"
    release.mkdir(parents=True)
    (release / "events.csv").write_text("number,title\r\nE1,Meeting of the transport ministers\r\n")


def read(step):
    from django.test import Client

    from record.models import Picture
    from tests import walk

    client = Client()
    # Cards are drawn anew at each request, and slowly.
    asked = [address for address in walk.addresses() if "/cards/" not in address and not address.startswith(("/readyz", "/metrics"))]
    pictures = [f"/pictures/{row.image.name.split('/')[-1]}" for row in Picture.objects.order_by("pk")]
    answers = {}
    for address in [*asked[::step], *pictures]:
        response = client.get(address)
        answers[address] = [response.status_code, hashlib.sha256(response.getvalue()).hexdigest()]
    return answers


def main(step, archive=None):
    from django.core.management import CommandError, call_command

    if archive:
        call_command("restore", archive, verbosity=0, stdout=sys.stderr)
        print(json.dumps(read(step)))
        try:
            call_command("restore", archive)
        except CommandError as error:
            print(error, file=sys.stderr)
    else:
        prepare()
        print(json.dumps(read(step)))
        call_command("backup", keep=1, verbosity=0, stdout=sys.stderr)


if __name__ == "__main__":
    with time_machine.travel(NOON, tick=False):
        django.setup()
        main(int(sys.argv[1]), *sys.argv[2:])
