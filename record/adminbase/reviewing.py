"""The boxes of a form that call its translations reviewed, and what they cover: the original as it was when the form was opened."""

from django.conf import settings
from django.utils.translation import gettext

from record import translations
from record.translations.seen import originals, originals_at


def reviewed_in(form):
    """The languages that a form's boxes call reviewed, the original and those without a text left out."""
    entry = form.instance
    has_own_text = {lang: translations.has_text(entry, lang) for lang in form.reviewed}
    return [lang for lang in form.reviewed if lang != entry.original_language and has_own_text[lang]]


def seen_with(form, merge):
    """{path: original} that the editor of a form has seen, asked before anything of it is saved; nothing where no box needs it."""
    if not form.reviewed or not form.instance.pk:
        return {}
    return originals_at(form.instance, merge.opened) if merge else originals(form.instance)


def told(form):
    """Sentences on boxes that do not cover everything: the original was changed with the same save, or by somebody else before."""
    languages = [gettext(name) for lang, name in settings.LANGUAGES if lang in reviewed_in(form) and form.instance.is_outdated(lang)]
    if not languages:
        return []
    said = gettext("“Reviewed” covers the original that was on your screen. It has changed since and waits to be compared: %(languages)s.")
    return [said % {"languages": ", ".join(languages)}]
