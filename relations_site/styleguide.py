"""/styleguide/: every component of templates/components/ with its contract, in every state. For whoever builds the site, in debug only.

Words and figures come from the record as it is; a state that no row of it has is built here, without saying anything of the two states.
The page is in the language of the code.
"""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.utils.safestring import mark_safe

from cooperation.status import Status
from events.feeds import EVENTS
from events.filters import EventListing
from events.models import Event
from record import kinds
from record.footnotes import Footnotes
from record.models import Disagreement, Source
from record.paging import Page
from record.pair import Side
from record.search.listing import SearchListing
from relations_site.templatetags import site

FOLDER = Path(settings.BASE_DIR) / "templates" / "components"
# In the head of a page: shown as they are written.
UNSEEN = {"card", "fonts"}
# Around every page, this one included: drawn once is enough.
AROUND = {"masthead": "at the head of this page", "colophon": "at the foot of this page"}


@dataclass(frozen=True)
class Component:
    """A component: the first line of its file, and (state, what it draws) pairs."""

    name: str
    contract: str
    states: list = field(default_factory=list)


@dataclass
class Told:
    """A row with one text, as language notes need it."""

    text_en: str = ""
    text_ru: str = ""
    mark: str = ""
    outdated: bool = False

    def translation_mark(self, lang):
        return self.mark

    def is_outdated(self, lang):
        return self.outdated


def page(request):
    if not settings.DEBUG:
        raise Http404
    with translation.override("en"):
        return render(request, "relations_site/styleguide.html", {"components": components(request)})


def names():
    return sorted(path.stem for path in FOLDER.glob("*.html"))


def contract(name):
    """What a component says of itself in its first line."""
    first = (FOLDER / f"{name}.html").read_text().partition("\n")[0]
    return first.removeprefix("{% comment %}").partition("{% endcomment %}")[0].removeprefix("{#").removesuffix("#}").strip()


def components(request):
    states = samples(request)
    return [
        Component(name, contract(name), [(state, drawn(request, name, context)) for state, context in states[name]]) for name in names()
    ]


def drawn(request, name, context):
    """A component as HTML; one that nobody sees as its source; one around every page as where it stands."""
    if name in AROUND:
        return AROUND[name]
    html = render_to_string(f"components/{name}.html", context, request)
    return html.strip() if name in UNSEEN else mark_safe(html)


def samples(request):
    """{component: [(state, context)]}."""
    entry = Event.objects.public().filter(citations__isnull=False).order_by("-date_from").first() or Event(pk=0, number=0, slug="none")
    return _of_every_page() | _of_lists(request) | _of_rows(entry) | _of_sources(entry) | _of_texts(request, entry)


def _of_every_page():
    return {
        "card": [("", {"address": "https://record.example/card.png", "words": "Title", "width": 1200, "height": 630})],
        "fonts": [(lang, {"language": lang}) for lang, _name in settings.LANGUAGES],
        "masthead": [("", {})],
        "colophon": [("", {})],
        "star": [("", {})],
    }


def listing(question=""):
    return EventListing(QueryDict(question))


def _of_lists(request):
    whole, asked, wrong = listing(), listing("kind=summit&after=2020"), listing("after=never&kind=none")
    facets = whole.shown_facets()
    plain = {"value": "summit", "label": "summit", "chosen": False, "leads_nowhere": False, "count": 12}
    choices = [
        ("open", {}),
        ("chosen", {"chosen": True}),
        ("leads nowhere", {"count": 0, "leads_nowhere": True}),
        ("without count", {"count": None}),
    ]
    return {
        "chips": [("one", {"listing": listing("kind=summit")}), ("several", {"listing": asked})],
        "choice": [(state, {"facet": SimpleNamespace(name="kind"), "choice": SimpleNamespace(**plain | own)}) for state, own in choices],
        "facet": [(str(facet.label), {"facet": facet, "listing": whole}) for facet in facets[:2]]
        + [("invalid", {"facet": facet, "listing": wrong}) for facet in wrong.shown_facets()[:1]],
        "field_errors": [("one fault", {"errors": ["Write a year."], "name": "sample"})],
        "filters": [("nothing chosen", {"listing": whole}), ("chosen", {"listing": asked}), ("invalid", {"listing": wrong})],
        "freeze": [("", {"name": "events", "question": ""})],
        "nothing": [("", {})],
        "outlets": [("", {"outlets": EVENTS.links(whole), "listing": whole})],
        "pages": [("first", {"page": Page(whole)}), ("in between", {"page": Page(listing("page=2"))})],
        "result_bar": [("one page", {"listing": asked, "page": Page(asked)}), ("several pages", {"listing": whole, "page": Page(whole)})],
        "search_box": [
            (state, {"listing": SearchListing(QueryDict(words))})
            for state, words in (("empty", ""), ("asked", "q=Baku"), ("invalid", "q=%22"))
        ],
        "unanswerable": [("", {"listing": wrong})],
    }


