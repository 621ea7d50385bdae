"""The page: kinds with counts, all or any of the words, phrases, order, languages, what comes next when nothing is found."""

import re

import pytest
from django.utils import translation

from record import search
from record.models import SearchEntry
from record.search import documents, hits
from tests import factories
from tests.record.search.test_questions import keys

pytestmark = pytest.mark.django_db


def page(client, question, lang="en"):
    answer = client.get(f"/{lang}/search/?{question}")
    assert answer.status_code == 200
    return answer


def event(title, **fields):
    return factories.EventFactory(title_en=title, published=True, **fields)


def test_title_stands_over_summary_over_text_and_recent_over_old(empty_record):
    body = event("Nothing", body_en="A zqword in the text.", date="2026-01-01")
    summary = event("Nothing else", summary_en="A zqword in the summary.", date="2025-01-01")
    old, new = (
        event("Meeting of the zqword bodies held in town", date="2001"),
        event("Meeting of the zqword bodies held in town", date="2002"),
    )
    assert keys("zqword") == [new.code, old.code, summary.code, body.code]


def test_name_that_is_the_question_stands_first(empty_record):
    topic = factories.TopicFactory(slug="zqword", name_en="Zqword")
    entry = event("Zqword and other things", date="2025")
    entry.topics.add(topic)
    entry.save()
    assert keys("zqword") == ["topic/zqword", entry.code]


def test_all_words_are_wanted_by_default_and_any_on_request(empty_record):
    both, one = event("Zqone zqtwo"), event("Zqone")
    assert keys("zqone zqtwo") == [both.code]
    assert keys("zqone zqtwo", any_of=True) == [both.code, one.code]


@pytest.mark.parametrize("marks", ['"{}"', "“{}”", "«{}»", "„{}“"])
def test_words_in_quotation_marks_are_found_side_by_side_only(empty_record, marks):
    together, apart = event("The zqone zqtwo visit"), event("The zqtwo of zqone")
    assert keys(marks.format("zqone zqtwo")) == [together.code]
    assert sorted(keys("zqone zqtwo")) == sorted([together.code, apart.code])


def test_phrase_does_not_reach_from_one_text_into_the_next(empty_record):
    event("Ends with zqone", title_az="zqtwo başlayır", summary_en="zqtwo")
    assert keys('"zqone zqtwo"') == []


def test_kinds_have_counts_that_agree_with_what_they_find(client):
    listing = page(client, "q=Baku").context["listing"]
    counts = {choice.value: choice.count for choice in listing.tabs()}
    assert len(counts) >= 4
    for kind, number in counts.items():
        narrowed = page(client, f"q=Baku&kind={kind}").context["listing"]
        assert (narrowed.total, narrowed.all_kinds_total) == (number, listing.total)


def test_days_leave_out_what_lies_before_and_what_has_no_day(client):
    rows = page(client, "q=Shusha&after=2024&before=2024").context["page"].rows
    assert rows
    entries = hits.rows_of([hit.place for hit in rows if documents.by_name(hit.place[0]).is_entry])
    assert entries and all(row.date_from.year <= 2024 <= row.date_to.year for row in entries.values())
    assert {hit.place[0] for hit in rows if not documents.by_name(hit.place[0]).is_entry} <= {"source"}


def test_word_meets_no_other_that_only_sounds_or_begins_like_it(empty_record, client):
    event = factories.EventFactory(
        published=True, title_en="Visit", title_ru="Официальный визит", place=factories.PlaceFactory(name_en="Zq City")
    )
    factories.AgreementFactory(published=True, title_en="Travel", title_ru="Поездки без визы")
    for words, codes in {"виза": ["A"], "визит": ["E"], "визиты": ["E"], "cotton": [], "city": ["E"]}.items():
        found = [hit.code[:1] for hit in page(client, f"q={words}").context["page"].rows if documents.by_name(hit.place[0]).is_entry]
        assert found == codes, words
    assert event.code


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        # A Russian noun that is stemmed like a verb in some of its cases, and stands in no table of names.
        ({"title_ru": "Переговоры в Фергане"}, ["Фергана", "Ферганы", "Фергане", "Фергану", "Ферганой"]),
        ({"title_ru": "Осмотр океана"}, ["океан", "океане", "океану"]),
        ({"title_az": "Qonaqlıq müqaviləsinin imzalanması"}, ["müqavilə", "müqaviləsi", "muqavilesinde", "müqavilələr", "imzalanmasında"]),
        ({"title_az": "Nəşriyyatçılıq"}, ["nəşriyyatçılıq", "nəşriyyatçılığı", "nəşriyyatçılığının"]),
        ({"title_uz": "Noshirlik shartnomasini imzolash"}, ["shartnoma", "shartnomasi", "shartnomalari", "шартномаси", "noshirligi"]),
        ({"title_uz": "Xivaqoʻrgʻondagi uchrashuv"}, ["Xivaqoʻrgʻon", "Xivaqoʻrgʻonda", "Xivaqoʻrgʻonning"]),
    ],
)
def test_noun_is_found_in_every_case(empty_record, written, asked):
    found = event("Something else", **written)
    assert {question: keys(question) for question in asked} == {question: [found.code] for question in asked}


