"""What is searched of agreements, initiatives, commitments and quoted figures."""

from django.urls import reverse
from django.utils.text import capfirst

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure
from record.search.documents import Document, register
from record.texts import best

_ENTRY = {"title": ("title",), "summary": ("summary",), "date": "date", "bounds": ("date_from", "date_to")}
_QUOTED = (("citations", "quotation"),)


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


def register_all():
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
            detail=QuotedFigure.get_measure_display,
            address=_page_of_quotation,
        )
    )
