"""A state is asked whether an entry is right: one answer, without an account, that changes nothing until an editor makes a source of it."""

import datetime
import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Event
from record import asking, previews, publishing, queues, roles, translations
from record.models import ConfirmationRequest, Source, StaleObject
from record.publishing import Refused
from tests import factories, walk

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><b onclick=x>"


@pytest.fixture
def entry():
    return factories.EventFactory(title_en="Meeting of the transport ministers", title_ru="Встреча министров транспорта")


def asked_about(entry, *, side="first-country", language="en"):
    return asking.ask(entry, by=None, side=side, asked="Ministry of Transport", language=language)


def said(entry, answer="confirm", **more):
    return {"version": entry.version, "answer": answer, "text": "", "name": "A person", "office": "Press office", "email": ""} | more


def send(client, token, fields):
    return client.post(f"/confirm/{token}/", urlencode(fields), content_type="application/x-www-form-urlencoded")


def as_stored(entry):
    """Everything that is stored of an entry, but for what tells that it was saved."""
    row = Event.objects.filter(pk=entry.pk).values().get()
    return {name: value for name, value in row.items() if name not in ("version", "modified_at", "confirmation", "confirmed_by")}


@pytest.fixture
def editor():
    user = User.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name=roles.EDITOR)[0])
    return user


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.mark.parametrize("lang", walk.LANGS)
def test_entry_is_shown_in_the_language_in_which_it_is_asked(client, lang):
    titles = {"title_en": "Meeting of the transport ministers", "title_ru": "Встреча", "title_az": "Görüş", "title_uz": "Uchrashuv"}
    entry = factories.EventFactory(**titles)
    _row, token = asked_about(entry, language=lang)
    answer = client.get(f"/confirm/{token}/", headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, lang)
    assert f'<html lang="{lang}">' in page and ("Встреча" in page) == (lang == "ru")
    assert answer["Cache-Control"] == "no-store, private" and answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex") and not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    # Beside a translation stands what it was made from.
    assert ('<div lang="en"><p><b>Meeting of the transport ministers</b></p>' in page) == (lang != "en")


def test_public_entry_can_be_asked_about_too_and_a_withdrawn_one_not(client):
    entry = factories.EventFactory(published=True)
    _row, token = asked_about(entry)
    assert "It is not public yet" not in client.get(f"/confirm/{token}/").content.decode()
    publishing.withdraw(entry, by=None, reason="Entered twice.")
    assert client.get(f"/confirm/{token}/").status_code == 404
    with pytest.raises(Refused):
        asked_about(entry)


def test_answer_is_kept_and_changes_nothing_else(client, entry):
    row, token = asked_about(entry)
    before, sources = as_stored(entry), Source.objects.count()
    answer = send(client, token, said(entry, "correct", text="It was on the 5th.\r\nNot the 4th.", email="press@ministry.example"))
    assert (answer.status_code, answer["Location"]) == (303, "/confirm/thanks/en/")
    assert not answer.cookies
    row.refresh_from_db()
    assert (row.answer, row.text, row.name, row.office) == ("correct", "It was on the 5th.\nNot the 4th.", "A person", "Press office")
    assert row.entry_version == entry.version and row.is_to_handle
    assert as_stored(entry) == before
    assert (Source.objects.count(), entry.citations.count()) == (sources, 1)
    assert Event.objects.get(pk=entry.pk).version == entry.version
    assert client.get("/confirm/thanks/en/").status_code == 200


def test_address_takes_one_answer(client, entry):
    row, token = asked_about(entry)
    first = said(entry, text="As it was.")
    assert send(client, token, first).status_code == 303
    over = client.get(f"/confirm/{token}/")
    assert over.status_code == 410 and "This address was answered on" in over.content.decode()
    # A double click sends the same again, and reads the same thanks.
    assert send(client, token, first).status_code == 303
    assert send(client, token, said(entry, "decline")).status_code == 410
    row.refresh_from_db()
    assert (row.answer, row.version, row.history.count()) == ("confirm", 2, 2)


