"""What every kind's admin is made of: the desk on which an entry is written, checked and published."""

from record.adminbase import asking, previewing
from record.adminbase.entry import EntryAdmin, PublishableAdmin
from record.adminbase.forms import VersionedForm
from record.adminbase.inlines import BlockInline, CitationInline, KeepsOneFormSet, RowInline, kept_rows
from record.adminbase.pages import desk_page
from record.adminbase.reference import ReferenceAdmin, VersionedAdmin

__all__ = [
    "BlockInline",
    "CitationInline",
    "EntryAdmin",
    "KeepsOneFormSet",
    "PublishableAdmin",
    "ReferenceAdmin",
    "RowInline",
    "VersionedAdmin",
    "VersionedForm",
    "asking",
    "desk_page",
    "kept_rows",
    "previewing",
]
