"""What the chart of one goal says: its finding, the span and the marks below it, its values.

Whether a mark is drawn is told by `present.charts`; here stand the words.
"""

from __future__ import annotations

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.points import Point, Series, band
from planbook.present.say.chart_words import (
    MEETING,
    gap_words,
    growth_name,
    judged_words,
    named,
)
from planbook.present.say.goal_terms import meeting_differs, meeting_quantity, missed_years
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Accumulation, Kind

PATH = "应达路径"
DUE = "应达"
FAN = "深浅两色为80%和95%的预测区间，点线为预测中值"
FAN_OF_YEARS = "方框深浅两色为80%和95%的预测区间，横线为预测中值"


def finding(view: GoalView) -> str:
    """Return what the chart shows, as a statement: the gap to the path where there is one."""
    value, due = view.verdict.observed_value, view.verdict.path_value
    if view.verdict.latest_value is None or value is None or view.verdict.reason is not None:
        return f"{view.name}：{view.rating_words}"
    name = view.indicator.name if view.kind is Kind.GROWTH_VS_BASE else view.name
    level = "应达水平"
    if view.kind is Kind.CAGR:
        level = "达标值" if meeting_differs(view) else "目标"
    missed = missed_years(view)
    but = f"{missed}，" if missed else ""
    gap = (
        ""
        if due is None or view.verdict.rating.is_met
        else f"{gap_words(view, value, due, level)}，"
    )
    return f"{named(name, judged_words(view, value))}，{gap}{but}{view.rating_words}"


def span(view: GoalView, series: Series) -> str:
    """Return which values the chart has, and until when."""
    shown = series.growth if view.kind is Kind.CAGR else (*series.observed, *series.elsewhere)
    until_year = view.verdict.observed_period
    if view.kind is Kind.CAGR and not shown and until_year is not None:
        return f"年均增速，截至{view.year.label_of(until_year)}"
    if not shown:
        return "尚无本期数据"
    first, last = (point(p.period for p in shown) for point in (min, max))
    base = series.baseline
    if base is not None and base.value != 0 and view.kind is not Kind.CAGR:
        last = max(last, base.period)  # past values may end before it: it is drawn after them
    until = last.words
    match view.verdict.accumulation:
        case how if view.kind is Kind.CAGR:
            average = "" if until_year is None else "与年均增速"
            return f"{_rates(series, how)}{average}，截至{_until(view, last)}"
        case Accumulation.SINCE_START if view.goal.since is not None:
            start = view.goal.since.plus(1)
            return f"自{start.words}起累计，截至{until}"
        case how if view.of_yearly_totals and (view.year.is_end(last) or how is Accumulation.YEAR):
            return f"全年数，截至{view.year.label_of(last)}"
        case _ if view.of_yearly_totals:
            return f"全年数，本年为年初至今累计数，截至{until}"
        case _ if first == last:
            return view.label_of(last)
        case _:
            return f"{view.label_of(first)}至{view.label_of(last)}"


def _rates(series: Series, accumulation: Accumulation | None) -> str:
    """Say what rates of growth the chart has: as reported, or computed from whole years."""
    computed = {point.is_computed for point in series.growth}
    reported = "年初以来累计同比" if accumulation is Accumulation.YTD else "同比"
    told = [reported] if False in computed else []
    of_years = "方点为按全年数计算的年增速" if told else "按全年数计算的年增速"
    return "、".join((*told, of_years) if True in computed else told)


def _until(view: GoalView, last: TimePeriod) -> str:
    return view.year.label_of(last) if view.year.is_end(last) else last.words


def key(
    view: GoalView,
    *,
    hollow: bool = False,
    revised: bool = False,
    quarters: bool = False,
    same_period: str = "",
    elsewhere: bool = False,
    meeting: bool = False,
    from_zero: bool = True,
    fan: str = "",
) -> str:
    """Return what marks mean, of those that the chart has.

    Parameters
    ----------
    quarters
        Whether bars show what they had reached before.
    same_period
        The months of this year that earlier years are held against, where they are.
    from_zero
        Whether the axis of values begins at nothing.
    fan
        What the shades of a forecast mean.
    """
    parts = [
        *["年内各期的累计数"] * quarters,
        *[f"{'粗的为' if quarters else ''}往年{same_period}数"] * bool(same_period),
    ]
    inside = f"柱内横线为{'，'.join(parts)}" if parts else ""
    marks = [
        f"空心{'柱' if view.of_yearly_totals else '点'}为快报或估计数" * hollow,
        "×为修订前的数" * revised,
        inside,
        f"浅灰{'柱' if view.of_yearly_totals else '方点'}为口径不同的数" * elsewhere,
        "细线为推算的80%区间" * (band(view) is not None and view.kind is not Kind.CAGR),
        "横线为达标线" * meeting,
        fan,
        f"{PROVISIONAL}为年度结束前状态可能改变"
        * (view.verdict.rating_provisional and view.kind is not Kind.CAGR),
        "" if from_zero else "纵轴不一定从零起",
    ]
    return "，".join(mark for mark in marks if mark)


def under(unit: str, span: str, key: str) -> str:
    return "；".join(part for part in (f"单位：{unit}", span, key) if part)


def alt(view: GoalView, sentence: str, outlook: str) -> str:
    """Return the chart in words, for readers who do not see it."""
    expected = f"达标{outlook}" if outlook else ""
    return f"{view.name}走势图。{sentence}{start_and_target(view)}{expected}"


def start_and_target(view: GoalView) -> str:
    base, found, meeting = view.verdict.baseline_value, band(view), meeting_quantity(view)
    start = f"{view.baseline_label}为{view.value_words(base)}，" if base is not None else ""
    met = f"，{MEETING}为{meeting}" if meeting else ""
    spread = ""
    if found is not None:
        low, high = (view.estimate_words(end) for end in found)
        spread = f"推算的80%区间为{low}至{high}。"
    return f"{spread}{start}{view.due_words}目标为{view.target_words()}{met}。"


def no_chart(view: GoalView, series: Series) -> str:
    """Return why nothing is drawn, and the value that is known if there is one."""
    return f"{view.name}：{_why(view, series)}。"


def _why(view: GoalView, series: Series) -> str:
    if view.is_withheld:
        return "数值不公开，没有走势图"
    if view.kind.by_people:
        return "由人工评定，没有走势图"
    if series.observed:
        return "尚无同比，也没有相邻两年的全年数，增速无从算起，收到后在此绘图"
    base = view.verdict.baseline_value
    if base is None:
        return "尚无数据，收到填报后在此绘图"
    start = f"{view.baseline_label}为{view.value_words(base)}"
    return f"尚无本期以来的数据（{start}，目标为{view.target_words()}），收到填报后在此绘图"


def baseline_label(value: str, *, is_base: bool) -> str:
    return f"{'基期' if is_base else '起点'} {value}"


def target_label(target: str, meeting: str) -> str:
    met = f"，{MEETING}{meeting}" if meeting else ""
    return f"目标 {target}{met}"


def yearly_target_label(year: str = "", value: str = "", verdict: str = "") -> str:
    """Return the words at a yearly target: 2025年度目标达到, with its value if nothing else has."""
    return f"{year}度目标{value}{verdict}" if year else f"年度目标{value}"


def estimate_label(value: str) -> str:
    return f"推算 {value}"


def average_label(value: str) -> str:
    return f"年均 {value}"


def growth_label(view: GoalView, point: Point) -> str:
    return f"{growth_name(view, point)} {numbers.number(point.value, 1)}%"
