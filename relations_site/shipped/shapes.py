"""What each file of `content/` may hold: one shape per file, one line per field."""

from dataclasses import dataclass, field

from cooperation import models as cooperation
from events import models as events
from record import models as record


@dataclass(frozen=True)
class Shape:
    """How the rows of a file, or the rows within a row, become rows of a model.

    `key` names the field that identifies a row for ever; `texts` hold one text per language; `refs` and `lists` lead to
    rows of other shapes by their keys; `children` are rows that belong to this one.
    """

    model: type
    key: str = ""
    texts: tuple = ()
    fields: tuple = ()
    refs: dict = field(default_factory=dict)
    lists: dict = field(default_factory=dict)
    children: dict = field(default_factory=dict)
    parent: str = ""
    required: tuple = ()
    publishes: bool = False

    @property
    def allowed(self):
        """Every name that a row may use."""
        own = {self.key, "sources"} if hasattr(self.model, "citations") else {self.key}
        names = own | {*self.texts, *self.fields, *self.refs, *self.lists, *self.children}
        return (names | {"state"} if self.publishes else names) - {""}


NAMED = ("name", "description")
ENTRY_TEXTS = ("title", "summary", "body", "caveat")
ENTRY_FIELDS = ("slug", "date", "original_language", "editor_note", "checked_on")
ENTRY_LISTS = {"topics": "topics", "disagreements": "disagreements"}

SHAPES = {
    "topics": Shape(record.Topic, "slug", NAMED, required=("name",)),
    "places": Shape(
        record.Place,
        "slug",
        NAMED,
        ("country", "kind", "latitude", "longitude", "coordinates_precision", "other_spellings"),
        refs={"part_of": "places"},
        required=("name", "kind"),
    ),
    "organisations": Shape(
        record.Organisation, "slug", (*NAMED, "acronym"), ("country", "kind", "scope", "other_spellings"), required=("name", "kind")
    ),
    "people": Shape(
        record.Person,
        "slug",
        NAMED,
        ("country", "other_spellings"),
        required=("name",),
        children={
            "offices": Shape(
                record.Office,
                "key",
                ("title",),
                ("country", "start", "end"),
                refs={"organisation": "organisations"},
                parent="person",
                required=("title",),
            )
        },
    ),
    "series": Shape(record.Series, "slug", NAMED, refs={"organisation": "organisations"}, required=("name",)),
    "sources": Shape(
        record.Source,
        "number",
        fields=(
            "publisher",
            "title",
            "title_is_description",
            "url",
            "archived_url",
            "published",
            "read_on",
            "language",
            "kind",
            "side",
            "note",
        ),
        required=("publisher", "title", "language", "kind", "side"),
    ),
    "disagreements": Shape(
        record.Disagreement,
        "slug",
        ("label", "assessment"),
        ("statement",),
        required=("label", "statement", "values"),
        children={
            "values": Shape(
                record.DisagreementValue,
                "",
                ("value",),
                ("preferred",),
                lists={"sources": "sources"},
                parent="disagreement",
                required=("value", "sources"),
            )
        },
    ),
    "events": Shape(
        events.Event,
        "number",
        ENTRY_TEXTS,
        (*ENTRY_FIELDS, "kind", "level", "host", "ordinal", "date_is_of_report"),
        refs={"place": "places", "part_of": "events", "series": "series"},
        lists={**ENTRY_LISTS, "related": "events"},
        children={
            "participants": Shape(
                events.Participant,
                "",
                fields=("role",),
                refs={"person": "people", "office": "offices", "organisation": "organisations"},
                parent="event",
            )
        },
        required=("slug", "title", "summary", "kind", "level", "sources"),
        publishes=True,
    ),
    "agreements": Shape(
        cooperation.Agreement,
        "number",
        ENTRY_TEXTS,
        (
            *ENTRY_FIELDS,
            "form",
            "binding",
            "level",
            "documents",
            "duration",
            "stated_end",
            "renewal",
            "renewal_period",
            "notice_period",
            "entry_into_force",
            "text_languages",
        ),
        refs={"signed_at": "events", "package": "agreements"},
        lists={**ENTRY_LISTS, "events": "events"},
        children={
            "parties": Shape(cooperation.Party, "", ("name",), ("country",), refs={"organisation": "organisations"}, parent="agreement"),
            "signatories": Shape(
                cooperation.Signatory,
                "",
                refs={"person": "people", "office": "offices", "organisation": "organisations"},
                parent="agreement",
            ),
            "actions": Shape(
                cooperation.AgreementAction,
                "",
                ("note",),
                ("kind", "side", "date", "effective"),
                refs={"place": "places"},
                lists={"sources": "sources"},
                parent="agreement",
                required=("kind",),
            ),
            "relations": Shape(
                cooperation.AgreementRelation,
                "",
                fields=("kind",),
                refs={"other": "agreements"},
                parent="agreement",
                required=("kind", "other"),
            ),
        },
        required=("slug", "title", "summary", "form", "level", "sources"),
        publishes=True,
    ),
    "initiatives": Shape(
        cooperation.Initiative,
        "number",
        (*ENTRY_TEXTS, "result"),
        (*ENTRY_FIELDS, "kind", "status", "planned_start", "planned_end", "end", "built_by", "stands_in"),
        refs={"place": "places"},
        lists={**ENTRY_LISTS, "agreements": "agreements", "events": "events", "related": "initiatives"},
        children={
            "partners": Shape(
                cooperation.Partner,
                "",
                fields=("role",),
                refs={"organisation": "organisations", "person": "people"},
                parent="initiative",
            )
        },
        required=("slug", "title", "summary", "kind", "status", "sources"),
        publishes=True,
    ),
    "commitments": Shape(
        cooperation.Commitment,
        "number",
        ("title", "note"),
        ("original_language", "wording", "side", "made_on", "deadline"),
        refs={"agreement": "agreements", "event": "events", "initiative": "initiatives"},
        children={
            "assessments": Shape(
                cooperation.Assessment,
                "",
                ("finding",),
                ("as_of", "score"),
                lists={"sources": "sources"},
                parent="commitment",
                required=("as_of", "score", "sources"),
            )
        },
        required=("title", "made_on", "sources"),
        publishes=True,
    ),
    "quoted_figures": Shape(
        cooperation.QuotedFigure,
        "number",
        ("subject", "attributed_to", "note"),
        (
            "measure",
            "reporter",
            "flow",
            "exporter",
            "period_type",
            "year",
            "period",
            "value",
            "unit",
            "precision",
            "basis",
            "product_code",
            "said_on",
            "wording",
            "chartable",
        ),
        refs={"event": "events"},
        lists={"disagreements": "disagreements"},
        required=("measure", "unit", "sources"),
        publishes=True,
    ),
    "trade_figures": Shape(
        cooperation.TradeFigure,
        "number",
        fields=(
            "reporter",
            "partner",
            "flow",
            "period_type",
            "year",
            "period",
            "product_code",
            "classification",
            "value",
            "currency",
            "valuation",
            "status",
            "released_on",
            "note",
        ),
        refs={"source": "sources"},
        required=("reporter", "partner", "flow", "year", "value", "released_on", "source"),
        publishes=True,
    ),
}
