"""The index over the books of many plans: ``index.html`` and ``index.json`` from a line a plan.

The same lines give the same bytes. The page needs nothing but itself, from disk or from a server.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote

from planbook.frames import WELL
from planbook.periods import TimePeriod
from planbook.publish.generated import ORDER, rendered
from planbook.vocabulary import Rating

FORMAT = 1
INDEX, INDEX_DATA = "index.html", "index.json"


@dataclass(frozen=True)
class PlanRow:
    """What the index says of one plan.

    Attributes
    ----------
    name
        The folder of its book beside the index.
    edition
        Of its book; empty where it has none.
    data_until
        The last month with a value, as ``2026-09``; empty where there is none.
    counts
        Goals by rating.
    failed
        Why it was not built this time; its numbers are then those of the book before, if any.
    """

    name: str
    title: str = ""
    edition: str = ""
    edition_label: str = ""
    dataset_title: str = ""
    demonstration: bool = False
    visibility: str = ""
    data_until: str = ""
    goals: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    failed: str = ""

    @property
    def address(self) -> str:
        """The book's first page from the index; empty where there is no book."""
        return f"{quote(self.name)}/index.html" if self.edition else ""

    @property
    def until(self) -> str:
        """The month up to which there are data, in words."""
        if not self.data_until:
            return "—"
        period = TimePeriod.parse(self.data_until)
        return f"{period.year}年{period.month}月"

    def share(self, *ratings: Rating) -> float | None:
        """Return which share of all goals has one of these ratings; None without goals."""
        if not self.goals:
            return None
        return sum(self.counts.get(rating, 0) for rating in ratings) / self.goals


def plan_list(rows: Iterable[PlanRow]) -> dict[str, bytes]:
    """Return the index's files by name."""
    listed = sorted(rows, key=lambda row: row.name)
    plans = [asdict(row) | {"address": row.address} for row in listed]
    data = json.dumps({"format": FORMAT, "plans": plans}, ensure_ascii=False, indent=1)
    page = rendered(
        "plans.html",
        rows=listed,
        ratings=ORDER,
        ahead=WELL,
        met=Rating.MET,
        built=[row for row in listed if not row.failed],
        failed=[row for row in listed if row.failed],
        total={rating: sum(row.counts.get(rating, 0) for row in listed) for rating in ORDER},
        kinds={row.visibility for row in listed if row.edition},
    )
    return {INDEX_DATA: f"{data}\n".encode(), INDEX: page}


def rows_in(data: bytes | None) -> list[PlanRow]:
    """Return the lines of an ``index.json``; none where it is missing or no such file."""
    try:
        content: dict[str, Any] = json.loads(data or b"{}")
        plans = [dict(plan) for plan in content.get("plans", [])]
        for plan in plans:
            del plan["address"]
        return [PlanRow(**plan) for plan in plans]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []
