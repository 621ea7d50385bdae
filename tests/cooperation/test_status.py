import datetime

import pytest

from cooperation.status import Action, Status, standing
from cooperation.status import ActionKind as K
from cooperation.status import ActionSide as S
from cooperation.status import EntryIntoForce as F

TODAY = datetime.date(2026, 1, 1)


def on(year, month=1, day=1):
    return datetime.date(year, month, day)


SIGNED = Action(K.SIGNED, day=on(2024, 8, 23), date="2024-08-23")
APPROVED = Action(K.PARLIAMENT_APPROVAL, S.FIRST, on(2025, 2, 25))

CASES = [
    ("nothing at all", [], {}, Status.UNKNOWN),
    ("initialled only", [Action(K.INITIALLED, day=on(2020))], {}, Status.NEGOTIATED),
    ("signed, nothing since", [SIGNED], {"binding": "yes"}, Status.UNKNOWN),
    ("political document", [SIGNED], {"binding": "no"}, Status.POLITICAL),
    ("one side approved", [SIGNED, APPROVED], {"binding": "yes"}, Status.SIGNED),
    ("awaits notices by its clause", [SIGNED], {"entry_into_force": F.LAST_NOTICE}, Status.SIGNED),
    ("on signature", [SIGNED], {"entry_into_force": F.SIGNATURE}, Status.IN_FORCE),
    ("entered into force", [SIGNED, Action(K.IN_FORCE, day=on(2025))], {}, Status.IN_FORCE),
    ("in force, day unknown", [SIGNED, Action(K.IN_FORCE)], {}, Status.IN_FORCE),
    ("not in force yet on the day", [SIGNED, Action(K.IN_FORCE, day=on(2027))], {"binding": "yes"}, Status.UNKNOWN),
    ("provisional", [SIGNED, Action(K.PROVISIONAL_BEGINS, day=on(2025))], {}, Status.PROVISIONAL),
    ("suspended", [SIGNED, Action(K.IN_FORCE, day=on(2025)), Action(K.SUSPENDED, day=on(2025, 6))], {}, Status.SUSPENDED),
    ("expired", [SIGNED, Action(K.IN_FORCE, day=on(2024, 9)), Action(K.EXPIRED, day=on(2025))], {}, Status.EXPIRED),
    (
        "extended after expiry",
        [SIGNED, Action(K.IN_FORCE, day=on(2024, 9)), Action(K.EXPIRED, day=on(2025)), Action(K.EXTENDED, day=on(2025, 2))],
        {},
        Status.IN_FORCE,
    ),
]


@pytest.mark.parametrize(("actions", "terms", "status"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_status_follows_from_the_actions(actions, terms, status):
    assert standing(actions, on=TODAY, **terms).status == status


def test_missing_steps_name_the_side_that_took_none():
    missing = standing([SIGNED, APPROVED], on=TODAY, binding="yes").missing
    assert (S.SECOND, K.PARLIAMENT_APPROVAL) in missing
    assert (S.FIRST, K.PARLIAMENT_APPROVAL) not in missing
