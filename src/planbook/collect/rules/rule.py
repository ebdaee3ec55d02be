"""What a rule is: its id, how grave it is, what it says and where it says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planbook.errors import Finding
from planbook.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: of a workbook, then of a cell."""

    edition: str = ""
    unit_id: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    indicator_id: str = ""

    def at(self, sheet: str, cell: str = "", indicator_id: str = "") -> Place:
        """Return the place of a cell in this workbook."""
        return replace(self, sheet=sheet, cell=cell, indicator_id=indicator_id)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, how grave it is, and how a finding of it reads."""

    id: str
    severity: Severity
    title: str
    message: str
    remedy: str

    def finding(
        self,
        place: Place,
        *,
        observed: str = "",
        expected: str = "",
        remedy: str = "",
        **words: str,
    ) -> Finding:
        """Return a finding of this rule; `remedy` replaces the rule's own where it can say more."""
        words = {"observed": observed, "expected": expected, **words}
        return Finding(
            rule=self.id,
            severity=self.severity,
            message=_fill(self.message, words),
            edition=place.edition,
            submitting_unit=place.unit_id,
            file=place.file,
            sheet=place.sheet,
            cell=place.cell,
            indicator_id=place.indicator_id,
            observed=observed,
            expected=expected,
            remedy=remedy or _fill(self.remedy, words),
        )


def _fill(wording: str, words: dict[str, str]) -> str:
    # Not str.format: in one pass, what a department typed is never read as a placeholder.
    return re.sub(r"\{(\w+)\}", lambda match: words[match[1]], wording)
