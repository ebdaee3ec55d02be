r"""How a goal was judged, as a formula and the same formula with this edition's numbers.

Turns a view into LaTeX that MathML converters read. The numbers are those of the verdict, printed
with as many decimals as give the number printed behind them to whoever computes it again; where the
verdict lacks one, or they do not give it, the filled formula is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from planbook.assess.path import rated_by_growth
from planbook.periods import period_label
from planbook.present import numbers
from planbook.present.goal_terms import (
    band,
    counts_from_zero,
    meeting_differs,
    meeting_value,
    meeting_words,
    share_due,
    units_due,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Note, RatedBy

_RESULT = 4  # decimals of a pace
_MOST = 10  # decimals more than a number is usually printed with
_SAME = 1e-9

_Number = float | None


class _Fixed(NamedTuple):
    """A number that is printed in one way only, such as a fraction."""

    text: str
    value: float


_Value = float | _Fixed | None
_Symbols = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Formula:
    """A formula in general, with numbers (empty if they are not all known), and its symbols.

    Attributes
    ----------
    symbols
        Pairs of a symbol and what it stands for, with its value.
    first
        Formulas whose results it takes over: the estimate of a year, the whole units due.
    """

    name: str
    general: str
    filled: str
    symbols: _Symbols
    first: tuple[Formula, ...] = ()

    @property
    def steps(self) -> tuple[Formula, ...]:
        """The formulas in the order in which they are computed, this one last."""
        return (*self.first, self)

    @property
    def all_symbols(self) -> _Symbols:
        """The symbols of all steps, each once."""
        return tuple({symbol: said for step in self.steps for symbol, said in step.symbols}.items())


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
    match view.rated_by or _expected(view):
        case RatedBy.GROWTH:
            return _growth(view, _estimate(view))
        case RatedBy.LINEAR:
            return _linear(view, _estimate(view))
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


def _growth(view: GoalView, first: tuple[Formula, ...] = ()) -> Formula:
    return _path_formula(view, _GROWTH, first)


def _linear(view: GoalView, first: tuple[Formula, ...] = ()) -> Formula:
    return _path_formula(view, _LINEAR, first)


def _path_formula(view: GoalView, its: _PathPace, first: tuple[Formula, ...]) -> Formula:
    """Return a pace along the path from the baseline to the value that meets."""
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    general = its.ratio(minus, _Terms("v", "b", _target_symbol(view), "t-t_0", "t_E-t_0"))
    elapsed, horizon = _months(view.number("elapsed")), _months(view.number("horizon"))
    filled = ""
    if elapsed and horizon:
        times = _spans(elapsed, horizon)
        filled = _filled(
            lambda v, b, target: its.ratio(minus, _Terms(v, b, target, *times)),
            lambda v, b, target: sign * its.value(v, b, target, elapsed, horizon),
            [view.number("observed_value"), view.number("baseline_value"), meeting_value(view)],
            result=view.number(its.column),
            decimals=[_decimals(view)] * 3,
        )
    return Formula(its.name, general, filled, _symbols(view), first)


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
    """One of the two paces along a path: its name, its column, as LaTeX and as a number."""

    name: str
    column: str
    ratio: Callable[[str, _Terms], str]
    value: Callable[[float, float, float, float, float], float]


_GROWTH = _PathPace("增长进度比", "growth_pace", _growth_ratio, _growth_value)
_LINEAR = _PathPace("序时进度比", "linear_pace", _linear_ratio, _linear_value)


def _cumulative(view: GoalView) -> Formula:
    """The amount over what is due of the target: by time, by the usual share, by year-ends."""
    value, letter = view.number("observed_value"), _target_symbol(view)
    filled = _filled(
        lambda done, wanted, s: rf"\frac{{{done}}}{{{wanted}\times {s}}}",
        lambda done, wanted, s: done / (wanted * s),
        [value, meeting_value(view), _share(view)],
        result=view.pace,
        decimals=[_decimals(view), _decimals(view), _RESULT],
    )
    symbols = (
        ("A", f"累计数：{_said(view, value)}"),
        *_target_symbols(view, "目标"),
        _share_symbol(view),
    )
    return Formula("累计进度比", rf"\frac{{A}}{{{letter}\times r}}", filled, symbols)


def _average_growth(view: GoalView) -> Formula:
    value, target = view.number("observed_value"), meeting_value(view)
    if target is None:
        target = view.goal.target
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    filled = _filled(
        lambda g, wanted: rf"\frac{{{minus}{g}\%}}{{\left|{wanted}\%\right|}}",
        lambda g, wanted: sign * g / abs(wanted),
        [value, target],
        result=view.pace,
        decimals=[2, 2],
    )
    symbols = [("g", f"完整年度的年均增速：{_rate(value)}"), ("g^{*}", f"目标：{_rate(target)}")]
    if meeting_differs(view):
        symbols[1] = ("g^{*}", f"目标{view.target_words()}，{meeting_words(view)}：{_rate(target)}")
    average, more = _average_of_levels(view)
    general = rf"\frac{{{minus}g}}{{\left|g^{{*}}\right|}}"
    return Formula("年均增速比", general, filled, (*more, *symbols), average)


def _average_of_levels(view: GoalView) -> tuple[tuple[Formula, ...], _Symbols]:
    """Return the average growth from base to newest complete year, where the verdict has both."""
    observed, months = view.period("observed_period"), _months(view.number("elapsed"))
    general = r"\left(v/b\right)^{1/n}-1"
    meant = (("v,\\ b,\\ n", "最近完整年度的数值、基期值、其间年数（不含基年）"),)
    if observed is None or not months or view.period("latest_period") != observed:
        return (Formula("年均增速", general, "", ()),), meant
    base, latest, years = view.number("baseline_value"), view.latest, months // 12
    filled = _filled(
        lambda v, b: rf"\left({v}/{b}\right)^{{1/{years}}}-1",
        lambda v, b: float((v / b) ** (1 / years) - 1),
        [latest, base],
        result=_hundredth(view.number("observed_value")),
        decimals=[_decimals(view)] * 2,
    )
    return (Formula("年均增速", general, filled, ()),), meant


def _year_target(view: GoalView) -> Formula:
    value, target, share = view.latest, meeting_value(view), view.number("usual_share")
    share = 1.0 if share is None and value is not None else share
    filled = _filled(
        lambda done, wanted, s: rf"\frac{{{done}}}{{{wanted}\times {s}}}",
        lambda done, wanted, s: done / (wanted * s),
        [value, target, share],
        result=view.pace,
        decimals=[_decimals(view), _decimals(view), _RESULT],
    )
    symbols = (
        ("A", f"本年累计数：{_said(view, value)}"),
        *_target_symbols(view, "每年目标"),
        _usual_share(view, share),
    )
    general = rf"\frac{{A}}{{{_target_symbol(view)}\times s}}"
    return Formula("当年进度比", general, filled, symbols, _estimate(view))


def _whole_units(view: GoalView) -> Formula:
    """The units done over the whole units due; where none is due there is no ratio."""
    minus, sign = ("-", -1.0) if view.falling else ("", 1.0)
    from_zero = counts_from_zero(view)
    start: list[_Value] = [] if from_zero else [view.number("baseline_value")]
    due, place = units_due(view), _decimals(view)
    due_filled = _filled(
        lambda *its: _floor(_way(its[:-1]), its[-1]),
        lambda *its: float(math.floor(abs(_distance(its[:-1])) * its[-1] + _SAME)),
        [meeting_value(view), *start, _share(view)],
        result=due,
        decimals=[place] * (len(start) + 1) + [_RESULT],
    )
    filled = ""
    if due:
        filled = _filled(
            lambda *its: rf"\frac{{{_done(its, minus)}}}{{{due}}}",
            lambda *its: sign * _distance(its) / due,
            [view.number("observed_value"), *start],
            result=view.pace,
            decimals=[place] * (len(start) + 1),
        )
    letters = (_target_symbol(view),) if from_zero else (_target_symbol(view), "b")
    done = _done(("A",) if from_zero else ("v", "b"), minus)
    symbols = (
        ("A" if from_zero else "v", _value_meaning(view)),
        *(() if from_zero else (("b", _base_meaning(view)),)),
        *_target_symbols(view, "目标"),
        _share_symbol(view),
        ("k", f"应达个数，只取整数：{'尚无' if due is None else _units(view, due)}"),
    )
    first = (*_estimate(view), Formula("应达个数", _floor(_way(letters), "r"), due_filled, ()))
    return Formula("个数之比", rf"\frac{{{done}}}{{k}}", filled, symbols, first)


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


def _estimate(view: GoalView) -> tuple[Formula, ...]:
    """Return how the whole year was estimated, and the ends of its 80 % band."""
    so_far, share, places = view.latest, view.number("usual_share"), _decimals(view)
    whole = view.number("observed_value") if view.flag("is_estimate") else None
    if view.kind is Kind.EVERY_YEAR and band(view) and so_far is not None and share:
        whole = so_far / share  # judged on the year to date: the estimate is for its band
    if whole is None:
        return ()
    symbols: _Symbols = (
        ("A", f"年初至今累计数（{view.latest_label}）：{_said(view, so_far)}"),
        _usual_share(view, share),
    )
    filled = _filled(
        lambda a, s: rf"\frac{{{a}}}{{{s}}}",
        lambda a, s: a / s,
        [so_far, share],
        result=whole,
        decimals=[places, _RESULT],
        printed=lambda result: numbers.plain(result, places),
    )
    found = Formula("推算全年", r"\frac{A}{s}", filled, symbols)
    return (found, *_band(view, so_far, whole))


def _usual_share(view: GoalView, share: _Number) -> tuple[str, str]:
    """Return the symbol of the year's share usually reached by now, and where it is from."""
    basis = "往年同期占比" if view.flag("share_from_history") else "已过月份占全年的比重"
    if Note.FROM_YEAR_TO_DATE_GROWTH in view.notes:
        basis = "上年同期占上年全年的比重，即按累计同比推算"
    return "s", f"{basis}：{numbers.percent(share)}"


