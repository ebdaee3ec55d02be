"""Fill the blank forms of the demonstration's departments, with their slips.

A `Desk` holds what every department needs; `filled` turns one blank form into what is sent in.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from demo.scenario import Phrases, Reply, Scenario, Typed, draw
from demo.series import Series
from demo.statuses import reports
from planbook.collect.form.form import (
    Form,
    MeasureLine,
    ReplyLine,
    RevisionLine,
    SignOff,
    ValueLine,
)
from planbook.periods import Edition, TimePeriod, parse_period_label, period_label
from planbook.plan import Indicator, Plan
from planbook.vocabulary import (
    Accumulation,
    Nature,
    ReleaseStage,
    Visibility,
)
from planbook.watch_frames import ActionStatus
from planbook.workspace import Dataset

NOT_APPLICABLE = "—"
NO_FIGURES_YET = "统计制度建立中，暂无数据。"
LAST_OF_VERSION_1 = Edition.parse("2026-Q2")
GROWING = (Nature.FLOW, Nature.BALANCE, Nature.RATE)  # natures for which 同比 is reported


@dataclass(frozen=True)
class Desk:
    """What it takes to fill a form."""

    plan: Plan
    dataset: Dataset
    scenario: Scenario
    phrases: Phrases

    @cached_property
    def series(self) -> dict[str, Series]:
        """The series of every indicator that carries numbers, by id."""
        scenario = self.scenario
        return {
            indicator.id: Series(
                plan=self.plan,
                indicator=indicator,
                story=scenario.stories[indicator.id],
                profile=scenario.seasons.get(scenario.stories[indicator.id].season or "", ()),
                bounds=scenario.starting_share,
                changes=tuple(
                    change
                    for change in scenario.incidents.changes
                    if change.indicator == indicator.id
                ),
            )
            for indicator in self.plan.indicators
            if not indicator.by_people
        }

    def received_on(self, edition: Edition, unit_id: str) -> dt.date:
        """Return the day on which a unit's workbook comes in."""
        deadline = self.dataset.deadline(edition)
        for filing in self.scenario.incidents.late:
            if (filing.edition, filing.unit) == (edition, unit_id):
                return deadline + dt.timedelta(days=filing.days)
        return deadline - dt.timedelta(days=int(9 * draw(edition, unit_id, "received")))


def filled(desk: Desk, blank: Form, received: dt.date) -> Form:
    """Return the form as the unit sends it in."""
    return replace(
        blank,
        template_version=_version(desk, blank),
        values=tuple(_value_line(desk, line, blank.edition) for line in blank.values),
        measures=_measure_lines(desk, blank),
        revisions=_revision_lines(desk, blank),
        replies=_reply_lines(desk, blank),
        sign_off=SignOff(
            "示例人员甲", "示例人员乙", "示例人员丙", "000-0000", received.isoformat()
        ),
    )


def _version(desk: Desk, blank: Form) -> str:
    """Return the template's version: the fifth where tasks are reported, then the ones before.

    Who replies to actions needs the fourth, who marks a value the third; others kept an old one.
    """
    if blank.edition <= LAST_OF_VERSION_1:
        return "1"
    if blank.tasks:
        return "5"
    if blank.replies:
        return "4"
    marks = any(_is_internal(desk, line, blank.edition) for line in blank.values)
    return "3" if marks else "2"


def _is_internal(desk: Desk, line: ValueLine, edition: Edition) -> bool:
    marked = desk.scenario.incidents.internal
    return any((m.edition, m.indicator) == (edition, line.indicator_id) for m in marked)


def slipped(form: Form, factor: float) -> Form:
    """Return the form with every value multiplied: what was sent before the mistake was noticed."""
    return replace(
        form,
        values=tuple(
            replace(line, value=round(line.value * factor, line.decimals))
            if isinstance(line.value, float | int)
            else line
            for line in form.values
        ),
    )


def _value_line(desk: Desk, line: ValueLine, edition: Edition) -> ValueLine:
    indicator = desk.plan.indicator(line.indicator_id)
    for other in desk.scenario.incidents.periods:
        if (other.edition, other.indicator) == (edition, indicator.id):
            line = replace(line, period=period_label(other.period, indicator.accumulation))
    line = _figures(desk.series[indicator.id], line, edition)
    if _is_internal(desk, line, edition):
        line = replace(line, visibility=Visibility.INTERNAL.label)
    for typed in desk.scenario.incidents.cells:
        if (typed.edition, typed.indicator) == (edition, indicator.id):
            line = _mistyped(line, typed)
    return line


