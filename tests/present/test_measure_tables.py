import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from planbook.frames import MEASURES
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.measure_pages import programme_pages
from planbook.present.tables.measure_board import attention_board, trouble_words
from planbook.present.tables.measure_tables import (
    all_measures_table,
    chapter_counts_table,
    measures_table,
    type_counts_table,
)
from planbook.present.tables.table import Table
from planbook.project_frames import PROJECTS
from planbook.task_frames import TASKS
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTIONS
from tests.present.conftest import ROOT
from tests.present.watch_rows import action_row
from tests.present_rows import project, task

MakeBook = Callable[..., OpenBook]


@pytest.fixture
def frame(plan: Plan, make_book: MakeBook) -> MakeBook:
    """Return a book in which all measures are reported as 推进中 but for the changes."""

    def make(**changes: dict[str, Any]) -> OpenBook:
        rows = []
        for measure in plan.measures:
            field = plan.field_of(measure)
            named = [(measure.id, "", measure.title)]
            named += [(item.id, measure.id, item.name) for item in measure.sub_items]
            for id, parent, title in named:
                rows.append(
                    {
                        "measure_id": id,
                        "parent_id": parent,
                        "chapter": plan.chapter_of(field).id,
                        "field_id": field.id,
                        "field": field.name,
                        "title": title,
                        "quote": measure.quote,
                        "section": measure.section,
                        "type": measure.type,
                        "pattern": str(measure.pattern),
                        "submitting_unit": plan.unit_of(measure).id,
                        "status": "推进中",
                        "progress": "有序推进。",
                        "completed_on": "",
                        "status_since": "2026-Q1",
                        "last_reported": "2026-Q3",
                        "stale": False,
                        "previous_status": "推进中",
                        "edition": "2026-Q3",
                        "demonstration": False,
                    }
                    | changes.get(id.replace("-", "_"), {})
                )
        return make_book(measures=MEASURES.frame(rows))

    return make


def lines(table: Table) -> list[str]:
    page = BeautifulSoup(table.html(), "html.parser")
    return [row.get_text("|", strip=True) for row in page.select("tbody tr")]


def silent_since(edition: str) -> dict[str, Any]:
    return {"stale": True, "last_reported": edition}


def test_the_board_names_what_is_blocked_by_unit_with_how_long(frame: MakeBook, plan: Plan) -> None:
    book = frame(software_m01={"status": "受阻", "status_since": "2025-Q4"})
    heading, row = lines(attention_board(book))
    assert heading == f"{plan.unit('software').name}（受阻1项）"
    assert "2025年四季度起受阻，已4个季度" in row
    assert "有序推进。" in row


def test_the_board_says_what_is_needed_and_from_whom(frame: MakeBook) -> None:
    stuck = {"status": "受阻", "status_since": "2025-Q4"}
    silent = attention_board(frame(software_m01=stuck))
    assert lines(silent)[1].endswith("|填报单位没有写明须由谁协调什么，也没有督办事项")
    said = {"progress": "用地手续仍在办理，已提请市级部门协调。"}
    book = frame(software_m01=stuck | said)
    assert lines(attention_board(book))[1].endswith("|填报单位：已提请市级部门协调")
    rows = [project("p1", need="请明确用地性质。"), project("p2")]
    late = task("t1", measure_id="software-m01", asked_month="2027-03")
    act = action_row("a1", goal_id="", measure_id="software-m01")
    more = {
        "projects": PROJECTS.frame(rows),
        "tasks": TASKS.frame([late]),
        "actions": ACTIONS.frame([act]),
    }
    book = replace(book, tables=replace(book.tables, **more))
    assert lines(attention_board(book))[1].endswith(
        "|填报单位：已提请市级部门协调；项目「p1的项目」：请明确用地性质；"
        "年度任务「t1的任务」申请延至2027年3月；督办：a1的任务（期限2026年12月）"
    )
    public = replace(frame(software_m01=stuck), visibility=Visibility.PUBLIC)
    assert lines(attention_board(public))[1].endswith("|—")


def test_the_words_above_the_board_name_its_last_column(frame: MakeBook) -> None:
    page = json.loads((ROOT / "notebooks" / "measures.ipynb").read_text(encoding="utf-8"))
    (said,) = ("".join(cell["source"]) for cell in page["cells"] if cell["id"] == "attention")
    assert "须由谁协调什么（最后一栏）" in said
    assert attention_board(frame()).columns[-1].head == "需要协调的事项"


def test_what_was_blocked_in_this_edition_has_no_count_of_quarters(frame: MakeBook) -> None:
    book = frame(software_m01={"status": "受阻", "status_since": "2026-Q3"})
    assert "本期起受阻" in lines(attention_board(book))[1]


