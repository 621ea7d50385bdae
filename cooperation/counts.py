"""How many documents the two states signed: counted by a rule that stands beside the number."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Prefetch, When

from cooperation.models import Agreement, QuotedFigure, QuotedFigureCitation

# “About 20” is another number than the record's only if it is off by more than a tenth.
ABOUT = 10


@dataclass(frozen=True)
class DocumentCount:
    """Documents entered by themselves, and packages: those whose number of documents a source gives, and the others.

    A package of unknown size counts as the documents of it that are entered, or as one; the number is then a least one.
    """

    single: int = 0
    packages: int = 0
    in_packages: int = 0
    packages_of_unknown_size: int = 0
    is_exact: bool = True

    @property
    def documents(self):
        """The least number of documents that the entries stand for."""
        return self.single + self.in_packages + self.packages_of_unknown_size


def count_documents(agreements):
    """Count a queryset of agreements: what a package among them stands for is not counted again by itself."""
    return _tally(_rows(agreements, ()))


def _rows(agreements, by):
    """(*`by`, package of its own, package it belongs to, documents, how many entries) in one statement."""
    own = Case(When(form=Agreement.Form.PACKAGE, then=F("pk")), default=None)
    return agreements.order_by().annotate(own=own).values_list(*by, "own", "package_id", "documents").annotate(n=Count("pk", distinct=True))


def _tally(rows):
    sizes = {own: documents for own, _package, documents, _n in rows if own}
    single, entered = 0, dict.fromkeys(sizes, 0)
    for own, package, documents, n in rows:
        if own is None and package in sizes:
            entered[package] += n * (documents or 1)
        elif own is None:
            single += n * (documents or 1)
    unsized = [package for package, size in sizes.items() if size is None]
    return DocumentCount(
        single=single + sum(entered[package] for package in unsized),
        packages=len(sizes),
        in_packages=sum(size for size in sizes.values() if size),
        packages_of_unknown_size=sum(not entered[package] for package in unsized),
        is_exact=not unsized,
    )


@dataclass(frozen=True)
class Claim:
    """What somebody said of a number of documents, and what the record holds of the same event."""

    figure: object
    count: DocumentCount | None

    @property
    def off(self):
        """By how many documents the record holds more than was said (negative: fewer); 0 where the two agree."""
        if self.count is None or self.figure.value is None:
            return 0
        said = int(self.figure.value)
        off = self.count.documents - said
        slack = said / ABOUT if self.figure.precision == QuotedFigure.Precision.ABOUT else 0
        return off if abs(off) > slack and (self.count.is_exact or off > 0) else 0


def claims():
    """Public statements on numbers of documents, newest first, each beside the record's own count of the same public event."""
    said = QuotedFigure.objects.public().filter(measure=QuotedFigure.Measure.DOCUMENTS).select_related("event")
    cited = Prefetch("citations", QuotedFigureCitation.objects.select_related("source"))
    figures = list(said.prefetch_related(cited).order_by("-year", "-said_from", "number"))
    events = {figure.event_id for figure in figures if figure.event and figure.event.is_public()}
    found = {event: [] for event in events}
    for event, *row in _rows(Agreement.objects.public().filter(signed_at__in=events), ("signed_at_id",)):
        found[event].append(row)
    return [Claim(figure, _tally(found[figure.event_id]) if figure.event_id in events else None) for figure in figures]
