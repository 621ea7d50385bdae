"""Each kind of row as the type of schema.org that fits it best."""

from django.urls import reverse
from django.utils.translation import gettext

from cooperation.models import Agreement, AgreementRelation, Commitment, Initiative, QuotedFigure, TradeFigure
from cooperation.status import ActionKind, Status
from cooperation.trade import words
from events.models import Event, Participant
from record import texts
from record.models import Source
from record.templatetags.record import capital
from relations_site import works
from relations_site.structured import things
from relations_site.structured.things import known
from relations_site.works import name_of, party_name

_SCHEMA = "https://schema.org/"
# What the status says of legal force; a political document and a status that is not known say nothing.
LEGAL_FORCE = {
    Status.IN_FORCE: "InForce",
    Status.PROVISIONAL: "PartiallyInForce",
    **dict.fromkeys((Status.NEGOTIATED, Status.SIGNED, Status.SUSPENDED, Status.TERMINATED, Status.EXPIRED, Status.REPLACED), "NotInForce"),
}
# How an agreement's relation to another is called: to amend, extend or supersede is to change.
RELATIONS = {
    AgreementRelation.Kind.AMENDS: "legislationChanges",
    AgreementRelation.Kind.EXTENDS: "legislationChanges",
    AgreementRelation.Kind.SUPERSEDES: "legislationChanges",
    AgreementRelation.Kind.IMPLEMENTS: "legislationApplies",
    AgreementRelation.Kind.CITES: "citation",
}
# Things that stand somewhere; what is run rather than built is a project.
_BUILT = {
    Initiative.Kind.SCHOOL: "School",
    Initiative.Kind.PARK_OR_MONUMENT: "LandmarksOrHistoricalBuildings",
    Initiative.Kind.CULTURAL_CENTRE: "CivicStructure",
    Initiative.Kind.INDUSTRIAL_PARK: "Place",
    Initiative.Kind.TECHNOPARK: "Place",
}
_HOSTS = (Participant.Role.HOST, Participant.Role.ORGANISER)


def graph(row, origin):
    """The thing that a row describes, its page, and the way to it."""
    work = works.work_of(row, origin)
    thing = known(
        _at_id=things.permanent(row, origin),
        identifier=row.code,
        name=work.title,
        description=name_of(row, "summary"),
        url=origin + row.get_absolute_url(),
    ) | _KINDS[type(row)](row, work, origin)
    label, name = _LISTS[type(row)]
    steps = [(gettext("Home page"), reverse("home")), (capital(label), reverse(name)), (work.title, row.get_absolute_url())]
    return [thing, things.page(row, work, origin, thing), things.website(origin), things.crumbs(origin, *steps)]


def of_event(row, work, origin):
    """The day of a report is not the day of the event, and a date in doubt is none."""
    first, last = (None, None) if row.date_is_of_report else things.span(row.date)
    taking_part = {True: [], False: []}
    for one in row.participants.all():
        taking_part[one.role in _HOSTS].append(things.somebody(one, origin))
    larger = row.part_of if row.part_of_id and row.part_of.is_public() else None
    online = row.host == Event.Host.ONLINE
    return known(
        _at_type="Event",
        startDate=first,
        endDate=last,
        eventStatus=f"{_SCHEMA}EventScheduled" if row.is_ahead() else None,
        eventAttendanceMode=_SCHEMA + ("Online" if online else "Offline") + "EventAttendanceMode" if online or row.place else None,
        location=things.place(row.place),
        organizer=taking_part[True],
        attendee=taking_part[False],
        superEvent=things.named(larger, origin, "Event") if larger else None,
        subEvent=[things.named(part, origin, "Event") for part in row.parts.all()],
        keywords=list(work.keywords),
    )


