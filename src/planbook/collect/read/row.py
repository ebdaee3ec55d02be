"""The findings of one workbook while it is read, and its rows as the checks see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from planbook.collect.layout import FIRST_ROW, NEWEST, Layout, Table
from planbook.collect.read.number_cells import NumberRead, read_number
from planbook.collect.read.plain_words import meant_by
from planbook.collect.rules import Place, Rule, cell_rules, row_rules
from planbook.collect.xlsx.cell_looks import LOWERED, RAISED, REMEDIES
from planbook.collect.xlsx.raw_cells import Raw, Sheet
from planbook.errors import Finding
from planbook.periods import Edition
from planbook.plan import Indicator, Plan
from planbook.vocabulary import ObsStatus


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
        return tuple(i for i in self.plan.indicators if self.plan.unit_of(i).id == self.unit_id)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table sheet: its cells by column key, and the report for what is wrong in it."""

    sheet: Sheet
    table: Table
    index: int  # counted from 0
    report: Report
    indicator_id: str = ""

    def about(self, indicator_id: str) -> Row:
        """Return the row with the indicator that its findings are about."""
        return replace(self, indicator_id=indicator_id)

    @property
    def number_shown(self) -> str:
        """The row's number as Excel shows it."""
        return str(self.index + 1)

    @property
    def is_empty(self) -> bool:
        return all(self.is_blank(c.key) for c in self.table.columns if c.is_read)

    def is_blank(self, key: str) -> bool:
        return self.sheet.is_blank(self.index, self.table.at(key))

    def raw(self, key: str) -> Raw:
        return self.sheet.at(self.index, self.table.at(key))

    def text(self, key: str) -> str:
        """Return a cell's text, the empty one in a column that this version lacks."""
        return self.sheet.text(self.index, self.table.at(key)) if self.table.has(key) else ""

    def name(self, key: str) -> str:
        """Return a text without any blanks, for comparing names."""
        return "".join(self.text(key).split())

    def cell(self, key: str) -> str:
        return self.table.cell(self.index, key)

    def is_merged(self, *keys: str) -> bool:
        """Tell whether one of these cells is part of a merged range: whose it is, is not clear."""
        merged = self.sheet.marks.merged_cells
        return any((self.index, self.table.at(key)) in merged for key in keys)

    def is_unclear(self, *keys: str) -> bool:
        """Report the cells among these of which a person sees something else; tell if any is."""
        unclear = [key for key in keys if self.look(key) and self.text(key)]
        for key in unclear:
            look = self.look(key)
            remedy = REMEDIES.get(look, "")
            self.add(
                cell_rules.UNCLEAR_LOOK, key, observed=self.text(key), expected=look, remedy=remedy
            )
        return bool(unclear)

    def look(self, key: str) -> str:
        """Return what makes a cell's content doubtful to the eye: 删除线, 上标, 白色字."""
        return self.sheet.marks.looks.get(self.cell(key), "") if self.table.has(key) else ""

    def note_unclear_texts(self, *keys: str) -> None:
        """Report texts that are printed although something in them is struck out or hidden."""
        for key in keys:
            look = self.look(key)
            if look not in ("", RAISED, LOWERED) and self.text(key):
                self.add(cell_rules.STRUCK_TEXT, key, observed=self.text(key), expected=look)

    def add(self, rule: Rule, key: str, **words: str) -> None:
        """Report a finding at the row's cell in this column."""
        place = self.report.place.at(self.table.sheet, self.cell(key), self.indicator_id)
        self.report.findings.append(rule.finding(place, **words))

    def number(self, key: str, unit: str) -> NumberRead:
        """Read a number cell and report what is to be said about it; merged, it is refused."""
        if self.is_merged(key):
            return NumberRead(ObsStatus.REFUSED)
        column = self.table.at(key)
        read = read_number(self.sheet, self.index, column, unit, is_growth=key == "yoy")
        if read.rule is not None:
            self.add(
                read.rule,
                key,
                observed=read.observed,
                expected=read.expected,
                remedy=read.remedy,
            )
        return read

    def word(self, key: str, allowed: tuple[str, ...], rule: Rule) -> str:
        """Return a cell's word; report and return nothing for one that means none `allowed`."""
        text = self.text(key)
        if not text or text in allowed:
            return text
        column = self.table.columns[self.table.at(key)].title
        meant = meant_by(text, allowed)
        if meant:
            self.add(row_rules.WORD_READ, key, observed=text, expected=meant, column=column)
            return meant
        self.add(rule, key, observed=text, expected="、".join(allowed), column=column)
        return ""


def filled_rows(sheet: Sheet, table: Table, report: Report) -> Iterator[Row]:
    """Yield the rows below the headings that hold something in a column that is read."""
    for index in range(FIRST_ROW, len(sheet.rows)):
        row = Row(sheet, table, index, report)
        if not row.is_empty:
            yield row
