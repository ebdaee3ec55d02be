from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pandas as pd
from present_rows import (
    LEVEL,
    LEVEL_OBSERVATIONS,
    LEVEL_REVISION,
    LEVEL_VERDICT,
    LEVEL_YEARLY_TARGET,
    observation,
)

from planbook.frames import ANNUAL_TARGETS, OBSERVATIONS, REVISIONS
from planbook.periods import TimePeriod
from planbook.present.chapter import Book
from planbook.present.chart_data import CHART, chart_rows, data_csv, data_table
from planbook.present.series import Series, series_of
from planbook.present.views import GoalView

MakeBook = Callable[..., Book]


def goal_series(book: Book, goal: str = LEVEL) -> tuple[GoalView, Series]:
    view = book.views[goal]
    return view, series_of(book.plan, view, book.tables)


def level(make_book: MakeBook) -> Book:
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


def test_the_files_of_a_book_keep_the_contract(judged_book: Book, tmp_path: Path) -> None:
    for view in judged_book.views.values():
        if not view.kind.by_people:
            series = series_of(judged_book.plan, view, judged_book.tables)
            text = data_csv(view, series, judged_book.history(view.id), demonstration=True)
            (tmp_path / "x.csv").write_bytes(text)
            for period in CHART.read(tmp_path / "x.csv")["time_period"]:
                TimePeriod.parse(period)
