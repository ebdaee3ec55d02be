from collections.abc import Callable
from io import BytesIO
from math import isnan
from pathlib import Path

import pandas as pd

from planbook.frames import ANNUAL_TARGETS, ANNUAL_VERDICTS, OBSERVATIONS, REVISIONS
from planbook.periods import TimePeriod
from planbook.present.charts.chart_data import CHART, chart_rows, data_csv, data_table
from planbook.present.notebook.opened import OpenBook
from planbook.present.points import Series, series_of
from planbook.present.views import GoalView
from tests.present_rows import (
    LEVEL,
    LEVEL_OBSERVATIONS,
    LEVEL_REVISION,
    LEVEL_VERDICT,
    LEVEL_YEARLY_TARGET,
    observation,
    year_verdict,
)

MakeBook = Callable[..., OpenBook]


def goal_series(book: OpenBook, goal: str = LEVEL) -> tuple[GoalView, Series]:
    view = book.views[goal]
    return view, series_of(book.plan, view, book.tables)


def level(make_book: MakeBook) -> OpenBook:
    return make_book(
        {LEVEL: LEVEL_VERDICT},
        observations=OBSERVATIONS.frame(LEVEL_OBSERVATIONS),
        revisions=REVISIONS.frame([LEVEL_REVISION]),
        annual_targets=ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET]),
    )


def test_the_values_of_a_chart_say_what_they_are(make_book: MakeBook) -> None:
    rows = {str(r.time_period): r for r in chart_rows(*goal_series(level(make_book)), [])}
    assert rows["2024-12"].release_stage == "基期"
    assert rows["2026-06"].superseded_value == 97.0
    assert rows["2026-09"].release_stage == "快报"
    assert rows["2026-12"].target_value == 105.0
    assert rows["2027-12"].target_value == 120.0


def test_the_table_leaves_out_columns_without_values(make_book: MakeBook) -> None:
    table = data_table(*goal_series(level(make_book)), [])
    heads = [column.head for column in table.columns]
    assert heads == ["时期", "数值", "修订前", "应达水平", "目标", "数据阶段"]


def test_the_estimate_of_a_year_is_a_row_of_its_own(make_book: MakeBook) -> None:
    known = LEVEL_VERDICT | {"accumulation": "ytd", "is_estimate": True, "observed_value": 345.97}
    rows = [observation("testing-revenue", "2026-09", 246.7)]
    book = make_book(
        {"testing-revenue": known | {"observed_period": "2026-12"}},
        observations=OBSERVATIONS.frame(rows),
    )
    stages = {
        r.release_stage: r.obs_value for r in chart_rows(*goal_series(book, "testing-revenue"), [])
    }
    assert stages["终核"] == 246.7
    assert stages["推算"] == 345.97


def test_band_verdict_and_the_value_that_meets_stand_in_the_rows_they_belong_to(
    make_book: MakeBook,
) -> None:
    known = LEVEL_VERDICT | {"meeting_value": 114.0, "band_low": 100.0, "band_high": 104.0}
    book = make_book(
        {LEVEL: known},
        observations=OBSERVATIONS.frame(LEVEL_OBSERVATIONS),
        annual_targets=ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET]),
        annual_verdicts=ANNUAL_VERDICTS.frame([year_verdict(2026, "年度未结束")]),
    )
    view, series = goal_series(book)
    rows = {str(row.time_period): row for row in chart_rows(view, series, [view])}
    assert (rows["2026-09"].band_low, rows["2026-09"].band_high) == (100.0, 104.0)
    assert rows["2026-12"].target_verdict == "年度未结束"
    assert rows["2027-12"].meeting_value == 114.0
    assert [row for row in rows.values() if not isnan(row.band_low)] == [rows["2026-09"]]
    heads = [column.head for column in data_table(view, series, [view]).columns]
    assert {"达标线", "80%区间下限", "80%区间上限", "年度目标判定"} <= set(heads)


def test_a_year_whose_value_came_later_has_the_verdict_of_this_edition(
    make_book: MakeBook,
) -> None:
    told_then = LEVEL_VERDICT | {"annual_target_year": "2026"}
    told_then |= {"annual_target_verdict": "本年目标无数据"}
    book = make_book(
        {LEVEL: told_then},
        observations=OBSERVATIONS.frame(LEVEL_OBSERVATIONS),
        annual_targets=ANNUAL_TARGETS.frame([LEVEL_YEARLY_TARGET]),
        annual_verdicts=ANNUAL_VERDICTS.frame([year_verdict(2026, "未达到")]),
    )
    view, series = goal_series(book)
    rows = {str(row.time_period): row for row in chart_rows(view, series, [view])}
    assert rows["2026-12"].target_verdict == "未达到"


def test_values_older_than_the_baseline_come_before_it(make_book: MakeBook) -> None:
    older = [observation(LEVEL, "2024-06", 74.0), observation(LEVEL, "2023-12", 70.0)]
    book = make_book(
        {LEVEL: LEVEL_VERDICT}, observations=OBSERVATIONS.frame([*LEVEL_OBSERVATIONS, *older])
    )
    periods = [str(row.time_period) for row in chart_rows(*goal_series(book), [])]
    assert periods[:3] == ["2023-12", "2024-06", "2024-12"]
    assert periods == sorted(periods)


def test_a_value_missed_by_a_hair_is_printed_so_that_it_differs(make_book: MakeBook) -> None:
    missed = LEVEL_VERDICT | {"rating": "未达成", "observed_value": 119.96}
    missed |= {"observed_period": "2027-12", "latest_value": 119.96, "latest_period": "2027-12"}
    rows = OBSERVATIONS.frame([observation(LEVEL, "2027-12", 119.96)])
    table = data_table(*goal_series(make_book({LEVEL: missed}, observations=rows)), [])
    assert "119.96" in table.html()


def test_the_csv_has_the_same_values_and_says_that_they_are_a_demonstration(
    make_book: MakeBook,
) -> None:
    view, series = goal_series(level(make_book))
    text = data_csv(view, series, [], demonstration=True)
    assert text.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(BytesIO(text))
    assert list(frame["obs_value"].dropna()) == [78.0, 99.0, 102.0]
    assert frame["demonstration"].all()
    assert set(frame["unit"]) == {"家"}


def test_the_files_of_a_book_keep_the_contract(judged_book: OpenBook, tmp_path: Path) -> None:
    for view in judged_book.views.values():
        if not view.kind.by_people:
            series = series_of(judged_book.plan, view, judged_book.tables)
            text = data_csv(view, series, judged_book.history(view.id), demonstration=True)
            (tmp_path / "x.csv").write_bytes(text)
            for period in CHART.read(tmp_path / "x.csv")["time_period"]:
                TimePeriod.parse(period)
