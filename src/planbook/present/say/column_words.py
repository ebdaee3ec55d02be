"""What the columns of the saved tables are called in Chinese, and what they mean.

One name for one column in the workbook, the data package and the pages. A column has the same
meaning in every table; a test goes through the contracts, so that none is without words.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import COUNT, FLAG, NUMBER, TEXT, Dtype

TABLE_TITLES = {
    "verdicts": "目标进展",
    "history": "历期目标进展",
    "observations": "指标数值",
    "measures": "举措进展",
    "submissions": "报送情况",
    "findings": "发现的问题",
    "revisions": "数据修订",
    "corrections": "更正声明",
    "baselines": "基期值",
    "annual_targets": "年度目标",
    "annual_verdicts": "年度目标完成情况",
    "commentary": "分析点评",
    "method_changes": "方法变更",
    "edition_corrections": "更正对照",
    "editions": "各期",
    "outlooks": "历期达标可能性",
    "fans": "到期前的预测区间",
    "what_ifs": "不同增速下的结果",
    "change_reasons": "变化原因",
    "change_steps": "变化原因的逐项测算",
    "actions": "督办事项",
    "tasks": "年度任务",
    "pending_tasks": "待核定的年度任务",
    "projects": "重点项目",
    "alerts": "历期预警",
}

TYPES: dict[Dtype, str] = {TEXT: "文字", NUMBER: "数值", FLAG: "是否", COUNT: "整数"}


@dataclass(frozen=True)
class ColumnWords:
    """A column's name in tables for people, and a sentence about it where the name is not all."""

    title: str
    meaning: str = ""


def _words(text: str) -> dict[str, ColumnWords]:
    """Read lines of ``column | title | meaning``."""
    found = {}
    for line in text.strip().splitlines():
        column, title, *meaning = (part.strip() for part in line.split("|"))
        found[column] = ColumnWords(title, "".join(meaning))
    return found


