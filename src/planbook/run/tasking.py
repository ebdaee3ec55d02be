"""What ``tasks`` lists and ``task`` records: proposals that are agreed, tasks moved or dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.decided.added_rows import cells_of, with_tasks
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.standing_rows import LONGEST_ID
from planbook.collect.decided.task_decisions import TASKS_FILE, read_task_decisions
from planbook.collect.feedback.findings_report import printable
from planbook.collect.inbox.filed import read_filed
from planbook.collect.read.submission import ProposedTask
from planbook.errors import Gathering, UsageError
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.put_in_place import put
from planbook.run.acting import recording
from planbook.run.arguments import known_unit, open_edition
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.run.printed_rows import print_rows
from planbook.task_frames import TaskDecisionRow, TaskRow, TaskState
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

_DIGITS = 6  # of the sha256 that ends a proposal's id
_OPEN = (TaskState.OVERDUE, TaskState.NEAR, TaskState.AHEAD)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A task that a unit proposed and nobody has agreed yet, with the id it will have."""

    id: str
    unit: str
    edition: Edition
    told: ProposedTask

    @property
    def subject(self) -> str:
        return self.told.goal_id or self.told.measure_id


def tasks(*, dataset: str, edition: str | None) -> None:
    """List the open tasks of an edition, what units ask to have put off, and what they propose."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    facts = read_facts(workspace, plan, chosen, Gathering())
    demonstration = workspace.dataset.demonstration
    known = assess_tasks(plan, facts, chosen, demonstration=demonstration)
    _print_tasks([row for row in known if row.task_state in _OPEN], plan, chosen.label)
    _print_proposals(list(_proposals(workspace, plan, chosen, facts.task_decisions)), plan)


def agree(
    *,
    dataset: str,
    proposals: Sequence[str],
    units: Sequence[str],
    decided_in: str,
    visibility: str | None,
    from_edition: str | None,
) -> None:
    """Take proposals into ``tasks.csv``: those named, all of some units, or all there are."""
    with recording(dataset) as (workspace, plan):
        start = from_edition or str(workspace.dataset.current_edition)
        chosen = open_edition(workspace.dataset, plan, start)
        agreed = _agreed(workspace, plan)
        open_ones = list(_proposals(workspace, plan, chosen, agreed))
        found = _chosen(open_ones, proposals, {known_unit(plan, unit) for unit in units})
        about = {
            "decided_in": decided_in,
            "visibility": visibility or Visibility.INTERNAL.label,
            "from_edition": start,
        }
        _write(workspace, plan, [_cells(each) | about for each in found], "已核定")


def move(
    *, dataset: str, task_id: str, due_month: str | None, decided_in: str, from_edition: str | None
) -> None:
    """Record another due month of a task: the one given, or the one that its unit asks for."""
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, task_id)
        due = due_month or _asked(workspace, plan, task_id)
        cells |= {"due_month": due, "decided_in": decided_in}
        _write(workspace, plan, [cells | _since(workspace, from_edition)], f"时限改为 {due}")


def drop(*, dataset: str, task_id: str, dropped: str, from_edition: str | None) -> None:
    """Record why a task is none any more."""
    if not printable(dropped):
        raise UsageError("取消的理由不能为空")
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, task_id) | {"dropped": dropped}
        _write(workspace, plan, [cells | _since(workspace, from_edition)], "已取消")


def _agreed(workspace: Workspace, plan: Plan) -> tuple[TaskDecisionRow, ...]:
    return read_task_decisions(workspace.data / TASKS_FILE, plan, Fixed.of(workspace))


def _since(workspace: Workspace, from_edition: str | None) -> dict[str, str]:
    return {"from_edition": from_edition or str(workspace.dataset.current_edition)}


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


def _proposals(
    workspace: Workspace, plan: Plan, edition: Edition, agreed: Iterable[TaskDecisionRow]
) -> Iterator[Proposal]:
    """Yield what units proposed up to an edition, is not agreed and can still be done."""
    rows = list(agreed)
    ids = {row.task_id for row in rows}
    known = {(row.goal_id, row.measure_id, row.task) for row in rows}
    for submission in read_filed(workspace, plan, edition).current:
        for told in submission.proposals:
            proposal = Proposal(
                _id(plan, submission.unit_id, told), submission.unit_id, submission.edition, told
            )
            same = (told.goal_id, told.measure_id, told.task) in known
            if not same and proposal.id not in ids and told.due_month >= edition.start:
                ids.add(proposal.id)
                yield proposal


def _id(plan: Plan, unit_id: str, told: ProposedTask) -> str:
    """Return an id that depends on what a task is, not on the row in which it stands."""
    what = "|".join((told.goal_id, told.measure_id, told.task)).encode()
    end = f"-{hashlib.sha256(what).hexdigest()[:_DIGITS]}"
    begin = f"t{plan.year.of(told.due_month)}-{unit_id}"
    return f"{begin[: LONGEST_ID - len(end)].rstrip('-')}{end}"


def _chosen(
    open_ones: Sequence[Proposal], ids: Sequence[str], units: set[str]
) -> Sequence[Proposal]:
    unknown = sorted(set(ids) - {each.id for each in open_ones})
    if unknown:
        raise UsageError(
            f"没有待核定的任务「{'、'.join(unknown)}」\n  处理：用 collect tasks 查待核定任务的编号"
        )
    found = [
        each for each in open_ones if each.id in ids or each.unit in units or not (ids or units)
    ]
    if not found:
        raise UsageError("没有待核定的任务")
    return found


def _cells(proposal: Proposal) -> dict[str, str]:
    told = proposal.told
    return {
        "task_id": proposal.id,
        "goal_id": told.goal_id,
        "measure_id": told.measure_id,
        "task": told.task,
        "deliverable": told.deliverable,
        "submitting_unit": proposal.unit,
        "due_month": str(told.due_month),
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


def _print_proposals(rows: Sequence[Proposal], plan: Plan) -> None:
    if not rows:
        return
    click.echo(f"待核定的新任务 {len(rows)} 项，用 collect task agree 核定：")
    print_rows(
        ("编号", "提出单位", "期号", "完成时限", "举措或目标", "年度任务（成果形式）"),
        [
            (
                each.id,
                plan.unit(each.unit).short,
                str(each.edition),
                str(each.told.due_month),
                each.subject,
                f"{each.told.task}（{each.told.deliverable}）",
            )
            for each in rows
        ],
    )
