"""Rules on whether a row makes sense by itself: its range, and its figures beside each other."""

from __future__ import annotations

from planbook.collect.rules.rule import Rule
from planbook.vocabulary import Severity

_E, _W = Severity.ERROR, Severity.WARNING

IMPLAUSIBLE = Rule(
    "implausible",
    _W,
    "超出常见范围",
    "{observed} 不在常见范围之内（{expected}）。",
    "核对数值和单位；确认无误的在备注说明",
)
NEGATIVE_COUNT = Rule(
    "negative-count",
    _E,
    "数量为负",
    "数量不能是 {observed}（应为 0 或以上）。",
    "核对后重新填写；减少的家数不填负数，填现有总数",
)
FRACTION_OF_COUNT = Rule(
    "fraction-of-count",
    _W,
    "数量不是整数",
    "以「{expected}」计的数量为 {observed}，不是整数。",
    "核对数值和单位",
)
PERCENT_AS_SHARE = Rule(
    "percent-as-share",
    _E,
    "百分数填成小数",
    "{observed} 像是没有乘以 100 的百分数（应约为 {expected}），未采用。",
    "以「%」为单位的单元格填百分号前的数字：3.2% 填 3.2",
)
YOY_CONTRADICTION = Rule(
    "yoy-contradiction",
    _W,
    "同比与两期数值不符",
    "填报的{type}同比为 {observed}%，按本期值和上年同期值计算为 {expected}%，{reason}。",
    "核对本期值、上年同期值、同比和同比类型；口径不同的在备注说明",
)
