r"""How a goal was judged, as a formula and the same formula with this edition's numbers.

Turns a view into LaTeX that MathML converters read. The numbers are those of the verdict: nothing
is computed here, and where the verdict lacks one the filled formula is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from planbook.assess.path import rated_by_growth
from planbook.periods import period_label
from planbook.present import numbers
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, RatedBy


@dataclass(frozen=True)
class Formula:
    """A formula in general, with numbers (empty if they are not all known), and its symbols.

    `symbols` are pairs of a symbol and what it stands for, with its value.
    """

    name: str
    general: str
    filled: str
    symbols: tuple[tuple[str, str], ...]


class _Terms(NamedTuple):
    """What a pace is made of, as LaTeX: v, b, T, t − t0 and tE − t0, as letters or numbers."""

    v: str
    b: str
    target: str
    elapsed: str
    horizon: str


def formula(view: GoalView) -> Formula | None:
    """Return the formula that rates the goal; ``None`` where people judge it."""
    if view.kind.by_people:
        return None
    match view.rated_by or _expected(view):
        case RatedBy.GROWTH:
            return _growth(view)
        case RatedBy.LINEAR:
            return _linear(view)
        case RatedBy.CUMULATIVE:
            return _cumulative(view)
        case RatedBy.AVERAGE_GROWTH:
            return _average_growth(view)
        case RatedBy.YEAR_TARGET:
            return _year_target(view)
        case _:
            return None


def second_formula(view: GoalView) -> Formula | None:
    """Return the other measure of pace, where the verdict has it and it does not rate."""
    match view.rated_by:
        case RatedBy.GROWTH if view.number("linear_pace") is not None:
            return _linear(view)
        case RatedBy.LINEAR if view.number("growth_pace") is not None:
            return _growth(view)
        case _:
            return None


def _expected(view: GoalView) -> RatedBy:
    """Which formula will rate a goal that cannot be judged yet."""
    match view.kind:
        case Kind.CUMULATIVE:
            return RatedBy.CUMULATIVE
        case Kind.CAGR:
            return RatedBy.AVERAGE_GROWTH
        case Kind.EVERY_YEAR:
            return RatedBy.YEAR_TARGET
        case _:
            by_growth = rated_by_growth(view.indicator, view.goal)
            return RatedBy.GROWTH if by_growth else RatedBy.LINEAR


def _growth(view: GoalView) -> Formula:
    return _path_formula(view, "增长进度比", _growth_ratio, "growth_pace")


def _linear(view: GoalView) -> Formula:
    return _path_formula(view, "序时进度比", _linear_ratio, "linear_pace")


def _path_formula(
    view: GoalView, name: str, ratio: Callable[[str, _Terms], str], pace: str
) -> Formula:
    minus, known = "-" if view.falling else "", _path_numbers(view)
    general = ratio(minus, _Terms("v", "b", "T", "t-t_0", "t_E-t_0"))
    filled = ratio(minus, known) if all(known) else ""
    return Formula(name, general, _equals(filled, view.number(pace)), _symbols(view))


def _growth_ratio(minus: str, its: _Terms) -> str:
    """Return the average growth so far over the one to the target, as LaTeX."""
    so_far, in_all = (f"({t})" if "-" in t else t for t in (its.elapsed, its.horizon))
    return (
        rf"\frac{{{minus}\left[\left({its.v}/{its.b}\right)^{{1/{so_far}}}-1\right]}}"
        rf"{{\left|\left({its.target}/{its.b}\right)^{{1/{in_all}}}-1\right|}}"
    )


def _linear_ratio(minus: str, its: _Terms) -> str:
    """Return the share of the way over the share of the time, as LaTeX."""
    return rf"{_share_of_way(minus, its)}\div\frac{{{its.elapsed}}}{{{its.horizon}}}"


def _share_of_way(minus: str, its: _Terms) -> str:
    v, b, target = its.v, its.b, its.target
    return rf"\frac{{{minus}\left({v}-{b}\right)}}{{\left|{target}-{b}\right|}}"


def _cumulative(view: GoalView) -> Formula:
    value, target, share = (
        view.number("observed_value"),
        view.number("target_value"),
        view.number("time_elapsed"),
    )
    filled = ""
    if value is not None and target is not None and share is not None:
        done, wanted = _plain(view, value), _plain(view, target)
        filled = rf"\frac{{{done}}}{{{wanted}\times {numbers.plain(share, 4)}}}"
    symbols = (
        ("A", f"累计数：{_said(view, value)}"),
        ("T", f"目标：{_said(view, target)}"),
        ("s", f"序时进度（自起点至今占全部时间的份额）：{numbers.percent(share)}"),
    )
    result = _equals(filled, view.number("linear_pace"))
    return Formula("累计进度比", r"\frac{A}{T\times s}", result, symbols)


def _average_growth(view: GoalView) -> Formula:
    value, target = view.number("observed_value"), view.goal.target
    filled = ""
    if value is not None and target is not None:
        filled = rf"\frac{{{numbers.plain(value, 2)}\%}}{{{numbers.plain(target, 2)}\%}}"
    symbols = (
        ("g", f"完整年度的年均增速：{_rate(value)}"),
        ("g^{*}", f"目标年均增速：{_rate(target)}"),
        ("v,\\ b,\\ n", "最近完整年度的数值、基期值、其间年数（不含基年）"),
    )
    general = r"\frac{g}{g^{*}},\quad g=\left(v/b\right)^{1/n}-1"
    return Formula("年均增速比", general, _equals(filled, view.pace), symbols)


def _year_target(view: GoalView) -> Formula:
    value, target, share = (
        view.latest,
        view.number("target_value"),
        view.number("usual_share"),
    )
    share = 1.0 if share is None and value is not None else share
    filled = ""
    if value is not None and target is not None and share is not None:
        wanted = rf"{_plain(view, target)}\times {numbers.plain(share, 4)}"
        filled = rf"\frac{{{_plain(view, value)}}}{{{wanted}}}"
    basis = "往年同期占比" if view.flag("share_from_history") else "已过月份占全年的比重"
    symbols = (
        ("A", f"本年累计数：{_said(view, value)}"),
        ("T", f"每年目标：{_said(view, target)}"),
        ("s", f"{basis}：{numbers.percent(share)}"),
    )
    return Formula("当年进度比", r"\frac{A}{T\times s}", _equals(filled, view.pace), symbols)


def _path_numbers(view: GoalView) -> _Terms:
    """Return the terms as text; empty where unknown."""
    values = [view.number(c) for c in ("observed_value", "baseline_value", "target_value")]
    v, b, target = ("" if value is None else _plain(view, value) for value in values)
    times = [view.number(column) for column in ("elapsed", "horizon")]
    elapsed, horizon = ("" if time is None else numbers.plain(time, 2) for time in times)
    return _Terms(v, b, target, elapsed, horizon)


def _symbols(view: GoalView) -> tuple[tuple[str, str], ...]:
    base = view.baseline_label
    observed = view.period("observed_period")
    when = view.latest_label
    if view.flag("is_estimate") and observed is not None:
        when = f"{period_label(observed, Accumulation.YEAR)}推算数"
    elapsed, horizon = view.number("elapsed"), view.number("horizon")
    value, target = view.number("observed_value"), view.number("target_value")
    if target is None and not view.is_growth:
        target = view.goal.target
    said = _said(view, value)
    return (
        ("b", f"基期值（{base}）：{_said(view, view.number('baseline_value'))}"),
        ("v", f"所用数值（{when}）：{said}" if when and value is not None else "所用数值：尚无"),
        ("T", f"目标值（{view.due_words}）：{_said(view, target)}"),
        ("t-t_0", f"已过时间：{_years(elapsed)}"),
        ("t_E-t_0", f"全部时间：{_years(horizon)}"),
    )


def _plain(view: GoalView, value: float) -> str:
    text = numbers.plain(value, max(view.decimals, 2))
    return f"({text})" if value < 0 else text


def _said(view: GoalView, value: float | None) -> str:
    return "待补" if value is None else view.value_words(value)


def _rate(value: float | None) -> str:
    return "尚无" if value is None else f"{numbers.number(value, 2)}%"


def _years(value: float | None) -> str:
    return "尚无" if value is None else f"{numbers.plain(value, 2)}年"


def _equals(filled: str, result: float | None) -> str:
    if not filled or result is None:
        return ""
    return f"{filled}={numbers.plain(result, 4)}"
