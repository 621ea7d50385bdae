"""The admin of the reference tables, sources, disagreements and pictures."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

import record.adminbase.table_desk  # noqa: F401  (its pages and actions register themselves)
import record.adminbase.translation_desk  # noqa: F401  (its pages register themselves)
from record import confirmation, models, roles
from record.adminbase import ReferenceAdmin, RowInline, VersionedAdmin, kept_rows
from record.adminbase import link_checks as _link_checks  # noqa: F401  (registers its page)
from record.adminbase.answers import AnswersAdmin
from record.adminbase.flow import is_popup
from record.adminbase.picture import PictureForm
from record.adminbase.reference import FoldedSearch, language_fieldsets
from record.history import desk  # noqa: F401 (its pages register themselves)
from record.linkcheck import keeping
from record.rights import is_used

admin.site.register(models.ConfirmationRequest, AnswersAdmin)


@admin.register(models.Topic)
class TopicAdmin(ReferenceAdmin):
    pass


@admin.register(models.Place)
class PlaceAdmin(ReferenceAdmin):
    facts = ("slug", "kind", "country", "part_of", ("latitude", "longitude"), "coordinates_precision", "other_spellings")
    at_first = ("kind", "country", ("latitude", "longitude"))
    list_display = ("name", "kind", "country", "latitude", "longitude", "languages")
    list_filter = ("kind", "country")
    autocomplete_fields = ("part_of",)


class OfficeInline(RowInline, TranslationTabularInline):
    model = models.Office
    fields = ("title", "country", "organisation", "start", "end")


@admin.register(models.Person)
class PersonAdmin(ReferenceAdmin):
    facts = ("slug", "country", "other_spellings")
    at_first = ("country",)
    list_display = ("name", "country", "languages")
    list_filter = ("country",)
    inlines = (OfficeInline,)


@admin.register(models.Office)
class OfficeAdmin(VersionedAdmin, TranslationAdmin):
    """Reached from its person; here for autocomplete and for search."""

    search_fields = ("title_en", "title_az", "title_uz", "title_ru", "person__folded")
    autocomplete_fields = ("person", "organisation")
    list_display = ("person", "title", "country", "start", "end")
    list_select_related = ("person",)

    def has_add_permission(self, request):
        """An office changes its person's page: an author adds one with a person of his own."""
        return super().has_add_permission(request) and roles.is_editor(request.user)

    def get_fieldsets(self, request, obj=None):
        facts = ["person", "organisation", "country", ("start", "end"), "version_token"]
        return [(None, {"fields": facts}), *language_fieldsets(("title",), first_open=("en", "az", "uz", "ru"))]


@admin.register(models.Organisation)
class OrganisationAdmin(ReferenceAdmin):
    texts = ("name", "acronym", "description")
    facts = ("slug", "kind", "scope", "country", "other_spellings")
    at_first = ("kind", "scope", "country")
    list_display = ("name", "kind", "country", "languages")
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
    actions = ("links_are_fine",)
    fieldsets = [
        (_("What it is"), {"fields": ["publisher", "title", "title_is_description", "kind", "side", "language"]}),
        (_("Where and when"), {"fields": ["url", "archived_url", "published", "read_on"]}),
        (_("Note for readers"), {"fields": ["note"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Beside an entry without the archived address and the note, which can wait."""
        if not is_popup(request):
            return super().get_fieldsets(request, obj)
        rows = ["publisher", "title", "url", ("kind", "side"), ("language", "published", "read_on"), "version_token"]
        return [(_("What it is"), {"fields": rows})]

    def get_changeform_initial_data(self, request):
        """Whoever enters a source has just read it, most likely in the language of the desk."""
        today = {"read_on": timezone.localdate(), "language": (get_language() or settings.LANGUAGE_CODE)[:2]}
        return {**today, **super().get_changeform_initial_data(request)}

    def has_delete_permission(self, request, obj=None):
        """What a statement rests on stays; take it off there first."""
        return super().has_delete_permission(request, obj) and not (obj and is_used(obj, but=(models.LinkCheck,)))

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "side" in form.changed_data:
            confirmation.refresh_citing(obj)

    @admin.action(description=_("Looked at: the dead links are fine"), permissions=["change"])
    def links_are_fine(self, request, queryset):
        count = sum(keeping.say_fine(source, by=request.user) for source in queryset if self.has_change_permission(request, source))
        said = ngettext("%(count)d dead link is called fine.", "%(count)d dead links are called fine.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)


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


@admin.register(models.Disagreement)
class DisagreementAdmin(VersionedAdmin, TranslationAdmin):
    list_display = ("label", "statement", "has_preference")
    list_filter = ("statement",)
    search_fields = ("label_en", "label_az", "label_uz", "label_ru", "slug")
    inlines = (ValueInline,)

    def get_fieldsets(self, request, obj=None):
        fields = ["slug", "statement", "original_language", "version_token"]
        return [(None, {"fields": fields}), *language_fieldsets(("label", "assessment"), entry=obj)]

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
        return [(None, {"fields": fields}), *language_fieldsets(("alt", "caption"), entry=obj)]

    @admin.display(description=_("preview"))
    def preview(self, picture):
        # One that was uploaded a moment ago, in a form that was refused, has no address yet.
        if not picture.image or not picture.image._committed:
            return "–"
        return format_html('<img class="picture-preview" src="{}" alt="{}">', picture.fallback, picture.alt or "")
