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
    Look,
    StringsPass,
    Styles,
    at,
    look_of_run,
    read_styles,
)
from planbook.collect.xlsx.package import Refused
from planbook.collect.xlsx.xml_pass import Budget, Elements, Pass

_FLAT = 2.0  # points: a row below it shows nothing
_NARROW = 0.5  # digits: a column below it shows nothing
MOST_ROWS, MOST_COLUMNS = 2000, 100
_MOST_CELLS = f"{MOST_ROWS} 行 {MOST_COLUMNS} 列"
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
        styles = read_styles(parts.get("xl/styles.xml", b""))
        budget.spend(styles.elements)
        strings = StringsPass(budget).run(parts.get("xl/sharedStrings.xml", b"")).found
        found = {}
        for name, part in _sheet_parts(parts, budget).items():
            found[name] = _SheetPass(budget, name, styles, strings).run(parts[part]).marks
            found[name].notes = _notes(parts, part, budget)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(file_rules.UNREADABLE, "文件内部结构损坏") from error
    return found


def _sheet_parts(parts: dict[str, bytes], budget: Budget) -> dict[str, str]:
    """Return which part holds which worksheet."""
    sheets = Elements(budget, "sheet").run(parts[_SHEETS]).found
    targets = _related(parts["xl/_rels/workbook.xml.rels"], "xl", "/worksheet", budget)
    found = {}
    for attributes in sheets:
        relation = next((v for k, v in attributes.items() if k.rpartition(" ")[2] == "id"), "")
        if relation in targets:
            found[attributes["name"]] = targets[relation]
    return found


def _related(part: bytes, folder: str, kind: str, budget: Budget) -> dict[str, str]:
    """Return the parts of a kind that a part of relations names, by its ids."""
    return {
        attributes["Id"]: posixpath.normpath(
            posixpath.join("/", folder, attributes["Target"])
        ).lstrip("/")
        for attributes in Elements(budget, "Relationship").run(part).found
        if attributes.get("Type", "").endswith(kind)
    }


def _notes(parts: dict[str, bytes], sheet: str, budget: Budget) -> set[str]:
    """Return the cells with a note by anyone but the feedback that went back to the department."""
    folder, _, file = sheet.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels", b"")
    targets = _related(relations, folder, "/comments", budget).values()
    return {cell for target in targets for cell in _Notes(budget).run(parts.get(target, b"")).cells}


