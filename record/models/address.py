"""Addresses that entries had before: each leads to the present one for ever."""

from django.db import models


class FormerAddress(models.Model):
    """A slug that an entry no longer has. The newest owner of a slug wins."""

    letter = models.CharField(max_length=1)
    slug = models.SlugField(max_length=100)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "slug"], name="former_address_leads_to_one_entry")]

    def __str__(self):
        return f"{self.slug} → {self.letter}{self.number}"

    @classmethod
    def remember(cls, entry):
        """Keep the slug that a save is about to replace. Call it before the row is written."""
        if entry._state.adding:
            return
        before = type(entry)._base_manager.filter(pk=entry.pk).values_list("slug", flat=True).first()
        if before and before != entry.slug:
            cls.objects.update_or_create(letter=entry.LETTER, slug=before, defaults={"number": entry.number})
            cls.objects.filter(letter=entry.LETTER, slug=entry.slug).delete()
