"""What a rule is: its id, how grave it is, what it says and where it says it.

An error is what would put a wrong number or a wrong status into the book. Some of them only ask: a
figure ten times last year's may be right. These are `confirmable`: an explanation in the row's
核实说明 lets the figure through, and is published with it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from planbook.collect.layout import VALUES
from planbook.errors import Finding
from planbook.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: of a workbook, then of a cell."""

    edition: str = ""
    submitting_unit: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    indicator_id: str = ""

    def at(self, sheet: str, cell: str = "", indicator_id: str = "") -> Place:
        """Return the place of a cell in this workbook."""
        return replace(self, sheet=sheet, cell=cell, indicator_id=indicator_id)


_SHORTEST_EXPLANATION = 4  # different letters or ideographs: 「无」「—」「已核」 explain nothing
_LETTER = re.compile(r"[^\W\d_]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_NOTHING_SAID = re.compile(
    "(?:无|没|没有|不)(?:需|需要|必|)(?:说明|问题|异常)|不适用"
    "|(?:请|此处|在此|)填写(?:核实说明|说明|原因)"
    "|同上(?:一|)[行条]|(?:详见|见|同)(?:备注|附件|上)(?:说明|)"
)
_CONFIRM = "；确认无误的，在该行「核实说明」写明原因{older}后重新报送"
_OLDER = {VALUES.sheet: "（旧版模板写在「备注」）"}  # 修订 had no such column
_CONFIRMED = "核对部门的说明是否成立"


def explains(text: str) -> bool:
    """Tell whether a text is an explanation: in Chinese, of four different characters or more.

    「无需说明」「没有问题」「请填写原因」「同上一行」「见附件」 are none.
    """
    said = _NOTHING_SAID.sub("", "".join(text.split()))
    letters = set(_LETTER.findall(said))
    return len(letters) >= _SHORTEST_EXPLANATION and bool(_IDEOGRAPH.search(said))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is called, how grave it is, and how a finding of it reads."""

    id: str
    severity: Severity
    title: str
    message: str
    remedy: str
    confirmable: bool = False  # an error that the department may confirm

    @property
    def compares(self) -> bool:
        """Tell whether `expected` is what a figure was held against, and not what to write."""
        return self.confirmable or "{basis}" in self.message

    def finding(
        self,
        place: Place,
        *,
        observed: str = "",
        expected: str = "",
        remedy: str = "",
        explanation: str = "",
        **words: str,
    ) -> Finding:
        """Return a finding of this rule; `remedy` replaces the rule's own where it can say more.

        `explanation` is what the department wrote in 核实说明 of the row. Where the rule can be
        confirmed and the text explains something, the finding is a warning that quotes it.
        """
        words = {"observed": observed, "expected": expected, **words}
        message, severity = _fill(self.message, words), self.severity
        remedy = remedy or _fill(self.remedy, words)
        if self.confirmable and explains(explanation):
            message += f"部门核实说明：「{explanation}」"
            severity, remedy = Severity.WARNING, _CONFIRMED
        elif self.confirmable:
            remedy += _CONFIRM.format(older=_OLDER.get(place.sheet, ""))
        return Finding(
            rule=self.id,
            severity=severity,
            message=message,
            **asdict(place),
            observed=observed,
            expected=expected,
            remedy=remedy,
        )


def error(id: str, title: str, message: str, remedy: str) -> Rule:
    """Return a rule whose findings keep out what they are about."""
    return Rule(id, Severity.ERROR, title, message, remedy)


def doubt(id: str, title: str, message: str, remedy: str) -> Rule:
    """Return a rule whose findings keep a figure out until the department confirms it."""
    return Rule(id, Severity.ERROR, title, message, remedy, confirmable=True)


def warning(id: str, title: str, message: str, remedy: str) -> Rule:
    """Return a rule whose findings are published beside what they are about."""
    return Rule(id, Severity.WARNING, title, message, remedy)


def _fill(wording: str, words: dict[str, str]) -> str:
    # Not str.format: in one pass, what a department typed is never read as a placeholder.
    return re.sub(r"\{(\w+)\}", lambda match: words[match[1]], wording)
