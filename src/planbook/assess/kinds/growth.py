"""Goals on an average yearly growth rate, judged on complete years only."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.assess.case import Case, Outcome, number
from planbook.assess.kinds.levels import rate_without_way
from planbook.assess.pace import average_growth, mean_growth, required_average_growth
from planbook.assess.series import Series
from planbook.periods import TimePeriod
from planbook.vocabulary import Note, RatedBy, Reason


@dataclass(frozen=True, slots=True)
class ObservedGrowth:
    """Average yearly growth from the base year to a complete year, as a share a year."""

    year: int
    average: float
    from_reported: bool


def observed_growth(
    series: Series, *, baseline: float | None, base_year: int, until: int
) -> ObservedGrowth | None:
    """Return the average growth from the base year to the newest complete year.

    From the levels (水平法); where a level is missing, the geometric mean of the yearly 同比
    reported, if each year since the base year has one. ``None`` if no year allows either.
    """
    for year in range(until, base_year, -1):
        level = series.values.get(TimePeriod(year, 12))
        if baseline is not None and level is not None:
            average = average_growth(baseline=baseline, current=level, years=year - base_year)
            if average is not None:
                return ObservedGrowth(year, average, from_reported=False)
        average = mean_growth(_reported(series, base_year, year))
        if average is not None:
            return ObservedGrowth(year, average, from_reported=True)
    return None


def judge_average_growth(case: Case) -> Outcome:
    """Judge an average growth rate; met only at the due date.

    The base year is not counted. Amounts are in percent; what is missing is in 百分点. The average
    due is ``T*`` at any time: with 左右 the end of the tolerance of the rate itself.
    """
    target, meeting = case.target.number, case.target.meeting
    found = observed_growth(
        case.series,
        baseline=case.baseline,
        base_year=case.start.year,
        until=case.latest.period.year,
    )
    outcome = Outcome(
        target_value=target,
        meeting_value=meeting,
        path_value=meeting,
        horizon=case.due.years_since(case.start),
        rolling_value=number(case.series.rolling_year(case.latest.period)),
    )
    if found is None:
        outcome.reason = Reason.TOO_FEW_OBSERVATIONS
        return outcome
    percent = found.average * 100
    outcome.observed_value = percent
    outcome.observed_period = TimePeriod(found.year, 12)
    outcome.elapsed = outcome.observed_period.years_since(case.start)
    outcome.time_elapsed = min(outcome.elapsed / outcome.horizon, 1.0)
    outcome.rated_by = RatedBy.AVERAGE_GROWTH
    if case.direction > 0 and target > 0:
        outcome.completion = percent / target
    if case.direction * meeting > 0:
        # g/g* is the growth pace towards the level that the average implies.
        outcome.pace = outcome.growth_pace = case.direction * percent / abs(meeting)
    else:  # not to shrink, or not to grow, by more than so much: there is no way to go
        outcome.rate = rate_without_way(case, percent, meeting)
    if outcome.observed_period >= case.due:
        outcome.meet(case.target, percent)
        outcome.met_period = outcome.observed_period
    elif case.due_passed:
        outcome.reason = Reason.TOO_FEW_OBSERVATIONS
    outcome.remaining = case.target.remaining(percent)
    outcome.required_rate = number(
        required_average_growth(
            average=found.average,
            years=outcome.elapsed,
            target=meeting / 100,
            horizon=outcome.horizon,
        )
    )
    if found.from_reported:
        outcome.notes.add(Note.FROM_REPORTED_GROWTH)
    return outcome


def _reported(series: Series, base_year: int, year: int) -> list[float]:
    """Return the yearly 同比 after the base year, as shares; empty if one is missing."""
    rates = []
    for each in range(base_year + 1, year + 1):
        observation = series.at(TimePeriod(each, 12))
        if observation is None or observation.yoy is None:
            return []
        rates.append(observation.yoy / 100)
    return rates
