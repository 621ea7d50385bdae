"""The files of a bundle: first one SQLite database, then every CSV file out of it, so that the two never differ.

A reference to what readers may not open is left out inside the database, before anything is written out of it.
"""

import csv
import datetime
import hashlib
import sqlite3
from decimal import Decimal

from record.csvfile import guarded, moment

SQL = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}


class Database:
    """A SQLite database of the tables that Table Schemas describe."""

    def __init__(self, path, schemas):
        self.schemas = schemas
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=OFF")
        self.connection.execute("PRAGMA synchronous=OFF")
        for name, schema in schemas.items():
            self.connection.execute(_create(name, schema))

    def add(self, name, rows):
        marks = ", ".join("?" * len(self.schemas[name]["fields"]))
        self.connection.execute("BEGIN")
        self.connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', ([_stored(value) for value in row] for row in rows))
        self.connection.execute("COMMIT")

    def leave_out_what_leads_nowhere(self):
        """References to rows that are not here: the reference is dropped, or the whole row that is nothing without it."""
        changed = True
        while changed:
            changed = sum(self._cut(name, schema, lead) for name, schema in self.schemas.items() for lead in schema["foreignKeys"])

    def _cut(self, name, schema, lead):
        (column,), (key,) = lead["fields"], lead["reference"]["fields"]
        target = lead["reference"]["resource"] or name
        nowhere = f'"{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{target}" t WHERE t."{key}" = "{name}"."{column}")'
        field = next(field for field in schema["fields"] if field["name"] == column)
        is_required = field.get("constraints", {}).get("required")
        change = f'DELETE FROM "{name}"' if is_required else f'UPDATE "{name}" SET "{column}" = NULL'
        return self.connection.execute(f"{change} WHERE {nowhere}").rowcount

    def write_to(self, path):
        """A copy without a trace of what was left out."""
        self.connection.execute("VACUUM INTO ?", [str(path)])

    def write_csv(self, name, path):
        """One table as CSV (RFC 4180, UTF-8), in the order of its key; returns how many rows."""
        schema = self.schemas[name]
        kinds = [field["type"] for field in schema["fields"]]
        order = ", ".join(f'"{column}"' for column in schema["primaryKey"])
        count = 0
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([field["name"] for field in schema["fields"]])
            for row in self.connection.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):
                writer.writerow([_cell(kind, value) for kind, value in zip(kinds, row, strict=True)])
                count += 1
        return count

    def close(self):
        self.connection.close()


def _create(name, schema):
    columns = [f'"{field["name"]}" {SQL.get(field["type"], "TEXT")}' for field in schema["fields"]]
    columns.append(f"PRIMARY KEY ({_names(schema['primaryKey'])})")
    for lead in schema["foreignKeys"]:
        target = lead["reference"]["resource"] or name
        columns.append(f'FOREIGN KEY ({_names(lead["fields"])}) REFERENCES "{target}" ({_names(lead["reference"]["fields"])})')
    return f'CREATE TABLE "{name}" ({", ".join(columns)}) WITHOUT ROWID'


def _names(columns):
    return ", ".join(f'"{column}"' for column in columns)


def _stored(value):
    if isinstance(value, datetime.datetime):
        return moment(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def _cell(kind, value):
    if value is None:
        return ""
    if kind == "boolean":
        return "true" if value else "false"
    return guarded(value) if kind == "string" else str(value)


def digest(path):
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
