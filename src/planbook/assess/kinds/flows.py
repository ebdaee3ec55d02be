"""Goals on the total of a year, and the year to date on which they are judged before it ends.

Within a year the value to date divided by the share usually reached by that month estimates the
year. A goal for every year compares the value to date with the share of the target that is due by
then, which is the same estimate held against the target.
"""

from __future__ import annotations

from planbook.assess.case import Case, Outcome, number
from planbook.assess.kinds.levels import along_path
from planbook.assess.kinds.whole_units import judge_in_units
from planbook.assess.path import in_goal_unit, target_value
from planbook.assess.running_year import RunningYear, running_year
from planbook.assess.series import Basis, Share
from planbook.periods import TimePeriod
from planbook.vocabulary import Kind, Note, RatedBy, Reason


def judge_yearly_total(case: Case) -> Outcome:
    """Judge the total of the due year, or its growth against a base year, on yearly values.

    A complete year stands for itself. Within a year the estimate of that year is judged at the
    year's end. Met only by a complete year: the newest one known, at the due date the due year
    itself. Before, it is the due year that decides, and steady only if the running year will meet
    the target too.
    """
    value, period = case.latest.value, case.latest.period
    if value is None:
        return Outcome()
    year = _year_so_far(case, value)
    outcome = Outcome(
        observed_value=year.total,
        observed_period=TimePeriod(period.year, 12),
        is_estimate=not period.is_year_end,
        rolling_value=number(case.series.rolling_year(period)),
        target_value=number(target_value(case.goal, case.baseline)),
    )
    _tell_estimate(outcome, year)
    if case.goal.kind is Kind.GROWTH_VS_BASE and case.baseline is None:
        return outcome
    estimate = number(in_goal_unit(case.goal, year.total, case.baseline))
    complete = _newest_complete_year(case)
    if complete is not None:
        outcome.met_period = TimePeriod(complete, 12)
        total = in_goal_unit(case.goal, case.series.complete_year(complete), case.baseline)
        outcome.meet(case.target, number(total))
        if outcome.met and complete < case.due.year:
            outcome.notes.add(Note.EARLY_TOTAL)
            outcome.unsteady = outcome.is_estimate and not case.target.meets(estimate)
    outcome.remaining = 0.0 if outcome.met else case.target.remaining(estimate)
    along_path(case, outcome)
    return outcome


def judge_every_year(case: Case) -> Outcome:
    """Judge a goal that each year has to meet, on the current year and the closed ones.

    The pace is the value to date over the share of the target due by now. A closed year that
    missed caps the rating; a year whose total was never reported neither meets nor misses. Met
    only when every year has met, so never before the due date.
    """
    value, period = case.latest.value, case.latest.period
    target, meeting = case.target.number, case.target.meeting
    if value is None:
        return Outcome()
    year = _year_so_far(case, value)
    share = year.share.value
    due_now = meeting * share
    elapsed, horizon = period.years_since(case.start), case.due.years_since(case.start)
    outcome = Outcome(
        observed_value=value,
        observed_period=period,
        met_period=case.due,
        elapsed=elapsed,
        horizon=horizon,
        time_elapsed=min(elapsed / horizon, 1.0),
        target_value=target,
        meeting_value=meeting,
        path_value=due_now,
        share_due=share,
        rolling_value=number(case.series.rolling_year(period)),
        remaining=case.target.remaining(value),
    )
    if target:
        outcome.completion = value / target
        outcome.pace, outcome.rated_by = value / due_now, RatedBy.YEAR_TARGET
    judge_in_units(case, outcome, baseline=0.0, share=share)
    _tell_estimate(outcome, year)
    outcome.step(done=value, quarters=period.month / 3, quarters_left=(12 - period.month) / 3)
    _close_years(case, outcome)
    return outcome


def _close_years(case: Case, outcome: Outcome) -> None:
    totals = {
        year: case.series.values.get(TimePeriod(year, 12))
        for year in range(case.start.year + 1, case.due.year + 1)
    }
    closed = {year: total for year, total in totals.items() if total is not None}
    missed = tuple(year for year, total in closed.items() if not case.target.meets(total))
    outcome.missed_years, outcome.capped = missed, bool(missed)
    if missed:
        outcome.notes.add(Note.MISSED_YEAR)
    elif len(closed) == len(totals):
        outcome.meet(case.target, max(closed.values(), key=case.target.shortfall))  # worst year
    elif case.due_passed:
        outcome.reason = Reason.NOT_REPORTED


def _newest_complete_year(case: Case) -> int | None:
    """Return the newest complete year; the base year only if no later year is complete."""
    years = range(case.latest.period.year, case.start.year - 1, -1)
    return next((year for year in years if case.series.complete_year(year) is not None), None)


def _year_so_far(case: Case, value: float) -> RunningYear:
    """Return the year of the newest value, with the share assumed where the case assumes one."""
    period = case.latest.period
    share = case.series.usual_share(period)
    if case.assumed_share is not None:
        return RunningYear(value, Share(case.assumed_share, share.basis), None)
    return running_year(
        case.series,
        case.indicator,
        period=period,
        amount=value,
        share=share,
        things=target_value(case.goal, case.baseline) if case.target.counted else None,
    )


def _tell_estimate(outcome: Outcome, year: RunningYear) -> None:
    """Record that the rating rests on an estimate of the running year, its share and its band."""
    basis = year.share.basis
    if basis is Basis.WHOLE:
        return
    outcome.running = year
    outcome.usual_share, outcome.share_from_history = year.share.value, year.share.from_history
    if year.band is not None:
        outcome.band_low, outcome.band_high = year.band.low, year.band.high
    if basis is Basis.MONTHS:
        outcome.notes.add(Note.SHARE_FROM_MONTHS)
    if basis is Basis.GROWTH:
        outcome.notes.add(Note.FROM_YEAR_TO_DATE_GROWTH)
