"""The clauses that sentences about a goal are made of, each empty where it has nothing to say.

Turns a view into plain Chinese phrases without a full stop. `planbook.present.sentences` puts them
together, so that none reads like a form with blanks.
"""

from __future__ import annotations

import math
import re

from planbook.present import numbers
from planbook.present.comparing import (
    Compared,
    Side,
    compared,
    compared_shares,
    completion_share,
    pace_share,
    side,
    telling,
)
from planbook.present.views import GoalView
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Kind,
    Nature,
    Note,
    ObsStatus,
    RatedBy,
    Rating,
    Reason,
    ReleaseStage,
    YearVerdict,
)

_COUNTS = frozenset({Nature.COUNT_STOCK, Nature.COUNT_GROSS, Nature.COUNT_NET})
_AMOUNT_NAMES = ("数", "数量")  # a name that is itself an amount wants a verb
_ENDS_IN_LATIN = re.compile(r"[\dA-Za-z]$")  # and so does one that would run into its number
_WHOLE = 1e-9  # a computed 2.9999999999 units are 3


def opening(view: GoalView, *, named: bool) -> str:
    """Return when, what and how much; or why there is no value."""
    if view.latest is None:
        return _no_value(view, named=named)
    name = view.indicator.name if view.is_growth else view.name
    when = f"截至{view.latest_label}" if _is_stock(view) else view.latest_label
    marks = _stage(view) + ("（沿用）" if _is_carried(view) else "")
    total = "累计" if view.kind is Kind.CUMULATIVE else ""
    if not named and not view.is_growth:
        return f"{when}{total or '为'}{view.latest_words}{marks}"
    if view.latest < 0 and view.indicator.nature is Nature.COUNT_NET:
        return f"{when}，{name}为负（{view.latest_words}）{marks}"
    if total and total in name:
        total = ""
    verb = view.latest <= 0 or view.is_share or name.endswith(_AMOUNT_NAMES)
    verb = verb or (not total and bool(_ENDS_IN_LATIN.search(name)))
    return f"{when}，{name}{total}{'为' if verb else ''}{view.latest_words}{marks}"


def _no_value(view: GoalView, *, named: bool) -> str:
    if view.period("latest_period") is not None:  # average growth can do with reported growth
        return f"{view.latest_label}，{view.indicator.name}只报同比" + (
            f"（{numbers.growth(yoy)}）" if (yoy := view.number("yoy")) is not None else ""
        )
    why = {
        Reason.NO_BASELINE: "尚无数据，基数待补",
        Reason.NOT_REPORTED: f"尚无数据，{owed(view)}",
        Reason.ANNUAL_NOT_DUE: "年度指标，首个完整年度的数据尚未到报送时间",
    }.get(view.reason or Reason.TOO_FEW_OBSERVATIONS, "尚无数据")
    if not named:
        return why
    return f"{view.name}{'为' if view.reason is Reason.ANNUAL_NOT_DUE else ''}{why}"


def owed(view: GoalView) -> str:
    """Return which period's value is missing, and whether one came that could not be used."""
    period, latest = view.period("owed_period"), view.period("latest_period")
    if period is None:
        return "本期应报未报"
    if view.kind is Kind.EVERY_YEAR and latest == period:
        return "有年度的全年数未报"
    label = view.label_of(period)
    refused = Note.REFUSED in view.notes or view.text("latest_status") == ObsStatus.REFUSED
    return f"应报的{label}数据{'未能采用（拒收）' if refused else '未报'}"


def _stage(view: GoalView) -> str:
    if Note.PROVISIONAL not in view.notes:
        return ""
    estimated = ObsStatus.ESTIMATED, ReleaseStage.ESTIMATE
    return "（估计数）" if _any_of(view, estimated) else "（快报数）"


def _any_of(view: GoalView, words: tuple[str, str]) -> bool:
    return view.text("latest_status") == words[0] or view.text("release_stage") == words[1]


def _is_carried(view: GoalView) -> bool:
    return bool({Note.CARRIED_ANNUAL, Note.CARRIED_QUARTER, Note.CARRIED_ABSENT} & set(view.notes))


def _is_stock(view: GoalView) -> bool:
    how = Accumulation(view.text("accumulation") or view.indicator.accumulation)
    return how in (Accumulation.END_OF_PERIOD, Accumulation.STATUS)


