"""What a value should be by all that is known of its indicator, and how far off it may be.

References are the earlier values of the same scope, baselines among them, and for want of any the
target. Each says between which amounts a value is expected, and the factor within which true values
usually lie: where there is a history, from its own deviations, else from plain sizes. Medians, so
that one wrong value in the history does not move what is expected.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from planbook.collect.compare.earlier_reports import Known
from planbook.collect.owed import label_of, since_of
from planbook.periods import TimePeriod
from planbook.plan import Goal, Indicator, Plan
from planbook.vocabulary import Accumulation, Direction, Nature

GRAVE = math.sqrt(10)  # from here on a value is nearer to ten times what is expected
RECENT = 4  # how many of the newest values tell what is usual
WIDE = 5.0  # robust standard deviations (1.4826 × MAD of the logarithms) that are still usual
_MAD = 1.4826
_QUARTER = 1.25  # factor by which a level may move within a quarter; of longer gaps by their root
_GROWN = 1.25  # factor to last year's period, its usual growth being known
_UNGROWN = 1.4  # the same, no growth being known
_RUN = 1.4  # factor to what a running total's own monthly average leads to expect
_BY_MONTHS = 1.5  # factor beyond what the months passed can explain
_ELSEWHERE = 3.0  # factor to a value of another area
# Of a year's flow, months 1 to m bring between (m/12)^1.5 and (m/12)^0.75: a first quarter between
# 12 and 35 %, which holds seasons from exhibitions to jobs.
_SLOW, _FAST = 1.5, 0.75


@dataclass(frozen=True, slots=True)
class Subject:
    """Of which indicator and period something is expected."""

    plan: Plan
    indicator: Indicator
    period: TimePeriod

    @property
    def start(self) -> TimePeriod:
        """The month after which a total since the start begins to count."""
        return since_of(self.indicator) or self.plan.start

    @property
    def is_net(self) -> bool:
        """Whether it may cross zero, where factors say nothing."""
        return self.indicator.nature is Nature.COUNT_NET

    def label(self, period: TimePeriod) -> str:
        return label_of(period, self.indicator, self.plan.year)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a value is held against, in the indicator's unit.

    It is expected from `low` (0: no matter how little) to `high`, and usually within the factor
    `limit` of them; `basis` is what findings call the reference.
    """

    low: float
    high: float
    basis: str
    limit: float

    def ratio(self, value: float) -> float:
        """Return how many times the amount expected a value above zero is; 1 within the bounds."""
        return value / self.nearest(value)

    def nearest(self, value: float) -> float:
        """Return the amount expected that is nearest to a value."""
        return min(max(value, self.low), self.high)


def references(
    subject: Subject, own: Sequence[Known], elsewhere: Sequence[Known] = ()
) -> tuple[Reference, ...]:
    """Return what a value of a period is held against; the first is the closest.

    A net total has none.

    Parameters
    ----------
    own
        Values of other periods in the same scope, baselines included, in any order.
    elsewhere
        The same in other scopes: used where there are none in this one.
    """
    if subject.is_net:
        return ()
    found = tuple(_from_values(subject, own))
    if not found:
        wide = _from_values(subject, elsewhere)
        found = tuple(Reference(r.low, r.high, f"其他口径的{r.basis}", _ELSEWHERE) for r in wide)
    return found


def _from_values(subject: Subject, own: Sequence[Known]) -> Iterator[Reference]:
    period = subject.period
    known = {k.period: k.value for k in sorted(own, key=lambda k: k.period)}
    known.pop(period, None)
    values = {month: value for month, value in known.items() if value > 0}
    match subject.indicator.accumulation:
        case Accumulation.SINCE_START:
            yield from _running(subject, values)
            nothing = [month for month in known if subject.start < month < period]
            if nothing and not values:
                yield from _from_nothing(subject, nothing[-1])
        case _ if not values:
            return
        case Accumulation.YTD:
            yield from _year_to_date(subject, values)
        case _:
            yield _level(subject, values)


def _level(subject: Subject, values: Mapping[TimePeriod, float]) -> Reference:
    """Expect the median of the newest levels, each moved on by their usual growth."""
    period = subject.period
    near = sorted(values, key=lambda p: (p > period, abs(p.ordinal - period.ordinal)))[:RECENT]
    growth = _monthly_growth({p: values[p] for p in near})
    moved = [math.log(values[p]) + growth * (period.ordinal - p.ordinal) for p in near]
    gap = max(abs(period.ordinal - near[0].ordinal), 3) / 3
    limit = max(math.log(_QUARTER) * math.sqrt(gap), _spread(moved))
    expected = math.exp(median(moved))
    newest = near[0]
    basis = subject.label(newest) if len(near) == 1 else f"以往{len(near)}期推算的"
    return Reference(expected, expected, basis, math.exp(limit))


def _monthly_growth(values: Mapping[TimePeriod, float]) -> float:
    """Return the median growth a month (of logarithms) between the values; none of fewer than 4."""
    if len(values) < RECENT:
        return 0.0
    ordered = sorted(values)
    slopes = [
        math.log(values[b] / values[a]) / (b.ordinal - a.ordinal)
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 :]
    ]
    most = math.log(_QUARTER) / 6  # so that one wrong value cannot run away with the others
    return max(-most, min(most, median(slopes)))


