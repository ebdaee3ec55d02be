"""What a warning says: what was found, with numbers, and what is to be done next.

`planbook.assess.alerts` says of each rule what its numbers are. Plain text, not escaped; it speaks
of the edition of the warning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planbook.assess.outlook.single_periods import period_ends
from planbook.periods import Edition, TimePeriod, span_label
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.comparing import Side, compared, compared_shares
from planbook.present.say.goal_terms import must_exceed, needed_number
from planbook.present.say.goal_terms import needed as needed_amount
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Reason
from planbook.watch_frames import AlertRow, AlertRule

QUARTER, YEAR = 3, 12  # months


@dataclass(frozen=True)
class AlertWords:
    """What was found, and what its unit is asked to do; neither with a full stop."""

    found: str
    asked: str

    def __str__(self) -> str:
        return f"{self.found}，{self.asked}。"


def alert_sentence(book: Book, alert: AlertRow) -> str:
    """Return a warning as a sentence."""
    return str(alert_words(book, alert))


def alert_words(book: Book, alert: AlertRow) -> AlertWords:
    """Return a warning in words."""
    if alert.alert_rule in _OF_GOALS:
        view = _view(book, alert)
        asked = _REASON_ASKED.get(view.verdict.reason) if _is_unjudged(alert) else None
        found = _OF_GOALS[alert.alert_rule](book, view, alert)
    else:
        asked, found = None, _OTHERS[alert.alert_rule](book, alert)
    return AlertWords(found, asked or ASKED[alert.alert_rule])


ASKED: Mapping[AlertRule, str] = {
    AlertRule.DUE_PASSED: "请说明原因，提出后续安排",
    AlertRule.FALLEN_OUT: "请分析原因，研究提出措施",
    AlertRule.LIKELIHOOD_CROSSED: "请研究补救措施",
    AlertRule.LIKELIHOOD_DROPPED: "请分析原因，研究提出措施",
    AlertRule.BEYOND_HISTORY: "请说明靠什么实现，或者研究补救措施",
    AlertRule.RATING_FELL: "请分析原因，提出赶上进度的措施",
    AlertRule.YEARLY_TARGET_MISSED: "请说明原因，提出下一年度的安排",
    AlertRule.REVERSAL: "请分析原因，研究提出措施",
    AlertRule.OUTLIER: "请核实数据，数据无误的说明原因",
    AlertRule.LARGE_REVISION: "请核实修订后的数据，并说明原因",
    AlertRule.UNJUDGED: "请补齐判定所需的内容",
    AlertRule.MEASURE_BLOCKED: "请说明困难，提请协调解决",
    AlertRule.MEASURE_SILENT: "请补充本期的进展",
    AlertRule.UNIT_LATE: "请按时报送",
    AlertRule.ACTION_OVERDUE: "请尽快办理并回复办理情况",
}
_REASON_ASKED: Mapping[Reason | None, str] = {
    Reason.AWAITING_ASSESSMENT: "请提交依据，由责任单位作出评定",
    Reason.NO_BASELINE: "请补报基期值",
    Reason.SCOPE_MISMATCH: "请按目标的统计范围报送，或者提供按新的范围重新确定目标和基期值的文件",
    Reason.NOT_REPORTED: "请补报数据",
}


def _view(book: Book, alert: AlertRow) -> GoalView:
    """Return the goal as it was in the edition of the warning."""
    return _then(book, alert.goal_id, alert.edition) or book.views[alert.goal_id]


def _then(book: Book, goal_id: str, edition: Edition) -> GoalView | None:
    views = (v for v in book.history(goal_id) if v.verdict.edition.base == edition.base)
    return next(views, None)


def _is_unjudged(alert: AlertRow) -> bool:
    return alert.alert_rule is AlertRule.UNJUDGED


def _outlier(_: Book, view: GoalView, alert: AlertRow) -> str:
    value, near, far = _given(alert.measured), _given(alert.limit), _given(alert.compared)
    told = compared(value, near, view.decimals)
    other = numbers.number(far, told.decimals)
    above = told.side is Side.MORE
    low, high = (other, told.other) if above else (told.other, other)
    unit, verb = view.indicator.unit, "当季为" if view.kind is Kind.CUMULATIVE else "为"
    return (
        f"{_single_period(view, alert.period)}，{view.indicator.name}"
        f"{verb}{numbers.with_unit(told.value, unit)}，"
        f"{'高于' if above else '低于'}按以往走势预计的区间"
        f"（{low}—{numbers.with_unit(high, unit)}）"
    )


def _reversal(_: Book, view: GoalView, alert: AlertRow) -> str:
    worse = "高于" if view.falling else "低于"
    what = f"{view.indicator.name}{'当季数' if view.kind is Kind.CUMULATIVE else ''}"
    return (
        f"{what}截至{_month(alert.period)}已连续{_count(alert.limit)}个季度{worse}上年同期"
        f"（平均{_yearly(view, _given(alert.measured))}），"
        f"此前一年平均{_yearly(view, _given(alert.compared))}"
    )


def _likelihood(_: Book, view: GoalView, alert: AlertRow) -> str:
    now, before = (numbers.percent(_given(each), 0) for each in (alert.measured, alert.compared))
    said = f"{view.name}到{view.due_words}达到目标的可能性由{before}降至{now}"
    if alert.alert_rule is AlertRule.LIKELIHOOD_CROSSED:
        return f"{said}，转为可能性较小（不高于{numbers.percent(_given(alert.limit), 0)}）"
    return f"{said}，降幅达到{numbers.number(_given(alert.limit) * 100)}个百分点以上"


def _beyond_history(_: Book, view: GoalView, alert: AlertRow) -> str:
    needed, largest = _given(alert.measured), _given(alert.limit)
    goal = f"{view.name}到{view.due_words}要达到目标"
    if view.kind is Kind.CUMULATIVE:
        wanted, decimals = needed_amount(view, needed)
        most = compared(wanted, largest, decimals).other
        unit = view.indicator.unit
        said = numbers.with_unit(needed_number(view, needed), unit)
        return (
            f"{goal}，此后平均每季还须{said}，"
            f"而以往最多的一季为{numbers.with_unit(numbers.trimmed(most), unit)}"
        )
    due, latest = alert.period or view.due, view.verdict.latest_period
    over_a_year = latest is None or due.ordinal - latest.ordinal > YEAR
    each = ("平均每年" if view.is_share else "年均") if over_a_year else "还"
    return (
        f"{goal}，此后{each}须{_yearly(view, _enough(view, needed))}{_counted_from(view)}，"
        f"而以往各季同比最好的为{_yearly(view, largest)}"
    )


def _counted_from(view: GoalView) -> str:
    """Return from what the growth needed is counted, where the goal's page has another start."""
    if view.kind is Kind.LEVEL_AT_END:
        return ""
    amounts = view.indicator.accumulation is not Accumulation.END_OF_PERIOD
    return "（从近四季合计算起）" if amounts else "（从最新数据算起）"


