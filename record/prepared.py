"""Questions that are put together once and asked again and again, for other keys and at other moments.

Django writes a statement anew each time it is asked. For rows of sixty columns, as a record in four languages has them, that takes ten
times as long as the database takes to answer.
"""

import datetime
import json
from functools import cached_property, partial

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import get_related_populators, normalize_prefetch_lookups
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language

from record import answers
from record.lookups import KEY, KEYS

# Stands for the moment at which a prepared question is asked: `public(MOMENT)`.
MOMENT = datetime.datetime(9998, 12, 31, 12, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)


class CannotBePrepared(ValueError):
    """A question that would give other rows, or less of them, than its queryset."""


class TimeStandsStill(CannotBePrepared):
    """A question that holds the day or the moment at which it was put together, and would ask of it ever after; or, below the rows that
    are asked for, where Django asks, one that holds `MOMENT`, by which everything scheduled is public."""


class Prepared:
    """A question for values that is put together once and asked for one batch of keys after another: those that stand for `KEYS` in it.

    `values` are what `values_list()` takes; without any, those of the queryset itself.
    """

    def __init__(self, queryset, *values):
        # A queryset of a translated model may put its values in another order.
        plain = QuerySet(queryset.model, query=queryset.query, using=queryset.db)
        plain = plain.values_list(*values) if values else plain
        self._using, compiler = plain.db, plain.query.get_compiler(plain.db)
        self._moment = answers.stored(MOMENT)
        try:
            self._sql, self._parameters = compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._parameters = "", ()
            return
        # What the compiler found out; itself it is as long as hundreds of columns are.
        self._converters = list(compiler.get_converters([expression for expression, *_ in compiler.select]).items())
        self._reading = None if values else _reading(compiler, self._using)

    @property
    def parameters(self):
        """What is put into the statement, as it was put together."""
        return self._parameters

    def rows(self, keys):
        """The rows of these keys, as the database gives them."""
        if not self._sql:
            return []
        connection = connections[self._using]
        own = json.dumps(keys) if connection.vendor == "sqlite" else keys
        parameters = [own if value is KEYS else keys[0] if value is KEY else self._now(value) for value in self._parameters]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            return cursor.fetchall()

    def _now(self, value):
        return answers.stored(answers.moment()) if value == self._moment else value

    def columns(self, keys):
        """The same as columns, in the order of the values, each as its field reads it; [] if there is no row."""
        found = list(zip(*self.rows(keys), strict=True))
        connection = connections[self._using]
        for at, (converters, expression) in self._converters if found else ():
            for convert in converters:
                found[at] = [convert(value, expression, connection) for value in found[at]]
        return found

    def objects(self, keys):
        """The same rows as instances of their model, with what `select_related` names."""
        rows, found = self.rows(keys), []
        if not rows:
            return found
        model, names, first, last, others = self._reading
        connection = connections[self._using]
        for row in map(list, rows):
            for at, (converters, expression) in self._converters:
                for convert in converters:
                    row[at] = convert(row[at], expression, connection)
            instance = model.from_db(self._using, names, row[first:last])
            for other in others:
                other.populate(row, instance)
            found.append(instance)
        return found


def _reading(compiler, using):
    """How a row becomes an instance: what Django's own iterator over a queryset finds out each time, found out once."""
    select, models = compiler.select, compiler.klass_info
    if models is None:
        return None
    first, last = models["select_fields"][0], models["select_fields"][-1] + 1
    names = [expression.target.attname for expression, *_ in select[first:last]]
    return models["model"], names, first, last, get_related_populators(models, select, using)


class Question:
    """A question for instances that lasts as long as the process: `make()` says it as a queryset, once for each language, since the order
    of names is that of the reader. `KEY` stands in it for the key, `MOMENT` for the present. What `prefetch_related` names is read too.
    """

    def __init__(self, make):
        self._make, self._prepared = make, {}

    def objects(self, key):
        """The instances of a key."""
        question, lookups = self._in_language()
        found = question.objects([key])
        if found and lookups:
            prefetch_related_objects(found, *lookups)
        return found

    def _in_language(self):
        lang = get_language()
        if lang not in self._prepared:
            queryset = self._make()
            if queryset.query.annotations:
                raise CannotBePrepared(f"{queryset.model.__name__}: annotations would be lost.")
            question = Prepared(queryset)
            if held := [value for value in question.parameters if _is_of_these_days(value)]:
                raise TimeStandsStill(f"{queryset.model.__name__}: {held}")
            _refuse_time_below(queryset)
            self._prepared[lang] = question, queryset._prefetch_related_lookups
        return self._prepared[lang]


def _refuse_time_below(queryset):
    for lookup in normalize_prefetch_lookups(queryset._prefetch_related_lookups):
        if lookup.queryset is not None:
            _sql, parameters = lookup.queryset.query.sql_with_params()
            if held := [value for value in parameters if value == answers.stored(MOMENT) or _is_of_these_days(value)]:
                raise TimeStandsStill(f"{lookup.prefetch_to}: {held}")
            _refuse_time_below(lookup.queryset)


def _is_of_these_days(value):
    """Whether a parameter is the present day or moment, give or take what time zones do."""
    try:
        day = parse_date(str(value)[:10])
    except ValueError:
        return False
    return day is not None and abs(day - timezone.now().date()) <= A_DAY


class Whole:
    """An instance with all that its page shows. `make()` is its queryset, in which `KEY` stands for what it is known by; each relation that
    is named there by `prefetch_related` is a question of its own, in the order in which the queryset of its `Prefetch` puts it."""

    def __init__(self, make):
        self._make = make
        self._own = Question(lambda: make().prefetch_related(None))

    @cached_property
    def _below(self):
        """(name, field, question) of each relation."""
        queryset = self._make()
        names = [lookup.prefetch_to for lookup in normalize_prefetch_lookups(queryset._prefetch_related_lookups)]
        return [(name, queryset.model._meta.get_field(name), Question(partial(self._rows_below, name))) for name in names]

    def _rows_below(self, name):
        queryset = self._make()
        lookups = {lookup.prefetch_to: lookup for lookup in normalize_prefetch_lookups(queryset._prefetch_related_lookups)}
        field, rows = queryset.model._meta.get_field(name), lookups[name].queryset
        rows = field.related_model._default_manager.all() if rows is None else rows
        if field.auto_created:
            back = field.remote_field.name
        else:
            back = field.name if field.remote_field.symmetrical else field.related_query_name()
        return rows.filter(**{f"{back}__pk__among": KEY})

    def of(self, known_by):
        """The instance, or None."""
        (found,) = self._own.objects(known_by) or [None]
        for name, field, question in self._below if found else ():
            rows = question.objects(found.pk)
            for row in rows if field.one_to_many else ():
                field.remote_field.set_cached_value(row, found)
            hold(found, name, rows)
        return found


def hold(instance, name, rows, *, only=False):
    """Rows as what a relation of an instance holds, where Django keeps what it has prefetched. Whoever asks for more than all of them asks
    the database, or finds nothing beside them where they are the `only` ones."""
    held = getattr(instance, name).get_queryset()
    held = held.none() if only else held
    held._result_cache, held._prefetch_done = rows, True
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held
