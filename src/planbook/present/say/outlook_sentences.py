"""What is expected of a goal at its due date, in words: a likelihood, an interval, what is needed.

Turns a view with its outlook into words and sentences. The word comes first and the percentage
behind it; a reference frequency is never said to be a forecast; without a likelihood it is said
why. Numbers are rounded as estimates are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from planbook.contract import Number
from planbook.outlook_frames import OutlookGate, OutlookMethod, OutlookQuantity, OutlookRow
from planbook.periods import TimePeriod, period_label
from planbook.present import numbers
from planbook.present.comparing import telling
from planbook.present.say.goal_terms import must_exceed, needed, needed_number
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Rating, Reason

LIKELY_FROM, UNLIKELY_TO = 0.70, 0.30  # of a printed likelihood


class Likelihood(StrEnum):
    """A likelihood as people say it, the best first."""

    LIKELY = "可能性较大"
    OPEN = "尚不确定"
    UNLIKELY = "可能性较小"


REFERENCE = OutlookMethod.REFERENCE.label
NO_OUTLOOK = "不作估计"
REFERENCE_NOTE = f"{REFERENCE}：公开数列中与此相似的情形有多少达标，不是对这项目标的预测。"
SHORTER = "数列较短，把握更小"


def likelihood(p: float) -> Likelihood:
    """Return the word for a likelihood as printed, a share."""
    if p >= LIKELY_FROM:
        return Likelihood.LIKELY
    return Likelihood.UNLIKELY if p <= UNLIKELY_TO else Likelihood.OPEN


def percentage(p: float) -> str:
    """Return a printed likelihood as ``75%``."""
    return numbers.percent(p, 0)


def chance(view: GoalView) -> float:
    """Return a goal's printed likelihood, to sort by; 1 where it has none."""
    row = view.outlook
    return row.p_met if row is not None and row.p_met is not None else 1.0


def outlook_class(view: GoalView) -> str:
    """Return what a goal is counted under: a word of `Likelihood`, or `NO_OUTLOOK`."""
    row = view.outlook
    return NO_OUTLOOK if row is None or row.p_met is None else likelihood(row.p_met)


def by_reference(view: GoalView) -> bool:
    """Whether its likelihood is how often cases like it succeeded, which is no forecast."""
    return view.outlook is not None and view.outlook.p_method is OutlookMethod.REFERENCE


def outlook_classes() -> tuple[str, ...]:
    """Return all that goals are counted under, in the order of tables."""
    return (*Likelihood, NO_OUTLOOK)


def class_remark(views: Iterable[GoalView]) -> str:
    """Return of goals of one class how many rest on no forecast, or why there is no likelihood."""
    views = list(views)
    references = sum(map(by_reference, views))
    if references:
        return f"其中{references}项为{REFERENCE}"
    gates = Counter(
        view.outlook.outlook_gate
        for view in views
        if view.outlook and view.outlook.p_met is None and not view.is_withheld
    )
    said = [f"{gate.label}{gates[gate]}项" for gate in OutlookGate if gates[gate]]
    hidden = sum(view.is_withheld for view in views)
    return "、".join([*said, f"{Reason.WITHHELD}{hidden}项"] if hidden else said)


def likelihood_words(view: GoalView) -> str:
    """Return 可能性较大（75%）, 同类情形的历史频率约45%; empty without a likelihood."""
    row = view.outlook
    if row is None or row.p_met is None:
        return ""
    if row.p_method is OutlookMethod.REFERENCE:
        return f"{REFERENCE}约{percentage(row.p_met)}"
    return f"{likelihood(row.p_met)}（{percentage(row.p_met)}）"


def outlook_sentence(view: GoalView) -> str:
    """Return what is expected of a goal, or why nothing is; empty in tables without outlooks."""
    row = view.outlook
    if row is None:
        return ""
    why = row.outlook_gate.label if row.outlook_gate else ""
    rest: list[str] = []
    if row.p_met is None:
        said = f"{why}，不给可能性" if row.outlook_mid is not None else f"{why}，{NO_OUTLOOK}"
        rest = [] if row.outlook_mid is None else [_expected(view), _basis(row), _pace_words(view)]
    elif row.p_method is OutlookMethod.REFERENCE:
        said = f"{likelihood_words(view)}（不是模型预测）"
        cases = f"依据公开数列中的{row.reference_cases:,}个同类情形" if row.reference_cases else ""
        rest = [f"{why}，不用模型" if why else "", cases, _pace_words(view)]
    else:
        said = likelihood_words(view)
        rest = [_expected(view), _basis(row), _pace_words(view)]
    more = "；".join(part for part in rest if part)
    whole = f"{said}：{more}。" if more else f"{said}。"
    return f"{whole}{own_pace_words(view, row)}。" if own_pace_differs(row) else whole


