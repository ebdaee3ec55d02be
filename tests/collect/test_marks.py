from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from planbook.collect.layout import FEEDBACK_SHEET
from planbook.collect.xlsx.marks import read_marks
from planbook.collect.xlsx.number_formats import is_percent
from planbook.collect.xlsx.package import Refused, repacked, xml_parts
from planbook.collect.xlsx.raw_cells import read_workbook


def written(fill: Any) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(book, book.add_worksheet("表"))
    book.close()
    return buffer.getvalue()


def marks_of(fill: Any) -> Any:
    return read_marks(xml_parts(written(fill)))["表"]


def test_an_error_is_marked_with_its_name() -> None:
    marks = marks_of(lambda book, sheet: sheet.write_formula("B2", "=1/0", None, "#DIV/0!"))
    assert marks.errors == {"B2": "#DIV/0!"}
    assert marks.formulas == {"B2"}


def test_percent_formats_are_marked_built_in_or_own() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, form in enumerate(["0%", "0.00%", "#,##0.0%", '0.0"%"', "0.0", "General"]):
            sheet.write_number(row, 0, 0.5, book.add_format({"num_format": form}))

    formats = marks_of(fill).formats
    assert {cell for cell, code in formats.items() if is_percent(code, 0.5)} == {"A1", "A2", "A3"}


def test_hidden_rows_and_merged_cells_are_marked() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_string("A3", "x")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(4, 0.5)
        sheet.merge_range("A5:B6", "y")

    marks = marks_of(fill)
    assert marks.hidden_rows == {3, 5}
    (merged,) = marks.merged
    assert merged.ref == "A5:B6"
    inside = list(merged.cells)
    assert inside == [(4, 0), (4, 1), (5, 0), (5, 1)]


def test_merged_ranges_that_lie_on_each_other_over_and_over_are_refused() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.merge_range("A1:B2", "y")))
    sheet, once = "xl/worksheets/sheet1.xml", b'<mergeCell ref="A1:B2"/>'
    assert once in parts[sheet]
    everywhere = once.replace(b"A1:B2", b"A1:CV2000")
    whole = {**parts, sheet: parts[sheet].replace(once, everywhere)}
    assert len(read_marks(whole)["表"].merged_cells) == 200_000
    with pytest.raises(Refused, match="重叠"):
        read_marks({**parts, sheet: parts[sheet].replace(once, 2 * everywhere)})


def test_formats_that_show_another_number_are_marked() -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, form in enumerate(['0.0"万元"', "#,##0,", "0.0", "0%"]):
            sheet.write_number(row, 0, 0.5, book.add_format({"num_format": form}))

    assert marks_of(fill).formats == {"A1": '0.0"万元"', "A2": "#,##0,", "A3": "0.0", "A4": "0%"}


def test_struck_out_raised_and_white_characters_are_marked() -> None:
    def fill(book: Any, sheet: Any) -> None:
        plain = book.add_format()
        strike, raised = book.add_format({"font_strikeout": True}), book.add_format()
        raised.set_font_script(1)
        white = book.add_format({"font_color": "#FFFFFF"})
        on_dark = book.add_format({"font_color": "#FFFFFF", "bg_color": "#1F4E79"})
        on_pale = book.add_format({"font_color": "#FFFFFF", "bg_color": "#FFF6CC"})
        for row, style in enumerate([plain, strike, raised, white, on_dark, on_pale]):
            sheet.write_number(row, 0, 44.73, style)
        sheet.write_rich_string("B1", strike, "4", plain, "44.73")
        sheet.write_rich_string("B2", "44.73", raised, "2", plain)
        sheet.write_rich_string("B3", book.add_format({"bold": True}), "44", plain, ".73")

    assert marks_of(fill).looks == {
        "A2": "删除线",
        "A3": "上标",
        "A4": "白色字",
        "A6": "白色字",
        "B1": "删除线",
        "B2": "上标",
    }


def test_runs_written_into_the_cell_are_marked_too() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    run = b"<r><rPr><strike%s/></rPr><t>4</t></r><r><t>44.73</t></r>"
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><row>%s%s</row></worksheet>" % tuple(
        b'<c t="inlineStr"><is>' + run % off + b"</is></c>" for off in (b"", b' val="0"')
    )
    assert read_marks(parts)["表"].looks == {"A1": "删除线"}


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#GETTING_DATA"])
def test_an_error_of_a_newer_program_is_marked_and_the_rest_is_read(error: str) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("B2", "=1", None, "#N/A")
        sheet.write_number("B3", 5)

    parts = xml_parts(written(fill))
    part = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = part.replace(b"#N/A", error.encode())
    sheet = read_workbook(repacked(parts), ["表"]).sheets["表"]
    assert sheet.marks.errors == {"B2": error}
    assert (sheet.at(1, 1), sheet.at(2, 1)) == ("", 5)


