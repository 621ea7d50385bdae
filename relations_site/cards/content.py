"""What a card says: a public row by its number, or a page by the name of its address."""

import hashlib
from dataclasses import astuple, dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.models import Agreement, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.status import Status
from cooperation.trade.pages import TABS
from events.models import Event
from record import dates, kinds
from record.citing.work import record_name
from record.models import Source
from record.pair import country_name, pair
from record.templatetags.record import capital
from relations_site import works
from relations_site.context import SECTIONS

# Raised whenever cards are drawn otherwise, so that nobody keeps an old one.
DESIGN = 1
HOME = "home"
PAGES = {
    HOME: "",
    **{name: label for name, label in TABS if name != "trade"},
    **dict(SECTIONS),
    "timeline": _("Timeline"),
    "waiting": _("Signed, not in force"),
    "calendar": _("Terms and anniversaries"),
    "commitments": _("Commitments"),
    "counts": _("How many documents?"),
    "disagreements": _("Where sources disagree"),
    "topics": _("Topics"),
    "organisations": _("Organisations"),
    "places": _("Places"),
    "series-index": _("Series"),
    "people": _("People"),
    "sources": _("Sources"),
    "changes": _("Changes"),
    "data": _("Data"),
}
INKS = {
    Status.IN_FORCE: "good",
    Status.PROVISIONAL: "good",
    Status.SIGNED: "wait",
    Status.TERMINATED: "second",
    Status.SUSPENDED: "second",
}


@dataclass(frozen=True)
class Card:
    """The words of a card. `ink` colours the last of the facts, where it is a status."""

    first: str
    second: str
    over: str
    title: str
    facts: tuple
    ink: str = "ink"

    @property
    def stamp(self):
        """Changes whenever the card does; a part of its address."""
        return hashlib.sha256(repr((DESIGN, astuple(self))).encode()).hexdigest()[:12]

    @property
    def words(self):
        """The card for those who do not see it."""
        return " · ".join([self.title, *self.facts, f"{self.first} – {self.second}"])


def address(name, card):
    return reverse("card", kwargs={"name": name, "stamp": card.stamp})


def of_page(name):
    """The card of a page that is no row's, or None."""
    if name not in PAGES:
        return None
    first, second = _countries()
    if name == HOME:
        return Card(first, second, "", capital(record_name()), ())
    return Card(first, second, record_name(), capital(PAGES[name]), ())


def of_row(row):
    """The card of a public row: what it is, its title, its date in words, its status."""
    facts, ink = _FACTS[type(row)](row)
    work = works.work_of(row, "")
    kind = Source._meta.verbose_name if isinstance(row, Source) else work.genre
    facts = tuple(str(fact) for fact in facts if fact)
    return Card(*_countries(), f"{capital(kind)} · {row.code}", work.title, facts, ink)


def rows_of(code):
    """The rows of a number, for whoever asks which of them are public; None where no row has such a number."""
    model = kinds.model_of(code[0])
    return model.objects.filter(number=int(code[1:])) if model and works.is_known(model) else None


def _countries():
    return country_name(pair().first), country_name(pair().second)


def _of_event(row):
    where = works.name_of(row.place, "name")
    day = dates.spoken(row.date)
    if day and row.date_is_of_report:
        day = f"{day} ({gettext('date of the report')})"
    return [day, where, _("planned") if row.is_ahead() else ""], "wait" if row.is_ahead() else "ink"


def _of_agreement(row):
    status = row.status
    words = _("Status not known") if status == Status.UNKNOWN else capital(status.label)
    return [dates.spoken(row.date), words], INKS.get(status, "quiet")


def _of_initiative(row):
    return [dates.spoken(row.date), works.name_of(row.place, "name"), capital(row.get_status_display())], "ink"


def _of_commitment(row):
    return [dates.spoken(row.made_on), capital(row.get_score_display())], "ink"


def _of_quotation(row):
    return [dates.spoken(row.said_on), works.name_of(row, "attributed_to")], "ink"


def _of_statistic(row):
    status = "" if row.status == TradeFigure.Status.UNSTATED else capital(row.get_status_display())
    return [dates.spoken(row.released_on.isoformat()), status], "ink"


def _of_source(row):
    return [row.publisher, dates.spoken(row.published)], "ink"


_FACTS = {
    Event: _of_event,
    Agreement: _of_agreement,
    Initiative: _of_initiative,
    Commitment: _of_commitment,
    QuotedFigure: _of_quotation,
    TradeFigure: _of_statistic,
    Source: _of_source,
}
