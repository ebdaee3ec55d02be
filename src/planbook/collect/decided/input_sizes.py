"""Doubt the numbers that analysts type: of another size, sign or precision than they can have.

Baselines, yearly targets and corrected values are held against the goal's target, what departments
reported and each other. A doubt is a sentence; the reader of the file reports it unless the row's
`confirmed` says that the very number was verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from planbook.collect.magnitude import Doubt, Suspicion, Yardstick, suspicious
from planbook.collect.owed import label_of
from planbook.collect.read.submission import ReportedValue
from planbook.collect.written_numbers import accepted_text, shown
from planbook.frames import BaselineRow
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Accumulation, Direction, Kind, Nature
from planbook.written_units import behind_number

CONFIRM = "核对数值和单位；确实如此的，在 confirmed 写明怎样核实，并写出这个数"
_LEVELS = (Kind.LEVEL_AT_END, Kind.ANNUAL_FLOW)
_STEADY = (*_LEVELS, Kind.CUMULATIVE, Kind.GROWTH_VS_BASE)  # a later year's target is not lower
# How far from the target of the due year a value on the way to it may lie, as factors; a plan of a
# few years seldom doubles anything, and a misplaced decimal point is a factor of ten.
_RISING, _FALLING, _YEARLY = (1 / 4, 2.0), (1 / 2, 4.0), (1 / 3, 3.0)
_ADDING_UP = (1 / 30, 2.0)  # a total that begins at zero
_SAME = (1 / 1.5, 1.5)  # the same period's value, revised since
_OTHER_PERIOD = (1 / 2.5, 2.5)  # a value of another period, turned into one of this length
_CUT_DIGITS = 4  # of a number that is cut to the length of another period
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")


def is_confirmed(value: float, confirmed: str) -> bool:
    """Tell whether a text says that this number was verified: it must repeat it."""
    return abs(value) in {accepted_text(figure) for figure in _FIGURES.findall(confirmed)}


def impossible(indicator: Indicator, value: float) -> str:
    """Return why a value of this indicator cannot be, whoever confirms it; else an empty text."""
    if indicator.nature in (Nature.COUNT_STOCK, Nature.COUNT_GROSS) and value < 0:
        return f"「{shown(value)}」：数量不能为负"
    if indicator.counts_whole and not value.is_integer():
        return f"「{shown(value)}」：以「{indicator.unit}」计的数量应为整数"
    return ""


def value_doubt(
    plan: Plan,
    indicator: Indicator,
    period: TimePeriod,
    value: float,
    reported: Iterable[ReportedValue] = (),
    *,
    known: Iterable[Yardstick] = (),
    beside: Iterable[tuple[TimePeriod, float]] = (),
) -> str:
    """Return why a value of an indicator is doubtful, or an empty text.

    Parameters
    ----------
    reported
        What departments reported of the indicator in the same scope.
    known
        What else is known of it, from `held_against`.
    beside
        Its other baselines in this scope. They may share a mistake, so they are asked only where
        nothing else is known.
    """
    told = _reports(plan, indicator, period, reported)
    known = [*_targets(plan, indicator, period), *told, *known]
    known = known or list(held_against(plan, indicator, period, beside, "另一行的基期值"))
    below_zero = indicator.nature is Nature.COUNT_NET and value <= 0  # where factors say nothing
    doubts = (
        _out_of_bounds(indicator, value),
        _nothing(indicator, value),
        "" if below_zero else _size(plan, indicator, value, known),
        _too_fine(indicator, value),
    )
    return next(filter(None, doubts), "")


def annual_target_doubt(
    plan: Plan,
    goal: Goal,
    year: int,
    value: float,
    *,
    other_years: Mapping[int, float],
    baselines: Sequence[float],
) -> str:
    """Return why a yearly target is doubtful, or an empty text.

    Parameters
    ----------
    other_years
        Yearly targets of the goal known beside it, by year.
    baselines
        The goal's baselines, in whatever scope.
    """
    indicator = plan.indicator_of(goal)
    own_unit = plan.goal_unit(goal) == indicator.unit
    low, high = _way(goal)
    name, target = _target_name(plan, goal), goal.target
    yardsticks = [] if target is None else [Yardstick(name, target, low, high)]
    doubts = (
        _out_of_bounds(indicator, value) if own_unit else "",
        _size(plan, indicator, value, yardsticks, unit=plan.goal_unit(goal)),
        _too_fine(indicator, value) if own_unit else "",
        _backwards(goal, year, value, other_years, baselines),
    )
    return next(filter(None, doubts), "")


def _out_of_bounds(indicator: Indicator, value: float) -> str:
    low, high = indicator.plausible or (value, value)
    if low <= value <= high:
        return ""
    unit = behind_number(indicator.unit)
    return f"「{shown(value)}」超出常见范围（{shown(low)} 至 {shown(high)}{unit}）"


def _nothing(indicator: Indicator, value: float) -> str:
    """Doubt an amount or a share of nothing; a count may begin at 0."""
    if value or indicator.nature.is_count:
        return ""
    return f"「0」：没有数据的不写，不填 0；{indicator.unit}为 0 时增速也无法计算"


def _size(
    plan: Plan,
    indicator: Indicator,
    value: float,
    yardsticks: Iterable[Yardstick],
    unit: str | None = None,
) -> str:
    slack = plan.about.small_target * 10.0**-indicator.decimals
    suspicion = suspicious(value, yardsticks, slack=slack)
    return "" if suspicion is None else _told(value, suspicion, unit or indicator.unit)


def _told(value: float, suspicion: Suspicion, unit: str) -> str:
    yardstick = suspicion.yardstick
    held = f"{yardstick.name}（{_written(yardstick, behind_number(unit))}）"
    match suspicion.doubt:
        case Doubt.ZERO:
            return f"「0」与{held}相去太远；没有数据的不写这一行，不填 0"
        case Doubt.SIGN:
            return f"「{shown(value)}」与{held}正负相反"
    ratio = suspicion.ratio
    times = f"{ratio:.3g} 倍" if ratio > 1 else f"{1 / ratio:.3g} 分之一"
    meant = (
        "" if suspicion.meant is None else f"，像是小数点或单位有误（{shown(suspicion.meant)}？）"
    )
    return f"「{shown(value)}」是{held}的 {times}{meant}"


def _written(yardstick: Yardstick, unit: str) -> str:
    """Return a yardstick's number as its file has it, and what that is for a period's length."""
    if yardstick.written is None:
        return f"{shown(yardstick.amount)}{unit}"
    cut = shown(float(f"{yardstick.amount:.{_CUT_DIGITS}g}"))
    return f"{shown(yardstick.written)}{unit}，按月份折算为{cut}{unit}"


def _too_fine(indicator: Indicator, value: float) -> str:
    """Doubt a value of which the indicator's decimals leave hardly a digit: 0.605 where 60.5 is."""
    step = 10.0**-indicator.decimals
    printed = round(value, indicator.decimals)
    if abs(value) >= 10 * step or printed == value:
        return ""
    return f"「{shown(value)}」按该指标的小数位数只剩「{shown(printed)}」，像是小数点或单位有误"


