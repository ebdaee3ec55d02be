"""Rules on sheet 年度任务: whose tasks they are, what is reported of them, what is proposed."""

from __future__ import annotations

from planbook.collect.rules.rule import error, warning

UNKNOWN_TASK = error(
    "unknown-task",
    "年度任务不存在",
    "没有编号为「{observed}」的年度任务，这一行未采用。",
    "不要改动隐藏的 A 列；新增任务填在表末的空行",
)
OTHER_UNITS_TASK = error(
    "other-units-task",
    "年度任务不属本单位",
    "年度任务「{observed}」由{expected}承担，这一行未采用。",
    "不要粘贴其他单位的行；用下发给本单位的模板重新填报",
)
UNKNOWN_TASK_STATUS = error(
    "unknown-task-status",
    "任务状态有误",
    "「{observed}」不是{column}（应为{expected}），这一行未采用。",
    "在「{column}」的下拉列表中选择",
)
TASK_UNEXPLAINED = warning(
    "task-unexplained",
    "任务没有佐证",
    "任务状态为「{observed}」，「进展与佐证」没有写。",
    "已完成的写明成果和文号、日期等佐证，受阻的写明原因",
)
TASK_STATUS_NOT_GIVEN = warning(
    "task-status-not-given",
    "任务状态未填",
    "写了进展或拟调整时限，没有选任务状态。",
    "在「状态」的下拉列表中选择",
)
MISSING_TASK = warning(
    "missing-task",
    "年度任务未填报",
    "年度任务「{expected}」（时限{due}）没有填报进展。",
    "选择状态，写明进展；下发的模板没有这一项的，请分析人员另行下发",
)
TASK_REOPENED = warning(
    "task-reopened",
    "任务由已完成退回",
    "任务「{expected}」此前报「已完成」，本期报「{observed}」。",
    "核对；此前误报的，在「进展与佐证」说明",
)
UNKNOWN_TASK_SUBJECT = error(
    "unknown-task-subject",
    "任务不知属于哪项举措或目标",
    "「{observed}」不是下拉列表中本单位的举措或目标，这条新任务未采用。",
    "在「举措或目标」的下拉列表中选择",
)
TASK_INCOMPLETE = error(
    "task-incomplete",
    "新任务填写不全",
    "新任务缺少{observed}，未采用。",
    "补齐「举措或目标」「年度任务」「成果形式」「完成时限」后重新报送；不再提出的，清空整行",
)
BAD_TASK_MONTH = error(
    "bad-task-month",
    "任务时限有误",
    "{column}「{observed}」不能用（应为 {expected} 之间的年月），这一格未采用。",
    "写作 2027-06 这样的年月",
)
TASK_NOT_AGREED = warning(
    "task-not-agreed",
    "新任务尚未核定",
    "新提出的任务要核定后才跟踪，所填状态、进展未采用。",
    "核定后在下一期的模板中填报",
)
MEASURE_AHEAD_OF_TASKS = warning(
    "measure-ahead-of-tasks",
    "举措已完成而任务未完成",
    "举措报「{observed}」，其任务却没有完成：{expected}。",
    "核对举措和任务的状态，改正有误的一项后重新报送；任务不必再做的，请分析人员取消",
)
MEASURE_BEHIND_TASKS = warning(
    "measure-behind-tasks",
    "举措未启动而任务已推进",
    "举措报「{observed}」，其任务却已推进：{expected}。",
    "核对举措和任务的状态，改正有误的一项后重新报送",
)
MEASURE_HIDES_BLOCKED = warning(
    "measure-hides-blocked",
    "举措推进中而任务全部受阻",
    "举措报「{observed}」，其未完成的任务却全部受阻：{expected}。",
    "核对举措和任务的状态；确实受阻的，举措改报「受阻」并写明原因",
)
NO_TASKS_FOR_MEASURE = warning(
    "no-tasks-for-measure",
    "举措没有年度任务",
    "有{count}项举措没有{year}任务：{expected}。",
    "在「年度任务」表的空行逐项提出；不分解任务的，向分析人员说明",
)
