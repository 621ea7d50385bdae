"""Seeded databases of any size for the benchmarks: the shipped record, and copies of its entries with days, kinds, topics, places,
people, parties and sources of their own.

Nothing is invented: texts in four languages, names and sources are those of the record. One in twenty rows is no public one, so that a list
that shows a draft shows it here. SQLite databases are kept in var/scale/ for the next run.
"""

import datetime
import os
import random
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
FOLDER = HERE / "var" / "scale"
# Raised whenever the same size would hold other rows.
EDITION = 3
BATCH = 5_000
# Of a hundred entries: how many are events, agreements, initiatives.
SHARES = {"E": 70, "A": 20, "I": 10}
STATES = ["published"] * 95 + ["draft", "draft", "in-review", "withdrawn", "scheduled"]


def database(entries):
    """The DATABASE_URL of a database of so many entries; it is made if it is not there yet."""
    path = FOLDER / f"{entries}-{EDITION}.sqlite3"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        for ending in ("", "-wal", "-shm"):
            Path(f"{unfinished}{ending}").unlink(missing_ok=True)
        if entries:
            # The shipped record is loaded by its own rules, once for all sizes.
            database(0)
            shutil.copyfile(FOLDER / f"0-{EDITION}.sqlite3", unfinished)
        run(f"sqlite:///{unfinished}", entries)
        unfinished.rename(path)
    return f"sqlite:///{path}"


def run(url, entries):
    """Fill in a process of its own: what filling leaves behind in memory is nobody else's."""
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "relations_site.settings"}
    subprocess.run([sys.executable, __file__, str(entries)], env=env, check=True, cwd=HERE)


def progress(done, whole, what):
    """A bar on a terminal; in a file a line at the end."""
    if sys.stderr.isatty() or done >= whole:
        filled = 30 * done // max(1, whole)
        end = "\n" if done >= whole else ""
        print(f"\r{what:12} [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {whole:,}", end=end, file=sys.stderr, flush=True)


class Table:
    """Rows of one model on their way into the database, in batches and past the model: nobody's `save` could take so many."""

    def __init__(self, model):
        from django.db import connection

        self.model, self.rows = model, []
        self.fields = list(model._meta.concrete_fields)
        quote = connection.ops.quote_name
        names = ", ".join(quote(f.column) for f in self.fields)
        self.sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(self.fields))})"
        self.blank = {f.attname: f.get_db_prep_save(f.get_default(), connection) for f in self.fields}
        self.keys = count((model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1)

    def add(self, **row):
        """A row of stored values; its key."""
        from django.db import connection

        key = next(self.keys)
        values = self.blank | row | {self.model._meta.pk.attname: key}
        self.rows.append([stored(connection, values[f.attname]) for f in self.fields])
        if len(self.rows) >= BATCH:
            self.flush()
        return key

    def flush(self):
        from django.db import connection

        if self.rows:
            with connection.cursor() as cursor:
                cursor.executemany(self.sql, self.rows)
            self.rows = []


def stored(connection, value):
    """A value as the database keeps it."""
    if isinstance(value, datetime.datetime):
        return _moment(value)
    return value.isoformat() if isinstance(value, datetime.date) else value


@lru_cache(10_000)
def _moment(value):
    from django.db import connection

    return connection.ops.adapt_datetimefield_value(value)


@contextmanager
def in_bulk(connection):
    """SQLite without a journal, and with indexes made when all rows are there: a file that breaks off is thrown away.

    Nothing can be rolled back within, so this is for whole files and never for a transaction of somebody else.
    """
    if connection.vendor != "sqlite":
        yield
        return
    if connection.in_atomic_block:
        raise RuntimeError("Without a journal no transaction could be rolled back.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = OFF")
        cursor.execute("PRAGMA cache_size = -2000000")
        # Without indexes every owner that comes after what belongs to it would be looked for in whole tables.
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' OR name = 'record_searchentry_added'"
        )
        later = cursor.fetchall()
        for kind, name, _sql in later:
            cursor.execute(f'DROP {kind} "{name}"')
    yield
    with connection.cursor() as cursor:
        for at, (_kind, _name, sql) in enumerate(later, start=1):
            cursor.execute(sql)
            progress(at, len(later), "indexes")
        cursor.execute("INSERT INTO record_searchindex(record_searchindex) VALUES ('rebuild')")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("ANALYZE")
        cursor.execute("PRAGMA journal_mode = WAL")


