"""Which rows a person may see, change and delete at the desk. The verbs and the admin ask here, and nowhere else.

| | author | editor, administrator |
| --- | --- | --- |
| entries | sees what is public and own ones; changes and deletes own drafts; submits them | everything |
| places, people, sources … | sees and adds; changes own ones while nothing but own drafts leads to them | everything |
| pictures, disagreements | the same, but sees only what readers see and own ones | everything |

An author is whoever stands at the first version of a row.
"""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from record import roles

# What an author may do with an own draft; all other verbs are an editor's.
OF_AUTHORS = ("submit",)


def written_by(model, user):
    """The keys of the rows that a person entered."""
    first = model.history.model.objects.filter(history_type="+", history_user_id=user.pk)
    return first.values(model._meta.pk.attname)


def seen(user, queryset):
    """Those rows of a table that a person may see at the desk."""
    from record import kinds
    from record.models import Disagreement, Picture

    model = queryset.model
    if roles.is_editor(user):
        return queryset
    if not roles.is_author(user):
        return queryset.none()
    if roles.is_entry(model):
        public = model._default_manager.public()
    elif model in (Picture, Disagreement):
        public = kinds.seen_by_readers(model._default_manager.all())
    else:
        return queryset
    return queryset.filter(Q(pk__in=written_by(model, user)) | Q(pk__in=public.order_by().values("pk")))


def sees_all(user):
    """Whether nothing of the record is hidden from a person."""
    return roles.is_editor(user)


def is_own(user, row):
    """Whether a person entered a row."""
    return bool(user.pk) and row.history.filter(history_type="+", history_user_id=user.pk).exists()


def may_view(user, row):
    """Whether the desk shows a row with its form and its history. What is public can be read on the site by everybody."""
    if roles.is_editor(user):
        return True
    return roles.is_author(user) and (not roles.is_entry(type(row)) or is_own(user, row))


def may_change(user, row):
    """Whether a person may write in a row."""
    if roles.is_editor(user):
        return True
    if not (roles.is_author(user) and is_own(user, row)):
        return False
    return row.is_draft if roles.is_entry(type(row)) else not is_used_beyond(user, row)


def why_not_changed(user, row):
    """A sentence for whoever reads a row at the desk and may not write in it; '' for whoever may."""
    if may_change(user, row):
        return ""
    if not is_own(user, row):
        return _("Somebody else entered it: an author changes what he entered himself. Tell an editor if something is wrong.")
    if roles.is_entry(type(row)):
        return _(
            "An author changes own drafts, and this one is no longer a draft. Ask an editor to change it or to bring it back to draft."
        )
    return _("You entered it, but more than your own drafts leads to it by now. Tell an editor if something is wrong.")


def may_delete(user, row):
    """Whether a person may delete a row: never what readers once saw (it is withdrawn, and its address says so), and an author
    nothing that anything rests on."""
    from record.publishing import first_seen

    if roles.is_entry(type(row)):
        return may_change(user, row) and row.publish_at is None and first_seen(row) is None
    return may_change(user, row) and (roles.is_editor(user) or not is_used(row))


def is_used(row, *, but=()):
    """Whether any row of any app leads to this one; its own parts, named in `but`, and old versions do not count."""
    relations = [f for f in row._meta.related_objects if f.related_model not in but and not hasattr(f.related_model, "history_id")]
    return any(f.related_model._base_manager.filter(**{f.field.name: row}).exists() for f in relations)


def is_used_beyond(user, row):
    """Whether anything but a person's own drafts leads to a row of a reference table."""
    for relation in row._meta.related_objects:
        model = relation.related_model
        if not hasattr(model, "history_id"):
            using = model._base_manager.filter(**{relation.field.name: row})
            if using.exclude(pk__in=_own_work(model, user)).exists():
                return True
    return False


def _own_work(model, user):
    """The keys of own drafts, of lines within them, or of own rows of a reference table."""
    if roles.is_entry(model):
        return model._default_manager.drafts().filter(pk__in=written_by(model, user)).order_by().values("pk")
    if roles.is_part(model):
        owner = next(field for field in model._meta.fields if field.many_to_one and roles.is_entry(field.remote_field.model))
        return model._base_manager.filter(**{f"{owner.name}__in": _own_work(owner.remote_field.model, user)}).values("pk")
    return written_by(model, user) if hasattr(model, "history") else ()


def against(verb, entry, user):
    """Why a person may not take a step with an entry; empty when he may. The site itself (None) may everything."""
    if user is None:
        return []
    if not roles.is_editor(user):
        return _against_author(verb, entry, user)
    if verb in ("publish", "schedule") and settings.FOUR_EYES and _last_writer(entry) == user.pk:
        return [_("You wrote the last change of it: another editor publishes it.")]
    return []


def _against_author(verb, entry, user):
    if not roles.is_author(user):
        return [_("You have no role at this desk: ask an administrator for one.")]
    if verb not in OF_AUTHORS:
        return [_("Only an editor may do this.")]
    return [] if is_own(user, entry) else [_("Only its author or an editor may submit it.")]


def may_take_step(verb, user):
    """Whether a verb is open to a person at all, whatever the entry: buttons and actions that are not are not shown."""
    return roles.is_editor(user) or (roles.is_author(user) and verb in OF_AUTHORS)


def _last_writer(entry):
    from record.authorship import last_writer

    return last_writer(entry)