def _mistyped(line: ValueLine, typed: Typed) -> ValueLine:
    text = typed.text
    if isinstance(text, str):
        text = text.replace("{value}", str(line.value))
    remark = typed.remark or line.remark
    cell: dict[str, Any] = {typed.column: text}
    return replace(line, remark=remark, **cell)


def _figures(series: Series, line: ValueLine, edition: Edition) -> ValueLine:
    """Return the line with the figures the department has, in the area it reports."""
    indicator, story = series.indicator, series.story
    period = parse_period_label(line.period)
    scope = story.scope(edition, indicator.scope)
    if story.first_value is not None and period < story.first_value:
        return replace(
            line, value=NOT_APPLICABLE, prior_value=NOT_APPLICABLE, remark=NO_FIGURES_YET
        )
    value = series.known(period, edition)
    prior = _prior(series, period, edition)
    line = replace(
        line,
        scope=scope,
        value=value,
        prior_value=NOT_APPLICABLE if prior is None else prior,
        yoy=NOT_APPLICABLE,
        stage=_stage(indicator, period).value,
    )
    if prior is None or prior == 0 or indicator.nature not in GROWING:
        return line
    growth = round((value / prior - 1) * 100 - story.yoy.below, 1)
    return replace(line, yoy=growth, yoy_type=story.yoy.type.value)


def _prior(series: Series, period: TimePeriod, edition: Edition) -> float | None:
    """Return the value a year earlier, in today's area; ``None`` where there is none."""
    before = period.plus(-12)
    first = series.story.first_value
    if series.indicator.accumulation is Accumulation.SINCE_START and before <= series.plan.start:
        return None
    if first is not None and before < first:
        return None
    return series.known(before, edition)


def _stage(indicator: Indicator, period: TimePeriod) -> ReleaseStage:
    if indicator.accumulation is Accumulation.YTD:
        return ReleaseStage.PRELIMINARY if period.month == 12 else ReleaseStage.FLASH
    return ReleaseStage.FINAL


def _measure_lines(desk: Desk, blank: Form) -> tuple[MeasureLine, ...]:
    plan, incidents = desk.plan, desk.scenario.incidents
    lines = []
    for line in blank.measures:
        measure = plan.measure(line.measure_id)
        since = incidents.silent.get(measure.id)
        first = plan.about.first_edition
        report = reports(measure, blank.edition, first, desk.phrases)[line.measure_id]
        told = incidents.repeated.get(line.measure_id, blank.edition)
        if report is not None and told < blank.edition:
            before = reports(measure, told, first, desk.phrases)[line.measure_id]
            report = replace(report, progress=before.progress if before else "")
        if report is None or (since is not None and blank.edition >= since):
            lines.append(replace(line, status="", progress="", completed_on=""))
            continue
        lines.append(
            replace(
                line,
                status=report.status.value,
                progress=report.progress,
                completed_on=report.completed_on,
            )
        )
    return tuple(lines)


def _revision_lines(desk: Desk, blank: Form) -> tuple[RevisionLine, ...]:
    incidents = desk.scenario.incidents
    lines = []
    for change in incidents.changes:
        indicator = desk.plan.indicator(change.indicator)
        if (change.edition, desk.plan.unit_of(indicator).id) != (blank.edition, blank.unit_id):
            continue
        if change.declared:
            series = desk.series[indicator.id]
            lines.append(
                RevisionLine(
                    indicator.name,
                    period_label(change.period, indicator.accumulation),
                    series.known(change.period, blank.edition.plus(-1)),
                    series.known(change.period, blank.edition),
                    change.reason,
                )
            )
    return tuple(lines)


def _reply_lines(desk: Desk, blank: Form) -> tuple[ReplyLine, ...]:
    """Return what the unit replies to its actions; the first template did not ask."""
    if blank.edition <= LAST_OF_VERSION_1:
        return ()
    replies = {action.id: action.reply for action in desk.scenario.actions}
    last = desk.scenario.editions.last
    return tuple(
        line
        if (reply := replies[line.action_id]) is None
        else _replied(line, reply, earlier=blank.edition < last)
        for line in blank.replies
    )


def _replied(line: ReplyLine, reply: Reply, *, earlier: bool) -> ReplyLine:
    if earlier:
        return replace(line, status=ActionStatus.UNDER_WAY.value, text=reply.earlier)
    return replace(line, status=reply.status.value, text=reply.text)
