from collections.abc import Callable
from dataclasses import replace

from planbook.frames import HISTORY
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.fragments import fragments, on_paper
from planbook.present.say.edition_states import correction_notice
from planbook.present.tables.edition_tables import (
    edition_corrections_table,
    edition_counts_table,
    method_changes_table,
    record_table,
    steps_table,
)
from planbook.present.tables.goal_record import history_table
from planbook.present.tables.table import Table
from planbook.vocabulary import Rating
from tests.present.edition_rows import (
    book_of,
    correction_row,
    edition_row,
    history_of,
    method_change,
)
from tests.present_rows import LEVEL

MakeBook = Callable[..., OpenBook]
PUBLISHED = {"released": "2026-07-28"}


def said(table: Table) -> list[list[str]]:
    return [[cell.said for cell in row] for group in table.groups for row in group.rows]


def test_every_goal_is_counted_in_every_edition(judged_book: OpenBook) -> None:
    rows = said(edition_counts_table(judged_book))
    goals = len(judged_book.views)
    assert len(rows) == len(set(judged_book.tables.history["edition"]))
    for row in rows:
        numbers = [0 if cell == "—" else int(cell) for cell in row[1:]]
        assert numbers[-1] == sum(numbers[:-1]) == goals


def test_the_record_says_where_each_edition_stands(make_book: MakeBook) -> None:
    rows = [
        edition_row("2025-Q4"),
        edition_row("2026-Q1", "已撤回", released="2026-04-28", reason="数据来源有误。"),
        edition_row("2026-Q2", "已更正", **PUBLISHED),
        edition_row(
            "2026-Q2.1", "已发布", released="2026-08-03", corrects="2026-Q2", reason="漏报"
        ),
        edition_row("2026-Q3", "编制中", reason="示例数据从这一期起发布"),
    ]
    told = {row[0]: row[1:4] for row in said(record_table(book_of(make_book, editions=rows)))}
    assert told == {
        "2025年四季度": ["未发布", "—", "—"],
        "2026年一季度": ["已撤回", "2026年4月28日", "数据来源有误"],
        "2026年二季度": ["已更正", "2026年7月28日", "由2026年二季度（更正1）更正"],
        "2026年二季度（更正1）": ["已发布", "2026年8月3日", "更正2026年二季度；漏报"],
        "2026年三季度": ["本期", "—", "—"],
    }
    assert next(iter(told)) == "2026年三季度"
    assert record_table(book_of(make_book, editions=rows)).note == (
        "未发布：本书没有这一期的发布记录，其判定按当时已有的数据算出，供各期比较。"
    )
    assert record_table(book_of(make_book, editions=rows[1:])).note == ""


def test_the_record_counts_changes_of_ratings(make_book: MakeBook, plan: Plan) -> None:
    told = (("2026-Q2", {"rating": "滞后"}), ("2026-Q3", {"rating": "达序时"}))
    book = book_of(make_book, history=history_of(plan, LEVEL, *told))
    assert said(record_table(book))[0][4:] == ["—", "1", "—", "—"]
    (row,) = said(steps_table(book))
    assert row[1:3] == ["滞后", "达序时"]
    assert steps_table(book).groups[0].heading == "2026年三季度（好转1项）"


def test_nothing_that_changed_is_said_in_a_sentence(make_book: MakeBook) -> None:
    book = book_of(make_book)
    assert "各期之间没有状态变化" in steps_table(book).html()
    assert "至今没有方法变更" in method_changes_table(book).html()
    assert "本期不是更正版" in edition_corrections_table(book).html()
    assert correction_notice(book) == ""
    assert fragments(book)["correction.md"] == ""


def corrected(make_book: MakeBook, plan: Plan) -> OpenBook:
    own = edition_row("2026-Q3", "编制中", corrects="2026-Q2", reason="填报表有误。")
    limit = method_change("thresholds.on_course", "0.95", "0.97")
    only = method_change("green-loans.target", "100", "120", goal_id="green-loans")
    row = correction_row(
        LEVEL,
        plan,
        what="最新值、状态",
        value_before=97.0,
        value_after=102.0,
        rating_before="滞后",
        rating_after="达序时",
        reason="a.xlsx：补报；方法变更：thresholds.on_course；方法变更：green-loans.target",
    )
    return book_of(
        make_book,
        editions=[edition_row("2026-Q2", "已发布", **PUBLISHED), own],
        corrections=[row],
        methods=[limit, only],
    )


