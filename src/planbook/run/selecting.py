"""What ``withdraw`` and ``choose`` do: record which of the filed workbooks count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import click

from planbook.collect.decided.selections import Selection
from planbook.collect.feedback.findings_report import printable
from planbook.collect.file_names import FiledName
from planbook.collect.inbox.filed import read_filed
from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.reselection import record_act
from planbook.errors import UsageError
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.project_folders import find_root, plan_folder
from planbook.run.arguments import (
    filed_workbook,
    known_unit,
    known_workspaces,
    open_edition,
    wanted_by,
)
from planbook.vocabulary import SelectionAction
from planbook.workspace import Workspace


@dataclass(frozen=True)
class _Filed:
    """A filed workbook that an act is about."""

    workspace: Workspace
    plan: Plan
    edition: Edition
    name: str

    @classmethod
    def of(cls, file: str, dataset: str | None) -> _Filed:
        root = find_root()
        plan = load_plan(plan_folder(root))
        workspaces = known_workspaces(root, plan)
        wanted_by(plan, workspaces, dataset=dataset, edition=None)
        searched = {dataset: workspaces[dataset]} if dataset else workspaces
        workspace, edition, name = filed_workbook(file, searched)
        return cls(workspace, plan.followed_from(workspace.dataset.first_edition), edition, name)

    @property
    def unit_id(self) -> str:
        return FiledName.parse(self.name).unit_id

    def read(self) -> Submissions:
        return read_filed(self.workspace, self.plan, self.workspace.dataset.newest_open)

    def record(
        self,
        action: SelectionAction,
        instead_of: tuple[str, ...] = (),
        *,
        unit: str,
        reason: str,
        from_edition: str | None,
    ) -> None:
        """Add an act to the dataset's record in one step, and say what counts from then on.

        It holds from the edition given; left out, from the correction edition of its quarter that
        is being made, else the current one, or the workbook's own if that is later.
        """
        workspace, plan, edition = self.workspace, self.plan, self.edition
        register = workspace.editions
        start = max(edition, workspace.dataset.current_edition)
        if register.is_fixed(edition):
            start = register.taken_into(edition)
        if from_edition is not None:
            start = open_edition(workspace.dataset, plan, from_edition)
            if not register.may_begin(start):
                raise UsageError(
                    f"{register.newest_published} 已发布，不能再自 {start} 起改变\n"
                    f"  处理：--from-edition 写 {register.taken_into(edition)}，或不写这个选项"
                )
        if start < edition:
            raise UsageError(f"--from-edition {start} 早于该文件的期号 {edition}")
        words = printable(reason)
        if not words:
            raise UsageError("理由不能为空")
        act = Selection(
            action=action,
            edition=edition,
            file=self.name,
            instead_of=instead_of,
            by=known_unit(plan, unit),
            on=dt.date.today(),
            reason=words,
            from_edition=start,
        )
        record_act(workspace, act, plan)
        submissions = read_filed(workspace, plan, max(start, workspace.dataset.newest_open))
        own = (edition, self.unit_id)
        counts = [s.file for s in submissions.current if (s.edition, s.unit_id) == own]
        path = workspace.selections.relative_to(workspace.root).as_posix()
        click.echo(f"已记录：{action.label} {self.name}，自 {start} 起，写在 {path}")
        click.echo(f"{plan.unit(self.unit_id).name} {edition} 现采用：{'、'.join(counts) or '无'}")
        aside = {s.file for s in submissions.withdrawn if (s.edition, s.unit_id) == own}
        if others := "" if counts else "、".join(sorted(aside - {self.name})):
            click.echo(
                f"  此前因改用或撤回而不采用的：{others}。"
                "可采用的，运行 python -m planbook collect choose 改用"
            )


def withdraw(
    *, file: str, unit: str, reason: str, from_edition: str | None, dataset: str | None
) -> None:
    """Record that a filed workbook does not count."""
    filed = _Filed.of(file, dataset)
    if filed.name in {s.file for s in filed.read().withdrawn if s.edition == filed.edition}:
        raise UsageError(f"「{filed.name}」已经不采用，未作改动")
    filed.record(SelectionAction.WITHDRAW, unit=unit, reason=reason, from_edition=from_edition)


def choose(
    *, file: str, unit: str, reason: str, from_edition: str | None, dataset: str | None
) -> None:
    """Record that a filed workbook counts instead of the others of its unit."""
    filed = _Filed.of(file, dataset)
    name, found = filed.name, filed.read()
    own = {
        s.file: s
        for s in (*found.current, *found.superseded, *found.withdrawn)
        if (s.edition, s.unit_id) == (filed.edition, filed.unit_id)
    }
    if not own[name].usable:
        raise UsageError(
            f"「{name}」无法采用\n  处理：运行 python -m planbook collect check 查看原因"
        )
    if own[name] in found.current:
        raise UsageError(f"「{name}」就是现在采用的一份，未作改动")
    others = tuple(sorted(set(own) - {name} - {s.file for s in found.withdrawn}))
    filed.record(
        SelectionAction.CHOOSE, others, unit=unit, reason=reason, from_edition=from_edition
    )
