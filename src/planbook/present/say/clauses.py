"""The clauses that say where a goal is, each empty where it has nothing to say.

Turns a view into plain Chinese phrases without a full stop: the newest value, its change on the
year before, and the year's total it leads to. Next to it are `due_clauses` and `verdict_clauses`;
`planbook.present.say.sentences` puts them together, so that none reads like a form with blanks.
"""

from __future__ import annotations

import re

from planbook.present import numbers
from planbook.present.comparing import Side, compared
from planbook.present.points import band
from planbook.present.views import GoalView
from planbook.vocabulary import (
    Accumulation,
    Kind,
    Nature,
    Note,
    ObsStatus,
    Reason,
    ReleaseStage,
    YoyType,
)

_CARRIED = {Note.CARRIED_ANNUAL, Note.CARRIED_QUARTER, Note.CARRIED_ABSENT}
_AMOUNT_NAMES = ("数", "数量")  # a name that is itself an amount wants a verb
ENDS_IN_LATIN = re.compile(r"[^\W\u3400-\u9fff][)\]]*$")  # and one that would run into its number


def opening(view: GoalView, *, named: bool) -> str:
    """Return when, what and how much; or why there is no value."""
    if view.verdict.latest_value is None:
        return _no_value(view, named=named)
    name = view.indicator.name if view.is_growth else view.name
    when = f"截至{view.latest_label}" if _is_stock(view) else view.latest_label
    marks = _stage(view) + ("（沿用）" if _CARRIED & set(view.verdict.notes) else "")
    total = "累计" if view.kind is Kind.CUMULATIVE else ""
    if not named and not view.is_growth:
        return f"{when}{total or '为'}{view.latest_words}{marks}"
    if view.verdict.latest_value < 0 and view.indicator.nature is Nature.COUNT_NET:
        return f"{when}，{name}为负（{view.latest_words}）{marks}"
    if total and total in name:
        total = ""
    verb = view.verdict.latest_value <= 0 or view.is_share or name.endswith(_AMOUNT_NAMES)
    verb = verb or (not total and bool(ENDS_IN_LATIN.search(name)))
    return f"{when}，{name}{total}{'为' if verb else ''}{view.latest_words}{marks}"


def _no_value(view: GoalView, *, named: bool) -> str:
    if view.verdict.latest_period is not None:  # average growth can do with reported growth
        return f"{view.latest_label}，{view.indicator.name}只报同比" + (
            f"（{numbers.growth(yoy)}）" if (yoy := view.verdict.yoy) is not None else ""
        )
    none = f"{view.baseline_label}以后尚无数据" if view.goal.base_period else "尚无数据"
    why = {
        Reason.NO_BASELINE: f"{none}，基数待补",
        Reason.NOT_REPORTED: f"{none}，{owed(view)}",
        Reason.ANNUAL_NOT_DUE: (f"{view.indicator_words}，{view.first_value_words}尚未到报送时间"),
    }.get(view.verdict.reason or Reason.TOO_FEW_OBSERVATIONS, none)
    if not named:
        return why
    if view.verdict.reason is Reason.ANNUAL_NOT_DUE:
        return f"{view.name}为{why}"
    return numbers.in_a_row(view.name, why)


def owed(view: GoalView) -> str:
    """Return which period's value is missing, and whether one came that could not be used."""
    period, latest = view.verdict.owed_period, view.verdict.latest_period
    if period is None:
        return "本期应报未报"
    if view.kind is Kind.EVERY_YEAR and latest == period:
        return "有年度的全年数未报"
    label = view.label_of(period)
    refused = Note.REFUSED in view.verdict.notes or view.verdict.latest_status is ObsStatus.REFUSED
    return f"应报的{label}数据{'未能采用（拒收）' if refused else '未报'}"


def _stage(view: GoalView) -> str:
    if Note.PROVISIONAL not in view.verdict.notes:
        return ""
    verdict = view.verdict
    estimated = verdict.latest_status is ObsStatus.ESTIMATED
    estimated = estimated or verdict.release_stage is ReleaseStage.ESTIMATE
    return "（估计数）" if estimated else "（快报数）"


def _is_stock(view: GoalView) -> bool:
    return view.verdict.accumulation in (Accumulation.END_OF_PERIOD, Accumulation.STATUS)


