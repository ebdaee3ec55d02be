"""The key numbers of a goal's page: where it stands, how far it has come, what is left to do.

Turns a verdict into a list of names and values; what does not apply is left out.
"""

from __future__ import annotations

from markupsafe import Markup

from planbook.outlook_frames import OutlookMethod
from planbook.present import numbers
from planbook.present.comparing import compared, compared_shares, completion_share
from planbook.present.escaping import Html
from planbook.present.say import goal_page_words, goal_terms, outlook_words, table_words
from planbook.present.say.clauses import growth_by_values
from planbook.present.say.needed_words import remaining_words
from planbook.present.say.outlook_sentences import REFERENCE, likelihood_words, percentage
from planbook.present.say.table_words import marks, remarks
from planbook.present.say.year_needed import year_needed_item
from planbook.present.views import GoalView
from planbook.vocabulary import Accumulation, Kind, Note, RatedBy

_Item = tuple[str, str, str]  # name, value, remark


def key_numbers(view: GoalView) -> Markup:
    """Return what holds for a goal in this edition; what does not apply is left out."""
    items = [item for item in (*_where_it_is(view), *_how_far_it_is(view)) if item[1]]
    if not items:
        return Html("")
    small = Html("<small>{}</small>")
    cells = Html("").join(
        Html("<div><dt>{}</dt><dd>{}{}</dd></div>").format(
            name, said, small.format(remark) if remark else ""
        )
        for name, said, remark in items
    )
    return Html('<dl class="pb-keys">{}</dl>').format(cells)


def _where_it_is(view: GoalView) -> list[_Item]:
    """Return the latest value, what it stands for, what is due and what is wanted."""
    if view.kind.by_people:
        return []
    likely = (goal_terms.band_quantity(view), "80%的误差范围")
    if view.estimated is not None:
        likely = (view.estimate_words(view.estimated), goal_terms.band_words(view))
    average = goal_terms.average_compared(view)
    observed, target = view.verdict.observed_period, view.target_words()
    stage = view.verdict.release_stage
    remark = marks((view.latest_label, stage))
    basis = "按评定所用的路径"
    if view.kind is Kind.EVERY_YEAR:
        basis = "按每年目标" if view.is_annual else "按每年目标和往年同期占比"
    if goal_terms.units_due(view) is not None:
        basis = "按整数个对照"
    until = goal_page_words.until(view.year.label_of(observed)) if observed else ""
    yoy = view.verdict.yoy
    return [
        ("最新值", view.latest_words, remark),
        ("同比", "" if yoy is None else numbers.growth(yoy), _growth_remark(view)),
        ("推算全年", *likely),
        ("年均增速", f"{average.value}%" if average else "", until),
        ("应达水平", _due_words(view), basis),
        ("目标", target, marks((view.due_words, goal_terms.meeting_words(view)))),
        ("折算目标值", _converted(view), ""),
        _annual_target(view),
    ]


def _how_far_it_is(view: GoalView) -> list[_Item]:
    """Return shares of the way, the pace and what is left to do."""
    shown, against = _increment(view)
    told = view.falling or view.kind is Kind.CUMULATIVE  # by the share of the increment
    share = None if told else view.verdict.completion
    pace_name = view.verdict.rated_by.label if view.verdict.rated_by else ""
    before = view.verdict.previous_rating
    estimated = "按推算数" if view.verdict.is_estimate else ""
    return [
        ("增量完成率", shown, against),
        ("目标完成率", _known(completion_share(share)), estimated),
        ("进度比", _known(numbers.pace(view.verdict.pace)), pace_name),
        ("还差", remaining_words(view), marks((estimated, _time_left(view)))),
        year_needed_item(view),
        ("此后年均须", _required_rate(view), goal_page_words.from_until_due(_growth_from(view))),
        _required_step(view),
        ("达标可能性", *_likelihood(view)),
        ("达到目标的时期", _met_period(view), ""),
        ("上期状态", f"{before}{before.symbol}" if before else "", ""),
    ]


def _likelihood(view: GoalView) -> tuple[str, str]:
    row, said = view.outlook, likelihood_words(view)
    if row is None or row.p_method is not OutlookMethod.REFERENCE or row.p_met is None:
        return said, ""
    return table_words.about(percentage(row.p_met)), outlook_words.no_forecast(REFERENCE)


def _growth_remark(view: GoalView) -> str:
    """Return of what type a growth is, and what the values say where that is something else."""
    if view.is_share:
        return view.verdict.yoy_type or ""
    return remarks((view.verdict.yoy_type, growth_by_values(view)))


def _growth_from(view: GoalView) -> str:
    """Return from which value the growth needed is counted."""
    period = view.verdict.observed_period
    if view.kind is Kind.LEVEL_AT_END or period is None:
        return goal_page_words.LATEST
    return goal_page_words.year_counted(
        view.year.label_of(period), estimated=view.verdict.is_estimate
    )


def _increment(view: GoalView) -> tuple[str, str]:
    """Return the share of the increment done, and the share due to which it is held."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    if done is None or due is None:
        return _known(completion_share(done)), ""
    shown = compared_shares(done, due)
    return shown.value, goal_page_words.progress_due(shown.other)


def _due_words(view: GoalView) -> str:
    """Return the value due; of a count it has a decimal, or 0.7 would be said to be 1."""
    value, due = view.verdict.observed_value, view.verdict.path_value
    if due is None or view.kind is Kind.CAGR:
        return ""
    shown = compared(due if value is None else value, due, max(view.decimals, 1)).other
    said = shown if view.decimals else numbers.trimmed(shown)
    return numbers.with_unit(said, view.indicator.unit)


def _known(said: str) -> str:
    return "" if said == numbers.ABSENT else said


def _converted(view: GoalView) -> str:
    """Return the target of a growth against a base year as a value."""
    value = view.verdict.target_value
    return view.estimate_words(value) if view.kind is Kind.GROWTH_VS_BASE and value else ""


def _annual_target(view: GoalView) -> _Item:
    """Return the yearly target of the observed year, what became of it, and its source."""
    value, year = view.verdict.annual_target, view.verdict.annual_target_year
    parts = (view.verdict.annual_target_verdict, view.verdict.annual_target_source)
    name = goal_page_words.yearly_target_of(view.year.label(year)) if year else "本年度目标"
    return name, "" if value is None else view.target_quantity(value), remarks(parts)


def _time_left(view: GoalView) -> str:
    """Return what time is left for the few units that are, where they are counted."""
    left = goal_terms.time_left(view)
    few = view.verdict.rated_by is RatedBy.WHOLE_UNITS and view.verdict.remaining
    return goal_page_words.left_until_due(left) if few and left else ""


def _met_period(view: GoalView) -> str:
    """Return the period of the value that met."""
    met = view.verdict.met_period
    if met is None:
        return ""
    return view.label_of(met, Accumulation.YEAR if view.of_yearly_totals else None)


def _required_rate(view: GoalView) -> str:
    growth = goal_terms.required_growth(view)
    if growth is None or view.verdict.rating.is_met or Note.SMALL_TARGET in view.verdict.notes:
        return ""
    said, rate = numbers.growth(*growth), growth[0]
    may_move_away = rate and (rate < 0) != view.falling
    return goal_page_words.at_most(said) if may_move_away else said


def _required_step(view: GoalView) -> _Item:
    step = goal_terms.required_step(view)
    if step is None or view.verdict.rating.is_met or view.kind is not Kind.CUMULATIVE:
        return "", "", ""
    said = goal_page_words.more(numbers.with_unit(step.number, view.unit))
    return goal_page_words.needed_every(step.every), said, "至到期"
