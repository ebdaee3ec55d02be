"""No warning repeats another: the one place that says which gives way to which, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from planbook.assess.alerts.evidence import Evidence
from planbook.vocabulary import Reason
from planbook.watch_frames import AlertRow, AlertRule

Repeats = Callable[[AlertRow, AlertRow], bool]  # the one that stays, the one that may go

_A_PERIOD = 4  # months at most: the last period of a year whose data run a month late


def _always(_kept: AlertRow, _other: AlertRow) -> bool:
    return True


def _within_its_period(revision: AlertRow, outlier: AlertRow) -> bool:
    """Whether the value revised is one of the two whose difference is the outlier."""
    if revision.period is None or outlier.period is None:
        return False
    return 0 <= outlier.period.ordinal - revision.period.ordinal <= _A_PERIOD


def _began_together(kept: AlertRow, other: AlertRow) -> bool:
    return kept.since == other.since


PRECEDENCE: Mapping[tuple[AlertRule, AlertRule], Repeats] = {
    # A value out of line because it, or the one before it, was corrected is that correction.
    (AlertRule.LARGE_REVISION, AlertRule.OUTLIER): _within_its_period,
    # The decision is made: why it had become likely is history.
    (AlertRule.DUE_PASSED, AlertRule.FALLEN_OUT): _always,
    (AlertRule.DUE_PASSED, AlertRule.RATING_FELL): _always,
    (AlertRule.DUE_PASSED, AlertRule.YEARLY_TARGET_MISSED): _always,
    (AlertRule.DUE_PASSED, AlertRule.LIKELIHOOD_CROSSED): _always,
    (AlertRule.DUE_PASSED, AlertRule.LIKELIHOOD_DROPPED): _always,
    (AlertRule.DUE_PASSED, AlertRule.BEYOND_HISTORY): _always,
    # A goal that was met is rated worse because it is met no more.
    (AlertRule.FALLEN_OUT, AlertRule.RATING_FELL): _always,
    # The crossing is the fall, and says where it ended.
    (AlertRule.LIKELIHOOD_CROSSED, AlertRule.LIKELIHOOD_DROPPED): _always,
    # The rating, which anyone can check, says of the same news that it got worse.
    (AlertRule.RATING_FELL, AlertRule.LIKELIHOOD_DROPPED): _began_together,
    # What would take more growth than there ever was is the reason why it is unlikely.
    (AlertRule.BEYOND_HISTORY, AlertRule.LIKELIHOOD_CROSSED): _always,
    (AlertRule.BEYOND_HISTORY, AlertRule.LIKELIHOOD_DROPPED): _always,
    # What is blocked has nothing new to tell but that.
    (AlertRule.MEASURE_BLOCKED, AlertRule.MEASURE_SILENT): _always,
}


def unrepeated(rows: Iterable[AlertRow], evidence: Evidence) -> list[AlertRow]:
    """Return the warnings of an edition without those that another one says already.

    Besides the pairs of `PRECEDENCE`, each about one goal or measure: a goal that cannot be judged
    because its unit sent nothing is told with its unit, where that warns.
    """
    found = list(rows)
    together: dict[tuple[str, str], list[AlertRow]] = defaultdict(list)
    for row in found:
        together[row.goal_id, row.measure_id].append(row)
    late = {row.submitting_unit for row in found if row.alert_rule is AlertRule.UNIT_LATE}
    return [
        row
        for row in found
        if not _is_repeated(row, together[row.goal_id, row.measure_id])
        and not (row.submitting_unit in late and _for_want_of_a_report(row, evidence))
    ]


def _is_repeated(row: AlertRow, others: Iterable[AlertRow]) -> bool:
    return any(
        repeats(other, row)
        for other in others
        if (repeats := PRECEDENCE.get((other.alert_rule, row.alert_rule))) is not None
    )


def _for_want_of_a_report(row: AlertRow, evidence: Evidence) -> bool:
    verdict = evidence.verdict(row.goal_id)
    return (
        row.alert_rule is AlertRule.UNJUDGED
        and verdict is not None
        and verdict.reason is Reason.NOT_REPORTED
    )
