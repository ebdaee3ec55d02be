"""From the bytes of a filled spreadsheet to entries, and a problem for all that cannot be read.

An entry is kept with whatever of it could be read, so that one mistake hides no other. What must
hold between entries is in `listed_plan`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from planbook.collect.layout import address
from planbook.collect.read.number_cells import PERCENT, read_number
from planbook.collect.rules import Place, cell_rules
from planbook.collect.written_numbers import accepted_text, shown
from planbook.collect.xlsx.package import Refused
from planbook.collect.xlsx.raw_cells import Cell, Sheet, Workbook, compact, read_workbook
from planbook.errors import Finding, Problem
from planbook.run.starting.broken_lines import one_line
from planbook.run.starting.listed import (
    ABOUT,
    EXAMPLE,
    GOALS,
    MARK,
    MEASURES,
    NOTE,
    SHEETS,
    TABLES,
    Asked,
    ListSheet,
)
from planbook.vocabulary import Kind
from planbook.written_dates import read_issued, read_month

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"\d{4}")
_HEADINGS_WITHIN = 30  # rows from the top in which the headings are looked for
_GROWTH = {kind.value for kind in Kind if kind.of_growth}


@dataclass
class Entry:
    """A row of a table, or all of sheet 方案.

    `values` holds what was written and could be read, by key; `wrong` the keys whose problem is
    told already.
    """

    sheet: ListSheet
    file: str
    row: int = 0
    cells: dict[str, Cell] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)

    def get(self, key: str, otherwise: Any = None) -> Any:
        return self.values.get(key, otherwise)

    def where(self, key: str = "") -> str:
        """Return the cell as a problem names it."""
        table = f"{self.file}，工作表「{self.sheet.name}」"
        if key not in self.cells:
            return f"{table}第{self.row}行" if self.row else table
        return f"{table}{self.cells[key].place}，{self.sheet.column(key).title}"

    def problem(self, key: str, what: str, fix: str) -> Problem:
        self.wrong.add(key)
        return Problem(what, self.where(key), fix)


@dataclass
class Listed:
    """What a spreadsheet holds: sheet 方案 and the rows of each table.

    `absent` are the sheets that are not there, which is told already.
    """

    file: str
    about: Entry
    rows: dict[str, list[Entry]]
    absent: frozenset[str] = frozenset()

    @property
    def goals(self) -> list[Entry]:
        return self.rows[GOALS.name]

    @property
    def measures(self) -> list[Entry]:
        return self.rows[MEASURES.name]


def read_list(data: bytes, file: str) -> tuple[Listed | None, list[Problem]]:
    """Read a spreadsheet; ``None`` where nothing of it can be read."""
    try:
        book = read_workbook(data, [sheet.name for sheet in SHEETS])
    except Refused as refused:
        return None, [_refused(refused.finding(Place(file=file)), file)]
    problems = list(_missing_sheets(book, file))
    about = Entry(ABOUT, file)
    if ABOUT.name in book.sheets:
        problems += _read_about(book.sheets[ABOUT.name], about)
    rows: dict[str, list[Entry]] = {}
    for table in TABLES:
        sheet = book.sheets.get(table.name)
        rows[table.name], found = _read_table(sheet, table, file) if sheet else ([], [])
        problems += found
    absent = frozenset(sheet.name for sheet in SHEETS) - book.sheets.keys()
    return Listed(file, about, rows, absent), problems


def _refused(finding: Finding, file: str) -> Problem:
    return Problem(finding.message.rstrip("。"), file, _own(finding.remedy))


def _own(remedy: str) -> str:
    """Return a remedy without what only departments' workbooks need."""
    for theirs in ("；若无法更正", "；说明写在「备注」"):
        remedy = remedy.partition(theirs)[0]
    return remedy.removesuffix("后重新报送").removesuffix("，")


def _missing_sheets(book: Workbook, file: str) -> Iterator[Problem]:
    for sheet in SHEETS:
        if sheet.name not in book.sheets and not sheet.optional:
            near = difflib.get_close_matches(sheet.name, book.names, n=1, cutoff=0.4)
            fix = f"把工作表「{near[0]}」改名为「{sheet.name}」" if near else "从模板中补上这张表"
            yield Problem(f"没有工作表「{sheet.name}」", file, fix)


