from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from planbook.collect.feedback.feedback_list import COLUMNS, literal
from planbook.collect.feedback.marked_copy import feedback_workbook
from planbook.collect.form.form import SignOff
from planbook.collect.form.form_style import DOUBTFUL, ENTRY, WRONG
from planbook.collect.layout import FEEDBACK_SHEET, MEASURES, META_SHEET, VALUES
from planbook.errors import Finding
from planbook.vocabulary import Severity
from tests.office import filled, read_bytes, workbook_bytes

WRONG_NUMBER = Finding(
    "not-a-number",
    Severity.ERROR,
    "「1O4.2」不是数字（应为不带单位的数值）。",
    sheet=VALUES.sheet,
    cell="G4",
    indicator_id="revenue",
    observed="1O4.2",
    remedy="改为数字后重新报送",
)
ODD_NUMBER = replace(
    WRONG_NUMBER, rule="implausible", severity=Severity.WARNING, cell="G5", indicator_id="firms"
)
BLANK = replace(
    ODD_NUMBER,
    rule="blank-status",
    sheet=MEASURES.sheet,
    cell="C4",
    expected="C4、C6",
    observed="2",
)
FIRST_FINDING = 5  # row of the list
DATA = workbook_bytes(filled(rows={"revenue": {"value": "1O4.2", "remark": "=1+1"}}))


def copy(*findings: Finding, data: bytes = DATA) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(feedback_workbook(data, findings)))


def listed(book: openpyxl.Workbook, row: int = FIRST_FINDING) -> dict[str, object]:
    """Return a row of the list by its headings."""
    sheet = book[FEEDBACK_SHEET]
    return {title: sheet.cell(row, n).value for n, (title, _) in enumerate(COLUMNS, start=1)}


def colour(book: openpyxl.Workbook, sheet: str, cell: str) -> str:
    return "#" + str(book[sheet][cell].fill.fgColor.rgb)[2:]


def test_a_bad_cell_is_coloured_and_says_what_is_wrong_and_what_to_do() -> None:
    book = copy(WRONG_NUMBER, ODD_NUMBER)
    assert colour(book, VALUES.sheet, "G4") == WRONG
    assert colour(book, VALUES.sheet, "G5") == DOUBTFUL
    comment = book[VALUES.sheet]["G4"].comment
    assert comment is not None
    assert comment.text == (
        "【核对意见】错误：不是数字\n「1O4.2」不是数字（应为不带单位的数值）。\n"
        "处理：改为数字后重新报送"
    )


def test_the_list_stands_in_front_and_errors_stand_first() -> None:
    book = copy(ODD_NUMBER, WRONG_NUMBER)
    assert book.sheetnames[0] == FEEDBACK_SHEET
    assert book.active is book[FEEDBACK_SHEET]
    assert [listed(book, row)["级别"] for row in (5, 6)] == ["错误", "提示"]
    assert book[FEEDBACK_SHEET]["A3"].value.startswith("错误 1 处，提示 1 处。")
    assert sum(bool(sheet.sheet_view.tabSelected) for sheet in book.worksheets) == 1


def test_a_row_of_the_list_names_the_indicator_and_leads_to_the_cell() -> None:
    book = copy(WRONG_NUMBER)
    row = listed(book)
    assert row["指标或举措"] == "营业收入"
    assert (row["工作表"], row["单元格"], row["填报内容"]) == (VALUES.sheet, "G4", "1O4.2")
    link = book[FEEDBACK_SHEET].cell(FIRST_FINDING, 4).hyperlink
    assert link is not None
    assert link.location == "'填报表'!G4"


