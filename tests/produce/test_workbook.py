from __future__ import annotations

import io
import math
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from planbook.present.notebook.opened import OpenBook
from planbook.present.say.rating_steps import rating_steps
from planbook.present.tables.task_tables import board_table
from planbook.produce.downloads import book_xlsx
from planbook.produce.downloads.book_xlsx import workbook_bytes
from planbook.produce.downloads.changes_csv import NAME, RATING_CHANGES, rating_changes
from planbook.produce.downloads.offer import safe_csv
from planbook.produce.downloads.project_reserve import reserve_sheets
from planbook.produce.downloads.sheet_model import Sheet, told
from planbook.produce.downloads.sheet_paper import SheetPaper, on_paper
from planbook.produce.downloads.task_board import board_sheets
from planbook.project_frames import PROJECTS
from planbook.run.pipeline import open_book
from planbook.task_frames import TaskState
from planbook.watch_frames import ACTIONS, ALERTS
from tests.present.watch_rows import action_row, alert_row
from tests.present_rows import project

NAMES = [
    *("目标", "数据", "达标可能性", "状态变化", "变化原因", "变化测算", "举措"),
    *("年度任务", "待核定任务", "重点项目", "预警", "督办事项", "数据质量", "说明"),
]
HEAD = 4


@pytest.fixture(scope="module", params=["demo", "live"])
def book(request: pytest.FixtureRequest) -> OpenBook:
    return open_book(request.param)


@pytest.fixture(scope="module")
def opened(book: OpenBook) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes(book)))


