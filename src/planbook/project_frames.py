"""The contracts of the tables about key projects: what units report, and where each one stands.

They are saved with those of `planbook.frames`. Investments are in 亿元.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import Contract, Number
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Labelled, Visibility

PROJECTS_SHEET = "重点项目"  # of workbooks, on which they are reported


class ProjectStage(Labelled):
    """How far a project has come, in that order; the last says that it is none any more."""

    IDEA = "idea", "谋划"
    RESERVE = "reserve", "储备"
    PREPARATION = "preparation", "前期"
    STARTED = "started", "开工"
    BUILDING = "building", "在建"
    PRODUCING = "producing", "投产"
    LEFT = "left", "退库"

    @property
    def order(self) -> int:
        """Its place from 0, to tell going on from going back."""
        return list(ProjectStage).index(self)

    @property
    def is_open(self) -> bool:
        """Whether there is still something to come, so that each edition asks for a report."""
        return self not in (ProjectStage.PRODUCING, ProjectStage.LEFT)

    @property
    def in_reserve(self) -> bool:
        """Whether it counts as 在库: what produces still does, what has left does not."""
        return self is not ProjectStage.LEFT


class ProjectAmount(Labelled):
    """An amount of a project, as the columns that hold it are named."""

    TOTAL = "total_investment", "总投资"
    YEAR = "year_investment", "本年计划投资"
    INVESTED = "invested", "累计完成投资"


class ProjectChange(Labelled):
    """What an edition brought to a project; of several the first in this order."""

    NEW = "new", "新增"
    LEFT = "left", "退库"
    BACK = "back", "退阶"
    MOVED = "moved", "进阶"
    SLIPPED = "slipped", "延期"
    UNCHANGED = "unchanged", "未变化"
    SILENT = "silent", "本期未报"  # only while its stage is open


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReportRow:
    """What a unit said of a project in an edition's form.

    An amount that was left blank or refused is the one reported before; the plan of a year is never
    that of another year.
    """

    project_id: str  # given when it is first reported, never changed, never given again
    vintage: Edition
    project: str
    measure_id: str  # of a measure or a sub-item it serves; empty: it serves the goal
    goal_id: str  # one of the two is empty
    field: str  # the plan's field of that measure or goal: nobody types it
    submitting_unit: str
    stage: ProjectStage
    total_investment: Number  # 亿元, as the other two
    year_investment: Number  # planned for the fiscal year of the vintage
    invested: Number  # since the project began
    next_node: str  # empty once it produces or has left
    next_month: TimePeriod | None  # until when the node is to be reached
    problem: str  # also why it went back a stage
    need: str  # what others have to decide or settle
    left_reason: str
    visibility: Visibility
    source_file: str
    source_sheet: str
    source_cell: str  # of the stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """Where a project stands in an edition: the newest report up to it, and what it changed."""

    project_id: str
    project: str
    measure_id: str
    goal_id: str
    field_id: str
    submitting_unit: str
    stage: ProjectStage
    stage_before: ProjectStage | None  # in the edition before; none: it is new
    opened: Edition  # in which it was first reported
    moved_in: Edition  # since which it has been in its stage
    total_investment: Number
    year_investment: Number
    invested: Number
    next_node: str
    next_month: TimePeriod | None
    first_next_month: TimePeriod | None  # as the present node was first promised
    slipped: int  # months by which the present node has been put off since
    overdue: bool  # the month of its node is over, and the node is still to come
    problem: str
    need: str
    left_reason: str
    change: ProjectChange
    reported_in: Edition  # the newest report
    visibility: Visibility
    public_since: Edition | None  # from which it has been public without a break
    edition: Edition
    demonstration: bool


PROJECT_REPORTS = Contract("project_reports", ProjectReportRow, ("project_id", "vintage"))
PROJECTS = Contract("projects", ProjectRow, ("project_id",))
