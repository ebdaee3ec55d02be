"""Read what is filed in a dataset, by what analysts decided: what commands begin with.

A dataset's folders → the submissions that count, and what was known before an edition.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd

from planbook.collect.compare.earlier_reports import History
from planbook.collect.decided.corrections import Correction, read_corrections
from planbook.collect.decided.csv_inputs import BASELINES_FILE, readable_baselines
from planbook.collect.decided.selections import read_selections
from planbook.collect.inbox.checking import Before
from planbook.collect.inbox.submissions import Submissions, read_submissions
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.workspace import Dataset, Workspace

Decided = tuple[tuple[Correction, ...], pd.DataFrame]  # declared corrections, baselines


def earlier_editions(plan: Plan) -> Before:
    """Return a function that gives what was known before an edition; reads a dataset once."""

    @cache
    def known(name: str) -> tuple[Plan, Submissions, Decided]:
        workspace = Workspace.open(name)
        followed = plan.followed_from(workspace.dataset.first_edition)
        decided = _decided(workspace, followed)
        newest = workspace.dataset.newest_open
        return followed, _read(workspace, followed, newest, decided), decided

    def before(dataset: Dataset, edition: Edition) -> History:
        followed, submissions, decided = known(dataset.name)
        return History.before(edition, followed, submissions.current, *decided)

    return before


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
    return _read(workspace, plan, upto, _decided(workspace, plan), today)


def _decided(workspace: Workspace, plan: Plan) -> Decided:
    """Return what analysts decided, of the baselines those that can be read."""
    corrections = read_corrections(workspace.data / "corrections.yaml", plan)
    return corrections, readable_baselines(workspace.data / BASELINES_FILE, plan)


def _read(
    workspace: Workspace,
    plan: Plan,
    upto: Edition,
    decided: Decided,
    today: dt.date | None = None,
) -> Submissions:
    corrections, baselines = decided
    return read_submissions(
        workspace.submissions,
        plan,
        dataset=workspace.dataset,
        upto=upto,
        cache=workspace.readings,
        corrections=corrections,
        baselines=baselines,
        selections=read_selections(workspace.selections, plan),
        today=today,
    )
