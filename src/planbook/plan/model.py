"""A whole plan as one frozen object, with the look-ups that other layers need.

Put together from the parts by `planbook.plan.load`; nothing here knows a particular plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from planbook.errors import Problem, ProblemsFound
from planbook.grouping import grouped
from planbook.periods import Edition, FiscalYear, TimePeriod
from planbook.plan.cycle import Cycle
from planbook.plan.parts import (
    Chapter,
    Field,
    Goal,
    Indicator,
    Measure,
    Record,
    Unit,
)
from planbook.plan.plan_file import Page, PlanFile, Thresholds
from planbook.vocabulary import Frequency, Kind

__all__ = ["Chapter", "Field", "Goal", "Indicator", "Page", "Plan", "Thresholds", "Unit"]

Reported = TypeVar("Reported", Indicator, Measure)


class Plan(Record):
    """A whole plan with look-ups by id. An id is unique among the objects of its kind.

    `notices` are what its keepers should know, though nothing is wrong.
    """

    about: PlanFile
    units: tuple[Unit, ...]
    chapters: tuple[Chapter, ...]
    notices: tuple[Problem, ...] = ()

    @property
    def thresholds(self) -> Thresholds:
        return self.about.thresholds

    @cached_property
    def cycle(self) -> Cycle:
        """How often the book comes out."""
        return self.about.editions

    @property
    def year(self) -> FiscalYear:
        """The years that totals, yearly targets and recurring measures are of."""
        return self.cycle.year

    @property
    def start(self) -> TimePeriod:
        return self.about.start

    @property
    def due(self) -> TimePeriod:
        return self.about.due

    def followed_from(self, first: Edition | None) -> Plan:
        """Return the plan as a dataset follows it that begins with an edition of its own.

        Raises
        ------
        ProblemsFound
            If that is before the first edition there can be.
        """
        if first is None or first == self.about.first_edition:
            return self
        if said := self.cycle.why_not(first):
            raise ProblemsFound(
                "数据集说明", [Problem(said, "dataset.yaml: first_edition", "改正期号")]
            )
        if first < self.about.first_edition:
            what = f"数据集的首期 {first} 早于方案的首期 {self.about.first_edition}"
            fix = f"改为 {self.about.first_edition} 或以后，或删去这一行"
            raise ProblemsFound("数据集说明", [Problem(what, "dataset.yaml: first_edition", fix)])
        about = self.about.model_copy(update={"first_edition": first})
        return self.model_copy(update={"about": about})

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals in the plan's order."""
        return tuple(goal for chapter in self.chapters for goal in chapter.goals)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for chapter in self.chapters for field in chapter.fields)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for field in self.fields for indicator in field.indicators)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for field in self.fields for measure in field.measures)

    @cached_property
    def unit_ids(self) -> dict[str, str]:
        """The units' ids by every way to name one: its name, its short one, its id."""
        return {name: u.id for u in self.units for name in (u.name, u.short, u.id)}

    def chapter(self, id: str) -> Chapter:
        return self._chapters[id]

    def has_goal(self, id: str) -> bool:
        return id in self._goals

    def goal(self, id: str) -> Goal:
        return self._goals[id]

    def field(self, id: str) -> Field:
        return self._fields[id]

    def indicator(self, id: str) -> Indicator:
        return self._indicators[id]

    def measure(self, id: str) -> Measure:
        """Return the measure with this id, or the one whose sub-item has it."""
        return self._measures[id]

    def unit(self, id: str) -> Unit:
        return self._units[id]

    def indicator_of(self, goal: Goal | str) -> Indicator:
        return self._indicator_of[goal if isinstance(goal, str) else goal.id]

    def field_of(self, item: Goal | Indicator | Measure) -> Field:
        """Return the field an object belongs to."""
        match item:
            case Goal():
                return self._field_of["indicator", self.indicator_of(item).id]
            case Indicator():
                return self._field_of["indicator", item.id]
            case Measure():
                return self._field_of["measure", item.id]

    def chapter_of(self, item: Goal | Indicator | Measure | Field) -> Chapter:
        field = item if isinstance(item, Field) else self.field_of(item)
        return self._chapter_of[field.id]

    def unit_of(self, item: Goal | Indicator | Measure) -> Unit:
        """Return who reports it: its own unit if one is named, else its field's."""
        owner = self.indicator_of(item) if isinstance(item, Goal) else item
        return self.unit(owner.submitting_unit or self.field_of(owner).submitting_unit)

    def indicators_of(self, unit_id: str) -> tuple[Indicator, ...]:
        """Return the indicators a unit reports, in the plan's order."""
        return self._indicators_of.get(unit_id, ())

    def measures_of(self, unit_id: str) -> tuple[Measure, ...]:
        """Return the measures a unit reports on, in the plan's order."""
        return self._measures_of.get(unit_id, ())

    def goal_unit(self, goal: Goal) -> str:
        """Return the unit of the goal's target."""
        return self.indicator_of(goal).unit if goal.unit is None else goal.unit

    def goal_start(self, goal: Goal) -> TimePeriod:
        """Return the time of a goal's baseline; a sum begins at zero then."""
        return (goal.since if goal.kind is Kind.CUMULATIVE else goal.base_period) or self.start

    def owed_periods(self, indicator: Indicator, edition: Edition) -> tuple[TimePeriod, ...]:
        """Return the periods an indicator owes in an edition, oldest first.

        It owes from the edition in which its first goal holds, and only what ends after the start
        of one of its goals: what was before is the baseline's, not the department's.
        """
        holds = min(goal.from_edition or self.about.first_edition for goal in indicator.goals)
        if self.cycle.told_in(edition) < holds:
            return ()
        start = min(self.goal_start(goal) for goal in indicator.goals)
        return tuple(p for p in indicator.owed_periods(edition, self.cycle) if p > start)

    def goal_due(self, goal: Goal) -> TimePeriod:
        return goal.due or self.due

    def decided_by(self, goal: Goal) -> TimePeriod:
        """Return the last month whose value can decide a goal; later ones never do.

        The due month where there is a value of it. A yearly total needs the whole year, and some
        indicators have no value of the due month: then the first that covers it.
        """
        due, indicator = self.goal_due(goal), self.indicator_of(goal)
        if goal.kind.of_years and indicator.frequency is not Frequency.ANNUAL:
            return self.year.end_of(due)
        return indicator.answers_for(due, self.cycle)

    def family(self, goal: Goal) -> tuple[Goal, ...]:
        """Return all goals on the goal's indicator, itself included."""
        return self.indicator_of(goal).goals

    @cached_property
    def _chapters(self) -> dict[str, Chapter]:
        return {chapter.id: chapter for chapter in self.chapters}

    @cached_property
    def _goals(self) -> dict[str, Goal]:
        return {goal.id: goal for goal in self.goals}

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field.id: field for field in self.fields}

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        found = {measure.id: measure for measure in self.measures}
        found.update({s.id: measure for measure in self.measures for s in measure.sub_items})
        return found

    @cached_property
    def _units(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def _indicators_of(self) -> dict[str, tuple[Indicator, ...]]:
        return self._by_unit(self.indicators)

    @cached_property
    def _measures_of(self) -> dict[str, tuple[Measure, ...]]:
        return self._by_unit(self.measures)

    def _by_unit(self, items: Iterable[Reported]) -> dict[str, tuple[Reported, ...]]:
        found = grouped(items, lambda item: self.unit_of(item).id)
        return {unit_id: tuple(own) for unit_id, own in found.items()}

    @cached_property
    def _indicator_of(self) -> dict[str, Indicator]:
        return {goal.id: indicator for indicator in self.indicators for goal in indicator.goals}

    @cached_property
    def _field_of(self) -> dict[tuple[str, str], Field]:
        found = {("indicator", i.id): field for field in self.fields for i in field.indicators}
        found.update({("measure", m.id): field for field in self.fields for m in field.measures})
        return found

    @cached_property
    def _chapter_of(self) -> dict[str, Chapter]:
        return {field.id: chapter for chapter in self.chapters for field in chapter.fields}
