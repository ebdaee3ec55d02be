"""Hold a workbook against all that is known: baselines, targets, and what was reported before.

A submission as read → the same with what was found, its doubtful figures withheld: an error takes
out the cell it is about, until the department confirms it or sends another. Reading a workbook
depends on nothing else and is cached; this is done afresh each time.
"""

from __future__ import annotations

from dataclasses import replace

from planbook.collect.compare.action_checks import reply_findings
from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.history_checks import history_findings, nothing_changed, status_back
from planbook.collect.compare.project_checks import checked_projects
from planbook.collect.compare.reported_case import ReportedCase
from planbook.collect.compare.row_checks import row_findings
from planbook.collect.compare.size_checks import size_findings
from planbook.collect.compare.task_checks import task_findings, with_progress_of_tasks
from planbook.collect.layout import position
from planbook.collect.read.submission import DeclaredRevision, ReportedValue, Submission
from planbook.collect.rules import history_rules, row_rules, size_rules
from planbook.errors import Finding
from planbook.vocabulary import ObsStatus, Severity


def compare(submission: Submission, before: History) -> Submission:
    """Return the submission with what the comparison found, without the figures it refuses.

    Parameters
    ----------
    before
        What editions before the submission's said, the baselines, decided actions and tasks.
    """
    found: list[Finding] = [*nothing_changed(submission, before)]
    revisions = []
    for revision in submission.revisions:
        case = ReportedCase.of_revision(revision, submission, before)
        doubts = _of_revision(case, revision)
        found += doubts
        if not any(doubt.severity is Severity.ERROR for doubt in doubts):
            revisions.append(revision)
    submission = replace(submission, revisions=tuple(revisions))
    values = []
    for value in submission.values:
        if value.cell:
            case = ReportedCase.of(value, submission, before)
            doubts = _of_value(case)
            found += doubts
            value = _without_errors(case, doubts)  # noqa: PLW2901  as it is published
        values.append(value)
    for status in submission.statuses:
        found += status_back(status, submission, before)
    found += reply_findings(submission, before)
    found += task_findings(submission, before)
    projects, of_projects = checked_projects(submission, before.projects)
    told = with_progress_of_tasks(submission, before)
    return replace(
        told,
        values=tuple(values),
        projects=projects,
        findings=(*submission.findings, *found, *of_projects),
    )


_EXPLAINING = (size_rules.EXCHANGED.id, size_rules.ROW_CONTRADICTION.id)  # its size too
_FALLS = (history_rules.FALLING_TOTAL.id, history_rules.SLIGHT_FALL.id)


def _of_value(case: ReportedCase) -> list[Finding]:
    """Return what is doubtful in a row of 填报表; one mistake is said once."""
    sized, reported = list(size_findings(case)), list(history_findings(case))
    if any(doubt.severity is Severity.ERROR for doubt in sized):
        reported = [doubt for doubt in reported if doubt.rule not in _FALLS]
    elif any(doubt.rule in _FALLS for doubt in reported):
        sized = []
    grave = any(doubt.severity is Severity.ERROR for doubt in sized)
    doubtful = grave or bool(sized and case.on_file(case.value.period))
    row = list(row_findings(case, value_is_doubtful=doubtful))
    if any(doubt.rule in _EXPLAINING for doubt in row):
        sized = []
    return [*sized, *row, *reported]


def _of_revision(case: ReportedCase, revision: DeclaredRevision) -> list[Finding]:
    """Return what is doubtful in a row of 修订: its old value, and the size of its new one."""
    found = list(size_findings(case))
    before, old = case.same, revision.old_value
    given = "空白" if old is None else old
    if before is None:
        found.append(case.finding(row_rules.REVISION_UNKNOWN, "old_value", observed=given))
    elif old is None or not case.is_one_of(old, before.numbers):
        rule, told = row_rules.REVISION_MISMATCH, before.told
        found.append(case.finding(rule, "old_value", observed=given, expected=told))
    if old is not None and not case.differs(old, revision.new_value):
        found.append(case.finding(row_rules.REVISION_UNCHANGED, "value", observed=old))
    return found


def _without_errors(case: ReportedCase, doubts: list[Finding]) -> ReportedValue:
    """Return a value without the figures in whose cells an error stands."""
    value = case.value
    row, _ = position(value.cell)
    refused = {doubt.cell for doubt in doubts if doubt.severity is Severity.ERROR}

    def is_refused(key: str) -> bool:
        return case.table.cell(row, key) in refused

    exchanged = any(doubt.rule == size_rules.EXCHANGED.id for doubt in doubts)
    if is_refused("value"):
        value = replace(value, value=None, status=ObsStatus.REFUSED)
    if is_refused("prior_value") or (exchanged and is_refused("value")):
        value = replace(value, prior_value=None)
    if is_refused("yoy"):
        value = replace(value, yoy=None)
    return value