def _backwards(
    goal: Goal, year: int, value: float, others: Mapping[int, float], baselines: Sequence[float]
) -> str:
    """Doubt a yearly target that leads away from the goal."""
    sign = goal.direction.sign
    worse = "低于" if goal.direction is Direction.UP else "高于"
    earlier = max((y for y in others if y < year), default=None)
    if goal.kind in _STEADY and earlier is not None and sign * (value - others[earlier]) < 0:
        return f"「{shown(value)}」{worse} {earlier} 年的年度目标 {shown(others[earlier])}"
    if goal.kind in _LEVELS and baselines and all(sign * (value - b) < 0 for b in baselines):
        return f"「{shown(value)}」{worse}基期值 {shown(baselines[0])}"
    return ""


def _way(goal: Goal) -> tuple[float, float]:
    match goal.kind:
        case Kind.CUMULATIVE:
            return _ADDING_UP
        case Kind.CAGR | Kind.EVERY_YEAR:
            return _YEARLY
        case _:
            return _RISING if goal.direction is Direction.UP else _FALLING


def _targets(plan: Plan, indicator: Indicator, period: TimePeriod) -> Iterable[Yardstick]:
    """Yield the targets that a value of the indicator moves towards, cut to its period's length."""
    share = _share_of_year(plan, indicator, period)
    for goal in indicator.goals:
        comparable = goal.kind in (*_LEVELS, Kind.EVERY_YEAR, Kind.CUMULATIVE)
        if goal.target is not None and comparable and plan.goal_unit(goal) == indicator.unit:
            yield _cut(_target_name(plan, goal), goal.target, share, _way(goal))


def _target_name(plan: Plan, goal: Goal) -> str:
    return f"{plan.year.name_of(plan.goal_due(goal))}目标"


def _reports(
    plan: Plan, indicator: Indicator, period: TimePeriod, reported: Iterable[ReportedValue]
) -> Iterable[Yardstick]:
    """Yield what departments reported of this and other periods, as amounts of this one's length.

    Nothing of totals since a start: their length says nothing of their size.
    """
    if indicator.accumulation is Accumulation.SINCE_START:
        return
    for row in reported:
        earlier = row.period.plus(-12)
        told = ((row.period, row.value, ""), (earlier, row.prior_value, "填报的上年同期值，"))
        for month, amount, kind in told:
            if amount is None:
                continue
            share = _share_of_year(plan, indicator, period) / _share_of_year(plan, indicator, month)
            name = f"{kind or '填报值，'}{label_of(month, indicator, plan.year)}"
            yield _cut(name, amount, share, _SAME if month == period else _OTHER_PERIOD)


def held_against(
    plan: Plan,
    indicator: Indicator,
    period: TimePeriod,
    values: Iterable[tuple[TimePeriod, float]],
    called: str,
) -> Iterable[Yardstick]:
    """Yield values of an indicator, of a period's length; nothing of totals since a start.

    Parameters
    ----------
    called
        What they are to whoever is told of them: 另一行的基期值.
    """
    if indicator.accumulation is Accumulation.SINCE_START:
        return
    for month, amount in values:
        share = _share_of_year(plan, indicator, period) / _share_of_year(plan, indicator, month)
        name = f"{called}，{label_of(month, indicator, plan.year)}"
        yield _cut(name, amount, share, _SAME if month == period else _OTHER_PERIOD)


def _cut(name: str, written: float, share: float, way: tuple[float, float]) -> Yardstick:
    """Return a number as a yardstick of a period that is so many times as long as its own."""
    low, high = way
    return Yardstick(name, written * share, low, high, written=None if share == 1 else written)


def _share_of_year(plan: Plan, indicator: Indicator, period: TimePeriod) -> float:
    to_date = indicator.accumulation is Accumulation.YTD
    return plan.year.month_of(period) / 12 if to_date else 1.0


def baselines_of(goal: Goal, indicator: Indicator, baselines: Iterable[BaselineRow]) -> list[float]:
    """Return the values of a goal's baselines, in whatever scope."""
    about = (indicator.id, goal.base_period)
    return [row.obs_value for row in baselines if (row.indicator_id, row.time_period) == about]
