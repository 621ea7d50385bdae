"""The rules of the house that a machine can check."""

import ast
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings

pytestmark = pytest.mark.one_engine

BASE = Path(settings.BASE_DIR)
FLOORS = ["record", "events", "cooperation", "relations_site"]


def modules(app):
    return [path for path in (BASE / app).rglob("*.py") if "migrations" not in path.parts]


def imports(path):
    """The first name of every module that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("app", FLOORS)
def test_imports_go_down_only(app):
    above = set(FLOORS[FLOORS.index(app) + 1 :])
    assert {str(path): found for path in modules(app) if (found := imports(path) & above)} == {}


def test_visibility_has_one_name():
    """Nobody but `publishing` writes a state in a query."""
    query = re.compile(r"(filter|exclude|Q)\([^)]*\bstate(__in)?=")
    allowed = {BASE / "record" / "publishing.py", BASE / "record" / "adminbase" / "entry.py", BASE / "record" / "models" / "entry.py"}
    # An index over what is public names the state too.
    allowed |= {BASE / "cooperation" / "models" / "commitment.py"}
    guilty = [path for app in FLOORS for path in modules(app) if path not in allowed and query.search(path.read_text())]
    assert guilty == []


def test_every_environment_variable_is_documented():
    read = set()
    for app in FLOORS:
        for path in modules(app):
            read |= set(re.findall(r'(?:env(?:\.\w+)?\(|environ\.get\(|environ\[)"([A-Z_]+)"', path.read_text()))
    documented = set(re.findall(r"^([A-Z_]+)=", (BASE / ".env.example").read_text(), re.M))
    assert read <= documented


@pytest.mark.parametrize("lang", ["az", "uz", "ru"])
def test_interface_is_translated_whole_with_the_same_placeholders(lang):
    folder = BASE / "relations_site"
    for path in folder.glob(f"locale*/{lang}/LC_MESSAGES/django.po"):
        for message in read_po(path.open("rb"), locale=lang):
            if not message.id:
                continue
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(texts) and not message.fuzzy, message.id
            wanted = set(re.findall(r"%\(\w+\)s|\{\w+\}", ids[-1]))
            assert all(set(re.findall(r"%\(\w+\)s|\{\w+\}", text)) <= wanted for text in texts), message.id
            assert wanted <= set(re.findall(r"%\(\w+\)s|\{\w+\}", texts[-1])), message.id


def test_uzbek_is_written_with_its_own_signs():
    """oʻ and gʻ with U+02BB; no apostrophe of a typewriter inside a word."""
    typewriter = re.compile(r"[^\W\d_]['‘’`][^\W\d_]")
    for path in (BASE / "relations_site").glob("locale*/uz/LC_MESSAGES/django.po"):
        for message in read_po(path.open("rb"), locale="uz"):
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            assert not [text for text in texts if message.id and typewriter.search(text)], message.id


def test_vendored_fonts_are_the_files_that_were_taken():
    listed = tomllib.loads((BASE / "static/fonts/VENDORED.toml").read_text())
    assert {entry["name"] for entry in listed["file"]} == {path.name for path in (BASE / "static/fonts").iterdir()} - {"VENDORED.toml"}
    for entry in listed["file"]:
        assert hashlib.sha256((BASE / "static/fonts" / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("app", FLOORS)
def test_no_room_is_too_large(app):
    assert [str(path) for path in modules(app) if len(path.read_text().splitlines()) > 300] == []


def test_every_field_stands_in_the_codebook():
    sections = re.split(r"^## ", (BASE / "docs" / "records.md").read_text(), flags=re.MULTILINE)
    fields = {section.partition("\n")[0]: set(re.findall(r"^- `(\w+)`", section, re.MULTILINE)) for section in sections}
    for app in FLOORS[:3]:
        for model in apps.get_app_config(app).get_models():
            if not model.__name__.startswith("Historical"):
                own = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]} - {"id"}
                per_language = {name for name in own if name[-3:] in ("_en", "_az", "_uz", "_ru")}
                assert fields[model.__name__] == own - per_language, model.__name__