def _read_about(sheet: Sheet, entry: Entry) -> Iterator[Problem]:
    """Read sheet 方案: a row for each thing asked, its value to the right of its name."""
    titles = {asked.title: asked for asked in ABOUT.asked}
    for row in range(len(sheet.rows)):
        name = _heading(sheet.text(row, 0))
        if name in titles and titles[name].key not in entry.cells:
            entry.cells[titles[name].key] = sheet.cell(row, 1)
        elif name in titles:
            yield Problem(f"「{name}」写了两次", f"{entry.where()}{address(row, 0)}", "只留一行")
    for asked in ABOUT.asked:
        if asked.key in entry.cells:
            yield from _take(entry, asked)
        elif asked.required:
            fix = f"从模板中补上「{asked.title}」这一行"
            yield entry.problem(asked.key, f"没有「{asked.title}」这一项", fix)


def _read_table(sheet: Sheet, table: ListSheet, file: str) -> tuple[list[Entry], list[Problem]]:
    """Read the rows below a table's headings."""
    top = _heading_row(sheet, table)
    if top is None:
        fix = f"从模板中补上表头：{'、'.join(asked.title for asked in table.asked)}"
        return [], [Problem("找不到表头", f"{file}，工作表「{table.name}」", fix)]
    columns, problems = _columns(sheet, table, top, file)
    covered = dict(_covered(sheet))
    entries = []
    for row in range(top + 1, len(sheet.rows)):
        mark = sheet.text(row, 0) if _heading(sheet.text(top, 0)) == MARK else ""
        cells = {key: sheet.cell(row, column) for key, column in columns.items()}
        if mark == NOTE or all(cell.is_blank for cell in cells.values()):
            continue
        entry = Entry(table, file, row + 1, cells)
        if mark == EXAMPLE and _is_example(entry):
            continue
        for asked in table.asked:
            ref = covered.get((row, columns.get(asked.key, -1)))
            if ref is not None and not asked.as_above:
                what = f"单元格合并在 {ref} 之中，只有左上角的一格算数"
                problems.append(entry.problem(asked.key, what, "取消合并，每一行各自填写"))
            elif asked.key in cells:
                problems += _take(entry, asked)
        entries.append(entry)
    return entries, problems


