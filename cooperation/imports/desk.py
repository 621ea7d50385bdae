"""Imports on the editors' desk: a file is uploaded, its outcome is looked at, and it is confirmed or left alone."""

import hashlib
from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cooperation.imports.carry_out import NotCarriedOut, carry_out
from cooperation.imports.examine import MOST_REFUSALS, Examination, examine
from cooperation.imports.rows import Omission, Terms, Unreadable
from cooperation.imports.stage import Stage
from cooperation.models import TradeFigure, TradeImport
from record.adminbase import days

# Reading so much takes some seconds of a web worker; what is larger goes through the command.
LARGEST_UPLOAD = 20_000_000
# Figures are published by an import: whoever confirms one may do both.
NEEDED = ("cooperation.add_tradeimport", "cooperation.add_tradefigure", "cooperation.change_tradefigure")
SORTS = {"new": gettext_lazy("new"), "revised": gettext_lazy("revised"), "unchanged": gettext_lazy("unchanged")}


class UploadForm(forms.ModelForm):
    """A file and what has to be said about it. Reading it is part of checking the form."""

    class Meta:
        model = TradeImport
        fields = ("file", "source", "released_on", "encoding", "decimal_sign")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = True

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            values = {"limit": LARGEST_UPLOAD // 1_000_000}
            raise forms.ValidationError(_("The file is larger than %(limit)s MB: import it by “manage.py import_trade”.") % values)
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            try:
                self._examine(cleaned)
            except Unreadable as error:
                self.add_error("file", str(error))
        return cleaned

    def _examine(self, cleaned):
        file, source = cleaned["file"], cleaned["source"]
        terms = Terms(cleaned["encoding"], cleaned["decimal_sign"], source and source.pk, cleaned["released_on"])
        self.instance.digest, self.instance.name = _digest(file), file.name[:200]
        with Stage() as stage:
            self.instance.outcome = examine(stage, file, terms).as_json()
        file.seek(0)


class TradeImportAdmin(admin.ModelAdmin):
    """Upload, preview, confirm. What is confirmed is the file that was stored; nothing of the preview comes back."""

    form = UploadForm
    add_form_template = "admin/cooperation/tradeimport/upload.html"
    autocomplete_fields = ("source",)
    formfield_overrides = days.TYPED_DAYS
    list_display = ("__str__", "source", "released_on", "by", "uploaded_at", "imported_at")
    list_select_related = ("source", "by")
    actions = None

    def get_list_display(self, request):
        return days.in_words(self.model, super().get_list_display(request))

    def has_add_permission(self, request):
        return request.user.has_perms(NEEDED)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perms(NEEDED)

    def has_delete_permission(self, request, obj=None):
        """What has been carried out stays on record."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.imported_at is None)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Not in one transaction, as elsewhere in the admin: to read a file must not keep others from saving."""
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        obj.file.delete(save=False)

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(self._address(obj))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        trade_import = self.get_object(request, object_id)
        if trade_import is None:
            raise Http404
        if not self.has_view_permission(request, trade_import):
            raise PermissionDenied
        if request.method == "POST":
            return self._confirm(request, trade_import)
        return TemplateResponse(request, "admin/cooperation/tradeimport/preview.html", self._context(request, trade_import))

    def _context(self, request, trade_import):
        outcome = _outcome(trade_import)
        refused = outcome["counts"]["refused"]
        return {
            **self.admin_site.each_context(request),
            "title": str(trade_import),
            "opts": self.opts,
            "original": trade_import,
            "outcome": outcome,
            "left_out": [(Omission(why).label, count) for why, count in outcome["left_out"].items()],
            "samples": [(SORTS[sort], [_sample(row) for row in rows]) for sort, rows in outcome["samples"].items() if rows],
            "unlisted": refused - min(refused, MOST_REFUSALS),
            "may_confirm": _awaits_confirmation(trade_import) and self.has_change_permission(request, trade_import),
            "may_delete": self.has_delete_permission(request, trade_import),
        }

    def _confirm(self, request, trade_import):
        if not self.has_change_permission(request, trade_import):
            raise PermissionDenied
        try:
            self._carry_out(request, trade_import)
        except (NotCarriedOut, Unreadable) as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            added = trade_import.last_number - trade_import.first_number + 1
            said = ngettext("%(count)s figure was added.", "%(count)s figures were added.", added) % {"count": added}
            self.message_user(request, said, messages.SUCCESS)
            self.log_change(request, trade_import, said)
        return HttpResponseRedirect(self._address(trade_import))

    def _carry_out(self, request, trade_import):
        """Read the stored file once more, and write only what the editor has seen. Raises NotCarriedOut, Unreadable."""
        if trade_import.imported_at:
            raise NotCarriedOut(_("This import has been carried out already."))
        with _stored(trade_import) as file, Stage() as stage:
            if _digest(file) != trade_import.digest:
                raise NotCarriedOut(_("The stored file is not the one that was uploaded. Upload it again."))
            outcome = examine(stage, file, Terms.of(trade_import)).as_json()
            if outcome["counts"] != _outcome(trade_import)["counts"]:
                TradeImport.objects.filter(pk=trade_import.pk, imported_at=None).update(outcome=outcome)
                raise NotCarriedOut(_("The record has changed since this preview was made. Look at the new one below."))
            if outcome["counts"]["refused"]:
                raise NotCarriedOut(_("Rows are refused: all are written or none."))
            carry_out(trade_import, stage, by=request.user)

    def _address(self, trade_import):
        return reverse(f"{self.admin_site.name}:cooperation_tradeimport_change", args=[trade_import.pk])


def _stored(trade_import):
    """The stored file, open. Raises NotCarriedOut where the row names none, or one that is not there."""
    try:
        return trade_import.file.open("rb")
    except (ValueError, OSError) as error:
        raise NotCarriedOut(_("The file of this import is no longer stored. Upload it again.")) from error


def _outcome(trade_import):
    """What was found when the file was read; of one that was never read, nothing."""
    return trade_import.outcome or Examination().as_json()


def _sample(row):
    """(line, the figure as it would be, number and value of the stored figure that it meets) of a row of the outcome."""
    known = {name: row[name] for name in ("reporter", "partner", "flow", "period_type", "product_code", "currency")}
    figure = TradeFigure(**known, year=int(row["year"]), period=int(row["period"]), value=Decimal(row["value"]))
    return row["line"], figure, row["stored"], row["stored"] and Decimal(row["stored_value"])


def _awaits_confirmation(trade_import):
    counts = _outcome(trade_import)["counts"]
    return not trade_import.imported_at and not counts["refused"] and bool(counts["new"] + counts["revised"])


def _digest(file):
    """SHA-256 of an open file, which is then at its beginning again."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
