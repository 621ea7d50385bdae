"""What several kinds of page have in common: places, people, bodies, sources, dates, and the frame of a page."""

import json

from django.urls import reverse
from django.utils.safestring import mark_safe

from record import dates, texts
from record.citing.work import changed_on, record_name
from record.models import Place
from record.pair import country_name
from relations_site.works import name_of

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def script(nodes):
    """A data block of these nodes; nothing in them can end it."""
    said = json.dumps({"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{said}</script>')


def known(**properties):
    """What is on record; '@' is written as `_at_`, since Python has no such names."""
    return {name.replace("_at_", "@"): value for name, value in properties.items() if value not in (None, "", [], {})}


def iso(date):
    """A date that ISO 8601 can say without claiming more than is known; None for what is in doubt, and for a range."""
    return dates.iso(date) or None


def span(date):
    """(first, last) of a date that is not in doubt; the last is None unless it is a range."""
    read = dates.read(date) if date else None
    return (read.start, read.end or None) if read and not read.doubt else (None, None)


def country(code):
    return known(_at_type="Country", name=country_name(code), identifier=code.upper()) if code else None


def place(row):
    """A place with the country of its address; its point, with how precise it is, where the record has one."""
    if not row:
        return None
    address = known(
        _at_type="PostalAddress",
        addressCountry=row.country.upper(),
        addressLocality=name_of(row, "name") if row.kind == Place.Kind.CITY else None,
    )
    point = None
    if row.latitude is not None:
        point = known(
            _at_type="GeoCoordinates",
            latitude=float(row.latitude),
            longitude=float(row.longitude),
            description=row.coordinates_precision,
        )
    return known(_at_type="Place", name=name_of(row, "name"), address=address if row.country else None, geo=point)


def somebody(row, origin):
    """A person with the office held then, or a body."""
    if row.person:
        office = getattr(row, "office", None)
        return known(
            _at_type="Person",
            name=name_of(row.person, "name"),
            jobTitle=name_of(office, "title"),
            url=origin + row.person.get_absolute_url(),
        )
    return body(row.organisation, origin)


def body(row, origin):
    return known(_at_type="Organization", name=name_of(row, "name"), url=origin + row.get_absolute_url()) if row else None


def source(original):
    """A source that a row rests on."""
    return known(
        _at_type="CreativeWork",
        name=original.title,
        url=original.where,
        datePublished=iso(original.published),
        inLanguage=original.language,
        publisher=known(_at_type="Organization", name=original.publisher),
    )


def named(row, origin, kind):
    """Another entry, by name and permanent address."""
    address = origin + row.get_absolute_url()
    return known(_at_type=kind, _at_id=permanent(row, origin), name=name_of(row, "title"), url=address)


def permanent(row, origin):
    return origin + reverse("permanent", kwargs={"number": row.code})


def website(origin):
    """The record as a whole, named by its pages."""
    return known(_at_type="WebSite", _at_id=f"{origin}/#record", name=record_name(), url=origin + reverse("home"))


def page(row, work, origin, thing):
    """The page of a row: in which language, since when as it is, by which licence, and what it rests on."""
    return known(
        _at_type="WebPage",
        _at_id=origin + row.get_absolute_url(),
        url=origin + row.get_absolute_url(),
        name=work.title,
        inLanguage=texts.reader_language(),
        dateModified=changed_on(row),
        version=row.version,
        license=LICENCE,
        isPartOf={"@id": f"{origin}/#record"},
        mainEntity={"@id": thing["@id"]},
        citation=[source(original) for original in work.originals],
    )


def crumbs(origin, *steps):
    """The way to a page: (name, address) pairs from the home page on."""
    items = [
        {"@type": "ListItem", "position": n, "name": str(name), "item": origin + address} for n, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
