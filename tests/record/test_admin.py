"""The editors' desk: every list and every empty form opens, and publishing refuses with its reasons."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import translation

from cooperation.derived import refresh_agreement
from cooperation.models import Agreement
from events.models import Event
from record import publishing
from record.models import Disagreement, Source
from record.texts import capital
from tests.factories import AgreementFactory, EventFactory, SourceFactory, TopicFactory, TradeFigureFactory


@pytest.mark.django_db
def test_every_admin_page_opens(admin_client):
    names = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
    # Made on the page of an entry, and nowhere else.
    not_here = reverse("admin:record_confirmationrequest_add")
    assert admin_client.get(not_here).status_code in (302, 403)
    pages = [address for name in names for page in ("changelist", "add") if (address := reverse(f"admin:{name}_{page}")) != not_here]
    assert {page: admin_client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def form_of(client, address):
    """What a browser would send back of a change page, without having touched it."""
    context = client.get(address).context
    forms = [
        context["adminform"].form,
        *(form for s in context["inline_admin_formsets"] for form in [s.formset.management_form, *s.formset.forms]),
    ]
    sent = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                sent[field.html_name] = [str(getattr(v, "pk", v)) for v in value] if isinstance(value, list | tuple) else value
    return sent


def errors_of(answer):
    return answer.context["errors"] if answer.context and "errors" in answer.context else []


@pytest.mark.django_db
def test_change_page_sent_back_untouched_is_saved(admin_client):
    for entry in (Event.objects.get(number=22), Agreement.objects.get(number=42)):
        address = reverse(f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change", args=[entry.pk])
        answer = admin_client.post(address, form_of(admin_client, address))
        assert answer.status_code == 302, errors_of(answer)


@pytest.mark.django_db
def test_viewer_cannot_publish_by_an_action(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(viewer)
    event = EventFactory()
    client.post("/admin/events/event/", {"action": "publish_selected", "_selected_action": [event.pk]})
    assert not Event.objects.get(pk=event.pk).is_public()


@pytest.mark.django_db
def test_what_readers_once_saw_cannot_be_deleted(admin_client):
    event = EventFactory(published=True)
    publishing.withdraw(event, by=None, reason="Entered twice.")
    publishing.restore(event, by=None)
    Event.objects.filter(pk=event.pk).update(publish_at=None)
    assert admin_client.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.django_db
def test_trade_figure_is_withdrawn_like_anything_else():
    figure = TradeFigureFactory()
    publishing.publish(figure, by=None)
    publishing.withdraw(figure, by=None, reason="Mistyped.")
    assert figure.state == "withdrawn"


@pytest.mark.django_db
def test_preference_moves_to_an_earlier_value(admin_client):
    disagreement = Disagreement.objects.get(slug="2022-visit-rank")
    address = f"/admin/record/disagreement/{disagreement.pk}/change/"
    sent = form_of(admin_client, address)
    sent.pop("values-1-preferred")
    answer = admin_client.post(address, {**sent, "values-0-preferred": "on"})
    assert answer.status_code == 302, errors_of(answer)
    assert [value.preferred for value in disagreement.values.all()] == [True, False]
    both = admin_client.post(address, {**form_of(admin_client, address), "values-1-preferred": "on"})
    assert both.status_code == 200
    assert "At most one value can be preferred." in both.content.decode()


@pytest.mark.django_db
def test_disagreement_in_use_cannot_be_deleted(admin_client):
    disagreement = Disagreement.objects.get(slug="school-place")
    assert admin_client.post(f"/admin/record/disagreement/{disagreement.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.django_db
def test_published_agreement_keeps_a_party(admin_client):
    agreement = AgreementFactory(published=True)
    address = f"/admin/cooperation/agreement/{agreement.pk}/change/"
    answer = admin_client.post(address, {**form_of(admin_client, address), "parties-0-DELETE": "on"})
    assert answer.status_code == 200
    assert agreement.parties.count() == 1


@pytest.mark.django_db
def test_event_within_itself_is_refused_in_words(admin_client):
    event = EventFactory()
    part = EventFactory(part_of=event)
    address = f"/admin/events/event/{event.pk}/change/"
    answer = admin_client.post(address, {**form_of(admin_client, address), "part_of": part.pk})
    assert "It would be a part of itself." in answer.content.decode()


@pytest.mark.django_db
def test_address_that_another_entry_once_had_is_refused(admin_client):
    first, second = EventFactory(slug="once-mine"), EventFactory()
    first.slug = "now-mine"
    first.save()
    address = f"/admin/events/event/{second.pk}/change/"
    answer = admin_client.post(address, {**form_of(admin_client, address), "slug": "once-mine"})
    assert f"{first.code} once had this address" in answer.content.decode()


def test_source_that_a_statement_rests_on_is_not_deleted_and_one_that_nothing_rests_on_is(admin_client):
    used = Source.objects.get(number=39)
    free = SourceFactory()
    for source, left in ((used, True), (free, False)):
        admin_client.post(f"/admin/record/source/{source.pk}/delete/", {"post": "yes"})
        assert Source.objects.filter(pk=source.pk).exists() is left


@pytest.mark.django_db
def test_page_of_deletion_says_phases_of_an_agreement_in_words(admin_client):
    agreement = AgreementFactory(date="2020-01-01", binding="yes")
    agreement.actions.create(kind="signed", date="2020-01-01")
    agreement.actions.create(kind="entered-into-force", date="2021-02-03")
    refresh_agreement(agreement)
    admin_client.cookies.load({"django_language": "ru"})
    page = admin_client.get(f"/admin/cooperation/agreement/{agreement.pk}/delete/", headers={"accept-language": "ru"}).content.decode()
    assert "действует, 3 февраля 2021" in page and "in-force" not in page


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_page_of_deletion_names_what_links_lead_to(admin_client, lang):
    """Whoever deletes a topic reads which entries lose it."""
    topic, event = TopicFactory(name_en="Irrigation"), EventFactory(title_en="Meeting on canals")
    event.topics.add(topic)
    EventFactory(title_en="Meeting on rivers").topics.add(topic)
    admin_client.cookies.load({"django_language": lang})
    for row in (topic, event):
        page = admin_client.get(f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/delete/", headers={"accept-language": lang})
        with translation.override(lang):
            link = f"{capital(Event._meta.verbose_name)} – {Event._meta.get_field('topics').verbose_name}: {event} – {topic}"
        content = page.content.decode()
        assert link in content
        assert "object (" not in content and "event-topic" not in content
