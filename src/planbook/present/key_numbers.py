"""The key numbers of a goal's page: where it stands, how far it has come, what is left to do.

Turns a verdict into a list of names and values; what does not apply is left out.
"""

from __future__ import annotations

from planbook.present import numbers
from planbook.present.text import html
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Note

_Item = tuple[str, str, str]  # name, value, remark


def key_numbers(view: GoalView) -> str:
    """Return what holds for a goal in this edition as HTML; what does not apply is left out."""
    items = [item for item in (*_where_it_is(view), *_how_far_it_is(view)) if item[1]]
    if not items:
        return ""
    cells = "".join(
        f"<div><dt>{html(name)}</dt><dd>{html(said)}"
        + (f"<small>{html(remark)}</small>" if remark else "")
        + "</dd></div>"
        for name, said, remark in items
    )
    return f'<dl class="pb-keys">{cells}</dl>'


def _where_it_is(view: GoalView) -> list[_Item]:
    """Return the latest value, what it stands for, what is due and what is wanted."""
    if view.kind.by_people:
        return []
    value, due = view.number("observed_value"), view.number("path_value")
    whole = value if view.flag("is_estimate") else None
    average = view.kind is Kind.CAGR and value is not None
    observed, target = view.period("observed_period"), view.target_words()
    stage = view.text("release_stage")
    remark = "，".join(part for part in (view.latest_label, stage) if part)
    basis = "按每年目标和往年同期占比" if view.kind is Kind.EVERY_YEAR else "按应达路径"
    until = f"截至{observed.year}年" if observed else ""
    yoy = view.number("yoy")
    return [
        ("最新值", view.latest_words, remark),
        ("同比", "" if yoy is None else numbers.growth(yoy), view.text("yoy_type")),
        ("推算全年", "" if whole is None else view.estimate_words(whole), "用于判定"),
        ("年均增速", f"{numbers.number(value, 1)}%" if average else "", until),
        (
            "应达水平",
            "" if due is None or view.kind is Kind.CAGR else _due_words(view, due),
            basis,
        ),
        ("目标", target, view.due_words),
        ("折算目标值", _converted(view), ""),
        ("本年度目标", _annual_target(view), view.text("annual_target_source")),
    ]


def _how_far_it_is(view: GoalView) -> list[_Item]:
    """Return shares of the way, the pace and what is left to do."""
    elapsed = view.number("time_elapsed")
    against = "" if elapsed is None else f"序时进度{numbers.percent(elapsed)}"
    cumulative = view.kind is Kind.CUMULATIVE
    done = view.number("increment_completion")
    pace_name = view.rated_by.label if view.rated_by else ""
    before = view.previous_rating
    estimated = "按推算数" if view.flag("is_estimate") else ""
    share = None if view.falling else view.number("completion")
    return [
        ("增量完成率", _known(numbers.percent(None if cumulative else done)), against),
        ("目标完成率", _known(numbers.percent(share)), against if cumulative else estimated),
        ("进度比", _known(numbers.pace(view.pace)), pace_name),
        ("还差", remaining_words(view), estimated),
        ("此后每年须", _required_rate(view), "至到期，增长"),
        ("此后每季度须", _required_step(view), "新增"),
        ("上期状态", f"{before}{before.symbol}" if before else "", ""),
    ]


def _due_words(view: GoalView, due: float) -> str:
    """Return the value due; a small count has a decimal, or 0.7 would be said to be 1."""
    if abs(due) < 10 and view.decimals == 0:
        return numbers.quantity(due, view.indicator.unit, 1)
    return view.estimate_words(due)


def _known(said: str) -> str:
    return "" if said == numbers.ABSENT else said


def _converted(view: GoalView) -> str:
    """Return the target of a growth against a base year as a value."""
    value = view.number("target_value")
    return view.estimate_words(value) if view.kind is Kind.GROWTH_VS_BASE and value else ""


def _annual_target(view: GoalView) -> str:
    value = view.number("annual_target")
    return "" if value is None else view.target_quantity(value)


def remaining_words(view: GoalView) -> str:
    """Return what is left to the target with its unit; empty when met, or where it is a rate."""
    left = view.number("remaining")
    if left is None or view.is_growth or not left:
        return ""
    if view.is_share:
        return f"{numbers.number(abs(left), view.decimals)}个百分点"
    return view.value_words(abs(left))


def _required_rate(view: GoalView) -> str:
    rate = view.number("required_rate")
    if rate is None or view.rating.is_met or Note.SMALL_TARGET in view.notes:
        return ""
    return f"{numbers.number(rate * 100, 1)}%"


def _required_step(view: GoalView) -> str:
    step = view.number("required_step")
    if step is None or view.rating.is_met or view.kind is not Kind.CUMULATIVE:
        return ""
    decimals = max(view.decimals, 1) if step < 10 else view.decimals
    return numbers.quantity(step, view.unit, decimals)
