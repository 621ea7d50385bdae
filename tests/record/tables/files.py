"""Broken and hostile tables, each with words of the sentence that must refuse it."""

import io
import zipfile

from openpyxl import Workbook


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def formula():
    out, book = io.BytesIO(), Workbook()
    book.active.append(["slug", "name_en"])
    book.active.append(["water", "=1+1"])
    book.save(out)
    return out.getvalue()


BILLION = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'

HOSTILE = {
    "empty": ("t.csv", b"", "empty"),
    "too large": ("t.csv", b"slug\n" + b"a" * 20_000_001, "larger than 20 MB"),
    "other ending": ("t.exe", b"slug\n", ".csv or .xlsx"),
    "web page": ("t.csv", b"<!doctype html><p>no", "web page"),
    "other encoding": ("t.csv", "slug,name_en\nv,Müller\n".encode("cp1252"), "Line 2"),
    "utf-16": ("t.csv", "slug,name_en\n".encode("utf-16"), "UTF-8"),
    "nul": ("t.csv", b"slug,name_en\nv,a\0b\n", "Line 2 holds a NUL"),
    "ragged": ("t.csv", b"slug,name_en\nv,a\nw,b,c\n", "Row 3 has 3 cells"),
    "short": ("t.csv", b"slug,name_en\nv\n", "Row 2 has 1 cells"),
    "doubled header": ("t.csv", b"slug,slug\nv,a\n", "“slug” stands in the first row twice"),
    "nameless column": ("t.csv", b"slug,,name_en\nv,a,b\n", "Column 2 has no name"),
    "unknown column": ("t.csv", b"slug,state\nv,published\n", "“state” is none of this kind"),
    "open quote": ("t.csv", b'slug,name_en\nv,"a\n', "cannot be read as CSV"),
    "million rows": ("t.csv", b"slug\n" + b"a\n" * 1_000_000, "more than 5000 rows"),
    "no archive": ("t.xlsx", b"PK\x03\x04 nothing", "cannot be read as XLSX"),
    "csv as xlsx": ("t.xlsx", b"slug,name_en\n", "cannot be read as XLSX"),
    "xlsx as csv": ("t.csv", archive(a="b"), "UTF-8"),
    "zip bomb": ("t.xlsx", archive(xl__worksheets__sheet1=b"0" * 41_000_000), "Unpacked"),
    "entities": ("t.xlsx", archive(**{"xl__workbook.xml": BILLION}), "entities"),
    "million rows, XLSX": (
        "t.xlsx",
        archive(**{"xl__worksheets__sheet1.xml": b"<a>" + b"<row><c/></row>" * 1_000_000}),
        "more than 5000 rows",
    ),
    "other archive": ("t.xlsx", archive(readme="hello"), "cannot be read as XLSX"),
    "formula": ("t.xlsx", formula(), "Row 2, column 2 holds a formula"),
}
