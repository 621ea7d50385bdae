"""Roles: what a group may do follows from one table; the verbs refuse whoever may not; nothing is set beyond the role."""

import datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation

from cooperation.models import CommitmentCitation, TradeImport
from events.models import Event, EventCitation, Participant
from record import publishing, rights, roles
from record.models import Office, Place, Source
from tests import factories, people
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(hours=2)
VERBS = {
    "submit": {},
    "publish": {},
    "schedule": {"at": timezone.now() + datetime.timedelta(days=2)},
    "unschedule": {},
    "withdraw": {"reason": "Wrong."},
    "send_back": {"note": "Mend it."},
    "restore": {},
}


def held(role):
    found = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{p.content_type.app_label}.{p.codename}" for p in found}


def test_groups_hold_what_the_table_says_of_every_model():
    for role in roles.ROLES:
        models = [model for model in apps.get_models() if model._meta.managed]
        wanted = {f"{m._meta.app_label}.{action}_{m._meta.model_name}" for m in models for action in roles.permissions_of(role, m)}
        assert held(role) == wanted
    assert {"events.change_event", "record.add_place", "events.delete_participant"} <= held(roles.AUTHOR)
    assert not {name for name in held(roles.AUTHOR) if "tradeimport" in name or name.startswith("auth.")}
    assert {name for name in held(roles.EDITOR) if name.startswith("auth.")} == set()
    assert {"auth.change_user", "auth.view_group", "cooperation.add_tradeimport"} <= held(roles.ADMINISTRATOR)
    assert not {"auth.change_group", "auth.add_group"} & held(roles.ADMINISTRATOR)


def test_every_migration_gives_the_roles_their_permissions_again_and_takes_what_is_not_theirs():
    group, foreign = Group.objects.get(name=roles.AUTHOR), Permission.objects.get(codename="change_tradeimport")
    before = held(roles.AUTHOR)
    group.permissions.set([foreign])
    Permission.objects.filter(codename="add_event").delete()
    call_command("migrate", verbosity=0, interactive=False)
    assert held(roles.AUTHOR) == before


def test_migration_finds_groups_that_are_there_already():
    from importlib import import_module

    migration = import_module("record.migrations.0007_roles")
    migration.make_groups(apps, connection.schema_editor())
    assert Group.objects.filter(name__in=roles.ROLES).count() == 3


def test_sorts_of_model_are_told_apart():
    assert all(map(roles.is_part, (EventCitation, Participant, CommitmentCitation)))
    assert all(map(roles.is_reference, (Place, Source, Office)))
    assert not any(sort(TradeImport) for sort in (roles.is_entry, roles.is_part, roles.is_reference))
    assert not roles.is_entry(Event.history.model)


def refusal(verb, entry, by):
    with pytest.raises(publishing.Refused) as refused:
        getattr(publishing, verb)(entry, by=by, **VERBS[verb])
    return refused.value.reasons


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_refuse_whoever_may_not_and_change_nothing(verb):
    author, stranger = people.author(), people.person("stranger")
    entry = factories.EventFactory()
    if verb in ("unschedule",):
        publishing.schedule(entry, by=None, at=timezone.now() + LATER)
    if verb == "withdraw":
        publishing.publish(entry, by=None)
    if verb in ("send_back", "restore"):
        publishing.submit(entry, by=None)
    before = entry.state
    assert len(refusal(verb, entry, author)) == 1
    assert refusal(verb, entry, stranger) == ["You have no role at this desk: ask an administrator for one."]
    assert Event.objects.get(pk=entry.pk).state == before


def test_author_submits_an_own_draft_and_nobody_elses():
    author = people.author()
    own, other = people.entered_by(author, factories.EventFactory()), factories.EventFactory()
    publishing.submit(own, by=author)
    assert own.is_in_review
    assert refusal("submit", other, author) == ["Only its author or an editor may submit it."]


def test_refusal_names_role_state_and_what_is_lacking_at_once_in_the_language_of_the_editor():
    entry = Event.objects.create(slug="bare", kind="summit", level="ministers")
    assert refusal("publish", entry, people.author())[0] == "Only an editor may do this."
    assert len(refusal("publish", entry, people.author("second"))) == 4
    with translation.override("ru"):
        assert refusal("restore", entry, None) != ["Only an entry in review or withdrawn can go back to draft."]


def test_inactive_editor_has_no_role():
    editor = people.person("gone", roles.EDITOR, is_active=False)
    assert refusal("publish", factories.EventFactory(), editor) == ["You have no role at this desk: ask an administrator for one."]


