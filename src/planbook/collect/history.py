"""What departments have said so far: their newest values and statuses, growing by edition.

`history_checks` holds a new workbook against it. Refused and blank cells leave no trace here, a
value withdrawn as 「—」 goes, and one that people corrected counts as corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from planbook.collect.corrections import Correction
from planbook.collect.submission import DeclaredRevision, Submission
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import CorrectionAction, MeasureStatus, ObsStatus, Scope


@dataclass(frozen=True, slots=True)
class Known:
    """A value that was reported: of which period and scope, and how final it was called."""

    period: TimePeriod
    scope: Scope
    value: float
    stage: str = ""


Values = dict[tuple[TimePeriod, Scope], Known]


@dataclass
class History:
    """What was said in the editions taken in so far; take them in their order.

    Attributes
    ----------
    values
        By indicator, then by period and scope: the newest report.
    statuses
        By measure or sub-item: the newest status and the edition that brought it.
    progress
        By measure or sub-item: the progress told with it.
    """

    plan: Plan
    corrections: tuple[Correction, ...] = ()
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(dict))
    statuses: dict[str, tuple[Edition, MeasureStatus]] = field(default_factory=dict)
    progress: dict[str, str] = field(default_factory=dict)

    @classmethod
    def before(
        cls,
        edition: Edition,
        plan: Plan,
        submissions: Iterable[Submission],
        corrections: Iterable[Correction] = (),
    ) -> History:
        """Return what the submissions of editions before this one say; later ones are ignored.

        Parameters
        ----------
        submissions
            The ones that count, as ``Submissions.current``, in any order.
        """
        found = cls(plan, tuple(corrections))
        earlier = [s for s in submissions if s.edition < edition]
        for submission in sorted(earlier, key=lambda s: (s.edition, s.unit_id)):
            found.take(submission)
        found.correct(edition)
        return found

    def take(self, submission: Submission) -> None:
        """Take in what a workbook says, its revisions first."""
        for revision in submission.revisions:
            own = self.values[revision.indicator_id]
            self.values[revision.indicator_id] = self.revised(own, revision)
        for value in submission.values:
            key = (value.period, value.scope)
            if value.value is not None:
                known = Known(value.period, value.scope, value.value, value.stage)
                self.values[value.indicator_id][key] = known
            elif value.status is ObsStatus.NOT_APPLICABLE:
                self.values[value.indicator_id].pop(key, None)
        for status in submission.statuses:
            self.statuses[status.measure_id] = (submission.edition, status.status)
            self.progress[status.measure_id] = status.progress

    def revised(self, own: Values, revision: DeclaredRevision) -> Values:
        """Return an indicator's values after a row of 修订, which names no scope and no stage."""
        scopes = sorted(scope for period, scope in own if period == revision.period)
        fits = [
            scope for scope in scopes if own[revision.period, scope].value == revision.old_value
        ]
        stated = self.plan.indicator(revision.indicator_id).scope
        scope = stated if stated in (fits or scopes) else (*fits, *scopes, stated)[0]
        known = Known(revision.period, scope, revision.new_value)
        return {**own, (revision.period, scope): known}

    def correct(self, edition: Edition) -> None:
        """Apply the declared corrections of earlier editions' values that hold in this one."""
        ready = [c for c in self.corrections if c.from_edition <= edition and c.edition < edition]
        for correction in sorted(ready, key=lambda c: (c.from_edition, c.id)):
            self._correct(correction)
        self.corrections = tuple(c for c in self.corrections if c not in ready)

    def _correct(self, correction: Correction) -> None:
        if correction.indicator_id is None or correction.time_period is None:
            return
        own = self.values[correction.indicator_id]
        stated = self.plan.indicator(correction.indicator_id).scope
        key = (correction.time_period, correction.scope or stated)
        if correction.action is CorrectionAction.DROP:
            own.pop(key, None)
        elif correction.action is CorrectionAction.OVERRIDE and isinstance(correction.value, float):
            known = own.get(key, Known(*key, correction.value))
            own[key] = replace(known, value=correction.value)
