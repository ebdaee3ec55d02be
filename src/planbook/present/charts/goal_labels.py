"""The labels of a goal's chart, each beside what it names; there is no legend.

The newest value and the target come first and so have the best places.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from planbook.periods import TimePeriod, period_label
from planbook.present import numbers
from planbook.present.charts import marked_values
from planbook.present.charts.axes import few_axis, month_axis, value_axis, year_axis
from planbook.present.charts.bar_labels import newest_of_years, values_of_years
from planbook.present.charts.fan import GROWTH_BOX, fan_drawn, fan_lines
from planbook.present.charts.figure import LABEL
from planbook.present.charts.goal_marks import BAR, across_years, draw
from planbook.present.charts.placing import Labels, Side
from planbook.present.palette import MUTED, RATING_COLOURS, TARGET
from planbook.present.points import Series, band
from planbook.present.say import course_words
from planbook.present.say.chart_words import judged_words, short_year, value_said
from planbook.present.say.goal_terms import meeting_number
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind

ABOVE_FIRST: tuple[Side, ...] = ("above", "left above", "right above", "below", "left below")
BELOW_FIRST: tuple[Side, ...] = ("below", "right below", "left below", "above", "right above")
AT_TARGET: tuple[Side, ...] = ("left above", "left", "left below")
FEW_HEIGHT = 130.0  # of the chart of a few values, which has no value axis


def draw_with_labels(
    axes: Axes, *, view: GoalView, series: Series, history: Sequence[GoalView]
) -> None:
    """Draw a goal's marks, axes and labels."""
    draw(axes, view, series, history)
    if view.kind is Kind.CAGR:
        value_axis(axes, 1, from_zero=False)
        month_axis(axes, marked_values.first_month(view, series), view.due)
        _label_growth(_labels(axes, view, series), view, series, history)
    elif view.of_yearly_totals:
        value_axis(axes, view.decimals, from_zero=True)
        first, last = marked_values.years_shown(view, series)
        year_axis(axes, view.year, first, last, marked_values.part_year(series))
        _label_years(_labels(axes, view, series), view, series)
    elif marked_values.is_few(view, series):
        few_axis(axes, _dates(view, series))
        _label_level(_labels(axes, view, series), view, series)
    else:
        value_axis(axes, view.decimals, from_zero=not marked_values.has_base(series))
        month_axis(axes, marked_values.first_month(view, series), view.due)
        _label_level(_labels(axes, view, series), view, series)


def _dates(view: GoalView, series: Series) -> dict[TimePeriod, str]:
    """Return the times of a chart of a few values with their names."""
    early = marked_values.before_due(view, series)
    known = {point.period: view.label_of(point.period) for point in (*early, *series.observed)}
    if series.baseline is not None:
        base = series.baseline.period
        known[base] = period_label(base, Accumulation.END_OF_PERIOD)
    return known | {view.due: view.due_words}


def _labels(axes: Axes, view: GoalView, series: Series) -> Labels:
    """Return the labels of a chart, which keep off its fan."""
    labels = Labels(axes, LABEL)
    for xs, ys in fan_lines(view, series):
        labels.keep_off_line(xs, ys)
    return labels


def target_words(view: GoalView) -> str:
    """Return the words at the target's mark."""
    value, meeting = view.verdict.target_value, meeting_number(view)
    if view.kind is Kind.GROWTH_VS_BASE and value is not None:
        return course_words.target_label(view.value_words(value), meeting)
    return course_words.target_label(view.target_words(short=True), meeting)


def _label_level(labels: Labels, view: GoalView, series: Series) -> None:
    early = marked_values.before_due(view, series)
    start, due, line = series.baseline, marked_values.due_line(view, series), series.line
    labels.keep_off_line([x for x, _ in due], [y for _, y in due])
    labels.keep_off_line([p.period.ordinal for p in line], [p.value for p in line])
    for point in (*series.observed, *series.elsewhere, *series.superseded, *early):
        labels.keep_off_mark(point.period.ordinal, point.value)
    _target(labels, view, view.due.ordinal)
    latest = marked_values.judged(view, series)
    if latest is not None and latest != start:  # the base has a label of its own
        path, x = view.verdict.path_value, latest.period.ordinal
        below = path is not None and latest.value < path
        if path is not None:
            labels.keep_off_line([x - 0.8, x + 0.8], [path, path])
        labels.keep_off_line([x, x], band(view) or [latest.value] * 2)
        labels.place(
            x,
            latest.value,
            f"{value_said(view, latest.value)}{view.provisional_mark}",
            RATING_COLOURS[view.verdict.rating],
            sides=BELOW_FIRST if below else ABOVE_FIRST,
            gap=9,
        )
    few = marked_values.is_few(view, series)
    if start is not None and (few or marked_values.has_base(series)):
        labels.keep_off_mark(start.period.ordinal, start.value)
        rising = bool(due) and due[-1][1] > start.value
        sides: tuple[Side, ...] = ("right below", "right above", "right")
        labels.place(
            start.period.ordinal,
            start.value,
            course_words.baseline_label(
                numbers.short(start.value, view.decimals), is_base=marked_values.has_base(series)
            ),
            MUTED,
            sides=sides if rising else ("right above", "right below", "right"),
        )
    _yearly_names(labels, [(p.period, p.period.ordinal, p.value) for p in early], view, series)
    _path_name(labels, due)