COLUMN_WORDS = _words(
    """
    goal_id | 目标编号 | 目标页面的地址即由此而来，各期不变
    indicator_id | 指标编号 | 更正声明针对举措、重点项目时，为举措或项目编号
    measure_id | 举措编号 | 举措或专项的编号，各期不变
    parent_id | 所属举措 | 专项所属举措的编号；举措本身为空
    chapter | 章节 | 章节编号，如 digital
    field | 领域 | 细分领域，或工程、保障措施的名称
    field_id | 领域编号 |
    name | 名称 | 目标的名称
    title | 举措 | 举措或专项的名称
    quote | 原文 | 方案原文，标点从原文本
    section | 方案章节 | 原文所在的章节
    unit | 计量单位 | 目标值的计量单位
    kind | 目标类型 | 怎样判定的代码，见「方法」
    type | 举措类型 | 类型代码
    pattern | 跟踪方式 | deliverable 交付类，continuous 持续类，recurring 年度反复类
    direction | 方向 | up 越高越好，down 越低越好
    scope | 口径 | 数值覆盖的区域；来源没有说明的为「未注明」
    baseline_value | 基期值 | 计量单位同指标；空为基数待补或不需要
    baseline_period | 基期 | 基期值所描述时期的最后一个月
    latest_value | 最新值 | 计量单位同指标
    latest_period | 数据时期 | 最新值所描述时期的最后一个月
    latest_status | 最新值状态 | 代码同 obs_status
    target_low | 目标值 | 区间目标为下限
    target_high | 目标上限 | 仅区间目标有
    target_value | 判定用目标值 | 公式中的 T：区间目标为下限，较基年增长的目标已折算为数值
    meeting_value | 达标值 | 公式中的 T*：达到此数即为达到目标，应达路径止于此数
    comparator | 比较方式 | >= 达到，> 超过，<= 不高于，~ 左右，range 区间
    completion | 目标完成率 | 数值与目标之比，1 即 100%
    increment_completion | 增量完成率 | 已完成增量与全部增量之比，可与应达进度比较
    increment_due | 应达进度 | 此时应完成的增量占全部增量的份额，增量完成率与之比较
    time_elapsed | 序时进度 | 已过时间占全部时间的份额
    growth_pace | 增长进度比 | 实际年均变化与所需年均变化之比
    linear_pace | 序时进度比 | 已完成的增量份额与应完成的增量份额之比
    pace | 评定所用进度比 | 已取得的进展与应取得的进展之比；按个数对照而应达不足1个的为空
    rating | 状态 | 由进度比得出，见「方法」
    rating_provisional | 初步 | True 为推算的误差范围之内状态还可能不同，或者误差范围未知
    rating_low | 推算下端的状态 | 推算数取误差范围下端时的状态
    rating_high | 推算上端的状态 | 推算数取误差范围上端时的状态
    previous_rating | 上期状态 |
    reason | 原因 | 无法判定的原因；其他状态为空
    edition | 期号 | 如 2026-Q3；更正版为 2026-Q3.1
    demonstration | 示例数据 | True 为虚构的示例数据
    submitting_unit | 填报单位 | 填报单位编号
    unit_name | 填报单位名称 |
    due | 到期 | 目标到期的月份
    accumulation | 累计方式 | ytd 年初累计、end_of_period 期末、year 全年、since_start 规划期以来
    release_stage | 数据阶段 | 快报、初核、终核或估计
    yoy | 同比 | 填报的同比，百分数：3.2 即 3.2%
    yoy_type | 同比类型 | 名义、实际或可比口径
    prior_value | 上年同期值 |
    owed_period | 应报时期 | 截至本期应报的最后一个月
    observed_value | 判定所用值 | 公式中的 v
    observed_period | 判定所用时期 |
    elapsed | 已过年数 | 自基期起
    horizon | 全程年数 | 基期至到期
    path_value | 应达值 | 评定所用的路径在该时期的数值，路径止于达标值
    share_due | 应走份额 | 此时应走完的路程份额：按时间、往年同期占比或者年末认定
    rated_by | 评定办法 | growth 增长进度比，linear 序时进度比，whole_units 按个数对照等
    is_estimate | 是否推算 | True 为推算的全年数
    band_low | 推算下端 | 本年全年推算数80%误差范围的下端，单位同判定所用值；空为没有或未知
    band_high | 推算上端 | 推算数80%误差范围的上端
    usual_share | 往年同期占比 | 往年到该月占全年的份额
    share_from_history | 占比有无历史依据 | False 为按月份数均摊
    met | 已达到目标 |
    met_period | 达到目标的时期 | 据以认定达到目标的数值的时期；未达到的为空
    adverse | 比上年同期变差 |
    exceeded | 超额 | 高于区间上限
    carried | 沿用 | 本期没有新的应报数，沿用最近一次的数
    remaining | 尚差 | 与目标之差
    required_rate | 尚需年均增速 | 份额，0.26 即 26%
    required_step | 每期尚需 | 平均每期，至到期
    average_step | 每期平均 | 截至目前
    rolling_value | 最近十二个月合计 |
    annual_target | 年度目标值 | 判定所用时期当年的年度工作目标，单位同目标
    annual_target_source | 年度目标来源 |
    annual_target_year | 年度目标年份 |
    annual_target_value | 年度目标对照值 | 与年度目标比较的年末数或全年数，单位同目标；空为没有
    annual_target_verdict | 年度目标判定 | 达到、未达到、年度未结束或本年目标无数据；不影响状态
    assessed_by | 评定单位 |
    assessed_on | 评定日期 |
    evidence | 评定依据 |
    missed_years | 未达标年度 | 每年达标类目标中已结束而未达标的年度
    notes | 说明代码 |
    time_period | 数据时期 | 数值所描述时期的最后一个月，如 2026-09
    vintage | 报送期号 | 得知该数值的期号
    old_vintage | 原报送期号 |
    obs_value | 数值 | 计量单位同指标；空表示没有数值，不表示 0
    obs_status | 数值状态 | normal 正常、estimated 估计、not_applicable 不适用、not_sent 未报等
    visibility | 公开范围 | internal：有一期如此的指标，公开版不刊出
    remark | 备注 |
    origin | 来源 | report 填报，revision 修订，correction 更正声明，history 历史数据
    source_file | 来源文件 |
    source_sheet | 工作表 |
    source_cell | 单元格 |
    status | 状态 | 最近一次报送的状态；空为从未报送
    progress | 进展 | 最近一次报送的进展
    completed_on | 完成时间 |
    status_since | 状态始于 | 自哪一期起为该状态
    last_reported | 最近报送 | 最近一次报送的期号
    stale | 本期未报 | True 为本期没有报送，沿用以前的状态
    previous_status | 上期状态 |
    state | 报送状态 | 按时、迟报、未报、拒收或本期无应报
    deadline | 截止日期 |
    received_on | 收到日期 |
    file | 文件 |
    sha256 | 文件校验值 | 文件的 sha256
    superseded | 被替代的文件数 | 同期较早收到、已被替代的文件
    owed | 应报 | 应报的指标时期数
    reported | 已报 | 其中已有数值或「—」的
    errors | 错误 | 须改正后重报的问题数
    warnings | 提示 | 照常采用但须核实的问题数
    rule | 规则 | 检查规则的编号
    severity | 程度 | error 错误，warning 提示
    message | 问题 |
    sheet | 工作表 |
    cell | 单元格 |
    observed | 收到的内容 |
    expected | 应为 |
    remedy | 处理办法 |
    old_value | 原值 |
    new_value | 新值 |
    declared | 已申报 | True 为在修订表或更正声明中申报过
    correction_id | 更正编号 |
    action | 做法 | override 改用，drop 不采用，flag 照用并注明存疑
    expect | 原填报 |
    value | 更正为 |
    decided_by | 决定单位 |
    from_edition | 起用期号 | 自哪一期起有效
    source | 出处 |
    note | 备注 |
    year | 年度 |
    verdict | 年度目标判定 | 达到、未达到、年度未结束或本年目标无数据
    author | 撰写单位 | 填报单位编号
    written_on | 撰写日期 |
    written_for | 撰写时的数据 |
    text | 正文 |
    changed_in | 变更所在 | plan 方案文件中的设置，code 程序中的规则
    key | 变更项 | 目标或指标的编号和键，如 throughput.target；程序的规则为其序号
    was | 原为 | 空为此前没有
    now | 现为 | 空为不再有
    what | 更正内容 | 与被更正的一期不同之处
    value_before | 更正前数值 | 被更正的一期中的最新值，计量单位同指标
    value_after | 更正后数值 | 本期的最新值
    rating_before | 更正前状态 | 空为被更正的一期中没有该目标
    rating_after | 更正后状态 |
    corrects | 更正的期号 | 更正版所更正的一期
    label | 期名 |
    edition_state | 发布状态 | 编制本书时各期的状态；本期自身为编制中
    released | 发布日期 | 空为没有发布
    p_method | 可能性的依据 | 数列模型、短数列模型或同类情形的历史频率；空为不给
    fitted_on | 系数测定日期 | 空为没有用模型；依据和日期都相同的两期，可能性才可比较
    outlook_gate | 不用模型的原因 | 空为用模型
    quantity | 预测的量 | level 到期时的水平，year_sum 年度总量，remaining_sum 还要增加的总量
    judged_period | 预测的时期 | 所预测的年、月的最后一个月
    newest_period | 所用数据的截止时期 | 预测所用最新数据的最后一个月
    history_periods | 数列长度 | 所用历史的期数
    filled_periods | 推算的期数 | 其中缺数而推算的期数
    quarters_left | 距到期季数 | 从所用最新数据到预测的时期
    outlook_low95 | 95%区间下限 | 计量单位同指标
    outlook_low80 | 80%区间下限 | 计量单位同指标
    outlook_mid | 预测中值 | 计量单位同指标
    outlook_high80 | 80%区间上限 | 计量单位同指标
    outlook_high95 | 95%区间上限 | 计量单位同指标
    threshold | 达标值 | 与预测相比的值，计量单位同指标
    p_met | 达标可能性 | 0至1，取5%的整数倍，不低于5%、不高于95%
    p_exact | 未取整的达标可能性 | 0至1
    own_pace_meets | 按现有步伐可否达标 |
    required_per_quarter | 此后每季平均还需 | 计量单位同指标
    recent_per_quarter | 近四季平均 | 计量单位同指标
    reference_cases | 同类情形数 | 历史频率所依据的情形个数
    growth | 假定的每季增速 | 0.02即每季2%
    value_at_due | 到期时的值 | 计量单位同指标
    compared_with | 对比期 | 与哪一期相比
    old_rating | 上期状态 |
    new_rating | 本期状态 |
    old_pace | 上期进度比 |
    new_pace | 本期进度比 |
    part_data | 新的数据 | 进度比变化中由新数据带来的部分
    part_revision | 数据修订 | 进度比变化中由修订带来的部分
    part_time | 时间推移 | 进度比变化中由时间推移带来的部分
    part_target | 目标或方法调整 | 进度比变化中由目标或方法调整带来的部分
    main_factor | 主要原因 | 与变化方向相同、影响最大的一项
    factors_alone | 单独足以改变状态的原因 |
    turned_by | 判定条件的变化 | 一方没有进度比时，由什么引起
    new_data | 用本期数据 | 逐项测算中是否用本期的数据
    new_revision | 用修订后的数 | 逐项测算中是否用修订后的数
    new_time | 用本期时间 | 逐项测算中是否用本期的时间
    new_target | 用本期目标 | 逐项测算中是否用本期的目标和方法
    action_id | 督办编号 |
    alert_rule | 预警规则 |
    task | 事项 | 督办事项或年度任务要办的事
    due_month | 期限 | 应办结或完成的月份
    first_due_month | 最初的期限 |
    decided_in | 依据 | 交办或核定的会议、文件
    opened | 起始期号 | 交办、核定或首次填报的期号
    closure | 销号情况 | 空为尚未销号
    closed_in | 销号期号 |
    action_status | 办理状态 | 责任单位最近一次反馈
    reply | 办理情况 | 责任单位最近一次反馈
    replied_in | 反馈期号 |
    overdue | 是否逾期 |
    public_since | 公开始于 | 从哪一期起一直公开；空为内部
    task_id | 任务编号 |
    deliverable | 成果形式 | 完成时交付什么
    dropped | 取消说明 | 空为没有取消；提出的任务不予核定的，也写在这里
    amount | 更正的投资额 | 重点项目的 total_investment、year_investment 或 invested
    dropped_in | 取消期号 |
    proposed_in | 提出期号 | 最初在哪一期的填报表中提出
    task_state | 任务状况 | overdue 逾期、near 临近到期、ahead 未到期、done 完成、dropped 取消
    task_status | 任务状态 | 责任单位最近一次填报；空为从未填报
    reported_in | 填报期号 | 最近一次填报的期号
    done_in | 完成期号 | 自哪一期起报为已完成
    asked_month | 拟调整时限 | 责任单位申请调整到的月份，尚未核定
    project_id | 项目编号 | 首次填报时给定，各期不变，不再给别的项目
    project | 项目名称 |
    stage | 项目阶段 | 从 idea 谋划到 producing 投产，left 退库，见「术语」
    stage_before | 上期阶段 | 空为本期新增
    moved_in | 进入本阶段的期号 |
    total_investment | 总投资 | 亿元
    year_investment | 本年计划投资 | 亿元；空为没有填报本年的计划
    invested | 累计完成投资 | 亿元，自开始以来
    next_node | 下一节点 | 下一个要完成的环节；投产和退库的为空
    next_month | 节点时限 | 应完成下一节点的月份
    first_next_month | 节点最初时限 | 这一节点最初填报的月份
    slipped | 节点延期月数 | 现在的时限比最初的晚几个月
    problem | 存在问题 |
    need | 需要协调的事项 |
    left_reason | 退库原因 |
    change | 本期变化 | new 新增、moved 进阶、slipped 延期等，见「术语」
    since | 自哪一期起 |
    measured | 实测值 | 各规则的含义见「方法」
    limit | 界限 | 各规则的含义见「方法」
    compared | 对照值 | 各规则的含义见「方法」
    period | 所涉时期 |
    action_ids | 对应的督办事项 |
    unanswered | 未交办的期数 | 预警持续而没有对应督办事项的期数
    """
)


def columns_caption(table: str) -> str:
    return f"{TABLE_TITLES[table]}（{table}）的各列"


def no_table(table: str) -> str:
    return f"没有数据表「{table}」。现有：{'、'.join(TABLE_TITLES)}"
