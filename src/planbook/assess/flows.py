"""Goals on the total of a year, and the year to date on which they are judged before it ends.

Within a year the value to date divided by the share usually reached by that month estimates the
year. A goal for every year needs no estimate: the value to date is compared with the share of the
target that is due by then.
"""

from __future__ import annotations

from planbook.assess.case import Case, Outcome, number
from planbook.assess.levels import along_path
from planbook.assess.path import target_value
from planbook.assess.whole_units import judge_in_units
from planbook.periods import TimePeriod
from planbook.vocabulary import Kind, Note, RatedBy, Reason


def judge_yearly_total(case: Case) -> Outcome:
    """Judge the total of the due year, or its growth against a base year, on yearly values.

    A complete year stands for itself. Within a year the estimate of that year is judged at the
    year's end. Met only by a complete year: the newest one known, at the due date the due year
    itself.
    """
    value, period = case.latest.value, case.latest.period
    if value is None:
        return Outcome()
    share = case.series.usual_share(period)
    year = value / share.value
    outcome = Outcome(
        observed_value=year,
        observed_period=TimePeriod(period.year, 12),
        is_estimate=not period.is_year_end,
        rolling_value=number(case.series.rolling_year(period)),
        target_value=number(target_value(case.goal, case.baseline)),
    )
    if outcome.is_estimate:
        _tell_share(outcome, share.value, from_history=share.from_history)
    if case.goal.kind is Kind.GROWTH_VS_BASE and case.baseline is None:
        return outcome
    complete = _newest_complete_year(case)
    if complete is not None:
        outcome.meet(case.target, _in_target_unit(case, complete))
    outcome.remaining = 0.0 if outcome.met else case.target.remaining(_in_target_unit(case, year))
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
    share = case.series.usual_share(period)
    due_now = meeting * share.value
    outcome = Outcome(
        observed_value=value,
        observed_period=period,
        elapsed=period.month / 12,
        horizon=1.0,
        time_elapsed=period.month / 12,
        target_value=target,
        meeting_value=meeting,
        path_value=due_now,
        share_due=share.value,
        rolling_value=number(case.series.rolling_year(period)),
        remaining=case.target.remaining(value),
    )
    if target:
        outcome.completion = value / target
        outcome.pace, outcome.rated_by = value / due_now, RatedBy.YEAR_TARGET
    judge_in_units(case, outcome, baseline=0.0, share=share.value)
    if not period.is_year_end:
        _tell_share(outcome, share.value, from_history=share.from_history)
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


def _newest_complete_year(case: Case) -> float | None:
    """Return the newest complete year's value; of a base year only if no later year is complete."""
    last = case.latest.period.year
    for year in range(last, case.start.year - 1, -1):
        value = case.series.complete_year(year)
        if value is not None:
            return value
    return None


def _in_target_unit(case: Case, value: float) -> float:
    """Return a yearly value in the goal's unit: growth against the base year in percent."""
    if case.goal.kind is Kind.GROWTH_VS_BASE and case.baseline:
        return (value / case.baseline - 1) * 100
    return value


def _tell_share(outcome: Outcome, share: float, *, from_history: bool) -> None:
    outcome.usual_share, outcome.share_from_history = share, from_history
    if not from_history:
        outcome.notes.add(Note.SHARE_FROM_MONTHS)