def _band(view: GoalView, so_far: _Number, whole: float) -> tuple[Formula, ...]:
    """Return the ends of the band: the known part, and the remainder with its spread."""
    low, high = view.number("band_low"), view.number("band_high")
    if so_far is None or low is None or high is None:
        return ()
    rest, places = whole - so_far, _decimals(view)
    if rest <= 0 or high <= so_far:
        return ()
    spread = math.log((high - so_far) / rest)
    meaning = f"余下月份的离散程度，80%的情形在其范围之内：{numbers.plain(spread, _RESULT)}"
    ends = []
    for name, sign, end in (("下端", "-", low), ("上端", "", high)):
        filled = _filled(
            lambda a, v, z, sign=sign: rf"{a}+\left({v}-{a}\right)e^{{{sign}{z}}}",
            lambda a, v, z, sign=sign: a + (v - a) * math.exp(float(f"{sign}{z}")),
            [so_far, whole, spread],
            result=end,
            decimals=[places, places, _RESULT],
            printed=lambda result: numbers.plain(result, places),
        )
        if not filled:  # a band of another form: its ends stand beside the estimate
            return ()
        general = rf"A+\left(\frac{{A}}{{s}}-A\right)e^{{{sign}z}}"
        ends.append(Formula(f"误差范围{name}", general, filled, ()))
    return (replace(ends[0], symbols=(("z", meaning),)), ends[1])


