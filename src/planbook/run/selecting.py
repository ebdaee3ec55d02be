"""What ``withdraw`` and ``choose`` do: record which of the filed workbooks count."""

from __future__ import annotations

import datetime as dt

import click

from planbook.collect.decided.selections import Selection
from planbook.collect.feedback.findings_report import printable
from planbook.collect.file_names import FiledName
from planbook.collect.inbox.filed import read_filed
from planbook.collect.inbox.reselection import record_act
from planbook.errors import UsageError
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.run.arguments import (
    filed_workbook,
    known_datasets,
    known_unit,
    open_edition,
    wanted_by,
)
from planbook.vocabulary import SelectionAction
from planbook.workspace import Workspace, find_root


def withdraw(
    *, file: str, unit: str, reason: str, from_edition: str | None, dataset: str | None
) -> None:
    """Record that a filed workbook does not count."""
    workspace, plan, edition, name = opened(file, dataset)
    submissions = read_filed(workspace, plan, workspace.dataset.newest_open)
    if name in {s.file for s in submissions.withdrawn if s.edition == edition}:
        raise UsageError(f"「{name}」已经不采用，未作改动")
    record(
        workspace,
        plan,
        action=SelectionAction.WITHDRAW,
        edition=edition,
        file=name,
        unit=unit,
        reason=reason,
        from_edition=from_edition,
    )


def choose(
    *, file: str, unit: str, reason: str, from_edition: str | None, dataset: str | None
) -> None:
    """Record that a filed workbook counts instead of the others of its unit."""
    workspace, plan, edition, name = opened(file, dataset)
    submissions = read_filed(workspace, plan, workspace.dataset.newest_open)
    filed = (*submissions.current, *submissions.superseded, *submissions.withdrawn)
    own = {
        s.file: s
        for s in filed
        if (s.edition, s.unit_id) == (edition, FiledName.parse(name).unit_id)
    }
    if not own[name].usable:
        raise UsageError(f"「{name}」无法采用\n  处理：运行 collect.py check 查看原因")
    if own[name] in submissions.current:
        raise UsageError(f"「{name}」就是现在采用的一份，未作改动")
    others = tuple(sorted(set(own) - {name} - {s.file for s in submissions.withdrawn}))
    record(
        workspace,
        plan,
        action=SelectionAction.CHOOSE,
        edition=edition,
        file=name,
        instead_of=others,
        unit=unit,
        reason=reason,
        from_edition=from_edition,
    )


def opened(file: str, dataset: str | None) -> tuple[Workspace, Plan, Edition, str]:
    """Return where a filed workbook lies: its dataset, the plan, its edition and its name."""
    root = find_root()
    datasets = known_datasets(root)
    wanted_by(load_plan(root / "data" / "plan"), datasets, dataset=dataset, edition=None)
    folders = {name: Workspace.open(name, root).submissions for name in datasets}
    searched = {dataset: folders[dataset]} if dataset else folders
    name, edition, filed = filed_workbook(file, searched)
    workspace = Workspace.open(name, root)
    return workspace, load_plan(workspace.plan, workspace.dataset.first_edition), edition, filed


def record(
    workspace: Workspace,
    plan: Plan,
    *,
    action: SelectionAction,
    edition: Edition,
    file: str,
    instead_of: tuple[str, ...] = (),
    unit: str,
    reason: str,
    from_edition: str | None,
) -> None:
    """Add an act to the dataset's record in one step, and say what counts from then on.

    It holds from the edition given; left out, from the current one, or the workbook's own if that
    is later.
    """
    start = max(edition, workspace.dataset.current_edition)
    if from_edition is not None:
        start = open_edition(workspace.dataset, plan, from_edition)
    if start < edition:
        raise UsageError(f"--from-edition {start} 早于该文件的期号 {edition}")
    words = printable(reason)
    if not words:
        raise UsageError("理由不能为空")
    act = Selection(
        action=action,
        edition=edition,
        file=file,
        instead_of=instead_of,
        by=known_unit(plan, unit),
        on=dt.date.today(),
        reason=words,
        from_edition=start,
    )
    record_act(workspace, act, plan)
    submissions = read_filed(workspace, plan, max(start, workspace.dataset.newest_open))
    unit_id = FiledName.parse(file).unit_id
    counts = [s.file for s in submissions.current if (s.edition, s.unit_id) == (edition, unit_id)]
    path = workspace.selections.relative_to(workspace.root).as_posix()
    click.echo(f"已记录：{action.label} {file}，自 {start} 起，写在 {path}")
    click.echo(f"{plan.unit(unit_id).name} {edition} 现采用：{'、'.join(counts) or '无'}")
    mine = {s.file for s in submissions.withdrawn if (s.edition, s.unit_id) == (edition, unit_id)}
    if others := "" if counts else "、".join(sorted(mine - {file})):
        click.echo(f"  此前因改用或撤回而不采用的：{others}。可采用的，运行 collect.py choose 改用")
