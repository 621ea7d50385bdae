"""What every page says of itself to others: its addresses, its card, its structured data, how it is cited."""

from html import unescape

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe

from record import kept, texts
from record.citing import sentences
from record.citing.work import record_name as name_of_record
from relations_site import citations, integrity, sharing, works
from relations_site.cards import content, drawing
from relations_site.structured import datasets, entries, things

register = template.Library()


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context, row):
    """How a public row is cited, as sentences and as files for reference managers; one of an earlier day as it stood, in sentences."""
    work = works.work_of(row, context["origin"])
    if day := context.get("as_of"):
        work = works.as_of(work, day)
    lang = texts.reader_language()
    files = [
        (form, f"{reverse('permanent-citation', kwargs={'number': row.code, 'ending': ending})}?lang={lang}")
        for ending, form in citations.FORMS.items()
    ]
    # No line break before the Russian “г.”.
    said = [(style, mark_safe(sentence.replace(" г.", "\u00a0г."))) for style, sentence in sentences.every(work)]
    return {"sentences": said, "files": [] if day else files}


@register.simple_tag(takes_context=True)
def canonical(context):
    """The page's one address in each language, or None."""
    return sharing.canonical(context)


@register.simple_tag(takes_context=True)
def again(context, name):
    """The words of another block of this page, once more and without markup; a title without the two countries behind it."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    words = " ".join(unescape(strip_tags(block.render(context))).split())
    return words.removesuffix(f" – {context['first_country']} – {context['second_country']}")


@register.simple_tag
def own_script(path):
    """A script of ours, with the hash that it must have; run once the page is read."""
    return kept.part(lambda: _script(path), "script", path)


def _script(path):
    checked = integrity.of(path)
    return format_html('<script src="{}"{} defer></script>', static(path), format_html(' integrity="{}"', checked) if checked else "")


@register.simple_tag
def record_name():
    return name_of_record()


@register.simple_tag
def og_locales():
    """The page's language and the others, as Open Graph names them."""
    own = texts.reader_language()
    names = [("og:locale", own), *(("og:locale:alternate", code) for code, _name in settings.LANGUAGES if code != own)]
    return format_html_join("\n", '<meta property="{}" content="{}">', ((name, sharing.locale(code)) for name, code in names))


@register.inclusion_tag("components/card.html", takes_context=True)
def card(context, row=None):
    """The picture beside a link to this page: that of its row, else of its list, else of the record."""
    match = context["request"].resolver_match
    name = row.code if row else match.url_name if match and match.url_name in content.PAGES else content.HOME
    found = content.of_row(row) if row else content.of_page(name)
    address = context["origin"] + content.address(name, found)
    return {"address": address, "words": found.words, "width": drawing.WIDTH, "height": drawing.HEIGHT}


@register.simple_tag(takes_context=True)
def structured(context, row):
    """A public row as structured data."""
    return things.script(entries.graph(row, context["origin"]))


@register.simple_tag(takes_context=True)
def structured_home(context):
    return things.script(datasets.home(context["origin"]))


@register.simple_tag(takes_context=True)
def structured_list(context):
    """A list as data that can be taken along."""
    return things.script(datasets.of_list(*_page(context), context.get("outlets"), context["origin"]))


@register.simple_tag(takes_context=True)
def structured_trade(context):
    """A page of trade as data that can be taken along."""
    chart = getattr(context.get("chart"), "name", None)
    return things.script(datasets.of_trade(context.get("tab"), chart, *_page(context), context["origin"]))


def _page(context):
    """Name, path and canonical address of a page."""
    return again(context, "title"), context["request"].path, sharing.canonical(context).address
