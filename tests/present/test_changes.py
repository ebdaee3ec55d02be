from collections.abc import Callable

from planbook.periods import Edition
from planbook.present.say.rating_changes import changes, from_to
from planbook.present.tables.changes import changes_table
from planbook.present.views import GoalView
from planbook.watch_frames import ChangeFactor
from tests.present.change_rows import change

MakeView = Callable[..., GoalView]
BEFORE = Edition.parse("2026-Q2")


def moved(make_view: MakeView) -> list[GoalView]:
    return [
        make_view("green-loans", rating="达序时", previous_rating="滞后"),
        make_view("testing-revenue", rating="滞后", previous_rating="已达成"),
        make_view("guoyuan-trade-sales", previous_rating="达序时"),
        make_view("online-retail-sales", rating="滞后", previous_rating="无法判定"),
        make_view("software-revenue", rating="滞后", previous_rating="滞后"),
    ]


def test_each_change_is_of_one_sort(make_view: MakeView) -> None:
    up, down, lost, gained, same = moved(make_view)
    found = changes([up, down, lost, gained, same])
    assert found.named == (
        ("转差", (down,)),
        ("好转", (up,)),
        ("新作判定", (gained,)),
        ("转为无法判定", (lost,)),
    )
    assert from_to(down) == "已达成→滞后"


def test_met_but_unsteady_is_a_step_down_from_met(make_view: MakeView) -> None:
    view = make_view("green-loans", rating="达成待稳", previous_rating="已达成")
    assert changes([view]).named == (("转差", (view,)),)


def test_the_table_has_a_group_for_each_sort_of_change(make_view: MakeView) -> None:
    table = changes_table(moved(make_view), BEFORE, {})
    assert [group.heading for group in table.groups] == [
        "转差（1项）",
        "好转（1项）",
        "新作判定（1项）",
        "转为无法判定（1项）",
    ]
    assert changes_table([], BEFORE, {}).count == 0


def test_the_table_says_why_where_it_is_known(make_view: MakeView) -> None:
    row = change(goal_id="green-loans", main_factor=ChangeFactor.DATA)
    table = changes_table(moved(make_view), BEFORE, {row.goal_id: row})
    column = [head.head for head in table.columns].index("主要原因")
    assert [group.rows[0][column].text for group in table.groups] == ["—", "新的数据", "—", "—"]
