import re
from collections.abc import Callable
from dataclasses import replace
from math import nan
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from planbook.frames import ANNUAL_TARGETS, ANNUAL_VERDICTS, OBSERVATIONS, REVISIONS
from planbook.periods import TimePeriod
from planbook.present.charts.canvas import Sheet
from planbook.present.charts.figure import Figure
from planbook.present.charts.goal_marks import draw
from planbook.present.charts.marked_values import judged, part_year, quarters
from planbook.present.notebook.opened import OpenBook
from planbook.present.palette import OBSERVED, PATH, TARGET
from planbook.present.points import Point, Series, series_of
from planbook.present.prose import Prose
from planbook.present.say.course_words import finding
from planbook.present.views import GoalView
from tests.present.sheets import sheet
from tests.present_rows import (
    LEVEL,
    LEVEL_OBSERVATIONS,
    LEVEL_REVISION,
    LEVEL_VERDICT,
    LEVEL_YEARLY_TARGET,
    YEARLY,
    YEARLY_BAND,
    YEARLY_VERDICT,
    observation,
    year_verdict,
)

MakeBook = Callable[..., OpenBook]
MakeView = Callable[..., GoalView]


def level(make_book: MakeBook, **frames: Any) -> Figure:
    frames = {"observations": OBSERVATIONS.frame(LEVEL_OBSERVATIONS)} | frames
    chart = make_book({LEVEL: LEVEL_VERDICT}, **frames).trajectory(LEVEL)
    assert isinstance(chart, Figure)
    return chart


def test_a_level_shows_unit_period_path_target_and_source(
    make_book: MakeBook, approved: SnapshotAssertion
) -> None:
    chart = level(make_book)
    svg = chart.svg()
    for words in ("应达路径", "目标 120家", "基期 78", "102家", "9月", "2026年"):
        assert words in svg
    assert "单位：家" in chart.subtitle
    assert chart.source.startswith("资料来源：检验检测行业服务部门报送，2026年三季度版。")
    assert chart.source == approved
    assert chart.title == approved


def test_the_alternative_text_is_a_sentence_with_the_numbers(make_book: MakeBook) -> None:
    alt = level(make_book).alt
    assert "102家" in alt
    assert "2024年末为78家，2027年目标为120家。" in alt


def test_provisional_and_revised_values_are_told_apart(make_book: MakeBook) -> None:
    chart = level(make_book, revisions=REVISIONS.frame([LEVEL_REVISION]))
    assert "空心点为快报或估计数，×为修订前的数" in chart.subtitle
    assert "×" not in level(make_book).subtitle


def test_yearly_targets_are_drawn_and_named(make_book: MakeBook) -> None:
    chart = level(make_book, annual_targets=ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET]))
    assert "年度目标" in chart.svg()
    assert "年度目标" not in level(make_book).svg()


def test_the_estimate_of_a_year_is_marked_as_such(make_book: MakeBook) -> None:
    rows = [observation(YEARLY, "2026-09", 246.7)]
    book = make_book({YEARLY: YEARLY_VERDICT}, observations=OBSERVATIONS.frame(rows))
    chart = book.trajectory(YEARLY)
    assert isinstance(chart, Figure)
    assert "推算 346.0 ▲" in chart.svg()
    assert "1—9月" in chart.html()


ESTIMATE = YEARLY_VERDICT | YEARLY_BAND | {"rating_provisional": True}


def test_an_early_rating_and_the_band_of_its_estimate_are_shown(make_book: MakeBook) -> None:
    rows = OBSERVATIONS.frame([observation("testing-revenue", "2026-09", 246.7)])
    chart = make_book({"testing-revenue": ESTIMATE}, observations=rows).trajectory(
        "testing-revenue"
    )
    assert isinstance(chart, Figure)
    assert chart.title.endswith("滞后▲（初步）")
    assert "推算 346.0 ▲（初步）" in chart.svg()
    assert "推算的80%区间为331.0亿元至367.0亿元。" in chart.alt
    assert "细线为推算的80%区间，初步为年度结束前状态可能改变" in chart.subtitle
    sure = ESTIMATE | {"band_low": nan, "band_high": nan, "rating_provisional": False}
    plain = make_book({"testing-revenue": sure}, observations=rows).trajectory("testing-revenue")
    assert isinstance(plain, Figure)
    assert "初步" not in plain.html()
    assert "区间" not in plain.html()


