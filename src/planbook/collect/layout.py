"""The workbook's format: sheets, columns, rows and the hidden marks, in one place.

`template` writes by it and `reading` reads by it, so they cannot disagree. `LAYOUTS` holds every
version there has been: a filed workbook is read for ever by the layout of its own version, and what
that version lacks is no finding. What moves, renames or adds something is a new version, beside the
old ones; nothing in an old one changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from planbook.project_frames import PROJECTS_SHEET

TEMPLATE_VERSION = "7"  # of the workbooks that are made now

HEADING_ROW = 2  # counted from 0, on every table sheet: title, sub-title, headings
FIRST_ROW = HEADING_ROW + 1
REVISION_ROWS = 12  # blank rows offered on sheet 修订
TASK_ROWS = (6, 20)  # blank rows offered on sheet 年度任务: during a year, and for the next one
PROJECT_ROWS = 4  # blank rows offered on sheet 重点项目
NOT_APPLICABLE = "—"
_PLACES = 2**14  # addresses remembered: all that the workbooks of a plan use

NOTES_SHEET = "说明"
META_SHEET = "_meta"
FEEDBACK_SHEET = "核对意见"  # added to the copy that goes back to a department
CARRIED_COLUMN = 5  # of sheet _meta: measures and, beside them, the statuses they came with
META_KEYS = ("template_version", "dataset", "edition", "unit")

Role = Literal["id", "fixed", "input", "number", "reference"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table sheet.

    `role`: ``id`` is hidden, ``fixed`` is printed and locked, ``input`` takes words, ``number``
    takes a number or 「—」, ``reference`` is locked and never read.
    """

    key: str
    title: str
    width: float
    role: Role
    align: Literal["left", "center", "right"] = "left"

    @property
    def is_read(self) -> bool:
        return self.role != "reference"

    @property
    def is_entry(self) -> bool:
        """Whether departments fill it in."""
        return self.role in ("input", "number")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet that holds one table, its headings in `HEADING_ROW`."""

    sheet: str
    columns: tuple[Column, ...]
    named_by: str  # the column that tells a person what a row is about

    def has(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)

    def at(self, key: str) -> int:
        """Return the position of a column, counted from 0."""
        for position, column in enumerate(self.columns):
            if column.key == key:
                return position
        raise KeyError(key)

    def cell(self, row: int, key: str) -> str:
        """Return a cell's address as Excel writes it; `row` counts from 0."""
        return address(row, self.at(key))