def test_the_list_prints_on_landscape_a4() -> None:
    sheet = copy(WRONG_NUMBER)[FEEDBACK_SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0


def test_nothing_that_was_typed_is_changed() -> None:
    before, after = openpyxl.load_workbook(io.BytesIO(DATA)), copy(WRONG_NUMBER, ODD_NUMBER, BLANK)
    for sheet in before.worksheets:
        for row in sheet.rows:
            for cell in row:
                same = after[sheet.title][cell.coordinate]
                if sheet.title == META_SHEET and cell.value is None:  # where the copy's mark stands
                    continue
                assert (same.value, same.data_type) == (cell.value, cell.data_type)
                assert same.number_format == cell.number_format


def test_lists_ranges_locks_and_layout_stay_as_they_were() -> None:
    before, after = openpyxl.load_workbook(io.BytesIO(DATA)), copy(WRONG_NUMBER)
    for sheet in before.worksheets:
        same = after[sheet.title]
        assert len(same.data_validations.dataValidation) == len(
            sheet.data_validations.dataValidation
        )
        assert len(same.conditional_formatting) == len(sheet.conditional_formatting)
        assert same.protection.sheet == sheet.protection.sheet
        assert same.print_title_rows == sheet.print_title_rows
        assert same.freeze_panes == sheet.freeze_panes
        assert same.sheet_state == sheet.sheet_state
    assert "revisable" in after.defined_names


def test_a_copy_can_be_sent_again_and_reads_the_same() -> None:
    read = read_bytes(feedback_workbook(DATA, read_bytes(DATA).findings))
    assert read.values == read_bytes(DATA).values
    assert read.findings == read_bytes(DATA).findings


def test_marks_of_an_earlier_copy_are_taken_off() -> None:
    again = copy(ODD_NUMBER, data=feedback_workbook(DATA, [WRONG_NUMBER]))
    assert again.sheetnames.count(FEEDBACK_SHEET) == 1
    assert again[VALUES.sheet]["G4"].comment is None
    assert colour(again, VALUES.sheet, "G4") == ENTRY
    assert colour(again, VALUES.sheet, "G5") == DOUBTFUL


def test_a_note_of_the_departments_own_stays() -> None:
    book = openpyxl.load_workbook(io.BytesIO(DATA))
    book[VALUES.sheet]["G4"].comment = openpyxl.comments.Comment("见附件", "某人")
    buffer = io.BytesIO()
    book.save(buffer)
    once = feedback_workbook(buffer.getvalue(), [WRONG_NUMBER])
    comment = copy(WRONG_NUMBER, data=once)[VALUES.sheet]["G4"].comment
    assert comment is not None
    assert comment.text.startswith("见附件\n【核对意见】")
    assert comment.text.count("【核对意见】") == 1


def test_two_findings_on_a_cell_are_both_told_and_the_error_gives_the_colour() -> None:
    book = copy(replace(ODD_NUMBER, cell="G4"), WRONG_NUMBER)
    text = book[VALUES.sheet]["G4"].comment.text
    assert text.index("错误：") < text.index("提示：")
    assert colour(book, VALUES.sheet, "G4") == WRONG


def test_each_blank_status_is_marked() -> None:
    book = copy(BLANK)
    assert colour(book, MEASURES.sheet, "C4") == colour(book, MEASURES.sheet, "C6") == DOUBTFUL
    assert colour(book, MEASURES.sheet, "C5") == ENTRY


def test_a_finding_on_a_hidden_id_is_marked_at_the_name() -> None:
    book = copy(replace(WRONG_NUMBER, cell="A4"))
    assert book[VALUES.sheet]["A4"].comment is None
    assert book[VALUES.sheet]["C4"].comment is not None


def test_a_finding_in_merged_cells_is_marked_at_their_first() -> None:
    book = openpyxl.load_workbook(io.BytesIO(DATA))
    book[VALUES.sheet].merge_cells("G4:G5")
    buffer = io.BytesIO()
    book.save(buffer)
    marked = copy(ODD_NUMBER, data=buffer.getvalue())
    assert colour(marked, VALUES.sheet, "G4") == DOUBTFUL


def test_a_hidden_sheet_is_not_linked_to() -> None:
    book = copy(replace(WRONG_NUMBER, sheet=META_SHEET, cell="B1"))
    assert book[FEEDBACK_SHEET].cell(FIRST_FINDING, 4).hyperlink is None


def test_peoples_names_are_not_listed_as_indicators() -> None:
    form = replace(filled(), sign_off=SignOff(head="张三"))
    unsigned = replace(WRONG_NUMBER, rule="unsigned", cell="G9", indicator_id="")
    book = copy(unsigned, data=workbook_bytes(form))
    texts = [str(cell.value) for row in book[FEEDBACK_SHEET].rows for cell in row]
    assert not [text for text in texts if "张三" in text]


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t"])
def test_a_text_that_could_be_a_formula_is_listed_as_text(mark: str) -> None:
    text = f"{mark}HYPERLINK(1)"
    book = copy(replace(WRONG_NUMBER, observed=text, message=text, expected=text))
    for heading in ("填报内容", "问题", "应为"):
        assert str(listed(book)[heading]).startswith("'")


@pytest.mark.parametrize("text", ["3.2", "-8.3", "+1,200.5", "-3.2%", "甲=乙", ""])
def test_a_text_that_is_no_formula_is_listed_as_it_is(text: str) -> None:
    assert literal(text) == text


def test_a_formula_that_begins_like_a_number_is_not_taken_for_one() -> None:
    assert literal("-1+cmd") == "'-1+cmd"


def test_what_only_analysts_can_do_is_not_asked_of_departments() -> None:
    book = copy(replace(WRONG_NUMBER, remedy="改为数字；若无法更正，在 corrections.yaml 中声明"))
    assert listed(book)["处理办法"] == "改为数字"


def test_findings_are_listed_by_sheet_row_and_column() -> None:
    cells = [("举措", "C4"), ("填报表", "H4"), ("填报表", "G10"), ("填报表", "G4"), ("", "")]
    book = copy(*(replace(ODD_NUMBER, sheet=sheet, cell=cell) for sheet, cell in cells))
    found = [listed(book, row)["单元格"] for row in range(5, 10)]
    assert found == [None, "G4", "H4", "G10", "C4"]


@pytest.mark.parametrize(
    "data", [b"", b"not a workbook", DATA[:2000], bytes.fromhex("d0cf11e0a1b11ae1")]
)
def test_of_a_file_that_cannot_be_opened_only_the_list_is_made(data: Any) -> None:
    unreadable = Finding("unreadable", Severity.ERROR, "无法读取这个文件：不是 Excel 工作簿。")
    book = copy(unreadable, data=data)
    assert book.sheetnames == [FEEDBACK_SHEET]
    assert listed(book)["问题"] == "无法读取这个文件：不是 Excel 工作簿。"


def test_a_workbook_that_reads_but_does_not_open_still_gets_its_list() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DATA)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b"<fonts", b"<fonts count='x'").replace(b"cellXfs", b"cellX")
            target.writestr(name, part)
    assert copy(WRONG_NUMBER, data=buffer.getvalue()).sheetnames[0] == FEEDBACK_SHEET


def test_findings_on_what_is_not_there_are_still_listed() -> None:
    book = copy(replace(WRONG_NUMBER, sheet="别的表", cell="Z9"), replace(WRONG_NUMBER, cell=""))
    assert [listed(book, row)["序号"] for row in (5, 6)] == [1, 2]


def test_the_same_findings_give_the_same_bytes() -> None:
    assert feedback_workbook(DATA, [WRONG_NUMBER]) == feedback_workbook(DATA, [WRONG_NUMBER])
    assert b"modified" not in zipfile.ZipFile(
        io.BytesIO(feedback_workbook(DATA, [WRONG_NUMBER]))
    ).read("docProps/core.xml")
