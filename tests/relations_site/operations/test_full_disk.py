"""A disk that is full, in an environment of its own: SQLite takes the whole transaction back, the tests' own would go with it."""

import json

import pytest
from django.db import connection

from tests import own_site


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the size of a file is SQLite's")
def test_full_disk_hands_the_words_back_and_is_forgotten_when_there_is_room(databases, tmp_path):
    env = own_site.environment(databases("full", full=True), tmp_path)
    told = json.loads(own_site.run(env, "-m", "tests.relations_site.operations.full_disk").stdout)
    assert told == {"status": 200, "words": True, "said": True, "read": 200, "again": 302, "stored": True}
