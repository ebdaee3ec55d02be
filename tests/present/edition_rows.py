"""Rows of the tables about editions, and books of several editions, that tests write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from planbook.edition_frames import EDITION_CORRECTIONS, EDITIONS, METHOD_CHANGES
from planbook.frames import HISTORY
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from tests.present.conftest import EDITION, empty_row, verdict_row

MakeBook = Callable[..., OpenBook]


def edition_row(edition: str, state: str = "未发布", **known: Any) -> dict[str, Any]:
    label = Edition.parse(edition).label
    row = empty_row(EDITIONS, edition=edition, label=label, edition_state=state)
    return row | known


def method_change(key: str, was: str, now: str, **known: Any) -> dict[str, Any]:
    row = {"edition": str(EDITION), "changed_in": "plan", "goal_id": "", "key": key}
    return row | {"was": was, "now": now} | known


def correction_row(goal_id: str, plan: Plan, **known: Any) -> dict[str, Any]:
    row = empty_row(
        EDITION_CORRECTIONS,
        goal_id=goal_id,
        indicator_id=plan.indicator_of(goal_id).id,
        corrects="2026-Q2",
        edition=str(EDITION),
    )
    return row | known


def history_of(
    plan: Plan, goal_id: str, *told: tuple[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return a goal's verdicts in the editions named."""
    return [verdict_row(plan, goal_id, edition=edition, **known) for edition, known in told]


def book_of(
    make_book: MakeBook,
    *,
    history: list[dict[str, Any]] | None = None,
    editions: list[dict[str, Any]] | None = None,
    corrections: list[dict[str, Any]] | None = None,
    methods: list[dict[str, Any]] | None = None,
    **frames: Any,
) -> OpenBook:
    """Return a book of 2026-Q3 with these rows, and nothing else known."""
    return make_book(
        history=HISTORY.frame(history or []),
        editions=EDITIONS.frame(editions or [edition_row(str(EDITION), "编制中")]),
        edition_corrections=EDITION_CORRECTIONS.frame(corrections or []),
        method_changes=METHOD_CHANGES.frame(methods or []),
        **frames,
    )