def _covered(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield cells that show what stands in the first of their merged range, and the range."""
    for merged in sheet.marks.merged:
        if sheet.text(merged.top, merged.left):
            yield from ((cell, merged.ref) for cell in islice(merged.cells, 1, None))


def _heading_row(sheet: Sheet, table: ListSheet) -> int | None:
    """Return the row with the most of the table's headings; two at least."""
    titles = {asked.title for asked in table.asked}
    found = [
        (sum(_heading(sheet.text(row, c)) in titles for c in range(len(sheet.rows[row]))), -row)
        for row in range(min(len(sheet.rows), _HEADINGS_WITHIN))
    ]
    most, row = max(found, default=(0, 0))
    return -row if most > 1 else None


def _columns(
    sheet: Sheet, table: ListSheet, top: int, file: str
) -> tuple[dict[str, int], list[Problem]]:
    """Return where each column stands, and what is wrong with the headings."""
    titles = {asked.title: asked for asked in table.asked}
    where, columns = f"{file}，工作表「{table.name}」", dict[str, int]()
    problems = []
    for column in range(len(sheet.rows[top])):
        name = _heading(sheet.text(top, column))
        if name in ("", MARK):
            continue
        at = f"{where}{address(top, column)}"
        if name not in titles:
            near = difflib.get_close_matches(name, titles, n=1)
            fix = f"是否应为「{near[0]}」？" if near else "删去，或移到另一张工作表"
            problems.append(Problem(f"没有「{name}」这一列", at, fix))
        elif titles[name].key in columns:
            problems.append(Problem(f"「{name}」有两列", at, "只留一列"))
        else:
            columns[titles[name].key] = column
    for asked in table.asked:
        if asked.required and asked.key not in columns:
            what, fix = f"缺少「{asked.title}」这一列", "从模板中补上"
            problems.append(Problem(what, f"{where}第{top + 1}行", fix))
    return columns, problems


def _heading(text: str) -> str:
    return compact(text).rstrip("*＊")


def _is_example(entry: Entry) -> bool:
    """Whether a row holds the template's example still; what was written over it counts."""
    asked = [a for a in entry.sheet.asked if a.key in entry.cells]
    told = any(a.example for a in asked)
    return told and all(entry.cells[a.key].text == a.example for a in asked)


def _take(entry: Entry, asked: Asked) -> Iterable[Problem]:
    """Read a cell into the entry's values."""
    cell = entry.cells[asked.key]
    if cell.error or (cell.has_formula and not cell.text):
        what = f"单元格的公式没有结果（{cell.error or '空'}）"
        return [entry.problem(asked.key, what, "把公式改为文字或数字")]
    if not cell.text:
        if asked.required:
            return [entry.problem(asked.key, f"没有填写「{asked.title}」", f"补上：{asked.note}")]
        return []
    try:
        entry.values[asked.key] = _value(entry, asked, cell)
    except _Unread as unread:
        return [entry.problem(asked.key, unread.what, unread.fix)]
    return []


class _Unread(Exception):
    """A cell that cannot be read: what is wrong with it, how to fix it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def _value(entry: Entry, asked: Asked, cell: Cell) -> Any:
    text = one_line(cell.text)
    if asked.choices:
        if text in asked.choices:
            return asked.choices[text]
        near = difflib.get_close_matches(text, asked.choices, n=1, cutoff=0.5)
        offered = "、".join(asked.choices)
        raise _Unread(
            f"「{text}」不在可选的词之内",
            f"是否应为「{near[0]}」？可选：{offered}" if near else f"改为：{offered}",
        )
    match asked.reads:
        case "number":
            return _number(entry, cell)
        case "whole":
            number = _number(entry, cell)
            if not number.is_integer() or not 0 <= number < 10_000:
                raise _Unread(f"「{text}」不是合适的整数", f"写整数：{asked.note}")
            return int(number)
        case "month":
            return _month(cell, asked)
        case "day":
            return _day(text, asked)
        case "id":
            if not _ID.fullmatch(text):
                fix = "只用小写字母、数字和半角连字符，如 fgw-1"
                raise _Unread(f"编号「{text}」的写法不对", fix)
            return text
        case _:
            return text


def _number(entry: Entry, cell: Cell) -> float:
    """Read a number in the unit of its row; a target of growth is in percent."""
    unit = one_line(entry.cells.get("unit", Cell()).text)
    unit = PERCENT if entry.get("kind") in _GROWTH else unit
    read = read_number(cell, unit)
    if read.value is None:
        if read.rule is None:
            raise _Unread(f"「{cell.text}」不是数", "只写数字；没有的留空")
        said = read.rule.finding(
            Place(), observed=read.observed, expected=read.expected, remedy=read.remedy
        )
        raise _Unread(said.message.rstrip("。"), _own(said.remedy))
    if read.rule is cell_rules.UNIT_CONVERTED and not _in_own_unit(cell.text, unit, read.value):
        what = f"「{cell.text}」不是以「{unit}」计的数"
        raise _Unread(what, f"核对计量单位；没有写错的，改为 {shown(read.value)}")
    return read.value


def _in_own_unit(text: str, unit: str, value: float) -> bool:
    """Whether a number has the very unit behind it that its row is in."""
    plain = compact(text)
    return plain.endswith(unit) and accepted_text(plain.removesuffix(unit)) == value


def _month(cell: Cell, asked: Asked) -> str:
    text = f"{cell.text}年" if _YEAR.fullmatch(cell.text) else cell.text
    try:
        return str(read_month(text))
    except ValueError as error:
        raise _Unread(str(error), f"写作 2025-12：{asked.note}") from error


def _day(text: str, asked: Asked) -> str:
    """Return a day as the plan's files have it, or the month or year where no more is known."""
    try:
        return read_issued(text)
    except ValueError as error:
        raise _Unread(str(error), f"写出日期：{asked.note}") from error
