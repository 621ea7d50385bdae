"""Which fields of a row are told of, what each is called, and how its values are said in words."""

import datetime
from decimal import Decimal
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from record import dates
from record.models.base import Versioned
from record.models.fields import CountryField, EdtfField
from record.pair import Side, country_name, side_name

LANGS = [code for code, _name in settings.LANGUAGES]
# Written by the verbs alone: shown on the desk, never restored.
STANDING = ("state", "publish_at", "withdrawn_at")
WITHDRAWAL = tuple(f"withdrawn_reason_{lang}" for lang in LANGS)
# What the desk notes of an entry: no correction of what readers read.
NOTES = ("slug", "checked_on", "outdated_languages", *(f"{name}_{lang}" for name in ("translation", "translation_basis") for lang in LANGS))


def is_tracked(model):
    """Whether versions of a model's rows are kept."""
    return hasattr(model._meta, "simple_history_manager_attribute")


@lru_cache(maxsize=200)
def owner_field(model):
    """The key to the row that a row of this model stands below and is saved with; None where it stands by itself."""
    keys = [f for f in model._meta.fields if isinstance(f, models.ForeignKey) and f.remote_field.on_delete is models.CASCADE]
    return next((f for f in keys if issubclass(f.related_model, Versioned) and is_tracked(f.related_model)), None)


@lru_cache(maxsize=200)
def parts_of(model):
    """{name of the list: model of its rows} of everything that stands below a row and is saved with it."""
    below = [rel for rel in model._meta.related_objects if rel.one_to_many and is_tracked(rel.related_model)]
    return {rel.get_accessor_name(): rel.related_model for rel in below if owner_field(rel.related_model) == rel.field}


@lru_cache(maxsize=200)
def kept_fields(model):
    """The fields whose values a version keeps and may be restored, the owner's key left out."""
    historical = model.history.model
    own = owner_field(model)
    tracked = [f for f in historical.tracked_fields if f.editable and not f.primary_key]
    return [f for f in tracked if own is None or f.name != own.name]


@lru_cache(maxsize=200)
def told_fields(model):
    """Those of them that are told of in words."""
    standing = [f for f in model.history.model.tracked_fields if f.name in STANDING]
    return [*standing, *(f for f in kept_fields(model) if f.name != "position")]


@lru_cache(maxsize=200)
def lists_of(model):
    """The tracked lists of a model's rows: topics, sources …"""
    return model.history.model._history_m2m_fields


def is_for_readers(model, name):
    """Whether readers are told of a change of a field."""
    return name not in (*getattr(model, "FOR_EDITORS", ()), *STANDING, *WITHDRAWAL, *NOTES)


def label(model, name):
    """What a field is called, with its language where it has one."""
    base, _sep, lang = name.rpartition("_")
    names = dict(settings.LANGUAGES)
    if lang in names and base in [f.name for f in model._meta.get_fields()]:
        return gettext("%(field)s (%(language)s)") % {"field": label(model, base), "language": gettext(names[lang])}
    field = model._meta.get_field(name)
    if field.auto_created or not hasattr(field, "verbose_name"):
        return str(field.related_model._meta.verbose_name)
    return str(field.verbose_name)


def said(field, value, named):
    """A value in words; '' for none. `named(model, key)` says the name of another row."""
    if value is None or value == "":
        return ""
    if isinstance(field, models.ForeignKey):
        return named(field.related_model, value)
    if field.choices:
        return side_name(value) if value in list(Side)[:2] else str(dict(field.flatchoices).get(value, value))
    if isinstance(field, EdtfField):
        return dates.spoken(value)
    if isinstance(field, CountryField):
        return country_name(value)
    return plain(value)


def plain(value):
    """A value that needs no field to be said in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime.datetime):
        return dates.moment(value)
    if isinstance(value, datetime.date):
        return dates.spoken(value.isoformat())
    if isinstance(value, Decimal):
        bare = f"{value:f}"
        return bare.rstrip("0").rstrip(".") if "." in bare else bare
    return str(value)
