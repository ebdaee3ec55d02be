"""Warnings about how a goal is judged: it got worse, was lost, missed, or cannot be judged.

They follow from the verdicts alone, by rules that anyone can check, and so give no false alarm;
what a rating rests on is said by the verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planbook.assess.alerts.evidence import Evidence
from planbook.assess.rating import WORST_TO_BEST
from planbook.frames import Verdict
from planbook.plan import Thresholds
from planbook.vocabulary import Note, Rating, Reason, YearVerdict
from planbook.watch_frames import AlertRow, AlertRule

SETTLED_BY_PEOPLE = frozenset(
    {Reason.AWAITING_ASSESSMENT, Reason.NO_BASELINE, Reason.SCOPE_MISMATCH, Reason.NOT_REPORTED}
)
_LAGGING = (Rating.REVERSING, Rating.FAR_BEHIND, Rating.BEHIND)


def rating_fell(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals whose rating fell to 滞后 or worse since the edition before.

    One rated 初步 warns only where both ends of its band are worse than before: an open rating goes
    up and down by chance. `measured` is the pace, `compared` that of the edition before, `limit`
    the pace below which the new rating begins.
    """
    for verdict in evidence.verdicts:
        before = evidence.verdict(verdict.goal_id, evidence.edition.plus(-1))
        if before is not None and _surely_fell(before.rating, verdict):
            yield evidence.about(
                AlertRule.RATING_FELL,
                verdict,
                measured=verdict.pace,
                limit=_limit(verdict.rating, evidence.plan.thresholds.of(verdict.kind)),
                compared=before.pace,
                period=verdict.observed_period,
            )


def not_recovered(evidence: Evidence, row: AlertRow) -> AlertRow | None:
    """Return a fall of a rating as it is now; ``None`` once the goal is judged as well as before.

    What cannot be judged has not recovered either, but is told by another rule.
    """
    before = evidence.verdict(row.goal_id, row.since.plus(-1))
    now = evidence.verdict(row.goal_id)
    if before is None or now is None or not _is_worse(now.rating, before.rating):
        return None
    if now.rating not in _LAGGING:
        return None
    limit = _limit(now.rating, evidence.plan.thresholds.of(now.kind))
    return replace(row, measured=now.pace, limit=limit, period=now.observed_period)


def fallen_out(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals that were met in an earlier edition and that a newer value does not meet.

    Not those that only a revision or another target unmakes: nothing has changed about them.
    `measured` is the value judged, `limit` what meets.
    """
    for verdict in evidence.verdicts:
        if Note.FALLEN_OUT in verdict.notes and verdict.rating is not Rating.MISSED:
            yield _held_against(evidence, AlertRule.FALLEN_OUT, verdict)


def due_passed(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals due and missed; `measured` is the value judged, `limit` what meets."""
    for verdict in evidence.verdicts:
        if verdict.rating is Rating.MISSED:
            yield _held_against(evidence, AlertRule.DUE_PASSED, verdict)


def unjudged(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals that for some editions in a row could not be judged for want of an act.

    Only for reasons that people can settle: an assessment, a baseline, a value in the scope of the
    target, a report. `measured` is the number of editions in a row, `limit` that of the plan.
    """
    limit = evidence.limits.editions
    for verdict in evidence.verdicts:
        length = 0
        for edition in evidence.editions:
            then = evidence.verdict(verdict.goal_id, edition)
            if then is None or then.reason not in SETTLED_BY_PEOPLE:
                break
            length += 1
        if length >= limit:
            yield evidence.about(AlertRule.UNJUDGED, verdict, measured=length, limit=limit)


def yearly_target_missed(evidence: Evidence) -> Iterator[AlertRow]:
    """Yield the goals that did not reach the newest yearly target (年度目标) that has a verdict.

    Not that of the year the rating judges: where a value comes each quarter, it goes on to the
    running year as soon as that begins, and the miss would be said in one edition only.
    `measured` is the value of the year's end, `limit` the yearly target, `period` the year's end.
    The rating does not say it: it goes by the plan's own path.
    """
    for verdict in evidence.verdicts:
        newest = evidence.years_decided.get(verdict.goal_id)
        if newest is not None and newest.verdict is YearVerdict.NOT_REACHED:
            yield evidence.about(
                AlertRule.YEARLY_TARGET_MISSED,
                verdict,
                measured=newest.observed_value,
                limit=newest.target_value,
                period=evidence.plan.year.end(newest.year),
            )


def _held_against(evidence: Evidence, rule: AlertRule, verdict: Verdict) -> AlertRow:
    return evidence.about(
        rule,
        verdict,
        measured=verdict.observed_value,
        limit=verdict.meeting_value,
        period=verdict.observed_period,
    )


def _surely_fell(before: Rating, now: Verdict) -> bool:
    """Whether a rating is worse than before, whatever the running year may still bring."""
    ends = [end for end in (now.rating_low, now.rating_high) if end is not None]
    return now.rating in _LAGGING and all(_is_worse(each, before) for each in (now.rating, *ends))


def _is_worse(now: Rating, before: Rating) -> bool:
    if now not in WORST_TO_BEST or before not in WORST_TO_BEST:
        return False
    return WORST_TO_BEST.index(now) < WORST_TO_BEST.index(before)


def _limit(rating: Rating, thresholds: Thresholds) -> float:
    """Return the pace below which a rating begins."""
    limits = {Rating.BEHIND: thresholds.on_course, Rating.FAR_BEHIND: thresholds.far_behind}
    return limits.get(rating, 0.0)
