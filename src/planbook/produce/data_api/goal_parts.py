"""What the file of a goal holds: its objects and their keys, which others' programs rely on.

`planbook.produce.data_api.goal_json` fills them. Numbers are those of the saved tables, to the last
bit. What is not there is ``null``, and a status or reason beside it says why; a figure that a kind
of goal has no use for is ``null`` as well.
"""

from __future__ import annotations

from planbook.contract import Number
from planbook.outlook_frames import OutlookGate, OutlookMethod, OutlookQuantity
from planbook.produce.data_api.api_record import ApiRecord, EditionId, Month, Said, key
from planbook.produce.data_api.book_part import BookPart
from planbook.produce.data_api.watch_parts import (
    ActionPart,
    AlertPart,
    PendingTaskPart,
    ProjectPart,
    TaskPart,
)
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Frequency,
    Kind,
    Labelled,
    Nature,
    Note,
    ObsStatus,
    RatedBy,
    Rating,
    Reason,
    ReleaseStage,
    YearVerdict,
    YoyType,
)


class ValueStatus(Labelled):
    """Why a goal's newest value is there or not."""

    NORMAL = ObsStatus.NORMAL.value, ObsStatus.NORMAL.label
    ESTIMATED = ObsStatus.ESTIMATED.value, ObsStatus.ESTIMATED.label
    NOT_APPLICABLE = ObsStatus.NOT_APPLICABLE.value, ObsStatus.NOT_APPLICABLE.label
    NOT_SENT = ObsStatus.NOT_SENT.value, ObsStatus.NOT_SENT.label
    REFUSED = ObsStatus.REFUSED.value, ObsStatus.REFUSED.label
    GROWTH_ONLY = "growth_only", "只报同比"
    NOT_OWED = "not_owed", "未到报送期"
    BY_PEOPLE = "by_people", "由人工评定，没有数值"
    WITHHELD = "withheld", "不公开"


class BaselineStatus(Labelled):
    """Why a goal's baseline is there or not."""

    KNOWN = "known", "已有"
    MISSING = "missing", "待补"
    NOT_NEEDED = "not_needed", "不需要"
    WITHHELD = "withheld", "不公开"


class IndicatorPart(ApiRecord):
    """What is measured."""

    indicator_id: str
    name: str = key("指标名称")
    unit_measure: Said = key("计量单位", "指标数值的计量单位；空为没有")
    decimals: int = key("小数位数", "书中印出的小数位数；本文件中的数值不舍入")
    nature: Nature = key("数量性质")
    accumulation: Accumulation
    freq: Frequency = key("报送频率")
    every_years: int = key("几年一个数", "大于1的，报送频率为年度，只有某些年度有数值")
    submitting_unit: str
    unit_name: str


class ClausePart(ApiRecord):
    """The plan's own words."""

    quote: str
    section: str
    clause: str = key("印在书中的原文", "全角标点")
    ambiguity: Said = key("原文未明确之处")
    reading: Said = key("本书的理解")


class TargetPart(ApiRecord):
    """What is to be reached, as in force in the edition."""

    kind: Kind
    kind_label: str = key("目标类型的名称")
    direction: Direction
    comparator: Comparator | None
    target_low: Number
    target_high: Number
    unit_measure: Said = key("计量单位", "目标值的计量单位；空为没有")
    due: Month
    base_period: Month | None = key("基期", "方案指明的基期；未指明为空")
    since: Month | None = key("统计起点", "从该月末起累计；不从起点累计的为空")
    words: str = key("目标的文字写法")


class BaselinePart(ApiRecord):
    """What the goal starts from."""

    baseline_value: Number
    baseline_period: Month | None
    scope: Said
    source: Said
    status: BaselineStatus = key(
        "基期值状态", "known 已有，missing 待补，not_needed 不需要，withheld 不公开"
    )


class Judgement(ApiRecord):
    """How a goal was judged in an edition."""

    edition: EditionId
    rating: Rating
    rating_provisional: bool
    reason: Reason | None
    rated_by: RatedBy | None
    pace: Number
    scope: str
    latest_value: Number
    latest_period: Month | None
    value_status: ValueStatus = key("最新值情况", "最新值为空时说明原因")
    release_stage: ReleaseStage | None
    observed_value: Number
    observed_period: Month | None
    is_estimate: bool
    band_low: Number
    band_high: Number
    target_low: Number
    target_high: Number
    target_value: Number
    meeting_value: Number
    path_value: Number
    completion: Number
    increment_completion: Number
    increment_due: Number
    time_elapsed: Number


class NotePart(ApiRecord):
    """Something to know about a verdict."""

    code: Note = key("说明代码")
    text: str = key("说明")


