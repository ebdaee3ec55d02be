"""Rows that say why a goal changed, as tests write them."""

from __future__ import annotations

from typing import Any

from planbook.periods import Edition
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeReasonRow
from tests.present_rows import LEVEL

NEW, OLD = Edition.parse("2026-Q3"), Edition.parse("2026-Q2")


def change(**known: Any) -> ChangeReasonRow:
    """Return a change of one goal; what is not given says that the rating is as it was."""
    row: dict[str, Any] = {
        "goal_id": LEVEL,
        "edition": NEW,
        "compared_with": OLD,
        "old_rating": Rating.ON_COURSE,
        "new_rating": Rating.ON_COURSE,
    }
    return ChangeReasonRow(**{**row, **known})


def parts(data: float = 0.0, revision: float = 0.0, time: float = 0.0, target: float = 0.0) -> Any:
    """Return the columns of the four parts."""
    return {
        "part_data": data,
        "part_revision": revision,
        "part_time": time,
        "part_target": target,
    }
