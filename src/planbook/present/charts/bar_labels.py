"""The numbers of a goal's bars: at the top of each year's bar, and what this year has reached.

Of years that have no room for all numbers the first, the baseline's and the newest have theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from planbook.present import numbers
from planbook.present.charts import marked_values
from planbook.present.charts.figure import LABEL
from planbook.present.charts.goal_marks import BAR
from planbook.present.charts.lettering import text_width
from planbook.present.charts.placing import Labels
from planbook.present.palette import INK, PAPER, RATING_COLOURS
from planbook.present.points import Point, Series, band
from planbook.present.say import course_words
from planbook.present.say.chart_words import value_said
from planbook.present.views import GoalView

_TOLERATED = 22  # height of a bar below which its number stands above it


def _totals(series: Series) -> dict[int, Point]:
    """Return the values of whole years, the baseline's among them."""
    known = (*series.elsewhere, *series.observed)
    totals = {series.year.of(p.period): p for p in known if series.year.is_end(p.period)}
    if series.baseline is not None:
        totals.setdefault(series.year.of(series.baseline.period), series.baseline)
    return totals


def newest_of_years(labels: Labels, view: GoalView, series: Series, part: Point | None) -> None:
    """Write the newest value with the symbol of its rating."""
    totals = _totals(series)
    if part is not None:
        _values_of_part_year(labels, view, series, part)
    elif totals:
        point = totals[max(totals)]
        shown = value_said(view, point.value).removesuffix(numbers.spoken_unit(view.indicator.unit))
        x = marked_values.year_x(series, series.year.end(max(totals)))
        labels.place(x, point.value, _rated(view, shown), RATING_COLOURS[view.verdict.rating])


def values_of_years(labels: Labels, view: GoalView, series: Series, part: Point | None) -> None:
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
    estimated = course_words.estimate_label(view.estimate_number(whole))
    labels.place(x, top, _rated(view, estimated), colour, sides=("above",))
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
