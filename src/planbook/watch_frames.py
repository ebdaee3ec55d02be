"""The contracts of the tables about what changed, what warns and what is done about it.

They are saved with those of `planbook.frames`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planbook.contract import Contract, Number
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Labelled, Rating, Visibility


class ChangeFactor(Labelled):
    """What can change a pace from one edition to the next."""

    DATA = "data", "新的数据"
    REVISION = "revision", "数据修订"
    TIME = "time", "时间推移"
    TARGET = "target", "目标或方法调整"


class ChangeGate(Labelled):
    """What opened or closed, where there is no pace on one side to split."""

    REPORTED = "reported", "有了数据"
    NOT_REPORTED = "not_reported", "没有数据"
    SCOPE = "scope", "口径变化"
    BASELINE = "baseline", "基数变化"
    MET = "met", "达到目标"
    FALLEN = "fallen", "不再达标"
    DUE = "due", "到期"
    STEADINESS = "steadiness", "达标是否稳定"
    MISSED_YEAR = "missed_year", "已有年度未达标"
    AMOUNT_DUE = "amount_due", "应完成量从无到有"
    ASSESSED = "assessed", "人工评定"
    OTHER = "other", "判定条件变化"


class AlertRule(Labelled):
    """The rules of early warning; the value is the rule's id.

    In the order of every list and table: what is lost, what may be lost, what is unusual, what is
    not known, who is silent.
    """

    DUE_PASSED = "due-passed", "到期未达成"
    FALLEN_OUT = "fallen-out", "达标后回落"
    LIKELIHOOD_CROSSED = "likelihood-crossed", "可能性转低"
    LIKELIHOOD_DROPPED = "likelihood-dropped", "可能性大降"
    BEYOND_HISTORY = "beyond-history", "所需增速超出历史"
    RATING_FELL = "rating-fell", "状态变差"
    YEARLY_TARGET_MISSED = "yearly-target-missed", "年度目标未达到"
    REVERSAL = "reversal", "趋势转折"
    OUTLIER = "outlier", "异常波动"
    LARGE_REVISION = "large-revision", "修订幅度大"
    UNJUDGED = "unjudged", "持续无法判定"
    MEASURE_BLOCKED = "measure-blocked", "举措持续受阻"
    MEASURE_SILENT = "measure-silent", "举措无进展说明"
    UNIT_LATE = "unit-late", "单位连续迟报"
    ACTION_OVERDUE = "action-overdue", "督办事项逾期"


class ActionStatus(StrEnum):
    """Where an action stands by its unit's last reply; only the office closes it."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "办理中"
    DONE = "已办结"
    BLOCKED = "受阻"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeReasonRow:
    """Why a goal's rating or pace is another than in the edition before.

    The four parts add up to the difference of the paces; they are there only where both editions
    have a pace. Else `turned_by` names what opened or closed.
    """

    goal_id: str
    edition: Edition
    compared_with: Edition
    old_rating: Rating
    new_rating: Rating
    old_pace: Number = None
    new_pace: Number = None
    part_data: Number = None
    part_revision: Number = None
    part_time: Number = None
    part_target: Number = None
    main_factor: ChangeFactor | None = None  # the largest in the direction of the change
    factors_alone: tuple[ChangeFactor, ...] = ()  # those that alone change the rating
    turned_by: ChangeGate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStepRow:
    """The pace with some factors of the new edition and the others of the old: 16 a goal."""

    goal_id: str
    edition: Edition
    new_data: bool
    new_revision: bool
    new_time: bool
    new_target: bool
    pace: float
    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDecisionRow:
    """A row of ``actions.csv``: the whole state of an action from an edition on.

    A later row of the same id replaces it; one with a `closure` closes it.
    """

    action_id: str
    goal_id: str  # what it is about: a goal or a measure, or neither
    measure_id: str
    alert_rule: AlertRule | None  # the warning it answers; none: any
    task: str
    submitting_unit: str  # who has to act
    due_month: TimePeriod
    decided_in: str  # the meeting or document
    closure: str  # what closed it; empty: open
    visibility: Visibility
    from_edition: Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionReplyRow:
    """What a unit said of an action in an edition's form."""

    action_id: str
    vintage: Edition
    action_status: ActionStatus | None
    reply: str
    submitting_unit: str
    source_file: str
    source_sheet: str
    source_cell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """Where an action stands in an edition."""

    action_id: str
    goal_id: str
    measure_id: str
    alert_rule: AlertRule | None
    task: str
    submitting_unit: str
    due_month: TimePeriod
    first_due_month: TimePeriod  # as it was first decided
    decided_in: str
    opened: Edition
    closure: str
    closed_in: Edition | None
    action_status: ActionStatus | None  # by the last reply; none: never replied
    reply: str
    replied_in: Edition | None
    overdue: bool  # open, and its due month is over
    visibility: Visibility
    public_since: Edition | None  # from which it has been public without a break
    edition: Edition
    demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """A warning that stands in an edition; kept of every edition so far.

    What `measured`, `limit` and `compared` are is said by the rule (`planbook.assess.alerts`).
    """

    edition: Edition
    alert_rule: AlertRule
    goal_id: str = ""
    measure_id: str = ""
    action_id: str = ""
    submitting_unit: str  # who answers for it
    since: Edition  # from which it has stood without a break
    measured: Number = None
    limit: Number = None
    compared: Number = None
    period: TimePeriod | None = None
    action_ids: tuple[str, ...] = ()  # open actions that answer it
    unanswered: int = 0  # editions it has stood without an action


CHANGE_REASONS = Contract("change_reasons", ChangeReasonRow, ("goal_id", "edition"))
CHANGE_STEPS = Contract(
    "change_steps",
    ChangeStepRow,
    ("goal_id", "edition", "new_data", "new_revision", "new_time", "new_target"),
)
ACTION_DECISIONS = Contract("action_decisions", ActionDecisionRow, ("action_id", "from_edition"))
ACTION_REPLIES = Contract("action_replies", ActionReplyRow, ("action_id", "vintage"))
ACTIONS = Contract("actions", ActionRow, ("action_id",))
ALERTS = Contract(
    "alerts",
    AlertRow,
    ("edition", "alert_rule", "goal_id", "measure_id", "action_id", "submitting_unit"),
)