def own_pace_words(view: GoalView, row: OutlookRow) -> str:
    """Return that the own pace would do, and why less is expected.

    The pace is that of the whole series: the last four quarters, said beside it, may be slower.
    """
    rate = "降速" if view.falling else "增速"
    pace = f"按现有步伐（近{row.history_periods}个季度的平均{rate}）"
    return f"{pace}可以达到；同类数列的{rate}多会放缓"


def own_pace_differs(row: OutlookRow) -> bool:
    """Whether the own pace would reach what the likelihood says is unlikely to be reached."""
    return row.own_pace_meets and row.p_met is not None and row.p_met <= UNLIKELY_TO


def when_words(view: GoalView) -> str:
    """Return the period that is forecast: 2027年, 2027年末, 到2027年末累计."""
    row = view.outlook
    if row is None or row.judged_period is None:
        return view.due_words
    end = period_label(row.judged_period, Accumulation.END_OF_PERIOD)
    if view.kind is Kind.CUMULATIVE:
        return f"到{end}累计"
    return end if row.quantity is OutlookQuantity.LEVEL else view.year.label_of(row.judged_period)


def amount(view: GoalView, value: float, others: Iterable[Number] = ()) -> str:
    """Return a forecast without its unit, no finer than it can be, told from what it is beside."""
    told = telling(value, others, _decimals(view, value))
    return numbers.trimmed(told) if view.decimals == 0 else told


def _decimals(view: GoalView, value: float) -> int:
    return min(view.decimals, 1) if abs(value) >= 100 else max(view.decimals, 1)


def threshold_words(view: GoalView) -> str:
    """Return the value that a forecast is held to, with its unit; empty where it is not known."""
    row = view.outlook
    if row is None or row.threshold is None:
        return ""
    said = numbers.trimmed(amount(view, row.threshold, (row.outlook_mid,)))
    return numbers.with_unit(said, view.indicator.unit)


def interval(view: GoalView, low: Number, high: Number) -> str:
    """Return an interval without its unit: 1,580—1,730; `numbers.ABSENT` without one."""
    if low is None or high is None:
        return numbers.ABSENT
    return joined(amount(view, low, (high,)), amount(view, high, (low,)))


def joined(low: str, high: str) -> str:
    """Return two printed numbers as an interval, in which a minus is not taken for a dash."""
    return f"{low}{'至' if '−' in low + high else '—'}{high}"


def implied_growth(view: GoalView, value: Number, period: TimePeriod | None) -> float | None:
    """Return the growth since the base that a value at a time implies, in percent.

    A yearly average of a goal for average growth, else the whole growth; ``None`` for other goals.
    """
    base = view.verdict.baseline_value
    since = view.verdict.baseline_period or view.goal.base_period
    if not view.is_growth or value is None or value <= 0 or base is None or base <= 0:
        return None
    if period is None or since is None or period <= since:
        return None
    years = (period.ordinal - since.ordinal) / 12
    power = 1 / years if view.kind is Kind.CAGR else 1.0
    return float(((value / base) ** power - 1) * 100)


def _expected(view: GoalView) -> str:
    """Return median, interval and what meets, of a growth goal also as growth."""
    row = view.outlook
    if row is None or row.outlook_mid is None:
        return ""
    mid = numbers.with_unit(amount(view, row.outlook_mid, (row.threshold,)), view.indicator.unit)
    low, high = row.outlook_low80, row.outlook_high80
    parts = [
        f"预计{when_words(view)}{mid}{_grown(view, row.outlook_mid, row.threshold)}",
        f"80%区间{numbers.with_unit(interval(view, low, high), view.indicator.unit)}"
        f"{_grown_between(view, low, high)}",
    ]
    if row.threshold is not None:
        grown = _grown(view, row.threshold, row.outlook_mid)
        parts.append(f"达标值{threshold_words(view)}{grown}")
    return "，".join(parts)


def _grown(view: GoalView, value: Number, other: Number) -> str:
    """Return （年均增长18.4%） behind a value of a growth goal."""
    rate, beside = _implied(view, value), _implied(view, other)
    if rate is None:
        return ""
    told = telling(abs(rate), () if beside is None else (abs(beside),), 1)
    return f"（{_growth_name(view)}{'增长' if rate >= 0 else '下降'}{numbers.trimmed(told)}%）"


def _implied(view: GoalView, value: Number) -> float | None:
    return implied_growth(view, value, view.outlook.judged_period if view.outlook else None)


