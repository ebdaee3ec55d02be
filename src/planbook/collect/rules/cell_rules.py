"""Rules on cells that should hold a number, and on what a count can be at all."""

from __future__ import annotations

from planbook.collect.rules.rule import error, warning

NOT_A_NUMBER = error(
    "not-a-number",
    "不是数字",
    "「{observed}」不是数字（应为不带单位的数值）。",
    "改为数字后重新报送；若无法更正，在 corrections.yaml 中声明更正",
)
UNIT_IN_CELL = error(
    "unit-in-cell",
    "数字带单位",
    "「{observed}」带有文字或单位（应为以「{expected}」计的数值）。",
    "按「{expected}」换算，只填数字后重新报送",
)
UNIT_CONVERTED = warning(
    "unit-converted",
    "单位已换算",
    "「{observed}」带有单位，已按 {expected} 读取。",
    "核对读数；以后按「计量单位」换算，只填数字",
)
NOTE_IN_CELL = error(
    "note-in-cell",
    "数字里有说明",
    "「{observed}」在数字之外还有说明（应为不带文字的数值）。",
    "只填数字；说明写在「备注」，估计数在「数据状态」选「估计」",
)
BRACKETS = error(
    "brackets",
    "数字带括号",
    "「{observed}」带有括号，看不出是负数还是注释。",
    "负数请用负号填写，如 -3.2；不是负数的去掉括号",
)
SCIENTIFIC = error(
    "scientific-notation",
    "科学记数法",
    "「{observed}」是科学记数法的文本。",
    "写出全部数字；列宽不够时加宽，不要改写数字",
)
SCALED_FORMAT = error(
    "scaled-format",
    "显示与数值不同",
    "单元格存的是 {observed}，按显示格式「{expected}」看到的却不是这个数，看不出以哪个为准。",
    "把单元格设为常规数值格式，按「计量单位」填写数字",
)
UNCLEAR_LOOK = error(
    "unclear-look",
    "字形看不清",
    "「{observed}」所在单元格有{expected}，看到的与读到的可能不同。",
    "清除单元格格式，删去不要的字，重新填写",
)
STRUCK_TEXT = warning(
    "struck-text",
    "文字带删除线或看不见",
    "「{observed}」所在单元格有{expected}，不予保留，按普通文字读取并公布。",
    "删去不要的字；要公布的清除单元格格式、取消隐藏",
)
CELL_NOTE = warning(
    "cell-note",
    "单元格有批注",
    "单元格有批注，批注不读取。",
    "需要说明的内容写在「备注」「进展」或「原因」",
)
DATE_IN_CELL = error(
    "date-in-cell",
    "数字变成日期",
    "「{observed}」是日期或时间（应为不带单位的数值）。",
    "把单元格设为数值格式，重新填写数字",
)
ERROR_CELL = error(
    "error-cell",
    "公式出错",
    "单元格是公式错误 {observed}（应为不带单位的数值）。",
    "改正公式，或直接填写数字后重新报送",
)
FORMULA_WITHOUT_VALUE = error(
    "formula-without-value",
    "公式无结果",
    "单元格的公式没有保存结果，无法读取数值。",
    "用 Excel 或 WPS 打开并保存一次，或把公式粘贴为数值后重新报送",
)
PERCENT_FORMAT = warning(
    "percent-format",
    "百分数格式",
    "单元格以百分数填写（{observed}），已按 {expected} 读取。",
    "以「%」为单位的单元格只填百分号前的数字",
)
TEXT_NUMBER = warning(
    "text-number",
    "文本型数字",
    "「{observed}」是文本，已按数值 {expected} 读取。",
    "把单元格设为数值格式，只用半角数字、小数点和负号填写",
)
GROWTH_READ = warning(
    "growth-read",
    "同比以文字填写",
    "「{observed}」已按 {expected} 读取。",
    "核对读数；以后只填百分号前的数字：增长3.2%填 3.2，下降3.2%填 -3.2，持平填 0",
)
WORD_FOR_BLANK = warning(
    "word-for-blank",
    "以文字代替空白",
    "「{observed}」已按暂无数据（留空）读取。",
    "暂无数据的留空，在「备注」说明",
)
ODD_DASH = warning(
    "odd-dash",
    "不适用符号不规范",
    "「{observed}」已按不适用「{expected}」读取。",
    "不适用填「—」；没有发生填 0；暂无数据留空",
)
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
