"""Why a goal has no likelihood, or none from its own series: the first gate that applies.

The gates stand in the order of `OutlookGate`: those before the series is looked at, then those of
the series itself.
"""

from __future__ import annotations

from itertools import pairwise

from planbook.assess.outlook.asked import Asked, is_yearly
from planbook.assess.outlook.constants import FEW_UNITS, FEWEST, SEASONED, UNCHANGED
from planbook.assess.outlook.outliers import one_step
from planbook.assess.outlook.prospect import transformed
from planbook.assess.outlook.remainder import hardly_changing
from planbook.assess.outlook.single_periods import Window
from planbook.assess.scope import Choice
from planbook.assess.standing import Standing
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookGate
from planbook.plan import Goal
from planbook.vocabulary import Comparator, Kind, Nature, Reason


def not_judged(verdict: Verdict, choice: Choice, stands: Standing) -> bool:
    """Whether a goal's value may not be judged; a missing baseline alone does not matter here."""
    if verdict.reason is None:
        return False
    in_order = choice.newest is not None and choice.comparable and stands.reason is None
    return verdict.reason is not Reason.NO_BASELINE or not in_order


def decided(goal: Goal, verdict: Verdict, asked: Asked, stands: Standing) -> bool:
    """Whether it is known already that the goal is met or missed.

    The due date is over, or what only grows is there before it. A level may fall back.
    """
    if stands.due_passed:
        return True
    only_grows = goal.kind is Kind.CUMULATIVE and asked.indicator.nature is not Nature.COUNT_NET
    value = verdict.latest_value
    return only_grows and value is not None and asked.met_by(value)


def before_series(asked: Asked, verdict: Verdict) -> OutlookGate | None:
    """Return the first gate that needs no series."""
    if _few_units(asked, verdict):
        return OutlookGate.FEW_UNITS
    return OutlookGate.YEARLY if is_yearly(asked.indicator) else None


def of_series(asked: Asked, window: Window | None) -> OutlookGate | None:
    """Return the first gate of a series up to its length."""
    if window is None:
        return OutlookGate.SHORT_SERIES
    completed = window.valued is not None and not asked.of_levels
    if min(window.amounts) <= 0 or (completed and window.completed <= 0):
        return OutlookGate.NOT_POSITIVE
    if asked.is_share and max(window.amounts) >= 100:
        return OutlookGate.FULL_SHARE
    if len(window.amounts) > 1 and _hardly_changing(asked, window):
        return OutlookGate.HARDLY_CHANGING
    fewest = SEASONED if asked.of_levels else FEWEST
    return OutlookGate.SHORT_SERIES if len(window.amounts) < fewest else None


def jumps(asked: Asked, window: Window, *, sure: float) -> bool:
    """Whether any value lies outside what those before it in the window led to expect.

    `sure` is the share of cases in which an interval should hold its value.
    """
    values, flow = transformed(asked, window), not asked.of_levels
    for count in range(SEASONED, len(values)):
        newest = window.position(count - len(values))
        step = one_step(values[:count], newest=newest, flow=flow, sure=sure)
        if step is not None and not step.holds(values[count]):
            return True
    return False


def _few_units(asked: Asked, verdict: Verdict) -> bool:
    if not asked.whole and asked.goal.comparator is not Comparator.RANGE:
        return False
    total = None if asked.goal.kind is Kind.CAGR else verdict.observed_value
    sizes = (asked.threshold, verdict.latest_value, total)
    return max(abs(size) for size in sizes if size is not None) < FEW_UNITS


def _hardly_changing(asked: Asked, window: Window) -> bool:
    """Whether there is nothing to learn from, compared as published."""
    if not asked.of_levels:
        return hardly_changing(window)
    step = window.unit or 1
    same = [one == other for one, other in pairwise(round(each / step) for each in window.amounts)]
    return sum(same) > UNCHANGED * len(same)
