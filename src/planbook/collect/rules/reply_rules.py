"""Rules on sheet 督办事项: whose actions they are, and what the unit says of them."""

from __future__ import annotations

from planbook.collect.rules.rule import error, warning

UNKNOWN_ACTION = error(
    "unknown-action",
    "督办事项不存在",
    "没有编号为「{observed}」的督办事项，这一行未采用。",
    "不要增加行或改动隐藏的 A 列；用下发的模板重新填报",
)
OTHER_UNITS_ACTION = error(
    "other-units-action",
    "督办事项不属本单位",
    "督办事项「{observed}」由{expected}办理，这一行未采用。",
    "不要粘贴其他单位的行；用下发给本单位的模板重新填报",
)
UNKNOWN_ACTION_STATUS = error(
    "unknown-action-status",
    "办理状态有误",
    "「{observed}」不是{column}（应为{expected}），这一行未采用。",
    "在「{column}」的下拉列表中选择",
)
REPLY_UNEXPLAINED = warning(
    "reply-unexplained",
    "办理情况未写",
    "办理状态为「{observed}」，「办理情况」没有写。",
    "已办结的写明结果，受阻的写明原因和需要协调的事项",
)
STATUS_NOT_GIVEN = warning(
    "status-not-given",
    "办理状态未填",
    "写了办理情况，没有选办理状态。",
    "在「办理状态」的下拉列表中选择",
)
MISSING_REPLY = warning(
    "missing-reply",
    "督办事项未反馈",
    "督办事项「{expected}」（期限{due}）没有反馈。",
    "选择办理状态，写明办理情况；下发的模板没有这一项的，请分析人员另行下发",
)
