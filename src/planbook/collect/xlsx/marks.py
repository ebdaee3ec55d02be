"""What a cell's value does not tell: errors, formulas, formats, looks, notes, hidden rows, merges.

python-calamine gives an error cell, and a formula that was never calculated, as an empty text:
without these marks a wrong cell would pass for a blank one. Turns the XML parts of a workbook into
`Marks` by sheet, in one pass over each sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from xml.parsers import expat

from planbook.collect.layout import FEEDBACK_SHEET, address, position
from planbook.collect.rules import file_rules
from planbook.collect.xlsx.cell_looks import (
    CONDITIONAL,
    Condition,
    Look,
    Styles,
    look_of_run,
    read_styles,
    struck_strings,
)
from planbook.collect.xlsx.package import Refused
from planbook.collect.xlsx.xml_pass import Budget, Elements, Pass

_FLAT = 2.0  # points: a row below it shows nothing
_NARROW = 0.5  # digits: a column below it shows nothing
MOST_ROWS, MOST_COLUMNS = 2000, 100
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}", re.ASCII)
_RANGE = re.compile(rf"{_ADDRESS.pattern}(?::{_ADDRESS.pattern})?", re.ASCII)
_MOST_CONDITIONS = 10 * MOST_ROWS * MOST_COLUMNS  # cells that conditional formats may cover
_SHEETS = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells; rows and columns counted from 0, both ends included."""

    ref: str  # A1:B2
    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of each cell of it that a sheet may use."""
        rows = range(self.top, min(self.bottom + 1, MOST_ROWS))
        return product(rows, range(self.left, min(self.right + 1, MOST_COLUMNS)))


@dataclass(slots=True)
class Marks:
    """Marks of a sheet; cells by address (``F7``), rows counted from 1 as Excel shows them."""

    written: dict[str, str] = field(default_factory=dict)  # cell → its value, but for shared texts
    errors: dict[str, str] = field(default_factory=dict)  # cell → #DIV/0!
    formulas: set[str] = field(default_factory=set)
    formats: dict[str, str] = field(default_factory=dict)  # cell → code, but for General and text
    looks: dict[str, str] = field(default_factory=dict)  # cell → 删除线: what hides what is meant
    conditional: dict[str, list[str]] = field(default_factory=dict)  # cell → codes it may have
    notes: set[str] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)  # counted from 0
    merged: list[Merged] = field(default_factory=list)
    merged_cells: set[tuple[int, int]] = field(default_factory=set)  # counted from 0


def read_marks(parts: dict[str, bytes]) -> dict[str, Marks]:
    """Return the marks of every worksheet by the sheet's name.

    Raises
    ------
    Refused
        If the XML is damaged, or a sheet has cells far outside a template's area.
    """
    try:
        budget = Budget()
        styles = read_styles(parts.get("xl/styles.xml", b""), budget)
        strings = struck_strings(parts.get("xl/sharedStrings.xml", b""), budget)
        found = {}
        for name, part in _sheet_parts(parts, budget).items():
            found[name] = _sheet_marks(name, parts[part], (styles, strings), budget)
            found[name].notes = _notes(parts, part, budget)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(file_rules.UNREADABLE, "文件内部结构损坏") from error
    return found


def _sheet_parts(parts: dict[str, bytes], budget: Budget) -> dict[str, str]:
    """Return which part holds which worksheet."""
    sheets, relations = Elements(budget, "sheet"), Elements(budget, "Relationship")
    sheets.run(parts[_SHEETS])
    relations.run(parts["xl/_rels/workbook.xml.rels"])
    targets = {
        attributes["Id"]: posixpath.normpath(posixpath.join("/xl", attributes["Target"])).lstrip(
            "/"
        )
        for _, _, attributes in relations.found
        if attributes.get("Type", "").endswith("/worksheet")
    }
    found = {}
    for _, _, attributes in sheets.found:
        relation = next((v for k, v in attributes.items() if k.rpartition(" ")[2] == "id"), "")
        if relation in targets:
            found[attributes["name"]] = targets[relation]
    return found


def _notes(parts: dict[str, bytes], sheet: str, budget: Budget) -> set[str]:
    """Return the cells with a note by anyone but the feedback that went back to the department."""
    folder, _, file = sheet.rpartition("/")
    relations = Elements(budget, "Relationship")
    relations.run(parts.get(f"{folder}/_rels/{file}.rels", b""))
    found = set()
    for _, _, attributes in relations.found:
        if attributes.get("Type", "").endswith("/comments"):
            target = posixpath.join("/", folder, attributes["Target"])
            notes = _Notes(budget)
            notes.run(parts.get(posixpath.normpath(target).lstrip("/"), b""))
            found |= notes.cells
    return found


class _Notes(Pass):
    """The cells of a comments part whose author is not the feedback sheet."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.cells: set[str] = set()
        self._authors: list[str] = []
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "author":
            self._text = []
            self.parser.CharacterDataHandler = self._text.append
        elif name == "comment":
            author = self._authors[int(attributes.get("authorId", 0))]
            if author != FEEDBACK_SHEET:
                self.cells.add(attributes["ref"])

    def end(self, name: str) -> None:
        if name == "author":
            self.parser.CharacterDataHandler = None
            self._authors.append("".join(self._text))


