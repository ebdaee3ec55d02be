"""Apply declared corrections to the vintages, each guarded by the value it expects to find."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any, TypeAlias

from planbook.collect.decided.declared_correction import Correction
from planbook.collect.written_numbers import shown
from planbook.errors import Problem, ProblemsFound
from planbook.facts import record_words as words
from planbook.facts.vintages import Vintages
from planbook.frames import ObservationRow, StatusReportRow
from planbook.periods import Edition, FiscalYear
from planbook.project_frames import ProjectAmount, ProjectReportRow
from planbook.vocabulary import CorrectionAction, MeasureStatus, ObsStatus, Origin

Row: TypeAlias = ObservationRow | StatusReportRow | ProjectReportRow
Held: TypeAlias = dict[Edition, Any]  # all of them observations, status or project reports
SOURCE = "corrections.yaml"


def apply_corrections(
    vintages: Vintages,
    corrections: Iterable[Correction],
    lost: Collection[tuple[Edition, str]] = (),
) -> None:
    """Enter each correction as a vintage of the edition it holds from.

    A later report of the same value that still says what the correction expects is corrected as
    well; one that says something else stands.

    Parameters
    ----------
    lost
        Editions and units of which workbooks were deleted after a purge: what corrected a value in
        one of them is gone with it.

    Raises
    ------
    ProblemsFound
        If a correction finds no value, another value than it expects, or a newer report that
        already says something else when the correction begins to hold.
    """
    received = [(c, dict(_held(vintages, c))) for c in corrections]  # before any is applied
    problems: list[Problem] = []
    for correction, reports in received:
        problem = _guard(correction, reports)
        if problem is None:
            _apply(correction, reports, _held(vintages, correction), vintages.plan.year)
        elif (correction.edition, _unit(vintages, correction)) not in lost:
            problems.append(problem)
    if problems:
        raise ProblemsFound(SOURCE, problems)


def _unit(vintages: Vintages, correction: Correction) -> str:
    plan, about = vintages.plan, correction.about
    if correction.project_id is not None:  # where nothing is left of it, its id has the unit's
        rows = [*vintages.projects.get(about, {}).values()]
        return rows[0].submitting_unit if rows else "-".join(about.split("-")[1:-1])
    item = plan.indicator(about) if correction.indicator_id else plan.measure(about)
    return plan.unit_of(item).id


def _held(vintages: Vintages, correction: Correction) -> Held:
    if correction.project_id is not None:
        return vintages.projects.get(correction.about, {})
    if correction.indicator_id is None or correction.time_period is None:
        return vintages.statuses.get(correction.about, {})
    indicator = vintages.plan.indicator(correction.indicator_id)
    scope = correction.scope or indicator.scope
    return vintages.values.get((indicator.id, correction.time_period, scope), {})


def _guard(correction: Correction, reports: Held) -> Problem | None:
    """Return why the correction must not be applied, if so; `reports` are as received."""
    where = words.place_of_correction(SOURCE, correction.id)
    received = reports.get(correction.edition)
    if received is None:
        period = str(correction.time_period or "")
        what = words.report_not_found(correction.edition, correction.about, period)
        return Problem(what, where, words.REPORT_NOT_FOUND_FIX)
    if not _says(received, correction):
        what = words.other_than_expected(_told(received, correction), _word(correction.expect))
        return Problem(what, where, words.OTHER_THAN_EXPECTED_FIX)
    newer = [
        edition
        for edition, row in reports.items()
        if correction.edition < edition <= correction.from_edition and not _says(row, correction)
    ]
    if newer:
        newest = max(newer)
        what = words.reported_anew(newest, _told(reports[newest], correction))
        return Problem(what, where, words.REPORTED_ANEW_FIX)
    return None


def _says(row: Row, correction: Correction) -> bool:
    return _told(row, correction) == _word(correction.expect)


def _told(row: Row, correction: Correction) -> str:
    """Return what a row says, in the words of `Correction.expect`."""
    if isinstance(row, ProjectReportRow):
        said = _amount_of(row, correction)
        return ObsStatus.NOT_SENT.label if said is None else shown(said)
    if isinstance(row, StatusReportRow):
        return row.status or ""
    return row.obs_status.label if row.obs_value is None else shown(row.obs_value)


def _word(expect: float | str) -> str:
    return expect if isinstance(expect, str) else shown(float(expect))


def _apply(correction: Correction, reports: Held, held: Held, year: FiscalYear) -> None:
    start = correction.from_edition
    again = [e for e, row in reports.items() if e > start and _says(row, correction)]
    for edition in (start, *again):
        base = held[max(earlier for earlier in held if earlier <= edition)]
        if isinstance(base, ProjectReportRow):
            held[edition] = _project(base, edition, correction, reports, year)
            continue
        held[edition] = replace(
            _corrected(base, correction, reports),
            vintage=edition,
            source_file=SOURCE,
            source_sheet="",
            source_cell=correction.id,
        )


def _project(
    row: ProjectReportRow,
    edition: Edition,
    correction: Correction,
    reports: Held,
    year: FiscalYear,
) -> ProjectReportRow:
    """Return a project with an amount put right; in the edition of a report it stays a report."""
    if row.vintage != edition:
        same = year.of(row.vintage.end) == year.of(edition.end)
        row = replace(
            row,
            vintage=edition,
            year_investment=row.year_investment if same else None,
            source_file=SOURCE,
            source_sheet="",
            source_cell=correction.id,
        )
        if correction.amount is ProjectAmount.YEAR and not same:
            return row
    if correction.amount is None:
        return row
    put_right: dict[str, Any] = {correction.amount.value: _amount(correction, reports, year)}
    return replace(row, **put_right)


def _corrected(
    row: ObservationRow | StatusReportRow, correction: Correction, reports: Held
) -> ObservationRow | StatusReportRow:
    if isinstance(row, StatusReportRow):
        status = _status(correction, reports)
        return replace(row, status=status, progress=correction.reason)
    row = replace(row, origin=Origin.CORRECTION, remark=correction.reason)
    match correction.action:
        case CorrectionAction.OVERRIDE:
            value = correction.value if isinstance(correction.value, float) else None
            return replace(row, obs_value=value, obs_status=ObsStatus.NORMAL)
        case CorrectionAction.DROP:
            return replace(row, obs_value=None, obs_status=ObsStatus.REFUSED)
        case CorrectionAction.FLAG:
            return replace(row, remark=words.doubtful(correction.reason))


def _status(correction: Correction, reports: Held) -> MeasureStatus | None:
    """Return the status to use; where it is dropped, the one before it, or none."""
    if correction.action is CorrectionAction.OVERRIDE:
        return MeasureStatus(str(correction.value))
    before = [edition for edition in reports if edition < correction.edition]
    status: MeasureStatus | None = reports[max(before)].status if before else None
    return status


def _amount_of(row: ProjectReportRow, correction: Correction) -> float | None:
    amount: float | None = getattr(row, correction.amount.value) if correction.amount else None
    return amount


def _amount(correction: Correction, reports: Held, year: FiscalYear) -> float | None:
    """Return the amount to use; where it is dropped, the one before it, or none.

    The plan of a year is none of another's.
    """
    if isinstance(correction.value, float):
        return correction.value
    before = max((edition for edition in reports if edition < correction.edition), default=None)
    if before is None:
        return None
    same = year.of(before.end) == year.of(correction.edition.end)
    if correction.amount is ProjectAmount.YEAR and not same:
        return None
    return _amount_of(reports[before], correction)