def test_notes_are_marked_but_for_those_of_the_feedback() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_comment("B2", "口径变了", {"author": "某人"})
        sheet.write_comment("C3", "请核对", {"author": FEEDBACK_SHEET})

    assert marks_of(fill).notes == {"B2"}


def test_a_cell_far_out_is_refused_before_it_costs_memory() -> None:
    data = written(lambda _, sheet: sheet.write_number("XFD1048576", 1))
    with pytest.raises(Refused) as refused:
        read_workbook(data, ["表"])
    assert refused.value.rule.id == "oversized"
    assert refused.value.observed == "工作表「表」用到了 XFD1048576"


@pytest.mark.parametrize(
    "part",
    [
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b'<worksheet><row r="x"/></worksheet>',
        b'<worksheet><c r="1A"/></worksheet>',
        b'<?xml version="1.0" encoding="UTF-9"?><worksheet/>',
        b"",
    ],
)
def test_damaged_or_cunning_xml_is_refused_or_empty(part: bytes) -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    parts["xl/worksheets/sheet1.xml"] = part
    if part:
        with pytest.raises(Refused):
            read_marks(parts)
    else:
        assert read_marks(parts)["表"].errors == {}


def test_cells_without_an_address_follow_each_other() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet><row><c/><c t="e"><v>#N/A</v></c></row><row><c t="e"><v>#REF!</v></c></row>'
        b"</worksheet>"
    )
    assert read_marks(parts)["表"].errors == {"B1": "#N/A", "A2": "#REF!"}


def test_raw_cells_keep_their_addresses_and_nothing_is_guessed() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_string("C4", "007")
        sheet.write_string("D4", "1E5")

    sheet = read_workbook(written(fill), ["表"]).sheets["表"]
    assert (sheet.at(3, 2), sheet.at(3, 3)) == ("007", "1E5")
    assert sheet.at(0, 0) == sheet.at(99, 99) == ""


def test_only_the_sheets_asked_for_are_read() -> None:
    book = read_workbook(written(lambda book, _: book.add_worksheet("二")), ["二", "三"])
    assert list(book.sheets) == ["二"]
    assert book.names == ("表", "二")


def test_endless_elements_are_refused_before_they_cost_time() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b"<row/>" * 600_000 + b"</worksheet>"
    with pytest.raises(Refused) as refused:
        read_marks(parts)
    assert refused.value.rule.id == "oversized"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><v>32<!-- --></v></c><c r="A1"><v>9</v></c>',
        '<c r="A1"><v>32</v><v>1.5</v></c>',
        '<c r="A1"><v>32<!-- -->1.5</v></c>',
        '<c r="A1"><v>32<?a b?>1.5</v></c>',
        '<c r="A1"><v><![CDATA[321.5]]></v></c>',
        '<c r="A1"><v>&#51;21.5</v></c>',
    ],
)
def test_a_cell_that_programs_read_differently_refuses_the_workbook(cell: str) -> None:
    parts = xml_parts(_one_number())
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b'<c r="A1"><v>321.5</v></c>' in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="A1"><v>321.5</v></c>', cell.encode())
    with pytest.raises(Refused, match="损坏"):
        read_workbook(repacked(parts), ("数",))


def test_a_plain_number_is_read_as_it_is_written() -> None:
    assert read_workbook(_one_number(), ("数",)).sheets["数"].at(0, 0) == 321.5


def _one_number() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("数").write_number(0, 0, 321.5)
    return buffer.getvalue()


