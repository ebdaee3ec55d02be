"""What the rules look at: everything that an edition knew, and what the editions before said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypedDict, Unpack

from planbook.assess.alerts.past import Past, past_of
from planbook.assess.annual import assess_annual_targets
from planbook.assess.known import Known
from planbook.assess.scope import choose
from planbook.contract import Number
from planbook.facts.observations import Facts
from planbook.frames import AnnualVerdictRow, MeasureRow, RevisionRow, Verdict
from planbook.outlook_frames import OutlookRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Plan
from planbook.plan.alert_limits import AlertLimits
from planbook.vocabulary import SubmissionState
from planbook.watch_frames import ActionRow, AlertRow, AlertRule

MeasuresOf = Callable[[Edition], Sequence[MeasureRow]]
ActionsOf = Callable[[Edition], Sequence[ActionRow]]
ActionSubject = tuple[str, str, str]  # goal, measure; or of neither, the unit


class Found(TypedDict, total=False):
    """What a rule found: columns of `AlertRow` that it gives a meaning."""

    measured: Number
    limit: Number
    compared: Number
    period: TimePeriod | None


class About(Found, total=False):
    """What was found, and what it is about besides the unit."""

    goal_id: str
    measure_id: str
    action_id: str


@dataclass(frozen=True)
class Record:
    """What all editions said, by the edition without its correction number.

    Attributes
    ----------
    verdicts, outlooks
        By edition and goal.
    states
        What units sent, by edition and unit.
    measures_of, actions_of
        Where measures and actions stood in an edition.
    """

    plan: Plan
    facts: Facts
    verdicts: Mapping[tuple[Edition, str], Verdict]
    outlooks: Mapping[tuple[Edition, str], OutlookRow]
    states: Mapping[tuple[Edition, str], SubmissionState]
    measures_of: MeasuresOf
    actions_of: ActionsOf


@dataclass(frozen=True)
class Evidence:
    """The record as one edition sees it: nothing later is looked at."""

    record: Record
    edition: Edition

    @property
    def plan(self) -> Plan:
        return self.record.plan

    @property
    def limits(self) -> AlertLimits:
        return self.plan.about.alerts

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """This edition and the regular ones before it, newest first."""
        first, found = self.plan.about.first_edition, [self.edition]
        while found[-1].plus(-1) >= first:
            found.append(found[-1].plus(-1))
        return tuple(found)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Of this edition, in the plan's order."""
        found = (self.verdict(goal.id) for goal in self.plan.goals)
        return tuple(row for row in found if row is not None)

    def verdict(self, goal_id: str, edition: Edition | None = None) -> Verdict | None:
        """Return the verdict of this edition or another."""
        return self.record.verdicts.get(((edition or self.edition).base, goal_id))

    def outlook(self, goal_id: str, edition: Edition | None = None) -> OutlookRow | None:
        """Return the outlook of this edition or another."""
        return self.record.outlooks.get(((edition or self.edition).base, goal_id))

    def states(self, unit_id: str) -> Iterator[SubmissionState]:
        """Yield what a unit sent in this edition and those before, newest first.

        Editions in which it owed no value are not among them.
        """
        for edition in self.editions:
            state = self.record.states.get((edition.base, unit_id))
            if state is not None:
                yield state

    @cached_property
    def measures(self) -> tuple[MeasureRow, ...]:
        return tuple(self.record.measures_of(self.edition))

    @cached_property
    def actions(self) -> tuple[ActionRow, ...]:
        return tuple(self.record.actions_of(self.edition))

    @cached_property
    def open_actions(self) -> Mapping[ActionSubject, Sequence[tuple[int, ActionRow]]]:
        """Return by subject the actions that nothing has closed, each with its place in `actions`.

        The subject is a goal or measure; of an action about neither, its unit.
        """
        found: dict[ActionSubject, list[tuple[int, ActionRow]]] = {}
        for place, row in enumerate(self.actions):
            if row.closed_in is None:
                about = row.goal_id or row.measure_id
                subject = (row.goal_id, row.measure_id, "" if about else row.submitting_unit)
                found.setdefault(subject, []).append((place, row))
        return found

    @cached_property
    def revisions(self) -> tuple[RevisionRow, ...]:
        """The values that this edition changed."""
        own = self.edition.base
        return tuple(
            row
            for row in self.record.facts.revisions
            if row.vintage.base == own and row.vintage <= self.edition
        )

    @cached_property
    def first_goals(self) -> dict[str, Goal]:
        """The first goal of each indicator with numbers, by indicator.

        What is said of a value is said once, however many goals are set on it.
        """
        return {
            indicator.id: indicator.goals[0]
            for indicator in self.plan.indicators
            if not indicator.by_people
        }

    @cached_property
    def past(self) -> Callable[[str], Past | None]:
        """Return the single periods, or the levels, of a goal's series up to its newest value."""
        return cache(self._past)

    def _past(self, goal_id: str) -> Past | None:
        goal = self.plan.goal(goal_id).as_of(self.edition)
        return past_of(self.plan, goal, choose(self.plan, goal, self._known))

    @cached_property
    def years_decided(self) -> dict[str, AnnualVerdictRow]:
        """Return by goal the newest yearly target that was reached or not, as this edition knew."""
        found = assess_annual_targets(self.plan, self._known)  # of a goal, in the order of years
        return {row.goal_id: row for row in found if row.verdict.decided}

    @cached_property
    def _known(self) -> Known:
        return Known.of(self.record.facts, self.edition)

    def about(
        self, rule: AlertRule, subject: Verdict | MeasureRow, **found: Unpack[Found]
    ) -> AlertRow:
        """Return a warning about a goal or a measure; its unit answers for it."""
        if isinstance(subject, Verdict):
            return self.row(rule, subject.submitting_unit, goal_id=subject.goal_id, **found)
        return self.row(rule, subject.submitting_unit, measure_id=subject.measure_id, **found)

    def row(self, rule: AlertRule, submitting_unit: str, **about: Unpack[About]) -> AlertRow:
        """Return a warning that begins in this edition."""
        return AlertRow(
            edition=self.edition,
            alert_rule=rule,
            submitting_unit=submitting_unit,
            since=self.edition,
            **about,
        )
