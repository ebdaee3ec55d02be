"""The words of the book: one word for one idea, the same in files, tables, code and prose.

What readers meet has its Chinese word as value; what only files and code use, an English code.
"""

from __future__ import annotations

from enum import StrEnum


class Labelled(StrEnum):
    """A code with a Chinese name, or a word with a symbol, written ``NAME = code, label``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Labelled:  # a look-up gives no label
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(Labelled):
    """How a goal is judged."""

    LEVEL_AT_END = "level_at_end", "期末水平"
    ANNUAL_FLOW = "annual_flow", "年度总量"
    CUMULATIVE = "cumulative", "累计新增"
    CAGR = "cagr", "年均增速"
    GROWTH_VS_BASE = "growth_vs_base", "较基年增长"
    EVERY_YEAR = "every_year", "每年达标"
    MILESTONE = "milestone", "里程碑"
    QUALITATIVE = "qualitative", "定性目标"

    @property
    def by_people(self) -> bool:
        """Whether people judge it (``assessments.csv``), never a formula."""
        return self in (Kind.MILESTONE, Kind.QUALITATIVE)

    @property
    def of_years(self) -> bool:
        """Whether only complete years can meet it."""
        return self in (Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.CAGR, Kind.EVERY_YEAR)

    @property
    def of_growth(self) -> bool:
        """Whether the target is a growth rate, in percent of whatever the indicator counts."""
        return self in (Kind.CAGR, Kind.GROWTH_VS_BASE)

    @property
    def from_base(self) -> bool:
        """Whether it is measured from a baseline."""
        return self in (Kind.LEVEL_AT_END, Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.CAGR)

    @property
    def without_base(self) -> str:
        """What stands where its baseline would: that it is awaited, or that none is needed."""
        return Reason.NO_BASELINE.value if self.from_base else "不需要"


class Nature(Labelled):
    """What sort of quantity an indicator is; it decides which pace rates a level."""

    COUNT_STOCK = "count_stock", "数量（存量）"
    COUNT_GROSS = "count_gross", "数量（新增）"
    COUNT_NET = "count_net", "数量（净增）"
    RATIO = "ratio", "比重或比率"
    FLOW = "flow", "流量"
    BALANCE = "balance", "余额"
    RATE = "rate", "以增速为目标的总量"
    EVENT = "event", "事件"
    STATUS = "qualitative", "定性"

    @property
    def is_count(self) -> bool:
        """Whether it is a number of things."""
        return self in (Nature.COUNT_STOCK, Nature.COUNT_GROSS, Nature.COUNT_NET)


class Accumulation(Labelled):
    """How a value accumulates to the end of its period."""

    YTD = "ytd", "年初至今累计"
    END_OF_PERIOD = "end_of_period", "期末数"
    YEAR = "year", "全年数"
    SINCE_START = "since_start", "规划期以来累计"
    STATUS = "status", "状态"


class Frequency(Labelled):
    """How often an indicator has a new value."""

    MONTHLY = "monthly", "月度"
    QUARTERLY = "quarterly", "季度"
    ANNUAL = "annual", "年度"


class PathShape(Labelled):
    """How the amount due of a cumulative goal grows within a year."""

    GRADUAL = "gradual", "逐月推进"
    STEPS = "steps", "按年认定"


class Comparator(Labelled):
    """How a value meets its target: 以上 and 达到 include the number, 超过 does not."""

    AT_LEAST = ">=", "达到（含本数）"
    ABOVE = ">", "超过（不含本数）"
    AT_MOST = "<=", "不高于（含本数）"
    ABOUT = "~", "左右（允许误差）"
    RANGE = "range", "区间（下限为达标线）"


class Direction(Labelled):
    """Whether more is better."""

    UP = "up", "越高越好"
    DOWN = "down", "越低越好"

    @property
    def sign(self) -> int:
        """+1 where more is better, −1 where less is."""
        return 1 if self is Direction.UP else -1


UNSTATED = "未注明"  # the scope of a value whose source does not say which area it covers


class ReleaseStage(StrEnum):
    """How final a value is, in the order in which it may move."""

    FLASH = "快报"
    PRELIMINARY = "初核"
    FINAL = "终核"
    ESTIMATE = "估计"


class YoyType(StrEnum):
    """Which prices or which panel a reported 同比 compares."""

    NOMINAL = "名义"
    REAL = "实际"
    COMPARABLE = "可比口径"


class ObsStatus(Labelled):
    """Why a value is there or not; a value that is not there is never 0."""

    NORMAL = "normal", "正常"
    ESTIMATED = "estimated", "估计"
    NOT_APPLICABLE = "not_applicable", "不适用「—」"
    NOT_SENT = "not_sent", "未报"
    REFUSED = "refused", "拒收"


class Visibility(Labelled):
    """Who may see something; of a value SDMX calls it CONF_STATUS (F, C)."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"