class Filler:
    """Copies of the shipped entries, one after the other; the same for the same number."""

    def __init__(self, entries):
        from cooperation import models as cooperation
        from events import models as events
        from record import models as record

        self.entries, self.chance, self.now = entries, random.Random(20), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        self.models = {"E": events.Event, "A": cooperation.Agreement, "I": cooperation.Initiative}
        self.tables = {}
        self.keys = {model: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in (
            record.Topic, record.Place, record.Person, record.Organisation, record.Source)}  # fmt: skip
        self.record, self.events, self.cooperation = record, events, cooperation
        self.sides = dict(record.Source.objects.values_list("pk", "side"))
        # Texts as they are shipped, and as the search reads them.
        self.shipped = {letter: self.rows(model) for letter, model in self.models.items()}
        indexed = record.SearchEntry.objects.filter(letter__in=self.models).values()
        self.searched = {(row["letter"], row["object_id"]): row for row in indexed}
        self.made = {letter: [] for letter in self.models}

    @staticmethod
    def rows(model):
        """The public rows as they are stored: named one by one, or the texts of single languages stay out."""
        found = list(model.objects.public().order_by("pk").values(*(field.attname for field in model._meta.concrete_fields)))
        assert all(row[f"title_{row['original_language']}"] for row in found)
        return found

    def table(self, model):
        if model not in self.tables:
            self.tables[model] = Table(model)
        return self.tables[model]

    def some(self, model, most):
        """A few rows of a reference table, some of them far more often than others."""
        keys = self.keys[model]
        return {keys[min(int(self.chance.expovariate(6 / len(keys))), len(keys) - 1)] for _ in range(self.chance.randint(1, most))}

    def one(self, model):
        return next(iter(self.some(model, 1)))

    def date(self):
        """(EDTF, first day, last day): mostly a day, sometimes a month, a year, or nothing; more of them of late."""
        day = datetime.date(2026, 11, 1) - datetime.timedelta(days=int(12_700 * self.chance.random() ** 1.6))
        how = self.chance.random()
        if how < 0.84:
            return day.isoformat(), day, day
        if how < 0.95:
            after = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
            return f"{day:%Y-%m}", day.replace(day=1), after - datetime.timedelta(days=1)
        return (f"{day:%Y}", datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31)) if how < 0.99 else ("", None, None)

    def fill(self):
        from django.db import connection, transaction

        start = {letter: 1 + self.record.NumberSeries.last_of(letter) for letter in self.models}
        letters = [letter for letter, share in SHARES.items() for _ in range(share)]
        self.chance.shuffle(letters)
        with transaction.atomic():
            for n in range(self.entries):
                letter = letters[n % 100]
                self.entry(letter, start[letter])
                start[letter] += 1
                if n % BATCH == 0:
                    progress(n, self.entries, "entries")
            # Owners before what belongs to them, as they were added: PostgreSQL checks keys at the end.
            for table in self.tables.values():
                table.flush()
            for letter, following in start.items():
                self.record.NumberSeries.reserve(letter, following - 1)
            self.restart(connection)
        progress(self.entries, self.entries, "entries")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def restart(self, connection):
        """Tell PostgreSQL which keys are taken."""
        from django.core.management.color import no_style

        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(self.tables)):
                cursor.execute(sql)

    def entry(self, letter, number):
        model, chance = self.models[letter], self.chance
        shipped = chance.choice(self.shipped[letter])
        said, first, last = self.date()
        state = chance.choice(STATES)
        since = self.now - datetime.timedelta(days=chance.randint(1, 2000))
        sources = self.some(self.record.Source, 3)
        own = self.OWN[letter](self)
        row = shipped | own | {
            "number": number, "slug": f"{model._meta.model_name}-{number}", "date": said, "date_from": first, "date_to": last,
            "sort_day": first or datetime.date.min, "version": 1, "created_at": since, "modified_at": since, **self.state(state, since),
            **self.confirmed(sources),
        }  # fmt: skip
        key = self.table(model).add(**row)
        self.made[letter].append(key)
        self.below(letter, key, sources, said, first, last, row)
        if row["state"] == "published":
            found = self.searched[letter, shipped["id"]]
            self.table(self.record.SearchEntry).add(**found | {
                "object_id": key, "number": number, "since": row["publish_at"], "first": first, "last": last,
                "day": first or datetime.date.min, "changed_at": since,
            })  # fmt: skip

    def state(self, state, since):
        if state == "scheduled":
            return {"state": "published", "publish_at": self.now + datetime.timedelta(days=3650), "withdrawn_at": None}
        seen = state in ("published", "withdrawn")
        gone = since if state == "withdrawn" else None
        return {"state": state, "publish_at": since if seen else None, "withdrawn_at": gone}

    def confirmed(self, sources):
        from record.confirmation import confirmation_of

        return {name: str(value) for name, value in confirmation_of(self.sides[source] for source in sources).items()}

    def event(self):
        Event, chance = self.events.Event, self.chance
        place = self.one(self.record.Place) if chance.random() < 0.9 else None
        return {
            "kind": chance.choice(Event.Kind.values), "level": chance.choice(Event.Level.values), "host": chance.choice(Event.Host.values),
            "place_id": place, "part_of_id": None, "series_id": None, "ordinal": None,
        }  # fmt: skip

    def agreement(self):
        chance, Agreement = self.chance, self.cooperation.Agreement
        met = chance.choice(self.made["E"]) if self.made["E"] and chance.random() < 0.4 else None
        return {
            "form": chance.choice(Agreement.Form.values[:-1]), "binding": chance.choice(Agreement.Binding.values),
            "level": chance.choice(Agreement.Level.values), "signed_at_id": met, "package_id": None, "documents": None, "duration": "",
            "stated_end": "", "stated_end_from": None, "stated_end_to": None, "renewal": "unknown", "renewal_period": "",
            "notice_period": "", "entry_into_force": "unknown", "entry_into_force_clause": "",
        }  # fmt: skip

    def initiative(self):
        chance, Initiative = self.chance, self.cooperation.Initiative
        country = chance.choice(("", "uz", "az"))
        return {
            "kind": chance.choice(Initiative.Kind.values), "status": chance.choice(Initiative.Status.values),
            "place_id": self.one(self.record.Place), "built_by": chance.choice(("", "uz", "az")), "stands_in": country,
        }  # fmt: skip

    OWN = {"E": event, "A": agreement, "I": initiative}

    def below(self, letter, key, sources, said, first, last, row):
        """What belongs to an entry."""
        model, name = self.models[letter], self.models[letter]._meta.model_name
        for topic in self.some(self.record.Topic, 3):
            self.table(model.topics.through).add(**{f"{name}_id": key, "topic_id": topic})
        cited = model.citations.rel.related_model
        for position, source in enumerate(sorted(sources)):
            self.table(cited).add(**{f"{name}_id": key, "source_id": source, "position": position})
        {"E": self.below_event, "A": self.below_agreement, "I": self.below_initiative}[letter](key, said, first, last, row)

    def below_event(self, key, said, first, last, row):
        people = self.table(self.events.Participant)
        for position, person in enumerate(sorted(self.some(self.record.Person, 4))):
            people.add(event_id=key, person_id=person, position=position)
        for organisation in sorted(self.some(self.record.Organisation, 2)):
            people.add(event_id=key, organisation_id=organisation, position=9)

    def below_agreement(self, key, said, first, last, row):
        own = self.cooperation
        for position, country in enumerate(("uz", "az")):
            self.table(own.Party).add(agreement_id=key, country=country, position=position)
        if self.chance.random() < 0.3:
            self.table(own.Party).add(agreement_id=key, organisation_id=self.one(self.record.Organisation), position=2)
        self.table(own.Signatory).add(agreement_id=key, person_id=self.one(self.record.Person))
        steps = [("signed", said, first, last)]
        if said and row["binding"] != "no" and self.chance.random() < 0.6:
            later = last + datetime.timedelta(days=self.chance.randint(30, 900))
            steps.append(("entered-into-force", later.isoformat(), later, later))
        for kind, date, begin, end in steps:
            place = self.one(self.record.Place) if kind == "signed" else None
            self.table(own.AgreementAction).add(
                agreement_id=key, kind=kind, side="joint", date=date, date_from=begin, date_to=end, place_id=place
            )
        for begin, end, now in self.phases(steps, row["binding"]):
            self.table(own.AgreementPhase).add(agreement_id=key, status=str(now.status), since=now.since or "", first=begin, last=end)

    def phases(self, steps, binding):
        from cooperation import status

        actions = [
            status.Action(kind=kind, side="joint", day=end, date=date, key=n, first=begin)
            for n, (kind, date, begin, end) in enumerate(steps)
        ]
        return status.phases(actions, binding=binding)

    def below_initiative(self, key, said, first, last, row):
        own = self.cooperation
        self.table(own.Partner).add(initiative_id=key, organisation_id=self.one(self.record.Organisation))
        if self.made["A"] and self.chance.random() < 0.5:
            self.table(own.Initiative.agreements.through).add(initiative_id=key, agreement_id=self.chance.choice(self.made["A"]))
        if self.made["E"] and self.chance.random() < 0.3:
            self.table(own.Initiative.events.through).add(initiative_id=key, event_id=self.chance.choice(self.made["E"]))


def fill(entries):
    """Migrate the database of the settings, load the shipped record unless it is there, and add so many entries."""
    from django.core.management import call_command
    from django.db import connection

    from events.models import Event

    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        call_command("load_record", verbosity=0)
    if entries:
        with in_bulk(connection):
            Filler(entries).fill()


if __name__ == "__main__":
    import django

    django.setup()
    fill(int(sys.argv[1]))
