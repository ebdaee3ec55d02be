"""The labels of a goal's chart, each beside what it names; there is no legend.

The newest value and the target come first and so have the best places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from planbook.periods import TimePeriod
from planbook.present import numbers
from planbook.present.charts import marked_values
from planbook.present.charts.axes import month_axis, short_year, value_axis, year_axis
from planbook.present.charts.chart_words import (
    MEETING,
    growth_name,
    judged_words,
    value_said,
)
from planbook.present.charts.fan import GROWTH_BOX, fan_drawn, fan_lines
from planbook.present.charts.figure import LABEL
from planbook.present.charts.goal_marks import BAR, across_years, draw
from planbook.present.charts.lettering import text_width
from planbook.present.charts.placing import Labels, Side
from planbook.present.palette import INK, MUTED, PAPER, RATING_COLOURS, TARGET
from planbook.present.points import Point, Series, band
from planbook.present.say.goal_terms import meeting_number
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, YearVerdict

ABOVE_FIRST: tuple[Side, ...] = ("above", "left above", "right above", "below", "left below")
BELOW_FIRST: tuple[Side, ...] = ("below", "right below", "left below", "above", "right above")
AT_TARGET: tuple[Side, ...] = ("left above", "left", "left below")
_TOLERATED = 22  # height of a bar below which its number stands above it


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
    else:
        value_axis(axes, view.decimals, from_zero=not marked_values.has_base(series))
        month_axis(axes, marked_values.first_month(view, series), view.due)
        _label_level(_labels(axes, view, series), view, series)


def _labels(axes: Axes, view: GoalView, series: Series) -> Labels:
    """Return the labels of a chart, which keep off its fan."""
    labels = Labels(axes, LABEL)
    for xs, ys in fan_lines(view, series):
        labels.keep_off_line(xs, ys)
    return labels


def target_words(view: GoalView) -> str:
    """Return the words at the target's mark."""
    value, meeting = view.verdict.target_value, meeting_number(view)
    met = f"，{MEETING}{meeting}" if meeting else ""
    if view.kind is Kind.GROWTH_VS_BASE and value is not None:
        return f"目标 {view.value_words(value)}{met}"
    return f"目标 {view.target_words(short=True)}{met}"


def _label_level(labels: Labels, view: GoalView, series: Series) -> None:
    early = marked_values.before_due(view, series)
    start, due, line = series.baseline, marked_values.due_line(view, series), series.line
    labels.keep_off_line([x for x, _ in due], [y for _, y in due])
    labels.keep_off_line([p.period.ordinal for p in line], [p.value for p in line])
    for point in (*series.observed, *series.elsewhere, *series.superseded, *early):
        labels.keep_off_mark(point.period.ordinal, point.value)
    _target(labels, view, view.due.ordinal)
    latest = marked_values.judged(view, series)
    if latest is not None:
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
    if start is not None and marked_values.has_base(series):
        labels.keep_off_mark(start.period.ordinal, start.value)
        rising = bool(due) and due[-1][1] > start.value
        sides: tuple[Side, ...] = ("right below", "right above", "right")
        labels.place(
            start.period.ordinal,
            start.value,
            f"基期 {numbers.short(start.value, view.decimals)}",
            MUTED,
            sides=sides if rising else ("right above", "right below", "right"),
        )
    _yearly_names(labels, [(p.period, p.period.ordinal, p.value) for p in early], series)
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
    _newest_of_years(labels, view, series, part)
    if view.kind is not Kind.EVERY_YEAR:
        for x, y in due[1:-1]:
            labels.keep_off_line([x - 1.8, x + 1.8], [y, y])
        _target(labels, view, marked_values.year_x(series, view.due))
        beside = [
            (p.period, marked_values.year_x(series, p.period) + BAR / 2, p.value) for p in early
        ]
        _yearly_names(labels, beside, series)
        _path_name(labels, due)
    elif due:
        level, xs = due[0][1], across_years(due)
        labels.keep_off_line(xs, [level, level])
        labels.place(xs[1], level, target_words(view), TARGET, sides=AT_TARGET)
        by_now = marked_values.due_by_now(view, series)
        if by_now is not None:
            labels.place(
                by_now[0] + BAR / 2, by_now[1], "应达", MUTED, sides=("right",), gap=8, near=True
            )
    _values_of_years(labels, view, series, part)


def _totals(series: Series) -> dict[int, Point]:
    """Return the values of whole years, the baseline's among them."""
    known = (*series.elsewhere, *series.observed)
    totals = {series.year.of(p.period): p for p in known if series.year.is_end(p.period)}
    if series.baseline is not None:
        totals.setdefault(series.year.of(series.baseline.period), series.baseline)
    return totals


