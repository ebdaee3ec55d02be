"""Rows of tables by the goal or the measure that they are about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from planbook.frames import Verdict
from planbook.grouping import grouped
from planbook.outlook_frames import FanRow, WhatIfRow
from planbook.project_frames import ProjectRow
from planbook.task_frames import TaskRow
from planbook.watch_frames import ActionRow, AlertRow

OfGoal = TypeVar("OfGoal", Verdict, FanRow, WhatIfRow, AlertRow, ActionRow, TaskRow, ProjectRow)
OfMeasure = TypeVar("OfMeasure", TaskRow, ProjectRow)


def by_goal(rows: Iterable[OfGoal]) -> dict[str, tuple[OfGoal, ...]]:
    """Return the rows by goal, those of each in the order in which they came."""
    return {goal: tuple(own) for goal, own in grouped(rows, lambda row: row.goal_id).items()}


def by_measure(rows: Iterable[OfMeasure]) -> dict[str, list[OfMeasure]]:
    """Return the rows that are about a measure or a sub-item, by its id."""
    return grouped((row for row in rows if row.measure_id), lambda row: row.measure_id)
