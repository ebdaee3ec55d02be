"""Reports on key projects that tests write: one a call, as a unit's form gives it."""

from __future__ import annotations

from typing import Any

from planbook.periods import Edition, TimePeriod
from planbook.project_frames import ProjectReportRow, ProjectStage
from planbook.vocabulary import Visibility


def project_report(
    vintage: str, stage: str = "前期", node: str = "取得施工许可", month: str = "", **said: Any
) -> ProjectReportRow:
    """Return what the office said of a project in an edition; `stage` by its Chinese name."""
    (found,) = (each for each in ProjectStage if each.label == stage)
    return ProjectReportRow(
        **{
            "project_id": "p-1",
            "vintage": Edition.parse(vintage),
            "project": "检测中心二期",
            "measure_id": "build",
            "goal_id": "",
            "field": "检验检测",
            "submitting_unit": "office",
            "stage": found,
            "total_investment": 12.5,
            "year_investment": 3.0,
            "invested": 1.0,
            "next_node": node if found.is_open else "",
            "next_month": TimePeriod.parse(month) if month else None,
            "problem": "",
            "need": "",
            "left_reason": "",
            "visibility": Visibility.INTERNAL,
            "source_file": "office.xlsx",
            "source_sheet": "重点项目",
            "source_cell": "F4",
            **said,
        }
    )
