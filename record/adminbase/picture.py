"""The form of a picture: what readers see keeps its alternative text and its credit; and the way to it from an entry's form."""

from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.urls import reverse
from django.utils.translation import gettext as _

from record import textrules
from record.adminbase.forms import VersionedForm
from record.models import Picture


class PictureForm(VersionedForm):
    """Refuses to take from a picture what a public entry could not show it without."""

    class Meta:
        model = Picture
        fields = "__all__"

    def clean(self):
        cleaned = super().clean()
        texts = {name: cleaned[name] or "" for name in cleaned if name.startswith("alt_")}
        for name, sentences in textrules.judged(self.instance, texts).against.items():
            self.add_error(name, sentences)
        if textrules.languages_that_show(self.instance) and not cleaned.get("credit") and not self.has_error("credit"):
            self.add_error("credit", _("A public entry shows this picture and keeps its credit."))
        return cleaned


def pictures_of(model_admin, request, entry):
    """(picture, what it lacks, address of its form in the small window) of the pictures of an entry that a person may change."""
    pictures = model_admin.admin_site.get_model_admin(Picture)
    # Counted as the reasons against publication count them.
    rows = enumerate(entry.pictures.all(), 1)
    return [
        (picture, picture.missing_for_readers(entry.original_language, place=place), _window(picture))
        for place, picture in rows
        if pictures.has_change_permission(request, picture)
    ]


def _window(picture):
    return f"{reverse('admin:record_picture_change', args=[picture.pk])}?{TO_FIELD_VAR}=id&{IS_POPUP_VAR}=1"
