"""Run in an environment of its own: an editor who is signed in, and drafts that want publishing; told as JSON.

python -m tests.relations_site.operations.desk 4
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")


def main(count):
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests import factories

    desk = Client()
    desk.force_login(get_user_model().objects.create_superuser("editor"))
    drafts = [factories.EventFactory(title_en=f"Meeting of the transport ministers, the {number}th") for number in range(count)]
    print(
        json.dumps(
            {"session": desk.session.session_key, "drafts": [[draft.pk, draft.title_en, draft.get_absolute_url()] for draft in drafts]}
        )
    )


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
