"""Pages that follow agreements through their lives: the longest waits, the chain, the counts, the calendar."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation import counts
from cooperation.calendar import DueKind, due, renewed_for_an_unknown_time
from cooperation.filters import CountListing, WaitingListing
from record import durations, ical, texts
from record.listing import DayField
from record.models import Series
from record.pair import country_name, pair
from record.views import ListPage

LONGEST_CALENDAR = "P10Y"
# How far the calendar looks where no last day is asked for.
AHEAD = "P2Y"


class WaitingList(ListPage):
    """Agreements signed and not in force, the longest wait first, with each side's steps and what is missing."""

    listing = WaitingListing
    template_name = "cooperation/waiting.html"

    def extra(self, listing, page):
        return {"uncertain": listing.uncertain() if listing.is_answerable else []}


class ChainPage(ListPage):
    """One of the three lists of the chain; the others stand beside it."""

    template_name = "cooperation/chain_meetings.html"
    TABS = (
        ("chain", _("From meetings")),
        ("chain-documents", _("Documents without a known meeting")),
        ("chain-initiatives", _("Initiatives without a known origin")),
    )
    tab = "chain"

    def extra(self, listing, page):
        return {"tabs": self.TABS, "tab": self.tab}


class CountPage(ListPage):
    """How many documents the two states signed, by which rule, with the list behind the number."""

    listing = CountListing
    template_name = "cooperation/counts.html"

    def extra(self, listing, page):
        return {"count": counts.count_documents(listing.narrowed()), "claims": counts.claims()}


class CalendarQuestion(forms.Form):
    """From when until when, and which sorts of days."""

    after = DayField(label=_("From"), required=False)
    before = DayField(label=_("Until"), required=False)
    kind = forms.MultipleChoiceField(label=_("What is due"), choices=DueKind.choices, required=False)

    def clean(self):
        cleaned = super().clean()
        after, before = cleaned.get("after"), cleaned.get("before")
        if self.errors:
            return cleaned
        cleaned["first"] = after.first if after else datetime.date.today()
        try:
            cleaned["last"] = before.last if before else durations.after(cleaned["first"], AHEAD)
            too_long = cleaned["last"] > durations.after(cleaned["first"], LONGEST_CALENDAR)
        except (OverflowError, ValueError):
            too_long = True
        if too_long:
            raise ValidationError(_("The calendar shows ten years at most."))
        if cleaned["last"] < cleaned["first"]:
            self.add_error("before", _("This day lies before the first one: no entry can answer."))
        return cleaned

    def answer(self):
        """Everything due in the days asked for."""
        asked = self.cleaned_data
        return due(asked["first"], asked["last"], asked["kind"])


def calendar(request):
    """What is due: terms, notices, renewals, promises, sessions, anniversaries. A malformed question finds nothing."""
    question = CalendarQuestion(request.GET)
    is_answerable = question.is_valid()
    context = {
        "question": question,
        "chosen": request.GET.getlist("kind"),
        "rows": question.answer() if is_answerable else [],
        "without_days": renewed_for_an_unknown_time(),
        "intervals": Series.objects.exclude(meets_every="").exists(),
    }
    return render(request, "cooperation/calendar.html", context, status=200 if is_answerable else 400)


def calendar_feed(request):
    """The same question as an iCalendar feed; 400 with the reason where it is malformed."""
    question = CalendarQuestion(request.GET)
    if not question.is_valid():
        reasons = "\n".join(str(error) for errors in question.errors.values() for error in errors)
        return HttpResponse(reasons, status=400, content_type="text/plain; charset=utf-8")
    lang = texts.reader_language()
    items = [_item(row, request) for row in question.answer()]
    name = f"{country_name(pair().first)} – {country_name(pair().second)}: {gettext('Terms and anniversaries')}"
    return HttpResponse(ical.calendar(name, items, lang=lang), content_type="text/calendar; charset=utf-8")


def _item(row, request):
    title = str(texts.best(row.row, "name" if isinstance(row.row, Series) else "title"))
    label = str(row.label)[:1].upper() + str(row.label)[1:]
    return ical.Item(
        uid=row.uid,
        first=row.day,
        last=row.day,
        summary=f"{label}: {title}",
        description=title,
        url=request.build_absolute_uri(row.row.get_absolute_url()),
        changed=getattr(row.row, "modified_at", None) or timezone.now(),
        sequence=row.row.version,
    )
