"""What the interface answers: a page of a list, a row by itself. The same columns as every outlet, in all languages."""

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils import translation

from record import jsonlist, kinds
from record.columns import LANGS
from relations_site import entries
from relations_site.api.resources import BY_NAME, RESOURCES


def page(question, origin):
    """(one page of a list, when a row of the whole answer changed last)."""
    columns, listing = question.resource.columns, question.listing
    keys, follows = question.page()
    rows, answer = columns.reader(listing.base(), origin)(keys), listing.narrowed().order_by()
    said = {
        "question": question.understood,
        "count": answer.count(),
        "next": question.address(origin, cursor=follows) if follows else None,
        "results": [row(question.resource, found, origin) for found in rows.values()],
    }
    return said, answer.annotate(changed=columns.changed).aggregate(last=Max("changed"))["last"]


def row(resource, found, origin):
    """A row of columns with its own address and, instead of one page, its page in every language."""
    said = jsonlist.row(found)
    own = said.pop("page_address")
    path = own.removeprefix(origin).partition("/")[2].partition("/")[2]
    said["pages"] = {lang: f"{origin}/{lang}/{path}" for lang in LANGS}
    said["api_address"] = resource.row_address(said[resource.columns.key], origin)
    return said


def one(resource, key, origin):
    """(a row by itself with its parts, when it changed last); None where readers see none."""
    columns = resource.columns
    found = resource.rows(key)
    primary = resource.seen().filter(pk__in=found.values("pk")).values_list("pk", flat=True).first()
    if primary is None:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        read = columns.reader(resource.seen(), origin)([primary])[primary]
        return row(resource, read, origin) | entries.parts_of(resource.model, primary) | _leads(resource, key, primary, origin), read[
            "changed"
        ]


def _leads(resource, key, primary, origin):
    """Where a row leads: the lists that it narrows, or the other releases of an observation."""
    name = resource.model._meta.model_name
    if resource.columns.key == "slug":
        lists = [kind for kind in kinds.all_kinds() if name in kind.listed]
        return {"lists": {kind.path: f"{BY_NAME[kind.path].address(origin)}?{name}={key}" for kind in lists}}
    return {}


def root(origin):
    """Everything that the interface offers."""
    return {
        "description": f"{origin}{reverse('api-description')}",
        "documentation": {lang: f"{origin}{_documentation(lang)}" for lang in LANGS},
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "resources": {resource.name: resource.address(origin) for resource in RESOURCES},
    }


def _documentation(lang):
    with translation.override(lang):
        return reverse("api-docs")
