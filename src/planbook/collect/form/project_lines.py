"""The rows of sheet 重点项目 in a blank form: a unit's projects as they last stood, then room.

What has not changed since is not typed again. A project that produces stays in the forms of that
year, so that what was said of it can be put right; one that has left is in no form.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from planbook.collect.form.form import ProjectLine
from planbook.collect.layout import PROJECT_ROWS
from planbook.collect.owed import task_subjects
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import ProjectReportRow, ProjectStage
from planbook.vocabulary import Visibility


def project_lines(
    plan: Plan, unit_id: str, edition: Edition, reports: Sequence[Sequence[ProjectReportRow]]
) -> tuple[ProjectLine, ...]:
    """Return what was last said of a unit's projects before an edition, in the order of their ids.

    Parameters
    ----------
    reports
        Those of the unit, a sequence a project, the oldest first; those of the edition itself and
        later are ignored.
    """
    names = {subject: name for name, subject in task_subjects(plan, unit_id).items()}
    before = ([row for row in rows if row.vintage < edition] for rows in reports)
    return tuple(
        _line(rows[-1], names, plan, edition)
        for rows in sorted((rows for rows in before if rows), key=lambda rows: rows[0].project_id)
        if _is_asked_for(rows, plan, edition)
    )


def blank_project_rows(plan: Plan, edition: Edition) -> int:
    """Return how many rows a form has for new projects: none once the plan is due."""
    return PROJECT_ROWS if edition.start <= plan.due else 0


def _is_asked_for(rows: Sequence[ProjectReportRow], plan: Plan, edition: Edition) -> bool:
    last = rows[-1]
    if last.stage.is_open:
        return True
    produces = list(takewhile(lambda row: row.stage is ProjectStage.PRODUCING, reversed(rows)))
    year = plan.year
    return bool(produces) and year.of(produces[-1].vintage.end) == year.of(edition.end)


def _line(
    row: ProjectReportRow, names: dict[tuple[str, str], str], plan: Plan, edition: Edition
) -> ProjectLine:
    same_year = plan.year.of(row.vintage.end) == plan.year.of(edition.end)
    return ProjectLine(
        project_id=row.project_id,
        project=row.project,
        about=names.get((row.goal_id, row.measure_id), ""),
        stage=row.stage.label,
        total_investment=row.total_investment,
        year_investment=row.year_investment if same_year else None,
        invested=row.invested,
        next_node=row.next_node,
        next_month="" if row.next_month is None else str(row.next_month),
        problem=row.problem,
        need=row.need,
        visibility=row.visibility.label if row.visibility is Visibility.PUBLIC else "",
    )
