"""Who signed a workbook: read for the receipt, checked for gaps, and kept out of everything else.

The names and the telephone number stand below the table of 填报表. They go into the receipt only;
wherever a department typed them into a text that is published, a mark takes their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from planbook.collect.form.form import SignOff
from planbook.collect.layout import FIRST_ROW, SIGN_OFF, VALUES, Table, position
from planbook.collect.personal import (
    LEFT_OUT,
    named,
    names_pattern,
    own_numbers,
    people,
    personal_numbers,
    without,
)
from planbook.collect.read.row import Report
from planbook.collect.read.submission import (
    DeclaredRevision,
    ProposedTask,
    ReportedProject,
    ReportedReply,
    ReportedStatus,
    ReportedTask,
    ReportedValue,
)
from planbook.collect.rules import row_rules
from planbook.collect.xlsx.raw_cells import Sheet
from planbook.errors import Finding
from planbook.plan.plan_file import CHINA

Entry = TypeVar(
    "Entry",
    ReportedValue,
    ReportedStatus,
    DeclaredRevision,
    ReportedReply,
    ReportedTask,
    ProposedTask,
    ReportedProject,
)
_REQUIRED = ("head", "reviewer", "compiler", "date")


def sign_off_row(sheet: Sheet) -> int | None:
    """Return the row of the labels below the table, counted from 0."""
    _, label, key = SIGN_OFF[0]
    for row in range(FIRST_ROW, len(sheet.rows)):
        if sheet.text(row, VALUES.at(key)) == label:
            return row
    return None


def signed_by(sheet: Sheet) -> SignOff:
    """Return what stands under the labels."""
    row = sign_off_row(sheet)
    if row is None:
        return SignOff()
    return SignOff(**{field: sheet.text(row + 1, VALUES.at(key)) for field, _, key in SIGN_OFF})


def check_signatures(sheet: Sheet, report: Report) -> None:
    """Report which signatures are missing; the telephone number may be left out."""
    signed, row = signed_by(sheet), sign_off_row(sheet)
    required = [entry for entry in SIGN_OFF if entry[0] in _REQUIRED]
    required_keys = [(label, key) for _, label, key in required]
    missing = [(label, key) for field, label, key in required if not getattr(signed, field)]
    if missing:
        cell = "" if row is None else VALUES.cell(row + 1, missing[0][1])
        labels = "、".join(label for label, _ in missing)
        found = "都没有填写" if missing == required_keys else f"缺少{labels}"
        expected = "、".join(label for _, label, _ in required)
        report.add(row_rules.UNSIGNED, VALUES.sheet, cell, observed=found, expected=expected)


class Mask:
    """Takes a workbook's signers, and every number of a person (`personal`), out of texts."""

    def __init__(self, signed: SignOff, telephones: tuple[str, ...] = (CHINA,)) -> None:
        signers = (signed.head, signed.reviewer, signed.compiler)
        self._names = names_pattern(name for signer in signers for name in people(signer))
        self._numbers = own_numbers(signed.phone)
        self._telephones = telephones

    @classmethod
    def of_nobody(cls, telephones: tuple[str, ...] = (CHINA,)) -> Mask:
        """Return a mask for texts of no workbook: it takes out telephone numbers only."""
        return cls(SignOff(), telephones)

    def text(self, text: str) -> str:
        """Return the text with a mark in place of each name and number."""
        if not text:
            return text
        numbers = personal_numbers(text, self._telephones)
        found = (named(text, self._names), named(text, self._numbers), numbers)
        return without(text, chain.from_iterable(found))

    def published(
        self, entries: Iterable[Entry], table: Table, report: Report, *keys: str
    ) -> list[Entry]:
        """Return the rows of a table, these texts of theirs masked, and report what was.

        A text that the table has no column for was taken from another, where it is reported.
        """
        masked = []
        for entry in entries:
            texts: dict[str, Any] = {key: self.text(getattr(entry, key)) for key in keys}
            for key, text in texts.items():
                if text != getattr(entry, key) and table.has(key):
                    title = table.columns[table.at(key)].title
                    cell = table.cell(position(entry.cell)[0], key)
                    rule = row_rules.PERSONAL_DATA
                    report.add(rule, table.sheet, cell, observed=LEFT_OUT, expected=title)
            masked.append(replace(entry, **texts))
        return masked

    def findings(self, findings: list[Finding]) -> Iterator[Finding]:
        """Yield the findings without what was typed of people; their wording is our own."""
        for finding in findings:
            told = {key: getattr(finding, key) for key in ("observed", "expected", "sheet")}
            masked: dict[str, Any] = {key: self.text(text) for key, text in told.items()}
            remedy = self.text(finding.remedy)
            message = finding.message if masked == told else self.text(finding.message)
            yield replace(finding, message=message, remedy=remedy, **masked)
