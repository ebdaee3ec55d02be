"""What ``tasks`` lists and ``task`` records: proposals that are agreed, tasks moved or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import click

from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.decided.added_rows import cells_of, with_tasks
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.input_columns import last_edition
from planbook.collect.decided.task_decisions import TASKS_FILE, read_task_decisions
from planbook.collect.feedback.findings_report import printable
from planbook.errors import Gathering, UsageError
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.put_in_place import put
from planbook.run.acting import recording
from planbook.run.arguments import decided_from, known_unit, open_edition
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.run.printed_rows import print_rows
from planbook.task_frames import (
    TaskDecisionRow,
    TaskProposalRow,
    TaskRow,
    TaskState,
    open_proposals,
)
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace


def tasks(*, dataset: str, edition: str | None) -> None:
    """List the open tasks of an edition, what units ask to have put off, and what they propose."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    facts = read_facts(workspace, plan, chosen, Gathering())
    demonstration = workspace.dataset.demonstration
    known = assess_tasks(plan, facts, chosen, demonstration=demonstration)
    _print_tasks([row for row in known if row.task_state.is_open], plan, chosen.label)
    open_ones = open_proposals(facts.task_proposals, facts.task_decisions, last_edition(plan))
    _print_proposals(_in_order(open_ones, plan), plan, chosen)


def agree(
    *,
    dataset: str,
    proposals: Sequence[str],
    units: Sequence[str],
    decided_in: str,
    due_month: str | None,
    visibility: str | None,
    from_edition: str | None,
) -> None:
    """Take proposals into ``tasks.csv``: those named, all of some units, or all there are.

    What is due before the edition from which it would hold is a task for nobody: it has to be given
    another month. Where all are agreed at once such are left, and named.
    """
    with recording(dataset) as (workspace, plan):
        start = from_edition or decided_from(workspace, plan)
        chosen = open_edition(workspace.dataset, plan, start)
        open_ones = _pending(workspace, plan, chosen)
        found = _chosen(open_ones, proposals, {known_unit(plan, unit) for unit in units})
        late = [row for row in found if not due_month and row.due_month < chosen.start]
        if late and (proposals or len(late) == len(found)):
            raise UsageError(_over(late, start))
        about = {
            "decided_in": decided_in,
            "visibility": visibility or Visibility.INTERNAL.label,
            "from_edition": start,
        } | ({"due_month": due_month} if due_month else {})
        rows = [_cells(row) | about for row in found if row not in late]
        _write(workspace, plan, rows, "已核定")
        if late:
            click.echo(f"其余未核定。{_over(late, start)}")


def decline(
    *,
    dataset: str,
    proposals: Sequence[str],
    decided_in: str,
    dropped: str,
    from_edition: str | None,
) -> None:
    """Record why proposals are not agreed: they are listed in that edition for the last time."""
    if not printable(dropped):
        raise UsageError("不予核定的理由不能为空")
    with recording(dataset) as (workspace, plan):
        start = from_edition or decided_from(workspace, plan)
        chosen = open_edition(workspace.dataset, plan, start)
        found = _chosen(_pending(workspace, plan, chosen), proposals, set())
        about = {"decided_in": decided_in, "dropped": dropped, "from_edition": start}
        _write(workspace, plan, [_cells(row) | about for row in found], "不予核定")


def move(
    *, dataset: str, task_id: str, due_month: str | None, decided_in: str, from_edition: str | None
) -> None:
    """Record another due month of a task: the one given, or the one that its unit asks for."""
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, task_id)
        due = due_month or _asked(workspace, plan, task_id)
        cells |= {"due_month": due, "decided_in": decided_in}
        _write(workspace, plan, [cells | _since(workspace, plan, from_edition)], f"时限改为 {due}")


def drop(*, dataset: str, task_id: str, dropped: str, from_edition: str | None) -> None:
    """Record why a task is none any more."""
    if not printable(dropped):
        raise UsageError("取消的理由不能为空")
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, task_id) | {"dropped": dropped}
        _write(workspace, plan, [cells | _since(workspace, plan, from_edition)], "已取消")


def _agreed(workspace: Workspace, plan: Plan) -> tuple[TaskDecisionRow, ...]:
    return read_task_decisions(workspace.data / TASKS_FILE, plan, Fixed.of(workspace))


def _since(workspace: Workspace, plan: Plan, from_edition: str | None) -> dict[str, str]:
    return {"from_edition": from_edition or decided_from(workspace, plan)}


def _as_it_stands(workspace: Workspace, plan: Plan, task_id: str) -> dict[str, str]:
    """Return the cells of a task's last row."""
    rows = _agreed(workspace, plan)
    own = [row for row in rows if row.task_id == task_id]
    if not own:
        raise UsageError(f"没有编号为「{task_id}」的年度任务\n  处理：用 collect tasks 查编号")
    if own[-1].dropped:
        raise UsageError(f"「{task_id}」已自 {own[-1].from_edition} 起取消")
    return cells_of(own[-1])