class Origin(Labelled):
    """Which part of the inputs a value came from."""

    REPORT = "report", "填报"
    REVISION = "revision", "修订"
    CORRECTION = "correction", "更正声明"
    HISTORY = "history", "历史数据"


class CorrectionAction(Labelled):
    """What a declared correction does with the value received."""

    OVERRIDE = "override", "改用"
    DROP = "drop", "不采用"
    FLAG = "flag", "照用并注明存疑"


class SelectionAction(Labelled):
    """What a recorded act does with a filed workbook."""

    WITHDRAW = "withdraw", "撤回"
    CHOOSE = "choose", "改用"


class Pattern(Labelled):
    """How a measure runs, which decides the statuses it may have."""

    DELIVERABLE = "deliverable", "交付类"
    CONTINUOUS = "continuous", "持续类"
    RECURRING = "recurring", "年度反复类"


class MeasureStatus(StrEnum):
    """Where a measure stands; `STATUSES` says which words a pattern allows."""

    NOT_STARTED = "未启动"
    UNDER_WAY = "推进中"
    DONE = "已完成"
    BLOCKED = "受阻"
    DONE_THIS_YEAR = "本年已开展"
    NOT_THIS_YEAR = "本年未开展"


STATUSES: dict[Pattern, tuple[MeasureStatus, ...]] = {
    Pattern.DELIVERABLE: (
        MeasureStatus.NOT_STARTED,
        MeasureStatus.UNDER_WAY,
        MeasureStatus.DONE,
        MeasureStatus.BLOCKED,
    ),
    Pattern.CONTINUOUS: (MeasureStatus.NOT_STARTED, MeasureStatus.UNDER_WAY, MeasureStatus.BLOCKED),
    Pattern.RECURRING: (MeasureStatus.DONE_THIS_YEAR, MeasureStatus.NOT_THIS_YEAR),
}
FINISHED = frozenset({MeasureStatus.DONE, MeasureStatus.DONE_THIS_YEAR})


class Rating(Labelled):
    """The word that follows from a pace, worst to best; `symbol` always goes with it."""

    REVERSING = "逆转", "▼"
    FAR_BEHIND = "严重滞后", "■"
    BEHIND = "滞后", "▲"
    ON_COURSE = "达序时", "●"
    MET_UNSTEADY = "达成待稳", "☆"
    MET = "已达成", "★"
    MISSED = "未达成", "×"
    NOT_ASSESSABLE = "无法判定", "○"

    @property
    def symbol(self) -> str:
        return self.label

    @property
    def is_met(self) -> bool:
        return self in (Rating.MET, Rating.MET_UNSTEADY)


class Reason(StrEnum):
    """Why a goal cannot be judged; where several apply, the first in this order is given."""

    AWAITING_ASSESSMENT = "定性目标待评定"
    NO_BASELINE = "基数待补"
    SCOPE_MISMATCH = "口径不一致"
    NOT_REPORTED = "本期未报"
    ANNUAL_NOT_DUE = "年度指标未到期"
    TOO_FEW_OBSERVATIONS = "观测不足"
    WITHHELD = "不公开"  # in the public book only; the internal one says what it is


class RatedBy(Labelled):
    """Which measure of progress gave the pace."""

    GROWTH = "growth", "增长进度比"
    LINEAR = "linear", "序时进度比"
    CUMULATIVE = "cumulative", "累计进度比"
    AVERAGE_GROWTH = "average_growth", "年均增速比"
    YEAR_TARGET = "year_target", "当年进度比"
    WHOLE_UNITS = "whole_units", "按个数对照"
    PEOPLE = "people", "人工评定"


