"""Actions of the desk on chosen rows of any list. Each registers itself with the models that it fits and whom it is for."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class DeskAction:
    """An action on the chosen rows: `run(model_admin, request, queryset)`."""

    run: Callable
    label: str
    may: Callable
    fits: Callable


_actions = {}


def desk_action(name, *, label, may, fits):
    """Register a function as an action of every list whose model fits, for those who `may(user)`."""

    def registered(run):
        _actions[name] = DeskAction(run, label, may, fits)
        return run

    return registered


def actions_for(model_admin, request):
    """{name: (function, name, label)}, as the admin keeps actions."""
    shown = [(name, action) for name, action in _actions.items() if action.fits(model_admin.model) and action.may(request.user)]
    return {name: (action.run, name, action.label) for name, action in shown}
