r"""How a goal was judged, as a formula and the same formula with this edition's numbers.

Turns a view into LaTeX that MathML converters read. The numbers are those of the verdict; where it
lacks one, or they do not give the result, the filled formula is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from planbook.assess.path import rated_by_growth
from planbook.contract import Number
from planbook.frames import Verdict
from planbook.present import numbers
from planbook.present.formulas.estimate_formulas import estimate_formulas
from planbook.present.formulas.filled_formula import (
    DECIMALS,
    Formula,
    Symbols,
    Value,
    filled,
)
from planbook.present.formulas.formula_symbols import (
    base_meaning,
    decimals_shown,
    in_months,
    path_symbols,
    rate_words,
    share_symbol,
    share_term,
    target_symbol,
    target_symbols,
    units_words,
    usual_share_symbol,
    value_meaning,
    value_said,
)
from planbook.present.say.goal_terms import (
    counts_from_zero,
    meeting_differs,
    meeting_value,
    meeting_words,
    units_due,
)
from planbook.present.say.wording import year_so_far
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, RatedBy

_SAME = 1e-9


class _Terms(NamedTuple):
    """What a pace is made of, as LaTeX: v, b, T*, t − t0 and tE − t0, as letters or numbers."""

    v: str
    b: str
    target: str
    elapsed: str
    horizon: str


def formula(view: GoalView) -> Formula | None:
    """Return the formula that rates the goal; ``None`` where people judge it."""
    if view.kind.by_people:
        return None
    match view.verdict.rated_by or _expected(view):
        case RatedBy.GROWTH:
            return _path_formula(view, _GROWTH, estimate_formulas(view))
        case RatedBy.LINEAR:
            return _path_formula(view, _LINEAR, estimate_formulas(view))
        case RatedBy.CUMULATIVE:
            return _cumulative(view)
        case RatedBy.AVERAGE_GROWTH:
            return _average_growth(view)
        case RatedBy.YEAR_TARGET:
            return _year_target(view)
        case RatedBy.WHOLE_UNITS:
            return _whole_units(view)
        case _:
            return None


def second_formula(view: GoalView) -> Formula | None:
    """Return the other measure of pace, where the verdict has it and it does not rate."""
    match view.verdict.rated_by:
        case RatedBy.GROWTH if view.verdict.linear_pace is not None:
            return _path_formula(view, _LINEAR)
        case RatedBy.LINEAR if view.verdict.growth_pace is not None:
            return _path_formula(view, _GROWTH)
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


def _path_formula(view: GoalView, its: _PathPace, first: tuple[Formula, ...] = ()) -> Formula:
    """Return a pace along the path from the baseline to the value that meets."""
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    general = its.ratio(minus, _Terms("v", "b", target_symbol(view), "t-t_0", "t_E-t_0"))
    elapsed, horizon = in_months(view.verdict.elapsed), in_months(view.verdict.horizon)
    shown = ""
    if elapsed and horizon:
        times = _spans(elapsed, horizon)
        shown = filled(
            lambda v, b, target: its.ratio(minus, _Terms(v, b, target, *times)),
            lambda v, b, target: sign * its.value(v, b, target, elapsed, horizon),
            [view.verdict.observed_value, view.verdict.baseline_value, meeting_value(view)],
            result=its.pace(view.verdict),
            decimals=[decimals_shown(view)] * 3,
        )
    return Formula(its.name, general, shown, path_symbols(view), first)


def _growth_ratio(minus: str, its: _Terms) -> str:
    """Return the average growth so far over the one to the target, as LaTeX."""
    so_far, in_all = (f"1/({t})" if "-" in t else _inverse(t) for t in (its.elapsed, its.horizon))
    return (
        rf"\frac{{{minus}\left[\left({its.v}/{its.b}\right)^{{{so_far}}}-1\right]}}"
        rf"{{\left|\left({its.target}/{its.b}\right)^{{{in_all}}}-1\right|}}"
    )


def _growth_value(v: float, b: float, target: float, elapsed: float, horizon: float) -> float:
    so_far, in_all = (v / b) ** (12 / elapsed) - 1, (target / b) ** (12 / horizon) - 1
    return float(so_far / abs(in_all))


def _linear_ratio(minus: str, its: _Terms) -> str:
    """Return the share of the way over the share of the time, as LaTeX."""
    way = rf"\frac{{{_done((its.v, its.b), minus)}}}{{{_way((its.target, its.b))}}}"
    elapsed, horizon = (time.removesuffix("/12") for time in (its.elapsed, its.horizon))
    return rf"{way}\div\frac{{{elapsed}}}{{{horizon}}}"


def _linear_value(v: float, b: float, target: float, elapsed: float, horizon: float) -> float:
    return (v - b) / abs(target - b) / (elapsed / horizon)


class _PathPace(NamedTuple):
    """One of the two paces along a path: its name, that judged, as LaTeX and as a number."""

    name: str
    pace: Callable[[Verdict], Number]
    ratio: Callable[[str, _Terms], str]
    value: Callable[[float, float, float, float, float], float]


_GROWTH = _PathPace("增长进度比", attrgetter("growth_pace"), _growth_ratio, _growth_value)
_LINEAR = _PathPace("序时进度比", attrgetter("linear_pace"), _linear_ratio, _linear_value)


def _cumulative(view: GoalView) -> Formula:
    """The amount over what is due of the target: by time, by the usual share, by year-ends."""
    value = view.verdict.observed_value
    symbols = (
        ("A", f"累计数：{value_said(view, value)}"),
        *target_symbols(view, "目标"),
        share_symbol(view),
    )
    return _over_due(view, "累计进度比", "r", value=value, share=share_term(view), symbols=symbols)


def _over_due(
    view: GoalView, name: str, letter: str, *, value: Number, share: Value, symbols: Symbols
) -> Formula:
    """Return an amount over the share, which has this letter, of the value that meets."""
    shown = filled(
        lambda done, wanted, s: rf"\frac{{{done}}}{{{wanted}\times {s}}}",
        lambda done, wanted, s: done / (wanted * s),
        [value, meeting_value(view), share],
        result=view.verdict.pace,
        decimals=[decimals_shown(view), decimals_shown(view), DECIMALS],
    )
    general = rf"\frac{{A}}{{{target_symbol(view)}\times {letter}}}"
    return Formula(name, general, shown, symbols)


def _average_growth(view: GoalView) -> Formula:
    value, target = view.verdict.observed_value, meeting_value(view)
    if target is None:
        target = view.goal.target
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    shown = filled(
        lambda g, wanted: rf"\frac{{{minus}{g}\%}}{{\left|{wanted}\%\right|}}",
        lambda g, wanted: sign * g / abs(wanted),
        [value, target],
        result=view.verdict.pace,
        decimals=[2, 2],
    )
    met = f"{view.target_words()}，{meeting_words(view)}" if meeting_differs(view) else ""
    symbols = (
        ("g", f"完整年度的年均增速：{rate_words(value)}"),
        ("g^{*}", f"目标{met}：{rate_words(target)}"),
    )
    average, more = _average_of_levels(view)
    general = rf"\frac{{{minus}g}}{{\left|g^{{*}}\right|}}"
    return Formula("年均增速比", general, shown, (*more, *symbols), average)


def _average_of_levels(view: GoalView) -> tuple[tuple[Formula, ...], Symbols]:
    """Return the average growth from base to newest complete year, where the verdict has both."""
    observed, months = view.verdict.observed_period, in_months(view.verdict.elapsed)
    general = r"\left(v/b\right)^{1/n}-1"
    meant = (("v,\\ b,\\ n", "最近完整年度的数值、基期值、其间年数（不含基年）"),)
    if observed is None or not months or view.verdict.latest_period != observed:
        return (Formula("年均增速", general, "", ()),), meant
    average = view.verdict.observed_value
    base, latest, years = view.verdict.baseline_value, view.verdict.latest_value, months // 12
    shown = filled(
        lambda v, b: rf"\left({v}/{b}\right)^{{1/{years}}}-1",
        lambda v, b: float((v / b) ** (1 / years) - 1),
        [latest, base],
        result=None if average is None else average / 100,
        decimals=[decimals_shown(view)] * 2,
        printed=lambda rate: numbers.plain(rate, DECIMALS),  # a rate is rounded, unlike a pace
    )
    return (Formula("年均增速", general, shown, ()),), meant


def _year_target(view: GoalView) -> Formula:
    value, share = view.verdict.latest_value, view.verdict.usual_share
    share = 1.0 if share is None and value is not None else share
    symbols = (
        ("A", f"{year_so_far(view.indicator)}：{value_said(view, value)}"),
        *target_symbols(view, "每年目标"),
        usual_share_symbol(view, share),
    )
    found = _over_due(view, "当年进度比", "s", value=value, share=share, symbols=symbols)
    return replace(found, first=estimate_formulas(view))


def _whole_units(view: GoalView) -> Formula:
    """The units done over the whole units due; where none is due there is no ratio."""
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    from_zero = counts_from_zero(view)
    start: list[Value] = [] if from_zero else [view.verdict.baseline_value]
    due, place = units_due(view), decimals_shown(view)
    due_filled = filled(
        lambda *its: _floor(_way(its[:-1]), its[-1]),
        lambda *its: float(math.floor(abs(_distance(its[:-1])) * its[-1] + _SAME)),
        [meeting_value(view), *start, share_term(view)],
        result=due,
        decimals=[place] * (len(start) + 1) + [DECIMALS],
    )
    shown = ""
    if due:
        shown = filled(
            lambda *its: rf"\frac{{{_done(its, minus)}}}{{{due}}}",
            lambda *its: sign * _distance(its) / due,
            [view.verdict.observed_value, *start],
            result=view.verdict.pace,
            decimals=[place] * (len(start) + 1),
        )
    letters = (target_symbol(view),) if from_zero else (target_symbol(view), "b")
    done = _done(("A",) if from_zero else ("v", "b"), minus)
    symbols = (
        ("A" if from_zero else "v", value_meaning(view)),
        *(() if from_zero else (("b", base_meaning(view)),)),
        *target_symbols(view, "目标"),
        share_symbol(view),
        ("k", f"应达个数，只取整数：{'尚无' if due is None else units_words(view, due)}"),
    )
    first = (
        *estimate_formulas(view),
        Formula("应达个数", _floor(_way(letters), "r"), due_filled, ()),
    )
    return Formula("个数之比", rf"\frac{{{done}}}{{k}}", shown, symbols, first)


def _way(ends: Sequence[str]) -> str:
    """Return the way to go as LaTeX; where it begins at zero there is one end only."""
    return ends[0] if len(ends) == 1 else rf"\left|{ends[0]}-{ends[1]}\right|"


def _done(ends: Sequence[str], minus: str) -> str:
    """Return the way done as LaTeX."""
    return ends[0] if len(ends) == 1 else rf"{minus}\left({ends[0]}-{ends[1]}\right)"


def _distance(ends: Sequence[float]) -> float:
    return ends[0] - sum(ends[1:])


def _floor(way: str, share: str) -> str:
    return rf"\left\lfloor {way}\times {share}\right\rfloor"


def _spans(elapsed: int, horizon: int) -> tuple[str, str]:
    """Return both times as numbers of years where both are whole, else as months."""
    if elapsed % 12 == 0 and horizon % 12 == 0:
        return str(elapsed // 12), str(horizon // 12)
    return f"{elapsed}/12", f"{horizon}/12"


def _inverse(time: str) -> str:
    months, slash, _ = time.partition("/")
    return f"12/{months}" if slash else f"1/{time}"
