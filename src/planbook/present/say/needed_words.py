"""How far a goal is, what is left and what each edition to come must bring, in a few words.

Turns a view into phrases without a full stop, each empty where it has nothing to say. Nothing is
computed here: what is left and what is required stand in the verdicts.
"""

from __future__ import annotations

from planbook.present import numbers
from planbook.present.comparing import compared, compared_shares
from planbook.present.say import goal_terms
from planbook.present.say.goal_terms import required_growth, required_step
from planbook.present.say.year_needed import year_needed_words
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Note, Rating, Reason

_WANTED = {  # what helps where a goal cannot be judged
    Reason.AWAITING_ASSESSMENT: "请提供评定意见和依据",
    Reason.NO_BASELINE: "请补报基期值和来源",
    Reason.SCOPE_MISMATCH: "请按目标的口径补报，或提供按新口径重新确定目标和基期值的文件",
    Reason.NOT_REPORTED: "请补报本期数据",
    Reason.ANNUAL_NOT_DUE: "{first}到期后报送",
    Reason.TOO_FEW_OBSERVATIONS: "继续按期报送",
    Reason.WITHHELD: "",  # a public book does not say
}


def progress_words(view: GoalView) -> str:
    """Return how far the goal is beside how far it should be by now; empty if nobody can say."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    units, counted = goal_terms.units_due(view), goal_terms.units_done(view)
    if units is not None and counted is not None:
        unit = view.indicator.unit
        said = numbers.with_unit(compared(abs(counted), units, view.decimals).value, unit)
        owed = numbers.with_unit(str(units or 1), unit)
        return f"{_moved(view, counted)}{said}，应达{'' if units else '不足'}{owed}"
    if done is not None and due is not None:
        estimated = "推算" if view.verdict.is_estimate else ""
        shown = compared_shares(done, due, 0)
        return f"{estimated}增量完成{shown.value}，应达{shown.other}"
    path, value = view.verdict.path_value, view.verdict.observed_value
    if path is not None and value is not None and not view.is_growth:
        when = "全年" if view.verdict.is_estimate else "此时"
        shown = compared(value, path, view.decimals)
        return f"{when}应达{numbers.with_unit(shown.other, view.indicator.unit)}"
    return "" if view.verdict.pace is None else f"进度比{numbers.pace(view.verdict.pace)}"


def _moved(view: GoalView, done: float) -> str:
    """Return what became of the units since the start: 累计, 已增, or backwards 减少."""
    if goal_terms.counts_from_zero(view):
        return "累计" if done >= 0 else "累计减少"
    more = (done < 0) == view.falling
    verb = ("增加", "减少") if done < 0 else ("已增", "已减")
    return verb[not more]


def remaining_words(view: GoalView) -> str:
    """Return what is left to the target with its unit; empty when met, or where it is a rate."""
    left = view.verdict.remaining
    if left is None or view.is_growth or not left:
        return ""
    if view.verdict.is_estimate:
        return view.estimate_words(abs(left))
    amount = compared(abs(left), 0.0, view.decimals).value  # never 0 while something is left
    return f"{amount}个百分点" if view.is_share else numbers.with_unit(amount, view.indicator.unit)


def required_words(view: GoalView) -> str:
    """Return what a goal needs from now on: 每季度增加388家, 年均增长16.4%; empty when met.

    Of numbers of years what the running one still needs comes first: 2026年还需54.8亿元，此后年均….
    """
    if view.verdict.rating.is_met or view.verdict.rating is Rating.MISSED:
        return ""
    if view.verdict.reason is not None:
        return _WANTED[view.verdict.reason].format(first=view.first_value_words)
    growth, left = required_growth(view), view.verdict.remaining
    step = required_step(view)
    if left and (Note.SMALL_TARGET in view.verdict.notes or (step and step.once)):
        return f"到期前再{_verb(view, left)}{_amount(view, goal_terms.needed_number(view, left))}"
    if step:
        return f"{step.every}{_verb(view, step.amount)}{_amount(view, step.number)}"
    this_year = year_needed_words(view)
    if growth is None:
        return this_year
    said = f"年均{numbers.growth(*growth)}"
    if not this_year:
        return said
    counted = view.verdict.observed_period
    own = view.kind is Kind.CAGR and counted is not None  # counted from the last complete year
    since = f"{view.year.label_of(counted)}以后" if own and counted is not None else "此后"
    return f"{this_year}，{since}{said}"


def _verb(view: GoalView, step: float) -> str:
    if view.kind is Kind.EVERY_YEAR:
        return "完成"
    if view.is_share:
        return "提高" if step > 0 else "下降"
    return "增加" if step > 0 else "减少"


def _amount(view: GoalView, number: str) -> str:
    """Return an amount that is needed with its unit."""
    return numbers.with_unit(number, view.gap_unit)
