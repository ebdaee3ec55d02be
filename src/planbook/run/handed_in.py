"""The workbooks that a command of ``collect`` names: checked in their order, many read ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import BaseContext
from pathlib import Path

from planbook.collect.decided.selections import Aside, read_selections, set_aside
from planbook.collect.decided.task_decisions import TASKS_FILE, readable_task_decisions
from planbook.collect.feedback.findings_report import check_text, proposals_text
from planbook.collect.inbox.checking import Basis, Before, Checked, Wanted, hold_against
from planbook.collect.inbox.filed import earlier_editions
from planbook.collect.inbox.read_ahead import read_files
from planbook.collect.inbox.receive import Received
from planbook.plan import Plan, load_plan
from planbook.project_folders import find_root, plan_folder
from planbook.run.arguments import Inbox, inbox, known_workspaces, wanted_by
from planbook.run.edition_words import late_words
from planbook.run.intake_workers import intake_context, intake_workers
from planbook.task_frames import TaskDecisionRow
from planbook.workspace import Workspace


@dataclass(frozen=True)
class HandedIn:
    """The workbooks a command names, and what each is held against."""

    plan: Plan
    workspaces: Mapping[str, Workspace]
    wanted: Wanted
    before: Before
    aside: Callable[[str], Aside]  # by dataset: what recorded acts have set aside
    tasks: Callable[[str], tuple[TaskDecisionRow, ...]]  # by dataset: those decided
    inbox: Inbox
    workers: BaseContext | None  # how processes start that read ahead, where that pays

    @classmethod
    def of(
        cls,
        paths: tuple[Path, ...],
        *,
        dataset: str | None,
        edition: str | None,
        unit: str | None = None,
    ) -> HandedIn:
        root, found = find_root(), inbox(paths)
        workers = intake_context(len(found.files))
        plan = load_plan(plan_folder(root))
        known = known_workspaces(root, plan)
        wanted = wanted_by(plan, known, dataset=dataset, edition=edition, unit=unit)

        @cache
        def aside(dataset: str) -> Aside:
            acts = read_selections(known[dataset].selections, plan)
            return set_aside(acts, known[dataset].dataset.newest_open)

        @cache
        def tasks(dataset: str) -> tuple[TaskDecisionRow, ...]:
            return readable_task_decisions(known[dataset].data / TASKS_FILE, plan)

        before = earlier_editions(plan, known)
        return cls(plan, known, wanted, before, aside, tasks, found, workers)

    def checked(self, day: dt.date) -> Iterator[Checked]:
        """Yield each workbook checked, in their order; many are read ahead in processes."""
        datasets = {name: workspace.dataset for name, workspace in self.workspaces.items()}
        basis = Basis(self.plan, datasets, self.wanted, day)
        with intake_workers(self.workers) as executor:
            for read in read_files(self.inbox.files, basis, executor):
                yield hold_against(read, basis, self.before)

    def checked_text(self, checked: Checked) -> str:
        """Return what is wrong with a workbook, and how many tasks it proposes."""
        text, submission = check_text(checked, self.plan), checked.submission
        if submission is None or checked.dataset not in self.workspaces:
            return text
        proposed = proposals_text(submission, self.tasks(checked.dataset), self.plan)
        return f"{text}\n{proposed}" if proposed else text

    def told(self, checked: Checked) -> str:
        """Return what is said of a workbook, and where it would count if it came now."""
        text = self.checked_text(checked)
        workspace, edition = self.workspaces.get(checked.dataset), checked.edition
        if workspace is None or edition is None or checked.passed_over:
            return text
        register = workspace.editions
        late = late_words(checked.dataset, register, edition, register.taken_into(edition))
        return f"{text}\n{late}" if late else text

    def late(self, done: Received) -> str:
        """Say where a filed workbook counts, if its edition was fixed before it came."""
        checked = done.checked
        if not done.file or checked.edition is None:
            return ""
        register = self.workspaces[checked.dataset].editions
        vintage = register.vintage(f"{checked.edition}/{done.file}")
        return late_words(checked.dataset, register, checked.edition, vintage)
