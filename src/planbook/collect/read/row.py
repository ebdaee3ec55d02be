"""The findings of one workbook while it is read, and its rows as the checks see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from planbook.collect.layout import FIRST_ROW, NEWEST, Layout, Table
from planbook.collect.read.number_cells import NumberRead, read_number
from planbook.collect.read.plain_words import meant_by
from planbook.collect.rules import Place, Rule, cell_rules, row_rules
from planbook.collect.xlsx.cell_looks import LOWERED, RAISED, REMEDIES
from planbook.collect.xlsx.raw_cells import Cell, Sheet
from planbook.errors import Finding
from planbook.periods import Edition
from planbook.plan import Indicator, Plan
from planbook.vocabulary import ObsStatus

_NO_CELL = Cell()
_WITHOUT_RESULT = "没有结果的公式"


@dataclass
class Report:
    """Collects the findings of a workbook that should be `unit_id`'s for `edition`."""

    plan: Plan
    edition: Edition
    unit_id: str
    place: Place
    received: dt.date | None = None  # the day it came; None: not known, and nothing follows from it
    findings: list[Finding] = field(default_factory=list)
    layout: Layout = NEWEST  # of the workbook's own version, once that is known

    def add(self, rule: Rule, sheet: str = "", cell: str = "", **words: str) -> None:
        """Report a finding of `rule`; `words` are what the rule's wording asks for."""
        self.findings.append(rule.finding(self.place.at(sheet, cell), **words))

    def own_indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators this unit reports."""
        return self.plan.indicators_of(self.unit_id)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table sheet: its cells by column key, and the report for what is wrong in it."""

    table: Table
    index: int  # counted from 0
    report: Report
    cells: Mapping[str, Cell]  # of the columns that are read
    indicator_id: str = ""  # that its findings are about

    def __getitem__(self, key: str) -> Cell:
        """Return a cell, an empty one in a column that this version lacks."""
        return self.cells.get(key, _NO_CELL)

    @property
    def number_shown(self) -> str:
        """The row's number as Excel shows it."""
        return str(self.index + 1)

    def is_merged(self, *keys: str) -> bool:
        """Tell whether one of these cells is part of a merged range: whose it is, is not clear."""
        return any(self[key].is_merged for key in keys)

    def is_unclear(self, *keys: str) -> bool:
        """Report the cells among these of which a person sees something else; tell if any is."""
        unclear = [key for key in keys if self[key].look and self[key].text]
        for key in unclear:
            look = self[key].look
            self._add_seen(cell_rules.UNCLEAR_LOOK, key, look, remedy=REMEDIES.get(look, ""))
        return bool(unclear)

    def note_unclear_texts(self, *keys: str) -> None:
        """Report texts that are printed although something in them is struck out or hidden."""
        for key in keys:
            look = self[key].look
            if look not in ("", RAISED, LOWERED) and self[key].text:
                self._add_seen(cell_rules.STRUCK_TEXT, key, look)

    def _add_seen(self, rule: Rule, key: str, expected: str, **words: str) -> None:
        """Report what stands in a cell."""
        self.add(rule, key, observed=self[key].text, expected=expected, **words)

    def add(self, rule: Rule, key: str, **words: str) -> None:
        """Report a finding at the row's cell in this column."""
        place = self.report.place.at(self.table.sheet, self[key].place, self.indicator_id)
        self.report.findings.append(rule.finding(place, **words))

    def number(self, key: str, unit: str) -> NumberRead:
        """Read a number cell and report what is to be said about it; merged, it is refused."""
        if self[key].is_merged:
            return NumberRead(ObsStatus.REFUSED)
        read = read_number(self[key], unit, is_growth=key == "yoy")
        if read.rule is not None:
            self.add(
                read.rule, key, observed=read.observed, expected=read.expected, remedy=read.remedy
            )
        return read

    def word(
        self,
        key: str,
        allowed: tuple[str, ...],
        rule: Rule,
        also: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        """Return a cell's word; report and return nothing for one that means none `allowed`.

        Nor does an error or a formula that was never calculated, which show no text. `also` are
        other words that a plan has for some of those allowed.
        """
        cell = self[key]
        if cell.is_blank or cell.text in allowed:
            return cell.text
        column = self.table.columns[self.table.at(key)].title
        meant = meant_by(cell.text, allowed, also) if cell.text else ""
        if meant:
            self._add_seen(row_rules.WORD_READ, key, meant, column=column)
        else:
            observed = cell.text or cell.error or _WITHOUT_RESULT
            self.add(rule, key, observed=observed, expected="、".join(allowed), column=column)
        return meant


def filled_rows(sheet: Sheet, table: Table, report: Report) -> list[Row]:
    """Return the rows below the headings that hold something in a column that is read."""
    read = [(position, c.key) for position, c in enumerate(table.columns) if c.is_read]
    rows = []
    for index in range(FIRST_ROW, len(sheet.rows)):
        cells = {key: sheet.cell(index, position) for position, key in read}
        if not all(cell.is_blank for cell in cells.values()):
            rows.append(Row(table, index, report, cells))
    return rows
