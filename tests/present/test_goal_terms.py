from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from planbook.plan import Plan
from planbook.present.say.goal_terms import band_words, estimate_words, meeting_words
from planbook.present.tables.cells import Cell
from planbook.present.tables.goal_tables import (
    completion_cell,
    counts_table,
    progress_cells,
    target_cell,
    value_cell,
)
from planbook.present.tables.table_html import cell_html
from planbook.present.views import GoalView

MakeView = Callable[..., GoalView]
ESTIMATE: dict[str, Any] = {
    "rating": "滞后",
    "latest_value": 938.0,
    "latest_period": "2026-09",
    "observed_value": 1321.1,
    "observed_period": "2026-12",
    "is_estimate": True,
}


def text(cell: Cell) -> str:
    return BeautifulSoup(cell_html(cell), "html.parser").get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("goal", "target", "meeting", "words"),
    [
        ("software-revenue-cagr", 20.0, 19.0, "不低于19%即达到"),
        ("software-revenue-cagr", 21.0, 19.95, "不低于19.95%即达到"),
        ("overall-net-new-above-scale", 40.0, 41.0, "不低于41家即达到"),
        ("logistics-cost-gdp", 13.0, 13.65, "不高于13.65%即达到"),
        ("green-loans", 3200.0, 3200.0, ""),
        ("green-loans", 3200.0, float("nan"), ""),
        # in full it would be 1,234.56789: who reaches the number printed has met
        ("software-revenue", 1300.0, 1234.56789, "不低于1,234.57亿元即达到"),
        ("logistics-cost-gdp", 13.0, 13.654321, "不高于13.6%即达到"),
    ],
)
def test_what_meets_is_named_where_it_is_not_the_target(
    make_view: MakeView, goal: str, target: float, meeting: float, words: str
) -> None:
    view = make_view(goal, target_value=target, meeting_value=meeting)
    assert meeting_words(view) == words
    assert target_cell(view).mark == words


def test_an_estimate_stands_below_the_value_with_its_band(make_view: MakeView) -> None:
    band = {"band_low": 1280.04, "band_high": 1362.2}
    view = make_view("software-revenue", **ESTIMATE, **band)
    assert text(value_cell(view)) == "938.00 亿元 推算1,321.1亿元 1,280.0—1,362.2亿元"
    assert estimate_words(view) == "推算2026年约1,321.1亿元"
    assert band_words(view) == "误差范围1,280.0—1,362.2亿元"


def test_a_band_that_is_not_known_is_said_to_be_so(make_view: MakeView) -> None:
    assert text(value_cell(make_view("software-revenue", **ESTIMATE))).endswith("误差范围未知")


def test_a_goal_for_every_year_has_a_band_of_the_year_and_no_estimate(make_view: MakeView) -> None:
    known = {"latest_value": 6.34, "observed_value": 6.34, "band_low": 7.775, "band_high": 7.91}
    view = make_view("hr-placements-yearly", rating="严重滞后", **known)
    assert text(value_cell(view)) == "6.34 万人次 推算全年7.78—7.91万人次"


@pytest.mark.parametrize(
    ("done", "due", "shown"),
    [
        (0.268, 0.241, ("26.8%", "24.1%")),
        (0.26804, 0.26796, ("26.804%", "26.796%")),
        (0.25, 0.25, ("25.0%", "25.0%")),
        (0.25, float("nan"), ("25.0%", "—")),
    ],
)
def test_done_and_due_read_alike_only_where_they_are(
    make_view: MakeView, done: float, due: float, shown: tuple[str, str]
) -> None:
    view = make_view("green-loans", increment_completion=done, increment_due=due)
    assert tuple(map(text, progress_cells(view))) == shown


@pytest.mark.parametrize(("share", "shown"), [(0.99996, "99.996%"), (1.0, "100.0%")])
def test_what_is_not_complete_never_reads_as_complete(
    make_view: MakeView, share: float, shown: str
) -> None:
    assert text(completion_cell(make_view("green-loans", completion=share))) == shown


def test_counts_say_how_many_of_a_class_are_provisional(plan: Plan, make_view: MakeView) -> None:
    lag = {"rating": "滞后", "rating_provisional": True}
    views = [make_view("green-loans", **lag), make_view("lawyers", rating="滞后")]
    table = BeautifulSoup(counts_table(plan, views).html(), "html.parser")
    rows = [row.get_text(" ", strip=True) for row in table.select("tbody tr")]
    assert rows[-1] == "全部 — — — 2 初步1 — — — 2"
    assert "「初步」" in table.get_text()
    assert "「初步」" not in counts_table(plan, views[1:]).html()
