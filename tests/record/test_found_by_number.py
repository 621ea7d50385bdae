"""Rows are found on the desk by the number that everything calls them by."""

import pytest

from tests.factories import AgreementFactory, EventFactory, GapCauseFactory, PersonFactory, PlaceFactory, SourceFactory

pytestmark = pytest.mark.django_db


def _picked(client, app, model, field, term, what="id"):
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return [found[what] for found in client.get("/admin/autocomplete/", asked).json()["results"]]


@pytest.mark.parametrize(("make", "list_of"), [
    (EventFactory, "events/event"), (AgreementFactory, "cooperation/agreement"), (SourceFactory, "record/source"),
    (GapCauseFactory, "cooperation/gapcause"),
])  # fmt: skip
def test_list_finds_exactly_the_row_of_a_number(admin_client, make, list_of):
    row = make()
    # Its number stands within this one's: who names a letter means one row.
    make(number=int(f"9{row.number}"))
    for term in (row.code, row.code.lower(), f" {row.code} "):
        assert list(admin_client.get(f"/admin/{list_of}/", {"q": term}).context["cl"].result_list) == [row]
    assert row in admin_client.get(f"/admin/{list_of}/", {"q": row.number}).context["cl"].result_list


def test_pickers_find_the_row_of_a_number(admin_client):
    event, source = EventFactory(), SourceFactory()
    assert _picked(admin_client, "events", "event", "related", event.code) == [str(event.pk)]
    assert _picked(admin_client, "events", "eventcitation", "source", source.code.lower()) == [str(source.pk)]
    assert _picked(admin_client, "events", "event", "related", source.code) == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_pickers_show_what_is_called_so_before_what_only_names_it(admin_client, lang):
    names = {
        "en": ["Training range, Zqtown Region", "Zqtown Region", "Zqtown", "Old Zqtown"],
        "ru": ["Полигон Зкгородской области", "Зкгородская область", "Зкгород", "Старый Зкгород"],
    }[lang]
    made = [PlaceFactory(slug=f"zq-{at}", **{f"name_{lang}": name}) for at, name in enumerate(names)]
    range_, region, town, old = (str(place.pk) for place in made)
    said = {"en": "zqtown", "ru": "зкгород"}[lang]
    assert _picked(admin_client, "events", "event", "place", said) == [town, region, range_, old]
    assert _picked(admin_client, "events", "event", "place", said[:5])[:2] == [region, town]
    assert _picked(admin_client, "events", "event", "place", f" {said.upper()} ")[:2] == [town, region]


def test_people_of_one_name_are_told_apart_by_their_last_office(admin_client, django_assert_max_num_queries):
    for office in ("rector", "mayor"):
        person = PersonFactory(name_en="Zafar Zqname", slug=f"zafar-{office}")
        person.offices.create(title_en=office, start="2021")
        person.offices.create(title_en="student", start="")
    PersonFactory(name_en="Zqname Without Office")
    with django_assert_max_num_queries(8):
        found = _picked(admin_client, "events", "participant", "person", "zqname", "text")
    assert sorted(found) == ["Zafar Zqname · mayor", "Zafar Zqname · rector", "Zqname Without Office"]
