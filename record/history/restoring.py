"""An old version put in force again, as a new one: texts, lists and rows below; never the state, the number or the address."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext

from record import history, search, translations
from record.history.fields import LANGS, STANDING, WITHDRAWAL, kept_fields, label, lists_of, owner_field, parts_of
from record.history.names import name_of
from record.publishing import Refused, reasons_against_publishing

# Kept as they are, like the files of rows that are there: what the verbs write, and what readers know the row by.
UNTOUCHED = (*STANDING, "number", "slug", *WITHDRAWAL)


def restore_version(entry, snapshot, *, by, refresh=None, reasons=None):
    """Write the values of a snapshot into its row, as a new version. Raises Refused with every reason, and then nothing is written.

    `refresh(entry)` stores anew what follows from the rows below. `reasons` are what readers are told of it, {language: text}. A published entry stays published only if it could be.
    """
    try:
        with history.version(by=by, verb="restore-version", reasons=reasons), transaction.atomic():
            _restore(entry, snapshot, by)
            if refresh:
                refresh(entry)
            if hasattr(entry, "outdated_languages"):
                translations.refresh(entry)
            search.follow(entry)
            if getattr(entry, "state", "") == "published" and (against := reasons_against_publishing(entry)):
                raise Refused(against)
    except ValidationError as error:
        raise Refused(error.messages) from error
    except IntegrityError as error:
        raise Refused([gettext("Another row stands in the way: something that must be there once is there already.")]) from error


def _restore(entry, snapshot, by):
    if missing := _missing(snapshot):
        raise Refused(missing)
    entry._history_user = by
    texts = _texts_of(entry)
    _take(entry, snapshot)
    entry.full_clean()
    # Before the entry is saved: what its translations were made from is noted of the rows below too.
    for name, child in parts_of(type(entry)).items():
        _take_parts(child, {row.pk: row for row in getattr(entry, name).all()}, snapshot.parts[name], entry, by)
    if texts:
        _take_basis(entry, snapshot, texts)
    entry.save()
    _take_lists(entry, snapshot)


def _texts_of(entry):
    """{language: {path: (original, translation)}} of a row with translations, {} of any other."""
    if not hasattr(entry, "outdated_languages"):
        return {}
    passages, original = translations.passages_of(entry), entry.original_language
    return {lang: {one.path: (one.text(original), one.text(lang)) for one in passages if one.text(lang)} for lang in LANGS}


def _take_basis(entry, kept, before):
    """What its translations were made from; where a version noted nothing, nobody has reviewed what it changes."""
    now = _texts_of(entry)
    for lang in LANGS:
        if basis := getattr(kept.row, f"translation_basis_{lang}"):
            setattr(entry, f"translation_basis_{lang}", basis)
        elif entry.translation_mark(lang) == "reviewed" and now[lang] != before[lang]:
            setattr(entry, f"translation_{lang}", "machine")


def _take(row, kept):
    for field in kept_fields(type(row)):
        if field.name not in UNTOUCHED and not isinstance(field, models.FileField):
            setattr(row, field.attname, kept.value(field))


def _take_file(row, kept):
    """A row that is made anew has its file again, with what is told of it. Raises Refused where the file is gone."""
    for field in [f for f in kept.row.tracked_fields if isinstance(f, models.FileField) and kept.value(f)]:
        name = str(kept.value(field))
        if not field.storage.exists(name):
            raise Refused([gettext("The file %(name)s is not there any more.") % {"name": name}])
        setattr(row, field.attname, name)
        for told in ("checksum", "size", "pages"):
            setattr(row, told, getattr(kept.row, told))


def _take_lists(row, kept):
    for name, keys in kept.lists.items():
        now = set(getattr(row, name).values_list("pk", flat=True))
        if now != set(keys):
            getattr(row, name).set(keys)


def _take_parts(child, present, wanted, entry, by):
    """Rows that were not there go first, so that nothing stands in the way of those that were."""
    for key, row in present.items():
        if key not in wanted:
            row._history_user = by
            row.delete()
    for key, kept in wanted.items():
        row = present.get(key) or child(pk=key)
        setattr(row, owner_field(child).name, entry)
        if key in present and not _differs(row, kept):
            continue
        row._history_user = by
        _take(row, kept)
        if key not in present:
            _take_file(row, kept)
        row.full_clean(validate_unique=key in present)
        row.save()
        _take_lists(row, kept)


def _differs(row, kept):
    own = {name: set(getattr(row, name).values_list("pk", flat=True)) for name in kept.lists}
    values = any(getattr(row, field.attname) != kept.value(field) for field in kept_fields(type(row)))
    return values or any(own[name] != set(keys) for name, keys in kept.lists.items())


def _missing(snapshot):
    """A sentence for every row that the version leads to and that is not there any more."""
    found = []
    rows = [snapshot, *(kept for part in snapshot.parts.values() for kept in part.values())]
    for kept in rows:
        model = kept.row.instance_type
        keys = [(f, kept.value(f)) for f in kept_fields(model) if isinstance(f, models.ForeignKey)]
        keys += [(f, key) for f in lists_of(model) for key in kept.lists[f.name]]
        for field, key in keys:
            if key is not None and not field.related_model._base_manager.filter(pk=key).exists():
                found.append(_gone(model, field, key))
    return list(dict.fromkeys(found))


def _gone(model, field, key):
    """By the name that the deleted row had last."""
    other = field.related_model
    last = other.history.filter(id=key).order_by("-history_id").first() if hasattr(other, "history") else None
    name = name_of(last.instance) if last else str(key)
    what = label(model, field.name)
    return gettext("It leads to what has been deleted since: %(what)s, “%(name)s”.") % {"what": what, "name": name}