def change(view: GoalView) -> str:
    """Return the change on the year before: reported growth, steps of a count, points of a share.

    A complete year is compared with the year before (比上年), anything shorter with the same
    period (同比). Where the values say something else than the growth reported, both are told.
    """
    latest, before, yoy = view.latest, view.number("prior_value"), view.number("yoy")
    if latest is None:
        return ""
    if view.is_share:
        if before is None:
            return ""
        said = _against_year_before(view, _moved(view, latest, before))
        differs = yoy is not None and Note.YOY_GAP in view.notes
        return f"{said}（填报为{numbers.shift(yoy or 0.0)}）" if differs else said
    if yoy is not None:
        said = _against_year_before(view, numbers.growth(yoy))
        return said + _growth_type(view, _by_values(view, latest, before))
    if before is None or view.indicator.nature not in _COUNTS:
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


def _by_values(view: GoalView, latest: float, before: float | None) -> str:
    """Return the growth by the values themselves where it differs from the one reported."""
    if Note.YOY_GAP not in view.notes or before is None or before <= 0:
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
    period = view.period("latest_period")
    if period is None or not period.is_year_end:
        return "上年同期"
    return "上年末" if _is_stock(view) else "上年"


def _growth_type(view: GoalView, by_values: str) -> str:
    """Return 名义, 实际 or 可比口径 in brackets; a number of things has no prices."""
    kind = view.text("yoy_type")
    priced = "元" in view.indicator.unit
    shown = kind if priced or kind != "名义" else ""
    if by_values:
        return f"（{shown or '填报数'}，{by_values}）"
    return f"（{shown}）" if shown else ""


def estimate(view: GoalView) -> str:
    """Return the year's total as 推算 from the year to date, with its band."""
    value, period = view.number("observed_value"), view.period("observed_period")
    if not view.flag("is_estimate") or value is None or period is None:
        return ""
    basis = "往年同期占比" if view.flag("share_from_history") else "月份"
    if Note.FROM_YEAR_TO_DATE_GROWTH in view.notes:
        basis = "年初至今的同比"
    return f"按{basis}推算，{period.year}年全年约{view.estimate_words(value)}{_band(view)}"


def _band(view: GoalView) -> str:
    """Return between which values the year's total lies with a chance of four in five."""
    low, high = view.number("band_low"), view.number("band_high")
    if low is None or high is None:
        return ""
    decimals = min(view.decimals, 1) if max(abs(low), abs(high)) >= 100 else max(view.decimals, 1)
    ends = numbers.number(low, decimals), numbers.number(high, decimals)
    between = numbers.with_unit("—".join(ends), view.indicator.unit)
    return f"（80%可能在{between}之间）"


def completion(view: GoalView, *, told: bool) -> str:
    """Return 目标完成率, without comparison, and not for falling goals.

    Parameters
    ----------
    told
        Whether the words before have named the target.
    """
    share, target = view.number("completion"), view.goal.target
    if view.latest is None:
        return ""
    if share is None or share <= 0 or view.falling or (target is not None and target <= 0):
        beside = _beside(view)
        if told:
            return beside
        said = f"目标为{_in_brackets(_target(view))}"
        return f"{said}，{beside}" if beside else said
    verb = "相当于" if view.flag("is_estimate") else "完成"
    due = "本年" if view.kind is Kind.EVERY_YEAR else view.due_words
    goal = "该目标" if told else f"{due}目标（{_target(view)}）"
    beyond = "，已超过目标上限" if view.flag("exceeded") else ""
    return f"{verb}{goal}的{completion_share(share)}{beyond}"


def _beside(view: GoalView) -> str:
    """Return on which side of the target the value lies, where that decides and no share says it.

    Only of goals without a share: those that fall, and those whose target is not above zero.
    """
    value, target = view.number("observed_value"), view.number("target_value")
    decided = view.rating is Rating.MISSED or view.rating.is_met
    if value is None or target is None or not decided or view.flag("is_estimate"):
        return ""
    if target > 0 and not view.falling:
        return ""
    found = compared(value, target, view.decimals)
    if found.side is Side.SAME:
        return ""
    gap = numbers.with_unit(found.gap, "个百分点" if view.is_share else view.indicator.unit)
    return f"比目标{_higher(found.side)}{gap}"


def _higher(of: Side) -> str:
    return "高" if of is Side.MORE else "低"


