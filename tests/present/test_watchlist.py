"""The page 预警与变化: overdue first, every warning with whose it is and who acts on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planbook.edition_frames import EDITIONS
from planbook.outlook_frames import OUTLOOKS
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.goal_pages import goal_page
from planbook.present.tables.table import Table
from planbook.watch_frames import AlertRule
from tests.present.conftest import empty_row
from tests.present.edition_rows import edition_row
from tests.present.watch_rows import GOAL, OTHER, OTHER_UNIT, action_row, alert_row, watched_book

MakeBook = Callable[..., OpenBook]


def column(table: Table, head: str) -> list[str]:
    """Return what a column says, row by row."""
    place = [each.head for each in table.columns].index(head)
    return [row[place].said for group in table.groups for row in group.rows]


def test_warnings_stand_in_the_order_of_the_rules(make_book: MakeBook) -> None:
    book = watched_book(make_book, [alert_row(rule.value) for rule in reversed(AlertRule)])
    told = [group.heading for group in book.watchlist().alerts().groups]
    rules = [rule for rule in AlertRule if rule is not AlertRule.ACTION_OVERDUE]
    assert told == [f"{rule.label}（1条）" for rule in rules]


def test_nothing_to_see_is_said_in_every_part(make_book: MakeBook) -> None:
    page = watched_book(make_book).watchlist()
    assert repr(page.lead()) == "本期没有预警。没有未销号的督办事项。"
    for table in (page.overdue(), page.alerts(), page.cleared(), page.actions(), page.closed()):
        assert table.count == 0
        assert "pb-empty" in table.html()


def test_a_public_book_does_not_say_that_there_are_no_internal_ones(make_book: MakeBook) -> None:
    page = watched_book(make_book, public=True).watchlist()
    assert page.overdue().empty_words == "逾期的督办事项：公开的督办事项中没有逾期的。"
    assert page.actions().empty == "公开的督办事项中没有正在办理的。"
    assert page.closed().empty == "公开的督办事项中没有本期销号的。"
    assert page.alerts().empty == "公开的目标和举措本期没有触发预警。"
    assert page.cleared().empty == "公开的预警中没有不再触发的。"
    assert "公开的督办事项中没有未销号的。" in repr(page.lead())


def test_the_first_edition_is_compared_with_none(make_book: MakeBook) -> None:
    book = watched_book(make_book)
    first = book.plan.about.model_copy(update={"first_edition": book.edition})
    begun = replace(book, plan=book.plan.model_copy(update={"about": first}))
    for table in (begun.watchlist().cleared(), begun.changes_by_reason()):
        assert "本期为第一期，没有可比的上期。" in table.html()
        assert book.previous().label not in table.html()


def test_what_was_published_before_there_were_warnings_is_not_said_to_have_none(
    make_book: MakeBook,
) -> None:
    listed: dict[str, Any] = {
        "editions": EDITIONS.frame([edition_row("2026-Q2"), edition_row("2026-Q3")])
    }
    old = watched_book(make_book, **listed).watchlist()
    assert repr(old.lead()) == old.alerts().empty == "本期发布时还没有预警和督办事项的记录。"
    now = OUTLOOKS.frame([empty_row(OUTLOOKS, goal_id=GOAL, edition="2026-Q3")])
    page = watched_book(make_book, [alert_row("outlier")], outlooks=now, **listed).watchlist()
    assert "较上期" not in repr(page.lead())
    assert page.cleared().empty == "2026年二季度没有可比的记录。"


def test_changes_without_their_reasons_are_not_called_none(make_book: MakeBook) -> None:
    known = {GOAL: {"rating": "滞后", "previous_rating": "达序时"}}
    assert "没有目标发生变化" in watched_book(make_book).changes_by_reason().html()
    changed = watched_book(make_book, changes=known).changes_by_reason()
    assert "本期状态的变化没有记录原因。" in changed.html()


def test_warnings_stand_by_rule_the_gravest_first_in_the_plans_order(make_book: MakeBook) -> None:
    rows = [
        alert_row("unit-late", goal_id=""),
        alert_row("outlier", goal_id=OTHER, submitting_unit=OTHER_UNIT),
        alert_row("outlier"),
        alert_row("likelihood-crossed"),
        alert_row("measure-blocked", measure_id="software-m01"),
    ]
    table = watched_book(make_book, rows).watchlist().alerts()
    assert [group.heading for group in table.groups] == [
        "可能性转低（1条）",
        "异常波动（2条）",
        "举措持续受阻（1条）",
        "单位连续迟报（1条）",
    ]
    links = [row[0].link for group in table.groups for row in group.rows]
    places = ("software-revenue.html", "software-revenue.html", "green-loans.html")
    assert all(link.endswith(place) for link, place in zip(links, places, strict=False))
    assert links[3].endswith("#measures-software")
    assert links[4] == ""


def test_an_overdue_action_is_not_warned_of_twice(make_book: MakeBook) -> None:
    rows = [alert_row("action-overdue", action_id="a1")]
    actions = [action_row("a1", due_month="2026-06", overdue=True)]
    page = watched_book(make_book, rows, actions).watchlist()
    assert page.alerts().count == 0
    assert repr(page.lead()).startswith("本期没有预警（督办事项逾期的1条另列）。")
    assert column(page.overdue(), "督办事项") == ["a1的任务 第三季度调度会"]
    assert page.actions().count == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"unanswered": 1}, "尚无督办事项"),
        ({"unanswered": 3, "since": "2026-Q1"}, "预警已持续3期，尚无督办事项"),
        ({"unanswered": 0, "action_ids": "a1"}, "a1的任务（期限2026年12月）"),
        ({"unanswered": 0, "action_ids": "elsewhere"}, "已交其他单位督办"),
    ],
)
def test_a_warning_says_who_acts_on_it_or_how_long_nobody_has(
    make_book: MakeBook, row: dict[str, Any], said: str
) -> None:
    book = watched_book(make_book, [alert_row("outlier", **row)], [action_row("a1")])
    assert column(book.watchlist().alerts(), "督办") == [said]


def test_a_warning_says_since_when_it_stands(make_book: MakeBook) -> None:
    rows = [alert_row("outlier"), alert_row("reversal", since="2026-Q1")]
    table = watched_book(make_book, rows).watchlist().alerts()
    assert column(table, "起于") == ["2026年一季度", "本期"]


def test_a_public_book_does_not_say_that_nobody_acts(make_book: MakeBook) -> None:
    rows = [alert_row("outlier", unanswered=3, since="2026-Q1")]
    page = watched_book(make_book, rows, public=True).watchlist()
    assert column(page.alerts(), "督办") == ["—"]
    assert "尚无督办事项" not in repr(page.lead())
    assert "公开版不列内部的督办事项" in repr(page.lead())


def test_what_warned_in_the_edition_before_and_no_more_is_listed(make_book: MakeBook) -> None:
    before = {"edition": "2026-Q2", "since": "2026-Q2"}
    rows = [
        alert_row("outlier", **before),
        alert_row("reversal", **before),
        alert_row("reversal", since="2026-Q2"),
    ]
    page = watched_book(make_book, rows).watchlist()
    assert column(page.cleared(), "预警") == ["异常波动"]
    assert column(page.cleared(), "起于") == ["2026年二季度"]
    assert repr(page.lead()).startswith("本期预警1条，涉及1项目标；较上期不再触发1条。")


def test_the_lead_counts_warnings_and_actions_once(make_book: MakeBook) -> None:
    rows = [
        alert_row("outlier", since="2026-Q1", unanswered=3),
        alert_row("outlier", goal_id=OTHER, submitting_unit=OTHER_UNIT),
        alert_row("unit-late", goal_id=""),
        alert_row("action-overdue", action_id="a1"),
    ]
    actions = [
        action_row("a1", due_month="2026-06", overdue=True),
        action_row("a2"),
        action_row("a3", closure="已签约", closed_in="2026-Q3"),
        action_row("a4", closure="已签约", closed_in="2026-Q2"),
    ]
    page = watched_book(make_book, rows, actions).watchlist()
    assert repr(page.lead()) == (
        "本期预警3条（督办事项逾期的1条另列），涉及2项目标、1家填报单位；较上期新增2条；"
        "已持续2期以上而尚无督办事项的1条。"
        "未销号的督办事项2项，其中逾期1项（软件信息）；本期销号1项。"
    )
    assert column(page.closed(), "销号情况") == ["已签约"]


def test_an_action_says_its_state_its_first_date_and_the_last_reply(make_book: MakeBook) -> None:
    actions = [
        action_row("a1", first_due_month="2026-09"),
        action_row("a2", action_status="受阻", reply="缺用地指标。", replied_in="2026-Q3"),
    ]
    table = watched_book(make_book, actions=actions).watchlist().actions()
    assert column(table, "期限") == ["2026年12月 原定2026年9月", "2026年12月"]
    assert column(table, "状态") == ["尚未反馈", "受阻"]
    assert column(table, "办理情况") == ["—", "缺用地指标（2026年三季度）"]


def test_a_goals_page_has_its_own_warnings_actions_and_measures_and_no_empty_heading(
    make_book: MakeBook, plan: Plan
) -> None:
    rows = [alert_row("outlier"), alert_row("reversal", goal_id=OTHER)]
    book = watched_book(make_book, rows, [action_row("a1")])
    page = goal_page(book, GOAL)
    assert page.index("## 预警") < page.index("## 督办事项") < page.index("## 相关举措")
    assert "异常波动" in page
    assert "趋势转折" not in page
    assert all(m.title in page for m in plan.field("software").measures)
    empty = goal_page(book, "overall-leading-firms")
    for heading in ("## 预警", "## 督办事项", "## 相关举措"):
        assert heading not in empty


def test_a_chapters_table_marks_the_goals_of_which_there_is_a_warning(make_book: MakeBook) -> None:
    book = watched_book(make_book, [alert_row("outlier")])
    table = book.chapter("digital").table("software")
    marked = [row[0].link for row in table.groups[0].rows if row[0].mark == "预警"]
    assert marked == ["../goals/software-revenue.html"]
    assert "预警" in table.note
    assert "预警" not in watched_book(make_book).chapter("digital").table("software").note


@pytest.mark.parametrize(("rule", "gone"), [("measure-blocked", 0), ("measure-silent", 1)])
def test_a_sub_item_that_its_measure_now_covers_is_not_said_to_be_over(
    make_book: MakeBook, rule: str, gone: int
) -> None:
    before = {"edition": "2026-Q2", "since": "2026-Q2", "submitting_unit": "techfin"}
    rows = [
        alert_row(rule, measure_id="techfin-m06-s1", **before),
        alert_row("measure-blocked", measure_id="techfin-m06", submitting_unit="techfin"),
    ]
    assert watched_book(make_book, rows).watchlist().cleared().count == gone
