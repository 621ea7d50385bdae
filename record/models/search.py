"""What the search knows of each row that readers may find: its words folded, and from when they may find it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.models.entry import UNDATED


class SearchEntryQuerySet(models.QuerySet):
    """The index as readers may ask it."""

    def public(self, at=None):
        """What a reader may find at a moment: entries from their own moment on, and rows that some public entry leads to."""
        from record.search.documents import seen

        return self.filter(seen(at))

    def public_of(self, *kinds, at=None):
        """The same of some kinds, which is asked faster."""
        from record.search.documents import seen

        return self.filter(seen(at, kinds), kind__in=kinds)


class SearchEntry(models.Model):
    """One row of the record as the search reads it. Made anew by `rebuild_index`; never edited.

    `since` is the moment from which readers see an entry; it is empty for rows that are seen while something leads to them.
    Drafts and withdrawn entries have no row here.
    """

    kind = models.CharField(_("kind"), max_length=20, editable=False)
    object_id = models.BigIntegerField(editable=False)
    letter = models.CharField(max_length=1, blank=True, editable=False)
    number = models.PositiveIntegerField(default=0, editable=False)
    since = models.DateTimeField(null=True, editable=False)
    first = models.DateField(null=True, editable=False)
    last = models.DateField(null=True, editable=False)
    day = models.DateField(default=UNDATED, editable=False)
    changed_at = models.DateTimeField(editable=False)
    title = models.TextField(editable=False)
    summary = models.TextField(blank=True, editable=False)
    body = models.TextField(blank=True, editable=False)
    title_words = models.PositiveSmallIntegerField(editable=False)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of the search index")
        verbose_name_plural = _("search results")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_is_one_a_row")]
        indexes = [
            models.Index(fields=["letter", "number"], name="search_entry_by_number"),
            # What is held of each row in memory, read without its long texts: see `record.search.turned`.
            models.Index(
                fields=["kind", "since", "first", "last", "day", "number", "object_id", "title_words"], name="search_entry_without_texts"
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def place(self):
        """Where the row that it stands for is found: its kind and its key."""
        return self.kind, self.object_id

    @property
    def code(self):
        """The number of the row that it stands for, or the kind and key of one that has none."""
        return f"{self.letter}{self.number}" if self.letter else f"{self.kind} {self.object_id}"


class SearchTerm(models.Model):
    """A word that stands in the index: what a mistyped word is compared with. Whether readers may see it is asked again."""

    word = models.CharField(max_length=60, primary_key=True, editable=False)

    class Meta:
        verbose_name = _("word of the search index")
        verbose_name_plural = _("words of the search index")

    def __str__(self):
        return self.word
