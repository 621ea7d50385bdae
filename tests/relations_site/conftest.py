"""Databases beside the tests' own."""

import pytest

from tests import own_site


@pytest.fixture
def databases(django_db_setup, django_db_blocker, tmp_path):
    """`databases("name", full=True)`: the DATABASE_URL of one that holds the record, or nothing. They go away with the test."""
    made = []

    def make(name, *, full):
        made.append(own_site.copied(tmp_path / name) if full else own_site.empty(tmp_path / name))
        return made[-1]

    with django_db_blocker.unblock():
        yield make
        for url in made:
            own_site.drop(url)
