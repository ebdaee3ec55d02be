"""Read an ``.xlsx`` into raw cells: what each cell holds, where it stands, and nothing guessed.

Who calls it: `reading`, which knows what the cells should mean.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from python_calamine import CalamineError, load_workbook

from planbook.collect.layout import address, position
from planbook.collect.rules import file_rules
from planbook.collect.xlsx.marks import Marks, read_marks
from planbook.collect.xlsx.package import Refused, repacked, xml_parts

# take no room on paper, or are no characters; those that turn the order of digits round stay
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200e\u202a\u202c\u202d\u2060-\u2066\u2068\u2069"
    "\ufeff\ufffe\uffff]"
)
_KNOWN_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
Raw = float | int | str | bool | dt.date | dt.time | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it stands, what it holds, and what its value does not tell."""

    place: str = ""  # F7
    raw: Raw = ""
    error: str = ""  # #DIV/0!
    has_formula: bool = False
    code: str = ""  # number format, but for General and text
    look: str = ""  # 删除线: what hides what is meant
    conditional: Sequence[str] = ()  # number formats it may have
    is_merged: bool = False

    def __deepcopy__(self, memo: object) -> Cell:
        return self  # of thousands in a workbook nobody changes one

    @property
    def text(self) -> str:
        """What a reader sees, without blanks around it."""
        return plain_text(self.raw)

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing: no value, no error, no formula."""
        return not (self.error or self.has_formula or self.text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells by row and column from A1, counted from 0; a blank cell is an empty text."""

    name: str
    rows: list[list[Raw]]
    marks: Marks

    def at(self, row: int, column: int) -> Raw:
        """Return a cell, the empty text outside the area used."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def text(self, row: int, column: int) -> str:
        """Return a cell as the text a reader sees, without blanks around it."""
        return plain_text(self.at(row, column))

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell with its marks."""
        place, marks = address(row, column), self.marks
        return Cell(
            place,
            self.at(row, column),
            marks.errors.get(place, ""),
            place in marks.formulas,
            marks.formats.get(place, ""),
            marks.looks.get(place, ""),
            marks.conditional.get(place, ()),
            (row, column) in marks.merged_cells,
        )


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets asked for, by name, and the names of all sheets in order."""

    sheets: dict[str, Sheet]
    names: tuple[str, ...]


def plain_text(raw: Raw) -> str:
    """Return a raw value as text; a whole number without decimals."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return _INVISIBLE.sub("", str(raw)).strip()


def compact(text: str) -> str:
    """Return a text without any blanks, for comparing names."""
    return "".join(text.split())


def read_workbook(data: bytes, wanted: Collection[str]) -> Workbook:
    """Read the sheets of these names, where the workbook has them.

    Raises
    ------
    Refused
        If the bytes are not a plain ``.xlsx`` of sane size.
    """
    parts = xml_parts(data)
    marks = read_marks(parts)
    _name_known_errors(parts, marks)
    try:
        book = load_workbook(io.BytesIO(repacked(parts)))
        sheets = {
            name: Sheet(
                name, book.get_sheet_by_name(name).to_python(skip_empty_area=False), marks[name]
            )
            for name in marks
            if name in wanted
        }
        for sheet in sheets.values():
            _verify(sheet)
    except (CalamineError, ValueError) as error:
        raise Refused(file_rules.UNREADABLE, "文件内部结构损坏") from error
    return Workbook(sheets, tuple(marks))


def _verify(sheet: Sheet) -> None:
    """Raise where the reader made another number, or nothing, of what is written in a cell.

    It passes over comments, CDATA and entities within a number, which spreadsheets understand.
    """
    for place, written in sheet.marks.written.items():
        raw = sheet.at(*position(place))
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            if math.isfinite(raw) and float(written) != raw:
                raise ValueError(place)
        elif raw == "" and written.strip():
            raise ValueError(place)


def _name_known_errors(parts: dict[str, bytes], marks: dict[str, Marks]) -> None:
    """Put an error that the reader knows in place of a newer one (#SPILL!, #CALC!, #FIELD!).

    It would refuse the whole workbook; which error a cell shows is in its marks.
    """
    newer = {e for sheet in marks.values() for e in sheet.errors.values()} - _KNOWN_ERRORS
    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        for error in newer:
            shown = f"v>{escape(error)}</".encode()
            parts[name] = parts[name].replace(shown, b"v>#N/A</")
