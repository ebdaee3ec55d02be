"""What Excel lets a department type: drop-down lists, number ranges, and colours of odd entries.

They help, they do not protect: pasting goes round the lists and ranges, so `reading` checks
everything again. The colours are conditional formats: they also show what was pasted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from planbook.collect.form.form import Form, MeasureLine, ProjectLine, ValueLine
from planbook.collect.form.form_style import AMBER, RED, Styles
from planbook.collect.layout import MEASURES, NOT_APPLICABLE, PROJECTS, REPLIES, TASKS, Table
from planbook.collect.xlsx.number_formats import SHOWS_FRACTIONS
from planbook.project_frames import ProjectStage
from planbook.task_frames import TASK_STATUSES
from planbook.vocabulary import ReleaseStage, Visibility, YoyType
from planbook.watch_frames import ActionStatus

REVISABLE = "revisable"  # the workbook's name for its list of indicators
TASK_SUBJECTS = "task_subjects"  # and for that of measures and goals
_USUAL_YOY = (-100.0, 500.0)  # percent; outside, a department is asked to look again
_NO_NUMBER = (
    f'AND(LEN(TRIM({{cell}}))>0,NOT(ISNUMBER({{cell}})),TRIM({{cell}})<>"{NOT_APPLICABLE}")'
)
_NUMBERS = f"只填数字，不带单位和文字。没有发生填 0，不适用填「{NOT_APPLICABLE}」，暂无数据留空。"
_PROMPTS = {
    "scope": "数据覆盖的地域范围。与所列口径不一致的，改选实际口径，并在备注说明。",
    "prior_value": "与本期同一口径、同一时段的上年数，计量单位相同，只填数字。",
    "yoy": "只填百分号前的数字：增长3.2%填 3.2，下降3.2%填 -3.2。",
    "yoy_type": "名义：按现价计算。实际：扣除价格因素。可比口径：同一批调查单位相比。",
    "stage": "快报：初步汇总。初核：部门核实。终核：年报或最终核定。估计：推算数。",
    "visibility": (
        "数据来自不足三家企业、或者按规定不对外公布的，选「内部」：该指标各期的数值和判定"
        "只在内部版刊出。可以公布的留空，或选「公开」。"
    ),
    "remark": "口径变化、数值异常或暂无数据的，写明原因。",
}
_CONFIRMED = (
    "核对意见要求核实而数值无误的，在这里写明原因（至少四个字），随数据一并公布。不写姓名和电话。"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table sheet, on whose cells rules are put."""

    sheet: Worksheet
    table: Table
    index: int

    def ask(self, key: str, prompt: str, **rule: Any) -> None:
        """Put a prompt on a cell, and a rule where one is given."""
        column = self.table.at(key)
        self.sheet.data_validation(
            self.index,
            column,
            self.index,
            column,
            {
                "validate": "any",
                "input_title": self.table.columns[column].title,
                "input_message": prompt,
                "error_title": self.table.columns[column].title,
                **rule,
            },
        )

    def choose(self, key: str, words: Iterable[str] | str, prompt: str) -> None:
        """Offer words, or the words of a named list, in a cell."""
        source = f"={words}" if isinstance(words, str) else list(words)
        message = "请从下拉列表中选择，不要另写。"
        self.ask(key, prompt, validate="list", source=source, error_message=message)

    def number(self, key: str, usual: tuple[float, float] | None, prompt: str) -> None:
        """Take a number or 「—」; one outside the usual range may be explained."""
        explained = "核实说明" if self.table.has("confirmed") else "备注"
        cell = self.table.cell(self.index, key)
        message = f"只填数字，不带单位；不适用填「{NOT_APPLICABLE}」。"
        rule, kind = f"ISNUMBER({cell})", "stop"
        if usual is not None:
            low, high = usual
            rule, kind = f"AND({rule},{cell}>={low!r},{cell}<={high!r})", "warning"
            message = f"常见范围为 {low:g} 至 {high:g}。{message}"
            message += f"确认无误的可以继续，并在{explained}说明。"
        rule = f'=OR({cell}="{NOT_APPLICABLE}",{rule})'
        self.ask(key, prompt, validate="custom", value=rule, error_message=message, error_type=kind)

    def colour(self, key: str, condition: str, style: Format) -> None:
        """Format a cell while a condition on it, written ``{cell}``, is true."""
        cell = self.table.cell(self.index, key)
        criteria = "=" + condition.format(cell=cell)
        self.sheet.conditional_format(
            cell, {"type": "formula", "criteria": criteria, "format": style}
        )


