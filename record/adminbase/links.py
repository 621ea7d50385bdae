"""What the desk calls the rows of automatic link tables, which pages of deletion list: by both ends, never by their key."""

from django.apps import apps
from django.utils.text import format_lazy


def name_links():
    """“Event – topics: E12 Summit – Energy”: the kind and the field that link, then the names of what they link."""
    for owner in apps.get_models():
        for field in owner._meta.local_many_to_many:
            if field.remote_field.through._meta.auto_created:
                _name(field.remote_field.through, owner, field)


def _name(through, owner, field):
    ends = field.m2m_field_name(), field.m2m_reverse_field_name()
    through.__str__ = lambda link: " – ".join(str(getattr(link, end)) for end in ends)
    through._meta.verbose_name = format_lazy("{} – {}", owner._meta.verbose_name, field.verbose_name)
    through._meta.verbose_name_plural = format_lazy("{} – {}", owner._meta.verbose_name_plural, field.verbose_name)
