"""The parts of an entry as JSON names them: numbers, slugs and EDTF; texts once per language; null where nothing is on record."""

from cooperation.models import Agreement, AgreementRelation, Initiative
from cooperation.trade import readings
from events.models import Event
from record import kinds
from record.columns import LANGS
from record.models import Organisation


def per_language(row, name):
    """A text in every language that has it."""
    return {f"{name}_{lang}": getattr(row, f"{name}_{lang}", None) or None for lang in LANGS}


def codes(rows):
    """The numbers of public rows."""
    return [row.code for row in rows.public().only("number").order_by("number").distinct()]


def in_order(sources):
    """The numbers of sources."""
    return [f"{source.LETTER}{source.number}" for source in sorted(sources, key=lambda source: source.number)]


def citation(row):
    """A source, which statement it supports, where in it, and its words."""
    source = row.source
    return {
        "source": source.code,
        "publisher": source.publisher,
        "title": source.title,
        "language": source.language,
        "published": source.published or None,
        "side": source.side,
        "url": source.url or None,
        "archived_url": source.archived_url or None,
        "statement": row.statement,
        "locator": row.locator or None,
        "quotation": row.quotation or None,
    }


def disagreement(row):
    """What is disputed, with every value and who says it."""
    values = [
        {
            **per_language(value, "value"),
            "preferred": value.preferred,
            "confirmation": value.confirmation,
            "sources": in_order(value.sources.all()),
        }
        for value in row.values.all()
    ]
    return {"key": row.slug, "statement": row.statement, **per_language(row, "label"), **per_language(row, "assessment"), "values": values}


def somebody(row):
    """A person with the office held then, or a body."""
    found = {"person": row.person and row.person.slug, "organisation": row.organisation and row.organisation.slug}
    if hasattr(row, "office"):
        found |= {f"office_{lang}": getattr(row.office, f"title_{lang}", None) or None for lang in LANGS}
    return found


def of_event(row):
    people = row.participants.select_related("person", "organisation", "office")
    relations = {
        "part_of": codes(Event.objects.filter(parts=row)),
        "parts": codes(row.parts),
        "related": codes(row.related),
        "agreements_signed": codes(row.agreements),
        "agreements": codes(row.later_agreements),
        "initiatives": codes(row.initiatives),
        "commitments": codes(row.commitments),
    }
    return {"participants": [{"role": one.role, **somebody(one)} for one in people], "relations": relations}


def action(row):
    """A step, by its own sources."""
    return {
        "kind": row.kind,
        "side": row.side,
        "date": row.date or None,
        "effective": row.effective or None,
        "place": row.place and row.place.slug,
        **per_language(row, "note"),
        "sources": in_order(row.sources.all()),
    }


def wording(row):
    """The text in one language: where it is, and what its file is known by. `file` is an address below the site's own."""
    return {
        "language": row.language,
        "official": row.official,
        "url": row.url or None,
        "file": row.get_absolute_url() or None,
        "sha256": row.checksum or None,
        "bytes": row.size or None,
        "pages": row.pages or None,
    }


def of_agreement(row):
    actions = row.actions.select_related("place").prefetch_related("sources")
    parties = row.parties.select_related("organisation")
    return {
        "entry_into_force_clause": row.entry_into_force_clause or None,
        "parties": [
            {"country": one.country or None, "organisation": one.organisation and one.organisation.slug, **per_language(one, "name")}
            for one in parties
        ],
        "signatories": [somebody(one) for one in row.signatories.select_related("person", "organisation", "office")],
        "actions": [action(one) for one in actions],
        "phases": [{"status": one.status, "since": one.since or None} for one in row.phases.all()],
        "references": [{"kind": one.kind, "value": one.value, "url": one.url or None} for one in row.references.order_by("pk")],
        "texts": [wording(one) for one in row.texts.order_by("pk")],
        "relations": _relations(row),
    }


def _relations(row):
    """Other public entries; a relation that another agreement states of this one is named with “by” after it."""
    stated = AgreementRelation.objects.filter(agreement=row, other__in=Agreement.objects.public()).select_related("other")
    inverse = AgreementRelation.objects.filter(other=row, agreement__in=Agreement.objects.public()).select_related("agreement")
    found = {
        "signed_at": codes(Event.objects.filter(agreements=row)),
        "events": codes(row.events),
        "initiatives": codes(row.initiatives),
        "commitments": codes(row.commitments),
        "package": codes(Agreement.objects.filter(contents=row)),
        "contents": codes(row.contents),
    }
    for relation in stated:
        found.setdefault(relation.kind, []).append(relation.other.code)
    for relation in inverse:
        found.setdefault(f"{relation.kind}-by", []).append(relation.agreement.code)
    return found


def of_initiative(row):
    partners = row.partners.select_related("person", "organisation")
    relations = {
        "agreements": codes(row.agreements),
        "events": codes(row.events),
        "related": codes(row.related),
        "commitments": codes(row.commitments),
    }
    return {"partners": [{"role": one.role, **somebody(one)} for one in partners], "relations": relations}


def of_commitment(row):
    assessments = row.assessments.prefetch_related("sources")
    relations = {
        "agreement": codes(Agreement.objects.filter(commitments=row)),
        "event": codes(Event.objects.filter(commitments=row)),
        "initiative": codes(Initiative.objects.filter(commitments=row)),
    }
    return {
        "assessments": [
            {
                "as_of": one.as_of,
                "score": one.score,
                **per_language(one, "finding"),
                "sources": in_order(one.sources.all()),
            }
            for one in assessments
        ],
        "relations": relations,
    }


def of_person(row):
    """The offices that somebody held, in bodies that readers meet."""
    seen = set(kinds.seen_by_readers(Organisation.objects.filter(offices__person=row)).values_list("pk", flat=True))
    offices = [
        {
            **per_language(office, "title"),
            "organisation": office.organisation.slug if office.organisation_id in seen else None,
            "country": office.country or None,
            "start": office.start or None,
            "end": office.end or None,
        }
        for office in row.offices.select_related("organisation")
    ]
    return {"offices": offices}


def of_observation(row):
    """Every release of the same observation, newest first, this one among them."""
    releases = [
        {"number": one.code, "value": one.value, "status": one.status, "source": one.source.code, "released_on": one.released_on}
        for one in readings.releases_of(row)
    ]
    return {"releases": releases}
