"""What ``projects`` lists: the key projects as units last reported them, and what they need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from planbook.errors import Gathering
from planbook.facts import as_of
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import ProjectReportRow, ProjectStage
from planbook.run.arguments import known_unit, open_edition
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.run.printed_rows import print_rows

_HEADINGS = ("编号", "单位", "阶段", "亿元", "时限", "项目：下一节点")
_NONE = "—"


def projects(*, dataset: str, edition: str | None, units: Sequence[str], closed: bool) -> None:
    """List the projects that are known in an edition, by unit and stage.

    Parameters
    ----------
    units
        Whose are listed; none: all.
    closed
        Whether to list those that produce or have left too.
    """
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    wanted = {known_unit(plan, unit) for unit in units} or {unit.id for unit in plan.units}
    facts = read_facts(workspace, plan, chosen, Gathering())
    place = {unit.id: number for number, unit in enumerate(plan.units)}
    known = sorted(
        (row for row in as_of(facts.project_reports, chosen) if row.submitting_unit in wanted),
        key=lambda row: (place[row.submitting_unit], -row.stage.order, row.project_id),
    )
    click.echo(_counted(known, chosen))
    if known:
        click.echo("「亿元」为累计完成投资/总投资")
    _print_list([row for row in known if closed or row.stage.is_open], plan, chosen)
    _print_needs([row for row in known if row.stage.in_reserve and row.need], plan)


def _counted(rows: Sequence[ProjectReportRow], edition: Edition) -> str:
    """Return how many projects there are in each stage; investments are not added up."""
    if not rows:
        return f"{edition.label}：储备库还没有项目。各单位在填报表「重点项目」表的空行填报"
    counts = Counter(row.stage for row in rows)
    still = sum(number for stage, number in counts.items() if stage.in_reserve)
    each = "、".join(f"{stage.label} {counts[stage]}" for stage in ProjectStage if counts[stage])
    return f"{edition.label}：在库 {still} 个（各阶段：{each}）"


def _print_list(rows: Sequence[ProjectReportRow], plan: Plan, edition: Edition) -> None:
    print_rows(
        _HEADINGS,
        [
            (
                row.project_id,
                plan.unit(row.submitting_unit).short,
                row.stage.label,
                f"{_amount(row.invested)}/{_amount(row.total_investment)}",
                str(row.next_month or _NONE),
                _told(row, edition),
            )
            for row in rows
        ],
    )


def _print_needs(rows: Sequence[ProjectReportRow], plan: Plan) -> None:
    if not rows:
        return
    click.echo(f"需协调事项 {len(rows)} 项：")
    print_rows(
        ("编号", "单位", "项目：需协调事项"),
        [
            (row.project_id, plan.unit(row.submitting_unit).short, f"{row.project}：{row.need}")
            for row in rows
        ],
    )


def _amount(value: float | None) -> str:
    return _NONE if value is None else f"{value:g}"


def _told(row: ProjectReportRow, edition: Edition) -> str:
    """Return name and node of a project, and what is to be noticed of them."""
    node = f"：{row.next_node}" if row.next_node else ""
    notes = []
    if row.next_month is not None and row.next_month <= edition.end:
        notes.append("时限已过")
    if row.stage.is_open and row.vintage < edition:
        notes.append("本期未报")
    return row.project + node + (f"（{'，'.join(notes)}）" if notes else "")
