"""One goal as the pages see it: its place in the plan joined with its verdict, typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planbook.frames import Verdict
from planbook.outlook_frames import OutlookRow
from planbook.periods import FiscalYear, TimePeriod, period_label
from planbook.plan.cycle import Cycle
from planbook.plan.model import Chapter, Field, Goal, Indicator, Plan, Thresholds, Unit
from planbook.present import numbers
from planbook.present.comparing import telling
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Frequency,
    Kind,
    Nature,
    ObsStatus,
    Rating,
    Reason,
)

PROVISIONAL = "初步"  # the band of the estimate leaves the rating open, or no band is known

# Of a value that has to be reached, and of one that may or has to fall by so much.
_BOUNDS: dict[Comparator | None, tuple[str, str]] = {
    Comparator.ABOVE: ("超过{}", "不到{}"),
    Comparator.ABOUT: ("{}左右", "{}左右"),
    Comparator.AT_MOST: ("不高于{}", "{}以上"),
}


@dataclass(frozen=True, eq=False)
class GoalView:
    """A goal with the target in force, its indicator and place, its verdict and outlook."""

    goal: Goal
    indicator: Indicator
    field: Field
    chapter: Chapter
    submitting_unit: Unit
    unit: str
    due: TimePeriod
    unit_names: Mapping[str, str]
    thresholds: Thresholds
    cycle: Cycle
    verdict: Verdict
    outlook: OutlookRow | None = None  # of the same edition

    def at(self, verdict: Verdict, outlook: OutlookRow | None = None) -> GoalView:
        """Return the same goal with the verdict, and the outlook, of another edition."""
        return replace(self, verdict=verdict, outlook=outlook)

    @property
    def year(self) -> FiscalYear:
        """The years of the plan."""
        return self.cycle.year

    @property
    def id(self) -> str:
        return self.goal.id

    @property
    def name(self) -> str:
        return self.goal.name

    @property
    def kind(self) -> Kind:
        return self.goal.kind

    @property
    def place(self) -> list[str]:
        """Chapter and field, once where they are called the same."""
        return list(dict.fromkeys((self.chapter.title, self.field.name)))

    @property
    def reason_words(self) -> str:
        """Why it cannot be judged: 里程碑待评定, 基数待补; empty where it is."""
        match self.verdict.reason:
            case None:
                return ""
            case Reason.AWAITING_ASSESSMENT:
                return f"{self.kind.label}待评定"
            case Reason.ANNUAL_NOT_DUE:
                return f"{self.indicator_words}未到期"
            case reason:
                return reason

    @property
    def indicator_words(self) -> str:
        """What sort of indicator it is on, by how often there is a value: 年度指标."""
        indicator = self.indicator
        if indicator.every_years > 1:
            return f"每{indicator.every_years}年一个数的指标"
        return f"{indicator.frequency.label}指标"

    @property
    def first_value_words(self) -> str:
        """What an indicator with few values reports first: 首个完整年度的数据."""
        return f"首个{'' if self.indicator.every_years > 1 else '完整年度的'}数据"

    @property
    def rating_words(self) -> str:
        """The rating's word and symbol, 滞后▲, with the reason where there is none, or 初步."""
        why = f"（{self.reason_words}）" if self.verdict.reason else ""
        return f"{self.verdict.rating}{self.verdict.rating.symbol}{self.provisional_mark or why}"

    @property
    def provisional_mark(self) -> str:
        """What stands behind a rating that is open: （初步）."""
        return f"（{PROVISIONAL}）" if self.verdict.rating_provisional else ""

    @property
    def decided(self) -> bool:
        """Whether the goal is met or missed, so that nothing more is due."""
        return self.verdict.rating.is_met or self.verdict.rating is Rating.MISSED

    @property
    def is_withheld(self) -> bool:
        """Whether a public book shows nothing of it but what the plan says."""
        return self.verdict.reason is Reason.WITHHELD

    @property
    def estimated(self) -> float | None:
        """The year's total as 推算, where the verdict rests on it."""
        return self.verdict.observed_value if self.verdict.is_estimate else None

    @property
    def assessor(self) -> str:
        """The unit that judged it, by name."""
        by = self.verdict.assessed_by
        return self.unit_names.get(by, by) or "责任单位"

    @property
    def is_growth(self) -> bool:
        """Whether the target is a growth rate, not a value of the indicator."""
        return self.kind.of_growth

    @property
    def of_yearly_totals(self) -> bool:
        """Whether each year has a total of its own, and so a bar in a chart."""
        return self.kind.of_years and self.kind is not Kind.CAGR

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
        whole = self.year.is_calendar and self.year.is_end(self.due)
        return period_label(self.due, Accumulation.YEAR if whole else Accumulation.END_OF_PERIOD)

    def value_words(self, value: float | None) -> str:
        """Return a value of the indicator with its unit."""
        return numbers.quantity(value, self.indicator.unit, self.decimals)

    def estimate_words(self, value: float) -> str:
        """Return an estimate with its unit, no finer than it can be unless it is beside a target.

        Of a small number of things it has a decimal: 6.5 of 6 is not 7 of 6.
        """
        return numbers.with_unit(self.estimate_number(value), self.indicator.unit)

    @property
    def gap_unit(self) -> str:
        """The unit of a difference between two values."""
        return "个百分点" if self.is_share else self.indicator.unit

    def estimate_number(self, value: float) -> str:
        """Return an estimate without its unit."""
        decimals = min(self.decimals, 1) if abs(value) >= 100 else max(self.decimals, 1)
        shown = self._told(value, decimals)
        return numbers.trimmed(shown) if self.decimals == 0 else shown

    def _told(self, value: float, decimals: int) -> str:
        """Return a value of the indicator, told from target and baseline where it is not theirs."""
        others = [self.verdict.baseline_value]
        if self.kind is not Kind.CAGR:
            others += [self.verdict.target_value, self.verdict.meeting_value]
        return telling(value, others, decimals)

    def target_words(self, *, short: bool = False) -> str:
        """Return the target as a phrase: 1,800亿元, 超过65%, 2—3家, 13%以下, 20%左右."""
        if self.goal.target is None:
            return self.kind.label
        falls = self.is_growth and self.goal.target < 0
        said = self._bounded(abs(self.goal.target) if falls else self.goal.target, falls=falls)
        if short:
            return f"下降{said}" if falls else said
        moves, base = "下降" if falls else "增长", self.goal.base_period
        match self.kind:
            case Kind.CUMULATIVE:
                return f"累计{said}"
            case Kind.CAGR:
                return f"年均{moves}{said}"
            case Kind.GROWTH_VS_BASE:
                return f"{f'较{self.year.label_of(base)}' if base else ''}{moves}{said}"
            case Kind.EVERY_YEAR:
                return f"每年{said}"
            case _:
                return said

    def _bounded(self, amount: float, *, falls: bool) -> str:
        """Return what a value has to reach, or by how much to fall: 超过65%, 2—3家, 15%以上."""
        said, high = self.target_quantity(amount), self.goal.target_high
        if self.goal.comparator is Comparator.RANGE and high is not None and not falls:
            return f"{self._target_number(amount)}—{self.target_quantity(high)}"
        reached, fallen = _BOUNDS.get(self.goal.comparator, ("{}", "不超过{}"))
        return (fallen if falls else reached).format(said)

    def label_of(self, period: TimePeriod | None, accumulation: Accumulation | None = None) -> str:
        """Return a period of this indicator as tables print it; empty without one."""
        if period is None:
            return ""
        how = accumulation or self.indicator.accumulation
        return period_label(period, how, self.goal.since, self.year)

    @property
    def latest_label(self) -> str:
        return self.label_of(self.verdict.latest_period, self.verdict.accumulation)

    @property
    def baseline_label(self) -> str:
        """The base period in words: a stock has 年末, a flow has 年."""
        base = self.verdict.baseline_period or self.goal.base_period
        if base is None:
            return ""
        stock = self.indicator.accumulation is Accumulation.END_OF_PERIOD
        how = Accumulation.END_OF_PERIOD if stock else Accumulation.YEAR
        return period_label(base, how, year=self.year)

    @property
    def latest_words(self) -> str:
        """The latest value with its unit, or the word for why there is none."""
        if self.verdict.latest_value is not None:
            return numbers.with_unit(self.latest_number, self.indicator.unit)
        if self.is_withheld:
            return str(Reason.WITHHELD)
        if self.kind.by_people:
            return (self.verdict.evidence and "见评定依据") or "待评定"
        status = self.verdict.latest_status
        if status is ObsStatus.NOT_APPLICABLE:
            return numbers.ABSENT
        if self.verdict.latest_period:
            return "只报同比"
        if status is ObsStatus.REFUSED:
            return "拒收"
        return "未报" if self.verdict.owed_period else "未到报送期"

    @property
    def latest_number(self) -> str:
        """The latest value without its unit; never printed as the target where it is not that."""
        if self.verdict.latest_value is None:
            return numbers.ABSENT
        return self._told(self.verdict.latest_value, self.decimals)

    @property
    def is_annual(self) -> bool:
        return self.indicator.frequency is Frequency.ANNUAL


