"""What departments have said so far: their newest values and statuses, growing by edition.

`history_checks` holds a new workbook against it. Refused and blank cells leave no trace here, a
value withdrawn as 「—」 goes, and one that people corrected counts as corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial

from planbook.collect.compare.projects_so_far import ProjectsSoFar
from planbook.collect.decided.declared_correction import Correction
from planbook.collect.decided.past_values import PastValue
from planbook.collect.owed import known_decisions, owed_replies, tasks_of_units
from planbook.collect.read.submission import DeclaredRevision, Submission
from planbook.collect.written_numbers import shown
from planbook.frames import BaselineRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import CorrectionAction, MeasureStatus, ObsStatus
from planbook.watch_frames import ActionDecisionRow


@dataclass(frozen=True, slots=True)
class Known:
    """A value that was reported: of which period and scope, and how final it was called.

    `sent` is what the department wrote itself, where a declared correction took its place: whoever
    names the value on file may name either.
    """

    period: TimePeriod
    scope: str
    value: float
    stage: str = ""
    sent: float | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        return (self.value,) if self.sent is None else (self.sent, self.value)

    @property
    def told(self) -> str:
        """The value as findings print it, with the department's own where it was corrected."""
        if self.sent is None:
            return shown(self.value)
        return f"{shown(self.sent)}、更正后的 {shown(self.value)}"


Values = dict[tuple[TimePeriod, str], Known]


