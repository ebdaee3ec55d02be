"""Rules on rows: what they are about, their period, scope and words; measures and revisions."""

from __future__ import annotations

from planbook.collect.rules.rule import doubt, error, warning

UNKNOWN_INDICATOR = error(
    "unknown-indicator",
    "指标不在范围",
    "这一行的指标「{observed}」不在本单位的指标之列，未采用。",
    "不要增加行或改动隐藏的 A 列；用下发的模板重新填报",
)
RENAMED_INDICATOR = warning(
    "renamed-indicator",
    "指标名称被改动",
    "指标名称为「{observed}」（方案中为「{expected}」）。",
    "恢复指标名称；指标含义有变化的，在备注中说明",
)
SWAPPED_INDICATOR = error(
    "swapped-indicator",
    "指标错行",
    "这一行的名称是另一个指标「{observed}」（该行应为「{expected}」），数值未采用。",
    "按模板的指标次序逐行填写，不要移动、粘贴指标名称",
)
CHANGED_UNIT = error(
    "changed-unit",
    "计量单位被改动",
    "计量单位为「{observed}」（应为「{expected}」），数值未采用。",
    "恢复计量单位，按该单位换算后填写",
)
DUPLICATE_ROW = error(
    "duplicate-row",
    "重复行",
    "与第 {observed} 行重复（同一{expected}），两行都未采用。",
    "只保留一行后重新报送",
)
REPEATED_ROW = warning(
    "repeated-row",
    "行重复填写",
    "与第 {observed} 行内容相同（同一{expected}），只采用一行。",
    "删去多余的一行",
)
MISSING_ROW = warning(
    "missing-row",
    "缺少应报行",
    "缺少应报的「{expected}」，按未报处理。",
    "用下发的模板补报，不要删除行",
)
BLANK_VALUE = warning(
    "blank-value",
    "应报未填",
    "「{expected}」本期值为空，按未报处理。",
    "补填数值；没有发生填 0，不适用填「—」",
)
BAD_PERIOD = error(
    "bad-period",
    "数据时期有误",
    "「{observed}」不是可用的数据时期（应为「{expected}」）。",
    "在「数据时期」的下拉列表中选择",
)
PERIOD_OUTSIDE = error(
    "period-outside",
    "数据时期不属本期",
    "数据时期「{observed}」不属于本期（可填「{expected}」）。",
    "本期应报时期的数据填在这一行；以前时期的改动登记在「修订」表",
)
FUTURE_PERIOD = error(
    "future-period",
    "数据时期尚未结束",
    "数据时期「{observed}」到收到日期 {received} 尚未结束，数值未采用。",
    "在「数据时期」中选择已经结束、数据实际所到的时期；该时期结束后再报全期数",
)
BELOW_SIGN_OFF = error(
    "below-sign-off",
    "签署栏之下有数据",
    "第 {observed} 行在签署栏之下，没有读取，其中有指标或数值。",
    "数据只填在签署栏以上原有的行；核对哪个数正确，删去签署栏以下的行后重新报送",
)
TEXT_BELOW_SIGN_OFF = warning(
    "text-below-sign-off",
    "签署栏之下有文字",
    "第 {observed} 行在签署栏之下，没有读取。",
    "需要说明的写在备注；数据填在签署栏以上原有的行",
)
UNKNOWN_SCOPE = error(
    "unknown-scope",
    "口径有误",
    "「{observed}」不是口径（应为{expected}）。",
    "在「口径」的下拉列表中选择",
)
UNKNOWN_VISIBILITY = error(
    "unknown-visibility",
    "公开范围有误",
    "「{observed}」不是公开范围（应为{expected}），数值未采用。",
    "在「公开范围」的下拉列表中选择；可以公布的选「公开」，否则选「内部」",
)
UNKNOWN_WORD = warning(
    "unknown-word",
    "选项有误",
    "「{observed}」不是{column}（应为{expected}），按未填读取。",
    "在「{column}」的下拉列表中选择",
)
WORD_READ = warning(
    "word-read",
    "选项另有写法",
    "「{observed}」已按「{expected}」读取。",
    "核对读法；以后在「{column}」的下拉列表中选择",
)

