"""The chart of one goal, with its words: the finding as its title, unit and period below it.

`goal_marks` and `goal_labels` draw; here is decided which form a goal takes and what is said.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.addresses import series_address
from planbook.present.book import Book
from planbook.present.charts.chart_data import data_table, unit_drawn
from planbook.present.charts.fan import fan_drawn, fan_marks
from planbook.present.charts.figure import HEIGHT, Figure, compose
from planbook.present.charts.goal_labels import FEW_HEIGHT, draw_with_labels
from planbook.present.charts.marked_values import (
    has_base,
    is_few,
    meeting_level,
    part_year,
    quarters,
    range_end,
    same_period,
)
from planbook.present.escaping import markdown
from planbook.present.points import Series, drawable, series_of
from planbook.present.prose import Prose
from planbook.present.say import course_words
from planbook.present.say.chart_words import months_to_date
from planbook.present.say.outlook_sentences import outlook_sentence
from planbook.present.say.sentences import goal_sentence
from planbook.present.views import GoalView
from planbook.vocabulary import Kind


def goal_chart(book: Book, goal_id: str) -> Figure | Prose:
    """Return a goal's chart, or a sentence where there is nothing to draw yet."""
    view = book.views[goal_id]
    series, history = series_of(book, view), book.history(goal_id)
    if view.kind.by_people or not drawable(view, series):
        return Prose(markdown(course_words.no_chart(view, series)))
    return course_chart(
        view,
        series,
        history,
        source=book.source(view.submitting_unit.name, view.indicator.id),
        csv=f"../{series_address(view.id)}",
    )


def course_chart(
    view: GoalView, series: Series, history: Sequence[GoalView], *, source: str, csv: str
) -> Figure:
    """Return the chart of values that are there to draw; `history` is the goal in all editions."""
    expected = outlook_sentence(view) if fan_drawn(view, series) else ""
    return compose(
        lambda axes: draw_with_labels(axes, view=view, series=series, history=history),
        height=FEW_HEIGHT if is_few(view, series) else HEIGHT,
        form=_form(view, series),
        id=view.id,
        title=course_words.finding(view),
        subtitle=course_words.under(
            unit_drawn(view), course_words.span(view, series), _key(view, series)
        ),
        alt=course_words.alt(view, goal_sentence(view), expected),
        source=source,
        data=data_table(view, series, history),
        csv=csv,
    )


def _form(view: GoalView, series: Series) -> str:
    """Return the section of 图例 that shows a chart like this one."""
    if view.kind is Kind.CAGR:
        return "growth"
    if range_end(view) is not None:
        return "range"
    if is_few(view, series):
        return "few"
    return "totals" if view.of_yearly_totals else "level"


def _key(view: GoalView, series: Series) -> str:
    """Say what the marks mean, of those that the chart has."""
    if view.kind is Kind.CAGR:
        return course_words.key(view, fan=fan_marks(view, series), from_zero=False)
    yearly = view.of_yearly_totals
    part = part_year(series)
    shown = [p for p in series.observed if not yearly or view.year.is_end(p.period) or p == part]
    drawn = {p.period for p in shown}
    before = same_period(series, part) if yearly and part is not None else []
    inside = [p for p in quarters(series, part) if yearly and p not in before]
    return course_words.key(
        view,
        hollow=any(p.provisional for p in shown),
        revised=any(p.period in drawn for p in series.superseded),
        quarters=bool(inside),
        same_period=months_to_date(view.year, before[0].period) if before else "",
        elsewhere=bool(series.elsewhere),
        meeting=meeting_level(view) is not None,
        from_zero=yearly or is_few(view, series) or not has_base(series),
        fan=fan_marks(view, series),
    )
