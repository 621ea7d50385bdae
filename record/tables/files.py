"""CSV and XLSX as rows of texts: broken and hostile files are refused with a sentence that names the row and the column."""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from record.csvfile import MARK, cell, guarded, unguarded

LARGEST_MB = 20
LARGEST = LARGEST_MB * 1_000_000
# What a compressed file may hold when it is unpacked: well above the largest table that is taken, well below what hurts.
LARGEST_UNPACKED_MB = 40
MOST_ROWS = 5_000
MOST_COLUMNS = 200
LONGEST_CELL = 100_000
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Unreadable(Exception):
    """A file that is no table, or one that is refused; the message is a sentence for the editor."""


@dataclass(frozen=True)
class Table:
    """The names of the columns, and the rows: (line in the file, {name: text})."""

    names: list
    rows: list


def read(name, data):
    """A file's table, its cells as texts: days as 2026-01-31, truth as true or false. Raises Unreadable."""
    refuse_size(len(data))
    if name.lower().endswith(".xlsx"):
        return _table(_xlsx_lines(data))
    if name.lower().endswith(".csv"):
        return _table(_csv_lines(data))
    raise Unreadable(_("Only files named .csv or .xlsx are read here."))


def refuse_size(size):
    """Refuse an empty file and one that is too large, before it is read. Raises Unreadable."""
    if not size:
        raise Unreadable(_("The file is empty."))
    if size > LARGEST:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": LARGEST_MB})


def text_of(data):
    """The text of a file written as UTF-8. Raises Unreadable, naming the line."""
    if data[:2] in (b"PK", b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(_("This is not a text in UTF-8: save it as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(_("Line %(line)s is not written in UTF-8: save the file as “CSV UTF-8”.") % {"line": line}) from error
    if "\0" in text:
        raise Unreadable(_("Line %(line)s holds a NUL character.") % {"line": text.count("\n", 0, text.index("\0")) + 1})
    if text.lstrip()[:1] == "<":
        raise Unreadable(_("This is a web page or another kind of markup, not a table."))
    return text


def _csv_lines(data):
    text = text_of(data)
    csv.field_size_limit(LARGEST)
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [unguarded(value).replace("\r\n", "\n") for value in cells]
    except csv.Error as error:
        raise Unreadable(_("Line %(line)s cannot be read as CSV.") % {"line": reader.line_num}) from error


def _xlsx_lines(data):
    # Loaded with the first table: five megabytes in each process that readers have no use for.
    import openpyxl

    _refuse_hostile_archive(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
        for line, cells in enumerate(book.worksheets[0].iter_rows(), start=1):
            yield line, [_xlsx_text(line, number, found) for number, found in enumerate(cells, start=1)]
    except Unreadable:
        raise
    except (
        openpyxl.utils.exceptions.InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        SyntaxError,
        OSError,
        AttributeError,
    ) as e:
        raise Unreadable(_("The file cannot be read as XLSX.")) from e


def _refuse_hostile_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED_MB * 1_000_000:
                raise Unreadable(_("Unpacked, the file is larger than %(limit)s MB.") % {"limit": LARGEST_UNPACKED_MB})
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_part(archive.read(member))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(_("The file cannot be read as XLSX.")) from error


def _refuse_part(xml):
    """Rows are counted before they are read: to walk through a million of them takes seconds."""
    refuse_declarations(xml)
    # Spreadsheets keep rows that only have a colour: some more than are taken may stand there.
    if sum(1 for _found in _ROW.finditer(xml)) > 2 * MOST_ROWS:
        raise Unreadable(_("The file has more than %(limit)s rows: hand it in in parts.") % {"limit": MOST_ROWS})


def refuse_declarations(xml):
    """Refuse XML that declares a type or entities, or is not in UTF-8: nobody needs it, and it can hurt. Raises Unreadable."""
    head = xml[:200].lower()
    foreign = b"encoding=" in head and b"utf-8" not in head and b"ascii" not in head
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in xml[:4] or foreign:
        raise Unreadable(_("This file is not written in UTF-8."))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable(_("The file declares a document type or entities. Such files are refused."))


def _xlsx_text(line, number, found):
    value = found.value
    if getattr(found, "data_type", "") == "f":
        values = {"line": line, "column": number}
        raise Unreadable(_("Row %(line)s, column %(column)s holds a formula: store its value instead.") % values)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unguarded(value) if isinstance(value, str) else cell(value)
    return text.replace("\r\n", "\n")


def _table(lines):
    _line, header = next(lines, (0, []))
    names = _names([name.strip() for name in header])
    rows = []
    for line, cells in lines:
        if not any(value.strip() for value in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise Unreadable(_("The file has more than %(limit)s rows: hand it in in parts.") % {"limit": MOST_ROWS})
        rows.append((line, _row(line, names, cells)))
    return Table(names, rows)


def _names(names):
    while names and not names[-1]:
        names.pop()
    if not names:
        raise Unreadable(_("The first row must name the columns."))
    if len(names) > MOST_COLUMNS:
        raise Unreadable(_("The file has more than %(limit)s columns.") % {"limit": MOST_COLUMNS})
    for number, name in enumerate(names, start=1):
        if not name:
            raise Unreadable(_("Column %(column)s has no name in the first row.") % {"column": number})
        if name in names[: number - 1]:
            raise Unreadable(_("The column “%(name)s” stands in the first row twice.") % {"name": name[:60]})
    return names


def _row(line, names, cells):
    spare = [value for value in cells[len(names) :] if value.strip()]
    if spare or len(cells) < len(names):
        values = {"line": line, "cells": len(cells), "columns": len(names)}
        raise Unreadable(_("Row %(line)s has %(cells)s cells where the first row names %(columns)s columns.") % values)
    row = dict(zip(names, cells, strict=False))
    for name, value in row.items():
        if len(value) > LONGEST_CELL or "\0" in value:
            values = {"line": line, "column": name[:60]}
            raise Unreadable(_("Row %(line)s, column “%(column)s” holds a text that is too long, or a NUL character.") % values)
    return row


def as_csv(names, rows):
    """The bytes of a CSV file; `rows` are {name: value}."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return (MARK + out.getvalue()).encode()


def as_xlsx(names, rows):
    """The bytes of an XLSX file: numbers as numbers, everything else as text that no spreadsheet takes for a formula."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("record")
    sheet.freeze_panes = "B2"
    sheet.append(names)
    for row in rows:
        sheet.append([_xlsx_cell(row[name]) for name in names])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(value):
    if value is None or value == "":
        return None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    return guarded(value) if isinstance(value, str) else cell(value)
