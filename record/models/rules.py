"""Rules that several models state in their `clean()`, with sentences for the editor."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def one_of(row, *names):
    """Exactly one of the fields is filled."""
    if sum(bool(getattr(row, f"{name}_id", None) or getattr(row, name, None)) for name in names) != 1:
        labels = [str(row._meta.get_field(name).verbose_name) for name in names]
        raise ValidationError(_("Fill exactly one of: %(fields)s.") % {"fields": ", ".join(labels)})


def office_belongs_to_its_person(row):
    """An office can only be that of the person named beside it."""
    if row.office_id and row.office.person_id != row.person_id:
        raise ValidationError({"office": _("This office belongs to somebody else.")})


def not_within_itself(row, parent="part_of"):
    """No row lies within itself, neither at once nor through others."""
    above, seen = getattr(row, parent), set()
    while above is not None and above.pk not in seen:
        if above.pk == row.pk:
            raise ValidationError({parent: _("It would be a part of itself.")})
        seen.add(above.pk)
        above = getattr(above, parent)
