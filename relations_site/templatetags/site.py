"""What every page can say of itself to others: how it is cited."""

from django import template
from django.urls import reverse

from record import texts
from record.citing import sentences
from relations_site import citations, works

register = template.Library()


@register.inclusion_tag("components/cite.html", takes_context=True)
def cite(context, row):
    """How a public row is cited, as sentences and as files for reference managers."""
    work = works.work_of(row, context["origin"])
    lang = texts.reader_language()
    files = [
        (form, f"{reverse('permanent-citation', kwargs={'number': row.code, 'ending': ending})}?lang={lang}")
        for ending, form in citations.FORMS.items()
    ]
    return {"sentences": sentences.every(work), "files": files}