def test_of_two_people_the_last_writer_is_not_the_publisher(settings):
    settings.FOUR_EYES = True
    writer, other = people.editor("writer"), people.editor("other")
    entry = people.entered_by(writer, factories.EventFactory())
    entry.citations.get().history.update(history_user=writer)
    assert refusal("publish", entry, writer) == ["You wrote the last change of it: another editor publishes it."]
    entry.summary_en, entry._history_user = "Somebody else wrote this.", other
    entry.save()
    assert len(refusal("schedule", entry, other)) == 1
    # A save without a change, and a step of publishing, write nothing.
    entry._history_user = writer
    entry.save()
    publishing.submit(entry, by=writer)
    assert len(refusal("publish", entry, other)) == 1
    citation = entry.citations.create(source=factories.SourceFactory())
    citation.history.update(history_user=writer)
    assert rights.against("publish", entry, writer) and not rights.against("publish", entry, other)
    publishing.publish(entry, by=other)
    assert entry.is_public()


def test_nothing_is_set_beyond_the_role_by_a_form(client):
    author = people.author()
    client.force_login(author)
    own = people.entered_by(author, factories.EventFactory())
    address = reverse("admin:events_event_change", args=[own.pk])
    beyond = {"state": "published", "publish_at_0": "2020-01-01", "publish_at_1": "00:00", "publish_at": "2020-01-01 00:00", "number": 9999,
              "withdrawn_reason_en": "x", "confirmation": "both-sides", "version": 77, "_verb": "publish"}  # fmt: skip
    answer = client.post(address, form_of(client, address) | beyond)
    assert answer.status_code == 302, errors_of(answer)
    stored = Event.objects.get(pk=own.pk)
    assert (stored.state, stored.publish_at, stored.number, stored.withdrawn_reason_en) == ("draft", None, own.number, None)
    assert stored.confirmation == own.confirmation
    client.post("/admin/events/event/", {"action": "publish_selected", "_selected_action": [own.pk], "_confirmed": "1"})
    assert not Event.objects.get(pk=own.pk).is_public()


def test_author_can_choose_only_what_may_be_seen_and_what_an_editor_linked_stays(client):
    author = people.author()
    client.force_login(author)
    own, hidden, other = people.entered_by(author, factories.EventFactory()), factories.EventFactory(), factories.EventFactory()
    own.related.add(hidden)
    Event.objects.filter(pk=own.pk).update(part_of=hidden)
    address = reverse("admin:events_event_change", args=[own.pk])
    # What is not among the choices is not sent back by a browser.
    sent = form_of(client, address) | {"related": [], "part_of": ""}
    assert client.post(address, sent).status_code == 302
    assert list(own.related.all()) == [hidden] and Event.objects.get(pk=own.pk).part_of == hidden
    refused = client.post(address, form_of(client, address) | {"related": [other.pk], "part_of": ""})
    assert refused.status_code == 200 and list(own.related.all()) == [hidden]


EDITORS_ACTIONS = [
    "checked_today",
    "export_translations",
    "publish_selected",
    "schedule_selected",
    "submit_selected",
    "table_csv",
    "table_xlsx",
    "withdraw_selected",
]


def test_buttons_and_actions_are_those_that_a_person_may_press(client):
    author, editor = people.author(), people.editor()
    own = people.entered_by(author, factories.EventFactory())
    shown = {}
    for person in (author, editor):
        client.force_login(person)
        page = client.get(reverse("admin:events_event_change", args=[own.pk]))
        actions = dict(client.get("/admin/events/event/").context["action_form"].fields["action"].choices)
        shown[person.username] = [verb.name for verb in page.context["verbs"]], sorted(name for name in actions if name)
    assert shown == {
        "author": (["submit"], ["checked_today", "submit_selected"]),
        "editor": (["submit", "publish", "schedule"], EDITORS_ACTIONS),
    }


