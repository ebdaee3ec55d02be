"""What-ifs, earlier outlooks, counts and the column: computed rows, each said once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

from planbook.frames import HISTORY
from planbook.outlook_frames import OUTLOOKS, WHAT_IFS
from planbook.plan import Plan
from planbook.present.pages.goal_pages import goal_page
from planbook.present.say.outlook_sentences import outlook_classes
from planbook.present.say.outlook_words import FIRST_THAT_MEETS, LIKE_MEDIAN, LIKE_NOW
from planbook.present.tables.goal_tables import likelihood_cell
from planbook.present.tables.outlook_tables import (
    first_that_meets,
    outlook_counts_table,
    outlook_history_table,
    recent_growth,
    what_if_marks,
)
from planbook.present.tables.scoreboard import scoreboard
from planbook.present.views import GoalView
from planbook.vocabulary import Direction
from tests.present.conftest import MakeBook, verdict_row
from tests.present.test_outlook_sentences import NONE, REFERENCE
from tests.present_rows import LEVEL, LEVEL_VERDICT, outlook, rows_of, what_ifs

MakeView = Callable[..., GoalView]
ROWS = rows_of(WHAT_IFS, *what_ifs(LEVEL, 102.0, 120.0))


@pytest.fixture
def level(make_view: MakeView) -> GoalView:
    view = make_view(LEVEL, **LEVEL_VERDICT)
    return view.at(view.verdict, outlook(LEVEL))


def test_the_first_growth_that_meets_is_the_nearest_to_none(level: GoalView) -> None:
    found = first_that_meets(level, ROWS)
    assert found is not None
    assert found.value_at_due >= 120
    assert all(row.value_at_due < 120 for row in ROWS if row.growth < found.growth)


def test_of_a_falling_goal_the_first_that_meets_falls_least(level: GoalView) -> None:
    goal = level.goal.model_copy(update={"direction": Direction.DOWN})
    falls = GoalView(**{n: getattr(level, n) for n in level.__dataclass_fields__} | {"goal": goal})
    found = first_that_meets(falls, ROWS)
    assert found is not None
    assert found.growth == max(row.growth for row in ROWS if row.value_at_due <= 120)
    assert what_if_marks(falls, ROWS)[found.growth][-1] == "刚能达标的一档"  # here the highest


def test_no_growth_listed_may_meet(level: GoalView) -> None:
    few = tuple(row for row in ROWS if row.value_at_due < 120)
    assert first_that_meets(level, few) is None
    assert FIRST_THAT_MEETS not in {
        said for each in what_if_marks(level, few).values() for said in each
    }


def test_each_mark_stands_on_the_row_that_it_is_about(level: GoalView) -> None:
    marks = what_if_marks(level, ROWS)
    places = {said: growth for growth, each in marks.items() for said in each}
    own = recent_growth(level)
    assert own == pytest.approx((102 / (102 - 4 * 3.9)) ** 0.25 - 1)
    assert places[LIKE_NOW] == 0.04
    nearest = min(ROWS, key=lambda row: abs(row.value_at_due - 117))
    assert places[LIKE_MEDIAN] == nearest.growth


def test_a_goals_page_has_the_sentence_the_rows_and_earlier_outlooks(make_book: MakeBook) -> None:
    book = make_book(
        {LEVEL: LEVEL_VERDICT},
        outlooks=OUTLOOKS.frame([outlook(LEVEL)]),
        what_ifs=WHAT_IFS.frame(what_ifs(LEVEL, 102.0, 120.0)),
    )
    page = goal_page(book, LEVEL)
    soup = BeautifulSoup(page, "html.parser")
    assert "可能性较小（25%）：预计2027年末117家" in page
    assert len(soup.select("#what-ifs tbody tr")) == len(ROWS)
    (row,) = soup.select("#outlooks tbody tr")
    assert [cell.text for cell in row.find_all(["th", "td"])] == [
        "2026年三季度",
        "可能性较小（25%）",
        "117",
        "110—124",
        "106—129",
        "数列模型，近14个季度",
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2026-05-01", "2026-05-01"), ["", ""]),
        (("2026-05-01", "2026-11-26"), ["，系数测定于2026年11月26日", "，系数测定于2026年5月1日"]),
        (("", "2026-11-26"), ["，系数测定于2026年11月26日", "，系数测定日期不详"]),
    ],
)
def test_likelihoods_by_constants_of_two_days_say_so(
    make_book: MakeBook, plan: Plan, days: tuple[str, str], told: list[str]
) -> None:
    editions = ("2026-Q2", "2026-Q3")
    rows = [outlook(LEVEL, e, fitted_on=day) for e, day in zip(editions, days, strict=True)]
    history = [verdict_row(plan, LEVEL, **LEVEL_VERDICT | {"edition": e}) for e in editions]
    book = make_book(
        {LEVEL: LEVEL_VERDICT}, outlooks=OUTLOOKS.frame(rows), history=HISTORY.frame(history)
    )
    table = outlook_history_table(book, book.views[LEVEL])
    said = [row[-1].text for row in table.groups[0].rows]
    assert said == [f"数列模型，近14个季度{more}" for more in told]


def test_a_goal_judged_by_people_has_no_such_part(make_book: MakeBook) -> None:
    goal = "fintech-cluster"
    gate = NONE | {"outlook_gate": "by_people"}
    book = make_book(outlooks=OUTLOOKS.frame([outlook(goal, **gate)]))
    assert "达标可能性" not in goal_page(book, goal)


def test_the_column_sorts_by_likelihood_and_names_a_reference(level: GoalView) -> None:
    cell = likelihood_cell(level)
    assert (cell.text, cell.value, cell.mark) == ("较小", 0.25, "25%")
    cell = likelihood_cell(level.at(level.verdict, outlook(LEVEL, **REFERENCE)))
    assert (cell.text, cell.value, cell.mark) == ("约45%", 0.45, "历史频率")
    assert likelihood_cell(level.at(level.verdict, outlook(LEVEL, **NONE))).says_nothing


def test_the_scoreboard_filters_by_what_rows_have(make_book: MakeBook) -> None:
    rows = [outlook(LEVEL, p_met=0.8), outlook("green-loans", **REFERENCE)]
    views = list(make_book(outlooks=OUTLOOKS.frame(rows)).views.values())
    page = BeautifulSoup(scoreboard(views).html(), "html.parser")
    options = {o["value"]: o.text for o in page.select("select[name=outlook] option")}
    assert options == {
        "": "全部",
        "likely": "可能性较大（1）",
        "open": "尚不确定（1）",
        "none": f"不作估计（{len(views) - 2}）",
    }
    assert {row["data-outlook"] for row in page.select("tbody tr")} == set(options) - {""}


def test_counts_add_up_to_all_goals_and_say_why(make_book: MakeBook) -> None:
    rows = [outlook(LEVEL), outlook("green-loans", **REFERENCE), outlook("lawyers", **NONE)]
    table = make_book(outlooks=OUTLOOKS.frame(rows)).outlook_counts()
    *parts, total = table.groups[0].rows
    assert [row[1].value for row in parts] == [0, 1, 1, 59]
    assert len(parts) == len(outlook_classes())
    assert total[1].value == 61
    assert parts[1][2].text == "其中1项为同类情形的历史频率"
    assert parts[3][2].text == "结果已定1项"


def test_the_unlikely_are_counted_and_named_the_least_likely_first(make_book: MakeBook) -> None:
    rows = [outlook(LEVEL, p_met=0.3), outlook("green-loans", p_met=0.1)]
    views = list(make_book(outlooks=OUTLOOKS.frame(rows)).views.values())
    unlikely = outlook_counts_table(views).groups[0].rows[2]
    names = {view.id: view.name for view in views}
    assert (unlikely[0].text, unlikely[1].value) == ("可能性较小", 2)
    assert unlikely[2].text == f"{names['green-loans']}、{names[LEVEL]}"


def test_the_unlikely_without_a_forecast_are_named_apart(make_book: MakeBook) -> None:
    rows = [outlook(LEVEL, p_met=0.3), outlook("green-loans", **REFERENCE | {"p_met": 0.1})]
    views = list(make_book(outlooks=OUTLOOKS.frame(rows)).views.values())
    names = {view.id: view.name for view in views}
    (said,) = (row[2].text for row in outlook_counts_table(views).groups[0].rows[2:3])
    assert said == f"预测1项：{names[LEVEL]}；同类情形的历史频率1项：{names['green-loans']}"
