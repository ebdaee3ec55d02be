"""Rows of warnings and actions that tests write, and books of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from planbook.present.notebook.opened import OpenBook
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTIONS, ALERTS, ActionRow
from tests.present.conftest import EDITION, empty_row
from tests.present_rows import action

MakeBook = Callable[..., OpenBook]
GOAL, OTHER = "software-revenue", "green-loans"
UNIT, OTHER_UNIT = "software", "greenfin"
action_row = partial(action, goal_id=GOAL, submitting_unit=UNIT)


def alert_row(rule: str, **known: Any) -> dict[str, Any]:
    """Return a warning of this edition, new in it, about `GOAL` if nothing else is said."""
    row = empty_row(
        ALERTS,
        alert_rule=rule,
        edition=str(EDITION),
        since=str(EDITION),
        submitting_unit=UNIT,
        measured=60.0,
        limit=50.0,
        compared=40.0,
        period="2026-09",
        unanswered=1,
    )
    about = {} if {"goal_id", "measure_id"} & known.keys() else {"goal_id": GOAL}
    return row | about | known


def watched_book(
    make_book: MakeBook,
    alerts: list[dict[str, Any]] | None = None,
    actions: Sequence[ActionRow] = (),
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    public: bool = False,
    **frames: Any,
) -> OpenBook:
    book = make_book(
        changes, alerts=ALERTS.frame(alerts or []), actions=ACTIONS.frame(actions), **frames
    )
    return replace(book, visibility=Visibility.PUBLIC) if public else book
