"""How a sheet is printed so that its letters are read without a glass: paper, widths, scale.

Letters of 10 points may shrink to 9. What is wider than a sheet of A4 then gets narrower columns of
long text; what is wider still goes on beside it, with the first columns on each sheet of paper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from planbook.produce.downloads.sheet_model import Sheet

LEAST = 0.9  # of the letters' size
MARGIN = 0.4  # inches, of each side
_A4, _A3 = 9, 8
_SIDES = {_A4: (8.27, 11.69), _A3: (11.69, 16.54)}  # inches
_POINTS = 72.0
_LONG_TEXT = 20  # characters; a column of text from this width on may get narrower
_NARROWEST = 0.6  # of its width


@dataclass(frozen=True)
class SheetPaper:
    """How a sheet is printed. `scale`: of several sheets of paper beside each other; 0: one."""

    paper: int
    landscape: bool
    scale: int = 0

    def set(self, page: Worksheet, frozen: int) -> None:
        """Set it on a worksheet whose first `frozen` columns stay in sight."""
        page.set_paper(self.paper)
        page.set_margins(MARGIN, MARGIN, 0.5, 0.65)
        page.set_header("", {"margin": 0.3})
        if self.landscape:
            page.set_landscape()
        if not self.scale:
            page.fit_to_pages(1, 0)
            return
        page.set_print_scale(self.scale)
        if frozen:
            page.repeat_columns(0, frozen - 1)


def on_paper(sheet: Sheet) -> tuple[Sheet, SheetPaper]:
    """Return a sheet, its columns of long text perhaps narrower, and how it is printed."""
    if sheet.poster:
        return sheet, SheetPaper(_A3, landscape=True)
    if _points(sheet) <= _room(_A4, landscape=False):
        return sheet, SheetPaper(_A4, landscape=False)
    room = _room(_A4, landscape=True)
    if _points(sheet) <= room:
        return sheet, SheetPaper(_A4, landscape=True)
    narrow = _narrowed(sheet, _points(sheet) - room)
    if _points(narrow) <= room:
        return narrow, SheetPaper(_A4, landscape=True)
    return sheet, SheetPaper(_A4, landscape=True, scale=round(LEAST * 100))


def points_of(width: float) -> float:
    """Return how wide a column of so many characters is, in printer's points."""
    return (7 * width + 5) * 0.75


def _points(sheet: Sheet) -> float:
    printed = sheet.columns[: sheet.printed or None]
    return sum(points_of(column.width) for column in printed)


def _room(paper: int, *, landscape: bool) -> float:
    """Return the width of columns that fits on a sheet of paper with the smallest letters."""
    return (_SIDES[paper][landscape] - 2 * MARGIN) * _POINTS / LEAST


def _narrowed(sheet: Sheet, excess: float) -> Sheet:
    """Return the sheet with its long texts narrower by so many points, or as far as may be."""
    printed = sheet.columns[: sheet.printed or None]
    long = [each for each in printed if each.kind == "text" and each.width >= _LONG_TEXT]
    spare = sum(points_of(each.width) for each in long)
    share = max(_NARROWEST, 1 - (excess + len(long) * points_of(1)) / spare) if long else 1.0
    columns = [
        replace(each, width=int(each.width * share)) if each in long else each
        for each in sheet.columns
    ]
    return replace(sheet, columns=columns)