class _SheetPass(Pass):
    def __init__(self, budget: Budget, sheet: str, styles: Styles, strings: dict[int, str]) -> None:
        super().__init__(budget)
        self.marks = Marks()
        self._sheet, self._styles, self._strings = sheet, styles, strings
        self._row, self._column = -1, -1
        self._cell, self._kind = "", ""
        self._room = MOST_ROWS * MOST_COLUMNS  # cells that merged ranges may still cover
        self._style_of: dict[str, int] = {}  # the cells seen so far
        self._text: list[str] = []
        self._path = [""]
        self._conditions: list[Condition] = []
        self._ranges = ""  # of the conditional format that is being read
        self._conditions_room = _MOST_CONDITIONS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if "dxf" in self._path[:-1]:  # a condition that newer programs write into the sheet
            self._conditions[-1].take(self._path[-2], name, attributes)
            return
        match name:
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                flat = float(attributes.get("ht", _FLAT)) < _FLAT
                if flat or attributes.get("hidden") in ("1", "true"):
                    self.marks.hidden_rows.add(self._row + 1)
            case "c":
                self._start_cell(attributes)
            case "f" if self._path[-2] == "c":  # conditions and lists have formulas too
                self.marks.formulas.add(self._cell)
            case "v" if self._kind != "s" or self._strings:
                self._text = []
                self.parser.CharacterDataHandler = self._text.append
            case "strike" | "vertAlign" | "sz" | "color" if "rPr" in self._path:
                look = look_of_run(name, attributes)
                if look:
                    self.marks.looks.setdefault(self._cell, look)
            case "mergeCell":
                self._merge(_merged(attributes["ref"]))
            case _:
                self._start_layout(name, attributes)

    def _start_layout(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "col":
                self._start_column(attributes)
            case "conditionalFormatting":
                self._conditions, self._ranges = [], attributes.get("sqref", "")
            case "cfRule":
                self._start_condition(attributes)
            case "dxf":
                self._conditions.append(Condition())
            case "dataBar" | "iconSet" if attributes.get("showValue") in ("0", "false"):
                self._conditions.append(Condition(word=CONDITIONAL))
            case "sqref":
                self._text = []
                self.parser.CharacterDataHandler = self._text.append

    def _start_column(self, attributes: dict[str, str]) -> None:
        narrow = float(attributes.get("width", _NARROW)) < _NARROW
        if narrow or attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MOST_COLUMNS)
            self.marks.hidden_columns |= set(range(int(attributes["min"]) - 1, last))

    def _start_condition(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("dxfId", -1))
        if 0 <= number < len(self._styles.conditions):
            self._conditions.append(self._styles.conditions[number])

    def _apply_conditions(self) -> None:
        """Mark the cells of the ranges that a condition, should it hold, would show otherwise."""
        telling = [c for c in self._conditions if c.code or c.word or c.ink or c.paper]
        for ref in self._ranges.split() if telling else ():
            for row, column in _merged(ref).cells:
                self._conditions_room -= 1
                if self._conditions_room < 0:
                    what = f"工作表「{self._sheet}」的条件格式过多"
                    raise Refused(file_rules.OVERSIZED, what, expected=f"{_MOST_CONDITIONS} 格次")
                cell = address(row, column)
                if cell in self._style_of:
                    self._condition(cell, telling)

    def _condition(self, cell: str, conditions: list[Condition]) -> None:
        style = self._style_of[cell]
        looks = self._styles.looks
        look = looks[style] if 0 <= style < len(looks) else Look()
        if any(condition.hides(look) for condition in conditions):
            self.marks.looks.setdefault(cell, CONDITIONAL)
        codes = [condition.code for condition in conditions if condition.code]
        if codes:
            self.marks.conditional.setdefault(cell, []).extend(codes)

    def end(self, name: str) -> None:
        self._path.pop()
        if name == "sqref":
            self.parser.CharacterDataHandler = None
            self._ranges = "".join(self._text)
        elif name == "conditionalFormatting":
            self._apply_conditions()
        if name != "v" or self.parser.CharacterDataHandler is None:
            return
        self.parser.CharacterDataHandler = None
        text = "".join(self._text)
        if self._kind == "e":
            self.marks.errors[self._cell] = text
        elif self._kind != "s":
            if self._cell in self.marks.written:
                raise ValueError(self._cell)
            self.marks.written[self._cell] = text
        elif int(text) in self._strings:
            self.marks.looks.setdefault(self._cell, self._strings[int(text)])

    def _merge(self, merged: Merged) -> None:
        """Keep a merged range; ranges that lie on each other over and over would take hours."""
        cells = set(merged.cells)
        self._room -= len(cells)
        if self._room < 0:
            what = f"工作表「{self._sheet}」的合并单元格互相重叠"
            raise Refused(file_rules.OVERSIZED, what, expected=f"{MOST_ROWS} 行 {MOST_COLUMNS} 列")
        self.marks.merged.append(merged)
        self.marks.merged_cells |= cells

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            if _ADDRESS.fullmatch(attributes["r"]) is None:
                raise ValueError(attributes["r"])
            self._row, self._column = position(attributes["r"])
        else:
            self._column += 1
        self._bound()
        self._cell = address(self._row, self._column)
        if self._cell in self._style_of:  # which of two is shown depends on the program
            raise ValueError(self._cell)
        self._kind = attributes.get("t", "n")
        if self._kind == "e":
            self.marks.errors[self._cell] = "#错误"
        style = self._style_of[self._cell] = int(attributes.get("s", 0))
        if 0 <= style < len(self._styles.looks):
            look = self._styles.looks[style]
            if look.code not in ("", "General", "@"):
                self.marks.formats[self._cell] = look.code
            if look.word:
                self.marks.looks[self._cell] = look.word

    def _bound(self) -> None:
        # calamine keeps a sheet as one dense block: a far cell would cost gigabytes
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            place = address(self._row, self._column)
            raise Refused(
                file_rules.OVERSIZED,
                f"工作表「{self._sheet}」用到了 {place}",
                expected=f"{MOST_ROWS} 行 {MOST_COLUMNS} 列",
            )


def _sheet_marks(
    sheet: str, part: bytes, looks: tuple[Styles, dict[int, str]], budget: Budget
) -> Marks:
    reader = _SheetPass(budget, sheet, *looks)
    reader.run(part)
    return reader.marks


def _merged(ref: str) -> Merged:
    if _RANGE.fullmatch(ref) is None:
        raise ValueError(ref)
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return Merged(ref, top, left, bottom, right)