@pytest.mark.parametrize(
    ("last", "said"),
    [("2026-Q2", "本期未报"), ("2025-Q4", "连续3期未报"), ("", "从未报送，已7期")],
)
def test_the_board_says_for_how_long_nobody_reported(frame: MakeBook, last: str, said: str) -> None:
    status = {} if last else {"status": "", "status_since": "", "progress": ""}
    book = frame(software_m01=silent_since(last) | status)
    heading, row = lines(attention_board(book))
    assert "本期未报1项" in heading
    assert said in row


def test_what_is_blocked_and_silent_is_one_line(frame: MakeBook) -> None:
    both = silent_since("2026-Q1") | {"status": "受阻", "status_since": "2026-Q1"}
    book = frame(software_m01=both)
    heading, row = lines(attention_board(book))
    assert "受阻1项，本期未报1项" in heading
    assert "2026年一季度起受阻，已3个季度；连续2期未报" in row
    assert trouble_words(book.rows.measures) == "受阻1项、本期未报1项"


def test_what_is_done_need_not_be_reported_again(frame: MakeBook) -> None:
    book = frame(software_m01=silent_since("2026-Q1") | {"status": "已完成"})
    table = attention_board(book)
    assert table.count == 0
    assert "均已报送" in table.html()
    assert trouble_words(book.rows.measures) == ""


def test_a_unit_that_reported_nothing_is_one_line(frame: MakeBook) -> None:
    ids = [row.measure_id for row in frame().rows.measures if row.submitting_unit == "software"]
    book = frame(**{id.replace("-", "_"): silent_since("2026-Q2") for id in ids})
    heading, row = lines(attention_board(book))
    assert heading.endswith(f"（全部{len(ids)}项本期未报）")
    assert "最近一次为2026年二季度" in row


def test_a_sub_item_says_which_measure_it_belongs_to(frame: MakeBook, plan: Plan) -> None:
    book = frame(software_m02_s1={"status": "受阻", "status_since": "2026-Q3"})
    row = lines(attention_board(book))[1]
    assert row.startswith(plan.measure("software-m02").title)


def test_every_measure_and_sub_item_is_listed_once(frame: MakeBook, plan: Plan) -> None:
    table = all_measures_table(frame())
    subs = sum(len(measure.sub_items) for measure in plan.measures)
    assert table.caption == f"全部{len(plan.measures)}项举措和{subs}个专项"
    assert table.count == len(plan.measures) + subs


def test_counts_by_chapter_and_type_have_the_same_total(frame: MakeBook, plan: Plan) -> None:
    book = frame(software_m01={"status": ""}, software_m03={"status": "已完成"})
    by_chapter = lines(chapter_counts_table(book))
    by_type = lines(type_counts_table(book))
    total = len(book.rows.measures)
    assert by_chapter[-1] == f"全部|1|{total - 2}|1|{total}|—"
    assert sum(int(row.split("|")[-2]) for row in by_type) == total
    assert {row.split("|")[0] for row in by_type} <= set(plan.about.measure_types.values())


def test_a_fields_table_has_type_progress_since_and_last_report(
    frame: MakeBook, plan: Plan
) -> None:
    known = {"completed_on": "2026-04", "status": "已完成"} | silent_since("2026-Q1")
    table = measures_table(frame(software_m01=known), plan.field("software"))
    (row,) = [row for row in lines(table) if row.startswith(plan.measure("software-m01").title)]
    words = ("平台建设", "有序推进。（完成时间：2026-04）", "2026年一季度", "连续2期未报")
    for word in words:
        assert word in row


def test_measures_are_folded_by_status_and_only_what_is_blocked_stands_open(
    frame: MakeBook, plan: Plan
) -> None:
    book = frame(software_m03={"status": "受阻"}, software_m01={"status": "已完成"})
    table = measures_table(book, plan.field("software"))
    assert [group.heading[:2] for group in table.groups] == ["受阻", "推进", "已完"]
    page = table.html()
    assert page.count("<details") == 3
    assert page.count('<details class="pb-fold" open>') == 1
    assert page.index("受阻（1项）") < page.index("推进中（")
    assert 'id="measures-software"' in page  # to which other pages lead
    own = [row for row in book.rows.measures if row.field_id == "software"]
    assert table.count == len(own)


def test_each_programme_and_safeguard_has_a_page_with_every_clause(judged_book: OpenBook) -> None:
    pages = programme_pages(judged_book)
    fields = [f for c in judged_book.plan.chapters if c.role == "programmes" for f in c.fields]
    assert list(pages) == [f"programmes/{field.id}" for field in fields]
    for field in fields:
        text = BeautifulSoup(pages[f"programmes/{field.id}"], "html.parser").get_text()
        assert f"# {field.name}" in text
        for measure in field.measures:
            assert measure.title in text
            assert text.count(measure.quote[-6:]) >= 1