def _large_revision(_: Book, view: GoalView, alert: AlertRow) -> str:
    new, old = _given(alert.measured), _given(alert.compared)
    told = compared(new, old, view.decimals)
    unit = view.indicator.unit
    by = compared_shares(abs(new / old - 1), _given(alert.limit))
    return (
        f"{view.label_of(alert.period)}{view.indicator.name}由"
        f"{numbers.with_unit(told.other, unit)}修订为{numbers.with_unit(told.value, unit)}，"
        f"改动{by.value}，超过{by.other}的界限"
    )


def _rating_fell(book: Book, view: GoalView, alert: AlertRow) -> str:
    before = _then(book, alert.goal_id, alert.since.base.plus(-1))
    because = _because(view, alert)
    if before is None:
        return f"{view.name}转为{view.rating_words}{because}"
    if alert.since.base == alert.edition.base:
        return f"{view.name}由{before.rating_words}转为{view.rating_words}{because}"
    since = alert.since.base.label
    return (
        f"{view.name}自{since}起差于此前的{before.rating_words}，现为{view.rating_words}{because}"
    )


def _because(view: GoalView, alert: AlertRow) -> str:
    """Return why a rating fell: a year that missed, or the pace; empty where neither says it."""
    missed = view.verdict.missed_years
    if missed:
        return f"（{'、'.join(map(view.year.label, missed))}未达标）"
    if alert.measured is None or alert.compared is None or alert.measured >= alert.compared:
        return ""
    now, then = numbers.pace(alert.measured), numbers.pace(alert.compared)
    if now == then:
        return ""
    if alert.since.base == alert.edition.base:
        return f"（进度比由{then}降至{now}）"
    return f"（进度比{alert.since.base.plus(-1).label}为{then}，现为{now}）"


def _fallen_out(_: Book, view: GoalView, _alert: AlertRow) -> str:
    return (
        f"{view.name}此前曾达到目标（{view.target_words()}），"
        f"{view.latest_label}为{view.latest_words}，又未达到"
    )


def _due_passed(_: Book, view: GoalView, _alert: AlertRow) -> str:
    value = view.verdict.latest_value
    now = "" if value is None else f"，{view.latest_label}为{view.latest_words}"
    return f"{view.name}于{view.due_words}到期，未达到目标（{view.target_words()}）{now}"


