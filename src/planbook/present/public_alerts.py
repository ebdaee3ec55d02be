"""What a public book shows of warnings, actions, tasks, projects.

Nothing of reporting, no words from before they were public, no troubles that are to be settled.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from planbook.contract import Contract
from planbook.periods import Edition
from planbook.project_frames import PROJECTS, ProjectRow
from planbook.task_frames import TASKS, TaskRow
from planbook.watch_frames import ACTIONS, ActionRow, AlertRow, AlertRule

_ABOUT_REPORTING = (AlertRule.UNIT_LATE, AlertRule.MEASURE_SILENT)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a public book does not show.

    Attributes
    ----------
    goals, measures
        By id, in whatever edition.
    silent
        Goals of which an edition shows nothing, with the edition without a correction number.
    """

    goals: Collection[str]
    measures: Collection[str]
    silent: Collection[tuple[str, Edition]]


def public_alerts(
    alerts: Iterable[AlertRow], hidden: Hidden, public_actions: Collection[str]
) -> Iterator[AlertRow]:
    """Yield the warnings left, with the public actions on them.

    How units report is their own affair and the office's, and so is what nobody has decided yet. A
    warning that began while a value was internal may tell of it.
    """
    for row in alerts:
        of_one = row.goal_id or row.measure_id
        if not of_one or row.alert_rule in _ABOUT_REPORTING or _is_hidden(row, hidden):
            continue
        if row.action_id and row.action_id not in public_actions:
            continue
        known = tuple(id for id in row.action_ids if id in public_actions)
        yield replace(row, action_ids=known, unanswered=0)


def _is_hidden(row: AlertRow, hidden: Hidden) -> bool:
    told = (row.edition, row.since, row.since.plus(-1))  # whose numbers it may tell
    return (
        row.goal_id in hidden.goals
        or row.measure_id in hidden.measures
        or any((row.goal_id, edition.base) in hidden.silent for edition in told)
    )


def public_task(task: TaskRow) -> TaskRow:
    """Return a public task without the words that its unit wrote before its form said so.

    Where the task stands is not its unit's to say: who makes it public publishes that.
    """
    since, reported = task.public_since, task.reported_in
    if since is None or reported is None or reported > since:
        return task
    return replace(task, progress="", asked_month=None)


def public_project(project: ProjectRow) -> ProjectRow:
    """Return a public project without what stands in its way and what others have to settle.

    Whoever makes it public publishes the course that it took so far.
    """
    return replace(project, problem="", need="")


def public_corrections(
    corrections: pd.DataFrame, hidden: Collection[str], projects: pd.DataFrame
) -> pd.DataFrame:
    """Return the corrections of what is not hidden, and of no project but the public ones."""
    shown = ~corrections["indicator_id"].isin(list(hidden))
    public = corrections["indicator_id"].isin(projects["project_id"].tolist())
    return corrections[shown & ((corrections["amount"] == "") | public)].reset_index(drop=True)


def public_action(action: ActionRow) -> ActionRow:
    """Return a public action without a reply that its unit gave before its form said so.

    A form tells what the edition before decided.
    """
    since, replied = action.public_since, action.replied_in
    if since is None or replied is None or replied > since:
        return action
    return replace(action, action_status=None, reply="", replied_in=None)


# By table, what readers of the public book see of a row that is public.
PUBLIC_ROWS: Mapping[str, tuple[Contract[Any], Callable[[Any], Any]]] = {
    "actions": (ACTIONS, public_action),
    "tasks": (TASKS, public_task),
    "projects": (PROJECTS, public_project),
}
