"""Source figures in texts, `[^S39]`: each leads to a source that the entry cites, or the text is refused."""

from django.conf import settings
from django.utils.translation import gettext

from record import markup

# The texts that are Markdown.
MARKDOWN = ("body",)


def figures_without_source(entry, cited):
    """Sentences on the figures of an entry's texts that lead to none of the cited sources, given by their numbers (S39)."""
    sentences = []
    for lang, _language in settings.LANGUAGES:
        for name in MARKDOWN:
            sentences += missing_in(getattr(entry, f"{name}_{lang}", None), lang, cited)
    return sentences


def missing_in(words, lang, cited):
    """The sentence on one text's figures that lead to none of the cited sources; none if all do."""
    missing = [code for code in dict.fromkeys(markup.figures(words)) if code not in cited]
    told = {"language": dict(settings.LANGUAGES)[lang], "sources": ", ".join(missing)}
    return [gettext("%(language)s text: %(sources)s is not among the sources of the entry.") % told] if missing else []
