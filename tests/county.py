"""A county's annual work report as a new user types it: the template filled in with openpyxl.

The county and its figures are made up.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planbook.run.starting.list_template import template_bytes

Change = Callable[[Workbook], None]
Rows = Sequence[Sequence[Any]]
GOALS = Path(__file__).with_name("fixtures") / "county_goals.csv"

ABOUT = {
    "方案全称": "云溪县2025年《政府工作报告》目标任务",
    "方案简称": "县政府工作报告",
    "书名": "云溪县政府工作报告进展",
    "发布机关": "云溪县人民政府",
    "发布日期": "2025-01-16",
    "地区称呼": "全县",
    "总体目标": "全县经济运行稳中有进，民生福祉持续改善。",
    "起点": "2024-12",
    "到期": "2025-12",
    "第一期": "2025-Q1",
    "编制单位": "县政府督查室",
}
UNITS = (
    ("县发展和改革委员会", "县发改委", "fgw"),
    ("县统计局", None, None),
    ("县农业农村局", "县农业局", "nyj"),
    ("县教育局", None, "jyj"),
    ("县人力资源和社会保障局", "县人社局", None),
)
FIELDS = (
    ("经济增长", "综合目标", "一、主要预期目标", "一", "县统计局"),
    ("投资和项目", None, None, "一", "县发改委"),
    ("现代农业", "乡村振兴", "二、推进乡村全面振兴", "二", "nyj"),
    ("教育就业", "民生实事", "三、办好民生实事", "三", "县教育局"),
    ("政务服务", "自身建设", None, "四", "县发展和改革委员会"),
)
MEASURE_KEYS = ("领域", "举措", "原文", "方式", "类型", "专项")
MEASURES = (
    ("政务服务", "建成县政务服务中心", "建成投用县政务服务中心", "交付类", "项目推进", None),
    ("政务服务", "推进一件事集成办", None, "持续类", None, "企业开办；不动产登记;公租房申请"),
    ("政务服务", "开展政务公开日", "开展政务公开日活动", "年度反复类", None, None),
    ("现代农业", "实施种业振兴", "实施种业振兴行动", "持续类", None, None),
)


def spreadsheet(change: Change | None = None) -> bytes:
    """Return the filled spreadsheet, after a last change of the workbook."""

    def last(book: Workbook) -> None:
        put(book["目标"], "技能培训", "区间上限", 3)
        if change is not None:
            change(book)

    measures = (MEASURE_KEYS, MEASURES)
    return filled_list(ABOUT, UNITS, FIELDS, typed_rows(GOALS), measures, change=last)


def filled_list(
    about: Mapping[str, Any],
    units: Rows,
    fields: Rows,
    goals: tuple[Sequence[str], Rows],
    measures: tuple[Sequence[str], Rows],
    *,
    change: Change | None = None,
) -> bytes:
    """Return the template filled in, after a last change of the workbook."""
    book = load_workbook(io.BytesIO(_template()))
    for row in book["方案"].iter_rows(min_row=4):
        name = str(row[0].value).rstrip("* ")
        if name in about:
            row[1].value = about[name]
    _fill(book["单位"], ("单位名称", "简称", "编号"), units)
    _fill(book["领域"], ("领域", "章", "章的原文标题", "原文出处", "填报单位"), fields)
    _fill(book["目标"], *goals)
    _fill(book["举措"], *measures)
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def _template() -> bytes:
    return template_bytes(rows=45)


def typed_rows(path: Path) -> tuple[Sequence[str], Rows]:
    """Return the headings of a file of rows, and the rows as somebody types them."""
    keys, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    return keys, [[_typed(cell) for cell in row] for row in rows]


def headings(sheet: Worksheet) -> Mapping[str, int]:
    """Return the column of each heading, counted from 1."""
    return {str(cell.value).rstrip("* "): cell.column for cell in sheet[3] if cell.value}


def put(sheet: Worksheet, named: str, column: str, value: Any) -> None:
    """Set a cell in the row whose name, the first or second column, this is."""
    for row in sheet.iter_rows(min_row=6):
        if named in (row[1].value, row[2].value):
            row[headings(sheet)[column] - 1].value = value
            return
    raise KeyError(named)


def _typed(cell: str) -> str | float | None:
    """Return a cell as Excel would hold what was typed."""
    try:
        return float(cell)
    except ValueError:
        return cell or None


def _fill(sheet: Worksheet, keys: Sequence[str], rows: Rows) -> None:
    columns = headings(sheet)
    for number, row in enumerate(rows, start=6):
        for key, value in zip(keys, row, strict=True):
            sheet.cell(number, columns[key]).value = value
