"""Hold a workbook against what was reported before: jumps, falls, silent changes, steps back.

One small function a rule, each a warning: what changed may be right, so nothing is refused and
people are asked. What counts as a jump is in `usual`; findings print the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planbook.collect.history import History, Known, Values
from planbook.collect.layout import VALUES
from planbook.collect.number_cells import shown
from planbook.collect.period_cells import label_of
from planbook.collect.rules import Place, Rule, history
from planbook.collect.status_checks import status_back
from planbook.collect.submission import ReportedValue, Submission
from planbook.collect.usual import usual_value
from planbook.collect.value_checks import rounding_error
from planbook.errors import Finding
from planbook.periods import TimePeriod
from planbook.plan import Indicator, Plan
from planbook.vocabulary import (
    Accumulation,
    Nature,
    ObsStatus,
    ReleaseStage,
    YoyType,
)

_FINALITY = {
    ReleaseStage.ESTIMATE: 0,
    ReleaseStage.FLASH: 1,
    ReleaseStage.PRELIMINARY: 2,
    ReleaseStage.FINAL: 3,
}


def history_findings(submission: Submission, known_before: History) -> tuple[Finding, ...]:
    """Return what in a submission contradicts earlier editions.

    Parameters
    ----------
    known_before
        What editions before the submission's said.
    """
    place = Place(str(submission.edition), submission.unit_id, submission.file)
    found: list[Finding] = []
    for value in submission.values:
        if value.cell:
            case = _Case.of(value, submission, known_before, place)
            found += (finding for check in _CHECKS for finding in check(case))
    for status in submission.statuses:
        found += status_back(status, submission, known_before, place)
    return tuple(found)


@dataclass(frozen=True)
class _Case:
    """A value and what is known of its indicator.

    `known` holds the values as this workbook's 修订 leaves them, `reported` as they were;
    `declared` the periods that 修订 names, `scopes` those the workbook has a row in.
    """

    value: ReportedValue
    indicator: Indicator
    plan: Plan
    known: Values
    reported: Values
    declared: frozenset[TimePeriod]
    scopes: frozenset[str]
    place: Place

    @classmethod
    def of(
        cls,
        value: ReportedValue,
        submission: Submission,
        known_before: History,
        place: Place,
    ) -> _Case:
        plan = known_before.plan
        id = value.indicator_id
        revisions = [r for r in submission.revisions if r.indicator_id == id]
        reported = known_before.values.get(id, {})
        known = reported
        for revision in revisions:
            known = known_before.revised(known, revision)
        return cls(
            value=value,
            indicator=plan.indicator(id),
            plan=plan,
            known=known,
            reported=reported,
            declared=frozenset(r.period for r in revisions),
            scopes=frozenset(v.scope for v in submission.values if v.indicator_id == id),
            place=place,
        )

    @property
    def earlier(self) -> list[Known]:
        """Values of the same scope and of earlier periods, oldest first."""
        own = [k for k in self.known.values() if k.scope == self.value.scope]
        return sorted((k for k in own if k.period < self.value.period), key=lambda k: k.period)

    @property
    def year_ago(self) -> Known | None:
        return self.known.get((self.value.period.plus(-12), self.value.scope))

    @property
    def same(self) -> Known | None:
        """What was reported of the very same period and scope."""
        return self.reported.get((self.value.period, self.value.scope))

    def label(self, known: Known | ReportedValue) -> str:
        return label_of(known.period, self.indicator)

    def differs(self, one: float, other: float) -> bool:
        """Tell whether two numbers differ in the decimals that are reported."""
        return round(one - other, self.indicator.decimals) != 0

    def finding(self, rule: Rule, key: str, **words: str) -> Finding:
        row = int(self.value.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
        place = self.place.at(VALUES.sheet, VALUES.cell(row, key), self.indicator.id)
        return rule.finding(place, **words)


def _falling_total(case: _Case) -> Iterator[Finding]:
    """A running total falls within its year, or since its start; a net total may."""
    before = _running_before(case)
    number = case.value.value
    if number is None or before is None or case.indicator.nature is Nature.COUNT_NET:
        return
    if number < before.value and case.differs(number, before.value):
        yield case.finding(
            history.FALLING_TOTAL,
            "value",
            observed=shown(number),
            expected=shown(before.value),
            period=case.label(case.value),
            earlier=case.label(before),
        )


def _jump(case: _Case) -> Iterator[Finding]:
    """A value is many times, or a small part of, what its own history leads to expect.

    A change of up to the plan's `small_target` units of the last decimal is none, however large
    the factor: one firm more doubles a count of one.
    """
    number = case.value.value
    usual = usual_value(case.plan, case.indicator, case.value.period, case.earlier, case.year_ago)
    if number is None or usual is None or number <= 0 or usual.amount <= 0:
        return
    small = case.plan.about.small_target * 10.0**-case.indicator.decimals
    ratio = number / usual.amount
    if 1 / usual.limit <= ratio <= usual.limit or abs(number - usual.amount) <= small:
        return
    before = _running_before(case)
    if before is not None and number < before.value:
        return  # the fall says it already
    yield case.finding(
        history.JUMP,
        "value",
        observed=shown(number),
        expected=shown(round(usual.amount, case.indicator.decimals)),
        basis=usual.basis,
        ratio=f"{ratio:.2g}" if ratio < 1 else f"{ratio:.1f}",
        limit=f"{usual.limit:.1f}",
    )


def _zero_after_values(case: _Case) -> Iterator[Finding]:
    """A level becomes 0, or a year-to-date value that was not 0 a year earlier."""
    if case.value.value != 0 or _running_before(case) is not None:
        return
    running = case.indicator.accumulation in (Accumulation.YTD, Accumulation.SINCE_START)
    before = case.year_ago if running else next(reversed(case.earlier), None)
    if before is not None and before.value > 0:
        expected = shown(before.value)
        yield case.finding(
            history.ZERO_AFTER_VALUES, "value", expected=expected, period=case.label(before)
        )


def _dash_after_values(case: _Case) -> Iterator[Finding]:
    """「—」 follows values, and no remark says why."""
    earlier = [k for k in case.reported.values() if k.period <= case.value.period]
    if case.value.status is not ObsStatus.NOT_APPLICABLE or case.value.remark or not earlier:
        return
    before = max(earlier, key=lambda k: (k.period, k.scope))
    expected = shown(before.value)
    yield case.finding(
        history.DASH_AFTER_VALUES, "value", expected=expected, period=case.label(before)
    )


def _undeclared_change(case: _Case) -> Iterator[Finding]:
    """A value of the same period and scope was another one before, and 修订 says nothing."""
    number, before = case.value.value, case.same
    if number is None or before is None or case.value.period in case.declared:
        return
    if case.differs(number, before.value):
        yield case.finding(
            history.UNDECLARED_CHANGE,
            "value",
            observed=shown(number),
            expected=shown(before.value),
            period=case.label(case.value),
        )


def _prior_differs(case: _Case) -> Iterator[Finding]:
    """上年同期值 is not what was reported then, by more than the plan's `yoy_gap` in percent.

    Of a matched panel the year before is another panel's, so nothing is said.
    """
    prior, before = case.value.prior_value, case.year_ago
    if prior is None or before is None or case.value.yoy_type == YoyType.COMPARABLE:
        return
    if before.value <= 0:
        return
    allowed = case.plan.about.yoy_gap + rounding_error(0, before.value, case.indicator.decimals)
    if abs(prior / before.value - 1) * 100 > allowed and case.differs(prior, before.value):
        yield case.finding(
            history.PRIOR_DIFFERS,
            "prior_value",
            observed=shown(prior),
            expected=shown(before.value),
            period=case.label(before),
        )


def _changed_scope(case: _Case) -> Iterator[Finding]:
    """The newest value known was of another scope, and this workbook no longer reports that one."""
    if case.value.value is None or not case.reported:
        return
    newest = max(k.period for k in case.reported.values())
    before = {k.scope for k in case.reported.values() if k.period == newest}
    if before.isdisjoint(case.scopes):
        expected = "、".join(sorted(before))
        yield case.finding(
            history.CHANGED_SCOPE, "scope", observed=case.value.scope, expected=expected
        )


def _stage_back(case: _Case) -> Iterator[Finding]:
    """The same period's value was called more final before."""
    stage, before = case.value.stage, case.same
    if before is None or not stage or not before.stage:
        return
    if _FINALITY[ReleaseStage(stage)] < _FINALITY[ReleaseStage(before.stage)]:
        yield case.finding(
            history.STAGE_BACK,
            "stage",
            observed=stage,
            expected=before.stage,
            period=case.label(case.value),
        )


_CHECKS = (
    _falling_total,
    _jump,
    _zero_after_values,
    _dash_after_values,
    _undeclared_change,
    _prior_differs,
    _changed_scope,
    _stage_back,
)


def _running_before(case: _Case) -> Known | None:
    """Return the last earlier value of the same running total; ``None`` for a level."""
    earlier = case.earlier
    match case.indicator.accumulation:
        case Accumulation.YTD:
            earlier = [k for k in earlier if k.period.year == case.value.period.year]
        case Accumulation.SINCE_START:
            pass
        case _:
            return None
    return earlier[-1] if earlier else None
