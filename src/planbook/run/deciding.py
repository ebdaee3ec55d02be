"""What ``actions`` lists and ``action`` records: what was decided, how far it is, its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from planbook.assess.actions import assess_actions
from planbook.collect.decided.action_decisions import ACTIONS_FILE, read_action_decisions
from planbook.collect.decided.added_rows import cells_of, with_action
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.feedback.findings_report import printable
from planbook.errors import Gathering, UsageError
from planbook.plan import Plan
from planbook.put_in_place import put
from planbook.run.acting import recording
from planbook.run.arguments import decided_from, open_edition
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.run.printed_rows import print_rows
from planbook.vocabulary import Visibility
from planbook.watch_frames import ActionDecisionRow, ActionRow
from planbook.workspace import Workspace

_HEADINGS = ("编号", "责任单位", "办结期限", "办理状态", "最近反馈", "督办事项")


def actions(*, dataset: str, edition: str | None) -> None:
    """List the actions that are open in an edition, the overdue ones first."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(
        workspace.dataset, plan, edition or str(workspace.dataset.current_edition)
    )
    facts = read_facts(workspace, plan, chosen, Gathering())
    demonstration = workspace.dataset.demonstration
    known = assess_actions(plan, facts, chosen, demonstration=demonstration)
    _print([row for row in known if row.closed_in is None], plan, chosen.label)


def add(*, dataset: str, action_id: str, from_edition: str | None, **cells: str | None) -> None:
    """Record an action that was decided."""
    given = {key: value for key, value in cells.items() if value is not None}
    given["action_id"] = action_id
    given.setdefault("visibility", Visibility.INTERNAL.label)
    with recording(dataset) as (workspace, plan):
        if any(row.action_id == action_id for row in _rows(workspace, plan)):
            fix = "改期用 action move，销号用 action close；另一项换一个编号"
            raise UsageError(f"已有编号为「{action_id}」的督办事项\n  处理：{fix}")
        _record(workspace, plan, given, from_edition, "已交办")


def move(
    *, dataset: str, action_id: str, due_month: str, decided_in: str, from_edition: str | None
) -> None:
    """Record another due month of an action, and where that was decided."""
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, action_id, from_edition)
        cells |= {"due_month": due_month, "decided_in": decided_in}
        _record(workspace, plan, cells, from_edition, f"期限改为 {due_month}")


def close(*, dataset: str, action_id: str, closure: str, from_edition: str | None) -> None:
    """Record what closed an action."""
    if not printable(closure):
        raise UsageError("销号的理由不能为空")
    with recording(dataset) as (workspace, plan):
        cells = _as_it_stands(workspace, plan, action_id, from_edition)
        cells |= {"closure": closure}
        _record(workspace, plan, cells, from_edition, "已销号")


def _rows(workspace: Workspace, plan: Plan) -> tuple[ActionDecisionRow, ...]:
    return read_action_decisions(workspace.data / ACTIONS_FILE, plan, Fixed.of(workspace))


def _as_it_stands(
    workspace: Workspace, plan: Plan, action_id: str, from_edition: str | None
) -> dict[str, str]:
    """Return the cells of an action's last row, unless it is closed or holds from that edition."""
    rows = _rows(workspace, plan)
    own = [row for row in rows if row.action_id == action_id]
    if not own:
        known = "、".join(dict.fromkeys(row.action_id for row in rows)) or "无"
        raise UsageError(f"没有编号为「{action_id}」的督办事项。现有：{known}")
    last = own[-1]
    if last.closure:
        fix = "核对编号；需要再办的，另用一个编号交办"
        raise UsageError(f"「{action_id}」已自 {last.from_edition} 起销号\n  处理：{fix}")
    if str(last.from_edition) == _start(workspace, plan, from_edition):
        fix = "改 actions.csv 中的那一行；下一期起才变的，写 --from-edition"
        raise UsageError(f"「{action_id}」已有一行自 {last.from_edition} 起\n  处理：{fix}")
    return cells_of(last)


def _start(workspace: Workspace, plan: Plan, from_edition: str | None) -> str:
    return from_edition or decided_from(workspace, plan)


def _record(
    workspace: Workspace,
    plan: Plan,
    cells: Mapping[str, str],
    from_edition: str | None,
    done: str,
) -> None:
    """Add a row to the file in one step."""
    start = _start(workspace, plan, from_edition)
    typed = {name: printable(cell) for name, cell in cells.items()} | {"from_edition": start}
    path = workspace.data / ACTIONS_FILE
    put(path, with_action(path, typed, plan, Fixed.of(workspace)))
    where = path.relative_to(workspace.root).as_posix()
    click.echo(f"{done}：{typed['action_id']} {typed['task']}，自 {start} 起，写在 {where}")


def _print(rows: Sequence[ActionRow], plan: Plan, label: str) -> None:
    late = sum(row.overdue for row in rows)
    click.echo(f"{label}：未销号 {len(rows)} 项" + (f"，其中逾期 {late} 项" if late else ""))
    print_rows(
        _HEADINGS,
        [
            (
                row.action_id,
                plan.unit(row.submitting_unit).short,
                f"{row.due_month}{'（逾期）' if row.overdue else ''}",
                row.action_status or "未反馈",
                str(row.replied_in or "—"),
                row.task,
            )
            for row in rows
        ],
    )