def guard_values(
    sheet: Worksheet,
    styles: Styles,
    table: Table,
    index: int,
    line: ValueLine,
    *,
    scopes: tuple[str, ...],
) -> None:
    """Guard the entries of a row of 填报表."""
    row = _Row(sheet, table, index)
    usual = line.plausible
    shown = "" if usual is None else f"常见范围 {usual[0]:g} 至 {usual[1]:g}。"
    row.number("value", usual, f"以「{line.unit}」计。{_NUMBERS}{shown}")
    row.number("prior_value", usual, _PROMPTS["prior_value"])
    row.number("yoy", _USUAL_YOY, _PROMPTS["yoy"])
    # fonts, not fills: the fill of a cell is the feedback's, and a condition would hide it
    wrong, odd = (styles.get({"font_color": ink, "bold": True}) for ink in (RED, AMBER))
    for key, bounds in (("value", usual), ("prior_value", usual), ("yoy", _USUAL_YOY)):
        row.colour(key, _NO_NUMBER, wrong)
        if bounds is not None:
            low, high = bounds
            outside = f"OR({{cell}}<{low!r},{{cell}}>{high!r})"
            row.colour(key, f"AND(ISNUMBER({{cell}}),{outside})", odd)
    if not line.decimals:  # so that a fraction that was typed is also seen
        row.colour("value", "{cell}<>INT({cell})", styles.get({"num_format": SHOWS_FRACTIONS}))
    owed = f"应报「{line.period}」。手头数据不到该时期的，选择数据实际所到的时期。"
    row.choose("period", line.periods, owed)
    row.choose("scope", scopes, _PROMPTS["scope"])
    row.choose("yoy_type", YoyType, _PROMPTS["yoy_type"])
    row.choose("stage", ReleaseStage, _PROMPTS["stage"])
    row.ask("remark", _PROMPTS["remark"])
    if table.has("confirmed"):
        row.ask("confirmed", _CONFIRMED)
    if table.has("visibility"):
        words = [visibility.label for visibility in Visibility]
        row.choose("visibility", words, _PROMPTS["visibility"])


def guard_measure(
    sheet: Worksheet, styles: Styles, index: int, line: MeasureLine, form: Form
) -> None:
    """Guard the entries of a row of 举措; a status that is not the last one is printed bold."""
    row, month = _Row(sheet, MEASURES, index), str(form.edition.end)
    last = f"上期为「{line.previous_status}」。" if line.previous_status else ""
    kept = "没有变化的不动，" if form.layout.carries and last else ""
    row.choose("status", line.statuses, f"{last}{kept}从下拉列表中选择。")
    if form.layout.carries and last:
        changed = f'{{cell}}<>"{line.previous_status}"'
        row.colour("status", changed, styles.get({"bold": True}))
    row.ask("progress", "写可核实的事实和数字，一两句话。受阻的写明原因和需要协调的事项。")
    row.ask("completed_on", f"已完成的填完成年月，如 {month}；未完成的留空。")


def guard_reply(sheet: Worksheet, index: int) -> None:
    """Guard the entries of a row of 督办事项."""
    row = _Row(sheet, REPLIES, index)
    row.choose("status", ActionStatus, "从下拉列表中选择。")
    row.ask("text", "写到期末办理到哪一步。已办结的写结果，受阻的写原因和需要协调的事项。")


def guard_task(sheet: Worksheet, index: int, month: str) -> None:
    """Guard what is reported in a row of 年度任务; `month` shows how a month is written."""
    row = _Row(sheet, TASKS, index)
    row.choose("status", TASK_STATUSES, "从下拉列表中选择。")
    row.ask("progress", "写可核实的进展。已完成的写成果、文号、日期等佐证，受阻的写明原因。")
    row.ask("asked", f"不能按时限完成、需要调整的，写拟调整到的年月，如 {month}；核定后生效。")


def guard_new_task(sheet: Worksheet, index: int, month: str) -> None:
    """Guard a row of 年度任务 in which a task may be proposed."""
    row = _Row(sheet, TASKS, index)
    row.choose("about", TASK_SUBJECTS, "从下拉列表中选择本单位的举措、专项或目标。")
    row.ask("task", "写要做成什么，一行一项，能在一个年月前完成。")
    row.ask("deliverable", "写交付什么，如实施方案、验收报告、认定文件。")
    row.ask("due", f"写完成的年月，如 {month}。")


def guard_project(sheet: Worksheet, index: int, line: ProjectLine, month: str) -> None:
    """Guard the entries of a row of 重点项目; `month` shows how a month is written."""
    row = _Row(sheet, PROJECTS, index)
    last = f"上期为「{line.stage}」。" if line.project_id else ""
    amount = f"以「亿元」计，不是万元。{_NUMBERS}"
    row.ask("project", "写项目全称，一行一个。已有的项目不另起一行。")
    row.choose("about", TASK_SUBJECTS, "从下拉列表中选择项目服务的举措、专项或目标。")
    row.choose("stage", [stage.label for stage in ProjectStage], f"{last}从下拉列表中选择。")
    for key in ("total_investment", "year_investment", "invested"):
        row.number(key, None, amount)
    row.ask("next_node", "写下一步做到什么，如取得施工许可。投产、退库的留空。")
    row.ask("next_month", f"写下一节点完成的年月，如 {month}。")
    row.ask("problem", "没有的留空。阶段退回的写明原因。")
    row.ask("need", "写需要哪个单位决定或者协调什么；没有的留空。")
    row.ask("left_reason", "阶段选「退库」的写明原因，其他留空。")
    row.ask("confirmed", _CONFIRMED)
    words = [visibility.label for visibility in Visibility]
    row.choose("visibility", words, "留空为内部。可以在公开版刊出的，选「公开」。")


def guard_revision(
    sheet: Worksheet, table: Table, index: int, label: str, *, offered: bool
) -> None:
    """Guard a row of 修订; `label` shows how a period is written, `offered` whether a list is."""
    row = _Row(sheet, table, index)
    if offered:
        row.choose("indicator", REVISABLE, "从下拉列表中选择要修订的指标。")
    row.ask("period", f"写被修订数据的时期，写法同「填报表」，如 {label}。")
    row.number("old_value", None, "此前报送的数值，只填数字。")
    row.number("new_value", None, "修订后的数值，只填数字。")
    row.ask("reason", "写明为什么修订，如年报核定、单位更正、口径调整。")
    if table.has("confirmed"):
        row.ask("confirmed", _CONFIRMED)
