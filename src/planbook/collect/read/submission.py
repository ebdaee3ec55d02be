"""What a workbook said, after reading: its rows and findings, as frozen objects.

`reading` makes them, the cache keeps them, `planbook.facts` turns them into tables.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from planbook.collect.layout import MEASURES, PROJECTS, REPLIES, REVISIONS, TASKS, VALUES
from planbook.collect.rules import Place
from planbook.errors import Finding
from planbook.periods import Edition, TimePeriod
from planbook.project_frames import ProjectAmount, ProjectReportRow, ProjectStage
from planbook.vocabulary import MeasureStatus, ObsStatus, Severity, Visibility
from planbook.watch_frames import ActionStatus


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """A row of 填报表. `value` is in the indicator's unit, ``None`` unless the status has one.

    A refused row whose period or scope could not be read stands under the period owed and the
    indicator's own scope. `yoy` is in percent: 3.2 means 3.2 %.
    """

    sheet: ClassVar[str] = VALUES.sheet

    indicator_id: str
    period: TimePeriod
    scope: str
    status: ObsStatus
    value: float | None = None
    prior_value: float | None = None
    yoy: float | None = None
    yoy_type: str = ""
    stage: str = ""
    remark: str = ""
    cell: str = ""  # of 本期值; empty where the row is missing
    confirmed: str = ""  # what the department says of a figure that it was asked to confirm
    visibility: Visibility | None = None  # None: nothing is said, so it is as before


@dataclass(frozen=True, slots=True)
class ReportedStatus:
    """A row of 举措 with a valid status."""

    sheet: ClassVar[str] = MEASURES.sheet

    measure_id: str
    status: MeasureStatus
    progress: str
    completed_on: str  # 2026-08, or empty
    cell: str


@dataclass(frozen=True, slots=True)
class DeclaredRevision:
    """A row of 修订: the department says that an earlier value has changed."""

    sheet: ClassVar[str] = REVISIONS.sheet

    indicator_id: str
    period: TimePeriod
    old_value: float | None
    new_value: float
    reason: str
    cell: str  # of 新值
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class ReportedReply:
    """A row of 督办事项: what the unit says of an action, be there such an action or not."""

    sheet: ClassVar[str] = REPLIES.sheet

    action_id: str
    status: ActionStatus | None
    text: str
    cell: str  # of 办理状态
    answered: bool = True  # False: both cells are blank; True also where what was said is refused


@dataclass(frozen=True, slots=True)
class ReportedTask:
    """A row of 年度任务 with an id: what the unit says of a task, be there such a task or not."""

    sheet: ClassVar[str] = TASKS.sheet

    task_id: str
    status: MeasureStatus | None
    progress: str
    asked_month: TimePeriod | None  # until when it asks to have it put off
    cell: str  # of 状态
    answered: bool = True  # False: nothing is said; True also where what was said is refused


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """A row of 年度任务 without an id: a task that the unit proposes, until it is agreed."""

    sheet: ClassVar[str] = TASKS.sheet

    goal_id: str  # one of these is empty
    measure_id: str
    task: str
    deliverable: str
    due_month: TimePeriod
    cell: str  # of 年度任务


@dataclass(frozen=True, slots=True)
class ReportedProject:
    """A row of 重点项目; one without an id is new, and has the id that its project is given.

    Amounts are in 亿元. Without a stage nothing else is said that counts.
    """

    sheet: ClassVar[str] = PROJECTS.sheet

    project_id: str
    cell: str  # of 阶段
    is_new: bool = False
    answered: bool = True  # False: nothing is said; True also where what was said is refused
    stage: ProjectStage | None = None
    project: str = ""
    goal_id: str = ""  # one of these is empty
    measure_id: str = ""
    total_investment: float | None = None
    year_investment: float | None = None
    invested: float | None = None
    next_node: str = ""
    next_month: TimePeriod | None = None
    problem: str = ""
    need: str = ""
    left_reason: str = ""
    confirmed: str = ""
    visibility: Visibility = Visibility.INTERNAL

    def with_amount(self, amount: ProjectAmount, value: float) -> ReportedProject:
        """Return it with one of its amounts put right."""
        put_right: dict[str, Any] = {amount.value: value}
        return replace(self, **put_right)

    def after(
        self, before: ReportedProject | ProjectReportRow | None, *, same_year: bool
    ) -> ReportedProject:
        """Return it with the amounts reported before where it names none.

        Silence withdraws none; but the plan of another year is none of this year's.
        """
        if before is None:
            return self
        planned = before.year_investment if same_year else None
        return replace(
            self,
            total_investment=_first(self.total_investment, before.total_investment),
            year_investment=_first(self.year_investment, planned),
            invested=_first(self.invested, before.invested),
        )


def _first(said: float | None, before: float | None) -> float | None:
    return before if said is None else said


@dataclass(frozen=True, slots=True)
class Submission:
    """A workbook as read. Where it is not usable as a whole, only its findings are there."""

    edition: Edition
    unit_id: str
    file: str
    sha256: str
    received: dt.date | None  # the day it came; None: not known
    usable: bool = False
    values: tuple[ReportedValue, ...] = ()
    statuses: tuple[ReportedStatus, ...] = ()
    revisions: tuple[DeclaredRevision, ...] = ()
    replies: tuple[ReportedReply, ...] = ()
    asks_for_replies: bool = False  # by the version of its template
    tasks: tuple[ReportedTask, ...] = ()
    proposals: tuple[ProposedTask, ...] = ()
    asks_for_tasks: bool = False
    projects: tuple[ReportedProject, ...] = ()
    asks_for_projects: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def place(self) -> Place:
        """Where its findings are."""
        return Place(str(self.edition), self.unit_id, self.file)

    def count(self, severity: Severity) -> int:
        """Return how many findings of this severity there are."""
        return sum(finding.severity is severity for finding in self.findings)


Key = tuple[Edition, str]  # edition and unit
Received = dict[Key, list[Submission]]
