"""Goals on the total of a year, and the year to date on which they are judged before it ends.

Within a year the value to date divided by the share usually reached by that month estimates the
year. A goal for every year compares the value to date with the share of the target that is due by
then, which is the same estimate held against the target.
"""

from __future__ import annotations

from planbook.assess.case import NO_NOTES, Case, Estimate, Meeting, Outcome, Rated, Steps, Way
from planbook.assess.kinds.levels import along_path
from planbook.assess.kinds.whole_units import rated_in_units
from planbook.assess.running_year import RunningYear, running_year
from planbook.assess.series import Basis, Share
from planbook.vocabulary import Note, RatedBy, Reason

_ON_BASIS = {
    Basis.MONTHS: frozenset({Note.SHARE_FROM_MONTHS}),
    Basis.GROWTH: frozenset({Note.FROM_YEAR_TO_DATE_GROWTH}),
}


def judge_yearly_total(case: Case) -> Outcome:
    """Judge the total of the due year, or its growth against a base year, on yearly values.

    A complete year stands for itself. Within a year the estimate of that year is judged at the
    year's end. Met only by a complete year: the newest one known, at the due date the due year
    itself. Before, it is the due year that decides, and steady only if the running year will meet
    the target too.
    """
    value, period = case.latest.obs_value, case.latest.time_period
    if value is None:
        return Outcome()
    year, year_end = _year_so_far(case, value), case.time(case.year.end_of(period))
    target, estimate = case.as_value(case.target.number), case.in_goal_unit(year.total)
    meeting = _met_by_complete_year(case)
    early = meeting.met_period is not None and meeting.met_period < case.due
    will_meet = estimate is not None and case.target.meets(estimate)
    remaining: float | None = 0.0
    if not meeting.met:
        remaining = None if estimate is None else case.target.remaining(estimate)
    return Outcome(
        observed_value=year.total,
        observed_period=year_end,
        is_estimate=not case.year.is_end(period),
        target_value=target,
        rolling_value=case.series.rolling_year(period),
        remaining=remaining,
        way=(
            Way() if target is None else along_path(case, year.total, year_end, remaining=remaining)
        ),
        meeting=meeting,
        estimate=_estimate(year),
        unsteady=early and not case.year.is_end(period) and not will_meet,
        own_notes=frozenset({Note.EARLY_TOTAL}) if early else NO_NOTES,
    )


def judge_every_year(case: Case) -> Outcome:
    """Judge a goal that each year has to meet, on the current year and the closed ones.

    The pace is the value to date over the share of the target due by now. A closed year that
    missed caps the rating; a year whose total was never reported neither meets nor misses. Met
    only when every year has met, so never before the due date.
    """
    value, period = case.latest.obs_value, case.latest.time_period
    if value is None:
        return Outcome()
    year = _year_so_far(case, value)
    remaining = case.target.remaining(value)
    missed, meeting, reason = _closed_years(case)
    return Outcome(
        observed_value=value,
        observed_period=period,
        target_value=case.target.number,
        rolling_value=case.series.rolling_year(period),
        remaining=remaining,
        way=_way_of_year(case, value, year.share.value),
        meeting=meeting,
        estimate=_estimate(year),
        steps=Steps.of(
            cycle=case.cycle,
            done=value,
            months=case.year.month_of(period),
            remaining=remaining,
            months_left=12 - case.year.month_of(period),
        ),
        missed_years=missed,
        capped=bool(missed),
        reason=reason,
        own_notes=frozenset({Note.MISSED_YEAR}) if missed else NO_NOTES,
    )


def _closed_years(case: Case) -> tuple[tuple[int, ...], Meeting, Reason | None]:
    """Return which closed years missed, whether all of them met, and why that is not known."""
    years = range(case.year.of(case.start) + 1, case.year.of(case.due) + 1)
    totals = {year: case.series.values.get(case.year.end(year)) for year in years}
    closed = {year: total for year, total in totals.items() if total is not None}
    missed = tuple(year for year, total in closed.items() if not case.target.meets(total))
    if missed:
        return missed, Meeting(), None
    if len(closed) == len(totals):
        worst = max(closed.values(), key=case.target.shortfall)
        return (), Meeting.of(case.target, worst, case.due), None
    return (), Meeting(), Reason.NOT_REPORTED if case.due_passed else None


def _way_of_year(case: Case, value: float, share: float) -> Way:
    """Return how far the year's total has come, of what is due by now of the target."""
    target, due_now = case.target.number, case.target.meeting * share
    elapsed = case.latest.time_period.years_since(case.start)
    rated = rated_in_units(case, value, baseline=0.0, share=share)
    rated = rated or Rated(
        rated_by=RatedBy.YEAR_TARGET if target else None,
        pace=value / due_now if target else None,
        path_value=due_now,
        share_due=share,
    )
    return Way(
        meeting_value=case.target.meeting,
        elapsed=elapsed,
        horizon=case.horizon,
        completion=value / target if target else None,
        rated=rated,
    )


def _met_by_complete_year(case: Case) -> Meeting:
    """Hold the newest complete year against the target; the base year only if none is later."""
    newest, base = case.year.of(case.latest.time_period), case.year.of(case.start)
    for year in range(newest, base - 1, -1):
        total = case.series.complete_year(year)
        if total is not None:
            return Meeting.of(case.target, case.in_goal_unit(total), case.year.end(year))
    return Meeting()


def _year_so_far(case: Case, value: float) -> RunningYear:
    """Return the year of the newest value, with the share assumed where the case assumes one."""
    period = case.latest.time_period
    share = case.series.usual_share(period)
    if case.hypothetical:
        reached = share.value if case.assumed_share is None else case.assumed_share
        return RunningYear(value, Share(reached, share.basis), None)
    return running_year(
        case.series,
        case.indicator,
        period=period,
        amount=value,
        share=share,
        things=case.as_value(case.target.number) if case.target.counted else None,
    )


def _estimate(year: RunningYear) -> Estimate:
    """Return the estimate of the running year that the rating rests on, its share and its band."""
    if year.share.basis is Basis.WHOLE:
        return Estimate()
    return Estimate(
        running=year,
        usual_share=year.share.value,
        share_from_history=year.share.from_history,
        band_low=None if year.band is None else year.band.low,
        band_high=None if year.band is None else year.band.high,
        notes=_ON_BASIS.get(year.share.basis, NO_NOTES),
    )