def test_a_correction_edition_says_what_it_corrects(make_book: MakeBook, plan: Plan) -> None:
    book = corrected(make_book, plan)
    assert correction_notice(book) == (
        "本书为更正版，更正2026年二季度。更正原因：填报表有误。与2026年二季度相比，1项目标的内容有更正。"
    )
    table = edition_corrections_table(book)
    assert table.caption == "与2026年二季度相比的更正"
    name = plan.goal(LEVEL).name
    assert said(table) == [
        [
            name,
            "97家",
            "102家",
            "滞后",
            "达序时",
            "最新值、状态",
            "a.xlsx：补报；方法变更：达序时的下限",
        ]
    ]
    assert f'href="goals/{LEVEL}.html"' in fragments(book)["correction.md"]


def test_a_correction_without_differences_says_so(make_book: MakeBook) -> None:
    own = edition_row("2026-Q3", "编制中", corrects="2026-Q2")
    book = book_of(make_book, editions=[edition_row("2026-Q2", "已发布", **PUBLISHED), own])
    assert "各项目标的数值和状态没有不同" in correction_notice(book)
    assert "各项目标与2026年二季度没有不同" in edition_corrections_table(book).html()


def test_changes_of_method_stand_on_the_page_of_methods_too(
    make_book: MakeBook, plan: Plan
) -> None:
    book = corrected(make_book, plan)
    assert on_paper(book)["method_changes"] == method_changes_table(book)
    loans = plan.goal("green-loans").name
    told = {row[0]: row[2:] for row in said(method_changes_table(book))}
    assert told[f"{loans}：目标值"] == ["100", "120", loans]
    assert told["达序时的下限"][:2] == ["0.95", "0.97"]


def history_book(make_book: MakeBook, plan: Plan, goal: str = LEVEL) -> OpenBook:
    told = [(f"2026-Q{n}", {"rating": str(Rating.BEHIND)}) for n in (1, 2, 3)]
    editions = [
        edition_row("2026-Q1", "已撤回", released="2026-04-28"),
        edition_row("2026-Q2", "已清除", **PUBLISHED),
        edition_row("2026-Q3", "编制中"),
    ]
    return book_of(make_book, history=history_of(plan, goal, *told), editions=editions)


def test_a_goals_history_says_where_its_editions_stand(make_book: MakeBook, plan: Plan) -> None:
    for goal in (LEVEL, "green-sorting-centre"):
        book = history_book(make_book, plan, goal)
        rows = said(history_table(book, book.views[goal]))
        assert [row[1] for row in rows] == [
            "本期",
            "已清除（2026年7月28日）",
            "已撤回（2026年4月28日）",
        ]


def test_only_a_publication_leads_to_other_editions_that_can_be_read(
    make_book: MakeBook, plan: Plan
) -> None:
    book = history_book(make_book, plan)
    view = book.views[LEVEL]
    assert "href" not in history_table(book, view).html()
    links = [
        row[1].link for row in history_table(replace(book, publication=True), view).groups[0].rows
    ]
    assert links == ["", "", f"../../2026-Q1/goals/{LEVEL}.html"]


def test_a_correction_leads_to_what_it_corrects(make_book: MakeBook, plan: Plan) -> None:
    book = corrected(make_book, plan)
    history = HISTORY.frame(history_of(plan, LEVEL, ("2026-Q3", {"rating": "滞后"})))
    book = OpenBook(
        plan,
        type(book.tables)(**{**vars(book.tables), "history": history}),
        book.dataset,
        book.edition,
    )
    cell = history_table(replace(book, publication=True), book.views[LEVEL]).groups[0].rows[0][1]
    assert (cell.text, cell.link) == ("本期，更正2026年二季度", f"../../2026-Q2/goals/{LEVEL}.html")


def test_before_anything_is_published_history_does_not_speak_of_it(judged_book: OpenBook) -> None:
    view = next(iter(judged_book.views.values()))
    heads = [column.head for column in history_table(judged_book, view).columns]
    assert "状况" not in heads
