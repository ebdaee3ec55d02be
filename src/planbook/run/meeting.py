"""What ``meeting`` does: the paper of a monthly meeting, PDF and Word, of what was collected.

It is made when it is asked for and kept nowhere; the same inputs give the same bytes.
"""

from __future__ import annotations

from pathlib import Path

import click

from planbook.assess.actions import assess_actions
from planbook.assess.key_projects import assess_projects
from planbook.assess.yearly_tasks import assess_tasks
from planbook.collect.inbox.filed import read_filed
from planbook.errors import Gathering, UsageError
from planbook.facts import Facts, as_of
from planbook.made_of import digest
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.pages.brief import Brief
from planbook.present.pages.meeting_paper import MOST, Meeting, meeting_paper
from planbook.present.say.meeting_words import PAPER
from planbook.produce.pdf.brief_paper import brief_document
from planbook.produce.pdf.setting.document import Running
from planbook.produce.pdf.typesetting import typeset
from planbook.produce.word.brief_docx import brief_docx
from planbook.produce.word.issued import Issued
from planbook.run.arguments import open_edition
from planbook.run.collecting import write_beside
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.vocabulary import SubmissionState
from planbook.workspace import Workspace

_PAGES = 2
_SENT_NOTHING = frozenset(
    {
        SubmissionState.MISSING,
        SubmissionState.RETURNED,
        SubmissionState.REFUSED,
        SubmissionState.WITHDRAWN,
    }
)


def meeting(*, dataset: str, edition: str, out: Path, overwrite: bool) -> None:
    """Write the paper of the meeting on a month between two editions."""
    workspace, plan = open_workspace(dataset)
    chosen = open_edition(workspace.dataset, plan, edition)
    if not plan.cycle.is_flash(chosen):
        month = plan.cycle.between(chosen.base)
        instead = f"；月度调度会写月份，如 {month}" if month else ""
        raise UsageError(
            f"「{chosen}」是一期的期号，它的会议材料是一页简报。\n"
            f"  处理：运行 python -m planbook build --dataset {dataset} --edition {chosen} --pdf"
            + instead
        )
    told = _meeting(workspace, plan, chosen)
    paper, pdf = _fitting(told, workspace)
    running = _running(told, workspace, paper)
    word = brief_docx(paper, _issued(workspace, plan, running), page_numbers=True)
    made = {f"{chosen}-meeting.pdf": pdf, f"{chosen}-meeting.docx": word}
    write_beside(made, (PAPER, f"{PAPER}（Word，可修改）"), out, overwrite=overwrite)
    since = plan.cycle.after(chosen)  # in whose forms it stands; those of the month have come in
    click.echo(
        f"会上议定的事项，逐项记入：python -m planbook collect action add 编号 --dataset {dataset} "
        f"--unit 单位 --task 办什么 --due 年月 --decided-in 会议 --from-edition {since}\n"
        "改期的用 action move 和 task move，销号的用 action close，核定任务的用 task agree，"
        f"都写 --from-edition {since}"
    )


def _meeting(workspace: Workspace, plan: Plan, edition: Edition) -> Meeting:
    """Return what was collected up to a month, beside the last edition before it."""
    demonstration = workspace.dataset.demonstration
    facts = read_facts(workspace, plan, edition, Gathering())
    before = plan.cycle.told_in(edition).plus(-1)
    last_round = plan.cycle.before(edition)
    filed = read_filed(workspace, plan, edition)
    rows = [row for row in filed.rows if row.edition == edition]
    return Meeting(
        plan=plan,
        edition=edition,
        before=before if before >= plan.about.first_edition else None,
        values=as_of(facts.observations, edition),
        known=as_of(facts.observations, last_round),
        tasks=assess_tasks(plan, facts, edition, demonstration=demonstration),
        projects=assess_projects(
            plan, facts.project_reports, edition, demonstration=demonstration, since=last_round
        ),
        actions=assess_actions(plan, facts, edition, demonstration=demonstration),
        decided=_decided(facts, last_round, edition),
        asked=tuple(plan.unit(row.submitting_unit).short for row in rows),
        silent=tuple(
            plan.unit(row.submitting_unit).short for row in rows if row.state in _SENT_NOTHING
        ),
        demonstration=demonstration,
    )


def _decided(facts: Facts, last_round: Edition, edition: Edition) -> frozenset[str]:
    """Return the actions, and the tasks put off, of which something was decided since a round.

    Tasks that were agreed are no more than listed: the meeting that shares them out has many.
    """
    actions = [row for row in facts.action_decisions if last_round < row.from_edition <= edition]
    known = {row.task_id for row in facts.task_decisions if row.from_edition <= last_round}
    tasks = [row for row in facts.task_decisions if last_round < row.from_edition <= edition]
    put_off = {row.task_id for row in tasks if row.task_id in known}
    return frozenset({row.action_id for row in actions} | put_off)


def _fitting(told: Meeting, workspace: Workspace) -> tuple[Brief, bytes]:
    """Return the fullest paper that fits on its pages, and its PDF."""
    for most in MOST:
        paper = meeting_paper(told, most)
        made = typeset(brief_document(paper, _running(told, workspace, paper), PAPER))
        if made.pages <= _PAGES:
            return paper, made.pdf
    raise UsageError(
        f"{told.edition.label}的材料排不进{_PAGES}页：有单位写的需协调事项过长。\n"
        "  处理：请单位在填报表中写得简短一些，再收取一次"
    )


def _running(told: Meeting, workspace: Workspace, paper: Brief) -> Running:
    return Running(
        book=told.plan.about.short_title,
        edition=told.edition.label,
        data_hash=digest(paper)[:12],
        demonstration=workspace.dataset.demonstration,
        as_of=told.edition.end.last_day,
        confidential=True,  # it tells of projects and actions that are internal
    )


def _issued(workspace: Workspace, plan: Plan, running: Running) -> Issued:
    marks = ("示例数据" if running.demonstration else "", "内部版", f"数据指纹 {running.data_hash}")
    author = workspace.dataset.prepared_by or plan.about.issuer
    return Issued(author, running.as_of, "　".join(filter(None, marks)))
