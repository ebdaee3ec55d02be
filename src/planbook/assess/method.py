"""The rules by which goals are judged, as a number, and each change of them since.

Whoever changes a verdict without changing the plan adds a `MethodChange` here, its sentence beside
the other words. The register keeps
the number with each published edition, the next book prints what changed since, and `verify`
explains by it why today's rules say something else of an old edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planbook.assess import judging_words as words


@dataclass(frozen=True)
class MethodChange:
    """A change of the rules; `said` is for readers."""

    number: int
    on: str  # day
    said: str


CHANGES: tuple[MethodChange, ...] = (
    MethodChange(1, "2026-11-26", words.FIRST_RULES),
    MethodChange(2, "2026-11-26", words.NEW_SPREADS),
    MethodChange(3, "2026-11-27", words.NO_WAY_BACK),
)
METHOD = CHANGES[-1].number


def changes_since(method: int) -> Iterator[MethodChange]:
    """Yield what changed after an edition that was judged by the rules of this number."""
    return (change for change in CHANGES if change.number > method)