def _filled(
    write: Callable[..., str],
    compute: Callable[..., float],
    values: Sequence[_Value],
    *,
    result: _Number,
    decimals: Sequence[int],
    printed: Callable[[float], str] | None = None,
) -> str:
    """Return the formula with numbers and its result; empty where the one does not give the other.

    Parameters
    ----------
    write, compute
        The formula as LaTeX of printed numbers, and as a number of the same numbers.
    values
        What stands in it; ``None`` where the verdict has none.
    result
        What the verdict has.
    decimals
        How many each value is printed with; more are added until the result comes out.
    printed
        How the result is printed; a pace by default.
    """
    known = [value for value in values if value is not None]
    if result is None or not math.isfinite(result) or len(known) < len(values):
        return ""
    say = printed or _pace
    wanted = say(result)
    for more in range(_MOST):
        terms = [_term(value, n + more) for value, n in zip(known, decimals, strict=True)]
        try:
            found = say(compute(*(term.value for term in terms)))
        except (ArithmeticError, TypeError):  # a number rounded to nothing; a root of one below 0
            continue
        if found == wanted:
            return f"{write(*(term.text for term in terms))}={wanted}"
    return ""


def _term(value: float | _Fixed, decimals: int) -> _Fixed:
    """Return a number as it stands in a formula, and the number that its text says."""
    if isinstance(value, _Fixed):
        return value
    text = numbers.plain(value, decimals)
    return _Fixed(f"({text})" if text.startswith("-") else text, float(text))


