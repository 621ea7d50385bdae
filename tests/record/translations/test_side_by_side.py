"""The page on which an entry is translated, and the queue that leads to it."""

import pytest

from cooperation.models import Party
from events.models import Event
from record import publishing, queues, translations
from record.translations import Status
from record.translations.differences import differences
from record.translations.saving import save_texts
from tests import people
from tests.factories import AgreementFactory, EventFactory, TopicFactory

pytestmark = pytest.mark.django_db


def address(row):
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/translate/?to=az"


def sent(client, row, **texts):
    form = client.get(address(row)).context["form"]
    return {
        **{name: form[name].value() for name in ("version_token", "seen_revision")},
        **{p.path: p.text("az") for p in form.passages},
        **texts,
    }


def test_texts_and_those_of_rows_below_are_saved_with_the_person(admin_client):
    agreement = AgreementFactory(summary_en="What it says.")
    party = Party.objects.create(agreement=agreement, name_en="Chamber")
    texts = {"title": "Saziş", f"parties.{party.pk}.name": "Palata"}
    answer = admin_client.post(address(agreement), sent(admin_client, agreement, **texts))
    assert answer.status_code == 302
    stored = type(agreement).objects.get(pk=agreement.pk)
    assert (stored.title_az, stored.translation_az, stored.parties.get(pk=party.pk).name_az) == ("Saziş", "machine", "Palata")
    assert (stored.history.first().history_user.username, stored.history.first().history_change_reason) == ("admin", "translation")


def test_box_makes_it_reviewed_and_changed_original_is_shown_word_by_word(admin_client):
    event = EventFactory(summary_en="The ministers met in Baku.", title_az="Görüş")
    admin_client.post(address(event), sent(admin_client, event, summary="Nazirlər görüşdü.", reviewed_now="on"))
    event = Event.objects.get(pk=event.pk)
    assert translations.state_of(event, "az").status == Status.REVIEWED
    event.summary_en = "The ministers met in Shusha."
    event.save()
    page = admin_client.get(address(event)).content.decode()
    assert "<del>Baku</del><ins>Shusha</ins>" in page


def test_whoever_translates_another_language_meanwhile_keeps_nobody_from_saving(admin_client):
    agreement = AgreementFactory()
    party = Party.objects.create(agreement=agreement, name_en="Chamber")
    data = sent(admin_client, agreement, title="Saziş", **{f"parties.{party.pk}.name": "Palata"})
    other = type(agreement).objects.get(pk=agreement.pk)
    save_texts(other, "ru", {"title": "Соглашение"}, by=None)
    assert admin_client.post(address(agreement), data).status_code == 302
    stored = type(agreement).objects.get(pk=agreement.pk)
    assert (stored.title_az, stored.title_ru, stored.parties.get(pk=party.pk).name_az) == ("Saziş", "Соглашение", "Palata")


def test_text_that_somebody_else_wrote_stands_beside_ones_own_and_the_next_press_saves(admin_client):
    agreement = AgreementFactory(summary_en="What it says.")
    party = Party.objects.create(agreement=agreement, name_en="Chamber")
    mine = {"title": "Saziş", f"parties.{party.pk}.name": "Palata"}
    data = sent(admin_client, agreement, **mine)
    theirs = {"title": "Müqavilə", "summary": "Onların xülasəsi", f"parties.{party.pk}.name": "Otaq"}
    save_texts(type(agreement).objects.get(pk=agreement.pk), "az", theirs, by=None)
    answer = admin_client.post(address(agreement), data)
    page, form = answer.content.decode(), answer.context["form"]
    assert answer.status_code == 200 and page.count("Somebody else wrote meanwhile:") == 3
    assert all(words in page for words in (*mine.values(), *theirs.values()))
    again = {field.html_name: field.value() or "" for field in form if field.name != "reviewed_now"}
    assert admin_client.post(address(agreement), again).status_code == 302
    stored = type(agreement).objects.get(pk=agreement.pk)
    # What was not touched here is theirs: nobody meant to take it away.
    assert (stored.title_az, stored.summary_az, stored.parties.get(pk=party.pk).name_az) == ("Saziş", "Onların xülasəsi", "Palata")


