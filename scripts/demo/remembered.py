"""What a filled form says, as the rows that the next forms show for reference.

They are made of the form itself, not read back: what a department knows it sent.
"""

from __future__ import annotations

from demo.forms import Desk
from planbook.collect.form.form import Form
from planbook.frames import ObservationRow, StatusReportRow
from planbook.periods import parse_period_label
from planbook.plan import Indicator
from planbook.plan.cycle import QUARTERLY
from planbook.task_frames import TaskReportRow
from planbook.vocabulary import MeasureStatus, ObsStatus, Origin, Visibility
from planbook.watch_frames import ActionReplyRow, ActionStatus


def remembered_values(desk: Desk, form: Form) -> list[ObservationRow]:
    """Return the numbers of a form, for the forms that follow."""
    rows = [
        _remembered(
            form, desk.plan.indicator(line.indicator_id), line.period, line.scope, line.value
        )
        for line in form.values
        if isinstance(line.value, float | int)
    ]
    named = {indicator.name: indicator for indicator in desk.plan.indicators}
    for revision in form.revisions:
        indicator = named[revision.indicator]
        told = QUARTERLY.containing(parse_period_label(revision.period))
        scope = desk.series[indicator.id].story.scope(told, indicator.scope)
        if isinstance(revision.new_value, float | int):
            rows.append(_remembered(form, indicator, revision.period, scope, revision.new_value))
    return rows


def _remembered(
    form: Form, indicator: Indicator, period: str, scope: str, value: float
) -> ObservationRow:
    return ObservationRow(
        indicator_id=indicator.id,
        time_period=parse_period_label(period),
        scope=scope,
        vintage=form.edition,
        accumulation=indicator.accumulation,
        obs_value=value,
        obs_status=ObsStatus.NORMAL,
        release_stage=None,
        yoy=None,
        yoy_type=None,
        prior_value=None,
        remark="",
        visibility=Visibility.PUBLIC,
        origin=Origin.REPORT,
        **_from(form),
    )


def remembered_statuses(form: Form) -> list[StatusReportRow]:
    """Return the statuses of a form, for the forms that follow."""
    return [
        StatusReportRow(
            measure_id=line.measure_id,
            vintage=form.edition,
            status=MeasureStatus(line.status),
            progress=line.progress,
            completed_on=line.completed_on,
            **_from(form),
        )
        for line in form.measures
        if line.status
    ]


def remembered_tasks(form: Form) -> list[TaskReportRow]:
    """Return what a form says of tasks, for the forms that follow."""
    return [
        TaskReportRow(
            task_id=line.task_id,
            vintage=form.edition,
            task_status=MeasureStatus(line.status),
            progress=line.progress,
            asked_month=None,
            **_from(form),
        )
        for line in form.tasks
        if line.status
    ]


def remembered_replies(form: Form) -> list[ActionReplyRow]:
    """Return the replies of a form, for the forms that follow."""
    return [
        ActionReplyRow(
            action_id=line.action_id,
            vintage=form.edition,
            action_status=ActionStatus(line.status),
            reply=line.text,
            **_from(form),
        )
        for line in form.replies
        if line.status
    ]


def _from(form: Form) -> dict[str, str]:
    """Return whose form it is; no cell, since it is written before there is a file."""
    nowhere = dict.fromkeys(("source_file", "source_sheet", "source_cell"), "")
    return {"submitting_unit": form.unit_id, **nowhere}
