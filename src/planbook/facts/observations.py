"""Build the facts: submissions, inputs and corrections become rows with vintages.

``as_of`` cuts any of them to what was known in an edition, so that every past book can be remade.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from planbook.collect.decided.declared_correction import Correction, correction_row
from planbook.collect.decided.past_values import PastValue
from planbook.collect.inbox.received import Submissions
from planbook.contract import Contract
from planbook.errors import Finding
from planbook.facts.corrected import apply_corrections
from planbook.facts.reselected import vintages_of
from planbook.facts.revisions import find_revisions
from planbook.frames import (
    ANNUAL_TARGETS,
    ASSESSMENTS,
    BASELINES,
    OBSERVATIONS,
    REVISIONS,
    STATUS_REPORTS,
    AnnualTargetRow,
    AssessmentRow,
    BaselineRow,
    CorrectionRow,
    ObservationRow,
    RevisionRow,
    StatusReportRow,
    SubmissionRow,
)
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.project_frames import PROJECT_REPORTS, ProjectReportRow
from planbook.task_frames import (
    TASK_DECISIONS,
    TASK_PROPOSALS,
    TASK_REPORTS,
    TaskDecisionRow,
    TaskProposalRow,
    TaskReportRow,
)
from planbook.watch_frames import (
    ACTION_DECISIONS,
    ACTION_REPLIES,
    ActionDecisionRow,
    ActionReplyRow,
)

Row = TypeVar(
    "Row",
    ObservationRow,
    StatusReportRow,
    BaselineRow,
    AnnualTargetRow,
    AssessmentRow,
    RevisionRow,
    ActionDecisionRow,
    ActionReplyRow,
    TaskDecisionRow,
    TaskReportRow,
    ProjectReportRow,
)
Told = TypeVar("Told", ActionReplyRow, TaskReportRow)
Made = TypeVar("Made")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is known.

    What units report is there in every vintage; `as_of` gives what was known in an edition.
    """

    observations: tuple[ObservationRow, ...] = ()
    status_reports: tuple[StatusReportRow, ...] = ()
    baselines: tuple[BaselineRow, ...] = ()
    annual_targets: tuple[AnnualTargetRow, ...] = ()
    assessments: tuple[AssessmentRow, ...] = ()
    submissions: tuple[SubmissionRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    action_decisions: tuple[ActionDecisionRow, ...] = ()
    action_replies: tuple[ActionReplyRow, ...] = ()
    task_decisions: tuple[TaskDecisionRow, ...] = ()
    task_reports: tuple[TaskReportRow, ...] = ()
    task_proposals: tuple[TaskProposalRow, ...] = ()
    project_reports: tuple[ProjectReportRow, ...] = ()

    def once(self, make: Callable[[Facts, Edition], Made], edition: Edition) -> Made:
        """Return what `make` makes of the facts of an edition, the same object each time."""
        key = make, edition
        if key not in self._made:
            self._made[key] = make(self, edition)
        made: Made = self._made[key]
        return made

    @cached_property
    def _made(self) -> dict[tuple[Callable[[Facts, Edition], Any], Edition], Any]:
        return {}

    @cached_property
    def statuses_of(self) -> dict[str, list[StatusReportRow]]:
        """The reports that name a status by measure or sub-item, oldest vintage first."""
        found: dict[str, list[StatusReportRow]] = defaultdict(list)
        for row in sorted(self.status_reports, key=attrgetter("vintage")):
            if row.status is not None:
                found[row.measure_id].append(row)
        return dict(found)


def build_facts(
    plan: Plan,
    submissions: Submissions,
    *,
    baselines: Iterable[BaselineRow] = (),
    annual_targets: Iterable[AnnualTargetRow] = (),
    assessments: Iterable[AssessmentRow] = (),
    corrections: Iterable[Correction] = (),
    action_decisions: Iterable[ActionDecisionRow] = (),
    task_decisions: Iterable[TaskDecisionRow] = (),
    past_values: Iterable[PastValue] = (),
) -> Facts:
    """Put together all that is known up to ``submissions.upto``.

    The order of submissions, of their rows and of corrections makes no difference.

    Parameters
    ----------
    baselines, annual_targets, assessments, action_decisions, task_decisions
        Of any editions. What is told of an action or a task counts once that is decided, and from
        its own unit.
    corrections
        All that are declared; those in force in ``submissions.upto`` are applied.
    past_values
        Of any editions; those known by ``submissions.upto`` are entered.

    Raises
    ------
    ProblemsFound
        If a correction no longer finds the value it expects.
    """
    upto = submissions.upto
    in_force = sorted(
        (c for c in corrections if c.from_edition <= upto),
        key=lambda c: (c.from_edition, c.id),
    )
    past = (row for row in past_values if row.from_edition <= upto)
    vintages = vintages_of(plan, submissions, past)
    apply_corrections(vintages, in_force, submissions.lost)
    observations = [row for held in vintages.values.values() for row in held.values()]
    statuses = [row for held in vintages.statuses.values() for row in held.values()]
    actions, tasks = tuple(action_decisions), tuple(task_decisions)
    replies = _told(vintages.replies, ((row.action_id, row) for row in actions))
    projects = (row for held in vintages.projects.values() for row in held.values())
    proposals = [row for held in vintages.proposals.values() for row in held.values()]
    reports = _told(vintages.tasks, ((row.task_id, row) for row in tasks))
    return Facts(
        observations=tuple(sorted(observations, key=attrgetter(*OBSERVATIONS.key))),
        status_reports=tuple(sorted(statuses, key=attrgetter(*STATUS_REPORTS.key))),
        baselines=tuple(baselines),
        annual_targets=tuple(annual_targets),
        assessments=tuple(assessments),
        submissions=_of_rounds_held(plan, submissions.rows),
        findings=_findings(submissions),
        corrections=tuple(map(correction_row, in_force)),
        revisions=find_revisions(vintages),
        action_decisions=actions,
        action_replies=tuple(sorted(replies, key=attrgetter(*ACTION_REPLIES.key))),
        task_decisions=tasks,
        task_reports=tuple(sorted(reports, key=attrgetter(*TASK_REPORTS.key))),
        task_proposals=tuple(sorted(proposals, key=attrgetter(*TASK_PROPOSALS.key))),
        project_reports=tuple(sorted(projects, key=attrgetter(*PROJECT_REPORTS.key))),
    )


def _of_rounds_held(plan: Plan, rows: Sequence[SubmissionRow]) -> tuple[SubmissionRow, ...]:
    """Return the rows of editions, and of the months between of which anybody sent a workbook.

    A month that nobody answered was not asked about; an edition always was.
    """
    held = {row.edition for row in rows if row.received_on}
    return tuple(row for row in rows if row.edition in held or plan.cycle.has(row.edition))


def _told(
    said: Mapping[tuple[str, str], Mapping[Edition, Told]],
    decided: Iterable[tuple[str, ActionDecisionRow | TaskDecisionRow]],
) -> list[Told]:
    """Return what units said of what was decided by then, each of its own."""
    opened: dict[tuple[str, str], Edition] = {}
    for id, row in decided:
        key = id, row.submitting_unit
        opened[key] = min(opened.get(key, row.from_edition), row.from_edition)
    return [
        row
        for key, first in opened.items()
        for row in said.get(key, {}).values()
        if row.vintage >= first
    ]


def as_of(rows: Iterable[Row], edition: Edition) -> tuple[Row, ...]:
    """Return what rows of `Facts` were known in an edition, in their order.

    Of rows that replace each other (observations, status reports, baselines, yearly targets,
    assessments, actions and tasks, what is told of them and of projects) one a key, the newest; of
    revisions all up to the edition.
    """
    newest: dict[Hashable, tuple[Edition, Row]] = {}
    for row in rows:
        key_of, edition_of = _KEY_AND_EDITION[type(row)]
        key, since = key_of(row), edition_of(row)
        if since <= edition and (key not in newest or newest[key][0] <= since):
            newest.pop(key, None)  # its place is that of the row that replaces it
            newest[key] = since, row
    return tuple(row for _, row in newest.values())


def _key_and_edition(
    contract: Contract[Any], edition: str
) -> tuple[attrgetter[Any], attrgetter[Any]]:
    return attrgetter(*(name for name in contract.key if name != edition)), attrgetter(edition)


_KEY_AND_EDITION = {  # what a row replaces, and from when it holds
    OBSERVATIONS.row: _key_and_edition(OBSERVATIONS, "vintage"),
    STATUS_REPORTS.row: _key_and_edition(STATUS_REPORTS, "vintage"),
    BASELINES.row: _key_and_edition(BASELINES, "from_edition"),
    ANNUAL_TARGETS.row: _key_and_edition(ANNUAL_TARGETS, "from_edition"),
    ASSESSMENTS.row: _key_and_edition(ASSESSMENTS, "edition"),
    ACTION_DECISIONS.row: _key_and_edition(ACTION_DECISIONS, "from_edition"),
    ACTION_REPLIES.row: _key_and_edition(ACTION_REPLIES, "vintage"),
    TASK_DECISIONS.row: _key_and_edition(TASK_DECISIONS, "from_edition"),
    TASK_REPORTS.row: _key_and_edition(TASK_REPORTS, "vintage"),
    PROJECT_REPORTS.row: _key_and_edition(PROJECT_REPORTS, "vintage"),
    REVISIONS.row: (attrgetter(*REVISIONS.key), attrgetter("vintage")),
}


def _findings(submissions: Submissions) -> tuple[Finding, ...]:
    """Collect the findings that still matter: of workbooks that count or were not usable."""
    refused = [s for s in submissions.superseded if not s.usable]
    found = [
        *submissions.findings,
        *(f for s in (*submissions.current, *refused) for f in s.findings),
    ]
    return tuple(sorted(found, key=lambda f: (f.edition, f.submitting_unit, f.file)))
