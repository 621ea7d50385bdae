"""Markdown with few marks: nothing runs, nothing typed is lost in silence, and each source figure leads to its source."""

import re

import pytest
from django.conf import settings

from events.models import Event
from record import markup, publishing
from record.adminbase.markdown import tree
from record.models import Source
from tests.factories import EventFactory, SourceFactory
from tests.record.test_admin import errors_of, form_of

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    ("words", "html"),
    [
        ("# One\n\n## Two\n\n#### Four", "<h3>One</h3>\n<h4>Two</h4>\n<h4>Four</h4>\n"),
        ("*a* **b**\n\n- c\n\n1. d\n\n> e", "<p><em>a</em> <strong>b</strong></p>\n<ul>\n<li>c</li>\n</ul>\n<ol>\n<li>d</li>\n</ol>\n"
         "<blockquote>\n<p>e</p>\n</blockquote>\n"),
        ("[a](https://a.example/)", '<p><a href="https://a.example/" rel="noopener nofollow">a</a></p>\n'),
        ("<b onclick=x>a</b>", "<p>&lt;b onclick=x&gt;a&lt;/b&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("o`zbek va O`zbekiston", "<p>o`zbek va O`zbekiston</p>\n"),
        ("```\na\n```\n\n    b", "<p>```\na\n```</p>\n<p>b</p>\n"),
        ("a[^S39]", "<p>a</p>\n"),
    ],
)  # fmt: skip
def test_few_marks_are_known_and_what_is_not_known_is_shown_as_typed(words, html):
    assert markup.html(words) == html


HOSTILE = [
    ("<script>alert(1)</script>a", "alert(1)a", "HTML was removed: <script>, </script>"),
    ("a <b onmouseover='x'>b</b><!-- c -->", "a b c", "HTML was removed: <b onmouseover='x'>, </b>, <!--, -->"),
    ("<scr<script></script>ipt>a</script>", "a", "HTML was removed: <script>, </script>"),
    ("[a](javascript:alert(1)) b", "a b", "Links lead to pages only (http, https); removed: javascript:alert(1)"),
    ("[a](data:text/html,x)", "a", "Links lead to pages only (http, https); removed: data:text/html,x"),
    ("![the bridge](https://a.example/x.png)", "the bridge", "A picture within the text was replaced by its words: choose pictures under “Pictures”."),
    ("a\u202eb\u200b\0", "ab", "Invisible characters were removed."),
    ("```html\na\n```", "a", "Marks of program code were removed."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "kept", "sentence"), HOSTILE)
def test_what_is_taken_away_is_said(words, kept, sentence):
    assert markup.normalised(words) == (kept, [sentence])
    assert markup.normalised(kept) == (kept, [])


@pytest.mark.parametrize("words", ["a < b and c > d", "<https://a.example/>", "a  \nb", "[a](/en/about/)", "*a*[^S1]\n\n> b", "x\\*y"])
def test_what_may_stay_stays(words):
    assert markup.normalised(words) == (words, [])


@pytest.mark.django_db
def test_no_text_of_the_shipped_record_loses_anything():
    texts = [getattr(event, f"body_{lang}") for event in Event.objects.all() for lang, _name in settings.LANGUAGES]
    assert [text for text in texts if text and markup.normalised(text)[1]] == []


def test_figures_are_told_from_what_only_looks_like_them():
    words = "a[^S39] b[^S2][^S39] c[^2] d[^S0] \\[^S7] [e[^S5]](https://a.example/)"
    assert markup.figures(words) == ["S39", "S2", "S39", "S5"]
    assert markup.misplaced_figures(words) == ["[^2]", "[^S0]", "[^S5]"]


def test_preview_is_a_tree_of_known_tags():
    html = markup.html("a **b** [c](https://a.example/?x=1&y=2)[^S3]\n\nd &lt;e  \nf", lambda code: "<sup>1</sup>")
    assert [node for node in tree(html) if node != "\n"] == [
        ["p", "", ["a ", ["strong", "", ["b"]], " ", ["a", "https://a.example/?x=1&y=2", ["c"]], ["sup", "", ["1"]]]],
        ["p", "", ["d <e", ["br", "", []], "\nf"]],
    ]


