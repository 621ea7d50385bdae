from cooperation.models.agreement import Agreement, AgreementPhase
from cooperation.models.agreement_parts import (
    AgreementAction,
    AgreementCitation,
    AgreementReference,
    AgreementRelation,
    AgreementText,
    Party,
    Signatory,
)
from cooperation.models.commitment import Assessment, Commitment, CommitmentCitation, Score
from cooperation.models.gap import Cause, GapCause
from cooperation.models.initiative import Initiative, InitiativeCitation, Partner
from cooperation.models.trade import Flow, PeriodType, QuotedFigure, QuotedFigureCitation, TradeFigure
from cooperation.models.trade_import import TradeImport

__all__ = [
    "Agreement",
    "AgreementAction",
    "AgreementCitation",
    "AgreementPhase",
    "AgreementReference",
    "AgreementRelation",
    "AgreementText",
    "Assessment",
    "Cause",
    "Commitment",
    "CommitmentCitation",
    "Flow",
    "GapCause",
    "Initiative",
    "InitiativeCitation",
    "Partner",
    "Party",
    "PeriodType",
    "QuotedFigure",
    "QuotedFigureCitation",
    "Score",
    "Signatory",
    "TradeFigure",
    "TradeImport",
]
