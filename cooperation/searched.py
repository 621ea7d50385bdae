"""What is searched of agreements, initiatives, commitments and quoted figures."""

from django.urls import reverse
from django.utils.text import capfirst

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure
from cooperation.status import Status
from record.search import signposts
from record.search.documents import Document, register
from record.texts import best

_ENTRY = {"title": ("title",), "summary": ("summary",), "date": "date", "bounds": ("date_from", "date_to")}
# How a status is asked for beside its name: in the forms of a verb, as a noun.
_STATUS_IN_OTHER_WORDS = {
    Status.IN_FORCE: (
        "entered into force", "entry into force", "вступило в силу", "вступил в силу", "вступившие в силу", "вступление в силу", "в силе",
        "действующие", "kuchga kirgan", "kuchga kirdi", "kuchda", "qüvvəyə minib", "qüvvəyə minmiş", "qüvvəyə minmə", "qüvvədə",
    ),
    Status.SIGNED: (
        "not in force", "not yet in force", "не вступило в силу", "не вступил в силу", "не вступившие в силу", "kuchga kirmagan",
        "qüvvəyə minməyib", "qüvvədə deyil",
    ),
}  # fmt: skip
_QUOTED = (("citations", "quotation"),)
# Units say it in one of these ways, readers in any.
_MILLION = "mln млн million milyon миллион"


def _on_trade():
    return QuotedFigure.objects.on_trade()


def _page_of_quotation(figure):
    return reverse("trade-quotation", kwargs={"code": figure.code})


def _heading(figure):
    """What was said, of what, of when: a quoted figure has no title of its own."""
    from cooperation.templatetags.cooperation import quantity
    from cooperation.trade.words import period

    subject = best(figure, "subject").words or figure.get_flow_display() or figure.get_measure_display()
    return " · ".join(part for part in (capfirst(quantity(figure)), subject, period(figure)) if part)


def _with_all_digits(figure):
    """Its measure, the value with every digit on record, where the heading rounds, and its unit as people write it."""
    value = "" if figure.value is None else f"{figure.value.normalize():f}"
    million = _MILLION if figure.unit.startswith("million") else ""
    return " ".join(filter(None, (figure.get_measure_display(), value, figure.get_unit_display(), million)))


def register_all():
    signposts.register(Agreement, "agreements", "status", Status.choices, also=_STATUS_IN_OTHER_WORDS)
    signposts.register(Agreement, "agreements", "form", Agreement.Form.choices)
    signposts.register(Initiative, "initiatives", "status", Initiative.Status.choices)
    signposts.register(Initiative, "initiatives", "kind", Initiative.Kind.choices)
    register(
        Document(
            "agreement",
            Agreement,
            **_ENTRY,
            body=("body", "caveat"),
            wording=("entry_into_force_clause",),
            named=("topics", "actions__place", "signatories__person", "signatories__organisation", "parties__organisation"),
            parts=(("actions", "note"), ("parties", "name"), ("references", "value"), *_QUOTED),
            detail=Agreement.get_form_display,
        )
    )
    register(
        Document(
            "initiative",
            Initiative,
            **_ENTRY,
            body=("result", "body", "caveat"),
            named=("place", "topics", "partners__organisation", "partners__person"),
            parts=_QUOTED,
            detail=Initiative.get_kind_display,
        )
    )
    register(
        Document(
            "commitment",
            Commitment,
            title=("title",),
            summary=("note",),
            wording=("wording",),
            parts=(("assessments", "finding"), *_QUOTED),
            date="made_on",
            bounds=("made_from", "made_to"),
            detail=Commitment.get_score_display,
        )
    )
    register(
        Document(
            "quotation",
            QuotedFigure,
            title=("subject",),
            summary=("attributed_to", "note"),
            wording=("wording",),
            parts=_QUOTED,
            date="said_on",
            bounds=("said_from", "said_to"),
            rows=_on_trade,
            heading=_heading,
            otherwise=_with_all_digits,
            detail=QuotedFigure.get_measure_display,
            address=_page_of_quotation,
        )
    )