def _newest_of_years(labels: Labels, view: GoalView, series: Series, part: Point | None) -> None:
    """Write the newest value with the symbol of its rating."""
    totals = _totals(series)
    if part is not None:
        _values_of_part_year(labels, view, series, part)
    elif totals:
        point = totals[max(totals)]
        shown = value_said(view, point.value).removesuffix(numbers.spoken_unit(view.indicator.unit))
        x = marked_values.year_x(series, series.year.end(max(totals)))
        labels.place(x, point.value, _rated(view, shown), RATING_COLOURS[view.verdict.rating])


def _values_of_years(labels: Labels, view: GoalView, series: Series, part: Point | None) -> None:
    """Write the other years' values, each at the top of its bar, where there is room."""
    totals = _totals(series)
    newest = max(totals, default=None) if part is None else None
    for year in _years_told(labels, view, totals, part):
        if year != newest:
            point, x = totals[year], marked_values.year_x(series, series.year.end(year))
            said = numbers.number(point.value, view.decimals)
            _in_or_above(labels, x, point.value, said, _ink(series, point))


def _values_of_part_year(labels: Labels, view: GoalView, series: Series, part: Point) -> None:
    """Write what the year that is not over has reached, and above it what it is estimated at."""
    colour = RATING_COLOURS[view.verdict.rating]
    x, so_far = marked_values.year_x(series, part.period), numbers.number(part.value, view.decimals)
    whole = marked_values.estimate(view, part)
    top = max(whole or part.value, *(band(view) or (part.value,)))
    if whole is None:
        labels.place(x, top, _rated(view, so_far), colour, sides=("above",))
        return
    rough = numbers.number(whole, min(view.decimals, 1))
    labels.place(x, top, _rated(view, f"推算 {rough}"), colour, sides=("above",))
    if text_width(so_far, LABEL) <= labels.width_of(0, BAR):
        _in_or_above(labels, x, part.value, so_far, _ink(series, part))


def _rated(view: GoalView, value: str) -> str:
    return f"{value} {view.verdict.rating.symbol}{view.provisional_mark}"


def _ink(series: Series, point: Point) -> str:
    """Return the colour of a number on a bar, which is dark where it is final and comparable."""
    dark = point in series.observed and not point.provisional
    return PAPER if dark or point == series.baseline else INK


def _years_told(
    labels: Labels, view: GoalView, totals: Mapping[int, Point], part: Point | None
) -> list[int]:
    """Return the years whose value is written: all if there is room.

    If not, the first, the baseline's and the newest, which has its value in any case.
    """
    years = sorted(totals)
    said = (numbers.number(point.value, view.decimals) for point in totals.values())
    widest = max((text_width(words, LABEL) + 2 for words in said), default=0)
    apart = widest / labels.width_of(0, 12)
    if apart <= 1:
        return years
    base = view.verdict.baseline_period
    newest = years[-1] if part is None else view.year.of(part.period)
    kept = [newest]
    for year in (view.year.of(base) if base else years[0], years[0]):
        if year in totals and all(abs(year - other) >= apart for other in kept):
            kept.append(year)
    return [year for year in years if year in kept]


def _in_or_above(labels: Labels, x: float, value: float, said: str, ink: str) -> None:
    fits = text_width(said, LABEL) <= labels.width_of(0, BAR)
    if fits and labels.height_of(0, value) > _TOLERATED:
        labels.inside(x, value, said, ink)
    else:
        labels.place(x, value, said, INK, sides=("above",), if_free=True)


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
            f"年均 {judged_words(view, value)}",
            RATING_COLOURS[view.verdict.rating],
            sides=BELOW_FIRST if target is not None and value < target else ABOVE_FIRST,
            gap=9,
        )
    if series.growth:
        newest = series.growth[-1]
        said = f"{growth_name(view, newest)} {numbers.number(newest.value, 1)}%"
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
    series: Series,
) -> None:
    """Name the yearly targets: the last one, and the last one that has a verdict with it."""
    sides: tuple[Side, ...] = ("right below", "left above", "right", "above", "below", "left")
    closed = (YearVerdict.REACHED, YearVerdict.NOT_REACHED)
    decided = [
        period
        for period, _, _ in points
        if series.year_verdicts.get(series.year.of(period)) in closed
    ]
    for period, x, y in points:
        verdict = series.year_verdicts.get(series.year.of(period))
        if period in decided[-1:]:
            labels.place(
                x,
                y,
                f"{short_year(series.year, series.year.of(period))}度目标{verdict}",
                TARGET,
                sides=sides,
                gap=8,
            )
        elif period == points[-1][0]:
            labels.place(x, y, "年度目标", TARGET, sides=sides, gap=8)


def _path_name(labels: Labels, points: Sequence[tuple[float, float]]) -> None:
    if len(points) > 1:
        xs, ys = zip(*points, strict=True)
        labels.place_along(xs, ys, "应达路径", MUTED)
