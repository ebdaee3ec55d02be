"""Goals on a number added up since the plan began: base zero, due by time and the usual year.

Within a year the amount due follows the share that complete years have usually added by that month,
by the months while none is known, or stands still where the goal is recognised once a year.
"""

from __future__ import annotations

import math

from planbook.assess.case import NO_NOTES, Case, Estimate, Meeting, Outcome, Rated, Steps, Way
from planbook.assess.kinds.whole_units import rated_in_units
from planbook.assess.pace import linear_pace
from planbook.assess.running_year import RunningYear, running_year
from planbook.assess.series import Basis, Share
from planbook.assess.share_due import follows_the_year, is_whole_year, share_due, usual_shares
from planbook.vocabulary import Nature, Note, RatedBy


def judge_cumulative(case: Case) -> Outcome:
    """Judge a cumulative number ``A`` by ``A / (T* · share due)``.

    Net numbers may fall below zero. Where nothing is due yet, nothing can be missing.
    """
    amount, period = case.latest.obs_value, case.time(case.latest.time_period)
    if amount is None:
        return Outcome()
    elapsed = min(period.years_since(case.start), case.horizon)
    year = _running_year(case)
    remaining = case.target.remaining(amount)
    fallen = case.indicator.nature is Nature.COUNT_NET and amount < 0
    return Outcome(
        observed_value=amount,
        observed_period=period,
        target_value=case.target.number,
        remaining=remaining,
        way=_way(case, amount, elapsed, year),
        meeting=Meeting.of(case.target, amount, period),
        estimate=_estimate(case, amount, year),
        steps=Steps.of(
            cycle=case.cycle,
            done=amount,
            months=elapsed * 12,
            remaining=remaining,
            months_left=(case.horizon - elapsed) * 12,
        ),
        own_notes=frozenset({Note.NEGATIVE_NET}) if fallen else NO_NOTES,
    )


def _way(case: Case, amount: float, elapsed: float, year: RunningYear | None) -> Way:
    target, meeting = case.target.number, case.target.meeting
    share = share_due(
        case.time(case.latest.time_period),
        start=case.start,
        due=case.due,
        shape=case.goal.path,
        usual=None if year is None else year.share.value,
        year=case.year,
    )
    by_share = _rated_by_share(case, amount, share)
    rated = rated_in_units(case, amount, baseline=0.0, share=share) or by_share
    due = rated.path_value
    return Way(
        meeting_value=meeting,
        elapsed=elapsed,
        horizon=case.horizon,
        completion=case.completion(amount, target),
        increment_completion=amount / target if target else None,
        increment_due=due / target if target and due is not None else None,
        linear_pace=linear_pace(
            baseline=0.0,
            current=amount,
            target=meeting,
            elapsed=elapsed,
            horizon=case.horizon,
            direction=case.direction,
        ),
        rated=rated,
        notes=by_share.notes,  # that nothing is due holds in whole units too
    )


def _rated_by_share(case: Case, amount: float, share: float) -> Rated:
    """Return what rates an amount by the share of the way due."""
    due = case.target.meeting * share
    pace = rate = None
    if due:
        pace = case.direction * amount / abs(due)
    elif not share:
        rate = -math.inf if case.direction * amount < 0 else math.inf
    return Rated(
        rated_by=RatedBy.CUMULATIVE,
        pace=pace,
        rate=rate,
        path_value=due,
        share_due=share,
        notes=NO_NOTES if rate is None else frozenset({Note.NOTHING_DUE}),
    )


def _estimate(case: Case, amount: float, year: RunningYear | None) -> Estimate:
    """Return that the share due rests on a usual year; once the target is met nothing does."""
    if year is not None:
        running = None if case.target.meets(amount) else year
        return Estimate(running=running, usual_share=year.share.value, share_from_history=True)
    by_months = _goes_by_the_year(case)
    return Estimate(notes=frozenset({Note.SHARE_FROM_MONTHS}) if by_months else NO_NOTES)


def _goes_by_the_year(case: Case) -> bool:
    """Whether the share of a usual year is due by now: inside a year that is all the goal's."""
    period = case.time(case.latest.time_period)
    return (
        follows_the_year(case.goal, case.indicator)
        and not case.year.is_end(period)
        and is_whole_year(period, start=case.start, due=case.due, year=case.year)
    )


def _running_year(case: Case) -> RunningYear | None:
    """Return the running year with its usual share; ``None`` where months or steps stand for it."""
    period = case.time(case.latest.time_period)
    if not _goes_by_the_year(case):
        return None
    increments = case.series.increments_of_years(case.start)
    added = increments.values.get(case.latest.time_period)
    usual = usual_shares(increments, before=case.year.of(period)).get(case.year.month_of(period))
    if added is None or usual is None:
        return None
    if case.hypothetical:
        reached = usual if case.assumed_share is None else case.assumed_share
        return RunningYear(added, Share(reached, Basis.YEARS), None)
    return running_year(
        increments,
        case.indicator,
        period=period,
        amount=added,
        share=Share(usual, Basis.YEARS),
        things=abs(case.target.number) if case.target.counted else None,
    )
