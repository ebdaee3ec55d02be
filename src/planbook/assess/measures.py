"""Where every measure and sub-item stands in an edition, from the statuses reported so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter

from planbook.facts.observations import Facts
from planbook.frames import MeasureRow, StatusReportRow
from planbook.periods import Edition
from planbook.plan import Measure, Plan
from planbook.vocabulary import MeasureStatus, Pattern

_vintage = attrgetter("vintage")


def assess_measures(
    plan: Plan,
    facts: Facts,
    edition: Edition,
    *,
    demonstration: bool,
    published: Mapping[str, MeasureStatus | None] | None = None,
) -> tuple[MeasureRow, ...]:
    """Return where every measure and sub-item stands.

    A status holds until the next report, except that a recurring measure is judged by year: what
    was done last year says nothing of this one. A row a measure, then its sub-items, in the plan's
    order.

    Parameters
    ----------
    published
        The statuses in the edition before, where that was published.
    """

    def row(measure: Measure, id: str, parent_id: str, title: str) -> MeasureRow:
        own = _upto(facts.statuses_of.get(id, ()), edition)
        valid = _in_force(plan, measure.pattern, own, edition)
        before = _in_force(plan, measure.pattern, own, edition.plus(-1))
        previous = before[-1].status if before else None
        newest = valid[-1] if valid else None
        last = own[-1].vintage if own else None
        field = plan.field_of(measure)
        return MeasureRow(
            measure_id=id,
            parent_id=parent_id,
            chapter=plan.chapter_of(measure).id,
            field_id=field.id,
            field=field.name,
            title=title,
            quote=measure.quote,
            section=measure.section,
            type=measure.type,
            pattern=measure.pattern,
            submitting_unit=plan.unit_of(measure).id,
            status=newest.status if newest else None,
            progress=newest.progress if newest else "",
            completed_on=newest.completed_on if newest else "",
            status_since=_since(valid) if newest else None,
            last_reported=last,
            stale=last is None or last.base < edition.base,
            previous_status=previous if published is None else published.get(id),
            edition=edition,
            demonstration=demonstration,
        )

    rows = []
    for measure in plan.measures:
        rows.append(row(measure, measure.id, "", measure.title))
        rows += [row(measure, item.id, measure.id, item.name) for item in measure.sub_items]
    return tuple(rows)


def _upto(reports: Sequence[StatusReportRow], edition: Edition) -> Sequence[StatusReportRow]:
    return reports[: bisect_right(reports, edition, key=_vintage)]


def _in_force(
    plan: Plan, pattern: Pattern, reports: Sequence[StatusReportRow], edition: Edition
) -> Sequence[StatusReportRow]:
    """Return the reports that count, oldest first: of a recurring measure this year's."""
    known = _upto(reports, edition)
    if pattern is not Pattern.RECURRING:
        return known
    year = plan.year.of(edition.end)
    earlier = bisect_left(known, year, key=lambda report: plan.year.of(report.vintage.end))
    return known[earlier:]


def _since(reports: Sequence[StatusReportRow]) -> Edition:
    """Return the edition from which the newest status has held without a break."""
    since = reports[-1]
    for report in reversed(reports):
        if report.status != since.status:
            break
        since = report
    return since.vintage
