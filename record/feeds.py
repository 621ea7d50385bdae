"""The outlets of the list of sources."""

from record.columns import SOURCE
from record.filters import SourceListing
from record.outlets import Outlets

SOURCES = Outlets("sources", SourceListing, SOURCE)