def test_original_that_changed_meanwhile_is_told_and_what_was_made_from_the_former_one_is_outdated(admin_client):
    event = EventFactory(summary_en="The ministers met in Baku.")
    data = sent(admin_client, event, summary="Nazirlər Bakıda görüşdü.", title="Görüş", reviewed_now="on")
    other = Event.objects.get(pk=event.pk)
    other.summary_en = "The ministers met in Shusha."
    other.save()
    page = admin_client.post(address(event), data, follow=True).content.decode()
    assert "The original changed meanwhile: summary." in page and "<del>Baku</del><ins>Shusha</ins>" in page
    stored = Event.objects.get(pk=event.pk)
    assert (stored.summary_az, stored.translation_az, stored.outdated_languages) == ("Nazirlər Bakıda görüşdü.", "machine", "az")


def test_text_that_is_too_long_is_refused_beside_its_field(admin_client):
    event = EventFactory()
    page = admin_client.post(address(event), sent(admin_client, event, title="x" * 301))
    assert "at most 300 characters" in page.content.decode()


def test_reference_rows_are_translated_in_the_same_way(admin_client):
    topic = TopicFactory(name_en="Water")
    assert admin_client.post(address(topic), sent(admin_client, topic, name="Su")).status_code == 302
    assert type(topic).objects.get(pk=topic.pk).name_az == "Su"


def test_author_cannot_translate_what_others_wrote(client):
    client.force_login(people.author())
    assert client.get(address(EventFactory(published=True))).status_code == 403
    assert client.get(address(EventFactory())).status_code == 302


def test_queue_counts_by_language_and_leads_to_exactly_these_rows(admin_client, admin_user, empty_record):
    missing, outdated = EventFactory(), EventFactory(title_az="Səfər")
    outdated.title_en = "Changed"
    outdated.save()
    TopicFactory(name_az="Su")
    queue = next(queue for queue in queues.all_queues() if queue.name == "translations")
    lines = [line for line in queue.lines(admin_user) if line.label.startswith("Azerbaijani")]
    assert [(line.label, line.count) for line in lines] == [
        ("Azerbaijani: missing", 1),
        ("Azerbaijani: outdated", 1),
        ("Azerbaijani: not reviewed", 1),
        ("Azerbaijani: long texts only in the original", 1),
    ]
    for line, row in zip(lines[:2], (missing, outdated), strict=True):
        sections = admin_client.get(line.address).context["sections"]
        assert [shown.pk for _name, _count, _address, rows in sections for shown, *_rest in rows] == [row.pk]


def test_long_texts_that_stand_in_the_original_alone_are_a_line_of_their_own(admin_client, admin_user, empty_record):
    short = {"title_az": "Səfər", "title_uz": "Tashrif", "title_ru": "Визит", "summary_en": ""}
    lacking, whole = EventFactory(**short, body_en="Told at length."), EventFactory(**short, body_en="Told.", body_az="Ətraflı.")
    # Not begun: its long text is missing with everything else. And one that nobody reads any more.
    EventFactory(summary_en="", body_en="Told.")
    EventFactory(**short, body_en="Told.", original_language="ru", body_ru="")
    withdrawn = EventFactory(**short | {"summary_en": "Told."}, published=True)
    publishing.withdraw(withdrawn, by=None, reason="Entered twice.")
    queue = next(queue for queue in queues.all_queues() if queue.name == "translations")
    lines = [line for line in queue.lines(admin_user) if line.label.endswith(": long texts only in the original")]
    assert [(line.label.partition(":")[0], line.count) for line in lines] == [("Azerbaijani", 1), ("Uzbek", 2), ("Russian", 2)]
    for line, lang, rows in zip(lines, ("az", "uz", "ru"), ([lacking], [lacking, whole], [lacking, whole]), strict=True):
        page = admin_client.get(line.address)
        assert [shown.pk for _name, _count, _address, found in page.context["sections"] for shown, *_rest in found] == [r.pk for r in rows]
        listed = admin_client.get(f"/admin/events/event/?translation={lang}-long").context["cl"].result_list
        assert {row.pk for row in listed} == {row.pk for row in rows}


def test_differences_say_both_texts_whole():
    parts = differences("one two three", "one 2 three four")
    assert "".join(words for kind, words in parts if kind != "new") == "one two three"
    assert "".join(words for kind, words in parts if kind != "gone") == "one 2 three four"
