"""How the sheets of a form are printed: on landscape A4, with their headings on every page.

What is too wide for letters of nine points goes on beside the page, with what names its rows.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from planbook.collect.form.form import Form
from planbook.collect.layout import PROJECTS, VALUES, Table

_A4 = 9
_GOES_ON = {  # the column that begins the second of two pages beside each other
    VALUES.sheet: "visibility",  # before it as much as fits in programs with wide letters
    PROJECTS.sheet: "problem",
}


def lay_out(sheet: Worksheet, form: Form, table: Table | None = None) -> None:
    """Set how a sheet is printed; `table` is what it holds, if that is a table."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.65)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    legible = form.layout.legible
    left = _behind_size(form.unit_name.replace("&", "&&"))
    right = _behind_size(form.edition.label) if legible else f"期号 {form.edition}"
    size = 10 if legible else 9
    words = f"&L&{size}{left}&C&{size}第 &P 页／共 &N 页&R&{size}{right}"
    sheet.set_footer(words, {"margin": 0.3})
    if table is not None and goes_on(form, table):
        _on_two_pages(sheet, table, form.layout.scale)


def _behind_size(text: str) -> str:
    """Return a text that may follow a size of letters, of which digits would become a part."""
    return f" {text}" if text[:1].isdigit() else text


def goes_on(form: Form, table: Table) -> bool:
    """Whether a sheet is printed on two pages beside each other."""
    return form.layout.legible and table.sheet in _GOES_ON


def _on_two_pages(sheet: Worksheet, table: Table, scale: int) -> None:
    """Print a sheet on two pages beside each other, what names a row on both."""
    first = next(n for n, column in enumerate(table.columns) if column.role != "id")
    sheet.set_print_scale(scale)
    sheet.repeat_columns(first, table.at(table.named_by))
    sheet.set_v_pagebreaks([table.at(_GOES_ON[table.sheet])])
    sheet.print_across()