def test_ink_in_the_colour_of_its_cell_and_tiny_writing_are_marked() -> None:
    def fill(book: Any, sheet: Any) -> None:
        looks = [
            {"font_color": "#FFF6CC", "bg_color": "#FFF6CC"},
            {"font_color": "#FFF0CC", "bg_color": "#FFF6CC"},
            {"font_color": "#1F4E79", "bg_color": "#1F4E79"},
            {"bg_color": "#000000"},
            {"font_color": "#C0392B", "bg_color": "#FFF6CC"},
            {"font_size": 3.5},
            {"font_size": 4},
        ]
        for row, look in enumerate(looks):
            sheet.write_number(row, 0, 44.73, book.add_format(look))
        tiny, white = book.add_format({"font_size": 1}), book.add_format({"font_color": "#FFFFFF"})
        sheet.write_rich_string("B1", tiny, "4", "44.73")
        sheet.write_rich_string("B2", white, "4", "44.73")

    same = "与底色相同的字"
    assert marks_of(fill).looks == {
        **{"A1": same, "A2": same, "A3": same, "A4": same, "A6": "小于 4 磅的字"},
        **{"B1": "小于 4 磅的字", "B2": "白色字"},
    }


def test_colours_of_the_theme_and_of_the_palette_are_told_too() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    colours = (
        ('theme="4"', 'theme="4"'),
        ('theme="4"', 'theme="4" tint="0.5"'),
        ('indexed="13"', 'rgb="FFFFFF00"'),
    )
    fonts = "".join(f"<font><color {ink}/></font>" for ink, _ in colours)
    fills = "".join(
        f'<fill><patternFill patternType="solid"><fgColor {paper}/></patternFill></fill>'
        for _, paper in colours
    )
    xfs = "".join(f'<xf fontId="{n}" fillId="{n}"/>' for n in range(len(colours)))
    parts["xl/styles.xml"] = (
        f"<styleSheet><fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{xfs}</cellXfs>"
        "</styleSheet>"
    ).encode()
    cells = "".join(f'<c s="{n}"><v>1</v></c>' for n in range(len(colours)))
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet><row>{cells}</row></worksheet>".encode()
    assert list(read_marks(parts)["表"].looks) == ["A1", "C1"]


def conditional(book: Any, sheet: Any, cell: Any, **look: Any) -> None:
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format(look)}
    sheet.conditional_format(cell, rule)


def test_a_condition_that_hides_what_a_cell_holds_is_marked_at_its_cells() -> None:
    def fill(book: Any, sheet: Any) -> None:
        yellow = book.add_format({"bg_color": "#FFF6CC"})
        for row in range(8):
            sheet.write_number(row, 0, 44.73, yellow)
        conditional(book, sheet, "A1", font_color="#FFFFFF")
        conditional(book, sheet, "A2:C2", font_color="#FFF6CC")
        conditional(book, sheet, "A3", bg_color="#000000")
        conditional(book, sheet, "A4", font_strikeout=True)
        conditional(book, sheet, "A5", font_color="#C0392B", bold=True)
        conditional(book, sheet, "A6", font_color="#FFFFFF", bg_color="#C00000")
        conditional(book, sheet, "A7:A8", num_format='0.0,"万"')
        bar = {"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}
        sheet.conditional_format("A8", bar)

    marks = marks_of(fill)
    assert marks.looks == dict.fromkeys(("A1", "A2", "A3", "A4", "A8"), "改变显示的条件格式")
    assert marks.conditional == {"A7": ['0.0,"万"'], "A8": ['0.0,"万"']}


def test_a_condition_that_newer_programs_write_is_marked_too() -> None:
    parts = xml_parts(written(lambda _, sheet: sheet.write_number("A1", 1)))
    sheet = "xl/worksheets/sheet1.xml"
    extension = b"""<extLst><ext><conditionalFormattings><conditionalFormatting><cfRule><f>A1</f>
        <dxf><font><color rgb="FFFFFFFF"/></font></dxf></cfRule><sqref>A1:B2</sqref>
        </conditionalFormatting></conditionalFormattings></ext></extLst></worksheet>"""
    parts[sheet] = parts[sheet].replace(b"</worksheet>", extension)
    marks = read_marks(parts)["表"]
    assert (marks.looks, marks.formulas) == ({"A1": "改变显示的条件格式"}, set())


def test_conditions_over_whole_sheets_again_and_again_are_refused() -> None:
    def fill(times: int) -> Any:
        def cover(book: Any, sheet: Any) -> None:
            for last in range(times):
                conditional(book, sheet, f"A1:XFD{1048576 - last}", font_color="#FFFFFF")

        return cover

    assert marks_of(fill(2)).looks == {}
    with pytest.raises(Refused, match="条件格式过多"):
        marks_of(fill(11))


def test_hidden_columns_are_marked() -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_number("A1", 1)
        sheet.set_column("B:C", None, None, {"hidden": True})
        sheet.set_column("E:E", 0.1)

    assert marks_of(fill).hidden_columns == {1, 2, 4}
