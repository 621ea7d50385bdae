"""One column per language for agreements, initiatives and quotations; history of every change of every row."""

from modeltranslation.translator import register

from cooperation import models
from record.translation import MARKS, Texts, historical

ENTRY_TEXTS = ("title", "summary", "body", "caveat", "withdrawn_reason")


@register(models.Agreement)
class AgreementTexts(Texts):
    fields = (*ENTRY_TEXTS, *MARKS)


@register(models.Initiative)
class InitiativeTexts(Texts):
    fields = (*ENTRY_TEXTS, "result", *MARKS)


@register(models.Party)
class PartyTexts(Texts):
    fields = ("name",)


@register(models.AgreementAction)
class ActionTexts(Texts):
    fields = ("note",)


@register(models.Commitment)
class CommitmentTexts(Texts):
    fields = ("title", "note", "withdrawn_reason", *MARKS)


@register(models.Assessment)
class AssessmentTexts(Texts):
    fields = ("finding",)


@register(models.QuotedFigure)
class QuotedFigureTexts(Texts):
    fields = ("subject", "attributed_to", "note", "withdrawn_reason", *MARKS)


@register(models.GapCause)
class GapCauseTexts(Texts):
    fields = ("finding", "withdrawn_reason", *MARKS)


@register(models.TradeFigure)
class TradeFigureTexts(Texts):
    fields = ("withdrawn_reason",)


_SHARED = ["topics", "pictures", "disagreements"]
_DERIVED = ["folded", "sort_day", "confirmed_by"]
historical(models.Agreement, base_columns=AgreementTexts.fields, m2m=[*_SHARED, "events"], derived=_DERIVED)
historical(models.Initiative, base_columns=InitiativeTexts.fields, m2m=[*_SHARED, "agreements", "events", "related"], derived=_DERIVED)
historical(models.Party, base_columns=PartyTexts.fields)
historical(models.AgreementAction, base_columns=ActionTexts.fields, m2m=["sources"])
historical(models.Commitment, base_columns=CommitmentTexts.fields, derived=["folded", "score", "confirmation", "confirmed_by"])
historical(models.Assessment, base_columns=AssessmentTexts.fields, m2m=["sources"])
historical(models.QuotedFigure, base_columns=QuotedFigureTexts.fields, m2m=["disagreements"])
historical(models.GapCause, base_columns=GapCauseTexts.fields)
historical(models.TradeFigure, base_columns=TradeFigureTexts.fields)
historical(models.TradeImport, base_columns=[], derived=["outcome"])
for _model in (
    models.Signatory,
    models.AgreementRelation,
    models.AgreementReference,
    models.AgreementText,
    models.AgreementCitation,
    models.Partner,
    models.InitiativeCitation,
    models.QuotedFigureCitation,
    models.CommitmentCitation,
):
    historical(_model, base_columns=[])
