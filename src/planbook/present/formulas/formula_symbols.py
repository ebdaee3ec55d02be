"""What the symbols of the formulas stand for, with their values; and the share due as a term.

Turns a view into pairs of a symbol and its meaning in Chinese.
"""

from __future__ import annotations

import math

from planbook.contract import Number
from planbook.periods import period_label
from planbook.present import numbers
from planbook.present.formulas.filled_formula import Fixed, Symbols, Value
from planbook.present.say.goal_terms import meeting_differs, meeting_words, share_due
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Note

_SAME = 1e-9  # a share of time that differs by less is the same


def share_term(view: GoalView) -> Value:
    """Return the share due, as a fraction of months where it is the share of the time gone."""
    share = share_due(view)
    elapsed, horizon = in_months(view.verdict.elapsed), in_months(view.verdict.horizon)
    if share is None or not elapsed or not horizon:
        return share
    by_time = math.isclose(share, elapsed / horizon, abs_tol=_SAME)
    return Fixed(rf"\frac{{{elapsed}}}{{{horizon}}}", elapsed / horizon) if by_time else share


def share_symbol(view: GoalView) -> tuple[str, str]:
    """Return the symbol of the share due by now, and what it goes by."""
    if isinstance(share_term(view), Fixed):
        basis = "按已过时间"
    elif view.kind is Kind.EVERY_YEAR:
        basis = "往年同期占比" if view.verdict.share_from_history else "按已过月份"
    elif view.verdict.usual_share is not None:
        basis = "已结束的年度按月份，本年按往年同期占比"
    else:
        basis = "按年末认定"
    share = share_due(view)
    said = "尚无" if share is None else f"{numbers.percent(share)}，{basis}"
    return "r", f"此时应完成的份额：{said}"


def usual_share_symbol(view: GoalView, share: Number) -> tuple[str, str]:
    """Return the symbol of the year's share usually reached by now, and where it is from."""
    basis = "往年同期占比" if view.verdict.share_from_history else "已过月份占全年的比重"
    if Note.FROM_YEAR_TO_DATE_GROWTH in view.verdict.notes:
        basis = "上年同期占上年全年的比重，即按累计同比推算"
    return "s", f"{basis}：{numbers.percent(share)}"


def target_symbol(view: GoalView) -> str:
    """Return the letter of what the path ends at: ``T``, or ``T*`` where another number meets."""
    return "T^{*}" if meeting_differs(view) else "T"


def target_symbols(view: GoalView, name: str) -> Symbols:
    """Return that letter with its value; `name` is what the target is called."""
    target = view.verdict.target_value
    if target is None and not view.is_growth:
        target = view.goal.target
    if meeting_differs(view):
        return (("T^{*}", f"达标值（{name}{view.target_words()}）：{meeting_words(view)}"),)
    return (("T", f"{name}（{view.due_words}）：{value_said(view, target)}"),)


def path_symbols(view: GoalView) -> Symbols:
    """Return the symbols of both paces along a path."""
    elapsed, horizon = view.verdict.elapsed, view.verdict.horizon
    return (
        ("b", base_meaning(view)),
        ("v", value_meaning(view)),
        *target_symbols(view, "目标值"),
        ("t-t_0", f"已过时间：{_years(elapsed)}"),
        ("t_E-t_0", f"全部时间：{_years(horizon)}"),
    )


def base_meaning(view: GoalView) -> str:
    """Return what the baseline stands for."""
    base = view.verdict.baseline_value
    said = view.kind.without_base if base is None else value_said(view, base)
    return f"基期值（{view.baseline_label}）：{said}"


def value_meaning(view: GoalView) -> str:
    """Return what the value judged stands for, and whether it is 推算."""
    observed, value = view.verdict.observed_period, view.verdict.observed_value
    when = view.latest_label
    if view.verdict.is_estimate and observed is not None:
        when = f"{period_label(observed, Accumulation.YEAR, year=view.year)}推算数"
    if not when or value is None:
        return "所用数值：尚无"
    few = view.verdict.is_estimate and view.decimals == 0  # an estimate of things has a decimal
    said = view.estimate_words(value) if few else value_said(view, value)
    return f"所用数值（{when}）：{said}"


def value_said(view: GoalView, value: Number) -> str:
    """Return a value with its unit, or 待补."""
    return "待补" if value is None else view.value_words(value)


def rate_words(value: Number) -> str:
    """Return a rate in percent, or 尚无."""
    return "尚无" if value is None else f"{numbers.number(value, 2)}%"


def _years(value: Number) -> str:
    months = in_months(value)
    if months is None:
        return "尚无"
    return f"{months // 12}年" if months % 12 == 0 else f"{months}个月"


def in_months(years: Number) -> int | None:
    """Return a time in whole months, as which all periods are counted; ``None`` without one."""
    return None if years is None else round(years * 12)


def units_words(view: GoalView, amount: int) -> str:
    """Return whole units: 3家."""
    return numbers.with_unit(str(amount), view.indicator.unit)


def decimals_shown(view: GoalView) -> int:
    """Return the decimals that a value of the indicator has in a formula, at least."""
    return max(view.decimals, 2)
