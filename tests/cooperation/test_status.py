import datetime
from dataclasses import replace
from itertools import pairwise

import pytest

from cooperation.contradictions import contradictions
from cooperation.status import Action, Status, phases, standing
from cooperation.status import ActionKind as K
from cooperation.status import ActionSide as S
from cooperation.status import EntryIntoForce as F
from cooperation.terms import Term

pytestmark = pytest.mark.one_engine

TODAY = datetime.date(2026, 1, 1)


def on(year, month=1, day=1):
    return datetime.date(year, month, day)


SIGNED = Action(K.SIGNED, day=on(2024, 8, 23), date="2024-08-23")
APPROVED = Action(K.PARLIAMENT_APPROVAL, S.FIRST, on(2025, 2, 25))

NOTES = {"entry_into_force": F.LAST_NOTICE}
ON_SIGNATURE = {"entry_into_force": F.SIGNATURE}
RATIFICATION = {"entry_into_force": F.RATIFICATION}
BINDING = {"binding": "yes"}
IN_FORCE = Action(K.IN_FORCE, day=on(2025), date="2025-01-01")
FIRST_NOTICE = Action(K.NOTICE_COMPLETE, S.FIRST, on(2025, 2, 1), "2025-02-01")
SECOND_NOTICE = Action(K.NOTICE_COMPLETE, S.SECOND, on(2025, 3, 1), "2025-03-01")
FIRST_NOTE = Action(K.SIGNED, day=on(2025, 10, 1), date="2025-10-01")
SECOND_NOTE = Action(K.SIGNED, day=on(2025, 11, 5), date="2025-11-05")
TERMINATES = Action(K.NOTICE_TERMINATION, S.SECOND, on(2025, 9, 1), has_effect=True)
OLD_FORCE = Action(K.IN_FORCE, day=on(2016, 2, 29), date="2016-02-29")
EXTENDED = Action(K.EXTENDED, day=on(2020, 12), date="2020-12-01")
RENEWS = Term(duration="P5Y", renewal="automatic", renewal_period="P5Y", notice_period="P6M")
FIVE_YEARS = Term(duration="P5Y", renewal="none")

