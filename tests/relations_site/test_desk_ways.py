"""What the desk shows each person of the ways that are open to him, and what it says where there is none."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.safestring import mark_safe

from record import roles
from record.models import Upload
from tests import people
from tests.factories import AgreementFactory, EventFactory, SourceFactory
from tests.record.test_admin import form_of
from tests.record.translations.test_exchange import event_and_file

pytestmark = [pytest.mark.one_engine, pytest.mark.django_db]


def test_author_is_shown_only_the_pages_that_open_for_him(client):
    user = people.author()
    client.force_login(user)
    for sort, row in {"events/event": EventFactory(), "record/source": SourceFactory()}.items():
        address = f"/admin/{sort}/{people.entered_by(user, row).pk}"
        assert f'"{address}/history/"' not in client.get(f"{address}/change/").content.decode()
    source = SourceFactory()
    assert f'"/admin/record/source/{source.pk}/history/"' not in client.get(f"/admin/record/source/{source.pk}/change/").content.decode()
    own, published = (people.entered_by(user, EventFactory(published=is_public)) for is_public in (False, True))
    shown = [f"/{row.pk}/translate/" in client.get(f"/admin/events/event/{row.pk}/change/").content.decode() for row in (own, published)]
    assert shown == [True, False]
    client.force_login(people.editor())
    page = client.get(f"/admin/events/event/{published.pk}/change/").content.decode()
    assert f"/{published.pk}/translate/" in page and f"/{published.pk}/history/" in page


def test_side_of_a_source_is_chosen_by_the_names_of_the_countries(admin_client):
    for address in ("/admin/record/source/add/", "/admin/record/source/add/?_popup=1"):
        labels = [str(label) for value, label in admin_client.get(address).context["adminform"].form.fields["side"].choices]
        assert {"Uzbekistan", "Azerbaijan"} <= set(labels) and "first country" not in labels


def test_account_with_a_role_is_let_in_on_saving(client):
    client.force_login(people.administrator())
    somebody = User.objects.create_user("somebody")
    page = client.get(f"/admin/auth/user/{somebody.pk}/change/").content.decode()
    assert "Whoever has a role may" in page
    sent = {"username": "somebody", "is_active": "on", "groups": [Group.objects.get(name=roles.AUTHOR).pk]}
    sent |= {"date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    assert client.post(f"/admin/auth/user/{somebody.pk}/change/", sent).status_code == 302
    assert User.objects.get(pk=somebody.pk).is_staff


def test_what_is_refused_at_the_desk_is_refused_in_its_frame(client):
    client.force_login(people.author())
    page = client.get("/admin/auth/user/")
    assert (page.status_code, "admin/forbidden.html" in [t.name for t in page.templates]) == (403, True)
    assert 'class="button way" href="/admin/"' in page.content.decode()


def test_whoever_has_no_role_gets_from_the_refusal_to_the_login(client):
    client.force_login(User.objects.create_user("reader"))
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403 and 'action="/admin/login/"' in page.content.decode()
    assert client.post("/admin/login/", {"login": "x"}).status_code == 403
    assert client.post("/admin/login/", {"leave": "1"})["Location"] == "/admin/login/"
    assert client.get("/admin/login/").status_code == 200


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("на конец дня: 29 ноября 2026 г..", "на конец дня: 29 ноября 2026 г."),
        ("<time>29 ноября 2026\u00a0г.</time>. Дальше", "<time>29 ноября 2026\u00a0г.</time> Дальше"),
        ("на конец 2026 года.", "на конец 2026 года."),
        ("On 29 November 2026.", "On 29 November 2026."),
    ],
)
def test_russian_date_at_the_end_brings_the_full_stop(words, said):
    template = Template("{% filter one_stop %}{{ words }}{% endfilter %}")
    assert template.render(Context({"words": mark_safe(words)})) == said


def _told(answer):
    return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]


def test_publishing_an_event_names_what_was_signed_there_and_is_unpublished(admin_client):
    event = EventFactory()
    draft, public = AgreementFactory(signed_at=event), AgreementFactory(signed_at=event, published=True)
    address = f"/admin/events/event/{event.pk}/change/"
    told = _told(admin_client.post(address, form_of(admin_client, address) | {"_verb": "publish"}))
    assert len(told) == 1 and draft.code in told[0] and public.code not in told[0]
    event.refresh_from_db()
    assert event.is_public()


def test_publishing_many_events_names_what_was_signed_there_and_is_unpublished(admin_client):
    first, second = EventFactory(), EventFactory()
    drafts, public = [AgreementFactory(signed_at=event) for event in (first, second)], AgreementFactory(signed_at=first, published=True)
    sent = {"action": "publish_selected", "_selected_action": [first.pk, second.pk], "_confirmed": "1"}
    told = _told(admin_client.post("/admin/events/event/", sent))
    assert len(told) == 1 and all(draft.code in told[0] for draft in drafts) and public.code not in told[0]


@pytest.mark.parametrize(("chosen", "taken"), [("", "az"), ("az", "az"), ("ru", "ru")])
def test_language_of_a_translated_file_is_the_one_that_it_names(admin_client, chosen, taken):
    _event, data = event_and_file()
    sent = {"file": SimpleUploadedFile("t.xlf", data), "language": chosen}
    page = admin_client.post("/admin/translations/import/", sent, follow=True).content.decode()
    assert Upload.objects.get().terms["language"] == taken
    assert ("The language of the file is" in page) == (taken != "az")


def test_file_without_a_language_is_asked_for_it(admin_client):
    _event, data = event_and_file()
    for language, named in ((b"", "does not name its language"), (b"de", "does not have: “de”")):
        bare = data.replace(b'target-language="az"', b'target-language="%s"' % language)
        page = admin_client.post("/admin/translations/import/", {"file": SimpleUploadedFile("t.xlf", bare), "language": ""})
        assert named in page.content.decode()


def test_first_page_leads_to_what_belongs_to_no_table(client):
    ways = {"author": [], "editor": ["/admin/translations/", "/admin/tables/"]}
    ways["administrator"] = [*ways["editor"], "/admin/audit/"]
    for role, expected in ways.items():
        client.force_login(people.person(role, role))
        assert [address for _label, address in client.get("/admin/").context["more"]] == expected