def test_of_two_answers_at_the_same_moment_one_is_kept(entry):
    _row, token = asked_about(entry)
    one, two = asking.request_of(token), asking.request_of(token)
    asking.answer(one, entry, version=entry.version, said=said(entry))
    with pytest.raises(StaleObject):
        asking.answer(two, entry, version=entry.version, said=said(entry, "decline"))
    assert asking.request_of(token).answer == "confirm"


def test_address_that_is_over_says_so_in_its_language_and_nothing_of_the_entry(client, entry):
    row, token = asked_about(entry, language="ru")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31), tick=False):
        expired = client.get(f"/confirm/{token}/")
        assert send(client, token, said(entry)).status_code == 410
    asking.revoke(row, by=None)
    taken_back = client.get(f"/confirm/{token}/")
    assert send(client, token, said(entry)).status_code == 410
    assert not ConfirmationRequest.objects.exclude(answer="").exists()
    assert expired.context["sentence"] != taken_back.context["sentence"]
    for answer in (expired, taken_back):
        page = answer.content.decode()
        assert (answer.status_code, answer["Content-Language"], answer["Cache-Control"]) == (410, "ru", "no-store, private")
        assert answer["X-Robots-Tag"].startswith("noindex") and '<html lang="ru">' in page
        assert not [words for words in (entry.title_en, entry.title_ru, entry.code, entry.slug, row.asked) if words in page]


def test_address_that_was_not_given_out_is_no_page_whatever_it_looks_like(client, entry):
    _row, token = asked_about(entry)
    unknown = client.get(f"/confirm/{walk.NOBODYS}/")
    unsigned = client.get(f"/confirm/{token[:-1]}{'A' if token[-1] != 'A' else 'E'}/")
    _link, preview = previews.make(entry, by=None, hours=1)
    assert unknown.status_code == unsigned.status_code == 404
    # The token of a request opens no preview, and the other way round.
    assert unsigned.content == client.get(f"/confirm/{preview}/").content == unknown.content
    assert client.get(f"/preview/{token}/en/").status_code == 404


def test_who_read_another_version_is_asked_to_read_again(client, entry):
    row, token = asked_about(entry)
    read = said(entry, text="My words.")
    entry.title_en = "Another title"
    entry.save()
    answer = send(client, token, read)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Another title" in page and "My words." in page and f'name="version" value="{entry.version}"' in page
    assert ConfirmationRequest.objects.get(pk=row.pk).answer == ""


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"answer": ""}, "This field is required"), ({"answer": "publish"}, "Select a valid choice"),
    ({"answer": "correct"}, "Say what is to be corrected"), ({"name": ""}, "This field is required"),
    ({"text": "x" * 5001}, "at most 5000 characters"), ({"text": "nul\0byte"}, "Null characters are not allowed"),
    ({"name": "\0"}, "Null characters are not allowed"), ({"office": "x" * 201}, "at most 200 characters"),
    ({"email": "nobody"}, "Enter a valid email address"), ({"version": "9" * 5000}, "Not sent yet"), ({"version": ""}, "Not sent yet"),
])  # fmt: skip
def test_what_cannot_be_taken_is_refused_in_words(client, entry, fields, sentence):
    _row, token = asked_about(entry)
    answer = send(client, token, said(entry) | fields)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not ConfirmationRequest.objects.exclude(answer="").exists()


def test_what_is_too_long_or_no_form_is_refused_unread(client, entry):
    _row, token = asked_about(entry)
    assert send(client, token, said(entry, text="x" * 200_000)).status_code == 413
    assert client.post(f"/confirm/{token}/", said(entry)).status_code == 413
    assert client.put(f"/confirm/{token}/").status_code == 405
    assert not ConfirmationRequest.objects.exclude(answer="").exists()


