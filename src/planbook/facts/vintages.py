"""The vintages of every value while the facts are being built, and how a report enters them.

Submissions of all editions, oldest first → for each value (indicator, period, scope) and each
measure, what was known in which edition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from planbook.collect.decided.past_values import PAST_VALUES_FILE, PastValue
from planbook.collect.decided.task_decisions import proposal_id
from planbook.collect.read.submission import (
    DeclaredRevision,
    ProposedTask,
    ReportedProject,
    ReportedReply,
    ReportedStatus,
    ReportedTask,
    ReportedValue,
    Submission,
)
from planbook.facts.record_words import of_the_past, with_confirmation
from planbook.frames import ObservationRow, StatusReportRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.plan.parts import Field
from planbook.project_frames import ProjectReportRow
from planbook.task_frames import TaskProposalRow, TaskReportRow
from planbook.vocabulary import ObsStatus, Origin, ReleaseStage, Visibility, YoyType
from planbook.watch_frames import ActionReplyRow

Key = tuple[str, TimePeriod, str]  # indicator, period, scope
_SILENT = (ObsStatus.NOT_SENT, ObsStatus.REFUSED)


@dataclass
class Vintages:
    """What was known when.

    Attributes
    ----------
    values, statuses
        By key, then by the edition from which a row holds.
    replies, tasks
        By action or task and the unit that told of it, then by the edition of that.
    proposals
        Of tasks, by the unit and what it proposes, then by the edition of the form.
    projects
        By project, then by the edition of the report: those of the unit that first told of it.
    declared
        Reason of each change that a department declared, by key and edition.
    past
        Of `values` those of ``history.csv``, whatever took their place.
    """

    plan: Plan
    values: dict[Key, dict[Edition, ObservationRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    statuses: dict[str, dict[Edition, StatusReportRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    replies: dict[tuple[str, str], dict[Edition, ActionReplyRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    tasks: dict[tuple[str, str], dict[Edition, TaskReportRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    proposals: dict[tuple[str, str, str, str], dict[Edition, TaskProposalRow]] = field(
        default_factory=dict
    )
    projects: dict[str, dict[Edition, ProjectReportRow]] = field(default_factory=dict)
    declared: dict[tuple[Key, Edition], str] = field(default_factory=dict)
    past: dict[Key, dict[Edition, ObservationRow]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    @classmethod
    def of(cls, plan: Plan, submissions: Iterable[Submission]) -> Vintages:
        """Take in submissions in the order of their editions, whatever order they come in."""
        found = cls(plan)
        for submission in sorted(submissions, key=lambda s: (s.edition, s.unit_id)):
            found.take(submission)
        return found

    def take(self, submission: Submission) -> None:
        """Enter what a workbook says, as known from its edition on."""
        for value in submission.values:
            self._take_value(submission, value)
        for revision in submission.revisions:
            self._take_revision(submission, revision)
        for status in submission.statuses:
            self._take_status(submission, status)
        for reply in submission.replies:
            if reply.status is not None or reply.text:
                self._take_reply(submission, reply)
        for task in submission.tasks:
            if task.status is not None or task.progress or task.asked_month is not None:
                self._take_task(submission, task)
        for proposal in submission.proposals:
            self._take_proposal(submission, proposal)
        for project in submission.projects:
            self._take_project(submission, project)

    def take_past(self, past: Iterable[PastValue]) -> None:
        """Enter what ``history.csv`` says; where a workbook of the same edition speaks, it counts.

        Taken in before any workbook: a blank cell does not withdraw such a value either.
        """
        for row in past:
            indicator = self.plan.indicator(row.indicator_id)
            known = ObservationRow(
                indicator_id=indicator.id,
                time_period=row.time_period,
                scope=row.scope,
                vintage=row.from_edition,
                accumulation=indicator.accumulation,
                obs_value=row.obs_value,
                obs_status=ObsStatus.NORMAL,
                release_stage=row.release_stage,
                yoy=row.yoy,
                yoy_type=row.yoy_type,
                prior_value=None,
                remark=of_the_past(row.source, row.note),
                visibility=Visibility.PUBLIC,
                origin=Origin.HISTORY,
                submitting_unit=self.plan.unit_of(indicator).id,
                source_file=PAST_VALUES_FILE,
                source_sheet="",
                source_cell="",
            )
            self.values[row.key][row.from_edition] = self.past[row.key][row.from_edition] = known

    def known(self, key: Key, edition: Edition) -> ObservationRow | None:
        """Return the row that holds in an edition."""
        held = self.values.get(key, {})
        newest = max((e for e in held if e <= edition), default=None)
        return None if newest is None else held[newest]

    def _take_value(self, submission: Submission, value: ReportedValue) -> None:
        key = (value.indicator_id, value.period, value.scope)
        before = self.known(key, submission.edition)
        if value.status in _SILENT and before is not None and before.obs_value is not None:
            if value.visibility is not None:  # what may be shown of it is said all the same
                self.values[key][submission.edition] = replace(
                    before, vintage=submission.edition, visibility=value.visibility
                )
            return  # silence does not withdraw a value that was sent; the finding stays
        remark = with_confirmation(value.remark, value.confirmed)
        self._enter(submission, value, Origin.REPORT, value.sheet, remark)

    def _take_revision(self, submission: Submission, revision: DeclaredRevision) -> None:
        """Enter a row of 修订 as a new vintage, or as the reason for one that 填报表 brings."""
        edition = submission.edition
        key = self._revised_key(revision, edition)
        self.declared[key, edition] = reason = with_confirmation(
            revision.reason, revision.confirmed
        )
        held = self.values.get(key, {})
        if edition in held and held[edition].obs_value == revision.new_value:
            return
        before = self.known(key, edition)
        indicator_id, period, scope = key
        value = ReportedValue(  # the stage is not asked; the earlier value's and 同比 hold no more
            indicator_id,
            period,
            scope,
            status=ObsStatus.NORMAL,
            value=revision.new_value,
            prior_value=before.prior_value if before else None,
            cell=revision.cell,
        )
        self._enter(submission, value, Origin.REVISION, revision.sheet, reason)

    def _enter(
        self, submission: Submission, value: ReportedValue, origin: Origin, sheet: str, remark: str
    ) -> None:
        key = (value.indicator_id, value.period, value.scope)
        before = self.known(key, submission.edition)
        as_before = before.visibility if before else Visibility.PUBLIC
        self.values[key][submission.edition] = ObservationRow(
            indicator_id=value.indicator_id,
            time_period=value.period,
            scope=value.scope,
            vintage=submission.edition,
            accumulation=self.plan.indicator(value.indicator_id).accumulation,
            obs_value=value.value,
            obs_status=value.status,
            release_stage=ReleaseStage(value.stage) if value.stage else None,
            yoy=value.yoy,
            yoy_type=YoyType(value.yoy_type) if value.yoy_type else None,
            prior_value=value.prior_value,
            remark=remark,
            visibility=value.visibility or as_before,
            origin=origin,
            submitting_unit=submission.unit_id,
            source_file=submission.file,
            source_sheet=sheet,
            source_cell=value.cell,
        )

    def _revised_key(self, revision: DeclaredRevision, edition: Edition) -> Key:
        """Return which value is meant: 修订 has no scope, so the one that fits the old value."""
        indicator_id, period = revision.indicator_id, revision.period
        scopes = sorted(
            scope
            for scope in self.plan.about.scope_codes
            if (indicator_id, period, scope) in self.values
        )
        own = self.plan.indicator(indicator_id).scope
        told = (revision.old_value, revision.new_value)
        for scope in sorted(scopes, key=lambda scope: scope != own):
            row = self.known((indicator_id, period, scope), edition)
            if row is not None and row.obs_value is not None and row.obs_value in told:
                return indicator_id, period, scope
        return indicator_id, period, own if own in scopes or not scopes else scopes[0]

    def _take_status(self, submission: Submission, status: ReportedStatus) -> None:
        self.statuses[status.measure_id][submission.edition] = StatusReportRow(
            measure_id=status.measure_id,
            vintage=submission.edition,
            status=status.status,
            progress=status.progress,
            completed_on=status.completed_on,
            submitting_unit=submission.unit_id,
            source_file=submission.file,
            source_sheet=status.sheet,
            source_cell=status.cell,
        )

    def _take_reply(self, submission: Submission, reply: ReportedReply) -> None:
        self.replies[reply.action_id, submission.unit_id][submission.edition] = ActionReplyRow(
            action_id=reply.action_id,
            vintage=submission.edition,
            action_status=reply.status,
            reply=reply.text,
            submitting_unit=submission.unit_id,
            source_file=submission.file,
            source_sheet=reply.sheet,
            source_cell=reply.cell,
        )

    def _take_task(self, submission: Submission, task: ReportedTask) -> None:
        self.tasks[task.task_id, submission.unit_id][submission.edition] = TaskReportRow(
            task_id=task.task_id,
            vintage=submission.edition,
            task_status=task.status,
            progress=task.progress,
            asked_month=task.asked_month,
            submitting_unit=submission.unit_id,
            source_file=submission.file,
            source_sheet=task.sheet,
            source_cell=task.cell,
        )

    def _take_proposal(self, submission: Submission, told: ProposedTask) -> None:
        """Enter a proposal; proposed again it keeps its id, whatever its due month is by now."""
        key = (submission.unit_id, told.goal_id, told.measure_id, told.task)
        held = self.proposals.setdefault(key, {})
        first = held[min(held)] if held else None
        held[submission.edition] = TaskProposalRow(
            task_id=first.task_id if first else proposal_id(self.plan, submission.unit_id, told),
            vintage=submission.edition,
            proposed_in=first.proposed_in if first else submission.edition,
            goal_id=told.goal_id,
            measure_id=told.measure_id,
            task=told.task,
            deliverable=told.deliverable,
            submitting_unit=submission.unit_id,
            due_month=told.due_month,
            source_file=submission.file,
            source_sheet=told.sheet,
            source_cell=told.cell,
        )

    def _take_project(self, submission: Submission, said: ReportedProject) -> None:
        """Enter a report on a project that is new, or that this unit has reported before."""
        held, edition = self.projects.get(said.project_id, {}), submission.edition
        last = held[max(held)] if held else None
        known = said.is_new if last is None else last.submitting_unit == submission.unit_id
        if said.stage is None or not known:
            return
        year = self.plan.year
        same_year = last is not None and year.of(last.vintage.end) == year.of(edition.end)
        told = said.after(last, same_year=same_year)
        self.projects.setdefault(said.project_id, {})[edition] = ProjectReportRow(
            project_id=told.project_id,
            vintage=edition,
            project=told.project,
            measure_id=told.measure_id,
            goal_id=told.goal_id,
            field=self._field(told).id,
            submitting_unit=submission.unit_id,
            stage=said.stage,
            total_investment=told.total_investment,
            year_investment=told.year_investment,
            invested=told.invested,
            next_node=told.next_node,
            next_month=told.next_month,
            problem=told.problem,
            need=told.need,
            left_reason=told.left_reason,
            visibility=told.visibility,
            source_file=submission.file,
            source_sheet=told.sheet,
            source_cell=told.cell,
        )

    def _field(self, told: ReportedProject) -> Field:
        plan = self.plan
        served = plan.measure(told.measure_id) if told.measure_id else plan.goal(told.goal_id)
        return plan.field_of(served)