def _asked(workspace: Workspace, plan: Plan, task_id: str) -> str:
    """Return until when a unit asks to have a task put off."""
    edition = workspace.dataset.current_edition
    known = assess_tasks(
        plan, read_facts(workspace, plan, edition, Gathering()), edition, demonstration=False
    )
    asked = [row.asked_month for row in known if row.task_id == task_id and row.asked_month]
    if not asked:
        raise UsageError(f"责任单位没有申请调整「{task_id}」的时限\n  处理：用 --due 写新的时限")
    return str(asked[0])


def _pending(workspace: Workspace, plan: Plan, edition: Edition) -> list[TaskProposalRow]:
    """Return what units proposed up to an edition and no edition decides, however long ago."""
    facts = read_facts(workspace, plan, edition, Gathering())
    agreed = _agreed(workspace, plan)
    return _in_order(open_proposals(facts.task_proposals, agreed, last_edition(plan)), plan)


def _in_order(rows: Iterable[TaskProposalRow], plan: Plan) -> list[TaskProposalRow]:
    order = {unit.id: number for number, unit in enumerate(plan.units)}
    return sorted(rows, key=lambda row: (order[row.submitting_unit], row.due_month, row.task_id))


def _over(late: Sequence[TaskProposalRow], start: str) -> str:
    """Return which proposals are due before the edition, and what may be done about it."""
    told = "\n".join(f"  {row.task_id} {row.task}，时限 {row.due_month}" for row in late)
    first = min(row.proposed_in for row in late)
    return (
        f"{len(late)} 项任务的完成时限在起用期号 {start} 开始之前：\n{told}\n"
        "  处理：写出编号并用 --due 给出新的时限；不再需要的用 collect task decline；"
        f"该期尚未发布的，也可以用 --from-edition {first} 从提出的一期起核定"
    )


def _chosen(
    open_ones: Sequence[TaskProposalRow], ids: Sequence[str], units: set[str]
) -> Sequence[TaskProposalRow]:
    unknown = sorted(set(ids) - {row.task_id for row in open_ones})
    if unknown:
        raise UsageError(
            f"没有待核定的任务「{'、'.join(unknown)}」\n  处理：用 collect tasks 查待核定任务的编号"
        )
    found = [
        row
        for row in open_ones
        if row.task_id in ids or row.submitting_unit in units or not (ids or units)
    ]
    if not found:
        raise UsageError("没有待核定的任务")
    return found


def _cells(row: TaskProposalRow) -> dict[str, str]:
    return {
        "task_id": row.task_id,
        "goal_id": row.goal_id,
        "measure_id": row.measure_id,
        "task": row.task,
        "deliverable": row.deliverable,
        "submitting_unit": row.submitting_unit,
        "due_month": str(row.due_month),
    }


def _write(workspace: Workspace, plan: Plan, rows: Sequence[Mapping[str, str]], done: str) -> None:
    """Add rows to the file in one step: all of them or none."""
    typed = [{name: printable(cell) for name, cell in row.items()} for row in rows]
    path = workspace.data / TASKS_FILE
    put(path, with_tasks(path, typed, plan, Fixed.of(workspace)))
    for row in typed:
        click.echo(f"{done}：{row['task_id']} {row['task']}，自 {row['from_edition']} 起")
    click.echo(f"写在 {path.relative_to(workspace.root).as_posix()}")


def _print_tasks(rows: Sequence[TaskRow], plan: Plan, label: str) -> None:
    late = sum(row.task_state is TaskState.OVERDUE for row in rows)
    click.echo(f"{label}：未完成 {len(rows)} 项" + (f"，其中逾期 {late} 项" if late else ""))
    print_rows(
        ("编号", "责任单位", "完成时限", "状态", "申请调整至", "年度任务"),
        [
            (
                row.task_id,
                plan.unit(row.submitting_unit).short,
                f"{row.due_month}{'（逾期）' if row.task_state is TaskState.OVERDUE else ''}",
                row.task_status or "未填报",
                str(row.asked_month or "—"),
                row.task,
            )
            for row in rows
        ],
    )


def _print_proposals(rows: Sequence[TaskProposalRow], plan: Plan, edition: Edition) -> None:
    if not rows:
        return
    click.echo(
        f"待核定的新任务 {len(rows)} 项，用 collect task agree 核定，"
        "不予核定的用 collect task decline："
    )
    print_rows(
        ("编号", "提出单位", "提出期号", "完成时限", "举措或目标", "年度任务（成果形式）"),
        [
            (
                row.task_id,
                plan.unit(row.submitting_unit).short,
                str(row.proposed_in),
                f"{row.due_month}{'（已过）' if row.due_month < edition.start else ''}",
                row.goal_id or row.measure_id,
                f"{row.task}（{row.deliverable}）",
            )
            for row in rows
        ],
    )
