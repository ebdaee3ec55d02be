"""The rows of sheet 举措 in a blank form: a unit's measures by field, as they were last reported.

What has not changed since is not typed again: who signs the form reports it again. What is finished
comes with what was said of it. Of what is under way the progress is left blank, for that of an
earlier edition is none of this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planbook.collect.form.form import MeasureLine
from planbook.collect.owed import owed_measures
from planbook.frames import StatusReportRow
from planbook.periods import Edition
from planbook.plan import Measure, Plan
from planbook.vocabulary import FINISHED, STATUSES, Pattern


def measure_lines(
    plan: Plan, unit_id: str, edition: Edition, reports: Mapping[str, Sequence[StatusReportRow]]
) -> tuple[MeasureLine, ...]:
    """Return a unit's measures, each before its sub-items, those of one field together.

    Parameters
    ----------
    reports
        By measure and sub-item, the oldest first; those of the edition itself and later are
        ignored.
    """
    lines = []
    for measure in owed_measures(plan, unit_id, edition):
        rows = [(measure.id, measure.title, False)]
        rows += [(item.id, f"其中：{item.name}", True) for item in measure.sub_items]
        lines += [
            _line(plan, measure, edition, reports.get(id, ()), (id, title, is_sub_item))
            for id, title, is_sub_item in rows
        ]
    places = {line.group: place for place, line in reversed([*enumerate(lines)])}
    return tuple(sorted(lines, key=lambda line: places[line.group]))


def _line(
    plan: Plan,
    measure: Measure,
    edition: Edition,
    reports: Sequence[StatusReportRow],
    row: tuple[str, str, bool],
) -> MeasureLine:
    id, title, is_sub_item = row
    statuses = tuple(status.value for status in STATUSES[measure.pattern])
    known = [report for report in reports if report.vintage < edition and report.status]
    last = known[-1] if known else None
    holds = last is not None and _holds(plan, measure, last, edition)
    finished = holds and last is not None and last.status in FINISHED
    previous = str(last.status) if last else ""
    carried = previous if holds and previous in statuses else ""
    return MeasureLine(
        measure_id=id,
        title=title,
        status=carried,
        progress=last.progress if last and finished else "",
        completed_on=last.completed_on if last and finished else "",
        previous_status=previous,
        statuses=statuses,
        is_sub_item=is_sub_item,
        group=plan.field_of(measure).name,
        carried=carried,
    )


def _holds(plan: Plan, measure: Measure, last: StatusReportRow, edition: Edition) -> bool:
    """Whether a status may still be true: what was done in another year says nothing of this."""
    year = plan.year.of
    same_year = year(last.vintage.end) == year(edition.end)
    return measure.pattern is not Pattern.RECURRING or same_year
