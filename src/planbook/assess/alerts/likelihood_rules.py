"""Warnings about what is to come: the likelihood of meeting a goal, and what that would take.

Likelihoods of two editions are compared only where the same model gave them, with the same
constants; the reference frequency follows from the rating and has no warning of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from planbook.assess.alerts.evidence import Evidence
from planbook.assess.alerts.past import YEAR, Past
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookMethod, OutlookRow
from planbook.plan.alert_limits import AlertLimits
from planbook.vocabulary import Kind
from planbook.watch_frames import AlertRow, AlertRule

_MODELS = (OutlookMethod.MODEL, OutlookMethod.SHORT_MODEL)
_STEP = 1e-9  # printed likelihoods are multiples of 0.05


def likelihood_crossed(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals whose likelihood came down to the plan's lower limit from above it.

    Not those that stand below it, 37 % of real cases: they are a list, not an alarm. `measured` is
    the likelihood as printed, `compared` that of the edition before, `limit` the plan's. Found in
    4.6 % of quarters of 219 public series with targets that go on as before.
    """
    limit = evidence.limits.likelihood_low
    return _fell(evidence, AlertRule.LIKELIHOOD_CROSSED, crosses, limit)


def crosses(limits: AlertLimits, before: float, now: float) -> bool:
    """Whether a printed likelihood comes down to the lower limit from above it."""
    return now <= limits.likelihood_low + _STEP < before


def drops(limits: AlertLimits, before: float, now: float) -> bool:
    """Whether a printed likelihood falls by as much as warns, to where meeting is open at best."""
    fell = before - now >= limits.likelihood_drop - _STEP
    return fell and now < limits.likelihood_open - _STEP


def still_low(evidence: Evidence, row: AlertRow) -> AlertRow | None:
    """Return a crossing with the likelihood of now; ``None`` once it is above the limit again.

    Nor where it cannot be compared with that of the crossing any more.
    """
    now = _since_then(evidence, row)
    if now is None or now > evidence.limits.likelihood_low + _STEP:
        return None
    return replace(row, measured=now)


def likelihood_dropped(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals whose likelihood fell by a lot since the edition before and is uncertain now.

    `measured` is the likelihood as printed, `compared` that of the edition before, `limit` the fall
    from which it warns. Found in 1.4 % of quarters of 219 public series with targets that go on as
    before, crossings not counted.
    """
    limit = evidence.limits.likelihood_drop
    return _fell(evidence, AlertRule.LIKELIHOOD_DROPPED, drops, limit)


def still_dropped(evidence: Evidence, row: AlertRow) -> AlertRow | None:
    """Return a fall with the likelihood of now; ``None`` once enough of it is made up for.

    Nor where it cannot be compared with that of the fall any more.
    """
    limits, now = evidence.limits, _since_then(evidence, row)
    if now is None or row.compared is None:
        return None
    made_up = now >= limits.likelihood_open - _STEP
    made_up = made_up or row.compared - now < limits.likelihood_drop - _STEP
    return None if made_up else replace(row, measured=now)


def beyond_history(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals that need more growth than the series ever had.

    `measured` is the growth from the newest values to the due date, a year where more than one is
    left: of a yearly total from the last four periods, of a level from the newest one. `limit` is
    the largest change on the year before in the series. Both are a share, of a ratio percentage
    points. Of what adds up since the start they are the average amount a quarter and the largest
    one. Towards the goal, so that of a goal to fall both are negative.

    On 219 public series with targets that go on as before this stands in 14 % of quarters; of those
    it stands for 4 % were met in the end, of all 49 %. Growth over less than a year is not carried
    up to a year, which warned in 42 % of last quarters.
    """
    for verdict in evidence.verdicts:
        outlook = evidence.outlook(verdict.goal_id)
        if outlook is None or outlook.p_method is None or outlook.threshold is None:
            continue
        past = evidence.past(verdict.goal_id)
        found = None if past is None else _needed(verdict, outlook, past)
        if past is None or found is None:
            continue
        changes = past.per_quarter() if verdict.kind is Kind.CUMULATIVE else past.changes()
        if len(changes) < evidence.limits.fewest_changes:
            continue
        sign = verdict.direction.sign
        largest = max(changes, key=lambda each: sign * each)
        if sign * found > max(0.0, sign * largest):
            yield evidence.about(
                AlertRule.BEYOND_HISTORY,
                verdict,
                measured=found,
                limit=largest,
                period=outlook.judged_period,
            )


def _needed(verdict: Verdict, outlook: OutlookRow, past: Past) -> float | None:
    """Return the growth, or the amount a period, still needed; ``None`` where that says nothing."""
    left, target = outlook.quarters_left, outlook.threshold
    if left is None or left <= 0 or target is None:
        return None
    if verdict.kind is Kind.CUMULATIVE:
        return outlook.required_per_quarter
    now = sum(past.values[-YEAR:]) if past.flow else past.values[-1]
    years = max(left / YEAR, 1.0)
    if past.asked.is_share:
        return (target - now) / years
    if target <= 0:
        return None
    growth: float = (target / now) ** (1 / years) - 1
    return growth


def _fell(
    evidence: Evidence,
    rule: AlertRule,
    sounds: Callable[[AlertLimits, float, float], bool],
    limit: float,
) -> Iterator[AlertRow]:
    """Yield the goals whose likelihoods of the edition before and of this one let a rule sound."""
    for verdict, before, now in _compared(evidence):
        if sounds(evidence.limits, before, now):
            yield evidence.about(rule, verdict, measured=now, limit=limit, compared=before)


def _compared(evidence: Evidence) -> Iterator[tuple[Verdict, float, float]]:
    """Yield the goals with the likelihoods of the edition before and of this one."""
    for verdict in evidence.verdicts:
        before = evidence.outlook(verdict.goal_id, evidence.edition.plus(-1))
        likelihoods = _comparable(before, evidence.outlook(verdict.goal_id))
        if likelihoods is not None:
            yield verdict, *likelihoods


def _since_then(evidence: Evidence, row: AlertRow) -> float | None:
    """Return the likelihood of now; ``None`` where that of the warning's first edition is other."""
    then = evidence.outlook(row.goal_id, row.since)
    likelihoods = _comparable(then, evidence.outlook(row.goal_id))
    return None if likelihoods is None else likelihoods[1]


def _comparable(then: OutlookRow | None, now: OutlookRow | None) -> tuple[float, float] | None:
    """Return two likelihoods as one model with the same constants gave them, else ``None``."""
    if then is None or now is None or then.p_met is None or now.p_met is None:
        return None
    alike = (then.p_method, then.fitted_on) == (now.p_method, now.fitted_on)
    return (then.p_met, now.p_met) if alike and now.p_method in _MODELS else None
