"""The form of an event, with the documents that were signed there: an event knows of no agreements, so they are added from up here."""

import copy

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation.models import Agreement
from events.admin import EventAdmin
from events.models import Event
from record import rights
from record.adminbase.choosing import AutocompleteSelectMultiple
from record.adminbase.forms import EntryForm, without_shortcuts
from record.texts import capital


class EventWithDocumentsForm(EntryForm):
    """`documents` are the agreements whose “signed at” is this event. Only those that the person may change can come or go.

    `documents_opened` are those that the form showed when it was opened: what differs from them is what the person did, and no
    more is done to the rows that are there by now. What he may not see is neither shown nor taken off.
    """

    documents = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        required=False,
        label=gettext_lazy("documents signed"),
        help_text=gettext_lazy(
            "What was signed at this event. “+” begins a new one as a draft; its steps and parties are entered on its own page."
        ),
    )
    documents_opened = forms.CharField(widget=forms.HiddenInput, required=False)

    merged_when_saved = ("documents", "documents_opened")
    may_change = staticmethod(lambda agreement: False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "documents" in self.fields:
            present = self._present()
            self.initial["documents"] = present
            self.initial["documents_opened"] = " ".join(str(agreement.pk) for agreement in present)

    def clean_documents(self):
        chosen = self.cleaned_data["documents"]
        fixed = [agreement.code for agreement in self.coming_and_going(chosen) if not self.may_change(agreement)]
        if fixed:
            raise ValidationError(_("You may not change %(documents)s.") % {"documents": ", ".join(fixed)})
        return chosen

    def coming_and_going(self, chosen):
        """The agreements whose “signed at” would change."""
        present, chosen = set(self._present()) if self.instance.pk else set(), set(chosen)
        opened = {int(key) for key in self.data.get(self.add_prefix("documents_opened"), "").split() if key.isdecimal()}
        coming = {agreement for agreement in chosen - present if agreement.pk not in opened}
        going = {agreement for agreement in present - chosen if agreement.pk in opened}
        return sorted(coming | going, key=lambda agreement: agreement.number)

    def _present(self):
        return list(self.fields["documents"].queryset.filter(signed_at=self.instance))


class EventWithDocumentsAdmin(EventAdmin):
    """Events, with what was signed at them."""

    form = EventWithDocumentsForm
    connections = ("documents", "documents_opened", *EventAdmin.connections)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "documents" in form.base_fields:
            agreements = self.admin_site.get_model_admin(Agreement)
            form.may_change = staticmethod(lambda agreement: agreements.has_change_permission(request, agreement))
            seen = rights.seen(request.user, Agreement.objects.all())
            form.base_fields["documents"] = self._documents(form.base_fields["documents"], seen, agreements.has_add_permission(request))
        return form

    def _documents(self, declared, seen, may_add):
        field, key = copy.deepcopy(declared), Agreement._meta.get_field("package")
        field.queryset = seen
        choice = AutocompleteSelectMultiple(key, self.admin_site, choices=field.choices)
        field.widget = RelatedFieldWidgetWrapper(choice, key.remote_field, self.admin_site, can_add_related=may_add)
        field.label = capital(field.label)
        return without_shortcuts(field)

    def warn_after(self, request, verb, entries):
        """What was signed at an event that readers now see, and waits itself."""
        seen = [event for event in entries if event.is_public() or event.is_scheduled] if verb in ("publish", "schedule") else []
        signed = Agreement.objects.filter(signed_at__in=seen).order_by("number")
        waiting = [str(agreement) for agreement in signed if agreement.is_draft or agreement.is_in_review]
        if waiting:
            one = _("Readers do not see what was signed at it until you publish these as well: %(documents)s.")
            many = _("Readers do not see what was signed at these events until you publish these as well: %(documents)s.")
            said = one if len(entries) == 1 else many
            self.message_user(request, said % {"documents": "; ".join(waiting)}, messages.WARNING)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        chosen = form.cleaned_data.get("documents", ())
        for agreement in form.coming_and_going(chosen) if "documents" in form.fields else ():
            agreement.signed_at = form.instance if agreement in chosen else None
            agreement.save()


admin.site.unregister(Event)
admin.site.register(Event, EventWithDocumentsAdmin)
