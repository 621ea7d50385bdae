"""The outlets of the list of sources and of the search."""

from record.columns import SOURCE
from record.filters import SourceListing
from record.outlets import Outlets
from record.search.columns import SEARCH as FOUND
from record.search.listing import SearchListing

SOURCES = Outlets("sources", SourceListing, SOURCE)
SEARCH = Outlets("search", SearchListing, FOUND)
