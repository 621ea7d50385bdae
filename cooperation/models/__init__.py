from cooperation.models.agreement import Agreement
from cooperation.models.agreement_parts import (
    AgreementAction,
    AgreementCitation,
    AgreementReference,
    AgreementRelation,
    AgreementText,
    Party,
    Signatory,
)
from cooperation.models.initiative import Initiative, InitiativeCitation, Partner
from cooperation.models.trade import Flow, PeriodType, QuotedFigure, QuotedFigureCitation, TradeFigure
from cooperation.models.trade_import import TradeImport

__all__ = [
    "Agreement",
    "AgreementAction",
    "AgreementCitation",
    "AgreementReference",
    "AgreementRelation",
    "AgreementText",
    "Flow",
    "Initiative",
    "InitiativeCitation",
    "Partner",
    "Party",
    "PeriodType",
    "QuotedFigure",
    "QuotedFigureCitation",
    "Signatory",
    "TradeFigure",
    "TradeImport",
]