# What happened, in which terms, what it is on 1 January 2026.
CASES = [
    ("nothing at all", [], {}, Status.UNKNOWN),
    ("nothing at all, though its clause is known", [], NOTES, Status.UNKNOWN),
    ("initialled only", [Action(K.INITIALLED, day=on(2020))], {}, Status.NEGOTIATED),
    ("to be initialled", [Action(K.INITIALLED, day=on(2027))], {}, Status.UNKNOWN),
    ("initialled, then signed", [Action(K.INITIALLED, day=on(2020)), SIGNED], BINDING, Status.UNKNOWN),
    ("signed, nothing since", [SIGNED], BINDING, Status.UNKNOWN),
    ("signed on an unknown day", [Action(K.SIGNED)], BINDING, Status.UNKNOWN),
    ("to be signed", [Action(K.SIGNED, day=on(2027))], BINDING, Status.UNKNOWN),
    ("signed in a year that has not ended", [Action(K.SIGNED, day=on(2026, 12, 31), date="2026")], ON_SIGNATURE, Status.UNKNOWN),
    ("political document", [SIGNED], {"binding": "no"}, Status.POLITICAL),
    ("political document of unknown day", [Action(K.SIGNED)], {"binding": "no"}, Status.POLITICAL),
    ("clause does not apply", [SIGNED], {"entry_into_force": F.NOT_APPLICABLE}, Status.POLITICAL),
    ("political document that has expired", [SIGNED, Action(K.EXPIRED, day=on(2025))], {"binding": "no"}, Status.EXPIRED),
    ("one side approved", [SIGNED, APPROVED], BINDING, Status.SIGNED),
    ("one side approved on an unknown day", [SIGNED, Action(K.GOVERNMENT_APPROVAL, S.SECOND)], BINDING, Status.SIGNED),
    ("both sides approved, entry into force not on record", [SIGNED, APPROVED, Action(K.RATIFIED, S.SECOND, on(2025))], BINDING, Status.UNKNOWN),
    ("one side will approve", [SIGNED, Action(K.PARLIAMENT_APPROVAL, S.FIRST, on(2027))], BINDING, Status.SIGNED),
    ("ratified by one side only", [SIGNED, Action(K.RATIFIED, S.FIRST, on(2025))], RATIFICATION, Status.SIGNED),
    ("ratified by both, instruments not exchanged", [SIGNED, *(Action(K.RATIFIED, s, on(2025)) for s in (S.FIRST, S.SECOND))], RATIFICATION, Status.SIGNED),
    ("awaits notices by its clause", [SIGNED], NOTES, Status.SIGNED),
    ("first notice received", [SIGNED, FIRST_NOTICE], NOTES, Status.SIGNED),
    ("both notices received", [SIGNED, FIRST_NOTICE, SECOND_NOTICE], NOTES, Status.IN_FORCE),
    ("both notices, clause not known", [SIGNED, FIRST_NOTICE, SECOND_NOTICE], {}, Status.IN_FORCE),
    ("two notices of one side", [SIGNED, FIRST_NOTICE, replace(FIRST_NOTICE, day=on(2025, 4))], NOTES, Status.SIGNED),
    ("notices without a signature", [FIRST_NOTICE, SECOND_NOTICE], NOTES, Status.UNKNOWN),
    ("on signature", [SIGNED], ON_SIGNATURE, Status.IN_FORCE),
    ("on signature of unknown day", [Action(K.SIGNED)], ON_SIGNATURE, Status.UNKNOWN),
    ("notes exchanged on two days", [FIRST_NOTE, SECOND_NOTE], ON_SIGNATURE, Status.IN_FORCE),
    ("second note still to come", [FIRST_NOTE, replace(SECOND_NOTE, day=on(2026, 2))], ON_SIGNATURE, Status.UNKNOWN),
    ("entered into force", [SIGNED, IN_FORCE], {}, Status.IN_FORCE),
    ("in force, signature not on record", [IN_FORCE], {}, Status.IN_FORCE),
    ("in force, day unknown", [SIGNED, Action(K.IN_FORCE)], {}, Status.IN_FORCE),
    ("not in force yet on the day", [SIGNED, Action(K.IN_FORCE, day=on(2027))], BINDING, Status.SIGNED),
    ("provisional", [SIGNED, Action(K.PROVISIONAL_BEGINS, day=on(2025))], {}, Status.PROVISIONAL),
    ("provisional, then in force", [SIGNED, Action(K.PROVISIONAL_BEGINS, day=on(2024, 9)), IN_FORCE], {}, Status.IN_FORCE),
    ("provisional application ended", [SIGNED, Action(K.PROVISIONAL_BEGINS, day=on(2024, 9)), Action(K.PROVISIONAL_ENDS, day=on(2025))], {}, Status.UNKNOWN),
    ("amended", [SIGNED, IN_FORCE, Action(K.AMENDED, day=on(2025, 5))], {}, Status.IN_FORCE),
    ("extended", [SIGNED, IN_FORCE, Action(K.EXTENDED, day=on(2025, 5))], {}, Status.IN_FORCE),
    ("registered", [SIGNED, IN_FORCE, Action(K.REGISTERED, day=on(2025, 5))], {}, Status.IN_FORCE),
    ("suspended", [SIGNED, IN_FORCE, Action(K.SUSPENDED, day=on(2025, 6))], {}, Status.SUSPENDED),
    ("suspended and resumed", [SIGNED, IN_FORCE, Action(K.SUSPENDED, day=on(2025, 6)), Action(K.RESUMED, day=on(2025, 7))], {}, Status.IN_FORCE),
    ("notice of termination, effect still to come", [SIGNED, IN_FORCE, replace(TERMINATES, day=on(2026, 6))], {}, Status.IN_FORCE),
    ("notice of termination, effect not known", [SIGNED, IN_FORCE, replace(TERMINATES, has_effect=False)], {}, Status.IN_FORCE),
    ("notice of termination has taken effect", [SIGNED, IN_FORCE, TERMINATES], {}, Status.TERMINATED),
    ("notice of termination is no step towards force", [SIGNED, replace(TERMINATES, day=on(2026, 6))], BINDING, Status.UNKNOWN),
    ("terminated", [SIGNED, IN_FORCE, Action(K.TERMINATED, day=on(2025, 8))], {}, Status.TERMINATED),
    ("expired", [SIGNED, IN_FORCE, Action(K.EXPIRED, day=on(2025, 12, 31))], {}, Status.EXPIRED),
    ("expires later", [SIGNED, IN_FORCE, Action(K.EXPIRED, day=on(2026, 1, 2))], {}, Status.IN_FORCE),
    ("extended after expiry", [SIGNED, IN_FORCE, Action(K.EXPIRED, day=on(2025, 2)), Action(K.EXTENDED, day=on(2025, 3))], {}, Status.IN_FORCE),
    ("replaced", [SIGNED, IN_FORCE, Action(K.REPLACED, day=on(2025, 8))], {}, Status.REPLACED),
    ("contradictory: ended before it was signed", [SIGNED, Action(K.TERMINATED, day=on(2020))], {}, Status.TERMINATED),
    ("contradictory: expired and replaced, the later one counts", [SIGNED, Action(K.EXPIRED, day=on(2025)), Action(K.REPLACED, day=on(2025, 2))], {}, Status.REPLACED),
    ("term of known length over, not renewed", [SIGNED, OLD_FORCE], {"term": FIVE_YEARS}, Status.EXPIRED),
    ("term of known length over, renewed by agreement, no extension on record", [SIGNED, OLD_FORCE], {"term": replace(FIVE_YEARS, renewal="by-agreement")}, Status.EXPIRED),
    ("term of known length over, renews itself", [SIGNED, OLD_FORCE], {"term": replace(FIVE_YEARS, renewal="automatic")}, Status.IN_FORCE),
    ("term of known length over, renewal not known", [SIGNED, OLD_FORCE], {"term": replace(FIVE_YEARS, renewal="unknown")}, Status.UNKNOWN),
    ("term of known length over, extended once", [SIGNED, OLD_FORCE, EXTENDED], {"term": FIVE_YEARS}, Status.IN_FORCE),
    ("term of known length over, extended for a shorter time", [SIGNED, OLD_FORCE, EXTENDED], {"term": replace(FIVE_YEARS, renewal_period="P1M")}, Status.EXPIRED),
    ("term of known length, not over", [SIGNED, IN_FORCE], {"term": FIVE_YEARS}, Status.IN_FORCE),
    ("term of known length, begun on a day not known", [SIGNED, Action(K.IN_FORCE)], {"term": FIVE_YEARS}, Status.IN_FORCE),
    ("term over, terminated before", [SIGNED, OLD_FORCE, Action(K.TERMINATED, day=on(2019))], {"term": FIVE_YEARS}, Status.TERMINATED),
    ("term over while suspended", [SIGNED, OLD_FORCE, Action(K.SUSPENDED, day=on(2019))], {"term": FIVE_YEARS}, Status.EXPIRED),
    ("stated end passed, political document", [SIGNED], {"binding": "no", "term": Term(stated_end=on(2025, 12, 31))}, Status.EXPIRED),
    ("stated end today", [SIGNED], {"binding": "no", "term": Term(stated_end=TODAY)}, Status.POLITICAL),
    ("stated end of a document of unknown day", [Action(K.SIGNED)], {"binding": "no", "term": Term(stated_end=on(2025, 12, 31))}, Status.EXPIRED),
    ("stated end passed, renews itself", [SIGNED, IN_FORCE], {"term": Term(stated_end=on(2025, 6), renewal="automatic")}, Status.IN_FORCE),
    ("stated end passed, never signed", [Action(K.INITIALLED, day=on(2020))], {"term": Term(stated_end=on(2025))}, Status.NEGOTIATED),
    ("clauses of a term, no step at all", [], {"term": FIVE_YEARS}, Status.UNKNOWN),
    ("terminated on an unknown day", [SIGNED, IN_FORCE, Action(K.TERMINATED)], {}, Status.TERMINATED),
    ("in force in a year, terminated within it", [SIGNED, replace(IN_FORCE, day=on(2025, 12, 31), date="2025", first=on(2025)), Action(K.TERMINATED, day=on(2025, 6))], {}, Status.TERMINATED),
    ("political document on signature", [SIGNED], {"binding": "no", **ON_SIGNATURE}, Status.POLITICAL),
    ("political document, both notices", [SIGNED, FIRST_NOTICE, SECOND_NOTICE], {"binding": "no", **NOTES}, Status.POLITICAL),
    ("notice in time before an automatic renewal", [SIGNED, OLD_FORCE, replace(TERMINATES, day=on(2020, 3), has_effect=False)], {"term": RENEWS}, Status.TERMINATED),
    ("notice too late for the renewal, in time for the next", [SIGNED, OLD_FORCE, replace(TERMINATES, day=on(2021, 1), has_effect=False)], {"term": RENEWS}, Status.IN_FORCE),
    ("notice where the term has no end", [SIGNED, IN_FORCE, replace(TERMINATES, day=on(2025, 4), has_effect=False)], {"term": Term(notice_period="P6M")}, Status.TERMINATED),
    ("notice whose time is not over", [SIGNED, IN_FORCE, replace(TERMINATES, day=on(2025, 9), has_effect=False)], {"term": Term(notice_period="P6M")}, Status.IN_FORCE),
    ("typed in any order", [TERMINATES, IN_FORCE, SIGNED], {}, Status.TERMINATED),
]  # fmt: skip


