"""Where every measure and sub-item stands in an edition, from the statuses reported so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planbook.facts.observations import Facts
from planbook.frames import MEASURES
from planbook.periods import Edition
from planbook.plan import Measure, Plan
from planbook.vocabulary import Pattern


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A status as reported in an edition."""

    edition: Edition
    status: str
    progress: str
    completed_on: str


def assess_measures(
    plan: Plan, facts: Facts, edition: Edition, *, demonstration: bool
) -> pd.DataFrame:
    """Return where every measure and sub-item stands.

    A status holds until the next report, except that a recurring measure is judged by year: what
    was done last year says nothing of this one.

    Returns
    -------
    pandas.DataFrame
        Contract `MEASURES`, one row a measure, then its sub-items, in the plan's order.
    """
    reports = _reports(facts.status_reports, edition)
    rows = []
    for measure in plan.measures:
        whole = _row(plan, measure, reports.get(measure.id, ()), edition)
        rows.append({**whole, "measure_id": measure.id, "parent_id": "", "title": measure.title})
        for item in measure.sub_items:
            part = _row(plan, measure, reports.get(item.id, ()), edition)
            rows.append(
                {**part, "measure_id": item.id, "parent_id": measure.id, "title": item.name}
            )
    return MEASURES.frame({**row, "demonstration": demonstration} for row in rows)


def _row(
    plan: Plan, measure: Measure, reports: Sequence[StatusReport], edition: Edition
) -> dict[str, Any]:
    field = plan.field_of(measure)
    valid = _in_force(measure.pattern, reports, edition)
    before = _in_force(measure.pattern, reports, edition.plus(-1))
    newest = valid[-1] if valid else None
    last = reports[-1].edition if reports else None
    return {
        "chapter": plan.chapter_of(measure).id,
        "field_id": field.id,
        "field": field.name,
        "quote": measure.quote,
        "section": measure.section,
        "type": measure.type,
        "pattern": str(measure.pattern),
        "submitting_unit": plan.unit_of(measure).id,
        "status": newest.status if newest else "",
        "progress": newest.progress if newest else "",
        "completed_on": newest.completed_on if newest else "",
        "status_since": str(_since(valid)) if newest else "",
        "last_reported": str(last or ""),
        "stale": last is None or last.base < edition.base,
        "previous_status": before[-1].status if before else "",
        "edition": str(edition),
    }


def _in_force(
    pattern: Pattern, reports: Sequence[StatusReport], edition: Edition
) -> list[StatusReport]:
    """Return the reports that count, oldest first: of a recurring measure this year's."""
    return [
        report
        for report in reports
        if report.edition <= edition
        and (pattern is not Pattern.RECURRING or report.edition.year == edition.year)
    ]


def _since(reports: Sequence[StatusReport]) -> Edition:
    """Return the edition from which the newest status has held without a break."""
    since = reports[-1]
    for report in reversed(reports):
        if report.status != since.status:
            break
        since = report
    return since.edition


def _reports(frame: pd.DataFrame, edition: Edition) -> Mapping[str, list[StatusReport]]:
    """Return the reports with a status up to the edition by measure or sub-item, oldest first."""
    found: dict[str, list[StatusReport]] = defaultdict(list)
    columns = ("measure_id", "vintage", "status", "progress", "completed_on")
    for name, vintage, status, progress, completed_on in zip(
        *(frame[column].tolist() for column in columns), strict=True
    ):
        when = Edition.parse(vintage)
        if status and when <= edition:
            found[name].append(StatusReport(when, status, progress, completed_on))
    for reports in found.values():
        reports.sort(key=lambda report: report.edition)
    return found