def _of_rows(entry):
    kind, undated = kinds.by_letter("E"), SimpleNamespace(date="")
    dates = ("2024-08-23", "2024-08", "2024", "2024-08-23/2024-08-25")
    sides = [("both-sides", None), ("one-side", Side.FIRST), ("one-side", Side.SECOND), ("others", None)]
    return {
        "confirmed": [(f"{said} {by or ''}".strip(), {"entry": SimpleNamespace(confirmation=said, confirmed_by=by)}) for said, by in sides],
        "date": [(said, {"entry": SimpleNamespace(date=said)}) for said in dates]
        + [("under its year", {"entry": SimpleNamespace(date=dates[0]), "under_year": True})]
        + [("among other kinds", {"entry": SimpleNamespace(date=dates[0]), "mark": "e", "kind": kind}), ("none", {"entry": undated})],
        "related_row": [("", {"entry": entry, "how": "part of"})],
        "row_link": [(f"level {level}", {"entry": entry, "row_level": level}) for level in (2, 3, 4, 5)],
        "status": [
            (status.value, {"agreement": SimpleNamespace(status=status.value, get_status_display=status.label)}) for status in Status
        ],
    }


def _of_sources(entry):
    disputed = Disagreement.objects.prefetch_related("values__sources").first()
    described = Source.objects.filter(title_is_description=True).first()
    footnotes = Footnotes(entry.citations.all() if entry.pk else ())
    sources = [("", source) for _number, source in list(footnotes)[:1]] + [("title describes the page", described)]
    return {
        "cite": [("", site.cite({"origin": "https://record.example"}, entry))] if entry.pk else [],
        "disagreement": [("", {"disagreement": disputed}), ("with numbers", {"disagreement": disputed, "footnotes": footnotes})],
        "side": [(value, {"value": value}) for value in (Side.FIRST, Side.SECOND, "third-party")],
        "source": [(state, {"source": source}) for state, source in sources if source],
        "sources": [("", {"footnotes": footnotes})],
    }


def _of_texts(request, entry):
    notes = [("in another language", Told(text_ru="Текст")), ("not reviewed", Told(text_en="Text", mark="machine"))]
    notes += [("older than the original", Told(text_en="Text", outdated=True))]
    picture = {"renditions": [], "fallback": static("img/apple-touch-icon.png"), "width": 180, "height": 180, "credit": "Whoever made it."}
    texts = {"alt_en": "An eight-pointed star", "caption_en": "What the picture shows."}
    frame = {
        "address": "https://record.example/en/events/embed/",
        "title": "Events",
        "height": 420,
        "provider": "https://record.example/oembed",
    }
    area = mark_safe('<textarea id="id_sample" name="sample" rows="4" aria-label="sample"></textarea>')
    return {
        "embed_code": [("", frame)],
        "language_note": [(state, {"row": row, "name": "text"}) for state, row in notes],
        "markdown_field": [("", {"field": area, "name": "sample", "preview": request.path})],
        "marked_words": [
            ("taken away and added", {"pieces": [("", "one "), ("del", "two"), ("ins", "three")]}),
            ("nothing", {"pieces": []}),
        ],
        "picture": [
            (state, {"picture": SimpleNamespace(**picture, **texts), "is_first": is_first})
            for state, is_first in (("first", True), ("further down", False))
        ],
    }
