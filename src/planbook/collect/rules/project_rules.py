"""Rules on sheet 重点项目: which projects they are, how far they are, what is invested in them."""

from __future__ import annotations

from planbook.collect.rules.rule import doubt, error, warning

UNKNOWN_PROJECT = error(
    "unknown-project",
    "重点项目不存在",
    "没有编号为「{observed}」的重点项目，这一行未采用。",
    "不要改动隐藏的 A 列；新项目填在表末的空行",
)
OTHER_UNITS_PROJECT = error(
    "other-units-project",
    "重点项目不属本单位",
    "重点项目「{observed}」由{expected}填报，这一行未采用。",
    "不要粘贴其他单位的行；用下发给本单位的模板重新填报",
)
PROJECT_INCOMPLETE = error(
    "project-incomplete",
    "重点项目填写不全",
    "重点项目缺少{observed}，这一行未采用。",
    "补齐「项目名称」「举措或目标」「阶段」后重新报送；不再填报的新项目，清空整行",
)
UNKNOWN_PROJECT_SUBJECT = error(
    "unknown-project-subject",
    "项目不知属于哪项举措或目标",
    "「{observed}」不是下拉列表中本单位的举措或目标，这一行未采用。",
    "在「举措或目标」的下拉列表中选择",
)
UNKNOWN_STAGE = error(
    "unknown-stage",
    "项目阶段有误",
    "「{observed}」不是{column}（应为{expected}），这一行未采用。",
    "在「{column}」的下拉列表中选择",
)
SAME_PROJECT = error(
    "same-project",
    "项目重复登记",
    "本单位已有重点项目「{observed}」，这一行未采用。",
    "进展填在已有的那一行；确是另一个项目的，写明区别（如期数、地块）",
)
PROJECT_ELSEWHERE = warning(
    "project-elsewhere",
    "项目名称与其他单位相同",
    "{expected}已填报重点项目「{observed}」。",
    "核对是否同一个项目；同一个项目只由一个单位填报，投资不重复计算",
)
MISSING_PROJECT = warning(
    "missing-project",
    "重点项目未填报",
    "重点项目「{expected}」（{stage}）本期没有填报。",
    "填报本期情况，不再推进的选「退库」；下发的模板没有这一项的，请分析人员另行下发",
)
STAGE_WENT_BACK = warning(
    "stage-went-back",
    "项目阶段退回而没有说明",
    "项目由「{expected}」退回「{observed}」，「存在问题」没有写。",
    "核对阶段；确实退回的，在「存在问题」写明原因",
)
UNKNOWN_PROJECT_VISIBILITY = error(
    "unknown-project-visibility",
    "项目公开范围有误",
    "「{observed}」不是{column}（应为{expected}），按「内部」处理。",
    "在「{column}」的下拉列表中选择；可以公开的选「公开」，其余留空",
)
LEFT_UNEXPLAINED = warning(
    "left-unexplained",
    "退库没有原因",
    "项目阶段为「{observed}」，「退库原因」没有写。",
    "写明退库的原因，如并入其他项目、投资主体终止",
)
REASON_WITHOUT_LEAVING = warning(
    "reason-without-leaving",
    "写了退库原因而没有退库",
    "写了退库原因，项目阶段却为「{observed}」。",
    "确已退库的，阶段选「退库」；没有退库的，清空「退库原因」",
)
NODE_MISSING = warning(
    "node-missing",
    "项目没有下一节点",
    "项目阶段为「{observed}」，{expected}没有写。",
    "写明下一步做到什么、哪一年哪一月前完成",
)
BAD_NODE_MONTH = error(
    "bad-node-month",
    "节点时限有误",
    "节点时限「{observed}」不能用（应为 {expected} 之间的年月），这一格未采用。",
    "写作 2027-06 这样的年月",
)
NODE_MONTH_PAST = error(
    "node-month-past",
    "新的节点时限已过",
    "新填的节点时限「{observed}」已过（应不早于 {expected}），这一格未采用。",
    "写今后的节点；节点已完成的，写再下一个节点",
)
NODE_OVERDUE = warning(
    "node-overdue",
    "项目节点逾期",
    "节点「{expected}」时限为{due}，已过，本期没有更新。",
    "已完成的，写下一个节点；没有完成的，写新的时限，在「存在问题」写明原因",
)
NEGATIVE_INVESTMENT = error(
    "negative-investment",
    "投资额为负",
    "{column}为 {observed}，投资额不能为负，这一格未采用。",
    "核对后改正；没有发生填 0",
)
INVESTED_OVER_TOTAL = doubt(
    "invested-over-total",
    "完成投资大于总投资",
    "累计完成投资 {invested} 亿元，大于总投资 {total} 亿元，改动的一格未采用。",
    "核对两个数和计量单位（亿元）；总投资已调整的，一并改正",
)
YEAR_OVER_TOTAL = doubt(
    "year-over-total",
    "本年计划投资大于总投资",
    "本年计划投资 {year} 亿元，大于总投资 {total} 亿元，改动的一格未采用。",
    "核对两个数和计量单位（亿元）；总投资已调整的，一并改正",
)
INVESTED_FELL = doubt(
    "invested-fell",
    "累计完成投资减少",
    "累计完成投资由 {expected} 亿元减少为 {observed} 亿元，这一格未采用。",
    "累计数只增不减；此前误报的，说明更正的原因",
)
INVESTMENT_LEAPT = doubt(
    "investment-leapt",
    "投资额相差十倍以上",
    "{column}由 {expected} 亿元变为 {observed} 亿元，相差十倍以上，这一格未采用。",
    "核对小数点和计量单位（亿元，不是万元）",
)
HUGE_INVESTMENT = doubt(
    "huge-investment",
    "投资额过大",
    "{column}为 {observed} 亿元，单个项目通常不到 {expected} 亿元，这一格未采用。",
    "核对计量单位（亿元，不是万元）",
)
MEASURE_AHEAD_OF_PROJECTS = warning(
    "measure-ahead-of-projects",
    "举措已完成而项目未投产",
    "举措报「{observed}」，其重点项目却没有投产：{expected}。",
    "核对举措的状态和项目的阶段，改正有误的一项后重新报送；项目不再推进的选「退库」",
)
MEASURE_BEHIND_PROJECTS = warning(
    "measure-behind-projects",
    "举措未启动而项目已开工",
    "举措报「{observed}」，其重点项目却已开工：{expected}。",
    "核对举措的状态和项目的阶段，改正有误的一项后重新报送",
)
