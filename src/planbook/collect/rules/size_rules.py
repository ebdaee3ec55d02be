"""Rules on the size of a figure: against what is known of it, and against the others of its row.

A figure that is off by a power of ten, has lost its sign or stands in another's place would be a
wrong number in the book: an error, until the department confirms it. What is merely unusual is a
warning.
"""

from __future__ import annotations

from planbook.collect.rules.rule import doubt, error, warning

_UNITS = "核对小数点、位数和计量单位"

SCALE = doubt(
    "scale",
    "数量级存疑",
    "{observed}{unit} 是{basis} {expected}{unit} 的 {ratio} 倍，须核实。",
    _UNITS,
)
PRIOR_SCALE = doubt(
    "prior-scale",
    "上年同期值数量级存疑",
    "上年同期值 {observed}{unit} 是{basis} {expected}{unit} 的 {ratio} 倍，须核实。",
    _UNITS,
)
IMPLAUSIBLE = doubt(
    "implausible",
    "超出常见范围",
    "{what}{observed} 不在常见范围之内（{expected}），须核实。",
    "核对数值和单位",
)
NEGATIVE_VALUE = doubt(
    "negative-value",
    "数值为负",
    "数值为 {observed}，而{basis}为 {expected}，须核实。",
    "核对正负号；当月数、增减额不填在这里，填累计数或余额",
)
ZERO_VALUE = doubt(
    "zero-value",
    "数值为 0",
    "填 0，而{basis}为 {expected}{unit}，须核实。",
    "没有发生才填 0；暂无数据的留空，不适用的填「—」",
)
PERCENT_AS_SHARE = doubt(
    "percent-as-share",
    "百分数填成小数",
    "{observed} 像是没有乘以 100 的百分数（应约为 {expected}），须核实。",
    "以「%」为单位的单元格填百分号前的数字：3.2% 填 3.2",
)
MAYBE_SHARE = warning(
    "maybe-share",
    "百分数不足 1",
    "{observed} 不足百分之一，远低于目标 {expected}，没有以往数据可以对照。",
    "核对是否漏乘 100：3.2% 填 3.2",
)
EXCHANGED = doubt(
    "exchanged",
    "本期值与上年同期值互换",
    "本期值 {observed} 和上年同期值 {prior} 像是填反了（{reason}），须核实。",
    "核对两个单元格是否填反",
)
ROW_CONTRADICTION = doubt(
    "row-contradiction",
    "本期值、上年同期值、同比矛盾",
    "本期值 {observed} 是按上年同期值 {prior}、同比 {yoy}% 推算的 {expected} 的 {ratio} 倍。",
    "逐一核对本期值、上年同期值和同比的小数点、位数和单位",
)
YOY_SHIFTED = doubt(
    "yoy-shifted",
    "同比小数点有误",
    "同比 {observed}% 像是小数点有误：按本期值和上年同期值计算为 {expected}%。",
    "填百分号前的数字：增长3.2%填 3.2",
)
YOY_SIGN = doubt(
    "yoy-sign",
    "同比正负号相反",
    "同比 {observed}% 与按本期值和上年同期值计算的 {expected}% 正负号相反。",
    "核对正负号：增长3.2%填 3.2，下降3.2%填 -3.2",
)
YOY_IMPOSSIBLE = error(
    "yoy-impossible",
    "同比低于 -100%",
    "同比为 {observed}%，降幅不能超过 100%，未采用。",
    "核对同比；由正转负的填「—」，在备注说明",
)
YOY_UNUSUAL = warning(
    "yoy-unusual",
    "同比过大",
    "同比为 {observed}%，超过 {expected}%，没有上年同期值可以对照。",
    "核对小数点，补填上年同期值；确有此增幅的在备注说明",
)
YOY_CONTRADICTION = warning(
    "yoy-contradiction",
    "同比与两期数值不符",
    "填报的{type}同比为 {observed}%，按本期值和上年同期值计算为 {computed}%，{reason}。",
    "核对本期值、上年同期值、同比和同比类型；口径不同的在备注说明",
)
