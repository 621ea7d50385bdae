"""Citations as sentences and files: marks, dates and escapes right in each language and format."""

import json
import re

import pytest
from django.utils import translation

from record.citing import bibtex, csl, ris, sentences
from record.citing.work import Original, Work

pytestmark = pytest.mark.one_engine

REPORT = Original(
    "S5", "Gazette & Sons", "The “old” road: 5% of $10_000", "2022-06", "https://a.example/x_y?p=1&q={z}", "", "en", "press", ""
)
PAGE = Original("S6", "Ministry", "list of documents", "", "", "https://archive.example/1", "ru", "official", "2024-05-06", True)


def work(**changed):
    own = {
        "code": "E12", "title": "A meeting", "language": "en", "record": "The record", "address": "https://r.example/r/E12", "version": 3,
        "changed": "2024-03-09", "read": "2026-11-29", "originals": (REPORT, PAGE),
    }  # fmt: skip
    return Work(**own | changed)


def test_apa_names_day_version_and_sources_in_the_manuals_order():
    assert sentences.plain(sentences.apa(work(originals=(REPORT,), described="summit, Baku"))) == (
        "A meeting [summit, Baku]. (2024, March 9). In The record (entry E12, version 3). Retrieved November 29, 2026, from"
        " https://r.example/r/E12 Original source: Gazette & Sons, “The ‘old’ road: 5% of $10_000,” June 2022,"
        " https://a.example/x_y?p=1&q={z}."
    )


def test_chicago_puts_commas_inside_the_quotation_marks_and_ends_with_one_stop():
    assert sentences.plain(sentences.note(work(originals=(PAGE,)))) == (
        "“A meeting,” The record, entry E12, version 3, last modified March 9, 2024, accessed November 29, 2026,"
        " https://r.example/r/E12, citing Ministry, list of documents, https://archive.example/1."
    )
    assert sentences.plain(sentences.bibliography(work(originals=(), described="summit"))) == (
        "The record. “A meeting.” Summit. Entry E12, version 3. Last modified March 9, 2024. Accessed November 29, 2026."
        " https://r.example/r/E12"
    )


@pytest.mark.parametrize(
    ("lang", "day"), [("az", "29 noyabr 2026"), ("uz", "2026-yil 29-noyabr"), ("ru", "29 ноября 2026 г."), ("en", "November 29, 2026")]
)
def test_other_languages_have_their_own_dates_and_no_stop_is_doubled(lang, day):
    with translation.override(lang):
        for _style, sentence in sentences.every(work()):
            said = sentences.plain(sentence)
            assert day in said
            assert not re.search(r"\.\.|,,|\s[,.;]|,\.", said)
            assert said.count("S5") == 0 and "Gazette & Sons" in said


@pytest.mark.parametrize(("lang", "title"), [("az", "“Yol ‘A’ haqqında”"), ("uz", "“Yol «A» haqqında”"), ("ru", "«Yol „A“ haqqında»")])
def test_quotation_marks_are_those_of_the_language_within_others_too(lang, title):
    with translation.override(lang):
        assert sentences.quoted("Yol “A” haqqında", ",") == f"{title},"


@pytest.mark.parametrize(
    ("date", "said", "bracketed"),
    [
        ("2022-06-21", "June 21, 2022", "2022, June 21"),
        ("2022-06", "June 2022", "2022, June"),
        ("1995", "1995", "1995"),
        ("2022-06-21/2022-06-22", "June 21–22, 2022", "June 21–22, 2022"),
        ("2022-06-30/2022-07-01", "June 30, 2022 – July 1, 2022", "June 30, 2022 – July 1, 2022"),
        ("1996~", "about 1996", "about 1996"),
        ("", "", "n.d."),
    ],
)
def test_date_is_as_precise_as_it_is_known(date, said, bracketed):
    assert (sentences.in_text(date), sentences.in_brackets(date)) == (said, bracketed)


def test_title_that_could_be_markup_stays_a_text():
    sentence = sentences.apa(work(title="<b>bold</b> & more"))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in sentence
    assert "<b>bold</b> & more" in sentences.plain(sentence)


def fields(entry):
    return dict(re.findall(r"^  (\w+) = \{?(.*?)\}?,?$", entry, re.M))


def test_bibtex_says_nothing_to_tex_and_leaves_addresses_as_they_are():
    evil = r"\input{x} 100% of A&B #1 $5 a_b ~c ^d" + "\n\n@misc{y}"
    own, report, page = bibtex.written(work(title=evil)).decode().split("\n\n")
    assert fields(own)["title"] == (
        r"{\textbackslash{}input\{x\} 100\% of A\&B \#1 \$5 a\_b \textasciitilde{}c \textasciicircum{}d @misc\{y\}}"
    )
    assert own.startswith("@misc{uz-az-E12,\n")
    assert fields(report)["url"] == "https://a.example/x_y?p=1&q=%7Bz%7D"
    assert (fields(report)["date"], fields(report)["year"], fields(report)["month"]) == ("2022-06", "2022", "jun")
    assert "year" not in fields(page) and fields(page)["urldate"] == "2024-05-06"
    for entry in (own, report, page):
        bare = entry.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")


def test_bibtex_keeps_letters_of_every_script():
    assert "Şuşa, Oʻzbekiston, Шуша" in bibtex.written(work(title="Şuşa, Oʻzbekiston, Шуша")).decode()


def references(text):
    return [[line.split("  - ", 1) for line in part.split("\r\n")] for part in text.split("\r\nER  - \r\n\r\n")[:-1]]


def test_ris_value_never_breaks_its_line():
    text = ris.written(work(title="One\r\nER  - \r\nTY  - BOOK\u2028two")).decode()
    own, report, page = references(text)
    assert text.replace("\r\n", "").count("\n") == 0
    assert [tag for tag, _value in own][0] == "TY" and dict(own)["TI"] == "One ER - TY - BOOK two"
    assert dict(own)["DA"] == "2024/03/09/" and dict(own)["Y2"] == "2026/11/29/"
    assert dict(report)["DA"] == "2022/06//" and "DA" not in dict(page)
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]", tag) for reference in (own, report, page) for tag, _value in reference)


# What the specification of CSL-JSON names, as far as it is used here: texts, dates, and types of items.
TEXTS = {
    "id", "type", "title", "container-title", "genre", "abstract", "number", "version", "event-place", "URL", "language", "keyword",
    "note", "publisher", "archive_location",
}  # fmt: skip
DATES = {"issued", "accessed", "event-date", "original-date"}
TYPES = {"webpage", "dataset", "document", "legislation", "article-newspaper", "article"}


def test_csl_json_holds_what_the_specification_names():
    items = json.loads(csl.written(work(event="2022-06-21/2022-06-22", place="Baku", originated="1996~", keywords=("a", "b"))))
    assert [item["id"] for item in items] == ["uz-az-E12", "uz-az-S5", "uz-az-S6"]
    for item in items:
        assert set(item) <= TEXTS | DATES and item["type"] in TYPES
        assert all(isinstance(item[name], str) for name in TEXTS & set(item))
    own, report, _page = items
    assert own["event-date"] == {"date-parts": [[2022, 6, 21], [2022, 6, 22]]}
    assert own["original-date"] == {"date-parts": [[1996]], "circa": True}
    assert report["issued"] == {"date-parts": [[2022, 6]]}