@dataclass
class History:
    """What was said in the editions taken in so far; take them in their order.

    Attributes
    ----------
    values
        By indicator, then by period and scope: the newest report.
    statuses
        By measure or sub-item: the edition that brought the newest, the status and its progress.
    baselines
        Analysts' baselines, any editions'; known from the first workbook of a dataset on.
    actions, tasks
        Decided ones, any editions'.
    tasks_so_far
        By task, the status last reported.
    projects
        What was said of projects.
    past
        Rows of ``history.csv`` that are not taken in yet.
    """

    plan: Plan
    corrections: tuple[Correction, ...] = ()
    baselines: Iterable[BaselineRow] = ()
    actions: tuple[ActionDecisionRow, ...] = ()
    tasks: tuple[TaskDecisionRow, ...] = ()
    past: tuple[PastValue, ...] = ()
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(dict))
    statuses: dict[str, tuple[Edition, MeasureStatus, str]] = field(default_factory=dict)
    tasks_so_far: dict[str, MeasureStatus] = field(default_factory=dict)

    @classmethod
    def before(
        cls,
        edition: Edition,
        plan: Plan,
        submissions: Iterable[Submission],
        corrections: Iterable[Correction] = (),
        baselines: Iterable[BaselineRow] = (),
        *,
        actions: Iterable[ActionDecisionRow] = (),
        tasks: Iterable[TaskDecisionRow] = (),
        past: Iterable[PastValue] = (),
    ) -> History:
        """Return what the submissions of editions before this one say; later ones are ignored.

        Parameters
        ----------
        submissions
            The ones that count, as ``Submissions.current``, in any order.
        """
        decided = (tuple(actions), tuple(tasks))
        found = cls(plan, tuple(corrections), baselines, *decided, tuple(past))
        earlier = [s for s in submissions if s.edition < edition]
        for submission in sorted(earlier, key=lambda s: (s.edition, s.unit_id)):
            found.take(submission)
        found.correct(edition)
        return found

    def take(self, submission: Submission) -> None:
        """Take in what a workbook says, its revisions first."""
        self._take_past(submission.edition)
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
            told = (submission.edition, status.status, status.progress)
            self.statuses[status.measure_id] = told
        for task in submission.tasks:
            if task.status is not None:
                self.tasks_so_far[task.task_id] = task.status
        self.projects.take(submission)

    def revised(self, own: Values, revision: DeclaredRevision) -> Values:
        """Return an indicator's values after a row of 修订, which names no scope and no stage."""
        scope = self.revised_scope(own, revision)
        known = Known(revision.period, scope, revision.new_value)
        return {**own, (revision.period, scope): known}

    def revised_scope(self, own: Values, revision: DeclaredRevision) -> str:
        """Return which scope's value a row of 修订 means: of those known, the one that fits."""
        scopes = sorted(scope for period, scope in own if period == revision.period)
        old = revision.old_value
        fits = [scope for scope in scopes if old in own[revision.period, scope].numbers]
        stated = self.plan.indicator(revision.indicator_id).scope
        return stated if stated in (fits or scopes) else (*fits, *scopes, stated)[0]

    @cached_property
    def projects(self) -> ProjectsSoFar:
        return ProjectsSoFar(self.plan)

    @cached_property
    def known_actions(self) -> Callable[[Edition], dict[str, ActionDecisionRow]]:
        """Return the actions decided up to an edition, by id."""
        return cache(partial(known_decisions, self.actions))

    @cached_property
    def owed_replies(self) -> Callable[[Edition], dict[str, list[ActionDecisionRow]]]:
        """Return by unit the open actions that it has to reply to in an edition."""
        return cache(partial(owed_replies, self.actions))

    @cached_property
    def known_tasks(self) -> Callable[[Edition], dict[str, TaskDecisionRow]]:
        """Return the tasks agreed up to an edition, by id."""
        return cache(partial(known_decisions, self.tasks))

    @cached_property
    def tasks_of_measures(self) -> Callable[[Edition], dict[str, list[TaskDecisionRow]]]:
        """Return by measure the tasks agreed up to an edition and not dropped."""

        def of_measures(edition: Edition) -> dict[str, list[TaskDecisionRow]]:
            found: dict[str, list[TaskDecisionRow]] = defaultdict(list)
            for row in self.known_tasks(edition).values():
                if row.measure_id and not row.dropped:
                    found[row.measure_id].append(row)
            return found

        return cache(of_measures)

    def owed_tasks(self, edition: Edition, unit_id: str) -> list[TaskDecisionRow]:
        """Return the tasks on which a unit owes a report: open, and agreed before the edition.

        What an edition agrees stands in the form of the one that follows.
        """
        return [
            row
            for row in self._tasks_of_units(edition).get(unit_id, ())
            if self.tasks_so_far.get(row.task_id) is not MeasureStatus.DONE
        ]

    @cached_property
    def _tasks_of_units(self) -> Callable[[Edition], dict[str, list[TaskDecisionRow]]]:
        """Return by unit the tasks agreed before an edition that it does not drop."""
        since: dict[str, Edition] = {}
        for row in self.tasks:
            since[row.task_id] = min(since.get(row.task_id, row.from_edition), row.from_edition)

        def of_units(edition: Edition) -> dict[str, list[TaskDecisionRow]]:
            before = [row for row in self.tasks if since[row.task_id] < edition]
            return tasks_of_units(before, edition)

        return cache(of_units)

    def base_values(self, indicator_id: str, edition: Edition) -> tuple[Known, ...]:
        """Return an indicator's baselines as known in an edition."""
        held: dict[tuple[TimePeriod, str], Known] = {}
        for known_from, base in self._baselines.get(indicator_id, ()):
            if known_from <= edition:
                held[base.period, base.scope] = base
        return tuple(held.values())

    @cached_property
    def _baselines(self) -> dict[str, list[tuple[Edition, Known]]]:
        """Baselines by indicator, each with its first edition, the oldest first."""
        found: dict[str, list[tuple[Edition, Known]]] = defaultdict(list)
        for row in self.baselines:
            base = Known(row.time_period, row.scope, row.obs_value)
            found[row.indicator_id].append((row.from_edition, base))
        for rows in found.values():
            rows.sort(key=lambda row: row[0])
        return found

    def correct(self, edition: Edition) -> None:
        """Take in what is known beside workbooks by now, and what corrects earlier ones."""
        self._take_past(edition)
        ready = [c for c in self.corrections if c.from_edition <= edition and c.edition < edition]
        for correction in sorted(ready, key=lambda c: (c.from_edition, c.id)):
            self._correct(correction)
        self.corrections = tuple(c for c in self.corrections if c not in ready)

    def _take_past(self, edition: Edition) -> None:
        """Take in what ``history.csv`` holds from an edition or an earlier one on."""
        ready = [row for row in self.past if row.from_edition <= edition]
        for row in sorted(ready, key=lambda row: row.from_edition):
            known = Known(row.time_period, row.scope, row.obs_value, row.release_stage or "")
            self.values[row.indicator_id][row.time_period, row.scope] = known
        if ready:
            self.past = tuple(row for row in self.past if row.from_edition > edition)

    def _correct(self, correction: Correction) -> None:
        if correction.project_id is not None:
            self.projects.correct(correction)
        if correction.indicator_id is None or correction.time_period is None:
            return
        own = self.values[correction.indicator_id]
        stated = self.plan.indicator(correction.indicator_id).scope
        key = (correction.time_period, correction.scope or stated)
        if correction.action is CorrectionAction.DROP:
            own.pop(key, None)
        elif correction.action is CorrectionAction.OVERRIDE and isinstance(correction.value, float):
            known = own.get(key)
            if known is None:
                own[key] = Known(*key, correction.value)
            else:
                own[key] = replace(known, value=correction.value, sent=known.numbers[0])