def _year_to_date(subject: Subject, values: Mapping[TimePeriod, float]) -> Iterator[Reference]:
    """Expect last year's period and its usual growth, else what the months passed explain."""
    period = subject.period
    before = period.plus(-12)
    if before in values:
        grown = [
            math.log(values[p] / values[p.plus(-12)])
            for p in sorted(values)
            if p.plus(-12) in values and p < period
        ][-RECENT:]
        expected = values[before] * math.exp(median(grown) if grown else 0.0)
        floor = math.log(_GROWN if grown else _UNGROWN)
        basis = f"上年同期（{subject.label(before)}）" + ("按常年增速推算的" if grown else "")
        limit = math.exp(max(floor, _spread(grown)))
        yield Reference(expected, expected, basis, limit)
        return
    year = subject.plan.year
    same_year = [p for p in values if year.before(period) < p < period]
    whole = [p for p in values if year.is_end(p)]
    used = same_year[-1:] + sorted(whole, key=lambda p: abs(p.ordinal - period.ordinal))[:1]
    for other in used or sorted(values)[-1:]:
        passed = year.month_of(period) / year.month_of(other)
        bounds = sorted((passed**_SLOW, passed**_FAST))
        low, high = (values[other] * share for share in bounds)
        yield Reference(low, high, f"按{subject.label(other)}推算的", _BY_MONTHS)


def _running(subject: Subject, values: Mapping[TimePeriod, float]) -> Iterator[Reference]:
    """Expect the usual monthly average since the start, and no less than the newest total."""
    period, start = subject.period, subject.start
    earlier = [p for p in values if start < p < period]
    if not earlier:
        return
    rates = [math.log(values[p] / (p.ordinal - start.ordinal)) for p in earlier][-RECENT:]
    expected = math.exp(median(rates)) * max(period.ordinal - start.ordinal, 1)
    newest = values[earlier[-1]]
    limit = math.exp(max(math.log(_RUN), _spread(rates)))
    basis = f"以往{len(rates)}期月均推算的"
    yield Reference(min(newest, expected), max(newest, expected), basis, limit)


def _from_nothing(subject: Subject, newest: TimePeriod) -> Iterator[Reference]:
    """Expect, after a total of 0, no more than the target's pace brings since then."""
    for goal, target in _with_amounts(subject.indicator):
        due = subject.plan.goal_due(goal).ordinal - subject.start.ordinal
        high = target * (subject.period.ordinal - newest.ordinal) / max(due, 1)
        yield Reference(0.0, high, f"{subject.label(newest)}为 0、按目标推算的", GRAVE)


def from_newest(subject: Subject, own: Sequence[Known]) -> tuple[Reference, ...]:
    """Return what the newest value alone leads to expect, whatever the older ones were.

    Of a year to date it is the newest of the same months; a total since the start may have gone on
    at its own pace. A factor of `GRAVE` from it is asked about although others make it usual: an
    odd value that was confirmed widens what its history allows.
    """
    period, accumulation = subject.period, subject.indicator.accumulation
    of_year = accumulation is Accumulation.YTD
    fits = [
        k
        for k in own
        if k.value > 0 and k.period <= period and (not of_year or k.period.month == period.month)
    ]
    if subject.is_net or not fits:
        return ()
    newest = max(fits, key=lambda k: k.period)
    high, basis = newest.value, f"最近所报的{subject.label(newest.period)}"
    if accumulation is Accumulation.SINCE_START:
        start = subject.start.ordinal
        passed = max(newest.period.ordinal - start, 1)
        high *= max(period.ordinal - start, passed) / passed
    return (Reference(newest.value, high, basis, GRAVE),)


def from_prior(subject: Subject, prior: float | None) -> tuple[Reference, ...]:
    """Return what the row's own 上年同期值 leads to expect: as much; of a total, a year more."""
    if prior is None or prior <= 0 or subject.is_net:
        return ()
    if subject.indicator.accumulation is Accumulation.SINCE_START:
        passed = subject.period.ordinal - subject.start.ordinal
        if passed <= 12:
            return ()
        prior *= passed / (passed - 12)
    return (Reference(prior, prior, "上年同期值推算的", _BY_MONTHS),)


def from_targets(subject: Subject) -> tuple[Reference, ...]:
    """Return what the targets leave: no more than the way to them, and no matter how little."""
    return tuple(
        Reference(
            0.0, (goal.target_high or target) * share_possible(subject, goal), "按目标推算的", GRAVE
        )
        for goal, target in _with_amounts(subject.indicator)
    )


def _with_amounts(indicator: Indicator) -> Iterator[tuple[Goal, float]]:
    """Yield the goals whose target is an amount of the indicator, of which more is better."""
    for goal in indicator.goals:
        if goal.target is None or goal.target <= 0 or goal.direction is Direction.DOWN:
            continue
        if not goal.kind.of_growth and not goal.kind.by_people:
            yield goal, goal.target


def share_possible(subject: Subject, goal: Goal) -> float:
    """Return which share of a target there may be by a period, a quick start allowed for."""
    match subject.indicator.accumulation:
        case Accumulation.YTD:
            return float((subject.plan.year.month_of(subject.period) / 12) ** _FAST)
        case Accumulation.SINCE_START:
            start = subject.start.ordinal
            whole = max(subject.plan.goal_due(goal).ordinal - start, 1)
            return float(min(max(subject.period.ordinal - start, 1) / whole, 1.0) ** _FAST)
        case _:
            return 1.0


def _spread(logarithms: Sequence[float]) -> float:
    """Return within which logarithm of a factor the values lie, by their median deviation."""
    if len(logarithms) < 2:
        return 0.0
    middle = median(logarithms)
    return WIDE * _MAD * median(abs(number - middle) for number in logarithms)
