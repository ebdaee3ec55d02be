"""Why a goal may be on its course and yet unlikely to be met, or behind and yet likely.

A rating holds what is known against what is due by now, a likelihood looks at the due date. Where
the two point to different ends, this says what in the data lets both be true; nothing is supposed.
"""

from __future__ import annotations

from planbook.outlook_frames import OutlookQuantity, OutlookRow
from planbook.present import numbers
from planbook.present.say.goal_terms import every, needed_number, required_growth
from planbook.present.say.outlook_sentences import (
    Likelihood,
    by_reference,
    likelihood_words,
    more_or_less,
    moved,
    outlook_class,
    own_pace_differs,
    own_pace_words,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Note, RatedBy, Rating

_BEHIND = (Rating.BEHIND, Rating.FAR_BEHIND, Rating.REVERSING)


def differ(view: GoalView) -> bool:
    """Whether rating and likelihood point to different ends."""
    rating = view.verdict.rating
    match outlook_class(view):
        case Likelihood.UNLIKELY:
            return rating is Rating.ON_COURSE or rating.is_met
        case Likelihood.LIKELY:
            return rating in _BEHIND
    return False


def beside_rating(view: GoalView) -> str:
    """Return, beside the rating, how likely the goal is and why that is something else.

    ``到期能否达标：可能性较小（25%），此后每季平均还需增加3.6家，近四季平均每季增加3.3家。`` Empty
    where rating and likelihood agree.
    """
    if not differ(view):
        return ""
    return f"到期能否达标：{likelihood_words(view)}，{reason(view)}。"


def both_hold(view: GoalView) -> str:
    """Return, behind the sentence of the outlook, why the rating does not contradict it."""
    if not differ(view):
        return ""
    said = f"状态为{view.verdict.rating}，与此并不矛盾：{_held_against(view)}"
    return f"{said}，而{reason(view, told=True)}。"


def reason(view: GoalView, *, told: bool = False) -> str:
    """Return what lets both be true, a clause; empty where they agree.

    Parameters
    ----------
    told
        Whether the sentence of the outlook stands before it, whose numbers it does not repeat.
    """
    row = view.outlook
    if row is None or not differ(view):
        return ""
    unlikely = outlook_class(view) is Likelihood.UNLIKELY
    found = _by_growth(view, unlikely=unlikely) or _by_steps(
        view, row, unlikely=unlikely, told=told
    )
    if not found and own_pace_differs(row):
        found = f"不计今后{_rate(view)}放缓" if told else own_pace_words(view, row)
    return found or _by_forecast(view, unlikely=unlikely)


def _held_against(view: GoalView) -> str:
    """Return what the rating looks at."""
    until = view.verdict.observed_period
    if view.kind is Kind.CAGR and until is not None:
        return f"它只看截至{view.year.label_of(until)}的年均增速"
    if view.verdict.rating.is_met:
        return "它看已有的数值是否达到"
    whole = view.verdict.rated_by is RatedBy.WHOLE_UNITS
    return f"它{'按整数个' if whole else ''}对照此时应达的数"


def _by_growth(view: GoalView, *, unlikely: bool) -> str:
    """Return the growth needed from now on beside the newest one, where that explains it."""
    growth, yoy, latest = required_growth(view), view.verdict.yoy, view.verdict.latest_period
    if growth is None or yoy is None or latest is None or not view.kind.of_years:
        return ""
    if Note.YOY_GAP in view.verdict.notes or view.decided:  # not what the values themselves say
        return ""
    rate, decimals = growth
    sign = view.goal.direction.sign
    if sign * rate <= 0 or (sign * (rate - yoy) > 0) is not unlikely:
        return ""
    now = f"{view.latest_label}同比{numbers.growth(yoy)}"
    return f"此后年均须{numbers.growth(rate, decimals)}，{now}"


def _by_steps(view: GoalView, row: OutlookRow, *, unlikely: bool, told: bool) -> str:
    """Return what each period to come must bring beside what the last ones brought."""
    if view.kind not in (Kind.LEVEL_AT_END, Kind.CUMULATIVE) and (
        row.quantity is not OutlookQuantity.LEVEL
    ):
        return ""
    coming, so_far = "此后每季平均还需", "近四季平均每季"
    needed, brought = row.required_per_quarter, row.recent_per_quarter
    recent = needed is not None and brought is not None
    if not recent:
        needed, brought = view.verdict.required_step, view.verdict.average_step
        coming, so_far = f"此后平均{every(view)}还需", f"此前平均{every(view)}"
    if needed is None or brought is None:
        return ""
    sign = view.goal.direction.sign
    if sign * needed <= 0 or (sign * (needed - brought) > 0) is not unlikely:
        return ""
    if told and recent:
        beside = "超过" if unlikely else "不超过"
        return f"此后每季所需{beside}近四季的平均"
    if view.is_annual and not recent:
        needed, brought = needed * view.cycle.a_year, brought * view.cycle.a_year
    wanted = more_or_less(view, needed, needed_number(view, needed))
    return f"{coming}{wanted}，{so_far}{moved(view, brought)}"


def _by_forecast(view: GoalView, *, unlikely: bool) -> str:
    """Return on what the likelihood rests, where the numbers so far do not explain it."""
    few = "少数" if unlikely else "多数"
    if by_reference(view):
        return f"进度和剩余时间与此相近的情形，{few}最后达标"
    beyond = "没有达到" if unlikely else "达到"
    return f"预测的中值{beyond}达标值"


def _rate(view: GoalView) -> str:
    return "降速" if view.falling else "增速"
