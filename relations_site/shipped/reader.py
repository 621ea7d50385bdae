"""Reads `content/` and checks all of it: every fault is named by file, entry and field before anything is written."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal

import yaml
from django.conf import settings
from django.core.exceptions import ValidationError

from relations_site.shipped.shapes import SHAPES, Shape


class ExactLoader(yaml.CSafeLoader):
    """YAML whose numbers keep the digits that the file shows, and whose dates stay text until a field reads them."""


ExactLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(node.value))
ExactLoader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


def _mapping_without_doubles(loader, node):
    names = [key.value for key, _value in node.value]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise yaml.constructor.ConstructorError(None, None, f"{', '.join(sorted(doubled))} stands twice in one row", node.start_mark)
    return loader.construct_mapping(node, deep=True)


ExactLoader.add_constructor("tag:yaml.org,2002:map", _mapping_without_doubles)

STATES = {None, "draft", "published"}

LANGS = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Fault:
    """Something wrong in the files, where an editor can find it."""

    file: str
    entry: str
    field: str
    reason: str

    def __str__(self):
        return f"{self.file}: {self.entry}: {self.field}: {self.reason}"


@dataclass
class Row:
    """One row of a file: its shape's name, its key, what it says, and where it stands."""

    shape: str
    key: str
    data: dict
    file: str


