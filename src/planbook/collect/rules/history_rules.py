"""Rules on what a workbook says against what was reported before.

What changes may be right: the value is taken and the question published beside it, but for a
running total that plainly falls.
"""

from __future__ import annotations

from planbook.collect.rules.rule import doubt, warning

FALLING_TOTAL = doubt(
    "falling-total",
    "累计数下降",
    "累计到{period}为 {observed}{unit}，少于此前报送的{earlier} {expected}{unit}，须核实。",
    "核对是否误填当月或当季数；前期数有改动的，登记在「修订」表",
)
SLIGHT_FALL = warning(
    "slight-fall",
    "累计数略有下降",
    "累计到{period}为 {observed}{unit}，略少于此前报送的{earlier} {expected}{unit}。",
    "前期数有改动的，登记在「修订」表",
)
JUMP = warning(
    "jump",
    "与历史相比突变",
    "{observed}{unit} 是{basis} {expected}{unit} 的 {ratio} 倍，"
    "超出 1/{limit} 至 {limit} 倍的界限。",
    "核对小数点、位数和单位；确有突变的在备注说明原因",
)
ZERO_AFTER_VALUES = warning(
    "zero-after-values",
    "由有数变为 0",
    "本期填 0，而{basis}为 {expected}{unit}。",
    "没有发生才填 0；暂无数据的留空，不适用的填「—」",
)
DASH_AFTER_VALUES = warning(
    "dash-after-values",
    "由有数变为不适用",
    "本期填「—」，此前{period}为 {expected}，备注没有说明。",
    "指标不再适用的在备注说明；暂无数据的留空",
)
UNDECLARED_CHANGE = warning(
    "undeclared-change",
    "改动未登记",
    "{period}此前报送 {expected}{unit}，本次为 {observed}{unit}，「修订」表没有登记。",
    "在「修订」表登记原值、新值和原因；误改的恢复原值",
)
PRIOR_DIFFERS = warning(
    "prior-differs",
    "上年同期值与上年报送数不符",
    "上年同期值为 {observed}{unit}，而{period}报送的是 {expected}{unit}，「修订」表没有登记。",
    "核对上年同期值；上年数确有改动的，登记在「修订」表，口径不同的在备注说明",
)
CHANGED_SCOPE = warning(
    "changed-scope",
    "口径变化",
    "口径为「{observed}」，此前为「{expected}」，两者不能直接比较。",
    "核对口径；确已改变的在备注说明，并补报同口径的基期值和上年同期值",
)
STAGE_BACK = warning(
    "stage-back",
    "数据状态倒退",
    "{period}此前已是「{expected}」，本次为「{observed}」。",
    "核对数据状态；已核定的数据有改动的，登记在「修订」表",
)
STATUS_BACK = warning(
    "status-back",
    "举措状态倒退",
    "状态由「{expected}」（{edition}）变为「{observed}」。",
    "核对状态；确需重新开展的，在「进展」说明原因",
)
NOTHING_CHANGED = warning(
    "nothing-changed",
    "与上期完全相同",
    "各项数值、举措状态和进展与上次报送的完全相同。",
    "核对是否把上期的表改了期号报来；确无变化的在备注说明",
)
