"""The rules of texts, whichever way they come: typed in a form, taken in with a table, or translated here or elsewhere."""

import datetime
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from record import kinds, markup
from record.models import Picture
from record.sourcefigures import MARKDOWN, missing_in

COLUMNS = {f"{name}_{lang}": lang for name in MARKDOWN for lang, _language in settings.LANGUAGES}
# By then everything that is scheduled has been published.
IN_THE_END = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass
class Judged:
    """Texts by their columns: as they are kept, what was taken away from them, and the sentences against them."""

    kept: dict = field(default_factory=dict)
    taken_away: dict = field(default_factory=dict)
    against: dict = field(default_factory=dict)

    def refuse(self, column, sentences):
        """Note sentences against a text, if there are any."""
        if sentences:
            self.against[column] = [*self.against.get(column, []), *sentences]


def judged(row, texts, *, with_sources=True):
    """What becomes of changed `texts`, {column: words}, of a row. Nothing is written.

    Markdown is normalised and its figures are figures of sources that the row cites by now; without `with_sources` the
    latter is left to who knows which citations are about to be saved. What readers see a picture with, it keeps.
    """
    found = Judged(kept=dict(texts))
    for column in [column for column in texts if column in COLUMNS and texts[column]]:
        words, told = markup.normalised(texts[column])
        found.kept[column] = words
        if told:
            found.taken_away[column] = told
        marks = markup.misplaced_figures(words)
        found.refuse(column, [_("%(mark)s is no source figure: choose the source from the list.") % {"mark": mark} for mark in marks])
        if with_sources and hasattr(type(row), "citations") and markup.figures(words):
            found.refuse(column, missing_in(words, COLUMNS[column], _cited_by(row)))
    if isinstance(row, Picture):
        _keep_alternative_texts(found, row)
    return found


def _cited_by(row):
    return {f"S{number}" for number in row.citations.values_list("source__number", flat=True)} if row.pk else set()


def _keep_alternative_texts(found, picture):
    empty = {column for column, words in found.kept.items() if not words}
    for lang in languages_that_show(picture) if empty else ():
        if f"alt_{lang}" in empty:
            found.refuse(f"alt_{lang}", [_("A public entry shows this picture and keeps its alternative text.")])


def languages_that_show(picture):
    """The original languages of the entries that show a picture to readers, or are going to."""
    if not picture.pk:
        return set()
    found = set()
    for kind in kinds.all_kinds():
        for lookup in kind.involving.get("picture", ()):
            entries = kind.model.objects.public(at=IN_THE_END).filter(**{lookup: picture.pk})
            found |= set(entries.order_by().values_list("original_language", flat=True))
    return found
