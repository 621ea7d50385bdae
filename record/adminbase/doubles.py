"""Likely duplicates as an editor meets them: a warning after saving, a hint while typing, a page of the two side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from record import dates, doubles
from record.adminbase.pages import desk_page
from record.models import Entry, LikelyDouble

MOST_SHOWN = 5
LONGEST_TITLE = 300


def address_of(model_admin, entry, page="change"):
    """The address of a page of the desk about an entry."""
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[entry.pk], current_app=model_admin.admin_site.name)


def warn(model_admin, request, form, formsets):
    """After a save: name each entry that the saved one may be entered twice with, among those that this person may see.

    Where nothing that is compared was changed, what was found before still holds.
    """
    entry = form.instance
    if doubles.is_compared(type(entry), form.changed_data) or any(formset.has_changed() for formset in formsets):
        doubles.follow(entry)
    for _pair, other in doubles.open_pairs(entry, among=model_admin.get_queryset(request))[:MOST_SHOWN]:
        sentence = format_html(
            gettext("This may be entered twice: {other} looks like it. {compare}"),
            other=format_html('<a href="{}">{}</a>', address_of(model_admin, other), other),
            compare=format_html('<a href="{}">{}</a>', address_of(model_admin, entry, "doubles"), gettext("Compare the two")),
        )
        model_admin.message_user(request, sentence, messages.WARNING)


def hint_url(model_admin):
    """The address that the form asks while a title or a date is typed."""
    opts = model_admin.opts
    view = model_admin.admin_site.admin_view(lambda request: _hint(request, model_admin))
    return path("doubles.json", view, name=f"{opts.app_label}_{opts.model_name}_doubles_hint")


def _hint(request, model_admin):
    """{"sentence", "found": [{"label", "address"}]}: entries that look like what has been typed so far."""
    if not (model_admin.has_add_permission(request) or model_admin.has_view_or_change_permission(request)):
        raise PermissionDenied
    look = _typed(request.GET, model_admin.model)
    seen = model_admin.get_queryset(request)
    numbers = [number for _ground, number in doubles.found_beside(look, model_admin.model, among=seen)] if look else []
    found = [{"label": _said(entry), "address": address_of(model_admin, entry)} for entry in seen.filter(number__in=numbers)[:MOST_SHOWN]]
    return JsonResponse({"sentence": gettext("Is it here already?") if found else "", "found": found})


def _typed(question, model):
    """The look of what stands in the form; None while that is nothing to compare, or no date."""
    entry = model(date="".join(question.get("date", "")[:30].split()))
    for lang in doubles.LANGS:
        setattr(entry, f"title_{lang}", question.get(f"title_{lang}", "")[:LONGEST_TITLE].replace("\0", ""))
    for name in ("kind", "form"):
        if hasattr(entry, name):
            setattr(entry, name, question.get(name, "")[:30])
    if hasattr(entry, "place_id") and question.get("place", "")[:18].isascii() and question.get("place", "")[:18].isdecimal():
        entry.place_id = int(question["place"][:18])
    number = question.get("number", "")[:9]
    entry.number = int(number) if number.isascii() and number.isdecimal() else None
    try:
        look = doubles.look_of(entry)
    except ValidationError:
        return None
    return look if look.titles or look.first else None


def _said(entry):
    return f"{entry} · {dates.spoken(entry.date)}" if entry.date else str(entry)


@desk_page("doubles", fits=lambda model: issubclass(model, Entry))
def compare(request, model_admin, entry):
    """An entry beside each that it may be entered twice with; a button says that the two are different."""
    pairs = doubles.open_pairs(entry, among=model_admin.get_queryset(request))
    if request.method == "POST":
        if not model_admin.has_change_permission(request, entry):
            raise PermissionDenied
        _say_different(request, model_admin, pairs)
        return HttpResponseRedirect(request.path if len(pairs) > 1 else address_of(model_admin, entry))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "original": entry,
        "title": gettext("Entered twice?"),
        "pairs": [(pair, other, address_of(model_admin, other)) for pair, other in pairs],
        "may_change": model_admin.has_change_permission(request, entry),
    }
    return render(request, "admin/doubles.html", context)


def _say_different(request, model_admin, pairs):
    said = next((pair for pair, _other in pairs if str(pair.pk) == request.POST.get("different")), None)
    if said is None:
        raise Http404
    doubles.say_different(said, by=request.user)
    model_admin.message_user(request, gettext("Noted: these two are different."), messages.SUCCESS)


def shown_on_form(model_admin, request, entry):
    """The open pairs of an entry for the top of its form: (ground in words, the other entry, address of the comparison)."""
    pairs = doubles.open_pairs(entry, among=model_admin.get_queryset(request)) if entry else []
    return [(LikelyDouble.Ground(pair.ground).label, other, address_of(model_admin, entry, "doubles")) for pair, other in pairs]