class YearVerdict(StrEnum):
    """What became of a yearly target (年度目标); it never touches the goal's rating."""

    REACHED = "达到"
    NOT_REACHED = "未达到"
    YEAR_OPEN = "年度未结束"
    NO_VALUE = "本年目标无数据"

    @property
    def decided(self) -> bool:
        """Whether the year's end has a value, so that the target was reached or not."""
        return self in (YearVerdict.REACHED, YearVerdict.NOT_REACHED)


class Note(StrEnum):
    """Something the reader should know about a verdict; `present.sentences` words it."""

    SCOPE_UNSTATED = "scope_unstated"  # the goal states no scope; judged in the scope reported
    PACES_DISAGREE = "paces_disagree"  # growth and linear pace give different ratings
    SHARE_FROM_MONTHS = "share_from_months"  # months/12 for the usual share: no complete year
    PARTIAL_PERIOD = "partial_period"  # the period ends before the edition does
    SMALL_TARGET = "small_target"  # one unit changes the ratio a lot; see what remains
    FALLEN_OUT = "fallen_out"  # met in an earlier edition, and a newer value does not
    MET_BEFORE_REVISION = "met_before_revision"  # met only by values that have been revised since
    MET_BEFORE_AMENDMENT = "met_before_amendment"  # met only the target in force before
    BASELINE_PAST_TARGET = "baseline_past_target"  # the baseline already met the target
    ABOVE_RANGE = "above_range"  # 超额
    WITHIN_TOLERANCE = "within_tolerance"  # met only thanks to the tolerance of 约 / 左右
    CARRIED_ANNUAL = "carried_annual"  # annual indicator, last year's verdict carried
    CARRIED_QUARTER = "carried_quarter"  # nothing owed in this edition, the last value carried
    CARRIED_ABSENT = "carried_absent"  # 「—」 came for the period owed, the last value carried
    REFUSED = "refused"  # the value owed came and could not be used
    MISSED_YEAR = "missed_year"  # a closed year missed: the rating is capped
    YOY_GAP = "yoy_gap"  # reported and computed 同比 differ
    FROM_REPORTED_GROWTH = "from_reported_growth"  # levels missing: geometric mean of reported 同比
    NEGATIVE_NET = "negative_net"  # a net increase below zero
    PROVISIONAL = "provisional"  # 快报 or 估计
    REVISED = "revised"  # the value changed since it was first reported
    LESS_THAN_ONE_DUE = "less_than_one_due"  # judged in whole units: fewer than one is due by now
    NOTHING_DUE = "nothing_due"  # nothing is due before the first year's end
    EARLY_TOTAL = "early_total"  # an earlier year's total has met; the due year's decides
    REVISED_AFTER_DUE = "revised_after_due"  # the value that decides was revised after the due date
    NO_BAND = "no_band"  # an estimate whose spread is unknown: provisional until the year's end
    FROM_YEAR_TO_DATE_GROWTH = "from_year_to_date_growth"  # first year: estimated by 累计同比
    ANNUAL_REACHED_BEHIND = "annual_reached_behind"  # yearly target 达到 beside 滞后 or worse
    ANNUAL_MISSED_ON_COURSE = "annual_missed_on_course"  # 未达到 beside 达序时 or better


class Severity(Labelled):
    """Errors keep a value out; warnings are published beside it."""

    ERROR = "error", "错误"
    WARNING = "warning", "提示"


class SubmissionState(StrEnum):
    """Where a unit stands in an edition."""

    ON_TIME = "按时"
    LATE = "迟报"
    AWAITED = "待报"  # nothing came, and the deadline has not passed
    MISSING = "未报"  # nothing came by the deadline
    RETURNED = "已退回"  # what came had errors and was not filed
    WITHDRAWN = "已撤回"  # what came was filed and withdrawn by a recorded act
    REFUSED = "拒收"  # what is filed cannot be used as a whole
    NOTHING_OWED = "本期无应报"
