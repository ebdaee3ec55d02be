"""Check the figures of one row against each other and against what the indicator can be.

Called with a row whose cells have been read; what an earlier edition said is for `history`.
"""

from __future__ import annotations

from planbook.collect.number_cells import PERCENT, shown
from planbook.collect.report import Row
from planbook.collect.rules import sense
from planbook.plan import Indicator, Plan
from planbook.vocabulary import Nature, YoyType

_COUNTS = (Nature.COUNT_STOCK, Nature.COUNT_GROSS, Nature.COUNT_NET)
_SHARE_LIMIT = 1.0  # a percentage given as a share is at most this
_FAR_BELOW = 20  # a percentage this many times below its target may be one
_NEAR = 3  # and is one if, times 100, it is within this factor of the target


def value_is_impossible(row: Row, indicator: Indicator, value: float) -> bool:
    """Report a value that cannot be meant: a count below zero, a percentage given as a share."""
    if indicator.nature in (Nature.COUNT_STOCK, Nature.COUNT_GROSS) and value < 0:
        row.add(sense.NEGATIVE_COUNT, "value", observed=shown(value))
        return True
    if indicator.unit == PERCENT and _is_share(value, row.report.plan, indicator):
        _report_share(row, "value", value)
        return True
    return False


def check_value(row: Row, indicator: Indicator, value: float) -> None:
    """Report a value that is unlikely: out of its range, or a count that is not whole."""
    if indicator.plausible is not None:
        low, high = indicator.plausible
        if not low <= value <= high:
            row.add(
                sense.IMPLAUSIBLE,
                "value",
                observed=f"{shown(value)}{indicator.unit}",
                expected=f"{shown(low)} 至 {shown(high)}{indicator.unit}",
            )
    if indicator.nature in _COUNTS and indicator.decimals == 0 and not value.is_integer():
        row.add(sense.FRACTION_OF_COUNT, "value", observed=shown(value), expected=indicator.unit)


def computed_yoy(value: float | None, prior: float | None) -> float | None:
    """Return the growth from `prior` to `value` in percent, where it is defined."""
    if value is None or prior is None or prior <= 0:
        return None
    return (value / prior - 1) * 100


def rounding_error(value: float, prior: float, decimals: int) -> float:
    """Return by how many 百分点 the computed growth may be off, both values being rounded."""
    half = 0.5 * 10.0**-decimals
    return 100 * half / prior * (1 + abs(value) / prior)


def checked_yoy(
    row: Row,
    indicator: Indicator,
    *,
    value: float | None,
    prior: float | None,
    yoy: float | None,
    yoy_type: str,
) -> float | None:
    """Return the reported growth, or nothing where it is plainly a share; report contradictions.

    A nominal growth may differ from the computed one by the plan's `yoy_gap` and by rounding. One
    at constant prices or of a matched panel may differ by any amount, but where both growths are
    clear of that gap they should have the same sign.
    """
    computed = computed_yoy(value, prior)
    if yoy is None or computed is None or value is None or prior is None:
        return yoy
    plan = row.report.plan
    rounding = rounding_error(value, prior, indicator.decimals)
    gap = plan.about.yoy_gap + rounding
    as_percent = abs(yoy * 100 - computed)
    if yoy and as_percent <= max(0.05 * abs(computed), 0.06 + rounding) < abs(yoy - computed):
        _report_share(row, "yoy", yoy)
        return None
    nominal = yoy_type in ("", YoyType.NOMINAL)
    opposite = yoy * computed < 0 and min(abs(yoy), abs(computed)) > gap
    if (nominal and abs(yoy - computed) > gap) or opposite:
        allowed = f"相差超过 {plan.about.yoy_gap:g} 个百分点" if nominal else "一增一减"
        row.add(
            sense.YOY_CONTRADICTION,
            "yoy",
            observed=shown(yoy),
            expected=f"{computed:.1f}",
            type=yoy_type,
            reason=allowed,
        )
    return yoy


def _is_share(value: float, plan: Plan, indicator: Indicator) -> bool:
    """Tell whether a percentage is far from its targets, and near to one when times 100."""
    if not 0 < abs(value) <= _SHARE_LIMIT:
        return False
    targets = [
        goal.target
        for goal in indicator.goals
        if goal.target is not None and plan.goal_unit(goal) == PERCENT
    ]
    return any(
        abs(value) * _FAR_BELOW < target and target / _NEAR <= abs(value) * 100 <= target * _NEAR
        for target in targets
    )


def _report_share(row: Row, key: str, value: float) -> None:
    number = float(f"{value * 100:.12g}")
    row.add(sense.PERCENT_AS_SHARE, key, observed=shown(value), expected=shown(number))