def column(sheet: Worksheet, head: str) -> list[object]:
    heads = [cell.value for cell in sheet[HEAD]]
    return [row[heads.index(head)].value for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_every_change_of_a_rating_has_a_row_in_the_sheet_and_in_the_file(
    opened: Workbook, book: OpenBook, tmp_path: Path
) -> None:
    steps = rating_steps(book)
    frame = rating_changes(book)
    (tmp_path / NAME).write_bytes(safe_csv(RATING_CHANGES, frame))
    assert RATING_CHANGES.read(tmp_path / NAME).equals(frame)
    told = [(step.now.id, str(step.edition), "、".join(step.differs)) for step in steps]
    assert list(frame[["goal_id", "edition", "differs"]].itertuples(index=False, name=None)) == told
    sheet = opened["状态变化"]
    shown = zip(*(column(sheet, h) for h in ("目标编号", "期号", "变化原因")), strict=True)
    assert [row for row in shown if row[0]] == told


def test_the_sheets_are_those_promised_and_each_says_what_it_is(
    opened: Workbook, book: OpenBook
) -> None:
    assert opened.sheetnames == NAMES
    for sheet in opened:
        assert sheet["A2"].value == book.dateline()
        warned = "示例数据" in str(sheet["A3"].value or "")
        assert warned is book.dataset.demonstration


def test_warnings_and_actions_say_what_the_page_says() -> None:
    book = open_book("demo")
    watched = replace(
        book,
        tables=replace(
            book.tables,
            alerts=ALERTS.frame([alert_row("outlier", action_ids="a1", unanswered=0)]),
            actions=ACTIONS.frame([action_row("a1", due_month="2026-06", overdue=True)]),
        ),
    )
    opened = load_workbook(io.BytesIO(workbook_bytes(watched)))
    alerts, actions = opened["预警"], opened["督办事项"]
    assert column(alerts, "预警") == ["异常波动"]
    assert column(alerts, "督办") == ["a1的任务（期限2026年6月，逾期）"]
    assert column(actions, "督办事项") == ["a1的任务"]
    assert column(actions, "状态") == ["尚未反馈"]
    assert column(actions, "逾期") == ["是"]


def test_the_workbook_to_hang_up_is_the_board_and_a_row_a_task_on_a3() -> None:
    book = open_book("demo")
    opened = load_workbook(io.BytesIO(workbook_bytes(book, board_sheets(book))))
    assert opened.sheetnames == ["打表", "任务清单"]
    board, tasks = opened["打表"], opened["任务清单"]
    for sheet in opened:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sheet.page_setup.fitToWidth in (1, None)  # one page wide is what Excel assumes
        assert sheet.page_setup.fitToHeight == 0
    shown = board_table(book)
    said = [[cell.said.replace("—", "") for cell in row] for g in shown.groups for row in g.rows]
    *rows, noted = [[str(c.value or "") for c in row] for row in board.iter_rows(min_row=HEAD + 1)]
    assert [row[:1] + row[4:] for row in rows] == [row[:1] + row[4:] for row in said]
    assert noted[0] == shown.note  # its place above says that the figures are made up
    for row in board.iter_rows(min_row=HEAD + 1, min_col=5, max_row=HEAD + len(said)):
        for cell in row:
            assert (cell.font.b, cell.font.sz) == ("逾期" in str(cell.value), 13)
    assert tasks.auto_filter.ref.endswith(str(HEAD + len(column(tasks, "年度任务")) - 1))
    assert column(board, "逾期")[-2] == sum(
        row.task_state is TaskState.OVERDUE for row in book.rows.tasks
    )
    by_task = dict(zip(column(tasks, "年度任务"), column(tasks, "12月"), strict=True))
    assert by_task["完成分拨中心一期场地交付"] == "临近到期"


def test_the_workbook_of_the_reserve_tells_stages_changes_and_every_project_on_a3() -> None:
    book = open_book("demo")
    rows = [
        project("p1", change="left", stage="left", left_reason="企业撤资", next_month=None),
        project("p2", overdue=True, slipped=3, first_next_month="2026-09", need="请协调"),
        project("p3", change="moved", stage="building", total_investment=None),
    ]
    book = replace(book, tables=replace(book.tables, projects=PROJECTS.frame(rows)))
    opened = load_workbook(io.BytesIO(workbook_bytes(book, reserve_sheets(book))))
    assert opened.sheetnames == ["分阶段", "本期变化", "项目清单"]
    assert {sheet.page_setup.paperSize for sheet in opened} == {8}
    stages, changes, listed = opened
    assert column(stages, "项目（个）")[:-1] == [0, 0, 1, 0, 1, 0, 2]
    assert column(stages, "总投资（亿元）")[:-1] == [None, None, 10, None, None, None, 10]
    assert "不能相加" in str(stages.cell(stages.max_row, 1).value)
    assert column(changes, "本期变化") == ["进阶", "退库"]
    assert column(changes, "原因") == ["", "企业撤资"]
    assert column(listed, "项目编号")[:3] == ["p1", "p2", "p3"]
    assert column(listed, "节点说明")[1] == "逾期，原定2026年9月，延期3个月"
    assert column(listed, "问题、需协调事项或退库原因")[:3] == [
        "企业撤资",
        "填报单位没有说明原因；需协调：请协调",
        "",
    ]
    assert column(listed, "领域")[:3] == ["软件信息"] * 3


def test_heads_are_frozen_and_filtered_and_repeat_on_paper(opened: Workbook) -> None:
    for sheet in opened:
        assert str(sheet.freeze_panes)[-1] == str(HEAD + 1)
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"
        if sheet.title != "说明":
            assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")


def printed_size(sheet: Worksheet) -> float:
    """Return the points of a sheet's letters on A4, and raise where a column is wider than it."""
    area = sheet.print_area.split("!")[-1].replace("$", "")
    last = range_boundaries(area)[2] if area else len(sheet[HEAD])
    like = sheet.column_dimensions.values()  # each of several columns that are equally wide
    columns = [(each.width, each.min or 0, each.max or 0) for each in like]
    widths = [
        width for width, first, end in columns for at in range(first, end + 1) if at <= (last or 0)
    ]
    assert len(widths) == last
    wide = sum(7 * width * 0.75 for width in widths)
    setup, margins = sheet.page_setup, sheet.page_margins
    assert setup.paperSize == 9
    side = 11.69 if setup.orientation == "landscape" else 8.27
    room = (side - margins.left - margins.right) * 72
    if not sheet.sheet_properties.pageSetUpPr.fitToPage:
        return 10 * (setup.scale or 100) / 100
    return 10 * min(1.0, room / wide)


def test_letters_on_a4_are_of_nine_points_at_least(opened: Workbook) -> None:
    for sheet in opened:
        assert printed_size(sheet) >= 9, sheet.title
        if sheet.print_title_cols is None:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title


def sheet_of(*widths: int, frozen: int = 0) -> Sheet:
    columns = [told(f"列{n}", width, str) for n, width in enumerate(widths)]
    return Sheet("表", "题目", columns, [1], "说明" * 90, frozen=frozen)


@pytest.mark.parametrize(
    ("widths", "wanted"),
    [
        ((30, 30), SheetPaper(9, landscape=False)),
        ((30,) * 4, SheetPaper(9, landscape=True)),
        ((40,) * 5, SheetPaper(9, landscape=True)),  # narrower, one page wide
        ((15,) * 12, SheetPaper(9, landscape=True, scale=90)),
    ],
)
def test_paper_is_chosen_by_width(widths: tuple[int, ...], wanted: SheetPaper) -> None:
    assert on_paper(sheet_of(*widths))[1] == wanted


def test_what_is_wider_than_paper_goes_on_beside_its_first_columns(book: OpenBook) -> None:
    made = workbook_bytes(book, [sheet_of(*(15,) * 12, frozen=2)])
    assert load_workbook(io.BytesIO(made)).active.print_title_cols == "$A:$B"


def test_a_note_longer_than_its_table_is_wide_is_broken(book: OpenBook) -> None:
    sheet = load_workbook(io.BytesIO(workbook_bytes(book, [sheet_of(9, 9)]))).active
    assert "A2:B2" in map(str, sheet.merged_cells.ranges)
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 3 * 15
    assert "A2:B2" not in map(
        str, load_workbook(io.BytesIO(workbook_bytes(book))).active.merged_cells.ranges
    )


def test_goals_are_the_verdicts(opened: Workbook, book: OpenBook) -> None:
    sheet, verdicts = opened["目标"], book.tables.verdicts
    assert column(sheet, "目标编号") == list(verdicts["goal_id"])
    for head, name in (("最新值", "latest_value"), ("进度比", "pace")):
        shown = [math.nan if value is None else value for value in column(sheet, head)]
        assert shown == pytest.approx(list(verdicts[name]), nan_ok=True)


def test_values_and_measures_are_complete(opened: Workbook, book: OpenBook) -> None:
    assert column(opened["数据"], "指标编号") == list(book.tables.observations["indicator_id"])
    assert column(opened["举措"], "举措编号") == list(book.tables.measures["measure_id"])
    assert len(column(opened["数据质量"], "期号")) == len(book.tables.submissions)


def test_a_share_is_a_number_shown_in_percent(opened: Workbook) -> None:
    sheet = opened["目标"]
    heads = [cell.value for cell in sheet[HEAD]]
    cell = sheet.cell(HEAD + 2, heads.index("序时进度") + 1)
    assert cell.number_format == "0.0%"


def test_no_cell_is_a_formula(opened: Workbook) -> None:
    for sheet in opened:
        for row in sheet.iter_rows():
            assert not [cell for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "＝1+1", "　－1"])
def test_a_text_that_looks_like_a_formula_stays_text_even_when_it_is_edited(
    text: str, book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = (told("甲", 10, lambda row: row[0]), told("乙", 10, lambda row: row[1]))
    sheet = Sheet("目标", "一", columns, ((text, "平常"),))
    monkeypatch.setattr(book_xlsx, "sheets", lambda _: (sheet,))
    read = load_workbook(io.BytesIO(workbook_bytes(book)))["目标"]
    risky, plain = read.cell(HEAD + 1, 1), read.cell(HEAD + 1, 2)
    assert (risky.value, risky.data_type) == (text, "s")
    assert risky.quotePrefix
    assert not plain.quotePrefix


def test_the_same_book_gives_the_same_bytes(book: OpenBook) -> None:
    assert workbook_bytes(book) == workbook_bytes(book)