@pytest.mark.parametrize(("question", "other"), [("online", "Only"), ("consular", "Consultation"), ("concerning", "Concert")])
def test_english_word_is_not_cut_like_a_turkic_one(empty_record, question, other):
    found = event(f"{question} matter")
    event(f"{other} of another kind")
    assert keys(question) == [found.code]


def test_short_name_is_not_the_beginning_of_another(empty_record):
    entries = {}
    for slug, name, name_ru in (("quba", "Quba", "Губа"), ("qabala", "Qəbələ", "Габала")):
        place = factories.PlaceFactory(slug=slug, name_en=name, name_az=name, name_ru=name_ru)
        entries[slug] = event(f"Meeting of {slug[::-1]}", place=place).code
    for question in ("Quba", "Qubada", "Губа", "Губы"):
        assert keys(question) == ["place/quba", entries["quba"]], question


def test_of_one_day_what_happened_comes_before_what_was_signed(empty_record):
    signed = factories.AgreementFactory(title_en="Zqword", published=True, date="2024-08-23")
    happened = event("Zqword", date="2024-08-23")
    assert keys("zqword") == keys("23.08.2024") == [happened.code, signed.code]


def test_number_leads_to_its_entry_first(client):
    assert page(client, "q=E12").context["page"].rows[0].code == "E12"


def test_passage_in_another_language_is_marked_as_such(client):
    html = page(client, "q=%D0%BF%D0%BE%D0%B1%D1%80%D0%B0%D1%82%D0%B8%D0%BC%D1%8B").content.decode()
    assert re.search(r'<p class="passage" lang="ru">[^\n]*<mark>побратимы</mark>', html)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("agrement", "agreement"), ("mirziyoyeb", "Mirziyoyev"), ("tranpsort", "transport"), ("ташкнет", "Ташкент"), ("Самаркант", "Самарканд"),
        # Heard alike in another script.
        ("кегок", "KEGOC"),
    ],
)  # fmt: skip
def test_mistyped_word_has_a_suggestion_that_finds_something(client, typed, meant):
    listing = page(client, f"q={typed}").context["listing"]
    assert (listing.total, listing.nearest) == (0, meant)
    assert keys(meant)


@pytest.mark.parametrize("unknown", ["Russiya", "ЕАЭС"])
def test_what_is_merely_alike_in_another_script_or_by_a_short_sound_is_no_suggestion(empty_record, client, unknown):
    event("Raisi and the emas")
    assert page(client, f"q={unknown}").context["listing"].nearest == ""


def test_only_the_mistyped_word_of_a_question_is_replaced(client):
    assert page(client, "q=Tashkent+declraation").context["listing"].nearest == "Tashkent declaration"


def test_nothing_near_is_no_suggestion_and_the_page_says_what_to_do_next(client):
    answer = page(client, "q=zqxjkvw+zqxjkvx")
    assert answer.context["listing"].nearest == ""
    html = answer.content.decode()
    assert "match=any" in html
    assert "Did you mean" not in html


@pytest.mark.parametrize("lang", ["en", "az", "uz", "ru"])
def test_page_speaks_every_language(client, lang):
    with translation.override(lang):
        answer = page(client, "q=Tashkent", lang)
    assert answer.context["listing"].total > 20
    assert f'<html lang="{lang}">' in answer.content.decode()


def test_suggestions_are_titles_that_begin_so(client):
    rows = client.get("/en/search/suggestions/?q=mirziy").json()["suggestions"]
    assert rows[0] == {"title": "Shavkat Mirziyoyev", "lang": "en", "kind": "Person", "address": "/en/people/shavkat-mirziyoyev/"}
    assert 1 < len(rows) <= 8
    assert client.post("/en/search/suggestions/?q=mirziy").status_code == 405


def test_every_page_leads_to_the_search(client):
    assert '<a class="find" href="/en/search/"' in client.get("/en/events/").content.decode()


def test_list_without_readable_words_counts_nothing():
    assert search.ask("…").found(SearchEntry.objects.public()).count() == 0