class _Notes(Pass):
    """The cells of a comments part whose author is not the feedback sheet."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.cells: set[str] = set()
        self._authors: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "author":
            self.keep_text()
        elif name == "comment":
            author = self._authors[int(attributes.get("authorId", 0))]
            if author != FEEDBACK_SHEET:
                self.cells.add(attributes["ref"])

    def end(self, name: str, text: str | None) -> None:
        if name == "author":
            self._authors.append(text or "")


class _SheetPass(Pass):
    def __init__(self, budget: Budget, sheet: str, styles: Styles, strings: dict[int, str]) -> None:
        super().__init__(budget)
        self.marks = Marks()
        self._sheet, self._strings = sheet, strings
        self._looks, self._known_conditions = styles.looks, styles.conditions
        self._row, self._column = -1, -1
        self._cell, self._kind = "", ""
        self._room = MOST_ROWS * MOST_COLUMNS  # cells that merged ranges may still cover
        self._style_of: dict[str, int] = {}  # the cells seen so far
        self._conditions: list[Look] = []
        self._ranges = ""  # of the conditional format that is being read
        self._conditions_room = _MOST_CONDITIONS

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if "dxf" in self.path:  # a condition that newer programs write into the sheet
            self._conditions[-1].take(self.path[-1], name, attributes)
            return
        match name:
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                if _is_hidden(attributes, "ht", _FLAT):
                    self.marks.hidden_rows.add(self._row + 1)
            case "c":
                self._start_cell(attributes)
            case "f" if self.path[-1] == "c":  # conditions and lists have formulas too
                self.marks.formulas.add(self._cell)
            case "v" if self._kind != "s" or self._strings:
                self.keep_text()
            case "strike" | "vertAlign" | "sz" | "color" if "rPr" in self.path:
                if look := look_of_run(name, attributes):
                    self.marks.looks.setdefault(self._cell, look)
            case "mergeCell":
                self._merge(_merged(attributes["ref"]))
            case _:
                self._start_layout(name, attributes)

    def _start_layout(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "col" if _is_hidden(attributes, "width", _NARROW):
                last = min(int(attributes["max"]), MOST_COLUMNS)
                self.marks.hidden_columns |= set(range(int(attributes["min"]) - 1, last))
            case "conditionalFormatting":
                self._conditions, self._ranges = [], attributes.get("sqref", "")
            case "cfRule":
                number = int(attributes.get("dxfId", -1))
                self._conditions.append(at(self._known_conditions, number))
            case "dxf":
                self._conditions.append(Look())
            case "dataBar" | "iconSet" if attributes.get("showValue") in ("0", "false"):
                self._conditions.append(Look(word=CONDITIONAL))
            case "sqref":
                self.keep_text()

    def _apply_conditions(self) -> None:
        """Mark the cells of the ranges that a condition, should it hold, would show otherwise."""
        telling = [condition for condition in self._conditions if condition != Look()]
        for ref in self._ranges.split() if telling else ():
            for row, column in _merged(ref).cells:
                self._conditions_room -= 1
                if self._conditions_room < 0:
                    raise self._oversized("的条件格式过多", f"{_MOST_CONDITIONS} 格次")
                cell = address(row, column)
                if cell in self._style_of:
                    self._condition(cell, telling)

    def _condition(self, cell: str, conditions: list[Look]) -> None:
        look = at(self._looks, self._style_of[cell])
        if any(condition.hides(look) for condition in conditions):
            self.marks.looks.setdefault(cell, CONDITIONAL)
        codes = [condition.code for condition in conditions if condition.code]
        if codes:
            self.marks.conditional.setdefault(cell, []).extend(codes)

    def end(self, name: str, text: str | None) -> None:
        if name == "sqref":
            self._ranges = text or ""
        elif name == "conditionalFormatting":
            self._apply_conditions()
        if name != "v" or text is None:
            return
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
            raise self._oversized("的合并单元格互相重叠", _MOST_CELLS)
        self.marks.merged.append(merged)
        self.marks.merged_cells |= cells

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            if _ADDRESS.fullmatch(attributes["r"]) is None:
                raise ValueError(attributes["r"])
            self._row, self._column = position(attributes["r"])
        else:
            self._column += 1
        # calamine keeps a sheet as one dense block: a far cell would cost gigabytes
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            raise self._oversized(f"用到了 {address(self._row, self._column)}", _MOST_CELLS)
        self._cell = address(self._row, self._column)
        if self._cell in self._style_of:  # which of two is shown depends on the program
            raise ValueError(self._cell)
        self._kind = attributes.get("t", "n")
        if self._kind == "e":
            self.marks.errors[self._cell] = "#错误"
        style = self._style_of[self._cell] = int(attributes.get("s", 0))
        look = at(self._looks, style)
        if look.code not in ("", "General", "@"):
            self.marks.formats[self._cell] = look.code
        if look.word:
            self.marks.looks[self._cell] = look.word

    def _oversized(self, what: str, expected: str) -> Refused:
        return Refused(file_rules.OVERSIZED, f"工作表「{self._sheet}」{what}", expected=expected)


def _is_hidden(attributes: dict[str, str], size: str, least: float) -> bool:
    """Tell whether a row or column is hidden, or too small to show anything."""
    hidden = attributes.get("hidden") in ("1", "true")
    return hidden or float(attributes.get(size, least)) < least


def _merged(ref: str) -> Merged:
    if _RANGE.fullmatch(ref) is None:
        raise ValueError(ref)
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = position(first), position(last or first)
    return Merged(ref, top, left, bottom, right)