def change(view: GoalView) -> str:
    """Return the change on the year before: reported growth, steps of a count, points of a share.

    A complete year is compared with the year before (比上年), anything shorter with the same
    period (同比). Where the values say something else than the growth reported, both are told.
    """
    latest, before, yoy = view.verdict.latest_value, view.verdict.prior_value, view.verdict.yoy
    if latest is None:
        return ""
    if view.is_share:
        if before is None:
            return ""
        said = _against_year_before(view, _moved(view, latest, before))
        differs = yoy is not None and Note.YOY_GAP in view.verdict.notes
        return f"{said}（填报为{numbers.shift(yoy or 0.0)}）" if differs else said
    if yoy is not None:
        said = _against_year_before(view, numbers.growth(yoy))
        return said + _growth_type(view, growth_by_values(view))
    if before is None or not view.indicator.nature.is_count:
        return ""
    if view.kind is Kind.CUMULATIVE:
        step = compared(latest, before, view.decimals)
        amount = numbers.with_unit(step.gap, view.indicator.unit)
        if 0 <= latest - before <= latest:
            return f"其中近一年{amount}"
        return f"近一年{'增加' if step.side is Side.MORE else '减少'}{amount}"
    return _against_year_before(view, _moved(view, latest, before))


def _moved(view: GoalView, latest: float, before: float) -> str:
    """Return by how much a share or a number moved: 提高1.2个百分点, 减少2家, 持平."""
    step = compared(latest, before, max(view.decimals, 1) if view.is_share else view.decimals)
    if step.side is Side.SAME:
        return numbers.UNCHANGED
    more = step.side is Side.MORE
    if view.is_share:
        return f"{'提高' if more else '下降'}{step.gap}个百分点"
    return f"{'增加' if more else '减少'}{numbers.with_unit(step.gap, view.indicator.unit)}"


def growth_by_values(view: GoalView) -> str:
    """Return the growth by the values themselves where it differs from the one reported."""
    latest, before = view.verdict.latest_value, view.verdict.prior_value
    if Note.YOY_GAP not in view.verdict.notes or latest is None or before is None or before <= 0:
        return ""
    return f"按总量计算为{numbers.growth((latest / before - 1) * 100)}"


def _against_year_before(view: GoalView, moved: str) -> str:
    """Return a move in words against the year before: 同比增长3.2%, 与上年末持平."""
    then = year_before(view)
    if moved == numbers.UNCHANGED:
        return f"与{then}持平"
    relative = then == "上年同期" and moved.endswith("%")
    return f"同比{moved}" if relative else f"比{then}{moved}"


def year_before(view: GoalView) -> str:
    """Return what the year before is called: 上年末, 上年 or 上年同期."""
    period = view.verdict.latest_period
    if period is None or not view.year.is_end(period):
        return "上年同期"
    before = "上年" if view.year.is_calendar else "上一财年"
    return f"{before}末" if _is_stock(view) else before


def _growth_type(view: GoalView, by_values: str) -> str:
    """Return 名义, 实际 or 可比口径 in brackets; a number of things has no prices."""
    kind = view.verdict.yoy_type
    priced = "元" in view.indicator.unit
    shown = kind if priced or kind is not YoyType.NOMINAL else ""
    if by_values:
        return f"（{shown or '填报数'}，{by_values}）"
    return f"（{shown}）" if shown else ""


def estimate(view: GoalView) -> str:
    """Return the year's total as 推算 from the year to date, with its band."""
    value, period = view.estimated, view.verdict.observed_period
    if value is None or period is None:
        return ""
    basis = "往年同期占比" if view.verdict.share_from_history else "月份"
    if Note.FROM_YEAR_TO_DATE_GROWTH in view.verdict.notes:
        basis = "年初至今的同比"
    whole = f"{view.year.label_of(period)}全年约{view.estimate_words(value)}"
    return f"按{basis}推算，{whole}{_band(view)}"


def _band(view: GoalView) -> str:
    """Return between which values the year's total lies with a chance of four in five."""
    ends = band(view)
    if ends is None:
        return ""
    decimals = min(view.decimals, 1) if max(map(abs, ends)) >= 100 else max(view.decimals, 1)
    said = "—".join(numbers.number(end, decimals) for end in ends)
    between = numbers.with_unit(said, view.indicator.unit)
    return f"（80%可能在{between}之间）"