@pytest.mark.django_db
def test_figure_leads_to_the_number_that_its_source_has_on_the_page_in_every_language(client):
    event = EventFactory()
    second = SourceFactory()
    event.citations.create(source=second, position=9)
    for lang, _name in settings.LANGUAGES:
        setattr(event, f"body_{lang}", f"They met.[^{second.code}]")
        setattr(event, f"title_{lang}", "A meeting")
    event.save()
    publishing.publish(event, by=None)
    for lang, _name in settings.LANGUAGES:
        page = client.get(f"/{lang}/events/{event.slug}/").content.decode()
        assert re.search(r'They met\.<sup class="ref"><a href="#source-2" aria-label="[^"]+">2</a></sup>', page)
    # Elsewhere words are words: the search knows no figure, and what programs read names the source that they are given beside it.
    for address in ("/en/search/", "/en/search.json", "/en/search.atom"):
        answer = client.get(f"{address}?q=%22they+met%22").content.decode()
        assert event.slug in answer and "[^" not in answer
    told = client.get(f"/r/{event.code}.json").json()
    assert set(markup.figures(told["body_en"])) <= {one["source"] for one in told["citations"]}


@pytest.mark.django_db
def test_figure_without_its_source_is_refused_on_the_form_and_before_publication(admin_client):
    event, other = EventFactory(), SourceFactory()
    own = Source.objects.get(eventcitations__event=event)
    address = f"/admin/events/event/{event.pk}/change/"
    sent = form_of(admin_client, address)
    answer = admin_client.post(address, {**sent, "body_en": f"They met.[^{other.code}]", "body_ru": f"Встреча.[^{own.code}]"})
    assert f"English text: {other.code} is not among the sources of the entry." in answer.content.decode()
    answer = admin_client.post(address, {**sent, "body_en": "They met.[^1]"})
    assert answer.context["adminform"].form.errors["body_en"] == ["[^1] is no source figure: choose the source from the list."]
    assert admin_client.post(address, {**sent, "body_en": f"They met.[^{own.code}]"}).status_code == 302
    event.refresh_from_db()
    event.citations.all().delete()
    event.citations.create(source=other)
    assert publishing.reasons_against_publishing(event) == [f"English text: {own.code} is not among the sources of the entry."]


@pytest.mark.django_db
def test_editor_is_told_what_saving_took_away(admin_client):
    event = EventFactory()
    address = f"/admin/events/event/{event.pk}/change/"
    sent = {**form_of(admin_client, address), "body_uz": "Uchrashuv <i>boʻldi</i>", "_continue": "1"}
    answer = admin_client.post(address, sent, follow=True)
    assert errors_of(answer) == []
    assert "HTML was removed: &lt;i&gt;, &lt;/i&gt;" in answer.content.decode()
    assert Event.objects.get(pk=event.pk).body_uz == "Uchrashuv boʻldi"


@pytest.mark.django_db
def test_preview_says_what_will_be_seen_and_is_for_the_desk_only(client, admin_client):
    sent = {"text": "# Talks\n\nThey met.[^S5] <b>x</b> [^S6]", "sources": "S4,S5"}
    said = admin_client.post("/admin/events/event/markdown/", sent).json()
    assert said["nodes"][0] == ["h3", "", ["Talks"]]
    assert said["nodes"][2] == ["p", "", ["They met.", ["sup", "", ["2"]], " x ", ["sup", "", ["?"]]]]
    assert said["told"] == ["HTML was removed: <b>, </b>", "S6 is not among the sources of the entry."]
    assert admin_client.get("/admin/events/event/markdown/").status_code == 405
    assert client.post("/admin/events/event/markdown/", sent).status_code == 302