def test_a_yearly_target_says_what_became_of_it(make_book: MakeBook) -> None:
    told = ANNUAL_VERDICTS.frame([year_verdict(2025, "未达到")])
    target = ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET | {"year": 2025, "target_value": 93.0}])
    rows = OBSERVATIONS.frame(LEVEL_OBSERVATIONS)
    book = make_book(
        {LEVEL: LEVEL_VERDICT}, observations=rows, annual_targets=target, annual_verdicts=told
    )
    chart = book.trajectory(LEVEL)
    assert isinstance(chart, Figure)
    assert "2025年度目标未达到" in chart.svg()


def test_the_value_that_meets_is_marked_where_it_is_not_the_target(make_book: MakeBook) -> None:
    rows = OBSERVATIONS.frame(LEVEL_OBSERVATIONS)
    known = LEVEL_VERDICT | {"meeting_value": 114.0}
    chart = make_book({LEVEL: known}, observations=rows).trajectory(LEVEL)
    assert isinstance(chart, Figure)
    assert "目标 120家，达标线114" in chart.svg()
    assert "横线为达标线" in chart.subtitle
    assert "达标线" not in level(make_book).html()


def drawn(book: OpenBook) -> tuple[Series, dict[str, list[tuple[Any, Any]]]]:
    """Return a goal's series and the lines of its chart, longest first, by colour."""
    view = book.views[LEVEL]
    series = series_of(book, view)
    axes = Sheet(600, 300).add_axes((0, 0, 1, 1))
    draw(axes, view, series, [])
    lines: dict[str, list[tuple[Any, Any]]] = {}
    shown: list[Any] = list(axes.lines)
    for line in sorted(shown, key=lambda line: -len(line.get_xydata())):
        xs, ys = (list(values) for values in line.get_data())
        lines.setdefault(str(line.get_color()), []).append((xs, ys))
    return series, lines


@pytest.fixture
def level_book(make_book: MakeBook) -> OpenBook:
    return make_book({LEVEL: LEVEL_VERDICT})


