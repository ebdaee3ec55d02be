"""Write sheet 说明 of a form, which says how to fill it in."""

from __future__ import annotations

from xlsxwriter import Workbook

from planbook.collect.form.form import Form
from planbook.collect.form.form_paper import lay_out
from planbook.collect.form.form_style import (
    BASE,
    BOXED,
    HEAD,
    LINE_HEIGHT,
    PAPER,
    TITLE,
    Styles,
    lines_needed,
)
from planbook.collect.form.instructions import HEADINGS, WIDTHS, instructions
from planbook.collect.layout import NOTES_SHEET


def write_notes(book: Workbook, styles: Styles, form: Form) -> None:
    """Write the sheet: a row a subject, with what to do and an example."""
    sheet = book.add_worksheet(NOTES_SHEET)
    head = styles.get(BOXED, bold=True, align="center", bg_color=HEAD, font_color=PAPER)
    looks = (
        styles.get(BOXED, bold=True),
        styles.get(BOXED),
        styles.get(BOXED, font_color=HEAD, num_format="@"),
    )
    for column, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, title, head)
    sheet.write_string(0, 0, f"{form.title}  填报说明", styles.get(TITLE))
    sheet.write_string(1, 0, form.subtitle, styles.get(BASE))
    sheet.set_row(0, 32)
    sheet.set_row(1, 22)
    sheet.set_row(2, LINE_HEIGHT + 6)
    for row, texts in enumerate(instructions(form), start=3):
        for column, (text, look) in enumerate(zip(texts, looks, strict=True)):
            if text:
                sheet.write_string(row, column, text, look)
            else:
                sheet.write_blank(row, column, None, look)
        lines = max(lines_needed(t, w) for t, w in zip(texts, WIDTHS, strict=True))
        sheet.set_row(row, LINE_HEIGHT * lines + 8)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(0, 2)
    lay_out(sheet, form)
    sheet.fit_to_pages(1, 0 if form.layout.legible else 1)
    sheet.protect("")
