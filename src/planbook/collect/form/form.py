"""The content of one workbook, blank or filled: the lines of its sheets as they stand in the cells.

`blank` makes a blank `Form`; `template` writes it as ``.xlsx``. A line may be right or wrong, so
that a test or the demonstration can also say what a careless department would have typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.collect.layout import LAYOUTS, NEWEST, TEMPLATE_VERSION, Layout
from planbook.periods import CALENDAR, Edition, FiscalYear
from planbook.vocabulary import UNSTATED

Cell = float | str | None


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A row of 填报表.

    `value` and `prior_value` are in `unit`; `yoy` is in percent (3.2 means 3.2 %). A string is
    written as text: 「—」 for not applicable, anything else is what a department typed. ``None`` is
    a blank cell. `period` is what `periods.period_label` prints. From `baseline` on, the text of
    the locked columns. `carried` is the value that the form goes out with: a month told of it.
    """

    indicator_id: str
    name: str
    unit: str
    period: str
    scope: str
    value: Cell = None
    prior_value: Cell = None
    yoy: Cell = None
    yoy_type: str = ""
    stage: str = ""
    remark: str = ""
    confirmed: str = ""
    visibility: str = ""
    baseline: str = ""
    previous: tuple[str, ...] = ()  # newest first, at most four
    target: str = ""
    annual_target: str = ""
    decimals: int = 0
    plausible: tuple[float, float] | None = None
    periods: tuple[str, ...] = ()  # the drop-down of 数据时期
    carried: float | None = None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A row of 举措: a measure, or one of its sub-items.

    Measures of one `group` stand under a heading, where the form has more than one. `carried` is
    the status that the form goes out with, whatever becomes of it.
    """

    measure_id: str
    title: str
    status: str = ""
    progress: str = ""
    completed_on: str = ""
    previous_status: str = ""
    statuses: tuple[str, ...] = ()  # the drop-down of 状态
    is_sub_item: bool = False
    group: str = ""
    carried: str = ""


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A row of 修订; `indicator` is its name (or id), `period` as in `ValueLine`."""

    indicator: str
    period: str
    old_value: Cell
    new_value: Cell
    reason: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A row of 督办事项: an open action of the unit, and what it says of it."""

    action_id: str
    task: str
    due: str  # 2026年12月, and whether that is over
    decided_in: str
    previous: str = ""
    status: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A row of 年度任务: one that was agreed and what the unit says of it, or one that it proposes.

    A proposed one has no id; what it is about is a name that the form offers.
    """

    task_id: str = ""
    about: str = ""
    task: str = ""
    deliverable: str = ""
    due: str = ""  # 2026年12月, and whether that is over
    previous: str = ""
    status: str = ""
    progress: str = ""
    asked: str = ""
    carried: bool = False  # proposed in an earlier form and not decided: the form comes with it


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A row of 重点项目: a known project as it last stood, or without an id a new one.

    Amounts are in 亿元; a string is what a department typed.
    """

    project_id: str = ""
    project: str = ""
    about: str = ""  # a name that the form offers
    stage: str = ""
    total_investment: Cell = None
    year_investment: Cell = None
    invested: Cell = None
    next_node: str = ""
    next_month: str = ""  # 2026-12
    problem: str = ""
    need: str = ""
    left_reason: str = ""
    confirmed: str = ""
    visibility: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who answers for the workbook, below 填报表. People's names never leave the receipts."""

    head: str = ""
    reviewer: str = ""
    compiler: str = ""
    phone: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All that stands in one workbook."""

    dataset: str
    edition: Edition
    unit_id: str
    title: str
    subtitle: str
    target_heading: str
    unit_name: str = ""
    scopes: tuple[str, ...] = (UNSTATED,)  # names of those that may be chosen
    deadline: str = ""  # the last day on time, as printed: 2027年1月20日
    contact: str = ""  # whom a department asks
    values: tuple[ValueLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()
    replies: tuple[ReplyLine, ...] = ()  # none: the workbook has no sheet 督办事项
    tasks: tuple[TaskLine, ...] = ()  # agreed ones
    proposed: tuple[TaskLine, ...] = ()  # new ones, into the blank rows
    task_rows: int = 0  # blank rows for new ones
    task_year: str = ""  # for which new ones are asked
    task_subjects: tuple[str, ...] = ()  # what tasks and projects of the unit may be about
    projects: tuple[ProjectLine, ...] = ()  # known ones
    new_projects: tuple[ProjectLine, ...] = ()  # into the blank rows
    project_rows: int = 0  # blank rows for new ones
    sign_off: SignOff = SignOff()
    revisable: tuple[str, ...] = ()  # names of the unit's indicators: the drop-down of 修订
    template_version: str = TEMPLATE_VERSION
    year: FiscalYear = CALENDAR  # from whose beginning totals run

    @property
    def asks_for_something(self) -> bool:
        """Whether its unit has anything to fill in: what it owes, actions, tasks or projects."""
        return bool(self.values or self.measures or self.replies or self.tasks or self.projects)

    @property
    def asks_for_tasks_of(self) -> str:
        """The coming year whose tasks have to be proposed now; empty where it is the running one.

        Then the form takes some all the same, of which none is owed.
        """
        running = self.year.label(self.year.of(self.edition.end))
        return "" if not self.task_rows or self.task_year == running else self.task_year

    @property
    def has_groups(self) -> bool:
        """Whether measures stand under headings: by the version, and if there are several."""
        return self.layout.carries and len({line.group for line in self.measures}) > 1

    @property
    def has_tasks(self) -> bool:
        """Whether there is a sheet 年度任务: by the version, and if anything can stand in it."""
        return self.layout.tasks is not None and bool(self.tasks or self.task_rows)

    @property
    def has_projects(self) -> bool:
        """Whether there is a sheet 重点项目: by the version, and if anything can stand in it."""
        return self.layout.projects is not None and bool(self.projects or self.project_rows)

    @property
    def layout(self) -> Layout:
        """The layout of the form's version; of a version that never was, the newest."""
        return LAYOUTS.get(self.template_version, NEWEST)
