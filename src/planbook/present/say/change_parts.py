"""What of a pace's change each reason made, as printed: the parts printed add up to the change.

Both paces are printed as everywhere, never rounded up; with more decimals where two do not tell
them apart. The parts are rounded so that their sum is the difference of the two paces printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from planbook.present import numbers
from planbook.rounding import rounded
from planbook.watch_frames import ChangeFactor, ChangeReasonRow

_DECIMALS = (2, 3, 4)  # of paces and parts


@dataclass(frozen=True)
class PrintedChange:
    """Both paces and the parts of their difference, to the same decimals; no part is ``-0``."""

    old: Decimal
    new: Decimal
    parts: Mapping[ChangeFactor, Decimal]

    @property
    def difference(self) -> Decimal:
        return self.new - self.old


def parts_of(row: ChangeReasonRow) -> dict[ChangeFactor, float] | None:
    """Return the parts of a change by factor; ``None`` where there was nothing to split."""
    found = {
        ChangeFactor.DATA: row.part_data,
        ChangeFactor.REVISION: row.part_revision,
        ChangeFactor.TIME: row.part_time,
        ChangeFactor.TARGET: row.part_target,
    }
    parts = {factor: part for factor, part in found.items() if part is not None}
    return parts if len(parts) == len(found) else None


def printed_change(row: ChangeReasonRow) -> PrintedChange | None:
    """Return a change as it is printed; ``None`` where there was nothing to split."""
    parts = parts_of(row)
    if parts is None or row.old_pace is None or row.new_pace is None:
        return None
    for decimals in _DECIMALS:
        old, new = (numbers.pace_printed(each, decimals) for each in (row.old_pace, row.new_pace))
        if old != new:
            break
    return PrintedChange(old, new, _adding_up(parts, new - old, decimals))


def _adding_up(
    parts: Mapping[ChangeFactor, float], total: Decimal, decimals: int
) -> dict[ChangeFactor, Decimal]:
    """Round parts so that they add up: what is amiss goes to those that rounding moved the most.

    A part of exactly zero stays zero.
    """
    step = Decimal(1).scaleb(-decimals)
    found = {factor: rounded(part, decimals) for factor, part in parts.items()}
    shared = [factor for factor, part in parts.items() if part]
    while shared and (amiss := total - sum(found.values())):
        sign = 1 if amiss > 0 else -1
        off = {factor: sign * (Decimal(repr(parts[factor])) - found[factor]) for factor in shared}
        found[max(off, key=lambda factor: off[factor])] += sign * step
    return {factor: abs(part) if part.is_zero() else part for factor, part in found.items()}
