"""The tables of this floor: sources, and the reference rows."""

from record import confirmation, models
from record.tables.kinds import Kind, register

NAMED = ("name", "description")


def register_all():
    """Called once, when the app is ready."""
    source = ("publisher", "title", "title_is_description", "kind", "side", "language")
    where = ("url", "archived_url", "published", "read_on", "note")
    register(Kind(models.Source, (*source, *where), alike=("publisher", "title", "url"), finish=confirmation.refresh_citing))
    register(Kind(models.Person, ("slug", "country", "other_spellings"), NAMED))
    place = ("slug", "kind", "country", "part_of", "latitude", "longitude", "coordinates_precision", "other_spellings")
    register(Kind(models.Place, place, NAMED))
    body = ("slug", "kind", "scope", "country", "other_spellings")
    register(Kind(models.Organisation, body, ("name", "acronym", "description")))
    register(Kind(models.Topic, ("slug", "other_spellings"), NAMED))
    register(Kind(models.Series, ("slug", "organisation", "meets_every", "meets_every_source", "other_spellings"), NAMED))
