"""What is searched of the rows that every record has: people, organisations, places, topics, series, sources."""

from record.models import Organisation, Person, Place, Series, Source, Topic
from record.pair import country_name
from record.search.documents import Document, register


def _country(row):
    return country_name(row.country)


def _publisher(source):
    return source.publisher


def register_all():
    named = {"title": ("name",), "summary": ("description",), "spellings": ("other_spellings",)}
    register(Document("person", Person, **named, parts=(("offices", "title"),), detail=_country))
    register(Document("organisation", Organisation, **named | {"title": ("name", "acronym")}, detail=_country))
    register(Document("place", Place, **named, named=("part_of",), detail=_country))
    register(Document("topic", Topic, **named))
    register(Document("series", Series, **named, named=("organisation",)))
    register(
        Document(
            "source",
            Source,
            wording=("publisher",),
            language="language",
            date="published",
            bounds=("published_from", "published_to"),
            detail=_publisher,
        )
    )