def _label_years(labels: Labels, view: GoalView, series: Series) -> None:
    due = marked_values.years_due(series)
    part = marked_values.part_year(series)
    labels.keep_off_line([x for x, _ in due], [y for _, y in due])
    early = marked_values.before_due(view, series)
    for point in early:
        labels.keep_off_mark(marked_values.year_x(series, point.period), point.value)
    tops = series.years
    if part is not None:
        tops[series.year.of(part.period)] = marked_values.estimate(view, part) or part.value
    for year, top in tops.items():
        labels.keep_off_bar(marked_values.year_x(series, series.year.end(year)), BAR, top)
    newest_of_years(labels, view, series, part)
    if view.kind is not Kind.EVERY_YEAR:
        for x, y in due[1:-1]:
            labels.keep_off_line([x - 1.8, x + 1.8], [y, y])
        _target(labels, view, marked_values.year_x(series, view.due))
        beside = [
            (p.period, marked_values.year_x(series, p.period) + BAR / 2, p.value) for p in early
        ]
        _yearly_names(labels, beside, view, series)
        _path_name(labels, due)
    elif due:
        level, xs = due[0][1], across_years(due)
        labels.keep_off_line(xs, [level, level])
        labels.place(xs[1], level, target_words(view), TARGET, sides=AT_TARGET)
        by_now = marked_values.due_by_now(view, series)
        if by_now is not None:
            labels.place(
                by_now[0] + BAR / 2,
                by_now[1],
                course_words.DUE,
                MUTED,
                sides=("right",),
                gap=8,
                near=True,
            )
    values_of_years(labels, view, series, part)


def _label_growth(
    labels: Labels, view: GoalView, series: Series, history: Sequence[GoalView]
) -> None:
    xs, ys = [p.period.ordinal for p in series.growth], [p.value for p in series.growth]
    labels.keep_off_line(xs, ys)
    for x, y in zip(xs, ys, strict=True):
        labels.keep_off_mark(x, y)
    target = view.goal.target
    if target is not None:
        labels.keep_off_line([xs[0] if xs else 0, view.due.ordinal], [target, target])
        beside = view.due.ordinal - (GROWTH_BOX / 2 if fan_drawn(view, series) else 0)
        labels.place(beside, target, target_words(view), TARGET, sides=AT_TARGET)
    reached = marked_values.newest_average(history)
    if reached is not None:
        x, value = reached.period.ordinal, reached.value
        labels.keep_off_mark(x, value, 8)
        labels.place(
            x,
            value,
            course_words.average_label(judged_words(view, value)),
            RATING_COLOURS[view.verdict.rating],
            sides=BELOW_FIRST if target is not None and value < target else ABOVE_FIRST,
            gap=9,
        )
    if series.growth:
        newest = series.growth[-1]
        said = course_words.growth_label(view, newest)
        sides: tuple[Side, ...] = ("right", "right below", "right above", "below", "above")
        labels.place(newest.period.ordinal, newest.value, said, MUTED, sides=sides)


def _target(labels: Labels, view: GoalView, x: float) -> None:
    value = marked_values.target_level(view)
    if value is not None:
        labels.keep_off_mark(x, value, 7)
        labels.place(x, value, target_words(view), TARGET, sides=AT_TARGET, gap=10)


def _yearly_names(
    labels: Labels,
    points: Sequence[tuple[TimePeriod, float, float]],
    view: GoalView,
    series: Series,
) -> None:
    """Name the yearly targets: the last one, and the last one that has a verdict with it.

    Where no axis tells values, they have theirs.
    """
    few = marked_values.is_few(view, series)
    sides: tuple[Side, ...] = ("right below", "left above", "right", "above", "below", "left")
    decided = [
        period
        for period, _, _ in points
        if (became := series.year_verdicts.get(series.year.of(period))) and became.decided
    ]
    for period, x, y in points:
        verdict = series.year_verdicts.get(series.year.of(period))
        said = numbers.short(y, view.decimals) if few else ""
        if period in decided[-1:]:
            labels.place(
                x,
                y,
                course_words.yearly_target_label(
                    short_year(series.year, series.year.of(period)), said, verdict or ""
                ),
                TARGET,
                sides=sides,
                gap=8,
            )
        elif period == points[-1][0]:
            words = course_words.yearly_target_label(value=said)
            labels.place(x, y, words, TARGET, sides=sides, gap=8)


def _path_name(labels: Labels, points: Sequence[tuple[float, float]]) -> None:
    if len(points) > 1:
        xs, ys = zip(*points, strict=True)
        labels.place_along(xs, ys, course_words.PATH, MUTED)