class Content:
    """Everything in the folder, by shape, in the order of the files."""

    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.rows = {name: self._read(name) for name in SHAPES}
        self.known = {name: {row.key for row in rows} for name, rows in self.rows.items()}
        offices = [office for row in self.rows["people"] for office in row.data.get("offices") or []]
        self.known["offices"] = {str(office.get("key")) for office in offices}

    def check(self):
        """All faults: unreadable files, doubled keys, unknown names, wrong values, references that lead nowhere."""
        for name, rows in self.rows.items():
            for key in {SHAPES[name].key, "slug"} & SHAPES[name].allowed:
                self._check_unique(rows, key)
            for row in rows:
                self._check_key(row)
                self._check_row(row, SHAPES[name], row.data, "")
        return self.faults

    def _check_unique(self, rows, key):
        seen = set()
        for row in rows:
            value = str(row.data.get(key))
            if value in seen:
                self._fault(row, key, f"“{value}” stands in the files twice")
            seen.add(value)

    def _check_key(self, row):
        shape = SHAPES[row.shape]
        if shape.key == "number" and not re.fullmatch(rf"{shape.model.LETTER}[1-9]\d{{0,8}}", row.key):
            self._fault(row, "number", f"“{row.key}” is not {shape.model.LETTER} and a number")
        if row.data.get("state") not in STATES:
            self._fault(row, "state", f"“{row.data['state']}” is none: write draft, or nothing for published")

    def _fault(self, row, field, reason):
        self.faults.append(Fault(row.file, row.key, field, reason))

    def _read(self, name):
        paths = sorted(
            p for ending in ("yaml", "csv") for p in [*self.folder.glob(f"{name}.{ending}"), *self.folder.glob(f"{name}/*.{ending}")]
        )
        return [row for path in paths for row in self._rows_of(name, path)]

    def _rows_of(self, name, path):
        file = str(path.relative_to(self.folder))
        try:
            text = path.read_text(encoding="utf-8")
            found = _from_csv(text) if path.suffix == ".csv" else yaml.load(text, Loader=ExactLoader) or []
        except (UnicodeDecodeError, yaml.YAMLError, csv.Error) as error:
            self.faults.append(Fault(file, "–", "–", f"cannot be read: {error}"))
            return []
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self.faults.append(Fault(file, "–", "–", "must be a list of rows"))
            return []
        shape = SHAPES[name]
        return [Row(name, _key(shape, row), row, file) for row in found]

    def _check_row(self, row, shape, data, prefix):
        if not isinstance(data, dict):
            self._fault(row, prefix.rstrip(": "), f"“{str(data)[:40]}” must be a row with named fields")
            return
        if self._has_wrong_lists(row, shape, data, prefix):
            return
        for name in sorted(set(data) - shape.allowed):
            self._fault(row, prefix + str(name), "is not a field of this kind")
        for name in shape.required:
            if data.get(name) in (None, "", []):
                self._fault(row, prefix + name, "is missing")
        for name in shape.texts:
            self._check_text(row, shape, prefix, name, data.get(name))
        for name in shape.fields:
            if name in data:
                self._check_value(row, shape, prefix, name, data[name])
        self._check_references(row, shape, data, prefix)
        for name, child in shape.children.items():
            for number, inner in enumerate(data.get(name) or [], start=1):
                self._check_row(row, child, inner, f"{prefix}{name} {number}: ")

    def _has_wrong_lists(self, row, shape, data, prefix):
        """Whether something that must be a list is none; each is named."""
        lists = {*shape.lists, *shape.children} | ({"sources"} if hasattr(shape.model, "citations") else set())
        wrong = [name for name in sorted(lists) if not isinstance(data.get(name) or [], list)]
        for name in wrong:
            self._fault(row, prefix + name, "must be a list")
        return wrong

    def _check_text(self, row, shape, prefix, name, text):
        if text is None:
            return
        if not isinstance(text, dict) or set(text) - set(LANGS):
            self._fault(row, prefix + name, f"must hold texts by language ({', '.join(LANGS)})")
            return
        for lang, words in text.items():
            if not isinstance(words, str) or not words.strip():
                self._fault(row, f"{prefix}{name}.{lang}", "is empty")
            else:
                self._check_value(row, shape, prefix, f"{name}_{lang}", words)

    def _check_value(self, row, shape, prefix, name, value):
        field = shape.model._meta.get_field(name)
        if value in (None, ""):
            return
        if "\0" in str(value):
            self._fault(row, prefix + name, "holds a NUL character")
            return
        try:
            field.clean(value, None)
        except ValidationError as error:
            self._fault(row, prefix + name, " ".join(error.messages))

    def _check_references(self, row, shape, data, prefix):
        wanted = [(name, target, data.get(name)) for name, target in shape.refs.items()]
        wanted += [(name, target, key) for name, target in shape.lists.items() for key in data.get(name) or []]
        if hasattr(shape.model, "citations"):
            self._check_citations(row, shape, data, prefix)
            wanted += [("sources", "sources", source_of(citation)) for citation in data.get("sources") or []]
        for name, target, key in wanted:
            if key is not None and str(key) not in self.known[target]:
                self._fault(row, prefix + name, f"“{key}” is not among the {target}")

    def _check_citations(self, row, shape, data, prefix):
        cited = shape.model._meta.get_field("citations").related_model
        citation_shape = Shape(cited, "source", fields=("statement", "locator", "quotation"), required=("source",))
        for number, citation in enumerate(data.get("sources") or [], start=1):
            if isinstance(citation, dict):
                self._check_row(row, citation_shape, citation, f"{prefix}sources {number}: ")


def source_of(citation):
    """A citation is a source's number alone, or a mapping with what it supports."""
    return citation.get("source") if isinstance(citation, dict) else citation


def _key(shape, row):
    return str(row.get(shape.key, "?"))


def _from_csv(text):
    """Rows of a table: `name_en` … are gathered into texts, lists are separated by spaces, empty cells left out."""
    rows = []
    for line in csv.DictReader(text.splitlines()):
        row = {}
        for name, cell in line.items():
            if name is None or cell in (None, ""):
                continue
            stem, _, lang = name.rpartition("_")
            if stem and lang in LANGS:
                row.setdefault(stem, {})[lang] = cell
            elif name in ("sources", "disagreements"):
                row[name] = cell.split()
            else:
                row[name] = cell
        rows.append(row)
    return rows
