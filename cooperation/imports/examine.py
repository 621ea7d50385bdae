"""What an import would change, before anything does: counts, the first rows of each sort, every refusal."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cooperation.imports.reader import read
from cooperation.imports.rows import Omission, Omitted, Refusal
from cooperation.imports.stage import REFUSED, Verdict
from cooperation.models import TradeFigure

SAMPLES = 5
# A file that is wrong from end to end is told so by this many examples; the number of all is counted.
MOST_REFUSALS = 10_000


@dataclass
class Examination:
    """The outcome of reading and comparing one file; `as_json()` is what an import keeps of it."""

    rows: int = 0
    counts: dict = field(default_factory=lambda: dict.fromkeys(("new", "revised", "unchanged", "refused"), 0))
    left_out: dict = field(default_factory=dict)
    refusals: list = field(default_factory=list)
    samples: dict = field(default_factory=dict)

    @property
    def may_be_written(self):
        """All rows or none: one refusal stops the import."""
        return not self.counts["refused"]

    @property
    def changes(self):
        """How many figures would be added."""
        return self.counts["new"] + self.counts["revised"]

    def refuse(self, refusal):
        """Count a refusal, and keep it while there are not too many."""
        self.counts["refused"] += 1
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(refusal)

    def as_json(self):
        """Plain lists and dictionaries."""
        return {
            "rows": self.rows,
            "counts": self.counts,
            "left_out": self.left_out,
            "refusals": [refusal._asdict() for refusal in self.refusals],
            "samples": self.samples,
        }


def examine(stage, file, terms, progress=None):
    """Read a file into the stage and compare it with the record. Raises Unreadable."""
    found = Examination()
    stage.add(_observations(read(file, terms, progress), found))
    stage.judge()
    for verdict, count in stage.counts().items():
        found.counts["refused" if verdict in REFUSED else verdict] += count
    for line, verdict, other in stage.refused(MOST_REFUSALS):
        found.refusals.append(Refusal(line, "", _sentence(verdict, other)))
    found.refusals = sorted(found.refusals)[:MOST_REFUSALS]
    found.samples = {sort.value: stage.first_of(sort, SAMPLES) for sort in (Verdict.NEW, Verdict.REVISED, Verdict.UNCHANGED)}
    return found


def _observations(outcomes, found):
    """Pass on the observations; count the rest."""
    for outcome in outcomes:
        found.rows += 1
        if isinstance(outcome, Refusal):
            found.refuse(outcome)
        elif isinstance(outcome, Omitted):
            _leave_out(found, outcome.why)
        else:
            if outcome.is_part:
                _leave_out(found, Omission.PARTS)
            yield outcome


def _leave_out(found, why):
    found.left_out[why.value] = found.left_out.get(why.value, 0) + 1


def _sentence(verdict, other):
    if verdict == Verdict.DOUBLED:
        return _("the same figure as in line %(line)s") % {"line": other}
    if verdict == Verdict.TAKEN:
        values = {"code": f"{TradeFigure.LETTER}{other}"}
        return _("%(code)s holds another value for this day of release; a revision has a later day of its own") % values
    return _("only parts of this figure are in the file: download it with its total (C00, all modes, partner2 World)")
