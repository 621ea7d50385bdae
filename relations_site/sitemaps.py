"""What search engines may find: every public page, with its sisters in the other languages."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from cooperation.trade.pages import TABS
from record import kinds


class Pages(Sitemap):
    """Pages that are always there."""

    i18n = alternates = x_default = True

    def items(self):
        trade = [name for name, _label in TABS]
        return [
            "home",
            "events",
            "agreements",
            "initiatives",
            *trade,
            "timeline",
            "map",
            "topics",
            "people",
            "organisations",
            "places",
            "sources",
            "data",
            "api-docs",
            "codebook",
            "about",
        ]

    def location(self, name):
        return reverse(name)


class Entries(Sitemap):
    """The public entries of one kind."""

    i18n = alternates = x_default = True
    limit = 5000

    def __init__(self, letter):
        super().__init__()
        self.letter = letter

    def items(self):
        return kinds.by_letter(self.letter).model.objects.public().only("id", "number", "slug", "modified_at").order_by("number")

    def lastmod(self, entry):
        return entry.modified_at


SITEMAPS = {"pages": Pages, "events": Entries("E"), "agreements": Entries("A"), "initiatives": Entries("I")}
