"""Warnings about measures: blocked, or reported without saying anything new.

A sub-item whose measure has the same warning has none of its own. `since` is the edition in which
its own run became long enough, whoever was warned of meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planbook.assess.alerts.evidence import Evidence
from planbook.frames import MeasureRow
from planbook.vocabulary import FINISHED, MeasureStatus
from planbook.watch_frames import AlertRow, AlertRule


def measure_blocked(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the measures that have been 受阻 for some editions in a row.

    `measured` is the number of editions in a row, `limit` that of the plan.
    """
    for row, length in _longest(evidence, lambda row, _: row.status is MeasureStatus.BLOCKED):
        yield _warning(evidence, AlertRule.MEASURE_BLOCKED, row, length)


def measure_silent(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the measures under way of which some editions in a row told nothing new.

    The progress is blank, or letter by letter that of the edition before. What was not reported at
    all is told by the rule on units. `measured` is the number of editions in a row, `limit` that of
    the plan.
    """
    for row, length in _longest(evidence, _says_nothing_new):
        yield _warning(evidence, AlertRule.MEASURE_SILENT, row, length)


def _warning(evidence: Evidence, rule: AlertRule, row: MeasureRow, length: int) -> AlertRow:
    limit = evidence.limits.editions
    found = evidence.about(rule, row, measured=length, limit=limit)
    return replace(found, since=evidence.edition.base.plus(limit - length))


def _says_nothing_new(row: MeasureRow, before: MeasureRow | None) -> bool:
    if row.stale or row.status is None or row.status in FINISHED:
        return False
    said = row.progress.strip()
    return not said or (before is not None and said == before.progress.strip())


def _longest(
    evidence: Evidence, holds: Callable[[MeasureRow, MeasureRow | None], bool]
) -> Iterator[tuple[MeasureRow, int]]:
    """Yield the measures of which something has held long enough, with how many editions."""
    then = _Then(evidence)
    warned: set[str] = set()
    for row in evidence.measures:
        if row.parent_id in warned:
            continue
        length = 0
        current: MeasureRow | None = row
        while current is not None:
            before = then(length + 1, row.measure_id)
            if not holds(current, before):
                break
            length, current = length + 1, before
        if length >= evidence.limits.editions:
            warned.add(row.measure_id)
            yield row, length


class _Then:
    """Where a measure stood so many editions before."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._rows: dict[int, Mapping[str, MeasureRow]] = {}

    def __call__(self, back: int, measure_id: str) -> MeasureRow | None:
        if back >= len(self._evidence.editions):
            return None
        if back not in self._rows:
            rows = self._evidence.record.measures_of(self._evidence.editions[back])
            self._rows[back] = {row.measure_id: row for row in rows}
        return self._rows[back].get(measure_id)
