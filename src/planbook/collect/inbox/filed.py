"""Read what is filed in a dataset, by what analysts decided: what commands begin with.

A dataset's folders → the submissions that count, and what was known before an edition.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from planbook.collect.compare.earlier_reports import History
from planbook.collect.decided.action_decisions import ACTIONS_FILE, readable_action_decisions
from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.csv_inputs import BASELINES_FILE, readable_baselines
from planbook.collect.decided.declared_correction import Correction
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.past_values import (
    PAST_VALUES_FILE,
    PastValue,
    readable_past_values,
)
from planbook.collect.decided.selections import Selection, read_selections
from planbook.collect.decided.task_decisions import TASKS_FILE, readable_task_decisions
from planbook.collect.inbox.checking import Before
from planbook.collect.inbox.received import Submissions
from planbook.collect.inbox.submissions import read_submissions
from planbook.errors import Gathering
from planbook.frames import BaselineRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.task_frames import TaskDecisionRow
from planbook.watch_frames import ActionDecisionRow
from planbook.workspace import Workspace
from planbook.yamlfile import passing_over_unknown


@dataclass(frozen=True)
class Decided:
    """What analysts decided of workbooks and values, and what can be read of their tables."""

    corrections: tuple[Correction, ...]
    selections: tuple[Selection, ...]
    baselines: tuple[BaselineRow, ...]
    actions: tuple[ActionDecisionRow, ...]
    tasks: tuple[TaskDecisionRow, ...]
    past: tuple[PastValue, ...] = ()
    fixed: Fixed | None = None  # what none of it may change

    @classmethod
    def read(cls, workspace: Workspace, plan: Plan, gathering: Gathering) -> Decided:
        """Read it from a dataset's files; one that has problems counts as empty."""
        fixed = gathering.read(lambda: Fixed.of(workspace), None)
        corrections = workspace.data / "corrections.yaml"
        with passing_over_unknown(workspace.unpacked is not None):
            return cls(
                gathering.read(lambda: read_corrections(corrections, plan, fixed), ()),
                gathering.read(lambda: read_selections(workspace.selections, plan, fixed), ()),
                readable_baselines(workspace.data / BASELINES_FILE, plan),
                readable_action_decisions(workspace.data / ACTIONS_FILE, plan),
                readable_task_decisions(workspace.data / TASKS_FILE, plan),
                readable_past_values(workspace.data / PAST_VALUES_FILE, plan),
                fixed,
            )


def earlier_editions(plan: Plan, workspaces: Mapping[str, Workspace]) -> Before:
    """Return a function that gives what was known before an edition.

    It reads a dataset once, and puts together once what was known before an edition.
    """

    @cache
    def known(name: str) -> tuple[Plan, Submissions, Decided]:
        workspace = workspaces[name]
        followed = plan.followed_from(workspace.dataset.first_edition)
        decided = _decided(workspace, followed)
        newest = workspace.dataset.newest_open
        return followed, submissions_of(workspace, followed, newest, decided), decided

    @cache
    def before_edition(name: str, edition: Edition) -> History:
        followed, submissions, decided = known(name)
        return History.before(
            edition,
            followed,
            submissions.current,
            decided.corrections,
            decided.baselines,
            actions=decided.actions,
            tasks=decided.tasks,
            past=decided.past,
        )

    return lambda dataset, edition: before_edition(dataset.name, edition)


def read_filed(
    workspace: Workspace, plan: Plan, upto: Edition, today: dt.date | None = None
) -> Submissions:
    """Read what is filed in a dataset up to an edition.

    Parameters
    ----------
    today
        Until an edition's deadline nothing is missing; ``None`` takes all deadlines as passed.

    Raises
    ------
    ProblemsFound
        With what is wrong in ``corrections.yaml`` or ``selections.yaml``.
    """
    return submissions_of(workspace, plan, upto, _decided(workspace, plan), today)


def _decided(workspace: Workspace, plan: Plan) -> Decided:
    gathering = Gathering()
    decided = Decided.read(workspace, plan, gathering)
    gathering.finish()
    return decided


def submissions_of(
    workspace: Workspace, plan: Plan, upto: Edition, decided: Decided, today: dt.date | None = None
) -> Submissions:
    """Read what is filed in a dataset up to an edition, by what was decided; see `read_filed`."""
    return read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=upto,
        cache=workspace.readings,
        corrections=decided.corrections,
        baselines=decided.baselines,
        actions=decided.actions,
        tasks=decided.tasks,
        past=decided.past,
        selections=decided.selections,
        register=workspace.editions,
        today=today,
    )
