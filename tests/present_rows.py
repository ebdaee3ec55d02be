"""Rows of saved tables that tests write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, get_type_hints

from planbook.contract import Column, Contract, Row
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookRow
from planbook.periods import Edition
from planbook.present.packs.sections import UnitPack
from planbook.present.tables.table import Table
from planbook.present.views import GoalView
from planbook.project_frames import ProjectRow
from planbook.task_frames import TaskRow
from planbook.watch_frames import ActionRow

Made = TypeVar("Made", OutlookRow, ActionRow, TaskRow, ProjectRow)


def observation(indicator: str, period: str, value: float, **known: Any) -> dict[str, Any]:
    return {
        "indicator_id": indicator,
        "time_period": period,
        "scope": "未注明",
        "vintage": "2026-Q3",
        "accumulation": "",
        "obs_value": value,
        "obs_status": "normal",
        "release_stage": "终核",
        "yoy": float("nan"),
        "yoy_type": "",
        "prior_value": float("nan"),
        "remark": "",
        "visibility": "public",
        "origin": "report",
        "submitting_unit": "",
        "source_file": "",
        "source_sheet": "",
        "source_cell": "",
    } | known


LEVEL = "testing-institutions"  # a goal for a value at the end: its verdict, and what a chart draws
LEVEL_VERDICT: dict[str, Any] = {
    "rating": "达序时",
    "rated_by": "linear",
    "accumulation": "end_of_period",
    "latest_value": 102.0,
    "latest_period": "2026-09",
    "observed_value": 102.0,
    "observed_period": "2026-09",
    "baseline_value": 78.0,
    "baseline_period": "2024-12",
    "target_value": 120.0,
    "path_value": 102.5,
}
LEVEL_OBSERVATIONS = [
    observation(LEVEL, "2026-06", 99.0),
    observation(LEVEL, "2026-09", 102.0, release_stage="快报"),
]
LEVEL_REVISION: dict[str, Any] = {
    "indicator_id": LEVEL,
    "time_period": "2026-06",
    "scope": "未注明",
    "vintage": "2026-Q3",
    "old_vintage": "2026-Q2",
    "old_value": 97.0,
    "new_value": 99.0,
    "declared": True,
    "reason": "核实",
    "source_file": "",
    "source_cell": "",
}
LEVEL_YEARLY_TARGET: dict[str, Any] = {
    "goal_id": LEVEL,
    "year": 2026,
    "target_value": 105.0,
    "source": "",
    "from_edition": "2026-Q1",
}


def year_verdict(year: int, verdict: str, goal: str = LEVEL) -> dict[str, Any]:
    """Return what became of a yearly target, as the edition's table has it."""
    return {
        "goal_id": goal,
        "year": year,
        "target_value": 105.0,
        "observed_value": float("nan"),
        "verdict": verdict,
        "source": "",
        "edition": "2026-Q3",
    }


def outlook(goal: str, edition: str | Edition = "2026-Q3", **known: Any) -> OutlookRow:
    """Return an outlook by the model, with some columns as they are or as cells of a frame."""
    return _made(OutlookRow, {"goal_id": goal, "edition": edition, **MODEL_OUTLOOK, **known})


MODEL_OUTLOOK: dict[str, Any] = {
    "p_method": "model",
    "quantity": "level",
    "judged_period": "2027-12",
    "newest_period": "2026-09",
    "history_periods": 14,
    "quarters_left": 5.0,
    "outlook_low95": 106.0,
    "outlook_low80": 110.0,
    "outlook_mid": 117.0,
    "outlook_high80": 124.0,
    "outlook_high95": 129.0,
    "threshold": 120.0,
    "p_met": 0.25,
    "p_exact": 0.27,
    "own_pace_meets": True,
    "required_per_quarter": 3.6,
    "recent_per_quarter": 3.9,
}


def action(id: str = "a01", **known: Any) -> ActionRow:
    """Return an open action about nothing, to which nobody has replied; columns as of outlooks."""
    return _made(ActionRow, {"action_id": id, "task": f"{id}的任务", **OPEN_ACTION, **known})


def task(id: str = "t01", **known: Any) -> TaskRow:
    """Return a task of a measure that nobody has reported on; columns as of outlooks."""
    return _made(TaskRow, {"task_id": id, "task": f"{id}的任务", **AHEAD_TASK, **known})


AHEAD_TASK: dict[str, Any] = {
    "goal_id": "",
    "measure_id": "software-m01",
    "deliverable": "验收文件",
    "submitting_unit": "software",
    "due_month": "2026-12",
    "first_due_month": "2026-12",
    "decided_in": "任务分解会",
    "opened": "2026-Q1",
    "dropped": "",
    "dropped_in": None,
    "task_state": "near",
    "task_status": None,
    "progress": "",
    "reported_in": None,
    "done_in": None,
    "asked_month": None,
    "visibility": "internal",
    "public_since": None,
    "edition": "2026-Q3",
    "demonstration": False,
}


