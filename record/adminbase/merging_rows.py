"""Rows within a form that meet what somebody else made of them: changed, added, removed."""

from django.forms import ModelChoiceField
from django.utils.translation import gettext

from record.adminbase.merging import OWN, _typed


def rows(formset, prefix, present, base, meeting):
    """Put the rows of one list together; {name in the form: (form of the present row, field)}.

    `present` are the stored rows that the editor may see, by their key: to him, one that leads to what is hidden is not there.
    """
    accessor = formset.fk.remote_field.get_accessor_name()
    total, initial = (_number(meeting.sent, f"{prefix}-{name}") for name in ("TOTAL_FORMS", "INITIAL_FORMS"))
    if accessor not in base.parts or total is None or initial is None:
        return {}
    opened, found, lost, anew = base.parts[accessor], {}, [], []
    for place in range(initial):
        key = _number(meeting.sent, f"{prefix}-{place}-id")
        if key not in opened:
            continue
        then = formset.form(instance=opened[key].instance())
        if key not in present:
            (anew if _is_mine(then, meeting, prefix, place) else lost).append(place)
            if _leads_to_seen(then, meeting):
                _tell_removed(formset, opened[key], meeting, is_kept=place in anew)
        else:
            now = formset.form(instance=present[key])
            found |= _together(then, now, meeting, f"{prefix}-{place}-")
    _tell_added(formset, set(present) - set(opened), present, meeting)
    _renumber(meeting.sent, prefix, total, initial, lost, anew)
    return found


def _together(then, now, meeting, prefix):
    """One row that both still have. Removed by one and changed by the other, it stays until somebody removes it knowingly."""
    changed = _differing(then, now)
    if meeting.sent.get(f"{prefix}DELETE") and changed and not meeting.is_shown:
        del meeting.sent[f"{prefix}DELETE"]
        values = {"row": str(now.instance), "sort": now._meta.model._meta.verbose_name}
        sentence = gettext(
            "You removed a row that was changed meanwhile (%(sort)s: %(row)s). It is back below: remove it again if it is to go."
        )
        meeting.merge.notices.append(sentence % values)
    meeting.fields(now, then, now, prefix)
    return {f"{prefix}{name}": (now, name) for name in now.fields}


def _differing(then, now):
    return [name for name, own in now.fields.items() if name not in OWN and own.has_changed(*_both(then, now, name))]


def _both(then, now, name):
    """The earlier value, and the later one as a form would send it."""
    own = now.fields[name]
    values = [form.get_initial_for_field(own, name) for form in (then, now)]
    later = own.prepare_value(values[1])
    return values[0], [str(getattr(one, "pk", one)) for one in later] if isinstance(later, list) else later


def _is_mine(then, meeting, prefix, place):
    """Whether the editor changed a row since it was opened, and did not remove it."""
    if meeting.sent.get(f"{prefix}-{place}-DELETE"):
        return False
    fields = [(name, own) for name, own in then.fields.items() if name not in OWN]
    return any(
        own.has_changed(then.get_initial_for_field(own, name), _typed(own, meeting.sent, f"{prefix}-{place}-{name}"))
        for name, own in fields
    )


def _leads_to_seen(form, meeting):
    """Whether the name of a row tells its editor of nothing that he may not see."""
    links = [name for name, own in form.fields.items() if isinstance(own, ModelChoiceField) and name not in OWN]
    return all(meeting.value(form, name) or not form.get_initial_for_field(form.fields[name], name) for name in links)


def _tell_removed(formset, kept, meeting, *, is_kept):
    values = {"row": str(kept.instance()), "sort": formset.model._meta.verbose_name}
    if is_kept:
        sentence = gettext(
            "A row that you changed was removed meanwhile (%(sort)s: %(row)s). Yours is kept below as a new row: remove it if it is to go."
        )
        meeting.merge.notices.append(sentence % values)
    else:
        meeting.merge.taken.append(gettext("%(sort)s removed: %(row)s") % values)


def _tell_added(formset, keys, present, meeting):
    for key in sorted(keys):
        values = {"row": str(present[key]), "sort": formset.model._meta.verbose_name}
        meeting.merge.taken.append(gettext("%(sort)s added: %(row)s") % values)


def _renumber(sent, prefix, total, initial, lost, anew):
    """Rows that are gone leave the form; those that are kept as new ones stand after the others, without a key."""
    if not lost and not anew:
        return
    stay = [place for place in range(initial) if place not in lost and place not in anew]
    order = [*stay, *anew, *range(initial, total)]
    values = {place: _row_of(sent, prefix, place) for place in range(total)}
    for place, row in values.items():
        for name in row:
            del sent[f"{prefix}-{place}-{name}"]
    for new, old in enumerate(order):
        for name, said in values[old].items():
            sent.setlist(f"{prefix}-{new}-{name}", [""] if name == "id" and old in anew else said)
    sent[f"{prefix}-TOTAL_FORMS"], sent[f"{prefix}-INITIAL_FORMS"] = len(order), len(stay)


def _row_of(sent, prefix, place):
    """{name: what was sent} of one row."""
    start = f"{prefix}-{place}-"
    return {name[len(start) :]: sent.getlist(name) for name in sent if name.startswith(start)}


def _number(sent, name):
    said = sent.get(name, "")
    return int(said) if str(said).isdecimal() and len(str(said)) < 12 else None
