"""The page 年度任务: units by months, every task, the same on goals' pages, measures and packs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planbook.periods import Edition, TimePeriod
from planbook.present.notebook.opened import OpenBook
from planbook.present.packs.sections import unit_pack
from planbook.present.pages.goal_pages import goal_page
from planbook.present.redaction import redacted
from planbook.present.tables.measure_tables import measures_table
from planbook.present.tables.table import Table
from planbook.task_frames import PENDING_TASKS, TASKS, PendingTaskRow, TaskRow
from planbook.vocabulary import Visibility
from tests.present_rows import column, lines, packed, task

MakeBook = Callable[..., OpenBook]
LATE: dict[str, Any] = {"task_state": "overdue", "due_month": "2026-08"}
DONE: dict[str, Any] = {
    "task_state": "done",
    "task_status": "已完成",
    "progress": "验收文件已印发。",
    "reported_in": "2026-Q3",
    "done_in": "2026-Q3",
}
GOAL = "software-revenue"


def with_tasks(make_book: MakeBook, *rows: TaskRow, public: bool = False) -> OpenBook:
    book = make_book(tasks=TASKS.frame(rows))
    return replace(book, visibility=Visibility.PUBLIC) if public else book


def test_the_board_counts_units_by_months_done_of_all_and_what_is_late(make_book: MakeBook) -> None:
    rows = [
        task("t1", **LATE),
        task("t2", **DONE | {"due_month": "2026-08"}),
        task("t3"),
        task("t4", submitting_unit="port", **LATE),
    ]
    board = with_tasks(make_book, *rows).tasks().board()
    heads = [each.head for each in board.columns]
    assert heads == ["单位", "全年", "完成", "逾期", *(f"{n}月" for n in range(1, 13))]
    assert column(board, "8月") == ["1/2 逾期1", "0/1 逾期1", "1/3 逾期2"]
    assert column(board, "12月") == ["0/1 临近1", "—", "0/1 临近1"]
    assert column(board, "单位")[-1] == "合计"
    assert [row[1:4] for row in lines(board)] == [["3", "1", "1"], ["1", "0", "1"], ["4", "1", "2"]]
    assert board.sortable
    assert len(board.groups) == 2  # the total is not sorted among the units
    assert "此前" not in board.note
    older = task("t5", **LATE | {"due_month": "2025-11"})
    assert "「此前」是往年到期" in with_tasks(make_book, older).tasks().board().note


def test_the_board_sorts_by_what_is_late_then_by_what_is_open(make_book: MakeBook) -> None:
    units = ["software", "port", "mice"]
    rows = [task("t1", submitting_unit="software", **LATE)]
    rows += [task(f"p{n}", submitting_unit="port", due_month="2026-08") for n in range(3)]
    rows += [task("m1", submitting_unit="mice", **DONE | {"due_month": "2026-08"})]
    board = with_tasks(make_book, *rows).tasks().board()
    keys = {row[0].said: row[11].value or 0 for row in board.groups[0].rows}
    ordered = sorted(keys, key=lambda name: -keys[name])
    assert ordered == [make_book().plan.unit(unit).short for unit in units]


def test_what_is_left_of_years_before_stands_in_a_column_of_its_own(make_book: MakeBook) -> None:
    board = with_tasks(make_book, task("t1", **LATE | {"due_month": "2025-12"})).tasks().board()
    assert column(board, "此前") == ["0/1 逾期1"]
    assert len(board.groups) == 1  # of one unit there is no total


def test_a_dropped_task_is_listed_with_its_reason_and_counted_nowhere(make_book: MakeBook) -> None:
    dropped = task(task_state="dropped", dropped="并入另一项", dropped_in="2026-Q3")
    page = with_tasks(make_book, dropped).tasks()
    assert [row[1:4] for row in lines(page.board())] == [["0", "0", "0"]]
    assert column(page.list(), "进展与佐证") == ["并入另一项"]
    assert column(page.list(), "状况") == ["取消"]


def test_the_list_has_overdue_ones_first_then_by_month_and_done_ones_last(
    make_book: MakeBook,
) -> None:
    rows = [task("done", **DONE), task("next"), task("late", **LATE)]
    listed = with_tasks(make_book, *rows).tasks().list()
    assert column(listed, "年度任务") == [f"{id}的任务 验收文件" for id in ("late", "next", "done")]
    assert column(listed, "状况") == ["逾期", "临近到期", "完成"]
    assert listed.groups[0].heading == "软件信息行业服务部门（3项，完成1项，逾期1项）"
    assert column(listed, "进展与佐证") == [
        "尚未填报",
        "尚未填报",
        "验收文件已印发。",
    ]
    older = task(**DONE | {"reported_in": "2026-Q2"})
    (said,) = column(with_tasks(make_book, older).tasks().list(), "进展与佐证")
    assert said == "验收文件已印发（2026年二季度）"


def test_what_is_due_is_told_by_month_the_overdue_first(make_book: MakeBook) -> None:
    rows = [
        task("next"),
        task("done", **DONE),
        task("late", **LATE),
        task("soon", due_month="2026-10", submitting_unit="port"),
        task("years", due_month="2027-06", task_state="ahead"),
        task("gone", task_state="dropped", dropped="并入另一项"),
    ]
    table = with_tasks(make_book, *rows).tasks().due()
    assert [group.heading for group in table.groups] == [
        "已逾期（1项）",
        "2026年10月到期（1项）",
        "2026年12月到期（1项）",
    ]
    assert [said.split("的")[0] for said in column(table, "年度任务")] == ["late", "soon", "next"]
    assert column(table, "单位") == ["软件信息", "临港产业", "软件信息"]
    assert table.html().count("<details") == 3
    assert table.html().count('<details class="pb-fold" open>') == 1
    assert with_tasks(make_book, task(**DONE)).tasks().due().empty == "没有未完成的任务。"


def test_a_month_that_was_moved_or_is_asked_to_be_says_so(make_book: MakeBook) -> None:
    row = task(first_due_month="2026-09", asked_month="2027-03")
    (said,) = column(with_tasks(make_book, row).tasks().list(), "时限")
    assert said == "2026年12月 原定2026年9月，申请调整至2027年3月"


def test_the_lead_says_how_tasks_stand_and_who_is_late(make_book: MakeBook) -> None:
    rows = [
        task("t1", **LATE),
        task("t2", **DONE),
        task("t3", task_status="受阻", asked_month="2027-03"),
        task("t4", due_month="2027-06", task_state="ahead"),
    ]
    assert repr(with_tasks(make_book, *rows).tasks().lead()) == (
        "2026年跟踪任务3项，其中完成1项、逾期1项、临近到期1项。有逾期任务的单位：软件信息。"
        "未完成的任务中，受阻1项。申请调整时限、尚未核定的1项。以后年度的任务已核定1项。"
    )
    (ahead,) = column(with_tasks(make_book, *rows).tasks().ahead(), "年度任务")
    assert ahead.startswith("t4")


def test_a_book_without_tasks_says_how_they_come_to_be(make_book: MakeBook) -> None:
    page = with_tasks(make_book).tasks()
    assert repr(page.lead()) == (
        "还没有核定的2026年任务。各单位在填报表的「年度任务」表中提出，核定后列入本页，逐期跟踪。"
    )
    for table in (page.board(), page.list(), page.ahead()):
        assert table.count == 0
        assert "pb-empty" in table.html()


def test_a_public_book_does_not_say_that_there_are_no_internal_ones(make_book: MakeBook) -> None:
    page = with_tasks(make_book, public=True).tasks()
    assert repr(page.lead()) == "没有公开的2026年任务。"
    assert page.board().empty == "没有公开的2026年任务。"
    told = repr(with_tasks(make_book, task(), public=True).tasks().lead())
    assert told.endswith("公开版只列公开的任务。")


def test_a_measure_says_how_many_of_its_tasks_are_done_where_it_has_any(
    make_book: MakeBook,
) -> None:
    def measures(*rows: TaskRow) -> Table:
        book = with_tasks(make_book, *rows)
        (field,) = (f for f in book.plan.fields if any(m.id == "software-m01" for m in f.measures))
        return measures_table(book.part("digital"), field)

    found = column(measures(task("t1", **LATE), task("t2", **DONE)), "年度任务")
    assert found[0] == "1/2 逾期1"
    assert "年度任务" not in [each.head for each in measures().columns]


def test_a_goals_page_and_a_pack_list_their_own_tasks(make_book: MakeBook) -> None:
    own = task("t1", goal_id=GOAL, measure_id="")
    book = with_tasks(make_book, own, task("p1", submitting_unit="port"))
    page = goal_page(book, GOAL)
    assert "## 年度任务" in page
    assert "t1的任务" in page
    pack = unit_pack(book, "software", with_form=True)
    told = packed(pack)
    assert "t1的任务" in told
    assert "p1的任务" not in told
    assert "年度任务" not in packed(unit_pack(book, "mice", with_form=True))


def pending(id: str, **changed: Any) -> PendingTaskRow:
    told: dict[str, Any] = {
        "task_id": id,
        "goal_id": "",
        "measure_id": "m-digital-24-1",
        "task": "完成站址比选",
        "deliverable": "报告",
        "submitting_unit": "software",
        "due_month": TimePeriod.parse("2026-05"),
        "proposed_in": Edition.parse("2026-Q1"),
        "decided_in": "",
        "dropped": "",
        "edition": Edition.parse("2026-Q3"),
        "demonstration": True,
    }
    return PendingTaskRow(**told | changed)


def test_what_waits_to_be_decided_is_told_with_where_it_came_from(make_book: MakeBook) -> None:
    rows = [pending("t1"), pending("t2", decided_in="分解会", dropped="重复。")]
    book = make_book(tasks=TASKS.frame([]), pending_tasks=PENDING_TASKS.frame(rows))
    page = book.tasks()
    assert "待核定的任务1项，其中1项是以前各期提出的。" in repr(page.lead())
    table = page.pending()
    assert column(table, "提出期") == ["2026年一季度"] * 2
    assert column(table, "时限") == ["2026年5月 时限已过", "2026年5月"]
    assert column(table, "状况") == ["待核定", "不予核定：重复（分解会）"]


def test_the_public_book_tells_of_no_proposal(make_book: MakeBook) -> None:
    book = make_book(pending_tasks=PENDING_TASKS.frame([pending("t1")]))
    left = redacted(book.plan, book.tables).tables
    assert left.pending_tasks.empty
    shown = replace(book, tables=left, visibility=Visibility.PUBLIC).tasks()
    assert "待核定" not in repr(shown.lead())
    assert shown.pending().empty == "公开版不列待核定的任务。"
