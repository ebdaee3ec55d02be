"""The blank spreadsheet that a plan is written into, with notes, lists to choose from and examples.

It looks like the workbooks that departments fill in: yellow is to be filled in, grey is to be read.
"""

from __future__ import annotations

import datetime as dt
import io

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from planbook.collect.form.form_style import (
    BASE,
    BOXED,
    ENTRY,
    HEAD,
    LINE_HEIGHT,
    MUTED,
    PAPER,
    REFERENCE,
    TITLE,
    Styles,
    lines_needed,
)
from planbook.collect.form.growing_sheet import GrowingSheet
from planbook.collect.layout import address
from planbook.run.starting.listed import (
    ABOUT,
    EXAMPLE,
    MARK,
    NOTE,
    TABLES,
    Asked,
    ListSheet,
)

NAME = "目标清单.xlsx"
ROWS = 300  # to fill in; more may follow below
_TOP = 3  # rows above the notes: title, what the sheet is for, headings
_TABS = dict(
    zip(
        (table.name for table in TABLES),
        ("#5B6770", "#2E7D6B", HEAD, "#B7791F", "#6B4E9B"),
        strict=True,
    )
)
_A4 = 9
_ON_ONE_PAGE = 12  # columns that can be read on a page
_LONGEST_LIST = 255  # characters that Excel takes in a list of words
_HOW = (
    (
        "怎么填",
        "依次填「方案」「单位」「领域」「目标」「举措」；统计范围不止一个的，先填「口径」。黄色格填写，灰色格是说明和示例。",
    ),
    ("示例行", "「行」一列写着「示例」的不读取。可以照着填，也可以删去。"),
    (
        "增删行列",
        "可以插入、删除行；列的先后可以调换，表头的文字不要改。自己的备注写在另外的工作表。",
    ),
    (
        "编号",
        "都可以不填，自动编为 unit-01、goal-01 等。编号是网页地址和文件名的一部分，"
        "用起来以后不宜再改。",
    ),
    (
        "然后",
        f"保存，运行 python -m planbook new 新文件夹 --from {NAME}。有错的，逐处列出工作表、"
        "单元格、问题和改法，什么都不写；没有错的，建成新文件夹，按其中的 README.md 继续。",
    ),
    ("以后要改", "新文件夹建成以后，改其中的 data/plan，不再改这份清单。"),
)


