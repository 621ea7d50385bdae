"""Tables on the desk: every kind out as CSV or XLSX, and in again after a look at what would change."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from record.adminbase import reasons
from record.adminbase.actions import desk_action
from record.models import Upload
from record.roles import is_editor
from record.tables import exporting, files, importing, kinds
from record.tables.files import Unreadable

PURPOSE = "table "
# A page shows that many rows of a sort; the number of all is told.
SHOWN = 200


class UploadForm(forms.Form):
    """A table of one kind. Reading it is part of checking the form."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV in UTF-8, or XLSX, with the columns of the export."))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            files.refuse_size(file.size)
            importing.examine(self.kind, files.read(file.name, file.read()))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        file.seek(0)
        return file


def urls(site):
    """The addresses of these pages on the desk."""
    pages = [
        ("tables/", index, "tables"),
        ("tables/<slug:name>/", upload, "table"),
        ("tables/<slug:name>/all.<str:form>", download, "table_download"),
        ("tables/<slug:name>/<int:key>/", preview, "table_preview"),
    ]
    return [path(address, site.admin_view(_for_editors(view)), name=name) for address, view, name in pages]


def _for_editors(view):
    def guarded(request, **arguments):
        if not is_editor(request.user):
            raise PermissionDenied
        return view(request, **arguments)

    return guarded


def _kind(name):
    kind = kinds.by_name(name)
    if kind is None:
        raise Http404
    return kind


def _page(request, template, title, **context):
    return TemplateResponse(request, f"admin/tables/{template}", {**admin.site.each_context(request), "title": title, **context})


def index(request):
    """Every kind that has a table."""
    return _page(request, "index.html", _("Tables"), kinds=kinds.all_kinds())


def download(request, name, form):
    """All rows of a kind as a file."""
    kind = _kind(name)
    if form not in exporting.WRITERS:
        raise Http404
    return _file(request, kind, form)


def _file(request, kind, form, queryset=None):
    try:
        data = exporting.export(kind, form, queryset)
    except Unreadable as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:table", args=[kind.name]))
    disposition = {"Content-Disposition": f'attachment; filename="{kind.name}.{form}"'}
    return HttpResponse(data, content_type=exporting.WRITERS[form][1], headers=disposition)


def _has_table(model):
    return kinds.by_name(model._meta.model_name) is not None


@desk_action("table_csv", label=gettext_lazy("Export as CSV"), may=is_editor, fits=_has_table)
def chosen_as_csv(model_admin, request, queryset):
    """The chosen rows as CSV."""
    return _file(request, kinds.by_name(model_admin.opts.model_name), "csv", queryset)


@desk_action("table_xlsx", label=gettext_lazy("Export as XLSX"), may=is_editor, fits=_has_table)
def chosen_as_xlsx(model_admin, request, queryset):
    """The chosen rows as XLSX."""
    return _file(request, kinds.by_name(model_admin.opts.model_name), "xlsx", queryset)


def upload(request, name):
    """A file is chosen; the next page shows what it would change."""
    kind = _kind(name)
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        kept = Upload.keep(PURPOSE + kind.name, form.cleaned_data["file"], by=request.user)
        return HttpResponseRedirect(reverse("admin:table_preview", args=[kind.name, kept.pk]))
    return _page(request, "upload.html", _title(kind), form=form, kind=kind)


def _title(kind):
    return _("Table: %(kind)s") % {"kind": kind.label}


def preview(request, name, key):
    """What a table would change, or why it is refused; confirmed, it is read once more and written whole."""
    kind = _kind(name)
    kept = get_object_or_404(Upload, pk=key, purpose=PURPOSE + kind.name, by=request.user)
    outcome = importing.examine(kind, files.read(kept.name, bytes(kept.data)))
    if request.method == "POST":
        return _confirm(request, kind, kept, outcome)
    shown = {"changes": outcome.changes[:SHOWN], "refusals": outcome.refusals[:SHOWN]}
    shown["told"] = reasons.asked(request.POST) if outcome.corrects_what_is_public else []
    return _page(request, "preview.html", kept.name, kind=kind, outcome=outcome, **shown)


def _confirm(request, kind, kept, outcome):
    if not outcome.may_be_written:
        messages.error(request, _("Nothing was written: look at the reasons below."))
        return HttpResponseRedirect(request.path)
    try:
        count = importing.carry_out(kind, outcome, by=request.user, reasons=reasons.given(request.POST))
    except importing.NotTaken as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    kept.delete()
    messages.success(request, ngettext("%(count)s row was written.", "%(count)s rows were written.", count) % {"count": count})
    return HttpResponseRedirect(reverse("admin:table", args=[kind.name]))
