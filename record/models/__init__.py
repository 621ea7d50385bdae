from record.models.address import FormerAddress
from record.models.base import NumberSeries, StaleObject, TranslationMark
from record.models.by_token import Answer, ConfirmationRequest, Outcome, PreviewLink
from record.models.desk import DeskLanguage, Submission
from record.models.double import LikelyDouble
from record.models.entry import Confirmation, Entry
from record.models.journal import JournalLine
from record.models.link_check import LinkCheck
from record.models.picture import Picture
from record.models.reference import Office, Organisation, Person, Place, Series, Topic
from record.models.revision import Change, Revision, Tracked
from record.models.search import SearchEntry, SearchTerm
from record.models.selection import FrozenSelection
from record.models.source import Citation, Disagreement, DisagreementValue, Source, Statement
from record.models.upload import Upload

__all__ = [
    "Change",
    "Citation",
    "Confirmation",
    "DeskLanguage",
    "Answer",
    "Citation",
    "Confirmation",
    "ConfirmationRequest",
    "Disagreement",
    "DisagreementValue",
    "Entry",
    "FormerAddress",
    "FrozenSelection",
    "JournalLine",
    "LikelyDouble",
    "LinkCheck",
    "NumberSeries",
    "Office",
    "Organisation",
    "Outcome",
    "Person",
    "Picture",
    "Place",
    "Revision",
    "SearchEntry",
    "SearchTerm",
    "PreviewLink",
    "Series",
    "Source",
    "StaleObject",
    "Statement",
    "Submission",
    "Topic",
    "Tracked",
    "TranslationMark",
    "Upload",
]