UNKNOWN_MEASURE = error(
    "unknown-measure",
    "举措不在范围",
    "这一行的举措「{observed}」不在本单位的举措之列，未采用。",
    "不要增加行或改动隐藏的 A 列；用下发的模板重新填报",
)
CONTINUOUS_DONE = error(
    "continuous-done",
    "持续类举措报完成",
    "持续推进的举措没有「{observed}」（应为{expected}），未采用。",
    "仍在开展的选「推进中」，成效写在「进展」",
)
UNKNOWN_STATUS = error(
    "unknown-status",
    "举措状态有误",
    "「{observed}」不是{column}（应为{expected}），未采用。",
    "在「{column}」的下拉列表中选择",
)
BLANK_STATUS = warning(
    "blank-status",
    "举措状态未填",
    "{count}项举措未填状态（{expected}）。",
    "逐条选择状态",
)
BLOCKED_UNEXPLAINED = warning(
    "blocked-unexplained",
    "受阻未写原因",
    "状态为「{observed}」，「进展」没有写明原因。",
    "在「进展」写明受阻的原因和需要协调的事项",
)
BAD_COMPLETION = warning(
    "bad-completion",
    "完成时间有误",
    "「{observed}」不是可用的完成年月（应为{expected}），未采用。",
    "填写完成的年月，如 2026-08",
)
EARLY_COMPLETION = warning(
    "early-completion",
    "完成时间过早",
    "完成时间 {observed} 早于方案的起点（{expected}），未采用。",
    "核对年份，填写完成的年月",
)
COMPLETION_NOT_DONE = warning(
    "completion-not-done",
    "未完成而有完成时间",
    "状态为「{expected}」，完成时间 {observed} 未采用。",
    "已完成的改选状态；预计完成的时间写在「进展」",
)
COMPLETION_CONTRADICTS = error(
    "completion-contradicts",
    "状态与完成时间矛盾",
    "状态为「{status}」，完成时间却是 {observed}（应为{expected}），状态和完成时间均未采用。",
    "期末尚未完成的改选状态，预计完成的时间写在「进展」；已完成的核对完成年月",
)

UNKNOWN_REVISED = error(
    "unknown-revised",
    "修订的指标不在范围",
    "「{observed}」不是本单位的指标，这条修订未采用。",
    "在「指标」的下拉列表中选择",
)
INCOMPLETE_REVISION = error(
    "incomplete-revision",
    "修订不完整",
    "这条修订缺少{expected}，未采用。",
    "补全指标、数据时期和新值后重新报送",
)
REVISION_CONFLICT = error(
    "revision-conflict",
    "修订与填报不一致",
    "修订的新值 {observed} 与本期「填报表」同一时期的数值 {expected} 不一致，未采用修订。",
    "核对后使两处一致",
)
REVISION_WITHOUT_REASON = warning(
    "revision-without-reason",
    "修订未写原因",
    "这条修订没有写明原因（「{observed}」）。",
    "写明为什么修订，如年报核定、单位更正、口径调整（至少四个字）",
)
REVISION_UNCHANGED = warning(
    "revision-unchanged",
    "修订没有改动",
    "新值与原值 {observed} 相同，这条修订没有改动任何数。",
    "核对原值和新值是否填错；没有改动的删去这一行",
)
REVISION_MISMATCH = doubt(
    "revision-mismatch",
    "修订原值不符",
    "原值 {observed} 与此前报送的 {expected} 不一致，这条修订未采用。",
    "核对指标、数据时期和原值；原值填此前报送的数",
)

REVISION_UNKNOWN = warning(
    "revision-unknown",
    "修订的数此前未报",
    "原值 {observed} 无从核对：此前没有报送过这个时期的数据；新值已采用。",
    "核对指标和数据时期",
)

REPEATED_EXPLANATION = warning(
    "repeated-explanation",
    "核实说明雷同",
    "第 {rows} 行的核实说明完全相同：「{observed}」。",
    "逐行写明各自的原因；没有须核实的数值，「核实说明」留空",
)
UNSIGNED = warning(
    "unsigned",
    "签署不全",
    "「填报表」下方的签署{observed}。",
    "补签后重新报送，或由分析人员电话核实",
)
PERSONAL_DATA = warning(
    "personal-data",
    "文字中有姓名或电话",
    "「{expected}」里有签署人姓名或电话号码，公布时以「{observed}」代替。",
    "姓名和电话只填在「填报表」下方的签署栏",
)
