"""Goals on a number added up since the plan began: base zero, due by time and the usual year.

Within a year the amount due follows the share that complete years have usually added by that month,
by the months while none is known, or stands still where the goal is recognised once a year.
"""

from __future__ import annotations

import math

from planbook.assess.case import Case, Outcome, number
from planbook.assess.kinds.whole_units import judge_in_units
from planbook.assess.pace import linear_pace
from planbook.assess.running_year import RunningYear, running_year
from planbook.assess.series import Basis, Share
from planbook.assess.share_due import (
    follows_the_year,
    is_whole_year,
    share_of_way,
    usual_shares,
)
from planbook.vocabulary import Nature, Note, RatedBy


def judge_cumulative(case: Case) -> Outcome:
    """Judge a cumulative number ``A`` by ``A / (T* · share due)``.

    Net numbers may fall below zero. Where nothing is due yet, nothing can be missing.
    """
    amount, period = case.latest.value, case.latest.period
    target, meeting = case.target.number, case.target.meeting
    if amount is None:
        return Outcome()
    horizon = case.due.years_since(case.start)
    elapsed = min(period.years_since(case.start), horizon)
    year = _running_year(case)
    share = _share_due(case, year)
    outcome = Outcome(
        observed_value=amount,
        observed_period=period,
        met_period=period,
        elapsed=elapsed,
        horizon=horizon,
        time_elapsed=elapsed / horizon,
        target_value=target,
        meeting_value=meeting,
        path_value=meeting * share,
        share_due=share,
        linear_pace=number(
            linear_pace(
                baseline=0.0,
                current=amount,
                target=meeting,
                elapsed=elapsed,
                horizon=horizon,
                direction=case.direction,
            )
        ),
    )
    outcome.rated_by = RatedBy.CUMULATIVE
    if outcome.path_value:
        outcome.pace = case.direction * amount / abs(outcome.path_value)
    elif not share:
        outcome.rate = -math.inf if case.direction * amount < 0 else math.inf
        outcome.notes.add(Note.NOTHING_DUE)
    if year is not None:
        outcome.running = None if case.target.meets(amount) else year
        outcome.usual_share, outcome.share_from_history = year.share.value, True
    elif _goes_by_the_year(case):
        outcome.notes.add(Note.SHARE_FROM_MONTHS)
    judge_in_units(case, outcome, baseline=0.0, share=share)
    if target:
        outcome.increment_due = outcome.path_value / target
        outcome.increment_completion = amount / target
        if case.direction > 0 and target > 0:
            outcome.completion = outcome.increment_completion
    outcome.meet(case.target, amount)
    outcome.remaining = case.target.remaining(amount)
    outcome.step(done=amount, quarters=elapsed * 4, quarters_left=(horizon - elapsed) * 4)
    if case.indicator.nature is Nature.COUNT_NET and amount < 0:
        outcome.notes.add(Note.NEGATIVE_NET)
    return outcome


def share_due(case: Case) -> float:
    """Return the share of the way due by the newest value, from 0 to 1."""
    return _share_due(case, _running_year(case))


def _share_due(case: Case, year: RunningYear | None) -> float:
    return share_of_way(
        case.latest.period,
        start=case.start,
        due=case.due,
        shape=case.goal.path,
        usual=None if year is None else year.share.value,
    )


def _goes_by_the_year(case: Case) -> bool:
    """Whether the share of a usual year is due by now: inside a year that is all the goal's."""
    period = case.latest.period
    return (
        follows_the_year(case.goal, case.indicator)
        and not period.is_year_end
        and is_whole_year(period, start=case.start, due=case.due)
    )


def _running_year(case: Case) -> RunningYear | None:
    """Return the running year with its usual share; ``None`` where months or steps stand for it."""
    period = case.latest.period
    if not _goes_by_the_year(case):
        return None
    increments = case.series.increments_of_years(case.start)
    added = increments.values.get(period)
    usual = usual_shares(increments, before=period.year).get(period.month)
    if added is None or usual is None:
        return None
    if case.assumed_share is not None:
        return RunningYear(added, Share(case.assumed_share, Basis.YEARS), None)
    return running_year(
        increments,
        case.indicator,
        period=period,
        amount=added,
        share=Share(usual, Basis.YEARS),
        things=abs(case.target.number) if case.target.counted else None,
    )