def _unjudged(_: Book, view: GoalView, alert: AlertRow) -> str:
    return f"{view.name}已连续{_count(alert.measured)}期无法判定（{view.reason_words}）"


def _yearly_target_missed(_: Book, view: GoalView, alert: AlertRow) -> str:
    decimals = 1 if view.is_growth else max(view.decimals, 1)
    told = compared(_given(alert.measured), _given(alert.limit), decimals)
    value, target = map(numbers.trimmed, (told.value, told.other))
    year = view.year.label_of(alert.period) if alert.period else ""
    return (
        f"{numbers.in_a_row(view.name, year)}为{numbers.with_unit(value, view.unit)}，"
        f"未达到年度目标（{numbers.with_unit(target, view.unit)}）"
    )


def _measure_blocked(book: Book, alert: AlertRow) -> str:
    return f"举措「{_measure(book, alert)}」已连续{_count(alert.measured)}期受阻"


def _measure_silent(book: Book, alert: AlertRow) -> str:
    return f"举措「{_measure(book, alert)}」已连续{_count(alert.measured)}期没有新的进展说明"


def _measure(book: Book, alert: AlertRow) -> str:
    """Return a measure's title; of one that the plan has no more, its id."""
    row = book.measures_by_id.get(alert.measure_id)
    return row.title if row else alert.measure_id


def _unit_late(book: Book, alert: AlertRow) -> str:
    names = {unit.id: unit.name for unit in book.plan.units}
    unit = names.get(alert.submitting_unit, alert.submitting_unit)
    return f"{unit}已连续{_count(alert.measured)}期没有按时报送可用的数据"


def _action_overdue(book: Book, alert: AlertRow) -> str:
    row = book.actions.get(alert.action_id)
    task = f"「{row.task}」" if row else ""
    return f"督办事项{task}应于{_month(alert.period)}办结，已逾期{_count(alert.measured)}个月"


_OF_GOALS: Mapping[AlertRule, Callable[[Book, GoalView, AlertRow], str]] = {
    AlertRule.DUE_PASSED: _due_passed,
    AlertRule.FALLEN_OUT: _fallen_out,
    AlertRule.LIKELIHOOD_CROSSED: _likelihood,
    AlertRule.LIKELIHOOD_DROPPED: _likelihood,
    AlertRule.BEYOND_HISTORY: _beyond_history,
    AlertRule.RATING_FELL: _rating_fell,
    AlertRule.YEARLY_TARGET_MISSED: _yearly_target_missed,
    AlertRule.REVERSAL: _reversal,
    AlertRule.OUTLIER: _outlier,
    AlertRule.LARGE_REVISION: _large_revision,
    AlertRule.UNJUDGED: _unjudged,
}
_OTHERS: Mapping[AlertRule, Callable[[Book, AlertRow], str]] = {
    AlertRule.MEASURE_BLOCKED: _measure_blocked,
    AlertRule.MEASURE_SILENT: _measure_silent,
    AlertRule.UNIT_LATE: _unit_late,
    AlertRule.ACTION_OVERDUE: _action_overdue,
}


def _given(value: float | None) -> float:
    """Return a number that the rule always gives."""
    if value is None:
        raise ValueError("a warning lacks a number that its rule gives")
    return value


def _count(value: float | None) -> str:
    return numbers.number(_given(value))


def _month(period: TimePeriod | None) -> str:
    return "" if period is None else period.words


def _yearly(view: GoalView, change: float) -> str:
    """Return a change on the year before: 增长5.1%, of a ratio 提高1.2个百分点."""
    return numbers.shift(change) if view.is_share else numbers.growth(change * 100)


def _enough(view: GoalView, change: float) -> float:
    """Return a change that is needed as it is printed: not less than it takes."""
    upward, scale = not view.falling, 1 if view.is_share else 100
    beyond = must_exceed(view)
    return numbers.enough(change * scale, 1, upward=upward, beyond=beyond) / scale


def _single_period(view: GoalView, period: TimePeriod | None) -> str:
    """Return the single period that ends with a month, of a level the month's end."""
    if period is None:
        return ""
    if view.indicator.accumulation is Accumulation.END_OF_PERIOD:
        return view.label_of(period)
    month, ends = view.year.month_of(period), period_ends(view.indicator)
    before = max((end for end in ends if end < month), default=0)
    first = period.plus(1 - (month - before))
    if period.month % QUARTER == 0 and first == period.plus(1 - QUARTER):
        return Edition(period, QUARTER).label
    return span_label(first, period)
