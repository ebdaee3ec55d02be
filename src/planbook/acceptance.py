"""What may be published as it is, by the names under which it is accepted."""

from __future__ import annotations

from enum import StrEnum


class Acceptance(StrEnum):
    """What may be published all the same, if whoever publishes says so by this name."""

    UNREPORTED = "unreported"
    FINDINGS = "findings"
    COMMENTARY = "commentary"

    @property
    def label(self) -> str:
        return _ACCEPTED[self]


_ACCEPTED = {
    Acceptance.UNREPORTED: "有单位未报送",
    Acceptance.FINDINGS: "有错误未更正",
    Acceptance.COMMENTARY: "有点评未确认或未写完",
}
