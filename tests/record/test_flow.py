"""The form of an entry as one flow: short forms behind every plus, defaults that fit, addresses made from titles, the way back."""

import pytest
from django.conf import settings
from django.utils import timezone, translation

from cooperation.models import Agreement
from events.models import Event
from record.addresses import free_slug
from record.models import Place
from record.texts import capital
from tests import people
from tests.factories import AgreementFactory, EventFactory
from tests.record.test_admin import errors_of, form_of


@pytest.mark.parametrize(
    ("lang", "words", "shown"), [("az", "iştirakçılar", "İştirakçılar"), ("az", "ad", "Ad"), ("en", "inline", "Inline"), ("az", "", "")]
)
def test_azerbaijani_i_keeps_its_dot(lang, words, shown):
    assert capital(words, lang=lang) == shown


@pytest.mark.django_db
def test_no_label_of_the_desk_loses_its_dot(admin_client):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "az"
    page = admin_client.get("/admin/cooperation/agreement/add/").content.decode()
    with translation.override("az"):
        dotted = [str(field.verbose_name) for field in Agreement._meta.fields if str(field.verbose_name)[:1] == "i"]
    assert "İmzalayan" in page or "İştirak" in page or dotted == []
    assert [word for word in ("Iştirak", "Imzala", "Istinad", "Ilk", "Iclas") if word in page] == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Second meeting", "second-meeting"),
        ("Встреча министров транспорта", "vstrecha-ministrov-transporta"),
        ("Oʻzbekiston – Ozarbayjon", "ozbekiston-ozarbayjon"),
        ("Şuşa görüşü", "susa-gorusu"),
        ("", ""),
        ("中文", ""),
    ],
)
@pytest.mark.django_db
def test_an_address_is_made_from_any_title(title, slug):
    assert free_slug(Event, title) == slug


@pytest.mark.django_db
def test_an_address_that_is_taken_gets_a_number():
    EventFactory(slug="second-meeting")
    EventFactory(slug="second-meeting-2")
    assert free_slug(Event, "Second meeting") == "second-meeting-3"


def test_an_entry_with_a_russian_title_alone_gets_its_address(admin_client):
    sent = {**form_of(admin_client, "/admin/events/event/add/"), "kind": "summit", "level": "ministers", "original_language": "ru"}
    assert "must" not in str(admin_client.post("/admin/events/event/add/", sent).context["errors"])
    assert not Event.objects.filter(title_ru="Встреча").exists()
    answer = admin_client.post("/admin/events/event/add/", {**sent, "title_ru": "Встреча"})
    assert answer.status_code == 302, errors_of(answer)
    assert Event.objects.get(title_ru="Встреча").slug == "vstrecha"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["record/place", "record/person", "record/organisation", "record/source", "cooperation/agreement", "events/event"]
)
def test_the_form_behind_a_plus_is_short(admin_client, name):
    context = admin_client.get(f"/admin/{name}/add/?_popup=1").context
    fields = [field for field in context["adminform"].form if not field.is_hidden and field.name in str(context["adminform"].fieldsets)]
    assert len(fields) <= 12 and context["inline_admin_formsets"] == []


@pytest.mark.django_db
def test_a_place_is_added_behind_the_plus(admin_client):
    address = "/admin/record/place/add/?_to_field=id&_popup=1"
    answer = admin_client.post(
        address, {**form_of(admin_client, address), "name_en": "New Port", "kind": "site", "country": "az", "_popup": "1"}
    )
    assert answer.status_code == 200 and "popup_response" in answer.content.decode(), errors_of(answer)
    assert Place.objects.get(name_en="New Port").slug == "new-port"


@pytest.mark.django_db
def test_defaults_fit(admin_client):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ru"
    form = admin_client.get("/admin/record/source/add/").context["adminform"].form
    assert (form["language"].value(), str(form["read_on"].value())) == ("ru", str(timezone.localdate()))
    assert admin_client.get("/admin/events/event/add/").context["adminform"].form["original_language"].value() == "ru"


@pytest.mark.django_db
def test_the_way_back_keeps_the_filters(admin_client):
    event = EventFactory()
    page = admin_client.get(f"/admin/events/event/{event.pk}/change/?_changelist_filters=queue%3Dno-source").content.decode()
    assert '<a href="/admin/events/event/?queue=no-source">Back to the list</a>' in page


@pytest.mark.django_db
def test_every_part_of_the_form_is_in_its_table_of_contents(admin_client):
    answer = admin_client.get("/admin/cooperation/agreement/add/")
    page = answer.content.decode()
    ids = [name for name, _label in answer.context["sections"]]
    assert len(ids) >= 14
    assert [name for name in ids if f'id="{name}"' not in page or f'href="#{name}"' not in page] == []


@pytest.mark.django_db
def test_state_reasons_and_doubles_stand_above_the_form(admin_client):
    event = EventFactory(title_en="")
    page = admin_client.get(f"/admin/events/event/{event.pk}/change/").content.decode()
    assert page.index("It has no title in its original language.") < page.index('id="id_kind"')


def test_documents_signed_are_said_on_the_event(admin_client):
    event, there, elsewhere = EventFactory(), AgreementFactory(), AgreementFactory()
    elsewhere.signed_at = event
    elsewhere.save()
    address = f"/admin/events/event/{event.pk}/change/"
    sent = form_of(admin_client, address)
    assert sent["documents"] == [str(elsewhere.pk)]
    answer = admin_client.post(address, {**sent, "documents": [there.pk]})
    assert answer.status_code == 302, errors_of(answer)
    assert list(event.agreements.all()) == [there]
    assert there.history.count() == elsewhere.history.count() - 1 == 2


@pytest.mark.django_db
def test_a_document_that_the_person_may_not_change_stays_as_it_is(client):
    author = people.author()
    event, agreement = people.entered_by(author, EventFactory()), AgreementFactory(published=True)
    client.force_login(author)
    address = f"/admin/events/event/{event.pk}/change/"
    answer = client.post(address, {**form_of(client, address), "documents": [agreement.pk]})
    assert f"You may not change {agreement.code}." in str(errors_of(answer))
    assert not event.agreements.exists()


@pytest.mark.django_db
def test_the_heading_of_a_list_is_markup_and_no_words(admin_client):
    """The filter that makes capitals leaves marked-up words as they are."""
    EventFactory()
    page = admin_client.get("/admin/events/event/").content.decode()
    assert '<input type="checkbox" id="action-toggle"' in page and "&lt;input" not in page


def test_form_is_sent_to_its_own_address_so_that_the_next_page_opens_at_its_top(admin_client):
    address = "/admin/events/event/add/?topics=1"
    assert f'action="{address}"' in admin_client.get(address).content.decode()


def test_refused_form_says_once_in_its_title_that_it_is(admin_client):
    page = admin_client.post("/admin/record/topic/add/", {"name_en": "Water"}).content.decode()
    assert page.partition("<title>")[2].partition("</title>")[0].count("Error:") == 1