def _in_brackets(said: str) -> str:
    """Return a target with what is said of it in brackets: 13%左右（达标值13.7%）."""
    target, _, more = said.partition("，")
    return f"{target}（{more}）" if more else target


def _target(view: GoalView) -> str:
    """Return the target, with the amount a growth comes to and the value that counts as met."""
    said, amount = view.target_words(), view.number("target_value")
    if view.kind is Kind.GROWTH_VS_BASE and amount is not None:
        others = [view.number("observed_value"), view.number("baseline_value")]
        shown = telling(amount, others, view.decimals)
        said += f"，即{numbers.with_unit(shown, view.indicator.unit)}"
    if view.goal.comparator is Comparator.RANGE:
        return f"{said}，以下限计"
    return said + _meeting(view)


def _meeting(view: GoalView) -> str:
    """Return the value that counts as met where it is not the target: ，达标值143人."""
    meets, target = view.number("meeting_value"), view.number("target_value")
    unit = view.indicator.unit
    if meets is None or target is None or side(meets, target) is Side.SAME:
        return ""
    if view.kind is Kind.CAGR:
        return f"，达标值{numbers.short(meets, 2)}%"
    amount = numbers.with_unit(numbers.trimmed(telling(meets, [target], view.decimals)), unit)
    if view.goal.comparator is Comparator.ABOVE:
        return f"，即{amount}及{'以下' if view.falling else '以上'}"
    return f"，达标值{amount}"


def due_shares(view: GoalView) -> Compared | None:
    """Return 增量完成率 beside the increment due on the path that rates; ``None`` without either.

    Of a cumulative goal the share of its target beside the share due.
    """
    done, due = view.number("increment_completion"), view.number("increment_due")
    return None if done is None or due is None else compared_shares(done, due)


def increment(view: GoalView) -> str:
    """Return how 增量完成率, or the share of a cumulative target, compares with what is due."""
    if view.latest is None or view.rating.is_met or view.rating is Rating.MISSED:
        return ""
    if view.rated_by is RatedBy.WHOLE_UNITS and view.rating is not Rating.REVERSING:
        return _units(view)
    if view.rating is Rating.REVERSING and view.kind is not Kind.CUMULATIVE:
        return _past_baseline(view)
    if Note.NOTHING_DUE in view.notes:
        return "按年末认定，此时尚无应达数"
    done, found = view.number("increment_completion"), due_shares(view)
    if done is None:
        return ""
    if view.kind is Kind.CUMULATIVE:
        said = ""
    elif side(done, 0.0) is Side.SAME:
        said = "较基期没有变化，"
    else:
        said = f"增量完成率{found.value if found else numbers.percent(done)}，"
    if found is None:
        return said.removesuffix("，")
    if found.side is Side.SAME:
        return f"{said}与应达进度持平"
    faster = "快" if found.side is Side.MORE else "慢"
    return f"{said}{faster}于应达进度（{found.other}）{found.gap}"


def _past_baseline(view: GoalView) -> str:
    """Return that the value is worse than the one it started from."""
    base, value = view.number("baseline_value"), view.number("observed_value")
    if base is None or value is None:
        return ""
    shown = numbers.with_unit(telling(base, [value], view.decimals), view.indicator.unit)
    return f"{_higher(side(value, base))}于基期水平（{view.baseline_label}{shown}）"


def _units(view: GoalView) -> str:
    """Return how the number stands to the whole number due, of a goal that is a few away."""
    due, value = units_due(view), view.number("observed_value")
    if due is None or value is None:
        return ""
    if Note.LESS_THAN_ONE_DUE in view.notes:
        return f"按时间折算，此时应达不足1{numbers.spoken_unit(view.indicator.unit)}"
    shown = view.value_words(due)
    decimals = max(view.decimals, 1) if view.flag("is_estimate") else view.decimals
    found = compared(value, due, decimals)
    if found.side is Side.SAME:
        return f"与此时应达数（{shown}）持平"
    gap = numbers.with_unit(numbers.trimmed(found.gap), view.indicator.unit)
    return f"比此时应达数（{shown}）{'多' if found.side is Side.MORE else '少'}{gap}"


def units_due(view: GoalView) -> float | None:
    """Return the whole number due now: what is due of the way, rounded down, from the baseline."""
    due = view.number("path_value")
    base = 0.0 if view.kind is Kind.CUMULATIVE else view.number("baseline_value")
    if due is None or base is None:
        return None
    sign = view.goal.direction.sign
    return base + sign * math.floor(sign * (due - base) + _WHOLE)


