"""The schemas of what only a row by itself says. They describe relations_site/entry_parts.py, and a test holds the two together."""

from cooperation.models import Agreement, AgreementReference, AgreementRelation, Commitment, Initiative, Partner, QuotedFigure, TradeFigure
from cooperation.models.commitment import Assessment
from cooperation.status import ActionKind, ActionSide, Status
from events.models import Event, Participant
from record.models import Confirmation, Person, Statement
from record.pair import Side
from relations_site.api.types import CODE, DAY, EDTF, NUMBER, SLUG, TEXT, URI, array, choice, nullable, per_language, record

CODES = array(CODE)
YES_OR_NO = {"type": "boolean"}
SOMEBODY = {"person": nullable(SLUG), "organisation": nullable(SLUG), **per_language("office")}
CITATION = record(
    {
        "source": CODE,
        "publisher": TEXT,
        "title": TEXT,
        "language": TEXT,
        "published": nullable(EDTF),
        "side": choice(Side),
        "url": nullable(TEXT),
        "archived_url": nullable(TEXT),
        "statement": choice(Statement, description="Which statement of the entry it supports."),
        "locator": nullable(TEXT),
        "quotation": nullable(TEXT),
    },
    description="A source, with its own words.",
)
VALUE = record({**per_language("value"), "preferred": YES_OR_NO, "confirmation": choice(Confirmation), "sources": CODES})
DISAGREEMENT = record(
    {
        "key": SLUG,
        "statement": choice(Statement),
        **per_language("label"),
        **per_language("assessment"),
        "values": array(VALUE),
    },
    description="A statement on which sources differ: every value, with who says it.",
)
PARTICIPANT = record({"role": choice(Participant.Role), **SOMEBODY})
PARTY = record({"country": nullable(TEXT), "organisation": nullable(SLUG), **per_language("name")})
SIGNATORY = record(SOMEBODY)
ACTION = record(
    {
        "kind": choice(ActionKind),
        "side": choice(ActionSide),
        "date": nullable(EDTF),
        "effective": nullable(EDTF),
        "place": nullable(SLUG),
        **per_language("note"),
        "sources": CODES,
    },
    description="A step in the life of an agreement.",
)
PHASE = record({"status": choice(Status), "since": nullable(EDTF)})
REFERENCE = record({"kind": choice(AgreementReference.Kind), "value": TEXT, "url": nullable(TEXT)})
WHOLE = {"type": ["integer", "null"], "minimum": 1}
WORDING = record(
    {
        "language": TEXT,
        "official": YES_OR_NO,
        "url": nullable(TEXT),
        "file": {**nullable(TEXT), "description": "The PDF kept here: its address, below that of this site."},
        "sha256": {**nullable(TEXT), "description": "The checksum of that file."},
        "bytes": WHOLE,
        "pages": WHOLE,
    }
)
PARTNER = record({"role": choice(Partner.Role), "person": nullable(SLUG), "organisation": nullable(SLUG)})
SCORES = {"type": "string", "enum": [value for value, _label in Assessment._meta.get_field("score").flatchoices]}
ASSESSMENT = record({"as_of": DAY, "score": SCORES, **per_language("finding"), "sources": CODES})
OFFICE = record(
    {
        **per_language("title"),
        "organisation": nullable(SLUG),
        "country": nullable(TEXT),
        "start": nullable(EDTF),
        "end": nullable(EDTF),
    }
)
RELEASE = record(
    {"number": CODE, "value": NUMBER, "status": choice(TradeFigure.Status), "source": CODE, "released_on": DAY},
    description="One release of the observation.",
)
SCHEMAS = {
    "Citation": CITATION,
    "Disagreement": DISAGREEMENT,
    "Participant": PARTICIPANT,
    "Party": PARTY,
    "Signatory": SIGNATORY,
    "Action": ACTION,
    "Phase": PHASE,
    "Reference": REFERENCE,
    "Text": WORDING,
    "Partner": PARTNER,
    "Assessment": ASSESSMENT,
    "Office": OFFICE,
    "Release": RELEASE,
}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def _leads(*always, perhaps=()):
    """Numbers of other entries by how they are related; some relations are named only where there are any."""
    return {
        "type": "object",
        "required": list(always),
        "properties": dict.fromkeys([*always, *perhaps], CODES),
        "description": "Numbers of other entries that readers may open.",
    }


CITED = {"citations": array(ref("Citation"))}
DISPUTED = {"disagreements": array(ref("Disagreement"))}
ENTRY = {**per_language("body", "Markdown. [^S39] is a figure of the source S39 among the citations."), **CITED, **DISPUTED}
STATED = [value for kind in AgreementRelation.Kind.values for value in (kind, f"{kind}-by")]
PARTS = {
    Event: {
        **ENTRY,
        "participants": array(ref("Participant")),
        "relations": _leads("part_of", "parts", "related", "agreements_signed", "agreements", "initiatives", "commitments"),
    },
    Agreement: {
        **ENTRY,
        "entry_into_force_clause": nullable(TEXT),
        "parties": array(ref("Party")),
        "signatories": array(ref("Signatory")),
        "actions": array(ref("Action")),
        "phases": array(ref("Phase")),
        "references": array(ref("Reference")),
        "texts": array(ref("Text")),
        "relations": _leads("signed_at", "events", "initiatives", "commitments", "package", "contents", perhaps=STATED),
    },
    Initiative: {
        **ENTRY,
        "partners": array(ref("Partner")),
        "relations": _leads("agreements", "events", "related", "commitments"),
    },
    Commitment: {
        **CITED,
        "assessments": array(ref("Assessment")),
        "relations": _leads("agreement", "event", "initiative"),
    },
    Person: {"offices": array(ref("Office"))},
    TradeFigure: {"releases": array(ref("Release"))},
    QuotedFigure: {**CITED, **DISPUTED},
}
LISTS = {"lists": {"type": "object", "additionalProperties": URI, "description": "The lists of entries that involve it."}}
