"""Who may do what: author, editor, administrator, as groups.

An author writes and submits own drafts; an editor does everything on content and publishes; an administrator also keeps the
accounts. A superuser is an administrator. Where `by` is None the site itself acts (the loader, a command).

What a group may do with a table stands in `permissions_of`, and is given to it after every migration, so that a model that is
added later has its permissions too. Which rows of a table are meant is said in `record.rights`.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.utils.translation import pgettext_lazy

AUTHOR, EDITOR, ADMINISTRATOR = "author", "editor", "administrator"
ROLES = {
    AUTHOR: pgettext_lazy("a role", "author"),
    EDITOR: pgettext_lazy("a role", "editor"),
    ADMINISTRATOR: pgettext_lazy("a role", "administrator"),
}
ACTIONS = ("view", "add", "change", "delete")


def _in_group(user, *names):
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or bool(_groups_of(user) & set(names))


def _groups_of(user):
    """The names of a person's groups, looked up once for each request: a page asks for every row that it shows."""
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True)) if user.pk else set()
    return user._role_names


def is_author(user):
    """Whether a person may write drafts (an editor and an administrator may, too)."""
    return _in_group(user, AUTHOR, EDITOR, ADMINISTRATOR)


def is_editor(user):
    """Whether a person may change and publish every entry (an administrator may, too)."""
    return _in_group(user, EDITOR, ADMINISTRATOR)


def is_administrator(user):
    """Whether a person keeps the accounts."""
    return _in_group(user, ADMINISTRATOR)


def let_in(user):
    """Whoever has a role works at the desk: without the tick “staff status” he could not log in there."""
    if not user.is_staff and (user.is_superuser or user.groups.filter(name__in=ROLES).exists()):
        user.is_staff = True
        user.save(update_fields=["is_staff"])


def is_entry(model):
    """Whether the rows of a model have a state, which the verbs change."""
    from record.publishing import Publishable

    return issubclass(model, Publishable) and not hasattr(model, "history_id")


def is_part(model):
    """Whether the rows of a model are lines within an entry: they have a key to one, and no state of their own."""
    keys = [field.remote_field.model for field in model._meta.fields if field.many_to_one]
    return not is_entry(model) and any(is_entry(to) for to in keys)


def is_reference(model):
    """Whether the rows of a model are what entries lead to: places, people, sources, pictures, disagreements, and parts of those."""
    from record.models import DisagreementValue, Office, Source
    from record.models.base import Translated

    return issubclass(model, (Translated, Source, Office, DisagreementValue)) and not is_entry(model)


def permissions_of(role, model):
    """The actions that a role may take on the rows of a model: the table of the project."""
    if hasattr(model, "history_id"):
        return ()
    if model._meta.app_label == "auth":
        of_administrator = {"auth.User": ACTIONS, "auth.Group": ("view",)}
        return of_administrator.get(model._meta.label, ()) if role == ADMINISTRATOR else ()
    if role in (EDITOR, ADMINISTRATOR):
        return ACTIONS if _is_content(model) else ()
    return ACTIONS if is_entry(model) or is_part(model) or is_reference(model) else ()


def _is_content(model):
    """Content is what stands in this app, and in those that hold entries."""
    return model._meta.app_label in {"record", *(other._meta.app_label for other in installed.get_models() if is_entry(other))}


def grant(app, using, apps=installed):
    """Give each role exactly the permissions that the table says, on the models of one app. Runs after every migration."""
    create_permissions(app, verbosity=0, interactive=False, using=using, apps=apps)
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    made = permission_model.objects.using(using).filter(content_type__app_label=app.label).select_related("content_type")
    known = {(permission.content_type.model, permission.codename): permission for permission in made}
    for group in group_model.objects.using(using).filter(name__in=ROLES):
        wanted = {known.get(key) for model in app.get_models() for key in _codenames(group.name, model)} - {None}
        held = set(group.permissions.filter(content_type__app_label=app.label))
        group.permissions.remove(*held - wanted)
        group.permissions.add(*wanted - held)


def _codenames(role, model):
    name = model._meta.model_name
    return [(name, f"{action}_{name}") for action in permissions_of(role, model)]


def grant_after_migration(sender, using, apps=installed, **kwargs):
    """Django's hook: an app has been migrated, or, without `apps`, its tables were flushed."""
    grant(sender, using, apps)
