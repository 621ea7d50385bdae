"""Atom (RFC 4287, paged by RFC 5005): the answer to a question as a feed, what changed last first.

A title is in the feed's language, or marked with its own; an entry's identity is its permanent address.
"""

import re

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext

from record.columns import ADDRESSES, NEVER
from record.pair import country_name, pair

# Characters that XML has no way to write.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Feed(Atom1Feed):
    """Django's feed, with the moment of the answer, links to its other pages, and languages of entries."""

    def latest_post_date(self):
        return self.feed["changed"] or NEVER

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, href in self.feed["pages"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def item_attributes(self, item):
        return {"xml:lang": item["lang"]} if item["lang"] and item["lang"] != self.feed["language"] else {}


def heading(answer):
    """The two countries and the list's name, in the reader's language."""
    names = f"{country_name(pair().first)} – {country_name(pair().second)}"
    return f"{names}: {answer.columns.model._meta.verbose_name_plural}"


def page(answer):
    """The bytes of one page of an answer. Unless an order is asked for, what changed last stands first."""
    feed = Feed(
        title=heading(answer),
        link=answer.address(),
        description=gettext("Every statement has its source; where sources disagree, both values are shown."),
        language=answer.lang,
        author_name=f"{country_name(pair().first)} – {country_name(pair().second)}",
        feed_url=answer.address(ending="atom", **({"page": answer.page} if answer.page > 1 else {})),
        feed_guid=answer.address(ending="atom"),
        changed=answer.changed,
        pages=_pages(answer),
    )
    latest = answer.rows.annotate(changed=answer.columns.changed).order_by("-changed", "-number", "pk")
    for row in answer.page_rows(_as_they_are, None if answer.listing.form.cleaned_data.get("sort") else latest):
        _add(feed, answer.columns, row | {name: answer.origin + row[name] for name in ADDRESSES if name in row})
    return feed.writeString("utf-8").encode()


def _as_they_are(rows):
    return rows


def _pages(answer):
    number, last = answer.page, answer.last_page
    found = {"first": 1, "last": last, "previous": number - 1, "next": number + 1}
    there = {rel: n for rel, n in found.items() if last > 1 and 1 <= n <= last}
    return {rel: answer.address(ending="atom", **({"page": n} if n > 1 else {})) for rel, n in there.items()}


def _add(feed, columns, row):
    title, summary = columns.text(row, columns.title), columns.text(row, columns.summary)
    said = " · ".join(part for part in (columns.when(row), summary.words) if part)
    feed.add_item(
        title=UNWRITABLE.sub("", title.words) or row["number"],
        link=row["page_address"],
        description=escape(UNWRITABLE.sub("", said)),
        unique_id=row["permanent_address"],
        updateddate=row["changed"],
        categories=[row[columns.kind]],
        lang=title.lang,
    )
