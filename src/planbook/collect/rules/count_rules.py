"""Rules on what a count can be at all."""

from __future__ import annotations

from planbook.collect.rules.rule import error

NEGATIVE_COUNT = error(
    "negative-count",
    "数量为负",
    "数量不能是 {observed}（应为 0 或以上），未采用。",
    "核对后重新填写；减少的家数不填负数，填现有总数",
)
FRACTION_OF_COUNT = error(
    "fraction-of-count",
    "数量不是整数",
    "以「{expected}」计的数量为 {observed}，不是整数，未采用。",
    "核对数值和单位",
)