class VerdictPart(Judgement):
    """The verdict of this edition with all its figures."""

    words: str = key("评定的文字表述")
    value_words: str = key("最新值的文字写法", "没有数值时为原因")
    growth_pace: Number
    linear_pace: Number
    share_due: Number
    usual_share: Number
    share_from_history: bool
    elapsed: Number
    horizon: Number
    yoy: Number
    yoy_type: YoyType | None
    prior_value: Number
    owed_period: Month | None
    rating_low: Rating | None
    rating_high: Rating | None
    previous_rating: Rating | None
    met: bool
    met_period: Month | None
    adverse: bool
    exceeded: bool
    carried: bool
    remaining: Number
    required_rate: Number
    required_step: Number
    average_step: Number
    rolling_value: Number
    annual_target: Number
    annual_target_year: int | None
    annual_target_value: Number
    annual_target_verdict: YearVerdict | None
    missed_years: tuple[int, ...]
    assessed_by: Said
    assessed_on: Said
    evidence: Said
    notes: tuple[NotePart, ...] = key("说明")


class OutlookPart(ApiRecord):
    """What an edition expected of the goal at its due date."""

    edition: EditionId
    p_met: Number
    p_method: OutlookMethod | None
    fitted_on: Said
    outlook_gate: OutlookGate | None
    words: Said = key("达标可能性的文字表述")
    quantity: OutlookQuantity | None
    judged_period: Month | None
    newest_period: Month | None
    history_periods: int
    filled_periods: int
    quarters_left: Number
    outlook_low95: Number
    outlook_low80: Number
    outlook_mid: Number
    outlook_high80: Number
    outlook_high95: Number
    threshold: Number
    p_exact: Number
    own_pace_meets: bool
    required_per_quarter: Number
    recent_per_quarter: Number
    reference_cases: int


class FanPart(ApiRecord):
    """What is expected at a time on the way, in the indicator's unit."""

    time_period: Month
    outlook_low95: float
    outlook_low80: float
    outlook_mid: float
    outlook_high80: float
    outlook_high95: float


class WhatIfPart(ApiRecord):
    """What comes of a steady growth."""

    growth: float
    value_at_due: float
    p_met: float


class AnnualTargetPart(ApiRecord):
    """A yearly target in force, and what became of it."""

    year: int
    target_value: float = key("年度目标值", "单位同目标")
    observed_value: Number = key("年度目标对照值", "年末数或全年数，单位同目标；空为没有")
    verdict: YearVerdict
    source: Said


class ObservationPart(ApiRecord):
    """A value of the goal's indicator, as known in the edition."""

    time_period: Month
    period: str = key("数据时期的文字写法")
    accumulation: Accumulation
    scope: str
    vintage: EditionId
    obs_value: Number
    obs_status: ObsStatus
    release_stage: ReleaseStage | None
    yoy: Number
    yoy_type: YoyType | None
    prior_value: Number


class RevisionPart(ApiRecord):
    """A value of the goal's indicator that an edition changed."""

    time_period: Month
    scope: str
    vintage: EditionId
    old_vintage: EditionId
    old_value: Number
    new_value: Number
    declared: bool
    reason: Said = key("修订原因")


class GoalLinks(ApiRecord):
    """Where more stands, from this file."""

    page: str = key("目标页面")
    series: str | None = key("图中数据", "CSV；由人工评定的没有")
    index: str = key("全部目标")


class GoalFile(ApiRecord):
    """All that the book knows of a goal."""

    schema_address: str = key("本文件的 JSON Schema", "相对本文件的地址", alias="schema")
    version: str = key("数据接口版本")
    book: BookPart = key("出自")
    goal_id: str
    name: str
    chapter: str
    chapter_title: str = key("章节名称")
    field_id: str
    field: str
    indicator: IndicatorPart = key("指标")
    clause: ClausePart = key("原文")
    target: TargetPart = key("目标")
    baseline: BaselinePart = key("基数")
    verdict: VerdictPart = key("本期评定")
    history: tuple[Judgement, ...] = key("历次评定", "旧的在前，末项为本期")
    outlook: OutlookPart | None = key("达标可能性", "本期的估计；空为没有")
    outlook_history: tuple[OutlookPart, ...] = key("历期达标可能性", "旧的在前，末项为本期")
    fan: tuple[FanPart, ...] = key("到期前的预测区间", "计量单位同指标")
    what_ifs: tuple[WhatIfPart, ...] = key("不同增速下的结果", "自最新一期起每季稳定变化")
    annual_targets: tuple[AnnualTargetPart, ...] = key("年度目标")
    observations: tuple[ObservationPart, ...] = key(
        "指标数值", "每个时期和口径一项，截至本期最新的数值；旧的在前"
    )
    revisions: tuple[RevisionPart, ...] = key("数据修订")
    alerts: tuple[AlertPart, ...] = key("本期预警")
    actions: tuple[ActionPart, ...] = key("督办事项", "未销号的，和本期销号的")
    tasks: tuple[TaskPart, ...] = key("年度任务", "本期跟踪的，逾期和临近到期的在前")
    pending_tasks: tuple[PendingTaskPart, ...] = key(
        "待核定的年度任务", "各单位提出、尚未核定的，和本期不予核定的；公开版中没有"
    )
    projects: tuple[ProjectPart, ...] = key("重点项目", "服务于本目标的，其余见 projects.json")
    links: GoalLinks = key("相关文件", "相对本文件的地址")
