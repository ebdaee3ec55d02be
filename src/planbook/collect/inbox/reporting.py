"""Say who has reported in which edition: on time, late, awaited, missing, sent back or withdrawn.

Duties of the plan, deadlines of the dataset, the workbooks filed and those refused → the table
`SUBMISSIONS`, which `status`, the book and the packs show alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from planbook.collect.decided.past_values import PastValue
from planbook.collect.inbox.asked_of_units import asked_beside_indicators
from planbook.collect.inbox.receipts import Refusal
from planbook.collect.owed import allowed_periods, owed_indicators
from planbook.collect.read.submission import Key, Received, Submission
from planbook.frames import SubmissionRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Indicator, Plan
from planbook.task_frames import TaskDecisionRow
from planbook.vocabulary import ObsStatus, Severity, SubmissionState
from planbook.watch_frames import ActionDecisionRow
from planbook.workspace import Dataset


@dataclass(frozen=True)
class Duties:
    """What makes the table of who has reported: duties, deadlines, and what was sent back.

    Values known from ``history.csv`` (`past`) are not missed where no workbook came. Decided
    `actions` and `tasks` are asked about in the forms.
    """

    plan: Plan
    dataset: Dataset
    today: dt.date | None
    returned: tuple[Refusal, ...]
    past: tuple[PastValue, ...] = ()
    actions: tuple[ActionDecisionRow, ...] = ()
    tasks: tuple[TaskDecisionRow, ...] = ()

    def rows(
        self, upto: Edition, received: Received, ordered: Received
    ) -> tuple[SubmissionRow, ...]:
        """Return a row a unit and edition, and of the months between where it owes or sent."""
        order = {unit.id: number for number, unit in enumerate(self.plan.units)}
        rounds = self.plan.cycle.rounds(self.plan.about.first_edition, upto)
        asked = asked_beside_indicators(self.plan, rounds, ordered, self.actions, self.tasks)
        due = {
            (edition, unit_id)
            for edition in rounds
            for unit_id in order
            if (edition, unit_id) in asked
            or self.plan.cycle.has(edition)
            or owed_indicators(self.plan, unit_id, edition)
        }
        back = {
            (Edition.parse(r.edition), r.submitting_unit): r
            for r in self.returned
            if r.submitting_unit in order
        }
        keys = sorted({*due, *received, *back}, key=lambda key: (key[0], order[key[1]]))
        return tuple(
            self._row(
                key,
                ordered.get(key, []),
                back.get(key),
                withdrawn=key in received,
                asked=key in asked,
            )
            for key in keys
        )

    def _row(
        self,
        key: Key,
        ordered: list[Submission],
        returned: Refusal | None,
        *,
        withdrawn: bool,
        asked: bool,
    ) -> SubmissionRow:
        """Return the row of a unit and edition; `returned` is the last workbook refused."""
        edition, unit_id = key
        latest = ordered[0] if ordered else None
        owed = () if edition.correction else owed_indicators(self.plan, unit_id, edition)
        if not (latest or returned):
            owed = self._still_owed(owed, edition)
        if latest is not None and latest.usable:
            state, returned = self._punctuality(edition, ordered), None
        elif returned is not None:
            state, latest = SubmissionState.RETURNED, None
        elif latest is not None:
            state = SubmissionState.REFUSED
        elif not (owed or edition.correction or asked):
            state = SubmissionState.NOTHING_OWED
        elif withdrawn:
            state = SubmissionState.WITHDRAWN
        else:
            state = self._silent(edition)
        there = {
            (value.indicator_id, value.period)
            for value in (latest.values if latest else ())
            if value.value is not None or value.status is ObsStatus.NOT_APPLICABLE
        }
        told = latest or returned
        came = latest.received if latest else returned.received_on if returned else None
        return SubmissionRow(
            edition=edition,
            submitting_unit=unit_id,
            unit_name=self.plan.unit(unit_id).name,
            state=state,
            deadline=self.dataset.deadline(edition).isoformat(),
            received_on=came.isoformat() if came else "",
            file=latest.file if latest else "",
            sha256=latest.sha256 if latest else "",
            superseded=max(len(ordered) - 1, 0),
            owed=len(owed),
            reported=sum(
                any(
                    (i.id, answer) in there
                    for answer in allowed_periods(self.plan, i, edition, period)
                )
                for i, period in owed
            ),
            errors=told.count(Severity.ERROR) if told else 0,
            warnings=told.count(Severity.WARNING) if told else 0,
        )

    def _still_owed(
        self, owed: Sequence[tuple[Indicator, TimePeriod]], edition: Edition
    ) -> tuple[tuple[Indicator, TimePeriod], ...]:
        """Return what is owed and not known already."""
        return tuple(
            (indicator, period)
            for indicator, period in owed
            if not any(
                self._known_since.get((indicator.id, answer), edition.plus(1)) <= edition
                for answer in allowed_periods(self.plan, indicator, edition, period)
            )
        )

    @cached_property
    def _known_since(self) -> dict[tuple[str, TimePeriod], Edition]:
        """From which edition on values of the past are known, by indicator and period."""
        newest_first = sorted(self.past, key=lambda row: row.from_edition, reverse=True)
        return {(row.indicator_id, row.time_period): row.from_edition for row in newest_first}

    def _punctuality(self, edition: Edition, ordered: list[Submission]) -> SubmissionState:
        """Return 按时 or 迟报; who reported in time and corrected itself later was not late."""
        first = min(s.received for s in ordered if s.usable and s.received)
        late = first > self.dataset.deadline(edition) and not edition.correction
        return SubmissionState.LATE if late else SubmissionState.ON_TIME

    def _silent(self, edition: Edition) -> SubmissionState:
        open_still = self.today is not None and self.today <= self.dataset.deadline(edition)
        return SubmissionState.AWAITED if open_still else SubmissionState.MISSING
