"""People of each role for tests, and rows that they entered."""

from django.contrib.auth.models import Group, User

from record import roles


def person(name, *groups, **fields):
    """Somebody with an account at the desk, in the groups named."""
    user = User.objects.create(username=name, is_staff=True, email=f"{name}@example.org", **fields)
    user.groups.add(*Group.objects.filter(name__in=groups))
    return user


def author(name="author"):
    return person(name, roles.AUTHOR)


def editor(name="editor"):
    return person(name, roles.EDITOR)


def administrator(name="administrator"):
    return person(name, roles.ADMINISTRATOR)


def entered_by(user, row):
    """The row, with somebody at its first version."""
    row.history.filter(history_type="+").update(history_user=user)
    return row