def test_nobody_makes_himself_more_than_he_is(client):
    admin, owner = people.administrator(), User.objects.create_superuser("owner", "", "x")
    client.force_login(admin)
    beyond = {"username": "administrator", "is_superuser": "on", "is_staff": "on", "is_active": "on", "groups": [], "user_permissions": [1]}
    client.post(reverse("admin:auth_user_change", args=[admin.pk]), beyond)
    stored = User.objects.get(pk=admin.pk)
    assert (stored.is_superuser, stored.user_permissions.count(), stored.groups.get().name) == (False, 0, roles.ADMINISTRATOR)
    somebody = people.author("somebody")
    given = beyond | {"username": "somebody", "groups": [Group.objects.get(name=roles.EDITOR).pk]}
    client.post(reverse("admin:auth_user_change", args=[somebody.pk]), given)
    somebody = User.objects.get(pk=somebody.pk)
    assert (somebody.is_superuser, somebody.groups.get().name) == (False, roles.EDITOR)
    for page in ("change", "delete"):
        assert client.post(reverse(f"admin:auth_user_{page}", args=[owner.pk]), beyond).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[owner.pk]), {}).status_code == 403


def test_page_of_many_names_every_reason_and_does_all_or_nothing(client):
    client.force_login(people.editor())
    good, bare = factories.EventFactory(), Event.objects.create(slug="bare", kind="summit", level="ministers")
    chosen = {"_selected_action": [good.pk, bare.pk]}
    asked = client.post("/admin/events/event/", {"action": "publish_selected", **chosen}).content.decode()
    assert "It has no summary in its original language." in asked and "1 entry cannot be taken along." in asked
    client.post("/admin/events/event/", {"action": "publish_selected", "_confirmed": "1", **chosen})
    assert Event.objects.public().filter(pk=good.pk).count() == 0
    moment = {"action": "schedule_selected", "_confirmed": "1", "_selected_action": [good.pk]}
    said = client.post("/admin/events/event/", moment | {"_moment": "9999-99-99"}).content.decode()
    assert "Say from which day and hour" in said and "Nothing was done" in said
    assert client.post("/admin/events/event/", moment | {"_moment": "2101-05-04T14:00"}).status_code == 302
    (shown,) = client.get("/admin/events/event/?state=scheduled").context["cl"].result_list
    assert shown == good and f"{shown.publish_at:%H:%M}" == "09:00"
    page = client.get(reverse("admin:events_event_change", args=[good.pk])).content.decode()
    assert "Asia/Tashkent, UTC+05:00" in page and "unschedule" in page
    assert client.get("/admin/events/event/?state=published").context["cl"].result_count == Event.objects.public().count()


def test_many_are_withdrawn_with_one_public_reason(client):
    client.force_login(people.editor())
    events = [factories.EventFactory(published=True) for _ in range(2)]
    sent = {"action": "withdraw_selected", "_confirmed": "1", "_reason": "Entered twice.", "_selected_action": [e.pk for e in events]}
    assert client.post("/admin/events/event/", sent).status_code == 302
    assert [client.get(event.get_absolute_url()).status_code for event in events] == [410, 410]


def test_reason_of_a_withdrawal_is_given_in_any_language_and_reaches_its_page(client):
    client.force_login(people.editor())
    one, other = (factories.EventFactory(published=True) for _ in range(2))
    listed = {"action": "withdraw_selected", "_selected_action": [one.pk]}
    asked = client.post("/admin/events/event/", listed).content.decode()
    assert all(f'name="_reason_{lang}"' in asked for lang in ("en", "az", "uz", "ru"))
    refused = client.post("/admin/events/event/", {**listed, "_confirmed": "1", "_reason_ru": " "}).content.decode()
    assert "Say in one sentence why it is withdrawn" in refused
    client.post("/admin/events/event/", {**listed, "_confirmed": "1", "_reason_ru": "Внесено дважды."})
    address = reverse("admin:events_event_change", args=[other.pk])
    assert 'name="_reason_az"' in client.get(address).content.decode()
    client.post(address, {**form_of(client, address), "_verb": "withdraw", "_reason_az": "İki dəfə.", "_reason_en": "Twice."})
    page = client.get(one.get_absolute_url()).content.decode()
    assert '<span lang="ru">Внесено дважды.</span> (Russian)' in page and f"/en/changes/{one.code}/" in page
    assert "Twice." in client.get(other.get_absolute_url()).content.decode()
    assert "İki dəfə." in client.get(other.get_absolute_url().replace("/en/", "/az/")).content.decode()
    told = client.get(f"/en/changes/{one.code}/")
    assert told.status_code == 410 and "Внесено дважды." in told.content.decode() and one.title_en not in told.content.decode()


def test_a_role_opens_the_door_of_the_desk_by_itself():
    person = User.objects.create_user("somebody")
    roles.let_in(person)
    assert not User.objects.get(pk=person.pk).is_staff
    person.groups.add(Group.objects.get(name=roles.AUTHOR))
    roles.let_in(person)
    assert User.objects.get(pk=person.pk).is_staff