def template_bytes(rows: int = ROWS) -> bytes:
    """Return the template as the bytes of an ``.xlsx`` file; always the same ones.

    Each table has `rows` rows to fill in.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": "目标清单", "created": dt.datetime(2026, 1, 1)})
    book.set_size(2400, 1400)
    styles = Styles(book)
    _write_about(book, styles)
    for table in TABLES:
        _write_table(book, styles, table, rows)
    _write_how(book, styles)
    book.close()
    return buffer.getvalue()


def _begin(book: Workbook, styles: Styles, name: str, about: str, colour: str) -> GrowingSheet:
    sheet: GrowingSheet = book.add_worksheet(name, worksheet_class=GrowingSheet)
    sheet.write_string(0, 0, f"目标清单  {name}", styles.get(TITLE))
    sheet.write_string(1, 0, about, styles.get(BASE))
    sheet.set_row(0, 32)
    sheet.set_row(1, 22)
    sheet.set_tab_color(colour)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.65)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&9第 &P 页／共 &N 页", {"margin": 0.3})
    return sheet


def _heading(styles: Styles, sheet: Worksheet, row: int, column: int, text: str) -> None:
    look = styles.get(BOXED, bold=True, align="center", bg_color=HEAD, font_color=PAPER)
    sheet.write_string(row, column, text, look)


def _write_about(book: Workbook, styles: Styles) -> None:
    sheet = _begin(book, styles, ABOUT.name, ABOUT.about, "#8E44AD")
    widths = (18, 46, 52, 34)
    for column, (text, width) in enumerate(zip(("项目", "填写", NOTE, "例"), widths, strict=True)):
        sheet.set_column(column, column, width)
        _heading(styles, sheet, 2, column, text)
    grey = styles.get(BOXED, bg_color=REFERENCE, font_color=MUTED, font_size=9)
    for row, asked in enumerate(ABOUT.asked, start=_TOP):
        sheet.write_string(row, 0, _title(asked), styles.get(BOXED, bold=asked.required))
        sheet.write_blank(row, 1, None, styles.get(BOXED, bg_color=ENTRY, num_format="@"))
        sheet.write_string(row, 2, asked.note, grey)
        sheet.write_string(row, 3, asked.example, grey)
        told = zip((asked.note, asked.example), widths[2:], strict=True)
        lines = max(lines_needed(text, width) for text, width in told)
        sheet.grow_from(row, LINE_HEIGHT * lines + 7)
        _guard(sheet, asked, row, row, 1)
    sheet.freeze_panes(_TOP, 1)
    last = _TOP + len(ABOUT.asked) - 1
    sheet.ignore_errors({"number_stored_as_text": f"B{_TOP + 1}:B{last + 1}"})


def _write_table(book: Workbook, styles: Styles, table: ListSheet, rows: int) -> None:
    sheet = _begin(book, styles, table.name, table.about, _TABS[table.name])
    sheet.set_column(0, 0, 6)
    _heading(styles, sheet, 2, 0, MARK)
    grey = styles.get(BOXED, bg_color=REFERENCE, font_color=MUTED, font_size=9, valign="top")
    shown = styles.get(BOXED, bg_color=REFERENCE, font_color=MUTED, num_format="@")
    sheet.write_string(_TOP, 0, NOTE, grey)
    sheet.write_string(_TOP + 1, 0, EXAMPLE, shown)
    first, last = _TOP + 2, _TOP + 1 + rows
    for column, asked in enumerate(table.asked, start=1):
        sheet.set_column(column, column, asked.width)
        _heading(styles, sheet, 2, column, _title(asked))
        sheet.write_string(_TOP, column, asked.note, grey)
        sheet.write_string(_TOP + 1, column, asked.example, shown)
        numeric = asked.reads in ("number", "whole")
        look = styles.get(BOXED, bg_color=ENTRY, num_format="General" if numeric else "@")
        for row in range(first, last + 1):
            sheet.write_blank(row, column, None, look)
        _guard(sheet, asked, first, last, column)
    for row in range(first, last + 1):
        sheet.write_blank(row, 0, None, styles.get(BOXED))
    sheet.set_row(2, LINE_HEIGHT * max(lines_needed(_title(a), a.width) for a in table.asked) + 6)
    for row, key in ((_TOP, "note"), (_TOP + 1, "example")):
        lines = max(lines_needed(getattr(asked, key), asked.width) for asked in table.asked)
        sheet.set_row(row, (LINE_HEIGHT - 2) * lines + 8)
    sheet.freeze_panes(_TOP, 3)
    sheet.repeat_rows(0, 2)
    if len(table.asked) > _ON_ONE_PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, 2)
    corners = f"{address(_TOP, 1)}:{address(last, len(table.asked))}"
    sheet.ignore_errors({"number_stored_as_text": corners})


def _guard(sheet: Worksheet, asked: Asked, first: int, last: int, column: int) -> None:
    """Offer what may be written, and say what is meant."""
    words = list(asked.choices)
    rule: dict[str, object] = {"validate": "any"}
    if words and len(",".join(words)) <= _LONGEST_LIST:
        rule = {"validate": "list", "source": words}
    elif asked.listed_in:
        below = f"${_TOP + 3}:$B${last + 1}"
        rule = {"validate": "list", "source": f"={asked.listed_in}!$B{below}"}
    sheet.data_validation(
        first,
        column,
        last,
        column,
        {
            **rule,
            "input_title": asked.title,
            "input_message": asked.note[:250],
            "error_title": asked.title,
            "error_message": "请从下拉列表中选择。",
        },
    )


def _write_how(book: Workbook, styles: Styles) -> None:
    sheet = _begin(book, styles, NOTE, "怎样填写这份清单。", MUTED)
    widths = (14, 110)
    for column, (text, width) in enumerate(zip(("事项", NOTE), widths, strict=True)):
        sheet.set_column(column, column, width)
        _heading(styles, sheet, 2, column, text)
    for row, (what, text) in enumerate(_HOW, start=_TOP):
        sheet.write_string(row, 0, what, styles.get(BOXED, bold=True))
        sheet.write_string(row, 1, text, styles.get(BOXED))
        sheet.set_row(row, LINE_HEIGHT * lines_needed(text, widths[1]) + 8)


def _title(asked: Asked) -> str:
    return f"{asked.title} *" if asked.required else asked.title
