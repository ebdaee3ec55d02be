"""The chart of one goal, with its words: the finding as its title, unit and period below it.

`goal_marks` and `goal_labels` draw; here is decided which form a goal takes and what is said.
"""

from __future__ import annotations

from planbook.periods import TimePeriod
from planbook.present.addresses import series_address
from planbook.present.book import Book
from planbook.present.charts.axes import months_to_date
from planbook.present.charts.chart_data import data_table, unit_drawn
from planbook.present.charts.chart_words import MEETING, gap_words, judged_words, named
from planbook.present.charts.fan import fan_drawn, fan_marks
from planbook.present.charts.figure import Figure, compose
from planbook.present.charts.goal_labels import draw_with_labels
from planbook.present.charts.marked_values import meeting_level, part_year, same_period
from planbook.present.escaping import markdown
from planbook.present.points import Series, band, drawable, series_of
from planbook.present.prose import Prose
from planbook.present.say.goal_terms import meeting_differs, meeting_quantity
from planbook.present.say.outlook_sentences import outlook_sentence
from planbook.present.say.sentences import goal_sentence
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Accumulation, Kind


def goal_chart(book: Book, goal_id: str) -> Figure | Prose:
    """Return a goal's chart, or a sentence where there is nothing to draw yet."""
    view = book.views[goal_id]
    series, history = series_of(book, view), book.history(goal_id)
    if view.kind.by_people or not drawable(view, series):
        return Prose(markdown(f"{view.name}：{_why_no_chart(view, series)}。"))
    return compose(
        lambda axes: draw_with_labels(axes, view=view, series=series, history=history),
        id=view.id,
        title=finding(view),
        subtitle=f"单位：{unit_drawn(view)}；{_span(view, series)}",
        alt=(
            f"{view.name}走势图。{goal_sentence(view)}{_start_and_target(view)}"
            f"{_outlook_said(view, series)}"
        ),
        source=book.source(view.submitting_unit.name, view.indicator.id),
        data=data_table(view, series, history),
        csv=f"../{series_address(view.id)}",
    )


def finding(view: GoalView) -> str:
    """Return what the chart shows, as a statement: the gap to the path where there is one."""
    value, due = view.verdict.observed_value, view.verdict.path_value
    if view.verdict.latest_value is None or value is None or view.verdict.reason is not None:
        return f"{view.name}：{view.rating_words}"
    name = view.indicator.name if view.kind is Kind.GROWTH_VS_BASE else view.name
    level = "应达水平"
    if view.kind is Kind.CAGR:
        level = "达标值" if meeting_differs(view) else "目标"
    missed = "、".join(map(view.year.label, view.verdict.missed_years))
    but = f"{missed}未达标，" if missed else ""
    gap = (
        ""
        if due is None or view.verdict.rating.is_met
        else f"{gap_words(view, value, due, level)}，"
    )
    return f"{named(name, judged_words(view, value))}，{gap}{but}{view.rating_words}"


def _span(view: GoalView, series: Series) -> str:
    shown = series.growth if view.kind is Kind.CAGR else (*series.observed, *series.elsewhere)
    until_year = view.verdict.observed_period
    if view.kind is Kind.CAGR and not shown and until_year is not None:
        return f"年均增速，截至{view.year.label_of(until_year)}"
    if not shown:
        return "尚无本期数据"
    first, last = (point(p.period for p in shown) for point in (min, max))
    until = last.words
    match view.verdict.accumulation:
        case how if view.kind is Kind.CAGR:
            average = "" if until_year is None else "与年均增速"
            span = f"{_rates(series, how)}{average}，截至{_until(view, last)}"
        case Accumulation.SINCE_START if view.goal.since is not None:
            start = view.goal.since.plus(1)
            span = f"自{start.words}起累计，截至{until}"
        case how if view.of_yearly_totals and (view.year.is_end(last) or how is Accumulation.YEAR):
            span = f"全年数，截至{view.year.label_of(last)}"
        case _ if view.of_yearly_totals:
            span = f"全年数，本年为年初至今累计数，截至{until}"
        case _ if first == last:
            span = view.label_of(last)
        case _:
            span = f"{view.label_of(first)}至{view.label_of(last)}"
    return "；".join(part for part in (span, _marks(series, view)) if part)


def _rates(series: Series, accumulation: Accumulation | None) -> str:
    """Say what rates of growth the chart has: as reported, or computed from whole years."""
    computed = {point.is_computed for point in series.growth}
    reported = "年初以来累计同比" if accumulation is Accumulation.YTD else "同比"
    told = [reported] if False in computed else []
    of_years = "方点为按全年数计算的年增速" if told else "按全年数计算的年增速"
    return "、".join((*told, of_years) if True in computed else told)


def _until(view: GoalView, last: TimePeriod) -> str:
    return view.year.label_of(last) if view.year.is_end(last) else last.words


def _marks(series: Series, view: GoalView) -> str:
    """Say what hollow, crossed and pale marks mean, of those that the chart has."""
    if view.kind is Kind.CAGR:
        return fan_marks(view, series)
    yearly = view.of_yearly_totals
    part = part_year(series)
    shown = [p for p in series.observed if not yearly or view.year.is_end(p.period) or p == part]
    drawn = {p.period for p in shown}
    hollow = any(p.provisional for p in shown)
    banded = band(view) is not None
    revised = any(p.period in drawn for p in series.superseded)
    before = same_period(series, part) if yearly and part is not None else []
    marks = [
        f"空心{'柱' if yearly else '点'}为快报或估计数" if hollow else "",
        "×为修订前的数" if revised else "",
        f"柱内横线为往年{months_to_date(view.year, before[0].period)}数" if before else "",
        "浅灰为口径不同的数" if series.elsewhere else "",
        "细线为推算的80%区间" if banded else "",
        "横线为达标线" if meeting_level(view) is not None else "",
        fan_marks(view, series),
        f"{PROVISIONAL}为年度结束前状态可能改变" if view.verdict.rating_provisional else "",
    ]
    return "，".join(mark for mark in marks if mark)


def _start_and_target(view: GoalView) -> str:
    base, found, meeting = view.verdict.baseline_value, band(view), meeting_quantity(view)
    start = f"{view.baseline_label}为{view.value_words(base)}，" if base is not None else ""
    met = f"，{MEETING}为{meeting}" if meeting else ""
    spread = ""
    if found is not None:
        low, high = (view.estimate_words(end) for end in found)
        spread = f"推算的80%区间为{low}至{high}。"
    return f"{spread}{start}{view.due_words}目标为{view.target_words()}{met}。"


def _outlook_said(view: GoalView, series: Series) -> str:
    """Say what the fan shows; nothing where there is none."""
    return f"达标{outlook_sentence(view)}" if fan_drawn(view, series) else ""


def _why_no_chart(view: GoalView, series: Series) -> str:
    if view.is_withheld:
        return "数值不公开，没有走势图"
    if view.kind.by_people:
        return "由人工评定，没有走势图"
    if series.observed:
        return "尚无同比，也没有相邻两年的全年数，增速无从算起，收到后在此绘图"
    return "尚无数据，收到填报后在此绘图"