def of_agreement(row, work, origin):
    """Legal force as the published rule computes it for today."""
    standing = row.standing()
    force = LEGAL_FORCE.get(standing.status)
    signed = [step for step in row.actions.all() if step.kind == ActionKind.SIGNED]
    related = {}
    for relation in row.relations.filter(other__in=Agreement.objects.public()).select_related("other"):
        if relation.kind in RELATIONS:
            related.setdefault(RELATIONS[relation.kind], []).append(things.named(relation.other, origin, "Legislation"))
    return known(
        _at_type="Legislation",
        legislationIdentifier=row.code,
        legislationType=row.get_form_display(),
        legislationDate=things.iso(row.date),
        legislationDateOfApplicability=things.iso(standing.since) if standing.status == Status.IN_FORCE else None,
        legislationLegalForce=_SCHEMA + force if force else None,
        legislationJurisdiction=[things.country(one.country) for one in row.parties.all() if one.country],
        legislationPassedBy=[
            things.body(one.organisation, origin) or {"@type": "Organization", "name": party_name(one)}
            for one in row.parties.all()
            if not one.country
        ],
        contributor=[things.somebody(one, origin) for one in row.signatories.all()],
        locationCreated=[things.place(step.place) for step in signed if step.place],
        keywords=list(work.keywords),
        **related,
    )


def of_initiative(row, work, origin):
    """What stands somewhere is a place of its kind; a festival a series of events; anything else a project."""
    begun, ended = things.iso(row.date), things.iso(row.end)
    if row.kind == Initiative.Kind.FESTIVAL:
        status = f"{_SCHEMA}EventCancelled" if row.status == Initiative.Status.CANCELLED else None
        where = things.place(row.place)
        return known(_at_type="EventSeries", startDate=begun, endDate=ended, eventStatus=status, location=where)
    if row.kind in _BUILT:
        where = things.place(row.place) or {}
        own = {name: where[name] for name in ("address", "geo") if name in where}
        within = known(_at_type="Place", name=where.get("name"))
        return known(_at_type=_BUILT[row.kind], containedInPlace=within if "name" in where else None, **own)
    partners = [things.somebody(one, origin) for one in row.partners.all()]
    return known(
        _at_type="Project",
        foundingDate=begun,
        dissolutionDate=ended,
        location=things.place(row.place),
        member=partners,
        keywords=list(work.keywords),
    )


def of_commitment(row, work, origin):
    """A promise, in the words of its source where the record has them."""
    return known(
        _at_type="CreativeWork", genre=work.genre, description=name_of(row, "note"), dateCreated=things.iso(row.made_on), text=row.wording
    )


def of_quotation(row, work, origin):
    """Somebody's words with a number in them; the number is never given out as a statistic."""
    return known(
        _at_type="Quotation",
        text=row.wording,
        dateCreated=things.iso(row.said_on),
        creditText=name_of(row, "attributed_to"),
        temporalCoverage=words.edtf(row) if row.year else None,
    )


def of_statistic(row, work, origin):
    """One observation of one office, in units of its currency."""
    measured = {"@type": "PropertyValue", "name": row.get_flow_display(), "value": float(row.value), "unitText": row.currency}
    return known(
        _at_type="Dataset",
        description=work.described,
        temporalCoverage=words.edtf(row),
        datePublished=row.released_on.isoformat(),
        variableMeasured=measured,
        creator={"@type": "Organization", "name": row.source.publisher},
        spatialCoverage=[things.country(row.reporter), things.country(row.partner)],
        license=things.LICENCE,
    )


def of_source(row, work, origin):
    """The source itself, where it stands."""
    said = things.source(work.originals[0])
    return said | known(inLanguage=row.language or texts.reader_language(), sameAs=said.pop("url", None))


_KINDS = {
    Event: of_event,
    Agreement: of_agreement,
    Initiative: of_initiative,
    Commitment: of_commitment,
    QuotedFigure: of_quotation,
    TradeFigure: of_statistic,
    Source: of_source,
}
_LISTS = {
    Event: (Event._meta.verbose_name_plural, "events"),
    Agreement: (Agreement._meta.verbose_name_plural, "agreements"),
    Initiative: (Initiative._meta.verbose_name_plural, "initiatives"),
    Commitment: (Commitment._meta.verbose_name_plural, "commitments"),
    QuotedFigure: (QuotedFigure._meta.verbose_name_plural, "trade-quotations"),
    TradeFigure: (TradeFigure._meta.verbose_name_plural, "trade-statistics"),
    Source: (Source._meta.verbose_name_plural, "sources"),
}
