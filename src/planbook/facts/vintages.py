"""The vintages of every value while the facts are being built, and how a report enters them.

Submissions of all editions, oldest first → for each value (indicator, period, scope) and each
measure, what was known in which edition.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from planbook.collect.read.submission import (
    DeclaredRevision,
    ReportedStatus,
    ReportedValue,
    Submission,
)
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import ObsStatus, Origin, Scope

Row = dict[str, Any]
Key = tuple[str, str, str]  # indicator, period, scope
_SILENT = (ObsStatus.NOT_SENT, ObsStatus.REFUSED)


@dataclass
class Vintages:
    """What was known when. Rows have the columns of `OBSERVATIONS` and `STATUS_REPORTS`.

    Attributes
    ----------
    values, statuses
        By key, then by the edition from which a row holds.
    declared
        Reason of each change that a department declared, by key and edition.
    """

    plan: Plan
    values: dict[Key, dict[Edition, Row]] = field(default_factory=lambda: defaultdict(dict))
    statuses: dict[str, dict[Edition, Row]] = field(default_factory=lambda: defaultdict(dict))
    declared: dict[tuple[Key, Edition], DeclaredRevision] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, submissions: Iterable[Submission]) -> Vintages:
        """Take in submissions in the order of their editions, whatever order they come in."""
        found = cls(plan)
        for submission in sorted(submissions, key=lambda s: (s.edition, s.unit_id)):
            found.take(submission)
        return found

    def take(self, submission: Submission) -> None:
        """Enter what a workbook says, as known from its edition on."""
        for value in submission.values:
            self._take_value(submission, value)
        for revision in submission.revisions:
            self._take_revision(submission, revision)
        for status in submission.statuses:
            self._take_status(submission, status)

    def known(self, key: Key, edition: Edition) -> Row | None:
        """Return the row that holds in an edition."""
        held = self.values.get(key, {})
        newest = max((e for e in held if e <= edition), default=None)
        return None if newest is None else held[newest]

    def _take_value(self, submission: Submission, value: ReportedValue) -> None:
        key = (value.indicator_id, str(value.period), value.scope.value)
        before = self.known(key, submission.edition)
        if value.status in _SILENT and before is not None and not math.isnan(before["obs_value"]):
            return  # silence does not withdraw a value that was sent; the finding stays
        self.values[key][submission.edition] = {
            "indicator_id": value.indicator_id,
            "time_period": str(value.period),
            "scope": value.scope.value,
            "vintage": str(submission.edition),
            "accumulation": self.plan.indicator(value.indicator_id).accumulation.value,
            "obs_value": _number(value.value),
            "obs_status": value.status.value,
            "release_stage": value.stage,
            "yoy": _number(value.yoy),
            "yoy_type": value.yoy_type,
            "prior_value": _number(value.prior_value),
            "remark": remark(value.remark, value.confirmed),
            "origin": Origin.REPORT.value,
            "submitting_unit": submission.unit_id,
            "source_file": submission.file,
            "source_sheet": value.sheet,
            "source_cell": value.cell,
        }

    def _take_revision(self, submission: Submission, revision: DeclaredRevision) -> None:
        """Enter a row of 修订 as a new vintage, or as the reason for one that 填报表 brings."""
        edition = submission.edition
        key = self._revised_key(revision, edition)
        self.declared[key, edition] = revision
        held = self.values.get(key, {})
        if edition in held and held[edition]["obs_value"] == revision.new_value:
            return
        before = self.known(key, edition)
        self.values[key][edition] = {
            "indicator_id": key[0],
            "time_period": key[1],
            "scope": key[2],
            "vintage": str(edition),
            "accumulation": self.plan.indicator(key[0]).accumulation.value,
            "obs_value": revision.new_value,
            "obs_status": ObsStatus.NORMAL.value,
            "release_stage": "",  # the sheet does not ask; the earlier value's no longer holds
            "yoy": math.nan,  # belonged to the earlier value
            "yoy_type": "",
            "prior_value": before["prior_value"] if before else math.nan,
            "remark": remark(revision.reason, revision.confirmed),
            "origin": Origin.REVISION.value,
            "submitting_unit": submission.unit_id,
            "source_file": submission.file,
            "source_sheet": revision.sheet,
            "source_cell": revision.cell,
        }

    def _revised_key(self, revision: DeclaredRevision, edition: Edition) -> Key:
        """Return which value is meant: 修订 has no scope, so the one that fits the old value."""
        indicator_id, period = revision.indicator_id, str(revision.period)
        scopes = sorted(s.value for s in Scope if (indicator_id, period, s.value) in self.values)
        own = self.plan.indicator(indicator_id).scope.value
        for scope in sorted(scopes, key=lambda scope: scope != own):
            row = self.known((indicator_id, period, scope), edition)
            if row is not None and row["obs_value"] in (revision.old_value, revision.new_value):
                return indicator_id, period, scope
        return indicator_id, period, own if own in scopes or not scopes else scopes[0]

    def _take_status(self, submission: Submission, status: ReportedStatus) -> None:
        self.statuses[status.measure_id][submission.edition] = {
            "measure_id": status.measure_id,
            "vintage": str(submission.edition),
            "status": status.status.value,
            "progress": status.progress,
            "completed_on": status.completed_on,
            "submitting_unit": submission.unit_id,
            "source_file": submission.file,
            "source_sheet": status.sheet,
            "source_cell": status.cell,
        }


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def remark(text: str, confirmed: str) -> str:
    """Return a remark with what the department said of a figure it was asked to confirm."""
    if not confirmed or confirmed == text:
        return text
    return "；".join(part for part in (text, f"核实说明：{confirmed}") if part)
