"""How far a goal has come on its way from start to target, as places on an axis and in words.

Every place follows the order of the values from worse to better, so no chart of it can show a value
on the wrong side of another. A share of the way is told only where there is a way to go and the
value lies on it; everything else is said in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planbook.assess.path import units_due
from planbook.plan.model import Thresholds
from planbook.present.charts.marked_values import meeting_level, range_end
from planbook.present.comparing import telling
from planbook.present.points import band, starting_value
from planbook.present.say.chart_words import (
    better_than_target,
    clauses,
    level_with_target,
    past_meeting,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Comparator, Kind, RatedBy

_ROOM = 0.1  # right of the target, where the baseline lies that has met it
_SAME = 1e-12


@dataclass(frozen=True)
class Progress:
    """Where a goal stands on an axis that runs from worse to better, its target being at 1.

    With a way to go from its start, that is at 0 and every place is a share of the way. Where the
    start has met the target already there is no such share: the axis is then as long as the values
    need, and the ratings have no limits on it.

    Attributes
    ----------
    done, due
        The value, and the value due by now.
    meeting
        The value that counts as met.
    start
        Where the way begins.
    limits
        Where 滞后 and 达序时 begin; ``None`` without a way to go.
    band
        The 80 % band of an estimate.
    high
        The upper end of a target that is a range.
    """

    done: float
    due: float
    meeting: float
    start: float
    limits: tuple[float, float] | None
    band: tuple[float, float] | None
    high: float | None = None


def progress(view: GoalView, thresholds: Thresholds) -> Progress | None:
    """Return how far a goal has come; ``None`` where it cannot be compared with what is due."""
    value, due, base = view.verdict.observed_value, view.verdict.path_value, starting_value(view)
    target = view.goal.target if view.kind is Kind.CAGR else view.verdict.target_value
    if (
        value is None
        or due is None
        or target is None
        or base is None
        or view.verdict.reason is not None
    ):
        return None
    meeting, sign = meeting_level(view), view.goal.direction.sign
    meeting = target if meeting is None else meeting
    has_way = min(sign * (target - base), sign * (meeting - base)) > 0
    beyond = [sign * (place - target) for place in (value, due, meeting, base)]
    room = max(max(beyond) / _ROOM, -min(beyond), 0.0) or 1.0
    length = abs(target - base) if has_way else room

    def at(value: float) -> float:
        return 1 + sign * (value - target) / length  # the length is above zero: order is kept

    limits = _limits(view, thresholds, base, due, meeting) if has_way else None
    # Of a year's part that is judged as it is, the band of the whole year says nothing.
    found = band(view) if view.verdict.is_estimate else None
    high = range_end(view)
    return Progress(
        done=at(value),
        due=at(due),
        meeting=at(meeting),
        start=at(base),
        limits=limits and (at(limits[0]), at(limits[1])),
        band=found and (min(map(at, found)), max(map(at, found))),
        high=None if high is None else at(high),
    )


def _limits(
    view: GoalView, thresholds: Thresholds, base: float, due: float, meeting: float
) -> tuple[float, float]:
    """Return the values at which 滞后 and 达序时 begin now."""
    if view.verdict.rated_by is RatedBy.WHOLE_UNITS:
        sign, share = view.goal.direction.sign, view.verdict.share_due
        units = sign * ((due - base) if share is None else (meeting - base) * share)
        whole = (units_due(units, part) for part in (thresholds.far_behind, 1.0))
        far, on = (base + sign * each for each in whole)
        return far, on
    limits = thresholds.of(view.kind)
    far, on = (_value_at(view, base, due, pace) for pace in (limits.far_behind, limits.on_course))
    return far, on


def _value_at(view: GoalView, base: float, due: float, pace: float) -> float:
    """Return the value at which the goal would have this pace now."""
    elapsed = view.verdict.elapsed
    if view.verdict.rated_by is RatedBy.GROWTH and elapsed and base > 0 and due > 0:
        rate = (due / base) ** (1 / elapsed) - 1
        return float(base * (1 + pace * rate) ** elapsed)
    return base + pace * (due - base)


def share_done(view: GoalView, reached: Progress, decimals: int = 0) -> str:
    """Return the share of the way that is done; empty where `standing_words` say more."""
    if standing_words(view, reached):
        return ""
    return _share(reached.done, (reached.due, 1.0), decimals)


def share_due(reached: Progress, decimals: int = 0) -> str:
    """Return the share of the way that is due; empty without a way to go."""
    if reached.limits is None:
        return ""
    if reached.due > 1 + _SAME:
        return "超过目标"
    if reached.due >= 1 - _SAME:
        return "100%"
    return _share(reached.due, (reached.done, 1.0), decimals)


def _share(share: float, others: Iterable[float], decimals: int) -> str:
    """Return a share in percent that reads differently from those `others` that differ from it."""
    return f"{telling(share * 100, [other * 100 for other in others], decimals)}%"


def standing_words(view: GoalView, reached: Progress) -> str:
    """Return where a value stands that is not between start and target; empty where it is."""
    done, has_way = reached.done, reached.limits is not None
    parts = [_against_target(view, reached)]
    if done < reached.start - _SAME:
        from_base = view.kind.from_base and view.kind is not Kind.CAGR
        if from_base and view.verdict.baseline_value is not None:
            parts.append("比基期变差")
        elif has_way:
            parts.append("与目标方向相反" if view.kind is Kind.CAGR else "累计为负")
    if not has_way and not parts[0]:
        parts.append("未达目标")
    return clauses(parts)


def _against_target(view: GoalView, reached: Progress) -> str:
    """Say how a value compares with the target where it is not short of it."""
    sure = view.verdict.met and not view.verdict.is_estimate
    now = "已" if sure else "推算" if view.verdict.is_estimate else "目前"
    if reached.done > 1 + _SAME:
        return better_than_target(now)
    if reached.done >= 1 - _SAME:
        if sure:
            return "已达到目标"
        strict = view.goal.comparator is Comparator.ABOVE
        return level_with_target(now, strict=strict)
    if reached.done >= reached.meeting - _SAME:
        return past_meeting(now)
    return ""