def test_answers_from_one_address_are_bounded(client, entry, settings):
    cache.clear()
    settings.ANSWER_RATE = "3/minute"
    _row, token = asked_about(entry)
    with time_machine.travel(timezone.now().replace(second=5), tick=False):
        found = [send(client, token, said(entry, answer="")).status_code for _ in range(4)]
        assert found == [400, 400, 400, 429]
        assert client.get(f"/confirm/{token}/").status_code == 200
    cache.clear()


def test_request_is_refused_with_every_reason():
    author = User.objects.create_user("author", is_staff=True)
    with pytest.raises(Refused) as refused:
        asking.ask(factories.EventFactory(), by=author, side="third-party", asked=" ", language="xx")
    assert len(refused.value.reasons) == 4


def test_nobody_is_asked_in_a_language_that_does_not_say_what_the_original_says(entry):
    with pytest.raises(Refused) as refused:
        asked_about(entry, language="az")
    assert refused.value.reasons == ["There is no text in Azerbaijani."]
    entry.title_en = "Meeting of the ministers of energy"
    entry.save()
    with pytest.raises(Refused) as refused:
        asked_about(entry, language="ru")
    assert refused.value.reasons == ["The text in Russian is older than the original: bring it up to date first."]


def test_desk_says_in_which_language_it_was_read_and_what_that_text_was_worth_then(desk, entry):
    russian = answered(entry, language="ru")
    translations.review(entry, "ru")
    entry.save()
    page = desk.get(page_of(russian)).content.decode()
    assert "They read it in this language: Russian." in page and "This text was then not reviewed" in page
    for row, lang in ((answered(entry, language="ru"), "Russian"), (answered(entry), "English")):
        page = desk.get(page_of(row)).content.decode()
        assert f"They read it in this language: {lang}." in page and "This text was then" not in page


@pytest.mark.parametrize("wrong", [{"side": "third-party"}, {"answer": "confirm"}, {"outcome": "accepted"}])
def test_database_refuses_what_must_never_be(entry, wrong):
    row, _token = asked_about(entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmationRequest.objects.filter(pk=row.pk).update(**wrong)


def answered(entry, answer="confirm", *, side="first-country", language="en", **more):
    row, token = asked_about(entry, side=side, language=language)
    asking.answer(row, entry, version=entry.version, said=said(entry, answer, **more))
    return row


def page_of(row):
    return f"/admin/record/confirmationrequest/{row.pk}/change/"


def as_it_stands(desk, row, **more):
    """The form of the desk's page as a browser would send it back."""
    shown = desk.get(page_of(row)).context["form"]
    return {field.html_name: field.value() or "" for field in shown} | {"accept": "1"} | more


def test_desk_shows_the_answer_beside_the_entry_and_escapes_it(desk, entry):
    row = answered(entry, "correct", text=SCRIPT, name=SCRIPT, office=SCRIPT)
    for address in (page_of(row), f"/admin/events/event/{entry.pk}/ask/", "/admin/record/confirmationrequest/"):
        page = desk.get(address).content.decode()
        assert SCRIPT not in page and "<b onclick" not in page
    page = desk.get(page_of(row)).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "Meeting of the transport ministers" in page and "To be corrected" in page


def test_accepted_answer_becomes_a_source_of_its_side_and_publishes_nothing(desk, entry):
    row = answered(entry, text="We confirm the meeting.")
    before = as_stored(entry)
    shown = as_it_stands(desk, row)
    assert (shown["publisher"], shown["quotation"]) == ("Ministry of Transport", "We confirm the meeting.")
    assert desk.post(page_of(row), shown | {"publisher": "Ministry of Transport of the Republic"}).status_code == 302
    source = entry.citations.latest("pk").source
    assert (source.publisher, source.side, source.kind) == ("Ministry of Transport of the Republic", "first-country", "official")
    entry.refresh_from_db()
    assert (entry.confirmation, entry.confirmed_by, entry.state) == ("one-side", "first-country", "draft")
    assert as_stored(entry) == before
    row.refresh_from_db()
    assert (row.outcome, row.source, row.handled_by.username) == ("accepted", source, "editor")
    assert source.history.get().history_user.username == entry.history.first().history_user.username == "editor"


def test_answers_of_both_sides_confirm_an_entry_by_both(desk, entry):
    for side in ("first-country", "second-country"):
        row = answered(Event.objects.get(pk=entry.pk), side=side)
        desk.post(page_of(row), as_it_stands(desk, row))
    assert Event.objects.get(pk=entry.pk).confirmation == "both-sides"


def test_correction_is_cited_only_once_the_entry_says_the_same(desk, entry):
    row = answered(entry, "correct", text="It was on the 5th.")
    assert desk.post(page_of(row), as_it_stands(desk, row)).status_code == 200
    assert entry.citations.count() == 1
    assert desk.post(page_of(row), as_it_stands(desk, row, was_corrected="on")).status_code == 302
    assert entry.citations.count() == 2


def test_answer_is_handled_once(desk, entry, editor):
    row = answered(entry)
    sent = as_it_stands(desk, row)
    for _ in range(2):
        desk.post(page_of(row), sent)
    desk.post(page_of(row), {"set-aside": "1"})
    row.refresh_from_db()
    assert (row.outcome, entry.citations.count()) == ("accepted", 2)


def test_decline_can_only_be_set_aside(desk, entry):
    row = answered(entry, "decline")
    assert desk.get(page_of(row)).context["form"] is None
    with pytest.raises(Refused):
        asking.accept(row, entry, by=None, source=Source(), citation={})
    assert desk.post(page_of(row), {"set-aside": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, entry.citations.count()) == ("set-aside", 1)


def test_entry_that_changed_after_the_answer_says_so(desk, entry):
    row = answered(entry)
    assert "They read version" not in desk.get(page_of(row)).content.decode()
    entry.save()
    assert f"They read version {row.entry_version}; it is version {entry.version} now." in desk.get(page_of(row)).content.decode()


def test_only_editors_ask_see_answers_and_handle_them(client, entry):
    author = User.objects.create_user("author", is_staff=True)
    author.groups.add(Group.objects.get_or_create(name=roles.AUTHOR)[0])
    row = answered(entry)
    client.force_login(author)
    for address in (page_of(row), "/admin/record/confirmationrequest/", f"/admin/events/event/{entry.pk}/ask/"):
        # Refused, or led away from a row that is not shown to them.
        assert client.get(address).status_code in (302, 403)
        assert client.post(address, {"set-aside": "1"}).status_code in (302, 403)
    row.refresh_from_db()
    assert row.is_to_handle
    queue = next(queue for queue in queues.all_queues() if queue.name == "answers")
    assert queue.lines(author) == []


def test_queue_counts_what_waits_by_side_and_leads_to_exactly_that(desk, entry, editor):
    for side in ("first-country", "first-country", "second-country"):
        answered(entry, side=side)
    asked_about(entry)
    asking.set_aside(answered(entry), by=None)
    queue = next(queue for queue in queues.all_queues() if queue.name == "answers")
    found = queue.lines(editor)
    assert [(line.label, line.count) for line in found] == [("Uzbekistan", 2), ("Azerbaijan", 1)]
    assert [desk.get(line.address).context["cl"].result_count for line in found] == [2, 1]


def test_desk_makes_requests_and_takes_them_back(admin_client, client, entry):
    address = f"/admin/events/event/{entry.pk}/ask/"
    page = admin_client.post(address, {"side": "first-country", "asked": "Ministry of Transport", "language": "ru"}).content.decode()
    token = re.search(r"/confirm/([\w.-]+)/", page)[1]
    assert client.get(f"/confirm/{token}/").status_code == 200
    assert token not in admin_client.get(address).content.decode()
    admin_client.post(address, {"revoke": str(ConfirmationRequest.objects.get().pk)})
    assert client.get(f"/confirm/{token}/").status_code == 410
    assert "This field is required" in admin_client.post(address, {"side": "", "asked": "", "language": ""}).content.decode()
    assert ConfirmationRequest.objects.count() == 1
