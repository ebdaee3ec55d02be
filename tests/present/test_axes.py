"""Axes of time from one year to forty, as a reader sees them."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from planbook.frames import OBSERVATIONS
from planbook.periods import CALENDAR, FiscalYear, TimePeriod
from planbook.present.charts.figure import LABEL, SMALL, Figure
from planbook.present.charts.multiples import multiples
from planbook.present.notebook.opened import OpenBook
from planbook.present.points import series_of
from planbook.present.say.chart_words import months_to_date, short_year
from tests.drawn_words import SCREENS, boxes, clashes, drawing, outside
from tests.present_rows import LEVEL, LEVEL_VERDICT, YEARLY, YEARLY_VERDICT, observation

MakeBook = Callable[..., OpenBook]
SPANS = (2, 3, 4, 5, 6, 8, 10, 15, 22, 40)  # years to the due date, end of 2027


def book_of(make_book: MakeBook, years: int) -> OpenBook:
    """Return a book whose values reach back so many years from the end of 2027."""
    first = TimePeriod(2027 - years, 12)
    quarters = range((TimePeriod(2026, 9).ordinal - first.ordinal) // 3 + 1)
    rows = [observation(LEVEL, str(first.plus(3 * n)), 50.0 + n) for n in quarters]
    rows += [observation(YEARLY, f"{y}-12", 300.0) for y in range(2028 - years, 2026)]
    rows.append(observation(YEARLY, "2026-09", 246.7))
    verdicts = {LEVEL: LEVEL_VERDICT, YEARLY: YEARLY_VERDICT}
    return make_book(verdicts, observations=OBSERVATIONS.frame(rows))


def charts_of(book: OpenBook) -> list[Figure]:
    views = [book.views[LEVEL], book.views[YEARLY]]
    shown = [(view, series_of(book, view)) for view in views]
    panels = multiples(shown, {}, id="m", where="本章", source="来源")
    made = [book.trajectory(LEVEL), book.trajectory(YEARLY), panels]
    return [chart for chart in made if isinstance(chart, Figure)]


def years_named(chart: Figure) -> list[int]:
    said = (box[4] for box in boxes(drawing(chart), SMALL, narrow=False))
    return [int(text[:4]) for text in said if re.fullmatch(r"\d{4}年?", text)]


@pytest.mark.parametrize("years", SPANS)
def test_names_on_the_axis_never_lie_on_each_other(make_book: MakeBook, years: int) -> None:
    charts = charts_of(book_of(make_book, years))
    assert len(charts) == 3
    for chart in charts:
        for size, narrow in SCREENS:
            assert not clashes(chart, size, narrow=narrow), chart.id
            assert not outside(chart, size, narrow=narrow), chart.id
        assert len(set(years_named(chart))) >= 2, chart.id


@pytest.mark.parametrize(
    ("years", "months", "step"), [(3, 4, 1), (5, 2, 1), (8, 0, 1), (15, 0, 2), (40, 0, 5)]
)
def test_as_much_is_named_as_there_is_room_for(
    make_book: MakeBook, years: int, months: int, step: int
) -> None:
    """Names of months in a year, and years from one name to the next."""
    chart = charts_of(book_of(make_book, years))[0]
    said = [box[4] for box in boxes(drawing(chart), SMALL, narrow=False)]
    assert len([text for text in said if text in ("3月", "6月", "9月")]) == months * 3 // 4 * years
    named = years_named(chart)
    assert {later - earlier for earlier, later in pairwise(named)} == {step}


def test_on_a_narrow_screen_half_years_are_named(make_book: MakeBook) -> None:
    chart = charts_of(book_of(make_book, 3))[0]
    said = {box[4] for box in boxes(drawing(chart), LABEL, narrow=True)}
    assert {"6月", "12月", "2026年"} <= said
    assert not {"3月", "9月"} & said


@pytest.mark.parametrize(
    ("first_month", "month", "said"),
    [
        (1, "2026-09", "1—9月"),
        (1, "2026-01", "1月"),
        (4, "2026-09", "4—9月"),
        (4, "2027-02", "4月—次年2月"),
    ],
)
def test_the_months_of_a_running_year_are_named(first_month: int, month: str, said: str) -> None:
    assert months_to_date(FiscalYear(first_month), TimePeriod.parse(month)) == said


def test_years_on_an_axis_are_called_by_where_they_end() -> None:
    assert short_year(CALENDAR, 2026) == "2026年"
    assert short_year(FiscalYear(4), 2026) == "2026财年"