@pytest.mark.parametrize(("actions", "terms", "status"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_status_follows_from_the_actions(actions, terms, status):
    assert standing(actions, on=TODAY, **terms).status == status


def test_missing_steps_name_the_side_that_took_none():
    missing = standing([SIGNED, APPROVED], on=TODAY, binding="yes").missing
    assert (S.SECOND, K.PARLIAMENT_APPROVAL) in missing
    assert (S.FIRST, K.PARLIAMENT_APPROVAL) not in missing


def test_force_rests_on_the_second_notice_and_counts_from_its_day():
    answer = standing([SIGNED, SECOND_NOTICE, FIRST_NOTICE], on=TODAY, **NOTES)
    assert (answer.since, answer.rests_on) == ("2025-03-01", SECOND_NOTICE)


@pytest.mark.parametrize(
    ("day", "status"), [(on(2024, 8, 22), Status.UNKNOWN), (on(2024, 12, 31), Status.SIGNED), (on(2025), Status.IN_FORCE)]
)
def test_status_is_that_of_the_day_in_question(day, status):
    assert standing([SIGNED, IN_FORCE], on=day, **BINDING).status == status


def test_the_table_has_forty_cases_and_more():
    assert len({name for name, *_rest in CASES}) == len(CASES) >= 40


def test_side_without_a_step_lacks_the_approval_that_the_other_gave_and_no_notice_is_asked_for():
    decree = Action(K.GOVERNMENT_APPROVAL, S.FIRST, on(2025))
    assert standing([SIGNED, decree], on=TODAY, **BINDING).missing == ((S.SECOND, K.GOVERNMENT_APPROVAL), (S.JOINT, K.IN_FORCE))
    assert standing([SIGNED, APPROVED], on=TODAY, **BINDING).missing == ((S.SECOND, K.PARLIAMENT_APPROVAL), (S.JOINT, K.IN_FORCE))


def test_phases_cover_every_day_once_and_say_what_the_rule_says():
    actions = [SIGNED, FIRST_NOTICE, SECOND_NOTICE, TERMINATES]
    rows = phases(actions, **NOTES)
    assert [row[2].status for row in rows] == [Status.UNKNOWN, Status.SIGNED, Status.IN_FORCE, Status.TERMINATED]
    assert (rows[0][0], rows[-1][1]) == (datetime.date.min, None)
    for (_first, last, _now), (following, _last, _next) in pairwise(rows):
        assert following == last + datetime.timedelta(days=1)
    for first, last, now in rows:
        for day in {first, last or on(2100)}:
            assert standing(actions, on=day, **NOTES).status == now.status


def test_force_of_unknown_day_is_claimed_from_the_day_on_which_a_source_reports_it():
    reported = Action(K.IN_FORCE, known_by=on(2025, 5))
    assert [standing([SIGNED, reported], on=day).status for day in (on(2025, 4), on(2025, 5))] == [Status.UNKNOWN, Status.IN_FORCE]
    amended = Action(K.AMENDED, day=on(2025, 7))
    days = (on(2025, 4), on(2025, 7))
    assert [standing([SIGNED, Action(K.IN_FORCE), amended], on=day).status for day in days] == [Status.UNKNOWN, Status.IN_FORCE]


def test_force_is_never_claimed_before_the_signature():
    early = Action(K.IN_FORCE, day=on(2020), date="2020-01-01")
    assert standing([SIGNED, early], on=on(2022)).status != Status.IN_FORCE


def test_phases_end_with_a_term_though_no_step_says_so():
    rows = phases([SIGNED, OLD_FORCE], term=FIVE_YEARS)
    assert [(row[0], row[2].status) for row in rows][-1] == (on(2021, 3, 1), Status.EXPIRED)


@pytest.mark.parametrize(
    ("actions", "terms", "words"),
    [
        ([SIGNED, IN_FORCE], {}, None),
        ([SIGNED, Action(K.IN_FORCE)], {}, None),
        ([SIGNED, Action(K.IN_FORCE, day=on(2020), date="2020-01-01")], {}, "lies before"),
        ([SIGNED, IN_FORCE, replace(IN_FORCE, day=on(2026))], {}, "different days"),
        ([SIGNED, IN_FORCE, Action(K.TERMINATED, day=on(2025, 2)), Action(K.AMENDED, day=on(2025, 3))], {}, "follows"),
        ([SIGNED, IN_FORCE, Action(K.EXPIRED, day=on(2025, 2)), Action(K.EXTENDED, day=on(2025, 3))], {}, None),
        ([SIGNED, Action(K.RESUMED, day=on(2025), date="2025-01-01"), Action(K.SUSPENDED, day=on(2026))], {}, "lies before"),
        ([SIGNED, IN_FORCE], {"binding": "no"}, "not legally binding"),
        ([SIGNED], {"term": Term(stated_end=on(2020))}, "before its signature"),
        ([SIGNED, IN_FORCE], {"term": Term(duration="P5Y", stated_end=on(2027, 12, 31))}, "another one than its duration gives"),
        ([SIGNED, IN_FORCE], {"term": Term(duration="P5Y", stated_end=on(2030, 12, 31))}, None),
    ],
)
def test_steps_that_cannot_all_be_right_are_told(actions, terms, words):
    found = contradictions(actions, **terms)
    assert [words in sentence for sentence in found] == ([True] if words else [])


def test_repeated_notice_moves_nothing():
    repeated = replace(FIRST_NOTICE, day=on(2025, 9), date="2025-09-01")
    assert standing([SIGNED, FIRST_NOTICE, SECOND_NOTICE, repeated], on=TODAY, **NOTES).since == "2025-03-01"


def test_last_year_there_is_breaks_no_phase():
    assert phases([SIGNED], binding="no", term=Term(stated_end=datetime.date.max))[-1][2].status == Status.POLITICAL
