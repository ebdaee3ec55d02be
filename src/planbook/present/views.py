"""One goal as the pages see it: its place in the plan joined with its verdict, typed.

A frame says NaN and "", Python says ``None``; here the first becomes the second, once.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from planbook.periods import Edition, TimePeriod, period_label
from planbook.plan.model import Chapter, Field, Goal, Indicator, Plan, Thresholds, Unit
from planbook.present import numbers
from planbook.present.comparing import telling
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Frequency,
    Kind,
    Nature,
    Note,
    ObsStatus,
    RatedBy,
    Rating,
    Reason,
)

PROVISIONAL = "初步"  # the band of the estimate leaves the rating open, or no band is known


@dataclass(frozen=True, eq=False)
class GoalView:
    """A goal with the target in force, its indicator and place, and its row of the verdicts."""

    goal: Goal
    indicator: Indicator
    field: Field
    chapter: Chapter
    submitting_unit: Unit
    unit: str
    due: TimePeriod
    unit_names: Mapping[str, str]
    thresholds: Thresholds
    row: Mapping[Hashable, Any]

    def at(self, row: Mapping[Hashable, Any]) -> GoalView:
        """Return the same goal with the verdict of another edition."""
        return replace(self, row=row)

    def number(self, column: str) -> float | None:
        """Return a number of the verdict; ``None`` where there is none."""
        value = float(self.row[column])
        return None if math.isnan(value) else value

    def text(self, column: str) -> str:
        return str(self.row[column])

    def flag(self, column: str) -> bool:
        return bool(self.row[column])

    def period(self, column: str) -> TimePeriod | None:
        text = self.text(column)
        return TimePeriod.parse(text) if text else None

    @property
    def id(self) -> str:
        return self.goal.id

    @property
    def name(self) -> str:
        return self.goal.name

    @property
    def kind(self) -> Kind:
        return self.goal.kind

    @cached_property
    def rating(self) -> Rating:
        return Rating(self.text("rating"))

    @cached_property
    def previous_rating(self) -> Rating | None:
        text = self.text("previous_rating")
        return Rating(text) if text else None

    @cached_property
    def reason(self) -> Reason | None:
        text = self.text("reason")
        return Reason(text) if text else None

    @cached_property
    def rated_by(self) -> RatedBy | None:
        text = self.text("rated_by")
        return RatedBy(text) if text else None

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        return tuple(Note(code) for code in self.text("notes").split())

    @property
    def edition(self) -> Edition:
        return Edition.parse(self.text("edition"))

    @property
    def latest(self) -> float | None:
        return self.number("latest_value")

    @property
    def pace(self) -> float | None:
        return self.number("pace")

    @property
    def rating_words(self) -> str:
        """The rating's word and symbol, 滞后▲, with the reason where there is none, or 初步."""
        why = f"（{self.reason}）" if self.reason else ""
        return f"{self.rating}{self.rating.symbol}{self.provisional_mark or why}"

    @property
    def provisional(self) -> bool:
        """Whether the estimate that rates leaves the rating open: 初步."""
        return self.flag("rating_provisional")

    @property
    def provisional_mark(self) -> str:
        """What stands behind a rating that is open: （初步）."""
        return f"（{PROVISIONAL}）" if self.provisional else ""

    @property
    def assessor(self) -> str:
        """The unit that judged it, by name."""
        by = self.text("assessed_by")
        return self.unit_names.get(by, by) or "责任单位"

    @property
    def is_growth(self) -> bool:
        """Whether the target is a growth rate, not a value of the indicator."""
        return self.kind.of_growth

    @property
    def is_share(self) -> bool:
        return self.indicator.nature is Nature.RATIO

    @property
    def falling(self) -> bool:
        return self.goal.direction.sign < 0

    @property
    def decimals(self) -> int:
        """Decimals of the indicator's values."""
        return self.indicator.decimals

    def target_quantity(self, value: float) -> str:
        """Return a target with its unit, no more decimals than it has: 1,800亿元, 3.2万亿元."""
        return numbers.with_unit(self._target_number(value), self.unit)

    def _target_number(self, value: float) -> str:
        return numbers.short(value, max(self.decimals, 1))

    @property
    def due_words(self) -> str:
        return (
            f"{self.due.year}年"
            if self.due.is_year_end
            else period_label(self.due, Accumulation.END_OF_PERIOD)
        )

    def value_words(self, value: float | None) -> str:
        """Return a value of the indicator with its unit."""
        return numbers.quantity(value, self.indicator.unit, self.decimals)

    def estimate_words(self, value: float) -> str:
        """Return an estimate with its unit, no finer than it can be unless it is beside a target.

        Of a small number of things it has a decimal: 6.5 of 6 is not 7 of 6.
        """
        decimals = min(self.decimals, 1) if abs(value) >= 100 else max(self.decimals, 1)
        shown = self._told(value, decimals)
        whole = numbers.trimmed(shown) if self.decimals == 0 else shown
        return numbers.with_unit(whole, self.indicator.unit)

    def _told(self, value: float, decimals: int) -> str:
        """Return a value of the indicator, told from target and baseline where it is not theirs."""
        others = [self.number("baseline_value")]
        if self.kind is not Kind.CAGR:
            others += [self.number("target_value"), self.number("meeting_value")]
        return telling(value, others, decimals)

    def target_words(self, *, short: bool = False) -> str:
        """Return the target as a phrase: 1,800亿元, 超过65%, 2—3家, 13%以下, 20%左右."""
        if self.goal.target is None:
            return "定性目标"
        falls = self.is_growth and self.goal.target < 0
        said = self._fall_words(-self.goal.target) if falls else self._level_words(self.goal.target)
        if short:
            return f"下降{said}" if falls else said
        moves, base = "下降" if falls else "增长", self.goal.base_period
        match self.kind:
            case Kind.CUMULATIVE:
                return f"累计{said}"
            case Kind.CAGR:
                return f"年均{moves}{said}"
            case Kind.GROWTH_VS_BASE:
                return f"{f'较{base.year}年' if base else ''}{moves}{said}"
            case Kind.EVERY_YEAR:
                return f"每年{said}"
            case _:
                return said

    def _level_words(self, target: float) -> str:
        """Return what a value has to reach: 超过65%, 2—3家, 20%左右."""
        said, high = self.target_quantity(target), self.goal.target_high
        match self.goal.comparator:
            case Comparator.ABOVE:
                return f"超过{said}"
            case Comparator.RANGE if high is not None:
                return f"{self._target_number(target)}—{self.target_quantity(high)}"
            case Comparator.ABOUT:
                return f"{said}左右"
            case Comparator.AT_MOST:
                return f"不高于{said}"
            case _:
                return said

    def _fall_words(self, fall: float) -> str:
        """Return by how much a value has to fall at least, or may fall: 15%以上, 不超过2%."""
        said = self.target_quantity(fall)
        match self.goal.comparator:
            case Comparator.AT_MOST:
                return f"{said}以上"
            case Comparator.ABOUT:
                return f"{said}左右"
            case Comparator.ABOVE:
                return f"不到{said}"
            case _:
                return f"不超过{said}"

    def label_of(self, period: TimePeriod | None, accumulation: str = "") -> str:
        """Return a period of this indicator as tables print it; empty without one."""
        if period is None:
            return ""
        how = Accumulation(accumulation) if accumulation else self.indicator.accumulation
        return period_label(period, how, self.goal.since)

    @property
    def latest_label(self) -> str:
        return self.label_of(self.period("latest_period"), self.text("accumulation"))

    @property
    def baseline_label(self) -> str:
        """The base period in words: a stock has 年末, a flow has 年."""
        base = self.period("baseline_period") or self.goal.base_period
        if base is None:
            return ""
        stock = self.indicator.accumulation is Accumulation.END_OF_PERIOD
        how = Accumulation.END_OF_PERIOD if stock else Accumulation.YEAR
        return period_label(base, how)

    @property
    def latest_words(self) -> str:
        """The latest value with its unit, or the word for why there is none."""
        if self.latest is not None:
            return numbers.with_unit(self.latest_number, self.indicator.unit)
        if self.kind.by_people:
            return (self.text("evidence") and "见评定依据") or "待评定"
        status = self.text("latest_status")
        if status == ObsStatus.NOT_APPLICABLE:
            return numbers.ABSENT
        if self.text("latest_period"):
            return "只报同比"
        if status == ObsStatus.REFUSED:
            return "拒收"
        return "未报" if self.text("owed_period") else "未到报送期"

    @property
    def latest_number(self) -> str:
        """The latest value without its unit; never printed as the target where it is not that."""
        if self.latest is None:
            return numbers.ABSENT
        return self._told(self.latest, self.decimals)

    @property
    def is_annual(self) -> bool:
        return self.indicator.frequency is Frequency.ANNUAL


def goal_views(plan: Plan, verdicts: pd.DataFrame) -> dict[str, GoalView]:
    """Return every goal of the plan, in its order, with its verdict.

    Raises
    ------
    ValueError
        If the verdicts lack a goal of the plan or have one that it does not know.
    """
    rows = {str(row["goal_id"]): row for row in verdicts.to_dict("records")}
    known = {goal.id for goal in plan.goals}
    if known != set(rows):
        raise ValueError(f"verdicts and plan differ in goals {sorted(known ^ set(rows))}")
    return {goal.id: _view(plan, goal, rows[goal.id]) for goal in plan.goals}


def _view(plan: Plan, goal: Goal, row: Mapping[Hashable, Any]) -> GoalView:
    return GoalView(
        goal=goal.as_of(Edition.parse(str(row["edition"]))),
        indicator=plan.indicator_of(goal),
        field=plan.field_of(goal),
        chapter=plan.chapter_of(goal),
        submitting_unit=plan.unit_of(goal),
        unit=plan.goal_unit(goal),
        due=plan.goal_due(goal),
        unit_names={unit.id: unit.name for unit in plan.units},
        thresholds=plan.thresholds.of(goal.kind),
        row=row,
    )