@given(
    months=st.lists(st.integers(-40, 21), min_size=3, max_size=12, unique=True),
    shuffled=st.randoms(use_true_random=False),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_never_runs_backwards(
    level_book: OpenBook, months: list[int], shuffled: Random
) -> None:
    rows = [observation(LEVEL, str(TimePeriod(2024, 12).plus(n)), 90.0 + n) for n in months]
    shuffled.shuffle(rows)
    tables = replace(level_book.tables, observations=OBSERVATIONS.frame(rows))
    series, lines = drawn(replace(level_book, tables=tables))
    xs, ys = lines[OBSERVED][0]
    assert xs == sorted(set(xs))
    assert xs == [point.period.ordinal for point in series.line]
    known = {point.period.ordinal: point.value for point in series.observed}
    known.setdefault(TimePeriod(2024, 12).ordinal, 78.0)
    assert dict(zip(xs, ys, strict=True)) == known


def test_two_values_are_named_and_no_line_joins_them(make_book: MakeBook) -> None:
    book = make_book(
        {LEVEL: LEVEL_VERDICT}, observations=OBSERVATIONS.frame(LEVEL_OBSERVATIONS[-1:])
    )
    series, lines = drawn(book)
    assert len(series.line) == 2
    assert OBSERVED not in lines
    chart = book.trajectory(LEVEL)
    assert isinstance(chart, Figure)
    said = {words.text for words in sheet(chart).words}
    assert {"基期 78", "2024年末", "102家", "目标 120家"} <= said
    assert not any(re.fullmatch(r"[\d,.]+", text) for text in said)  # no axis of values


def test_a_baseline_alone_is_a_sentence(make_book: MakeBook) -> None:
    book = make_book({LEVEL: LEVEL_VERDICT | {"latest_value": nan, "observed_value": nan}})
    shown = book.trajectory(LEVEL)
    assert isinstance(shown, Prose)
    assert "2024年末为78家，目标为120家" in shown.text


def test_a_target_that_is_a_range_has_both_ends(make_book: MakeBook) -> None:
    goal = "a-grade-logistics-new"
    rows = [observation(goal, "2025-12", 1.0)]
    book = make_book({goal: {"target_value": 2.0}}, observations=OBSERVATIONS.frame(rows))
    view = book.views[goal]
    axes = Sheet(620, 300).add_axes((0, 0, 1, 1))
    draw(axes, view, series_of(book, view), ())
    ends = [
        np.asarray(line.get_ydata()).tolist() for line in axes.lines if line.get_color() == TARGET
    ]
    assert [2.0, 3.0] in ends


def test_bars_show_what_each_quarter_had_reached(make_book: MakeBook) -> None:
    rows = [
        observation(YEARLY, f"{year}-{month}", 80.0 * year_part)
        for year in (2025, 2026)
        for month, year_part in (("03", 1.0), ("06", 2.0), ("09", 3.0), ("12", 4.0))
        if (year, month) != (2026, "12")
    ]
    book = make_book({YEARLY: YEARLY_VERDICT}, observations=OBSERVATIONS.frame(rows))
    series = series_of(book, book.views[YEARLY])
    shown = quarters(series, part_year(series))
    assert [str(point.period) for point in shown] == [
        *("2025-03", "2025-06", "2025-09"),
        *("2026-03", "2026-06"),  # the part itself is the bar
    ]
    chart = book.trajectory(YEARLY)
    assert isinstance(chart, Figure)
    assert "柱内横线为年内各期的累计数，粗的为往年1—9月数" in chart.subtitle


def test_what_is_due_in_whole_units_rises_by_steps(make_book: MakeBook) -> None:
    rows = OBSERVATIONS.frame(LEVEL_OBSERVATIONS)
    known = LEVEL_VERDICT | {"rated_by": "whole_units", "baseline_value": 117.0}
    book = make_book({LEVEL: known}, observations=rows)
    xs, ys = drawn(book)[1][PATH][0]
    assert set(ys) == {117.0, 118.0, 119.0, 120.0}
    assert all(x0 == x1 or y0 == y1 for x0, x1, y0, y1 in zip(xs, xs[1:], ys, ys[1:], strict=False))


def test_nothing_to_draw_is_said_in_words(make_book: MakeBook) -> None:
    shown = make_book().trajectory("testing-revenue")
    assert isinstance(shown, Prose)
    assert "尚无数据" in shown.text


def test_a_growth_without_any_rate_is_not_drawn_as_an_empty_chart(make_book: MakeBook) -> None:
    goal = "energy-services-growth"
    known = {"accumulation": "ytd", "latest_value": 103.05, "latest_period": "2026-09"}
    indicator = make_book().views[goal].indicator.id
    rows = [observation(indicator, "2026-09", 103.05)]
    shown = make_book({goal: known}, observations=OBSERVATIONS.frame(rows)).trajectory(goal)
    assert isinstance(shown, Prose)
    assert "尚无同比，也没有相邻两年的全年数，增速无从算起" in shown.text


def growth_drawn(make_book: MakeBook, *values: tuple[str, float, float]) -> Figure | Prose:
    """Return the chart of an average growth whose goal nothing can be said of yet."""
    indicator = make_book().views[AVERAGE].indicator.id
    rows = [observation(indicator, period, value, yoy=yoy) for period, value, yoy in values]
    known = {AVERAGE: {"accumulation": "ytd"}}
    return make_book(known, observations=OBSERVATIONS.frame(rows)).trajectory(AVERAGE)


def before_the_base(make_book: MakeBook, *rows: Any) -> Figure:
    """Return the chart of a level whose values all stop before its base, the end of 2024."""
    nothing = {"baseline_value": 78.0, "baseline_period": "2024-12", "reason": "本期未报"}
    past = [observation(LEVEL, f"{year}-12", value) for year, value in OLDER.items()]
    known = OBSERVATIONS.frame([*past, *rows])
    chart = make_book({LEVEL: nothing}, observations=known).trajectory(LEVEL)
    assert isinstance(chart, Figure)
    return chart


OLDER = {2019: 60.0, 2020: 64.0, 2021: 117.0}


def test_values_from_before_the_base_are_not_marked_as_the_present_one(
    make_book: MakeBook,
) -> None:
    svg = (chart := before_the_base(make_book)).svg()
    assert "基期 78" in svg
    assert "117" not in svg
    assert "2019年末至2024年末" in chart.subtitle
    newer = observation(LEVEL, "2025-06", 81.0)
    assert "81家" in (chart := before_the_base(make_book, newer)).svg()
    assert "2019年末至2025年6月末" in chart.subtitle


@pytest.mark.parametrize("base", [78.0, None])
def test_the_mark_of_a_rating_stands_at_the_base_or_after_it(
    make_book: MakeBook, base: float | None
) -> None:
    rows = [observation(LEVEL, f"{year}-12", value) for year, value in OLDER.items()]
    known = {LEVEL: {"baseline_value": base or nan, "baseline_period": base and "2024-12"}}
    book = make_book(known, observations=OBSERVATIONS.frame(rows))
    view = book.views[LEVEL]
    series = series_of(book, view)
    at = judged(view, series)
    assert (at and str(at.period)) == (base and "2024-12")
    later = replace(series, observed=(*series.observed, Point(TimePeriod(2025, 3), 70.0)))
    assert judged(view, later) == Point(TimePeriod(2025, 3), 70.0)


AVERAGE = "energy-services-growth"
PAST_YEARS = (("2021-12", 80.0, nan), ("2022-12", 88.0, nan), ("2023-12", 92.4, nan))


def test_years_that_came_without_growth_are_drawn_by_the_growth_of_their_values(
    make_book: MakeBook,
) -> None:
    chart = growth_drawn(make_book, *PAST_YEARS, ("2025-12", 120.0, nan))
    assert isinstance(chart, Figure)
    assert "按全年数计算的年增速，截至2023年" in chart.subtitle  # 2025 has no year before it
    assert chart.data is not None
    assert [column.head for column in chart.data.columns][:2] == ["时期", "年增速"]
    (group,) = chart.data.groups
    assert [row[1].text for row in group.rows][:2] == ["10.0", "5.0"]
    assert "年增速 5.0%" in chart.svg()
    assert "同比" not in chart.html()


def test_growth_that_was_reported_is_not_computed_again(make_book: MakeBook) -> None:
    chart = growth_drawn(make_book, *PAST_YEARS[:2], ("2023-12", 92.4, 6.5), ("2024-06", 50, 7.0))
    assert isinstance(chart, Figure)
    assert "年初以来累计同比、方点为按全年数计算的年增速，截至2024年6月" in chart.subtitle
    assert "累计同比 7.0%" in chart.svg()
    assert chart.data is not None
    assert "6.5" in chart.data.html()
    assert "5.0" not in chart.data.html()


@pytest.mark.parametrize("values", [PAST_YEARS[:1], (PAST_YEARS[0], PAST_YEARS[2])])
def test_single_years_give_no_growth_and_the_page_says_so(
    make_book: MakeBook, values: tuple[tuple[str, float, float], ...]
) -> None:
    shown = growth_drawn(make_book, *values)
    assert isinstance(shown, Prose)
    assert "没有相邻两年的全年数" in shown.text


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (102.5, "与应达水平持平"),
        (120.0, "高于应达水平17.5家"),
        (102.0, "低于应达水平0.5家（在达序时界限内），达序时●"),
    ],
)
def test_the_title_states_the_finding(make_view: MakeView, value: float, said: str) -> None:
    view = make_view(
        "testing-institutions",
        rating="达序时",
        latest_value=value,
        observed_value=value,
        path_value=102.5,
    )
    assert said in finding(view)


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0个，低于应达水平1个，"), (0.4, "低于应达水平0.6个，")]
)
def test_a_gap_of_whole_units_has_no_decimal(make_view: MakeView, value: float, said: str) -> None:
    view = make_view(
        "eng-service-parks",
        rating="滞后",
        rated_by="whole_units",
        latest_value=0.0,
        observed_value=value,
        path_value=1.0,
    )
    assert said in finding(view)


