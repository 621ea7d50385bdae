"""The admin of the reference tables, sources, disagreements and pictures."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from record import confirmation, models
from record.adminbase import ReferenceAdmin, RowInline, VersionedAdmin, kept_rows
from record.adminbase.reference import FoldedSearch, language_fieldsets
from record.pictures import PictureForm


@admin.register(models.Topic)
class TopicAdmin(ReferenceAdmin):
    pass


@admin.register(models.Place)
class PlaceAdmin(ReferenceAdmin):
    facts = ("slug", "kind", "country", "part_of", ("latitude", "longitude"), "coordinates_precision", "other_spellings")
    list_display = ("name", "kind", "country", "latitude", "longitude", "missing_languages")
    list_filter = ("kind", "country")
    autocomplete_fields = ("part_of",)


class OfficeInline(RowInline, TranslationTabularInline):
    model = models.Office
    fields = ("title", "country", "organisation", "start", "end")


@admin.register(models.Person)
class PersonAdmin(ReferenceAdmin):
    facts = ("slug", "country", "other_spellings")
    list_display = ("name", "country", "missing_languages")
    list_filter = ("country",)
    inlines = (OfficeInline,)


@admin.register(models.Office)
class OfficeAdmin(VersionedAdmin, TranslationAdmin):
    """Reached from its person; here for autocomplete and for search."""

    search_fields = ("title_en", "title_az", "title_uz", "title_ru", "person__folded")
    autocomplete_fields = ("person", "organisation")
    list_display = ("person", "title", "country", "start", "end")
    list_select_related = ("person",)

    def get_fieldsets(self, request, obj=None):
        facts = ["person", "organisation", "country", ("start", "end"), "version_token"]
        return [(None, {"fields": facts}), *language_fieldsets(("title",), first_open=("en", "az", "uz", "ru"))]


@admin.register(models.Organisation)
class OrganisationAdmin(ReferenceAdmin):
    texts = ("name", "acronym", "description", "translation")
    facts = ("slug", "kind", "scope", "country", "other_spellings")
    list_display = ("name", "kind", "country", "missing_languages")
    list_filter = ("kind", "scope", "country")


@admin.register(models.Series)
class SeriesAdmin(ReferenceAdmin):
    facts = ("slug", "organisation", ("meets_every", "meets_every_source"), "other_spellings")
    autocomplete_fields = ("organisation", "meets_every_source")


@admin.register(models.Source)
class SourceAdmin(FoldedSearch, VersionedAdmin):
    list_display = ("code", "publisher", "title", "published", "side", "kind", "language")
    list_filter = ("side", "kind", "language")
    search_fields = ("folded", "number")
    fieldsets = [
        (_("What it is"), {"fields": ["publisher", "title", "title_is_description", "kind", "side", "language"]}),
        (_("Where and when"), {"fields": ["url", "archived_url", "published", "read_on"]}),
        (_("Note for readers"), {"fields": ["note"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        """What a statement rests on stays; take it off there first."""
        return super().has_delete_permission(request, obj) and not (obj and is_used(obj))

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "side" in form.changed_data:
            confirmation.refresh_citing(obj)


class ValueFormSet(BaseInlineFormSet):
    """A disagreement has at least two values, of which at most one is preferred."""

    def clean(self):
        super().clean()
        kept = kept_rows(self)
        if len(kept) < 2:  # noqa: PLR2004
            raise ValidationError(_("A disagreement has at least two values."))
        if sum(bool(form.cleaned_data.get("preferred")) for form in kept) > 1:
            raise ValidationError(_("At most one value can be preferred."))

    def save(self, commit=True):
        # The mark is taken from one value before another gets it: the database never sees two.
        lost = [form.instance.pk for form in self.initial_forms if "preferred" in form.changed_data]
        self.instance.values.filter(pk__in=lost).update(preferred=False)
        return super().save(commit)


class ValueInline(RowInline, TranslationTabularInline):
    model = models.DisagreementValue
    formset = ValueFormSet
    fields = ("value", "preferred", "sources")
    min_num = 2


def is_used(row, *, but=()):
    """Whether any row of any app leads to this one; its own parts, named in `but`, and old versions do not count."""
    relations = [f for f in row._meta.related_objects if f.related_model not in but and "Historical" not in f.related_model.__name__]
    return any(f.related_model._base_manager.filter(**{f.field.name: row}).exists() for f in relations)


@admin.register(models.Disagreement)
class DisagreementAdmin(VersionedAdmin, TranslationAdmin):
    list_display = ("label", "statement", "has_preference")
    list_filter = ("statement",)
    search_fields = ("label_en", "label_az", "label_uz", "label_ru", "slug")
    inlines = (ValueInline,)

    def get_fieldsets(self, request, obj=None):
        fields = ["slug", "statement", "original_language", "version_token"]
        return [(None, {"fields": fields}), *language_fieldsets(("label", "assessment", "translation"))]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("values")

    def has_delete_permission(self, request, obj=None):
        """What an entry or a figure shows as disputed stays; take it off them first."""
        return super().has_delete_permission(request, obj) and not (obj and is_used(obj, but=(models.DisagreementValue,)))

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        confirmation.refresh_values(form.instance)

    @admin.display(description=_("prefers one"), boolean=True)
    def has_preference(self, row):
        return any(value.preferred for value in row.values.all())


@admin.register(models.Picture)
class PictureAdmin(VersionedAdmin, TranslationAdmin):
    form = PictureForm
    list_display = ("preview", "alt", "credit")
    search_fields = ("alt_en", "alt_az", "alt_uz", "alt_ru", "caption_en", "credit")
    readonly_fields = ("preview",)

    def get_fieldsets(self, request, obj=None):
        fields = ["preview", "image", "credit", "original_language", "version_token"]
        return [(None, {"fields": fields}), *language_fieldsets(("alt", "caption", "translation"))]

    @admin.display(description=_("preview"))
    def preview(self, picture):
        if not picture.image:
            return "–"
        return format_html('<img class="picture-preview" src="{}" alt="{}">', picture.get_absolute_url(), picture.alt or "")
