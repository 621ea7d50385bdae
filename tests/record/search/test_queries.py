"""The search asks the database the same number of questions for one result as for a full page, whatever it finds."""

import pytest

from record.search import rebuilding
from tests import factories

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]
MOST = 16


def _crowd(numbers):
    place, person = factories.PlaceFactory(name_en=f"Zqplace {numbers[0]}"), factories.PersonFactory(name_en=f"Zqperson {numbers[0]}")
    for number in numbers:
        event = factories.EventFactory(title_en=f"Zqentry {number}", place=place, published=True)
        event.participants.create(person=person)
    rebuilding.rebuild()


@pytest.mark.parametrize("address", ["search/?q=zqentry&kind=event", "search.json?q=zqentry&kind=event", "search/suggestions/?q=zqentry"])
def test_search_asks_as_little_for_a_page_as_for_one_row(empty_record, client, django_assert_max_num_queries, address):
    def asked():
        with django_assert_max_num_queries(100) as queries:
            assert client.get(f"/en/{address}").status_code == 200
        return len(queries)

    _crowd([1])
    few = asked()
    _crowd(range(2, 42))
    assert asked() == few <= MOST