@pytest.mark.parametrize(
    ("goal", "value", "said"),
    [
        ("testing-revenue", 399.998, "399.998亿元，低于应达水平0.002亿元，未达成×"),
        ("software-revenue-cagr", 19.998, "19.998%，低于目标0.002个百分点，未达成×"),
        ("logistics-cost-gdp", 20.0004, "20.0004%，高于应达水平0.0004个百分点，未达成×"),
    ],
)
def test_what_is_missed_by_a_hair_is_never_level_with_its_target(
    make_view: MakeView, goal: str, value: float, said: str
) -> None:
    target = 400.0 if goal == "testing-revenue" else 20.0
    known = {"rating": "未达成", "latest_value": value, "observed_value": value}
    view = make_view(goal, **(known | {"path_value": target, "target_value": target}))
    assert finding(view).endswith(said)


@pytest.mark.parametrize(
    ("until", "said"),
    [("2027-12", "全年数，截至2027年<"), ("2027-11", "本年为年初至今累计数，截至2027年11月")],
)
def test_a_whole_year_is_not_called_a_part_of_one(
    make_book: MakeBook, until: str, said: str
) -> None:
    rows = OBSERVATIONS.frame([observation("testing-revenue", until, 390.0)])
    known = {"latest_value": 390.0, "latest_period": until, "observed_value": 390.0}
    chart = make_book({"testing-revenue": known}, observations=rows).trajectory("testing-revenue")
    assert isinstance(chart, Figure)
    assert said in chart.html()
