"""The outlook of every goal: in this edition, and as it was in the editions before.

Each goal passes the gates (`outlook_gates`); what is left is carried on (`prospect`) and held
against its target (`likelihood`). A published outlook is never made again: what was said stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planbook.assess.known import Known
from planbook.assess.outlook import outlook_gates
from planbook.assess.outlook.asked import Asked, asked_of
from planbook.assess.outlook.constants import FITTED_ON, SEASONED
from planbook.assess.outlook.forecast import Forecast
from planbook.assess.outlook.likelihood import p_by_distribution, printed, reference
from planbook.assess.outlook.prospect import Prospect, prospect_of
from planbook.assess.outlook.single_periods import Window
from planbook.assess.outlook.what_ifs import what_ifs
from planbook.assess.scope import choose
from planbook.assess.standing import standing_of
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.outlook_frames import (
    FanRow,
    OutlookGate,
    OutlookMethod,
    OutlookRow,
    WhatIfRow,
)
from planbook.periods import Edition, TimePeriod
from planbook.plan import Goal, Plan
from planbook.vocabulary import Kind

QUANTILES = {
    "outlook_low95": 0.025,
    "outlook_low80": 0.1,
    "outlook_mid": 0.5,
    "outlook_high80": 0.9,
    "outlook_high95": 0.975,
}
_YEAR = 4  # quarters whose mean is the recent pace


@dataclass(frozen=True)
class Outlooks:
    """The outlooks of every edition, and of the newest one the way there and what would change it.

    Attributes
    ----------
    outlooks
        By edition, oldest first, and goal in the order of the verdicts.
    """

    outlooks: tuple[OutlookRow, ...]
    fans: tuple[FanRow, ...]
    what_ifs: tuple[WhatIfRow, ...]


@dataclass(frozen=True)
class GoalOutlook:
    """What is expected of a goal; `prospect` where its series is carried on."""

    row: OutlookRow
    prospect: Prospect | None = None


def assess_outlooks(
    plan: Plan,
    facts: Facts,
    history: Sequence[Verdict],
    edition: Edition,
    published: Sequence[OutlookRow],
    *,
    demonstration: bool,
) -> Outlooks:
    """Return the outlook of every goal in every edition up to one, each on what was known in it.

    Parameters
    ----------
    history
        Verdicts of the editions whose outlooks are to be made, of others too.
    published
        Outlooks of earlier periods, which are taken over as they are.
    """
    taken = sorted(
        (row for row in published if row.edition.base < edition.base), key=lambda row: row.edition
    )
    told = {row.edition.base for row in taken}
    verdicts: dict[Edition, list[Verdict]] = defaultdict(list)
    for each in history:
        if each.edition <= edition and each.edition.base not in told:
            verdicts[each.edition].append(each)
    made: list[OutlookRow] = []
    newest: list[GoalOutlook] = []
    for one in sorted(verdicts):
        known = Known.of(facts, one)
        found = [goal_outlook(plan, known, each) for each in verdicts[one]]
        made += [replace(each.row, demonstration=demonstration) for each in found]
        newest = found if one == edition else []
    return Outlooks(
        outlooks=(*taken, *made),
        fans=tuple(row for each in newest for row in fan(each)),
        what_ifs=tuple(row for each in newest for row in _what_ifs(each)),
    )


def goal_outlook(plan: Plan, known: Known, verdict: Verdict) -> GoalOutlook:
    """Return the outlook of a goal in the edition of its verdict."""
    goal = plan.goal(verdict.goal_id).as_of(verdict.edition)
    blank = OutlookRow(goal_id=goal.id, edition=verdict.edition)
    if goal.kind.by_people:
        return _closed(blank, OutlookGate.BY_PEOPLE)
    choice = choose(plan, goal, known)
    stands = standing_of(plan, goal, known, choice)
    if outlook_gates.not_judged(verdict, choice, stands):
        return _closed(blank, OutlookGate.NOT_JUDGED)
    asked = asked_of(plan, goal, choice)
    if asked is None:
        return _closed(blank, OutlookGate.NO_TARGET_VALUE)
    blank = replace(blank, judged_period=asked.due, threshold=asked.threshold)
    if verdict.missed_years:
        return _closed(blank, OutlookGate.MISSED_YEAR)
    if outlook_gates.decided(goal, verdict, asked, stands):
        return _closed(blank, OutlookGate.DECIDED)
    return _open(plan, goal, asked, verdict, blank)


def _closed(row: OutlookRow, gate: OutlookGate) -> GoalOutlook:
    return GoalOutlook(replace(row, outlook_gate=gate))


def _open(plan: Plan, goal: Goal, asked: Asked, verdict: Verdict, row: OutlookRow) -> GoalOutlook:
    """Return the outlook of a goal that may still be met or missed."""
    gate, window = outlook_gates.before_series(asked, verdict), asked.window()
    if window is not None:
        row = _of_window(asked, window, row)
    gate = gate or outlook_gates.of_series(asked, window)
    if gate is not None or window is None:
        return GoalOutlook(_referred(asked, verdict, replace(row, outlook_gate=gate)))
    prospect = prospect_of(asked, window)
    periods = list(_judged_periods(plan, goal, asked, prospect))
    if not periods:
        return _closed(row, OutlookGate.DECIDED)
    return GoalOutlook(_expected(plan, prospect, periods, row), prospect)


def _of_window(asked: Asked, window: Window, row: OutlookRow) -> OutlookRow:
    """Add what the series is: how long, up to when, at what pace, and the pace it needs."""
    left = window.quarters_to(asked.due)
    return replace(
        row,
        newest_period=window.newest_value,
        history_periods=len(window.amounts),
        filled_periods=window.filled,
        quarters_left=left,
        recent_per_quarter=_recent(asked, window),
        required_per_quarter=_required(asked, window, left),
    )


def _recent(asked: Asked, window: Window) -> float | None:
    """Return the mean of the last four quarters, of a level that of its changes."""
    amounts = window.amounts
    if not asked.of_levels:
        return sum(amounts[-_YEAR:]) / _YEAR if len(amounts) >= _YEAR else None
    changes = min(_YEAR, len(amounts) - 1)
    return (amounts[-1] - amounts[-1 - changes]) / changes if changes else None


def _required(asked: Asked, window: Window, left: float) -> float | None:
    """Return what each quarter to come must bring, of a yearly total those of its year.

    0 where the number is reached already.
    """
    if left <= 0:
        return None
    if asked.of_levels:
        value = window.amounts[-1] - window.completed
        return 0.0 if asked.met_by(value) else (asked.threshold - value) / left
    known, quarters = 0.0, min(left, float(_YEAR))
    if not asked.of_years:
        known, quarters = asked.added_before(window) + window.to_date(), left
    elif left < _YEAR:
        known = window.to_date()
    return max(asked.threshold - known, 0.0) / quarters


def _referred(asked: Asked, verdict: Verdict, row: OutlookRow) -> OutlookRow:
    """Add how often goals in a like situation were met."""
    found = reference(asked, verdict)
    if found is None:
        return row
    return replace(
        row,
        p_method=OutlookMethod.REFERENCE,
        p_exact=found.met_share,
        p_met=printed(found.met_share),
        reference_cases=found.cases,
    )


def _judged_periods(
    plan: Plan, goal: Goal, asked: Asked, prospect: Prospect
) -> Iterator[TimePeriod]:
    """Yield the months whose values are still open: of an every-year goal ends of several years.

    A year that has reached its target already is open no more.
    """
    first = asked.due
    if goal.kind is Kind.EVERY_YEAR:
        begins = max(asked.start, prospect.window.newest_value)
        first = min(plan.year.end_of(begins.plus(1)), asked.due)
    for year in range(plan.year.of(first), plan.year.of(asked.due) + 1):
        period = plan.year.end(year) if asked.of_years else asked.due
        sums = not asked.of_levels and prospect.known(period) >= asked.limit
        if not (asked.of_years and sums):
            yield period


def _expected(
    plan: Plan, prospect: Prospect, periods: Iterable[TimePeriod], row: OutlookRow
) -> OutlookRow:
    """Add the distribution and the likelihood, of several years those of the least certain."""
    asked, window = prospect.asked, prospect.window

    def likelihood(period: TimePeriod) -> float:
        return p_by_distribution(asked, prospect.at(period))

    period = min(periods, key=likelihood)
    forecast, p = prospect.at(period), likelihood(period)
    row = replace(
        row,
        fitted_on=FITTED_ON,
        quantity=prospect.quantity(period),
        judged_period=period,
        quarters_left=prospect.quarters(period),
        own_pace_meets=asked.met_by(forecast.own_value),
        required_per_quarter=_required(asked, window, prospect.quarters(period)),
        **quantiles(forecast),
    )
    if outlook_gates.jumps(asked, window, sure=plan.about.alerts.outlier):
        return replace(row, outlook_gate=OutlookGate.JUMP)
    short = len(window.amounts) < SEASONED
    return replace(
        row,
        p_method=OutlookMethod.SHORT_MODEL if short else OutlookMethod.MODEL,
        p_exact=p,
        p_met=printed(p),
    )


def quantiles(forecast: Forecast) -> dict[str, Any]:
    """Return the ends of the intervals and the median, by the columns of the tables."""
    return {name: forecast.quantile(share) for name, share in QUANTILES.items()}


def fan(found: GoalOutlook) -> Iterator[FanRow]:
    """Yield the distribution at each time on the way to the due date, oldest first."""
    prospect = found.prospect
    if prospect is None:
        return
    for period in _times(prospect):
        yield FanRow(
            goal_id=found.row.goal_id, time_period=period, **quantiles(prospect.at(period))
        )


def _times(prospect: Prospect) -> Iterator[TimePeriod]:
    """Yield the ends of quarters to the due date, of yearly totals the ends of years."""
    asked, window = prospect.asked, prospect.window
    if asked.of_years:
        years = range(window.year.of(window.newest_value.plus(1)), window.year.of(asked.due) + 1)
        yield from map(window.year.end, years)
        return
    for ahead in range(1, asked.due.ordinal - window.newest_value.ordinal):
        period = window.newest_value.plus(ahead)
        if window.year.month_of(period) in window.ends:
            yield period
    yield asked.due


def _what_ifs(found: GoalOutlook) -> Iterator[WhatIfRow]:
    """Yield what growths would lead to, where a likelihood is told at all."""
    row = found.row
    if found.prospect is not None and row.judged_period is not None and row.p_met is not None:
        yield from what_ifs(found.prospect, row.judged_period)