def _pace(ratio: float) -> str:
    """Return a pace with four decimals, never rounded up, as everywhere in the book."""
    exact = numbers.rounded(ratio, 12)
    shown = exact.quantize(Decimal(1).scaleb(-_RESULT), rounding=ROUND_FLOOR)
    text = f"{shown:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _spans(elapsed: int, horizon: int) -> tuple[str, str]:
    """Return both times as numbers of years where both are whole, else as months."""
    if elapsed % 12 == 0 and horizon % 12 == 0:
        return str(elapsed // 12), str(horizon // 12)
    return f"{elapsed}/12", f"{horizon}/12"


def _inverse(time: str) -> str:
    months, slash, _ = time.partition("/")
    return f"12/{months}" if slash else f"1/{time}"


def _months(years: _Number) -> int | None:
    """Return a time in whole months, as which all periods are counted; ``None`` without one."""
    return None if years is None else round(years * 12)


def _share(view: GoalView) -> _Value:
    """Return the share due, as a fraction of months where it is the share of the time gone."""
    share = share_due(view)
    elapsed, horizon = _months(view.number("elapsed")), _months(view.number("horizon"))
    if share is None or not elapsed or not horizon:
        return share
    by_time = math.isclose(share, elapsed / horizon, abs_tol=_SAME)
    return _Fixed(rf"\frac{{{elapsed}}}{{{horizon}}}", elapsed / horizon) if by_time else share


def _share_symbol(view: GoalView) -> tuple[str, str]:
    if isinstance(_share(view), _Fixed):
        basis = "按已过时间"
    elif view.number("usual_share") is not None:
        basis = "已结束的年度按月份，本年按往年同期占比"
    else:
        basis = "按年末认定"
    share = share_due(view)
    said = "尚无" if share is None else f"{numbers.percent(share)}，{basis}"
    return "r", f"此时应完成的份额：{said}"


def _target_symbol(view: GoalView) -> str:
    return "T^{*}" if meeting_differs(view) else "T"


def _target_symbols(view: GoalView, name: str) -> _Symbols:
    target = view.number("target_value")
    if target is None and not view.is_growth:
        target = view.goal.target
    if meeting_differs(view):
        return (("T^{*}", f"达标值（{name}{view.target_words()}）：{meeting_words(view)}"),)
    return (("T", f"{name}（{view.due_words}）：{_said(view, target)}"),)


def _symbols(view: GoalView) -> _Symbols:
    elapsed, horizon = view.number("elapsed"), view.number("horizon")
    return (
        ("b", _base_meaning(view)),
        ("v", _value_meaning(view)),
        *_target_symbols(view, "目标值"),
        ("t-t_0", f"已过时间：{_years(elapsed)}"),
        ("t_E-t_0", f"全部时间：{_years(horizon)}"),
    )


def _base_meaning(view: GoalView) -> str:
    return f"基期值（{view.baseline_label}）：{_said(view, view.number('baseline_value'))}"


def _value_meaning(view: GoalView) -> str:
    observed, value, when = (
        view.period("observed_period"),
        view.number("observed_value"),
        view.latest_label,
    )
    if view.flag("is_estimate") and observed is not None:
        when = f"{period_label(observed, Accumulation.YEAR)}推算数"
    if not when or value is None:
        return "所用数值：尚无"
    return f"所用数值（{when}）：{_said(view, value)}"


def _decimals(view: GoalView) -> int:
    return max(view.decimals, 2)


def _said(view: GoalView, value: _Number) -> str:
    return "待补" if value is None else view.value_words(value)


def _units(view: GoalView, amount: int) -> str:
    return f"{amount}{numbers.spoken_unit(view.indicator.unit)}"


def _rate(value: _Number) -> str:
    return "尚无" if value is None else f"{numbers.number(value, 2)}%"


def _hundredth(percent: _Number) -> _Number:
    return None if percent is None else percent / 100


def _years(value: _Number) -> str:
    months = _months(value)
    if months is None:
        return "尚无"
    return f"{months // 12}年" if months % 12 == 0 else f"{months}个月"
