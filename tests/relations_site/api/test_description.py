"""The description of /api/v1/: valid OpenAPI 3.1, exact to the last member, and kept: what was promised is never taken back."""

import copy
import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from record import kinds
from relations_site.api import description
from relations_site.api.resources import RESOURCES

KEPT = Path(settings.BASE_DIR) / "docs" / "api" / "openapi-v1.json"


def closed(schema):
    """The same schema, in which an object has no member that is not described."""
    schema = copy.deepcopy(schema)

    def close(part):
        if isinstance(part, dict):
            if "properties" in part:
                part.setdefault("unevaluatedProperties", False)
            for inner in part.values():
                close(inner)
        elif isinstance(part, list):
            for inner in part:
                close(inner)

    close(schema)
    for name, one in schema["components"]["schemas"].items():
        # A row is a part of the row in full: closed on its own, it would refuse the rest.
        if f"{name}InFull" in schema["components"]["schemas"]:
            one.pop("unevaluatedProperties", None)
        if name.endswith("InFull") and "allOf" in one:
            one["allOf"][1].pop("unevaluatedProperties", None)
            one["unevaluatedProperties"] = False
    return schema


def validator(name, *, is_list=False):
    whole = closed(description.document())
    own = {"$ref": f"#/components/schemas/{name}"}
    if is_list:
        own |= {"unevaluatedProperties": False}
    return Draft202012Validator(own | {"components": whole["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_description_is_valid_openapi():
    OpenAPIV31SpecValidator(description.document()).validate()


@pytest.mark.django_db
@pytest.mark.parametrize("resource", RESOURCES, ids=[one.name for one in RESOURCES])
def test_every_row_of_the_record_is_exactly_what_is_described(client, resource):
    name = resource.model.__name__
    short, full = validator(name, is_list=True), validator(f"{name}InFull")
    rows, address = [], f"{resource.address()}?limit=100"
    while address:
        page = client.get(address).json()
        rows, address = rows + page["results"], page["next"]
    assert rows
    for row in rows:
        assert [error.message for error in short.iter_errors(row)] == []
    for row in rows[:: max(1, len(rows) // 25)]:
        assert [error.message for error in full.iter_errors(client.get(row["api_address"]).json())] == []


def test_exactness_is_checked_for_members_that_are_too_many_and_too_few():
    short = validator("Topic", is_list=True)
    assert list(short.iter_errors({"slug": "x", "more": 1}))
    assert any("unexpected" in error.message for error in short.iter_errors({"slug": "x", "more": 1}))
    assert any("required" in error.message for error in short.iter_errors({"slug": "x"}))


# The rule of what breaks: everything that a program may rely on is compared, words are not.
# What narrows a parameter that was wider before.
LIMITS = {"pattern", "minLength", "maxLength", "minimum", "maximum", "enum", "required"}
WORDS = {"description", "summary", "title", "examples", "info", "tags"}


def broken(before, after, at=""):
    """What of the kept description the present one takes back: removed, renamed, of another type, or asked for anew."""
    if isinstance(before, dict) and isinstance(after, dict):
        lost = [f"{at}/{name} is gone" for name in before if name not in WORDS and name not in after]
        if "/parameters/" in at:
            lost += [f"{at}/{name} narrows it" for name in LIMITS & (set(after) - set(before))]
        return lost + [
            line for name in before if name in after and name not in WORDS for line in broken(before[name], after[name], f"{at}/{name}")
        ]
    if isinstance(before, list) and isinstance(after, list):
        return _broken_list(before, after, at)
    return [] if before == after else [f"{at} was {before!r} and is {after!r}"]


def _broken_list(before, after, at):
    named = all(isinstance(one, dict) and "name" in one for one in [*before, *after])
    if named:
        found = {one["name"]: one for one in after}
        wanted = {one["name"] for one in after if one.get("required")} - {one["name"] for one in before}
        asked = [f"{at}/{name} is asked for anew" for name in sorted(wanted)]
        return asked + [line for one in before for line in broken(one, found.get(one["name"]), f"{at}/{one['name']}")]
    if at.endswith(("/required", "/enum")):
        return [f"{at} no longer holds {one!r}" for one in before if one not in after]
    return [] if before == after else [f"{at} was {before!r} and is {after!r}"]


def test_nothing_that_was_promised_is_taken_back():
    """A change of the description that breaks a program fails here. Additions are kept by writing the file anew: see the decision."""
    if os.environ.get("WRITE_DESCRIPTION"):
        KEPT.write_text(json.dumps(description.document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert broken(json.loads(KEPT.read_text()), json.loads(json.dumps(description.document()))) == []


def test_kept_description_holds_everything_that_is_described_now():
    assert broken(json.loads(json.dumps(description.document())), json.loads(KEPT.read_text())) == []


def _changed(change):
    document = json.loads(KEPT.read_text())
    change(document)
    return broken(json.loads(KEPT.read_text()), document)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda d: d["paths"].pop("/api/v1/topics/"), 1),
        (lambda d: d["components"]["schemas"]["Event"]["properties"].pop("kind"), 1),
        (lambda d: d["components"]["schemas"]["Event"]["properties"]["ordinal"].update(type="string"), 1),
        (lambda d: d["components"]["schemas"]["Event"]["required"].remove("kind"), 1),
        (lambda d: d["components"]["schemas"]["Event"]["properties"]["kind"]["enum"].remove("summit"), 1),
        (lambda d: d["paths"]["/api/v1/events/"]["get"]["parameters"].pop(0), 1),
        (lambda d: d["paths"]["/api/v1/events/"]["get"]["parameters"].append({"name": "new", "required": True}), 1),
        (lambda d: d["components"]["schemas"]["Event"]["properties"].update(new={"type": "string"}), 0),
        (lambda d: d["paths"]["/api/v1/events/"]["get"]["parameters"].append({"name": "new"}), 0),
        (lambda d: d["paths"]["/api/v1/events/"]["get"]["parameters"][0]["schema"].update(pattern="^x$"), 1),
        (lambda d: d["components"]["schemas"]["Event"]["properties"]["kind"].update(description="Said better."), 0),
    ],
)
def test_comparison_finds_what_breaks_and_lets_additions_pass(change, count):
    assert len(_changed(change)) == count


@pytest.mark.django_db
def test_parameters_are_those_of_the_pages():
    for resource in RESOURCES:
        names = {one["name"] for one in description.operation(f"/api/v1/{resource.path}")["parameters"]}
        page = set(resource.listing(None).form.fields)
        assert names - {"limit", "cursor", "format"} == page - {"page"}


def test_every_kind_that_readers_open_by_number_or_name_is_offered():
    offered = {resource.model for resource in RESOURCES}
    assert {kind.model for kind in kinds.all_kinds()} <= offered
    assert {kinds.model_of(letter) for letter in kinds.numbered_letters()} <= offered
