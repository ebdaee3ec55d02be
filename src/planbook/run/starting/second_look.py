"""What else is wrong in the rows of a spreadsheet in which something is wrong already.

A row with a mistake is no part of the plan, so no later rule sees it. Here its mistakes are
replaced by something that could be meant, in two ways; what is found in its other cells both ways
depends on neither, and is told in the same run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from planbook.errors import Problem
from planbook.run.starting.list_reader import Entry, Listed
from planbook.run.starting.listed import ANNUAL, FIELDS
from planbook.run.starting.stand_ins import TEXT
from planbook.vocabulary import Comparator, Direction, Kind, Nature

_UNKNOWN = {"kind", "indicator"}  # without these nothing can be said of a goal
_FAR = 30  # years
_Check = Callable[[Listed, int], list[Problem]]


def further_problems(listed: Listed, check: _Check) -> Iterator[Problem]:
    """Yield what is wrong in other cells of the rows whose mistakes are told already.

    Parameters
    ----------
    listed
        After it was checked: each row knows its wrong cells, and those found here are added.
    check
        Returns the problems of a spreadsheet; is given which of the two ways, 1 or 2.
    """
    while True:
        cells = {entry.where(key): (entry, key) for entry, key in _unlooked(listed)}
        if not cells:
            return
        one, other = (check(_repaired(listed, way), way) for way in (1, 2))
        found = [problem for problem in one if problem in other and problem.where in cells]
        if not found:
            return
        for problem in dict.fromkeys(found):
            entry, key = cells[problem.where]
            if key not in entry.wrong:
                entry.wrong.add(key)
                yield problem


def _unlooked(listed: Listed) -> Iterator[tuple[Entry, str]]:
    for entry in (*listed.goals, *listed.measures):
        if entry.wrong and not entry.wrong & _UNKNOWN:
            yield from ((entry, key) for key in entry.cells if key not in entry.wrong)


def _repaired(listed: Listed, way: int) -> Listed:
    """Return a copy in which something stands in for what is wrong in rows."""
    again = deepcopy(listed)
    fields = [entry.get("name") for entry in again.rows[FIELDS.name] if entry.get("name")]
    for entry in again.goals:
        if entry.wrong and not entry.wrong & _UNKNOWN and fields and "kind" in entry.values:
            _stand_in(entry, {"field": fields[0], **_of_a_goal(entry, way)})
    for entry in again.measures:
        if entry.wrong and fields:
            _stand_in(entry, {"field": fields[0], "title": f"{TEXT}{entry.row}"})
    return again


def _stand_in(entry: Entry, meant: dict[str, Any]) -> None:
    """Put in what could be meant; what nothing stands in for is taken for blank."""
    for key in entry.wrong:
        entry.values.pop(key, None)
        if meant.get(key) is not None:
            entry.values[key] = meant[key]
    entry.wrong.clear()


def _of_a_goal(entry: Entry, way: int) -> dict[str, Any]:
    """Return what could stand in a goal's cells: each rule that needs one is kept once or twice."""
    meant = {"name": f"{TEXT}{entry.row}", "quote": TEXT, "baseline_source": TEXT}
    kind, first = Kind(entry.get("kind")), way == 1
    if "baseline" in entry.wrong:  # what is said of its source depends on it
        entry.wrong.add("baseline_source")
        meant.pop("baseline_source")
    ranged = "target_high" in entry.values or "target_high" in entry.wrong
    due = entry.get("due") or entry.get("base_period") or "2025-12"
    return meant | {
        "target": None if kind.by_people else (1.0 if first else 1e6),
        "unit": "亿元" if first else "件",
        "comparator": None if first else (Comparator.RANGE if ranged else Comparator.AT_MOST).value,
        "direction": None if first else Direction.DOWN.value,
        "frequency": None if first else ANNUAL,
        "nature": None if first else Nature.BALANCE.value,
        "base_period": None if first else _years_off(due, -_FAR),
        "due": None if first else _years_off(due, _FAR),
        "target_high": None if first else 1e9,
    }


def _years_off(month: str, years: int) -> str:
    return f"{int(month[:4]) + years}{month[4:]}"
