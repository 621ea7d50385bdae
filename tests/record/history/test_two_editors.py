"""Two editors on one row: nothing of either is lost, and nothing is asked that need not be."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cooperation.models import AgreementRelation
from events.models import Event, Participant
from record.models import Source, StaleObject
from tests.factories import AgreementFactory, EventFactory, PersonFactory
from tests.people import author, entered_by
from tests.record.test_admin import errors_of, form_of


@pytest.fixture
def event(db):
    event = EventFactory(published=True, title_en="Title", summary_en="Summary.", caveat_en="")
    for name in ("Anna", "Bakir"):
        Participant.objects.create(event=event, person=PersonFactory(name_en=name))
    return event


@pytest.fixture
def two(event):
    """(first, second): what each sends is `editor(changes)`, of the form as it was opened or, as `form`, shown again; both opened it first."""
    address, editors = f"/admin/events/event/{event.pk}/change/", []
    for name in ("first", "second"):
        client = Client()
        client.force_login(User.objects.create_superuser(name))
        editors.append((client, form_of(client, address)))

    def editor(client, opened):
        def send(form=None, **changes):
            return client.post(address, (form or opened) | {name.replace("__", "-"): value for name, value in changes.items()})

        return send

    return [editor(*one) for one in editors]


def sent_again(answer):
    """What a browser would send of the form that was shown again."""
    found = {}
    for form in [
        answer.context["adminform"].form,
        *(form for s in answer.context["inline_admin_formsets"] for form in [s.formset.management_form, *s.formset.forms]),
    ]:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                found[field.html_name] = [str(getattr(v, "pk", v)) for v in value] if isinstance(value, list | tuple) else value
    return found | {"_shown": answer.context["merge"].revision.pk}


def test_fields_that_one_of_them_changed_are_put_together_without_a_question(event, two):
    first, second = two
    assert first(summary_en="By the first.", participants__0__role="host").status_code == 302
    answer = second(caveat_en="By the second.", participants__1__role="speaker")
    assert answer.status_code == 302, errors_of(answer)
    event = Event.objects.get(pk=event.pk)
    assert (event.title_en, event.summary_en, event.caveat_en) == ("Title", "By the first.", "By the second.")
    assert [row.role for row in event.participants.all()] == ["host", "speaker"]
    said = " ".join(str(message) for message in answer.wsgi_request._messages)
    taken = said.partition("Taken over from what first saved meanwhile: ")[2]
    assert "summary (English)" in taken and "role" in taken and "what is uncertain" not in taken


@pytest.mark.parametrize(("choice", "kept"), [("mine", "By the second."), ("theirs", "By the first.")])
def test_field_that_both_changed_is_shown_with_both_and_chosen(event, two, choice, kept):
    first, second = two
    first(summary_en="By the first.")
    answer = second(summary_en="By the second.", caveat_en="Mine.")
    (conflict,) = answer.context["merge"].conflicts
    assert (conflict.before, conflict.mine, conflict.theirs) == ("Summary.", "By the second.", "By the first.")
    assert Event.objects.get(pk=event.pk).summary_en == "By the first."
    again = sent_again(answer)
    assert (again["summary_en"], again["caveat_en"]) == ("By the second.", "Mine.")
    assert second(again).status_code == 200, "without a choice it is asked again"
    assert second(again, **{"_keep-summary_en": choice}).status_code == 302
    event = Event.objects.get(pk=event.pk)
    assert (event.summary_en, event.caveat_en) == (kept, "Mine.")


def test_what_changes_between_question_and_answer_is_asked_anew(event, two):
    first, second = two
    first(summary_en="By the first.")
    again = sent_again(second(summary_en="By the second."))
    event = Event.objects.get(pk=event.pk)
    event.summary_en = "By the first, once more."
    event.save()
    answer = second(again, **{"_keep-summary_en": "mine"})
    assert answer.context["merge"].conflicts[0].theirs == "By the first, once more."


def test_change_of_a_row_below_alone_is_noticed(event, two):
    first, second = two
    version = event.version
    first(citations__0__locator="p. 4")
    assert Event.objects.get(pk=event.pk).version > version
    event.participants.filter(person__name_en="Anna").update(role="host")
    row = event.participants.get(person__name_en="Anna")
    row.role = "organiser"
    row.save()
    assert second(citations__0__locator="p. 5").status_code == 200
    assert event.citations.get().locator == "p. 4"


def test_row_that_the_other_removed_goes_if_untouched_and_stays_as_a_new_one_if_not(event, two):
    first, second = two
    first(participants__0__DELETE="on", participants__1__DELETE="on")
    answer = second(participants__1__role="host", title_en="Mine")
    assert ["Bakir" in notice for notice in answer.context["merge"].notices] == [True]
    assert second(sent_again(answer)).status_code == 302
    assert [(str(row), row.role) for row in event.participants.all()] == [("Bakir", "host")]
    assert Event.objects.get(pk=event.pk).title_en == "Mine"


def test_row_that_one_removed_and_the_other_changed_is_not_lost_silently(event, two):
    first, second = two
    first(participants__0__role="host")
    answer = second(participants__0__DELETE="on")
    assert answer.status_code == 200 and "Anna" in answer.context["merge"].notices[0]
    assert event.participants.count() == 2
    again = sent_again(answer)
    assert second(again, **{"participants-0-DELETE": "on"}).status_code == 302
    assert [str(row) for row in event.participants.all()] == ["Bakir"]


def test_rows_that_both_added_stay_both(event, two):
    first, second = two
    for editor, name in ((first, "Carim"), (second, "Dilbar")):
        row = {"participants-TOTAL_FORMS": "3", "participants-2-person": PersonFactory(name_en=name).pk, "participants-2-role": "host"}
        assert editor(**row).status_code == 302
    assert sorted(str(row) for row in event.participants.all()) == ["Anna", "Bakir", "Carim", "Dilbar"]


@pytest.mark.parametrize("is_ticked", [True, False])
def test_box_of_the_other_is_taken_over_with_its_name(two, event, is_ticked):
    first, second = two
    assert first(title_az="Ad", summary_az="Qısa.", **({"reviewed_az": "on"} if is_ticked else {})).status_code == 302
    answer = second(caveat_en="Mine.")
    assert answer.status_code == 302, errors_of(answer)
    assert Event.objects.get(pk=event.pk).translation_mark("az") == ("reviewed" if is_ticked else "machine")
    said = " ".join(str(message) for message in answer.wsgi_request._messages)
    assert ("Reviewed by a native editor (Azerbaijani)" in said) == is_ticked


@pytest.mark.django_db
def test_box_that_a_changed_original_took_away_is_not_sent_again_as_reviewed():
    event = EventFactory(published=True, title_en="Title", title_az="Ad", summary_en="S", summary_az="Q", translation_az="reviewed")
    address, clients = f"/admin/events/event/{event.pk}/change/", [Client(), Client()]
    for number, client in enumerate(clients):
        client.force_login(User.objects.create_superuser(f"editor{number}"))
    opened = [form_of(client, address) for client in clients]
    assert opened[1]["reviewed_az"] is True
    for client, form, changes in zip(clients, opened, ({"title_en": "Another"}, {"caveat_en": "Mine."}), strict=True):
        assert client.post(address, form | changes).status_code == 302
    stored = Event.objects.get(pk=event.pk)
    assert (stored.title_en, stored.caveat_en, stored.is_outdated("az")) == ("Another", "Mine.", True)


@pytest.fixture
def own_draft(client, db):
    """(form as its author opened it, how to send it, the draft) of an agreement."""
    writer = author()
    draft = entered_by(writer, AgreementFactory())
    client.force_login(writer)
    address = f"/admin/cooperation/agreement/{draft.pk}/change/"
    return form_of(client, address), lambda form: client.post(address, form), draft


def test_author_is_told_of_no_row_that_leads_to_a_hidden_draft(own_draft):
    form, send, draft = own_draft
    AgreementRelation.objects.create(agreement=draft, kind="amends", other=AgreementFactory(title_en="Not for authors"))
    answer = send(form | {"caveat_en": "Mine."})
    assert answer.status_code == 302, errors_of(answer)
    assert "Not for authors" not in " ".join(str(message) for message in answer.wsgi_request._messages)
    assert draft.relations.count() == 1


def test_hidden_draft_that_an_editor_chose_is_not_named_and_stays(own_draft):
    form, send, draft = own_draft
    hidden, event = EventFactory(title_en="Not for authors"), EventFactory(published=True, title_en="Public")
    draft.signed_at = hidden
    draft.save()
    draft.events.add(hidden, event)
    answer = send(form | {"caveat_en": "Mine."})
    assert answer.status_code == 302, errors_of(answer)
    draft.refresh_from_db()
    assert (draft.caveat_en, draft.signed_at, set(draft.events.all())) == ("Mine.", hidden, {hidden, event})
    draft.title_en = "By the other."
    draft.save()
    again = send(form | {"title_en": "By the author.", "signed_at": event.pk})
    assert again.status_code == 200 and "Not for authors" not in again.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["events/event/21", "record/topic/1", "record/office/1", "cooperation/commitment/1", "cooperation/tradefigure/1"]
)
def test_form_carries_the_version_that_its_editor_reads(admin_client, address):
    page = admin_client.get(f"/admin/{address}/change/").content.decode()
    assert len(re.findall('<input type="hidden" name="(version_token|seen_revision)" value="[0-9]+"', page)) == 2


def test_conditional_update_has_the_last_word(event):
    one, other = (Event.objects.get(pk=event.pk) for _ in range(2))
    one.save()
    with pytest.raises(StaleObject):
        other.save()


def test_turn_by_turn_two_lose_nothing(event):
    address, clients = f"/admin/events/event/{event.pk}/change/", [Client(), Client()]
    for number, client in enumerate(clients):
        client.force_login(User.objects.create_superuser(f"editor{number}"))
    for turn in range(2):
        opened = [form_of(client, address) for client in clients]
        for name, client, form in zip(("caveat_en", "caveat_ru"), clients, opened, strict=True):
            assert client.post(address, form | {name: form.get(name, "") + f" {turn}"}).status_code == 302
    stored = Event.objects.get(pk=event.pk)
    assert stored.caveat_en.split() == stored.caveat_ru.split() == ["0", "1"]


@pytest.mark.django_db
def test_double_click_makes_one_record(admin_client):
    source = {"publisher": "Gazette", "title": "Sent twice", "kind": "press", "side": "third-party", "language": "en", "_once": "a-token"}
    answers = [admin_client.post("/admin/record/source/add/", source) for _ in range(2)]
    (made,) = Source.objects.filter(title="Sent twice")
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[1].headers["Location"] == f"/admin/record/source/{made.pk}/change/"


def test_who_else_has_it_open_is_said_quietly(event, settings, tmp_path):
    address, clients = f"/admin/events/event/{event.pk}/", {name: Client() for name in ("anna", "bakir")}
    for name, client in clients.items():
        client.force_login(User.objects.create_superuser(name))
    assert clients["anna"].post(f"{address}presence/").json() == {"others": []}
    (said,) = clients["bakir"].post(f"{address}presence/").json()["others"]
    assert said.startswith("anna has this open since ")
    assert said in clients["bakir"].get(f"{address}change/").content.decode()
    assert clients["bakir"].get(f"{address}presence/").status_code == 405
    assert "anna" not in clients["anna"].get(f"{address}change/").context["others"]