def average(view: GoalView, *, told: bool) -> str:
    """Return the average growth of complete years against the growth wanted."""
    observed, target = view.number("observed_value"), view.goal.target
    until = view.period("observed_period")
    if observed is None or target is None or until is None:
        return "" if told or view.latest is None else f"目标为{view.target_words()}"
    base = view.period("baseline_period") or view.goal.base_period
    first = base.year + 1 if base else until.year
    years = f"{until.year}年" if first >= until.year else f"{first}—{until.year}年年均"
    level = "目标" if told else f"目标（{view.target_words()}{_meeting(view)}）"
    found = compared(observed, target, 1)
    against = (
        f"与{level}持平"
        if found.side is Side.SAME
        else f"比{level}{_higher(found.side)}{found.gap}个百分点"
    )
    return f"{years}{_grown(found.value)}，{against}"


def _grown(printed: str) -> str:
    """Return a growth rate that is text already in words: 增长18.2%, 下降0.3%, 持平."""
    if not printed.strip("−0."):
        return numbers.UNCHANGED
    return f"{'下降' if printed.startswith('−') else '增长'}{printed.removeprefix('−')}%"


def pace(view: GoalView) -> str:
    """Return the pace that rates, where the words before have not said it."""
    ratio = view.pace
    if view.rating.is_met or view.rating is Rating.MISSED or view.rated_by is RatedBy.WHOLE_UNITS:
        return ""
    if ratio is None or ratio <= 0 or math.isinf(ratio):
        return ""
    share, limit = pace_share(ratio), _limit(view, ratio)
    match view.rated_by:
        case RatedBy.GROWTH:
            return f"折合年均{'降幅' if view.falling else '增速'}为所需的{share}{limit}"
        case RatedBy.YEAR_TARGET:
            period = view.period("latest_period")
            closed = period is not None and period.is_year_end
            return "" if closed else f"为同期应达数的{share}{limit}"
        case RatedBy.AVERAGE_GROWTH:
            return f"为{'达标' if _meeting(view) else '目标'}增速的{share}{limit}" if limit else ""
        case _:
            found = due_shares(view)
            level = found is not None and found.side is Side.SAME
            return "" if level else f"完成应达进度的{share}{limit}"


def _limit(view: GoalView, ratio: float) -> str:
    """Return from which share on a goal is on course, where it is although it is not all there."""
    if view.rating is not Rating.ON_COURSE or side(ratio, 1.0) is not Side.LESS:
        return ""
    return f"（{numbers.short(view.thresholds.on_course * 100, 1)}%及以上为达序时）"


def missed_years(view: GoalView) -> str:
    """Return the closed years in which a yearly goal was missed: 2025年、2026年未达标."""
    years = "、".join(f"{year}年" for year in view.text("missed_years").split())
    return f"{years}未达标" if years else ""


def because(view: GoalView) -> str:
    """Return what the rating rests on where the numbers before do not say it; may be empty."""
    if view.rating.is_met:
        return _because_met(view)
    value = view.number("observed_value")
    target = view.goal.target if view.kind is Kind.CAGR else view.number("target_value")
    strict = view.goal.comparator is Comparator.ABOVE and not view.flag("is_estimate")
    if strict and value is not None and target is not None and side(value, target) is Side.SAME:
        exactly = "" if view.kind is Kind.CAGR else "恰为目标数，"
        return f"{exactly}须{'低于' if view.falling else '超过'}目标数方为达到"
    return ""


def _because_met(view: GoalView) -> str:
    said = []
    met = view.period("met_period")
    if view.flag("is_estimate"):
        when = f"{met.year}年全年数" if met else "最近一个完整年度的数值"
        said.append(f"{when}已达到目标")
    elif Note.WITHIN_TOLERANCE in view.notes:
        said.append("在允许误差之内")
    if Note.EARLY_TOTAL in view.notes:
        said.append(f"到期年以{view.due.year}年全年数为准")
    before, latest = view.number("prior_value"), view.latest
    worse = view.rating is Rating.MET_UNSTEADY and view.flag("adverse")
    if worse and before is not None and latest is not None:
        then = telling(before, [latest], view.decimals)
        told = numbers.with_unit(then, view.indicator.unit)
        said.append(f"但{_higher(side(latest, before))}于{year_before(view)}（{told}）")
    return "，".join(said)


