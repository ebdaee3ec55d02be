"""What stands in for the parts of sheet 方案 that are missing or cannot be read.

Their problems are told by whoever read the sheet. With something in their place the rest can be
checked as well; what is found then and depends on it is not told (`planbook.run.starting.
list_checks` compares two such plans), and nothing of it is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from planbook.periods import Edition, TimePeriod
from planbook.plan.cycle import Cycle
from planbook.run.starting.list_reader import Entry
from planbook.written_dates import read_month

DATES = ("start", "due", "first_edition")
TEXT, UNIT = "—", {"id": "unit", "name": "—", "short": "—"}
ISSUED = "2000"
_NOWHERE = TimePeriod(2020, 12)  # where no part of the sheet says when the plan is


@dataclass(frozen=True)
class Dates:
    """When a plan starts, is due and is first reported on, as its file has it."""

    start: str
    due: str
    first_edition: str


def dates_of(about: Entry, cycle: Cycle, first: str, years: int) -> Dates:
    """Return the plan's dates: as they were read, and for want of any others that fit them.

    Parameters
    ----------
    first
        The first edition; empty where it cannot be read.
    years
        How many lie between a stand-in and the dates that are known.
    """
    year = cycle.year
    start = _month(about, "start")
    if start is None:
        known = min(_known(about, first), default=_NOWHERE)
        start = year.before(known).plus(-12 * (years - 1))
    edition = first or str(cycle.containing(start.plus(1)))
    due = _month(about, "due")
    if due is None:
        due = year.end_of(max(start, Edition.parse(edition).end)).plus(12 * years)
    return Dates(str(start), str(due), edition)


def _month(about: Entry, key: str) -> TimePeriod | None:
    text = about.get(key)
    return TimePeriod.parse(text) if text else None


def _known(about: Entry, first: str) -> Iterator[TimePeriod]:
    if first:
        yield Edition.parse(first).end
    due = _month(about, "due")
    if due is not None:
        yield due


def first_edition(about: Entry, cycle: Cycle) -> tuple[str, str]:
    """Return the first edition, empty where there is none, and what is wrong with what is written.

    Of a cycle that cannot be read nothing is said here.
    """
    text = about.get("first_edition", "")
    if not text:
        return "", ""
    try:
        edition = Edition.parse(text)
    except ValueError as error:
        with suppress(ValueError):  # 2026-01 was typed, and a day is what was kept of it
            return str(cycle.containing(read_month(text))), ""
        return "", str(error)
    return (str(edition) if cycle.has(edition) or "cycle" not in about.wrong else ""), ""


def name_of(entry: Entry) -> str:
    """Return the name of a row, or where that is wrong, which is told, one that nothing else has.

    So the rest can be checked.
    """
    wrong = "name" in entry.wrong or not entry.get("name")
    return f"{TEXT}{entry.row}" if wrong else str(entry.get("name"))