def project(id: str = "p01", **known: Any) -> ProjectRow:
    """Return a project of a measure that this edition left where it was; columns as of outlooks."""
    return _made(ProjectRow, {"project_id": id, "project": f"{id}的项目", **IN_RESERVE, **known})


IN_RESERVE: dict[str, Any] = {
    "measure_id": "software-m01",
    "goal_id": "",
    "field_id": "software",
    "submitting_unit": "software",
    "stage": "preparation",
    "stage_before": "preparation",
    "opened": "2026-Q1",
    "moved_in": "2026-Q1",
    "total_investment": 10.0,
    "year_investment": 2.5,
    "invested": 1.25,
    "next_node": "取得施工许可",
    "next_month": "2026-12",
    "first_next_month": "2026-12",
    "slipped": 0,
    "overdue": False,
    "problem": "",
    "need": "",
    "left_reason": "",
    "change": "unchanged",
    "reported_in": "2026-Q3",
    "visibility": "internal",
    "public_since": None,
    "edition": "2026-Q3",
    "demonstration": False,
}


YEARLY = "testing-revenue"
YEARLY_VERDICT: dict[str, Any] = {  # of a yearly total within its year
    "rating": "滞后",
    "rated_by": "growth",
    "accumulation": "ytd",
    "latest_value": 246.7,
    "latest_period": "2026-09",
    "is_estimate": True,
    "observed_value": 345.97,
    "observed_period": "2026-12",
    "path_value": 361.0,
    "target_value": 400.0,
}
YEARLY_BAND = {"band_low": 331.0, "band_high": 367.0}


OPEN_ACTION: dict[str, Any] = {
    "goal_id": "",
    "measure_id": "",
    "alert_rule": None,
    "submitting_unit": "office",
    "due_month": "2026-12",
    "first_due_month": "2026-12",
    "decided_in": "第三季度调度会",
    "opened": "2026-Q2",
    "closure": "",
    "closed_in": None,
    "action_status": None,
    "reply": "",
    "replied_in": None,
    "overdue": False,
    "visibility": "internal",
    "public_since": None,
    "edition": "2026-Q3",
    "demonstration": False,
}


def fan(goal: str, *periods: str, middle: float, width: float) -> list[dict[str, Any]]:
    """Return rows of a fan that opens by `width` and rises by half of it each period."""
    return [
        {
            "goal_id": goal,
            "time_period": period,
            "outlook_low95": middle - width * n * 0.5,
            "outlook_low80": middle,
            "outlook_mid": middle + width * n * 0.5,
            "outlook_high80": middle + width * n,
            "outlook_high95": middle + width * n * 1.5,
        }
        for n, period in enumerate(periods, start=1)
    ]


def what_ifs(goal: str, latest: float, threshold: float) -> list[dict[str, Any]]:
    """Return a dozen growths a quarter over five quarters, likelier the higher they end."""
    grown = {n / 200: latest * (1 + n / 200) ** 5 for n in range(-2, 10)}
    return [
        {
            "goal_id": goal,
            "growth": growth,
            "value_at_due": value,
            "p_met": 0.8 if value >= threshold else 0.2,
        }
        for growth, value in grown.items()
    ]


def rows_of(contract: Contract[Row], *rows: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return rows that a test writes as cells of a frame, typed."""
    return contract.rows(contract.frame(rows))


def with_cells(view: GoalView, **cells: Any) -> GoalView:
    """Return the view with some of its verdict as these cells of a frame say."""
    return view.at(replace(view.verdict, **_read(Verdict, cells)))


def _made(row: type[Made], cells: Mapping[str, Any]) -> Made:
    return row(**_read(row, cells))


def _read(row: type[Any], cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return cells of a frame as the row has them; what is no text or number is so already."""
    hints = get_type_hints(row)
    return {
        name: Column.of(hints[name]).read([cell])[0] if type(cell) in (str, float) else cell
        for name, cell in cells.items()
    }


def packed(pack: UnitPack) -> str:
    """Return what the sections of a pack show."""
    shown = (item for section in pack.sections for item in section.content)
    return "".join(str(item.html()) if isinstance(item, Table) else repr(item) for item in shown)


def lines(table: Table) -> list[list[str]]:
    """Return what the cells of a table say, row by row."""
    return [[cell.said for cell in row] for group in table.groups for row in group.rows]


def column(table: Table, head: str) -> list[str]:
    """Return what the cells below a heading say."""
    place = [each.head for each in table.columns].index(head)
    return [row[place] for row in lines(table)]