def _grown_between(view: GoalView, low: Number, high: Number) -> str:
    rates = [_implied(view, each) for each in (low, high)]
    if rates[0] is None or rates[1] is None:
        return ""
    said = joined(*(numbers.number(rate, 1) for rate in rates))
    return f"（{_growth_name(view)}{'增速' if '−' in said else '增长'}{said}%）"


def _growth_name(view: GoalView) -> str:
    if view.kind is Kind.CAGR:
        return "年均"
    base = view.verdict.baseline_period or view.goal.base_period
    return f"较{view.year.label_of(base)}" if base else ""


def _basis(row: OutlookRow) -> str:
    """Return what a forecast rests on and how far it reaches."""
    filled = f"，其中{row.filled_periods}个为推算" if row.filled_periods else ""
    short = f"，{SHORTER}" if row.p_method is OutlookMethod.SHORT_MODEL else ""
    remark = f"（{(filled + short).removeprefix('，')}）" if filled or short else ""
    left = f"，距到期{time_words(row.quarters_left)}" if row.quarters_left else ""
    return f"依据近{row.history_periods}个季度{remark}{left}"


def time_words(quarters: float) -> str:
    """Return a time in quarters, or in months where it is not whole quarters."""
    months = round(quarters * 3)
    return f"{months // 3}个季度" if months % 3 == 0 else f"{months}个月"


def _pace_words(view: GoalView) -> str:
    """Return what the last four quarters brought and what each to come must bring."""
    row = view.outlook
    if row is None or row.recent_per_quarter is None or row.required_per_quarter is None:
        return ""
    recent, required = row.recent_per_quarter, row.required_per_quarter
    if view.kind is Kind.LEVEL_AT_END or row.quantity is OutlookQuantity.LEVEL:
        now = f"近四季平均每季{moved(view, recent)}"
        if required == 0:
            return f"{now}，现值已达到达标值"
        more = more_or_less(view, required, needed_number(view, required))
        return f"{now}，此后每季平均还需{more}"
    unit = view.indicator.unit
    coming = "到期年度每季平均还需" if view.kind is not Kind.CUMULATIVE else "此后每季平均还需"
    if view.kind is Kind.CUMULATIVE:
        now = amount(view, recent, (needed(view, required)[0],))
        then = needed_number(view, required)
    else:  # of a year that is only forecast, no finer than it can be
        upward, beyond = required > 0, must_exceed(view)
        decimals = _decimals(view, required)
        required = numbers.enough(required, decimals, upward=upward, beyond=beyond)
        now, then = amount(view, recent, (required,)), amount(view, required, (recent,))
    return f"近四季平均{numbers.with_unit(now, unit)}，{coming}{numbers.with_unit(then, unit)}"


def moved(view: GoalView, by: float) -> str:
    """Return by how much a goal moved: 增加3.3家, 持平."""
    said = numbers.trimmed(numbers.number(abs(by), max(view.decimals, 1)))
    if said == "0":
        return numbers.UNCHANGED
    return more_or_less(view, by, said)


def more_or_less(view: GoalView, by: float, number: str) -> str:
    """Return a printed amount as a move to its side, with its unit: 减少2家."""
    return f"{'增加' if by > 0 else '减少'}{numbers.with_unit(number, view.gap_unit)}"


def outlook_headline(views: Iterable[GoalView]) -> str:
    """Return how many goals are likely to be met, and how many rest on no forecast."""
    views = list(views)
    counted = Counter(map(outlook_class, views))
    if set(counted) == {NO_OUTLOOK}:
        return f"{counted[NO_OUTLOOK]}项目标均{NO_OUTLOOK}"
    told = "、".join(f"{name}{counted[name]}项" for name in Likelihood if counted[name])
    references = sum(map(by_reference, views))
    rest = f"（其中{references}项为{REFERENCE}，不是预测）" if references else ""
    none = f"，另有{counted[NO_OUTLOOK]}项{NO_OUTLOOK}" if counted[NO_OUTLOOK] else ""
    return f"{told}{rest}{none}"


def on_course_finding(views: Sequence[GoalView]) -> str:
    """Return how many of the goals that are on course now are unlikely to be met all the same."""
    on_course = [view for view in views if view.verdict.rating is Rating.ON_COURSE]
    if not on_course:
        return "没有达序时的目标，各项目标到期能否达标见图"
    unlikely = sum(outlook_class(view) is Likelihood.UNLIKELY for view in on_course)
    found = f"有{unlikely}项到期达标的可能性较小" if unlikely else "没有到期达标的可能性较小的"
    return f"达序时的{len(on_course)}项目标中，{found}"