def provisional(view: GoalView) -> str:
    """Return in brackets what else the rating may turn out to be; empty where it is settled."""
    if not view.provisional:
        return ""
    ends = [Rating(view.text(end)) for end in ("rating_low", "rating_high") if view.text(end)]
    others = dict.fromkeys(str(end) for end in ends if end is not view.rating)
    if not others:
        return "（推算的误差范围未知）"
    return f"（误差范围内也可能为{'、'.join(others)}）"


def yearly_target(view: GoalView) -> str:
    """Return whether the year's own target (年度目标) was reached, once the year is closed."""
    value, target = view.number("annual_target_value"), view.number("annual_target")
    verdict, year = view.text("annual_target_verdict"), view.text("annual_target_year")
    closed = verdict in (YearVerdict.REACHED, YearVerdict.NOT_REACHED)
    if value is None or target is None or not year or not closed:
        return ""
    found = compared(value, target, 1 if view.is_growth else view.decimals)
    wanted = numbers.with_unit(numbers.trimmed(found.other), view.unit)
    if view.is_growth:
        return f"{year}年的年度目标为增长{wanted}，实际{_grown(found.value)}，{verdict}"
    return (
        f"{year}年的年度目标为{wanted}，实际{numbers.with_unit(found.value, view.unit)}，{verdict}"
    )


def required(view: GoalView) -> str:
    """Return what is still to be done, where the goal is not met."""
    if view.rating.is_met or view.rating is Rating.MISSED:
        return ""
    rate, step = view.number("required_rate"), view.number("required_step")
    if view.kind is Kind.CAGR and rate is not None:
        return _required_growth(view, rate * 100)
    if view.latest is None:
        return ""
    if view.rated_by is RatedBy.WHOLE_UNITS or Note.SMALL_TARGET in view.notes:
        return _left(view)
    if view.kind is Kind.CUMULATIVE and step is not None and step > 0:
        return f"此后平均每{'年' if view.is_annual else '季度'}须新增{_steps(view, step)}"
    return ""


def _left(view: GoalView) -> str:
    """Return how many are missing, and in how many quarters: 距目标还差4家，还有5个季度."""
    remaining = view.number("remaining")
    if not remaining:
        return ""
    verb = "还须减少" if remaining < 0 else "还差"
    if view.flag("is_estimate"):
        return f"推算数距目标{verb}{view.estimate_words(abs(remaining))}"
    said = f"距目标{verb}{view.value_words(abs(remaining))}"
    quarters = (view.due.ordinal - view.edition.end.ordinal) // 3
    adds_up = view.kind in (Kind.LEVEL_AT_END, Kind.CUMULATIVE)  # unlike the total of a year
    return f"{said}，还有{quarters}个季度" if adds_up and quarters > 0 else said


def _required_growth(view: GoalView, rate: float) -> str:
    until = view.period("observed_period")
    last = until is not None and view.due.year - until.year == 1
    when = f"{view.due.year}年" if last else "此后年均"
    if side(rate, 0.0) is Side.SAME:
        return "此后不低于现有水平即可达到目标"
    found = compared(rate, 0.0, 1)
    if rate < 0:
        return f"{when}降幅不超过{numbers.number(-rate, found.decimals)}%即可达到目标"
    return f"{when}须{numbers.growth(rate, found.decimals)}"


def _steps(view: GoalView, step: float) -> str:
    """Return the amount needed each quarter, or year, beside the average so far, told apart."""
    so_far, unit = view.number("average_step"), view.unit
    if view.is_annual:
        step, so_far = step * 4, None if so_far is None else so_far * 4
    decimals = max(view.decimals, 1) if step < 10 else view.decimals
    needed = numbers.with_unit(telling(step, [so_far, 0.0], decimals), unit)
    if so_far is None:
        return needed
    if side(so_far, 0.0) is Side.SAME:
        return f"{needed}（此前没有新增）"
    if so_far < 0:
        down = numbers.with_unit(telling(-so_far, [0.0], decimals), unit)
        return f"{needed}（此前平均每{'年' if view.is_annual else '季度'}减少{down}）"
    return f"{needed}（此前平均{numbers.with_unit(telling(so_far, [step, 0.0], decimals), unit)}）"
