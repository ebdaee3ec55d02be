"""Where every key project stands in an edition, and what the edition changed of it.

All by what units report: the newest report up to the edition says where a project stands, the one
before the edition what it is compared with. A node is put off when it keeps its words and its month
is a later one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile

from planbook.facts.corrected import SOURCE as CORRECTIONS
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import ProjectChange, ProjectReportRow, ProjectRow, ProjectStage
from planbook.vocabulary import Visibility

_MARKS = re.compile(r"[\W_]+")  # by which the same words may be written otherwise


def assess_projects(
    plan: Plan,
    reports: Iterable[ProjectReportRow],
    edition: Edition,
    *,
    demonstration: bool,
    since: Edition | None = None,
) -> tuple[ProjectRow, ...]:
    """Return the projects that an edition follows, in the order of units, then of stages.

    Those in the reserve, and those that left it in the edition's year or later: the others are in
    the books of their time.

    Parameters
    ----------
    reports
        Of any editions: those up to `edition` count. A correction edition is compared with what the
        edition that it corrects was compared with.
    since
        The round of collecting that changes are told against; default: the edition before.
    """
    known: dict[str, list[ProjectReportRow]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.vintage):
        if report.vintage <= edition:
            known[report.project_id].append(report)
    rows = [_row(plan, own, edition, since, demonstration=demonstration) for own in known.values()]
    order = {unit.id: number for number, unit in enumerate(plan.units)}

    def place(row: ProjectRow) -> tuple[int, int, str]:
        return order.get(row.submitting_unit, len(order)), row.stage.order, row.project_id

    return tuple(sorted((row for row in rows if _is_followed(row, plan, edition)), key=place))


def _is_followed(row: ProjectRow, plan: Plan, edition: Edition) -> bool:
    if row.stage is not ProjectStage.LEFT:
        return True
    return plan.year.of(row.moved_in.end) >= plan.year.of(edition.end)


def _row(
    plan: Plan,
    reports: Sequence[ProjectReportRow],
    edition: Edition,
    since: Edition | None,
    *,
    demonstration: bool,
) -> ProjectRow:
    """Return where a project stands by its reports known in the edition, the oldest first."""
    amounts = reports[-1]  # a correction may have put them right since the last report
    reports = [row for row in reports if row.source_file != CORRECTIONS]
    now = reports[-1]
    if since is None:
        before = [row for row in reports if _told_before(plan, row, edition)]
    else:
        before = [row for row in reports if row.vintage <= since]
    promised, public = _of_the_node(reports), _last_run(reports, _is_public)
    same_year = plan.year.of(amounts.vintage.end) == plan.year.of(edition.end)
    open_node = now.next_month if now.stage.is_open else None
    return ProjectRow(
        project_id=now.project_id,
        project=now.project,
        measure_id=now.measure_id,
        goal_id=now.goal_id,
        field_id=now.field,
        submitting_unit=now.submitting_unit,
        stage=now.stage,
        stage_before=before[-1].stage if before else None,
        opened=reports[0].vintage,
        moved_in=_last_run(reports, lambda row: row.stage is now.stage)[0].vintage,
        total_investment=amounts.total_investment,
        year_investment=amounts.year_investment if same_year else None,
        invested=amounts.invested,
        next_node=now.next_node,
        next_month=now.next_month,
        first_next_month=promised[0].next_month if promised else None,
        slipped=_slipped(promised),
        overdue=open_node is not None and open_node <= edition.end,
        problem=now.problem,
        need=now.need,
        left_reason=now.left_reason,
        change=_change(reports, before),
        reported_in=now.vintage,
        visibility=now.visibility,
        public_since=public[0].vintage if public else None,
        edition=edition,
        demonstration=demonstration,
    )


def _told_before(plan: Plan, row: ProjectReportRow, edition: Edition) -> bool:
    """Whether an earlier book told of a report: a month between is told of by the book after it."""
    told_in = plan.cycle.told_in
    return told_in(row.vintage).base < told_in(edition).base


def _change(
    reports: Sequence[ProjectReportRow], before: Sequence[ProjectReportRow]
) -> ProjectChange:
    """Return what the edition brought, by the reports up to it and those told of before it."""
    now = reports[-1]
    if not before or _is_back_in(now, before[-1]):
        return ProjectChange.NEW
    if len(before) == len(reports):
        return ProjectChange.SILENT if now.stage.is_open else ProjectChange.UNCHANGED
    moved = now.stage.order - before[-1].stage.order
    if moved > 0:
        left = now.stage is ProjectStage.LEFT
        return ProjectChange.LEFT if left else ProjectChange.MOVED
    if moved < 0:
        return ProjectChange.BACK
    own = _of_the_node(reports)
    later = _slipped(own) > _slipped([row for row in own if row in before])
    return ProjectChange.SLIPPED if later else ProjectChange.UNCHANGED


def _is_back_in(now: ProjectReportRow, before: ProjectReportRow) -> bool:
    return before.stage is ProjectStage.LEFT and now.stage is not ProjectStage.LEFT


def _of_the_node(reports: Sequence[ProjectReportRow]) -> Sequence[ProjectReportRow]:
    """Return the last reports that name the node which the newest names, and a month for it."""
    if not reports or not reports[-1].stage.is_open:
        return ()
    now = reports[-1]
    run = _last_run(reports, lambda row: row.stage.is_open and _same_node(row, now))
    return [row for row in run if row.next_month is not None]


def _same_node(one: ProjectReportRow, other: ProjectReportRow) -> bool:
    """Whether two reports name one node: the same words, whatever marks and spaces."""
    return _MARKS.sub("", one.next_node) == _MARKS.sub("", other.next_node)


def _slipped(promised: Sequence[ProjectReportRow]) -> int:
    """Return by how many months a node is later than it was first promised; 0 if it is earlier."""
    months = [row.next_month.ordinal for row in promised if row.next_month is not None]
    return max(months[-1] - months[0], 0) if months else 0


def _last_run(
    reports: Sequence[ProjectReportRow], holds: Callable[[ProjectReportRow], bool]
) -> Sequence[ProjectReportRow]:
    """Return the reports, up to the newest and without a break, of which something holds."""
    return [*takewhile(holds, reversed(reports))][::-1]


def _is_public(row: ProjectReportRow) -> bool:
    return row.visibility is Visibility.PUBLIC
