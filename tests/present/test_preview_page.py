"""What a publication would change: goals side by side, and what somebody has to decide."""

from __future__ import annotations

import pandas as pd

from planbook.acceptance import Acceptance
from planbook.frames import FINDINGS, SUBMISSIONS
from planbook.present.pages.preview_page import (
    Point,
    data_points,
    goal_point,
    page_point,
    preview_page,
    preview_text,
)
from planbook.present.tables.edition_changes import goal_changes
from planbook.vocabulary import Rating, Reason
from tests.present.conftest import MakeBook, empty_row

REVENUE = "software-revenue"
BEFORE = {"latest_value": 1391.4, "latest_period": "2026-06", "rating": Rating.ON_COURSE}
NOW = {"latest_value": 1412.7, "latest_period": "2026-06", "rating": Rating.BEHIND}


def test_a_goal_is_named_with_both_values_and_both_ratings(make_book: MakeBook) -> None:
    (change,) = goal_changes(make_book({REVENUE: NOW}).views, make_book({REVENUE: BEFORE}).views)
    assert change.what == "数值、状态"
    assert "1,391.40亿元" in str(change)
    assert "达序时● → 1,412.70亿元" in str(change)


def test_another_reason_is_a_change_and_the_same_verdict_is_none(make_book: MakeBook) -> None:
    silent = {REVENUE: {"rating": Rating.NOT_ASSESSABLE, "reason": Reason.NOT_REPORTED}}
    early = {REVENUE: {"rating": Rating.NOT_ASSESSABLE, "reason": Reason.NO_BASELINE}}
    (change,) = goal_changes(make_book(silent).views, make_book(early).views)
    assert change.what == "原因"
    assert goal_changes(make_book(silent).views, make_book(silent).views) == ()


def test_a_goal_of_one_plan_only_is_told(make_book: MakeBook) -> None:
    views = make_book().views
    less = {id: view for id, view in views.items() if id != REVENUE}
    assert [change.what for change in goal_changes(views, less)] == ["新增"]
    (gone,) = goal_changes(less, views)
    assert gone.what == "不再列出"
    assert str(gone).endswith(" → 无")


def test_the_first_publication_is_compared_with_nothing(make_book: MakeBook) -> None:
    assert "首次发布" in goal_point(make_book(), None, "").headline
    assert page_point(["index.html"], None).found == ()


def test_pages_that_come_and_go_are_told() -> None:
    point = page_point(["index.html", "new.html"], ["index.html", "old.html"])
    assert point.found == ("新增 new.html", "不再有 old.html")


def quality(make_book: MakeBook, state: str, severity: str) -> tuple[Point, ...]:
    row = empty_row(SUBMISSIONS, edition="2026-Q3", unit_name="软件处", state=state)
    finding = empty_row(
        FINDINGS,
        edition="2026-Q3",
        severity=severity,
        message="不是数字。",
        file="a.xlsx",
        cell="G4",
    )
    book = make_book(
        submissions=SUBMISSIONS.frame(pd.DataFrame([row])),
        findings=FINDINGS.frame(pd.DataFrame([finding])),
    )
    return data_points(make_book(), book, ["点评「数智服务」：没有写完"])


def test_silence_errors_and_open_commentary_must_be_decided(make_book: MakeBook) -> None:
    points = quality(make_book, "未报", "error")
    decide = {point.acceptance: point.found for point in points if point.must_be_decided}
    assert decide == {
        Acceptance.UNREPORTED: ("软件处：未报",),
        Acceptance.FINDINGS: ("不是数字。（a.xlsx G4）",),
        Acceptance.COMMENTARY: ("点评「数智服务」：没有写完",),
    }


def test_reports_on_time_and_warnings_need_no_decision(make_book: MakeBook) -> None:
    points = quality(make_book, "按时", "warning")
    assert [p.acceptance for p in points if p.must_be_decided] == [Acceptance.COMMENTARY]


TOLD = Point("页面的增减", ("新增 a.html",))
OPEN = Point("不公开的内容", ("1391.4（index.html）",), remedy="删去")


def test_what_must_be_decided_stands_last_on_the_screen_and_first_on_the_page() -> None:
    text = preview_text("书名", [OPEN, TOLD])
    assert text.index("页面的增减") < text.index("须先决定 1 项") < text.index("不公开的内容")
    assert "--accept" not in text
    page = preview_page("书名", [TOLD, OPEN], ['<link rel="stylesheet" href="a.css">'])
    assert page.index("须先决定") < page.index("页面的增减")
    assert '<link rel="stylesheet" href="a.css">' in page


def test_a_long_list_is_cut_on_the_screen_and_whole_on_the_page() -> None:
    point = Point("目标的变化", tuple(f"目标{n}。" for n in range(30)))
    assert "另有 10 项，见预览页" in preview_text("书名", [point])
    assert "目标29。" in preview_page("书名", [point], [])


def test_what_departments_wrote_is_text_on_the_page() -> None:
    page = preview_page("书名", [Point("报送中的错误", ("<script>alert(1)</script>",))], [])
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