@lru_cache(maxsize=_PLACES)
def address(row: int, column: int) -> str:
    """Return ``C4`` for row 3, column 2, both counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


@lru_cache(maxsize=_PLACES)
def position(place: str) -> tuple[int, int]:
    """Return row and column of an address, both counted from 0: (3, 2) for ``C4``."""
    letters = place.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(place[len(letters) :]) - 1, column - 1


VALUES = Table(
    "填报表",
    (
        Column("indicator_id", "indicator_id", 2, "id"),
        Column("number", "序号", 5, "fixed", "center"),
        Column("name", "指标名称", 18, "fixed"),
        Column("unit", "计量单位", 7, "fixed", "center"),
        Column("period", "数据时期", 14, "input", "center"),
        Column("scope", "口径", 8, "input", "center"),
        Column("value", "本期值", 11, "number"),
        Column("prior_value", "上年同期值", 11, "number"),
        Column("yoy", "同比（%）", 7, "number"),
        Column("yoy_type", "同比类型", 8, "input", "center"),
        Column("stage", "数据状态", 7, "input", "center"),
        Column("remark", "备注", 11, "input"),
        Column("confirmed", "核实说明", 11, "input"),
        Column("visibility", "公开范围", 6, "input", "center"),
        Column("baseline", "基期值", 10, "reference", "right"),
        Column("previous_1", "前一期", 11, "reference", "right"),
        Column("previous_2", "前二期", 11, "reference", "right"),
        Column("previous_3", "前三期", 11, "reference", "right"),
        Column("previous_4", "前四期", 11, "reference", "right"),
        Column(
            "target", "目标", 13, "reference", "right"
        ),  # printed with the due year: Form.target_heading
        Column("annual_target", "年度目标", 11, "reference", "right"),
    ),
    named_by="name",
)
PREVIOUS = ("previous_1", "previous_2", "previous_3", "previous_4")

MEASURES = Table(
    "举措",
    (
        Column("measure_id", "measure_id", 2, "id"),
        Column("title", "举措", 42, "fixed"),
        Column("status", "状态", 13, "input", "center"),
        Column("progress", "进展", 62, "input"),
        Column("completed_on", "完成时间", 13, "input", "center"),
        Column("previous_status", "上期状态", 13, "reference", "center"),
    ),
    named_by="title",
)

REVISIONS = Table(
    "修订",
    (
        Column("indicator", "指标", 34, "input"),
        Column("period", "数据时期", 22, "input", "center"),
        Column("old_value", "原值", 14, "number"),
        Column("new_value", "新值", 14, "number"),
        Column("reason", "原因", 40, "input"),
        Column("confirmed", "核实说明", 20, "input"),
    ),
    named_by="indicator",
)

REPLIES = Table(  # only in the workbooks of units that have open actions
    "督办事项",
    (
        Column("action_id", "action_id", 2, "id"),
        Column("task", "督办事项", 40, "fixed"),
        Column("due", "办结期限", 12, "fixed", "center"),
        Column("decided_in", "交办依据", 22, "fixed"),
        Column("previous", "上期办理情况", 28, "reference"),
        Column("status", "办理状态", 12, "input", "center"),
        Column("text", "办理情况", 46, "input"),
    ),
    named_by="task",
)

TASKS = Table(  # rows with an id are agreed and locked but for what is reported of them
    "年度任务",
    (
        Column("task_id", "task_id", 2, "id"),
        Column("about", "举措或目标", 26, "input"),
        Column("task", "年度任务", 34, "input"),
        Column("deliverable", "成果形式", 16, "input"),
        Column("due", "完成时限", 12, "input", "center"),
        Column("previous", "上期进展", 20, "reference"),
        Column("status", "状态", 9, "input", "center"),
        Column("progress", "进展与佐证", 32, "input"),
        Column("asked", "拟调整时限", 12, "input", "center"),
    ),
    named_by="task",
)

PROJECTS = Table(  # rows with an id are known ones, filled in as they stood
    PROJECTS_SHEET,
    (
        Column("project_id", "project_id", 2, "id"),
        Column("project", "项目名称", 22, "input"),
        Column("about", "举措或目标", 20, "input"),
        Column("stage", "阶段", 7, "input", "center"),
        Column("total_investment", "总投资（亿元）", 9, "number"),
        Column("year_investment", "本年计划投资（亿元）", 10, "number"),
        Column("invested", "累计完成投资（亿元）", 10, "number"),
        Column("next_node", "下一节点", 18, "input"),
        Column("next_month", "节点时限", 10, "input", "center"),
        Column("problem", "存在问题", 20, "input"),
        Column("need", "需协调事项", 18, "input"),
        Column("left_reason", "退库原因", 13, "input"),
        Column("confirmed", "核实说明", 13, "input"),
        Column("visibility", "公开范围", 7, "input", "center"),
    ),
    named_by="project",
)

# Below the table of 填报表, after one empty row: a row of these labels, and under each its entry.
SIGN_OFF: tuple[tuple[str, str, str], ...] = (  # field of SignOff, label, column of VALUES
    ("head", "单位负责人", "name"),
    ("reviewer", "审核人", "period"),
    ("compiler", "填报人", "value"),
    ("phone", "电话", "prior_value"),
    ("date", "日期", "remark"),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The table sheets of one version of the template.

    `legible`: its letters are of nine points at least when they are printed on A4. `carries`: 举措
    has a heading above each group of measures, and what was last reported of them is filled in.
    `scale`: percent at which sheets on two pages are printed; below 100 there is room for programs
    whose letters, and so whose columns, are wider than Excel's.
    """

    version: str
    values: Table
    measures: Table
    revisions: Table
    replies: Table | None = None
    tasks: Table | None = None
    projects: Table | None = None
    legible: bool = False
    carries: bool = False
    scale: int = 100

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that every workbook of this version has."""
        return (self.values, self.measures, self.revisions)

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """Those, and the ones that only some workbooks have."""
        some = (self.tasks, self.replies, self.projects)
        return (*self.tables, *(each for each in some if each is not None))

    @property
    def explains(self) -> str:
        """The column of 填报表 in which a doubtful figure is explained: before 核实说明, 备注."""
        return "confirmed" if self.values.has("confirmed") else "remark"


def _older(table: Table, lacks: Collection[str], widths: Mapping[str, float]) -> Table:
    """Return a table as an older version had it: without some columns, others wider."""
    columns = tuple(
        replace(column, width=widths.get(column.key, column.width))
        for column in table.columns
        if column.key not in lacks
    )
    return replace(table, columns=columns)


_WIDTHS_2 = {"name": 20.0, "remark": 13.0, "confirmed": 13.0}
_WIDTHS_1 = {"name": 22.0, "remark": 18.0, "baseline": 11.0, "target": 14.0}
LAYOUTS: Mapping[str, Layout] = {
    "1": Layout(
        "1",
        _older(
            VALUES,
            ("confirmed", "visibility"),
            {**_WIDTHS_1, **dict.fromkeys(PREVIOUS, 12.0)},
        ),
        MEASURES,
        _older(REVISIONS, ("confirmed",), {"reason": 60.0}),
    ),
    "2": Layout("2", _older(VALUES, ("visibility",), _WIDTHS_2), MEASURES, REVISIONS),
    "3": Layout("3", VALUES, MEASURES, REVISIONS),
    "4": Layout("4", VALUES, MEASURES, REVISIONS, REPLIES),
    "5": Layout("5", VALUES, MEASURES, REVISIONS, REPLIES, TASKS),
    "6": Layout("6", VALUES, MEASURES, REVISIONS, REPLIES, TASKS, PROJECTS, legible=True),
    TEMPLATE_VERSION: Layout(
        TEMPLATE_VERSION,
        VALUES,
        MEASURES,
        REVISIONS,
        REPLIES,
        TASKS,
        PROJECTS,
        legible=True,
        carries=True,
        scale=90,
    ),
}
NEWEST = LAYOUTS[TEMPLATE_VERSION]
TABLES = {table.sheet: table for table in NEWEST.all_tables}
