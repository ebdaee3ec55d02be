"""What a department reports about a measure in an edition: status, progress, completion.

Every measure and sub-item has its own timetable, drawn from its id. A deliverable with sub-items
follows them: it is done when all of them are. A report that is left out is ``None``: the department
was silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from demo.scenario import Phrases, draw
from planbook.periods import Edition, TimePeriod
from planbook.plan import Measure
from planbook.vocabulary import MeasureStatus, Pattern

NEVER = 99
STARTS = ((0.55, 0), (0.70, 1), (0.82, 2), (0.90, 3), (0.95, 4), (1.0, NEVER))
YEARLY = ((0.20, 1), (0.50, 2), (0.70, 3), (0.85, 4), (1.0, NEVER))  # quarter it takes place in
DONE, BLOCKED, SILENT, QUICK = 0.30, 0.12, 0.03, 0.5  # how often


@dataclass(frozen=True)
class Report:
    """A row of 举措 as filled in."""

    status: MeasureStatus
    progress: str
    completed_on: str = ""


@dataclass(frozen=True)
class Timetable:
    """When a measure or sub-item changes, in quarters after the plan's first edition."""

    id: str
    start: int
    done: int = NEVER
    blocked: range = range(0)

    def status(self, quarter: int) -> MeasureStatus:
        if quarter >= self.done:
            return MeasureStatus.DONE
        if quarter in self.blocked:
            return MeasureStatus.BLOCKED
        return MeasureStatus.UNDER_WAY if quarter >= self.start else MeasureStatus.NOT_STARTED

    def stage(self, quarter: int) -> int:
        """Return how far work has come: a stage a quarter, or one in two quarters."""
        worked = sum(self.status(q) is MeasureStatus.UNDER_WAY for q in range(quarter))
        return worked if draw(self.id, "speed") < QUICK else worked // 2


def reports(
    measure: Measure, edition: Edition, first: Edition, phrases: Phrases
) -> dict[str, Report | None]:
    """Return the rows of a measure and its sub-items in an edition, by id."""
    if measure.pattern is Pattern.RECURRING:
        ids = [measure.id, *(item.id for item in measure.sub_items)]
        found = {id: _recurring(id, edition, phrases) for id in ids}
    else:
        found = {
            table.id: _running(table, edition, first, measure.type, phrases)
            for table in _timetables(measure)
        }
    return {
        id: None if draw(id, "silent", edition) < SILENT else report for id, report in found.items()
    }


def _timetables(measure: Measure) -> tuple[Timetable, ...]:
    items = tuple(_timetable(item.id, measure.pattern) for item in measure.sub_items)
    own = _timetable(measure.id, measure.pattern)
    if items and measure.pattern is Pattern.DELIVERABLE:
        own = Timetable(
            measure.id,
            start=min(item.start for item in items),
            done=max(item.done for item in items),
        )
    return (own, *items)


def _timetable(id: str, pattern: Pattern) -> Timetable:
    start = _pick(STARTS, draw(id, "start"))
    later = start + 2 + int(3 * draw(id, "later"))
    fate = draw(id, "fate")
    if pattern is Pattern.DELIVERABLE and fate < DONE:
        return Timetable(id, start, done=later + 1)
    if fate > 1 - BLOCKED:
        return Timetable(id, start, blocked=range(later, later + 1 + int(5 * draw(id, "length"))))
    return Timetable(id, start)


def _running(
    table: Timetable, edition: Edition, first: Edition, type: str, phrases: Phrases
) -> Report:
    quarter = edition.editions_since(first)
    status = table.status(quarter)
    match status:
        case MeasureStatus.UNDER_WAY:
            stages = phrases.under_way[type]
            text = stages[min(table.stage(quarter), len(stages) - 1)]
            return Report(status, _worded(text, table.id))
        case MeasureStatus.DONE:
            end = first.plus(table.done).end.plus(-int(3 * draw(table.id, "month")))
            return Report(status, _chosen(phrases.done, table.id), str(end))
        case MeasureStatus.BLOCKED:
            course = next(each.said for each in phrases.blocked if type in each.types)
            return Report(status, _worded(course[quarter - table.blocked.start], table.id))
        case _:
            return Report(status, phrases.not_started[quarter % len(phrases.not_started)])


def _recurring(id: str, edition: Edition, phrases: Phrases) -> Report:
    year = edition.end.year
    done_on = TimePeriod(year - 1, 12).plus(3 * _pick(YEARLY, draw(id, "year", year)))
    if edition.end < done_on:
        said = phrases.not_this_year[(edition.end.month - 1) // 3]
        return Report(MeasureStatus.NOT_THIS_YEAR, said)
    month = done_on.plus(-int(3 * draw(id, "month", year)))
    return Report(MeasureStatus.DONE_THIS_YEAR, _chosen(phrases.done_this_year, id), str(month))


def _pick(steps: Sequence[tuple[float, int]], number: float) -> int:
    return next(value for limit, value in steps if number < limit)


def _chosen(texts: Sequence[str], id: str) -> str:
    return _worded(texts[int(len(texts) * draw(id, "text"))], id)


def _worded(text: str, id: str) -> str:
    return text.replace("{n}", str(2 + int(7 * draw(id, "n"))))
