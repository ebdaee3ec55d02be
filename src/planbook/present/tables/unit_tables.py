"""What reporting units answer for: the table of all of them, and the tables of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planbook.frames import WELL, MeasureRow, SubmissionRow
from planbook.grouping import grouped
from planbook.periods import Edition
from planbook.plan.model import Plan, Unit
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.briefing_words import OWN_GOALS, RESPONSIBILITY_NOTE
from planbook.present.say.needed_words import required_words
from planbook.present.say.outlook_sentences import Likelihood, outlook_class
from planbook.present.tables.action_tables import action_cells
from planbook.present.tables.alert_tables import alert_cells
from planbook.present.tables.cells import Cell, Column, counted_if_any, link, words
from planbook.present.tables.goal_tables import (
    LIKELIHOOD,
    goal_link,
    target_cell,
    value_cell,
    verdict_cell,
)
from planbook.present.tables.measure_board import is_blocked
from planbook.present.tables.measure_tables import folded_measures
from planbook.present.tables.project_tables import own_projects_table
from planbook.present.tables.quality_tables import report_cells, report_state
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.tables.task_tables import own_tasks_table
from planbook.present.views import GoalView
from planbook.present.watched import open_actions, standing_alerts
from planbook.project_frames import ProjectRow
from planbook.task_frames import TaskRow, TaskState
from planbook.vocabulary import Rating
from planbook.watch_frames import ActionRow, AlertRow


@dataclass(frozen=True)
class Duties:
    """What one unit answers for in an edition.

    Attributes
    ----------
    reports
        Its rows of every edition so far, newest first.
    """

    unit: Unit
    views: Sequence[GoalView]
    measures: Sequence[MeasureRow]
    actions: Sequence[ActionRow]
    alerts: Sequence[AlertRow]
    tasks: Sequence[TaskRow]
    projects: Sequence[ProjectRow]
    reports: Sequence[SubmissionRow]

    @property
    def state(self) -> Cell:
        """Where its report of this edition stands."""
        return report_state(self.reports[0]) if self.reports else words(numbers.ABSENT)

    def owes_in(self, edition: Edition, plan: Plan) -> bool:
        """Whether it has anything to report in an edition, or in a month: there no measures."""
        values = (plan.owed_periods(view.indicator, edition) for view in self.views)
        tasks = (row.task_state.is_open for row in self.tasks)
        projects = (row.stage.is_open for row in self.projects)
        always = self.actions or (self.measures and not plan.cycle.is_flash(edition))
        return bool(always) or any((*values, *tasks, *projects))

    @property
    def overdue(self) -> int:
        """How many things are late: actions, yearly tasks, nodes of projects."""
        tasks = sum(row.task_state is TaskState.OVERDUE for row in self.tasks)
        late = sum(row.overdue for row in self.actions) + sum(row.overdue for row in self.projects)
        return tasks + late

    def rated(self, *ratings: Rating) -> int:
        """Return how many of its goals are rated so."""
        return sum(view.verdict.rating in ratings for view in self.views)


def all_duties(book: Book) -> tuple[Duties, ...]:
    """Return what each unit answers for, in the plan's order."""
    views = grouped(book.views.values(), lambda view: view.submitting_unit.id)
    measures = grouped(book.rows.measures, lambda row: row.submitting_unit)
    actions = grouped(open_actions(book), lambda row: row.submitting_unit)
    alerts = grouped(standing_alerts(book), lambda row: row.submitting_unit)
    tasks = grouped(book.rows.tasks, lambda row: row.submitting_unit)
    projects = grouped(book.rows.projects, lambda row: row.submitting_unit)
    newest_first = sorted(book.rows.submissions, key=lambda row: row.edition, reverse=True)
    reports = grouped(newest_first, lambda row: row.submitting_unit)
    return tuple(
        Duties(
            unit,
            views[unit.id],
            measures[unit.id],
            actions[unit.id],
            alerts[unit.id],
            tasks[unit.id],
            projects[unit.id],
            reports[unit.id],
        )
        for unit in book.plan.units
    )


def responsibility_table(found: Sequence[Duties]) -> Table:
    """Return all units: goals by rating and likelihood, measures, warnings, actions, report."""
    cells: Cells[Duties] = {
        Column("单位"): lambda own: link(own.unit.name, f"{own.unit.id}.html"),
        Column("目标|（项）", "number"): lambda own: counted_if_any(len(own.views)),
        Column("达序时|或已达成", "number"): lambda own: counted_if_any(own.rated(*WELL)),
        Column("滞后|及以下", "number"): lambda own: counted_if_any(
            len(own.views) - own.rated(*WELL, Rating.NOT_ASSESSABLE)
        ),
        Column("无法|判定", "number"): lambda own: counted_if_any(own.rated(Rating.NOT_ASSESSABLE)),
        Column("达标可能性|较小", "number"): lambda own: counted_if_any(
            sum(outlook_class(view) == Likelihood.UNLIKELY for view in own.views)
        ),
        Column("举措|（项）", "number"): lambda own: counted_if_any(len(own.measures)),
        Column("受阻", "number"): lambda own: counted_if_any(sum(map(is_blocked, own.measures))),
        Column("预警|（条）", "number"): lambda own: counted_if_any(len(own.alerts)),
        Column("未销号|督办", "number"): lambda own: counted_if_any(len(own.actions)),
        Column("逾期|事项", "number"): lambda own: counted_if_any(own.overdue),
        Column("本期|报送", "mark"): lambda own: own.state,
    }
    caption = "各单位负责的目标和举措"
    table = listing("responsibility", caption, cells, found, note=RESPONSIBILITY_NOTE)
    return replace(table, sortable=True)


def unit_goals_table(own: Duties) -> Table:
    """Return a unit's goals, the worst rating first."""
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("状态", "mark"): verdict_cell,
        Column("最新值", "number"): lambda view: value_cell(view, below=view.latest_label),
        Column("目标", "target"): target_cell,
        **LIKELIHOOD,
        Column("今后须"): lambda view: required_words(view) or numbers.ABSENT,
    }
    worst_first = sorted(own.views, key=lambda view: list(Rating).index(view.verdict.rating))
    return listing("unit-goals", OWN_GOALS, cells, worst_first)


def unit_actions_table(book: Book, own: Duties) -> Table:
    """Return a unit's open actions, the earliest due first."""
    return listing("unit-actions", "未销号的督办事项", action_cells(book), own.actions)


def unit_alerts_table(book: Book, own: Duties) -> Table:
    """Return this edition's warnings that a unit answers for."""
    return listing("unit-alerts", "本期预警", alert_cells(book), own.alerts)


def unit_tasks_table(book: Book, own: Duties) -> Table:
    """Return a unit's yearly tasks, the overdue and the next due first."""
    return own_tasks_table(book, own.tasks)


def unit_measures_table(book: Book, own: Duties) -> Table:
    """Return a unit's measures by status, what is blocked on top."""
    return folded_measures(book, own.measures, "unit-measures", "负责的举措")


def unit_projects_table(book: Book, own: Duties) -> Table:
    """Return a unit's key projects, the overdue nodes first."""
    return own_projects_table(book, own.projects)


def unit_reports_table(own: Duties) -> Table:
    """Return a unit's reports in every edition so far, newest first."""
    cells: Cells[SubmissionRow] = {
        Column("期号", "period"): lambda row: row.edition.label,
        **report_cells(),
    }
    return listing("unit-reports", "各期报送情况", cells, own.reports)
