"""What rows of many kinds share: a lock against lost updates, a number for life, marks of translation."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _


class StaleObject(ValidationError):
    """Somebody else saved the row since it was read; nothing was written."""

    def __init__(self):
        super().__init__(
            _("Someone else saved this record while you were editing it. Your text is kept below."),
            code="stale",
        )


class Versioned(models.Model):
    """A row whose second of two simultaneous saves is refused instead of overwriting the first."""

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        from record import history, search

        with history.version(), transaction.atomic(using=kwargs.get("using")):
            self._take_next_version()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
            super().save(*args, **kwargs)
            search.follow(self)

    def delete(self, *args, **kwargs):
        from record import history, search

        with history.version(), transaction.atomic(using=kwargs.get("using")):
            search.remove(self)
            return super().delete(*args, **kwargs)

    def _get_FIELD_display(self, field):
        """A choice in words. Django makes all choices of the field hashable first, which puts each of their words into the reader's language."""
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)

    def _take_next_version(self):
        if not self._state.adding:
            mine = type(self)._base_manager.filter(pk=self.pk, version=self.version)
            if not mine.update(version=models.F("version") + 1):
                raise StaleObject
        self.version += 1


class TranslationMark(models.TextChoices):
    """How far a language's texts of one row can be trusted."""

    ORIGINAL = "original", _("original")
    MACHINE = "machine", _("translated, not yet reviewed by a native editor")
    REVIEWED = "reviewed", _("reviewed by a native editor")


class Translated(models.Model):
    """A row with texts in every language: which one is the original, and what the others are worth.

    `translation` is one column per language; empty means that the language has no text yet.
    `translation_basis` holds, per language and text, the fingerprint of the original that the translation was made from.
    `outdated_languages` follows from them by the rule in `record.translations`, and is stored for lists and counts.
    """

    original_language = models.CharField(_("original language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    translation = models.CharField(_("translation"), max_length=10, choices=TranslationMark, blank=True)
    translation_basis = models.TextField(blank=True, editable=False)
    outdated_languages = models.CharField(max_length=20, default="", blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        from record import translations
        from record.translations.following import COLUMNS

        translations.follow(self)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *COLUMNS}
        super().save(*args, **kwargs)

    def is_outdated(self, lang):
        """Whether the original has changed since the texts in a language were made from it."""
        return lang in self.outdated_languages.split()

    def translation_mark(self, lang):
        """The mark of one language, '' where there is none."""
        return getattr(self, f"translation_{lang}") or ""


class NumberSeries(models.Model):
    """The last number given to a kind of entry; a number is never given twice, not even after a deletion."""

    letter = models.CharField(max_length=1, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.letter}{self.last}"

    @classmethod
    def take(cls, letter, count=1):
        """The next number of a kind, or the first of `count` new ones, reserved in the caller's transaction."""
        with transaction.atomic():
            cls.objects.get_or_create(letter=letter)
            row = cls.objects.select_for_update().get(letter=letter)
            first = row.last + 1
            row.last += count
            row.save(update_fields=["last"])
        return first

    @classmethod
    def last_of(cls, letter):
        """The last number given so far, 0 if there is none."""
        return cls.objects.filter(letter=letter).values_list("last", flat=True).first() or 0

    @classmethod
    def reserve(cls, letter, number):
        """Make sure that `number`, given elsewhere (the shipped record), is not given again."""
        with transaction.atomic():
            cls.objects.get_or_create(letter=letter)
            cls.objects.filter(letter=letter, last__lt=number).update(last=number)


class Numbered(models.Model):
    """A row known to readers by a letter and a number that never change and carry no meaning."""

    LETTER = ""
    number = models.PositiveIntegerField(_("number"), unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def code(self):
        """The number as readers see it: E12."""
        return f"{self.LETTER}{self.number}"

    def save(self, *args, **kwargs):
        with transaction.atomic(using=kwargs.get("using")):
            if self.number is None:
                self.number = NumberSeries.take(self.LETTER)
            elif self._state.adding:
                NumberSeries.reserve(self.LETTER, self.number)
            super().save(*args, **kwargs)
