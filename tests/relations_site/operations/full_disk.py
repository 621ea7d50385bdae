"""Run in an environment of its own: a save that finds no room in the file of the database; told as JSON.

python -m tests.relations_site.operations.full_disk
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations_site.settings")


def room(pages=None):
    """How many pages the file may have at most; with a number, that is set."""
    from django.db import connection

    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA max_page_count" if pages is None else f"PRAGMA max_page_count = {pages}").fetchone()[0]


def main():
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from record.models import Topic
    from tests.relations_site.operations.test_outages import typed

    client, topic = Client(raise_request_exception=False), Topic.objects.order_by("pk").first()
    client.force_login(get_user_model().objects.create_superuser("editor"))
    address, words = reverse("admin:record_topic_change", args=[topic.pk]), "roads and " * 200_000
    most = room()
    room(1)  # No less than there are: none may be added.
    full = client.post(address, typed(topic, description_en=words))
    read = client.get("/en/topics/").status_code
    room(most)
    again = client.post(address, typed(topic, description_en=words))
    stored = Topic.objects.get(pk=topic.pk).description_en == words.strip()
    said = "The record cannot be written just now. Nothing was saved; your text is still below." in full.text
    print(
        json.dumps(
            {
                "status": full.status_code,
                "words": words in full.text,
                "said": said,
                "read": read,
                "again": again.status_code,
                "stored": stored,
            }
        )
    )


if __name__ == "__main__":
    django.setup()
    main()
