"""What a cell's value does not tell: errors, formulas, percent formats, hidden rows, merged cells.

python-calamine gives an error cell, and a formula that was never calculated, as an empty text:
without these marks a wrong cell would pass for a blank one. Turns the XML parts of a workbook into
`Marks` by sheet, in one pass over each sheet.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from planbook.collect.layout import address
from planbook.collect.package import Refused
from planbook.collect.rules import files

MOST_ROWS, MOST_COLUMNS = 5000, 200
_PERCENT_FORMATS = {9, 10}  # Excel's built-in 0% and 0.00%
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SHEETS = "xl/workbook.xml"


@dataclass(slots=True)
class Marks:
    """Marks of a sheet; cells by address (``F7``), rows counted from 1 as Excel shows them."""

    errors: dict[str, str] = field(default_factory=dict)  # cell → #DIV/0!
    formulas: set[str] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)  # A1:B2


def read_marks(parts: dict[str, bytes]) -> dict[str, Marks]:
    """Return the marks of every worksheet by the sheet's name.

    Raises
    ------
    Refused
        If the XML is damaged, or a sheet has cells far outside a template's area.
    """
    try:
        percents = _percent_styles(parts.get("xl/styles.xml", b""))
        found = {}
        for name, part in _sheet_parts(parts).items():
            found[name] = _sheet_marks(name, parts[part], percents)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(files.UNREADABLE, "文件内部结构损坏") from error
    return found


class _Pass:
    """One pass over an XML part, by local names; a document type is refused, it can hide bombs."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def run(self, part: bytes) -> None:
        if part:
            self.parser.Parse(part, True)

    def _doctype(self, *_: Any) -> None:
        raise ValueError("document type declared")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.start(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element."""

    def end(self, name: str) -> None:
        """Leave an element."""


class _Elements(_Pass):
    """Collects the attributes of all elements of some names, with the parent's name."""

    def __init__(self, *wanted: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str]]] = []
        self._wanted, self._path = wanted, [""]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self._wanted:
            self.found.append((self._path[-1], name, attributes))
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Return which part holds which worksheet."""
    sheets, relations = _Elements("sheet"), _Elements("Relationship")
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


def _percent_styles(part: bytes) -> set[int]:
    """Return the numbers of the cell styles that show a value as percent."""
    styles = _Elements("numFmt", "xf")
    styles.run(part)
    formats = set(_PERCENT_FORMATS)
    percents, position = set(), 0
    for parent, name, attributes in styles.found:
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(int(attributes["numFmtId"]))
        elif name == "xf" and parent == "cellXfs":
            if int(attributes.get("numFmtId", 0)) in formats:
                percents.add(position)
            position += 1
    return percents


class _SheetPass(_Pass):
    def __init__(self, sheet: str, percents: set[int]) -> None:
        super().__init__()
        self.marks = Marks()
        self._sheet, self._percents = sheet, percents
        self._row, self._column = -1, -1
        self._cell, self._error = "", False
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "row":
                self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
                self._column = -1
                if attributes.get("hidden") in ("1", "true"):
                    self.marks.hidden_rows.add(self._row + 1)
            case "c":
                self._start_cell(attributes)
            case "f":
                self.marks.formulas.add(self._cell)
            case "v" if self._error:
                self._text = []
                self.parser.CharacterDataHandler = self._text.append
            case "mergeCell":
                self.marks.merged.append(attributes["ref"])

    def end(self, name: str) -> None:
        if name == "v" and self._error:
            self.parser.CharacterDataHandler = None
            self.marks.errors[self._cell] = "".join(self._text)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if "r" in attributes:
            match = _ADDRESS.fullmatch(attributes["r"])
            if match is None:
                raise ValueError(attributes["r"])
            self._column = -1
            for letter in match[1]:
                self._column = (self._column + 1) * 26 + ord(letter) - ord("A")
            self._row = int(match[2]) - 1
        else:
            self._column += 1
        self._bound()
        self._cell = address(self._row, self._column)
        self._error = attributes.get("t") == "e"
        if self._error:
            self.marks.errors[self._cell] = "#错误"
        if int(attributes.get("s", 0)) in self._percents:
            self.marks.percents.add(self._cell)

    def _bound(self) -> None:
        # calamine keeps a sheet as one dense block: a far cell would cost gigabytes
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            place = address(self._row, self._column)
            raise Refused(
                files.OVERSIZED,
                f"工作表「{self._sheet}」用到了 {place}",
                expected=f"{MOST_ROWS} 行 {MOST_COLUMNS} 列",
            )


def _sheet_marks(sheet: str, part: bytes, percents: set[int]) -> Marks:
    reader = _SheetPass(sheet, percents)
    reader.run(part)
    return reader.marks
