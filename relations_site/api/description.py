"""The description of the interface, OpenAPI 3.1, drawn from the definitions that answer. In English, whatever the reader's language."""

from functools import lru_cache

from django.utils.translation import override

from record.columns import LANGS
from relations_site import codebook
from relations_site.api import parameters, shapes, types
from relations_site.api.resources import RESOURCES
from relations_site.api.types import URI, array, nullable, record

ABOUT = (
    "The record of the relations between two states as data: events, agreements, initiatives, commitments, trade, and the "
    "sources of every statement. Reading only, without a key, from any site. Lists take the parameters of the site's own pages "
    "and come in pages by cursor: follow `next`. Texts stand once per language (`title_en`, `title_az`, …); null says that "
    "nothing is on record. Dates are EDTF, as precise as their source. Within v1 members and values may be added; none is "
    "renamed, removed or changed in type."
)
LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
HEADERS = {
    "ETag": {"description": "Send it back as If-None-Match.", "schema": {"type": "string"}},
    "Last-Modified": {"description": "When what is shown changed last.", "schema": {"type": "string"}},
}
TAG = {"type": "object", "required": ["name", "detail"], "properties": {"name": {"type": "string"}, "detail": {"type": "string"}}}
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": array(TAG, description="Every part of the question that cannot be answered, and why."),
        "number": types.CODE,
        "reasons": {"type": "object", "properties": dict.fromkeys(LANGS, types.TEXT), "description": "Why it was withdrawn."},
    },
}
REFUSALS = {
    "400": "The question cannot be answered as it stands; the reasons are named.",
    "404": "Readers see nothing at this address.",
    "410": "It was withdrawn; the reason is given.",
    "429": "Too many requests from one address.",
}


@lru_cache
def document():
    """The whole description."""
    with override("en"):
        return {
            "openapi": "3.1.0",
            "info": {"title": "The record of relations", "version": "1.0.0", "description": ABOUT, "license": LICENCE},
            "servers": [{"url": "/"}],
            "tags": [{"name": one.name, "description": codebook.table(one.model)} for one in RESOURCES],
            "paths": _paths(),
            "components": {
                "schemas": {"Problem": PROBLEM} | shapes.SCHEMAS | _schemas(),
                "responses": {status: _refusal(status, words) for status, words in REFUSALS.items()},
            },
        }


def operation(path):
    """What is described of a path, with its references followed."""
    return document()["paths"][path]["get"]


def explained():
    """What is described of each list and its rows, for the page that explains them."""
    schemas = document()["components"]["schemas"]
    return [
        {
            "name": one.name,
            "plural": one.model._meta.verbose_name_plural,
            "path": f"/api/v1/{one.path}",
            "row_path": f"/api/v1/{one.path}{{{one.columns.key}}}/",
            "list": operation(f"/api/v1/{one.path}"),
            "row": schemas[_name(one)],
            "full": schemas[f"{_name(one)}InFull"].get("allOf", [None])[-1],
        }
        for one in RESOURCES
    ]


def _name(resource):
    return resource.model.__name__


def _schemas():
    found = {}
    for one in RESOURCES:
        row = types.of_row(one.columns) | {"description": codebook.table(one.model)}
        own = shapes.PARTS.get(one.model, {}) | (shapes.LISTS if one.columns.key == "slug" else {})
        found[_name(one)] = row
        found[f"{_name(one)}InFull"] = {"allOf": [shapes.ref(_name(one)), record(own)]} if own else shapes.ref(_name(one))
    return found


def _paths():
    root = record(
        {
            "description": URI,
            "documentation": record(dict.fromkeys(LANGS, URI)),
            "licence": URI,
            "resources": record({one.name: URI for one in RESOURCES}),
        }
    )
    anything = {"type": "object"}
    paths = {
        "/api/v1/": _get("root", "Everything that the interface offers", root, [parameters.FORM]),
        "/api/v1/openapi.json": _get("description", "This description", anything, [], is_page=False),
    }
    for one in RESOURCES:
        paths[f"/api/v1/{one.path}"] = _list(one)
        paths[f"/api/v1/{one.path}{{key}}/"] = _row(one)
    return paths


def _list(one):
    said = record(
        {
            "question": {"type": "object", "description": "How the question was understood."},
            "count": {"type": "integer", "description": "How many rows answer it."},
            "next": {**nullable(URI), "description": "The next page; null on the last one."},
            "results": array(shapes.ref(_name(one))),
        }
    )
    more = {"Link": {"description": "The next page, rel=next.", "schema": {"type": "string"}}}
    plural = one.model._meta.verbose_name_plural
    return _get(one.name, f"The list of {plural}", said, parameters.of_listing(one.listing), tag=one.name, headers=more)


def _row(one):
    is_numbered = one.columns.key == "number"
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": "Its number." if is_numbered else "Its slug.",
        "schema": {"type": "string", "pattern": f"^{one.key}$"},
    }
    name = one.model._meta.verbose_name
    refusals = ["404", "410"] if hasattr(one.model, "withdrawn_at") else ["404"]
    named = f"{one.name}-one"
    return _get(named, f"One {name} in full", shapes.ref(f"{_name(one)}InFull"), [key, parameters.FORM], refusals, tag=one.name)


def _get(name, summary, schema, asked, refusals=(), *, tag="", headers=None, is_page=True):
    content = {"application/json": {"schema": schema}}
    if is_page:
        content["text/html"] = {"schema": {"type": "string", "description": "The same answer, for people."}}
    said = {"operationId": name, "summary": summary, "parameters": asked}
    responses = {"200": {"description": "The answer.", "headers": HEADERS | (headers or {}), "content": content}}
    responses["304"] = {"description": "Nothing has changed since the answer whose ETag was sent."}
    responses |= {status: {"$ref": f"#/components/responses/{status}"} for status in ["400", *refusals, "429"]}
    return {"get": said | ({"tags": [tag]} if tag else {}) | {"responses": responses}}


def _refusal(status, words):
    content = {
        "application/problem+json": {"schema": shapes.ref("Problem")},
        "text/html": {"schema": {"type": "string", "description": "The same refusal, for people."}},
    }
    headers = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return {"description": words, "content": content} | ({"headers": headers} if status == "429" else {})
