"""What a goal is held to and what it rests on, as tiles, tables and formulas print it.

Turns a view into the value that meets, the progress due and the whole units due on the path that
rates, and into the words for an estimate with its band. Each is empty or ``None`` where the verdict
does not have it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from planbook.periods import FiscalYear
from planbook.plan import Indicator
from planbook.present import numbers
from planbook.present.comparing import Compared, compared
from planbook.present.points import band, starting_value
from planbook.present.views import PROVISIONAL, GoalView
from planbook.rounding import rounded
from planbook.vocabulary import Comparator, Kind, RatedBy, Reason

_SAME = 1e-9  # rounding noise
_EXACT = 4  # decimals that a target or what meets it may have


def verdict_remark(view: GoalView) -> str:
    """Return what stands small behind a rating: why there is none, or that it is 初步."""
    return view.reason_words or (PROVISIONAL if view.verdict.rating_provisional else "")


def missed_years(view: GoalView) -> str:
    """Return the closed years in which a yearly goal was missed: 2025年、2026年未达标."""
    years = "、".join(map(view.year.label, view.verdict.missed_years))
    return f"{years}未达标" if years else ""


def reasons_counted(views: Iterable[GoalView]) -> list[tuple[str, int]]:
    """Return why goals cannot be judged and how many each, in the order of the vocabulary."""
    silent = [view for view in views if view.verdict.reason is not None]
    silent.sort(key=lambda view: list(Reason).index(view.verdict.reason or Reason.WITHHELD))
    return list(Counter(view.reason_words for view in silent).items())


def provisional_count(views: Sequence[GoalView]) -> str:
    """Return 其中初步2项; empty where no rating is."""
    count = sum(view.verdict.rating_provisional for view in views)
    return f"其中{PROVISIONAL}{count}项" if count else ""


def withheld_count(views: Sequence[GoalView]) -> str:
    """Return 其中不公开2项; empty where all are shown."""
    count = sum(view.is_withheld for view in views)
    return f"其中{Reason.WITHHELD}{count}项" if count else ""


def frequency_words(indicator: Indicator, year: FiscalYear) -> str:
    """Return how often there is a value, and how late: 季度; 每3年一个数（2016年、2019年等）."""
    often = indicator.frequency.label
    if indicator.every_years > 1 and indicator.value_year is not None:
        first, second = indicator.value_year, indicator.value_year + indicator.every_years
        known = f"{year.label(first)}、{year.label(second)}等"
        often = f"每{indicator.every_years}年一个数（{known}）"
    return f"{often}，晚{indicator.lag_months}个月" if indicator.lag_months else often


def meeting_value(view: GoalView) -> float | None:
    """Return ``T*``, the value that counts as met and at which the path due ends."""
    meeting = view.verdict.meeting_value
    return view.verdict.target_value if meeting is None else meeting


def meeting_differs(view: GoalView) -> bool:
    """Whether what counts as met is another number than the target."""
    target, meeting = view.verdict.target_value, view.verdict.meeting_value
    if target is None or meeting is None:
        return False
    return not math.isclose(target, meeting, abs_tol=_SAME)


def meeting_words(view: GoalView) -> str:
    """Return what counts as met where that is not the target itself: 不低于19%即达到."""
    said = meeting_quantity(view)
    return f"不{'高' if view.falling else '低'}于{said}即达到" if said else ""


def meeting_quantity(view: GoalView) -> str:
    """Return the value that counts as met with its unit: 19%, 13.65%; empty if it is the target."""
    number = meeting_number(view)
    unit = view.indicator.unit if view.kind is Kind.GROWTH_VS_BASE else view.unit
    return numbers.with_unit(number, unit) if number else ""


def meeting_number(view: GoalView) -> str:
    """Return the value that counts as met without its unit; empty where it is the target.

    A number that cannot be printed in full is rounded to the strict side, so that who reads it and
    reaches it has met.
    """
    meeting = view.verdict.meeting_value
    if meeting is None or not meeting_differs(view):
        return ""
    exact = f"{rounded(meeting, _EXACT):f}"
    shown = Decimal(exact)
    if not math.isclose(float(exact), meeting, rel_tol=_SAME, abs_tol=_SAME):
        step = Decimal(1).scaleb(-max(view.decimals, 1))
        strict = ROUND_FLOOR if view.falling else ROUND_CEILING
        shown = Decimal(repr(meeting)).quantize(step, rounding=strict)
    return numbers.short(float(shown), _EXACT)


def share_due(view: GoalView) -> float | None:
    """Return the share of the way that is due by now: by the usual share, by year-ends, by time."""
    share = view.verdict.share_due
    return view.verdict.time_elapsed if share is None else share


def counts_from_zero(view: GoalView) -> bool:
    """Whether a goal adds up from nothing, and no baseline is taken off."""
    return view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR)


def units_due(view: GoalView) -> int | None:
    """Return the whole units due by now of a goal that is judged in them; 0: not yet one."""
    due, base = view.verdict.path_value, starting_value(view)
    if view.verdict.rated_by is not RatedBy.WHOLE_UNITS or due is None or base is None:
        return None
    return round(abs(due - base))


def average_compared(view: GoalView) -> Compared | None:
    """Return the average growth so far beside the one that counts as met, in percent.

    With as many decimals as the latter is printed with; ``None`` where one of the two is unknown.
    """
    value, meets = view.verdict.observed_value, meeting_value(view)
    meets = view.goal.target if meets is None else meets
    if view.kind is not Kind.CAGR or value is None or meets is None:
        return None
    _, _, places = meeting_number(view).partition(".")
    return compared(value, meets, max(1, len(places)))


def time_left(view: GoalView) -> str:
    """Return what is left until due from this edition's end on, in editions: 5个季度, 3年.

    Empty from the due date on, and of yearly totals, of which each year begins anew.
    """
    months = view.due.ordinal - view.verdict.edition.end.ordinal
    left = months // view.cycle.months
    if view.kind not in (Kind.LEVEL_AT_END, Kind.CUMULATIVE) or left <= 0:
        return ""
    return view.cycle.counted(left)


def every(view: GoalView) -> str:
    """Return 每季度, or whatever an edition covers; 每年 of an indicator with one value a year."""
    return "每年" if view.is_annual else view.cycle.per


def units_done(view: GoalView) -> float | None:
    """Return what is done toward the target since the start, below zero if it went backwards."""
    value, base = view.verdict.observed_value, starting_value(view)
    return None if value is None or base is None else view.goal.direction.sign * (value - base)


@dataclass(frozen=True, slots=True)
class Step:
    """What is still needed, evenly until the due date, as it is printed: enough, never less.

    Attributes
    ----------
    amount
        Of `decimals` digits after the point.
    every
        As the function of this name says.
    once
        Whether only one such value is left.
    """

    every: str
    amount: float
    decimals: int
    once: bool

    @property
    def number(self) -> str:
        """The amount without its sign, in the one form in which it is printed."""
        return numbers.short(abs(self.amount), self.decimals)


def required_step(view: GoalView) -> Step | None:
    """Return what is still needed an edition, or a year where there is one value a year."""
    step, until = view.verdict.required_step, view.verdict.observed_period
    if not step:
        return None
    amount = step * view.cycle.a_year if view.is_annual else step
    amount, decimals = needed(view, amount)
    last = view.is_annual and until is not None and view.due.ordinal - until.ordinal <= 12
    return Step(every(view), amount, decimals, once=last)


def must_exceed(view: GoalView) -> bool:
    """Whether the target itself does not meet and no next value is named: 超过65%, not 超过40家."""
    counted = view.indicator.counts_whole and not view.is_growth
    return view.goal.comparator is Comparator.ABOVE and not counted


def needed(view: GoalView, amount: float) -> tuple[float, int]:
    """Return an amount that is needed, as it is printed and never less, and its decimals.

    A small one has a decimal, or 0.4 would be said to be 0. Where the target has to be exceeded it
    leads beyond it.
    """
    decimals = max(view.decimals, 1) if abs(amount) < 10 else view.decimals
    beyond = must_exceed(view)
    return numbers.enough(amount, decimals, upward=amount > 0, beyond=beyond), decimals


def needed_number(view: GoalView, amount: float) -> str:
    """Return an amount that is needed, not yet rounded, as it is printed, without its sign."""
    return numbers.short(*needed(view, abs(amount)))


def required_growth(view: GoalView) -> tuple[float, int] | None:
    """Return the growth needed a year in percent, enough and never less, and its decimals."""
    rate = view.verdict.required_rate
    if rate is None:
        return None
    decimals = compared(rate * 100, 0.0, 1).decimals
    beyond = must_exceed(view)
    return numbers.enough(rate * 100, decimals, upward=not view.falling, beyond=beyond), decimals


def estimate_words(view: GoalView) -> str:
    """Return the estimate of a year that the verdict rests on: 推算2026年约142.96亿元."""
    value, period = view.estimated, view.verdict.observed_period
    if value is None or period is None:
        return ""
    return f"推算{view.year.label_of(period)}约{view.estimate_words(value)}"


def estimate_short(view: GoalView) -> str:
    """Return the estimate as it stands below a value, whose period tells the year."""
    return "" if view.estimated is None else f"推算{view.estimate_words(view.estimated)}"


def band_short(view: GoalView) -> str:
    """Return the band as it stands below the estimate: 138.0—148.1亿元, or 误差范围未知."""
    return (view.verdict.is_estimate and band_quantity(view)) or band_words(view)


def band_words(view: GoalView) -> str:
    """Return the band of the estimate: 误差范围138.0—148.1亿元, or that it is not known.

    A goal for every year is judged on the year to date: its band is of the whole year, and says so.
    """
    known = band_quantity(view)
    if view.verdict.is_estimate:
        return f"误差范围{known or '未知'}"
    return f"推算全年{known}" if known else ""


def band_quantity(view: GoalView) -> str:
    """Return the ends of the 80 % band with their unit; empty where none is known."""
    ends = band(view)
    if ends is None:
        return ""
    low, high = map(view.estimate_words, ends)
    return f"{low.removesuffix(numbers.spoken_unit(view.indicator.unit)).rstrip()}—{high}"
