"""Goals on an average yearly growth rate, judged on complete years only."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from planbook.assess.case import NO_NOTES, Case, Meeting, Outcome, Rated, Way
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

    def carried(self, year: int, *, base_year: int) -> ObservedGrowth:
        """Return the average if the same growth had taken until another year."""
        if year == self.year:
            return self
        stretched = math.log1p(self.average) * (self.year - base_year) / (year - base_year)
        return replace(self, year=year, average=math.expm1(stretched))


def observed_growth(
    series: Series, *, baseline: float | None, base_year: int, until: int
) -> ObservedGrowth | None:
    """Return the average growth from the base year to the newest complete year.

    From the levels (水平法); where a level is missing, the geometric mean of the yearly 同比
    reported, if each year since the base year has one. ``None`` if no year allows either.
    """
    for year in range(until, base_year, -1):
        level = series.values.get(series.year.end(year))
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
    base_year = case.year.of(case.start)
    found = observed_growth(
        case.series,
        baseline=case.baseline,
        base_year=base_year,
        until=case.year.of(case.latest.time_period),
    )
    rolling = case.series.rolling_year(case.latest.time_period)
    if found is None:
        return Outcome(
            target_value=target,
            rolling_value=rolling,
            way=Way(meeting_value=meeting, horizon=case.horizon, rated=Rated(path_value=meeting)),
            reason=Reason.TOO_FEW_OBSERVATIONS,
        )
    held_in = case.year.of(case.time(case.year.end(found.year)))
    found = found.carried(held_in, base_year=base_year)
    percent, year_end = found.average * 100, case.year.end(found.year)
    decides = year_end >= case.due
    return Outcome(
        observed_value=percent,
        observed_period=year_end,
        target_value=target,
        rolling_value=rolling,
        remaining=case.target.remaining(percent),
        way=_way(case, found.average, year_end),
        meeting=Meeting.of(case.target, percent, year_end) if decides else Meeting(),
        reason=Reason.TOO_FEW_OBSERVATIONS if case.due_passed and not decides else None,
        own_notes=frozenset({Note.FROM_REPORTED_GROWTH}) if found.from_reported else NO_NOTES,
    )


def _way(case: Case, average: float, year_end: TimePeriod) -> Way:
    percent, meeting = average * 100, case.target.meeting
    elapsed = year_end.years_since(case.start)
    pace = rate = None
    if case.direction * meeting > 0:
        # g/g* is the growth pace towards the level that the average implies.
        pace = case.direction * percent / abs(meeting)
    else:  # not to shrink, or not to grow, by more than so much: there is no way to go
        rate = rate_without_way(case, percent, meeting)
    return Way(
        meeting_value=meeting,
        elapsed=elapsed,
        horizon=case.horizon,
        completion=case.completion(percent, case.target.number),
        growth_pace=pace,
        required_rate=required_average_growth(
            average=average, years=elapsed, target=meeting / 100, horizon=case.horizon
        ),
        rated=Rated(rated_by=RatedBy.AVERAGE_GROWTH, pace=pace, rate=rate, path_value=meeting),
    )


def _reported(series: Series, base_year: int, year: int) -> list[float]:
    """Return the yearly 同比 after the base year, as shares; empty if one is missing."""
    rates = []
    for each in range(base_year + 1, year + 1):
        observation = series.at(series.year.end(each))
        if observation is None or observation.yoy is None:
            return []
        rates.append(observation.yoy / 100)
    return rates