def goal_views(
    plan: Plan, verdicts: Iterable[Verdict], outlooks: Iterable[OutlookRow] = ()
) -> dict[str, GoalView]:
    """Return every goal of the plan, in its order, with its verdict.

    Parameters
    ----------
    outlooks
        Of any editions; a goal has that of its verdict's.

    Raises
    ------
    ValueError
        If the verdicts lack a goal of the plan or have one that it does not know.
    """
    given = {verdict.goal_id: verdict for verdict in verdicts}
    known = {goal.id for goal in plan.goals}
    if known != set(given):
        raise ValueError(f"verdicts and plan differ in goals {sorted(known ^ set(given))}")
    expected = {(row.goal_id, row.edition): row for row in outlooks}
    return {
        goal.id: goal_view(plan, verdict, expected.get((goal.id, verdict.edition)))
        for goal in plan.goals
        for verdict in (given[goal.id],)
    }


def goal_view(plan: Plan, verdict: Verdict, outlook: OutlookRow | None = None) -> GoalView:
    """Return the goal of a verdict."""
    goal = plan.goal(verdict.goal_id)
    return GoalView(
        goal=goal.as_of(verdict.edition),
        indicator=plan.indicator_of(goal),
        field=plan.field_of(goal),
        chapter=plan.chapter_of(goal),
        submitting_unit=plan.unit_of(goal),
        unit=plan.goal_unit(goal),
        due=plan.goal_due(goal),
        unit_names={unit.id: unit.name for unit in plan.units},
        thresholds=plan.thresholds.of(goal.kind),
        cycle=plan.cycle,
        verdict=verdict,
        outlook=outlook,
    )
