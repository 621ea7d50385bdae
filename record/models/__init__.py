from record.models.address import FormerAddress
from record.models.base import NumberSeries, StaleObject, TranslationMark
from record.models.entry import Confirmation, Entry
from record.models.picture import Picture
from record.models.reference import Office, Organisation, Person, Place, Series, Topic
from record.models.search import SearchEntry, SearchTerm
from record.models.selection import FrozenSelection
from record.models.source import Citation, Disagreement, DisagreementValue, Source, Statement

__all__ = [
    "Citation",
    "Confirmation",
    "Disagreement",
    "DisagreementValue",
    "Entry",
    "FormerAddress",
    "FrozenSelection",
    "NumberSeries",
    "Office",
    "Organisation",
    "Person",
    "Picture",
    "Place",
    "SearchEntry",
    "SearchTerm",
    "Series",
    "Source",
    "StaleObject",
    "Statement",
    "Topic",
    "TranslationMark",
]
