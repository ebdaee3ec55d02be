"""One sentence for every code that readers meet: kinds, ratings, reasons, notes.

A test goes through the vocabulary, so a new code without words cannot be published.
"""

from __future__ import annotations

from planbook.periods import day_label
from planbook.plan import Indicator
from planbook.plan.model import Plan
from planbook.present.numbers import percent
from planbook.vocabulary import (
    Frequency,
    Kind,
    MeasureStatus,
    Nature,
    Note,
    RatedBy,
    Rating,
    Reason,
    SubmissionState,
)
from planbook.written_dates import read_day

KIND_SENTENCES: dict[Kind, str] = {
    Kind.LEVEL_AT_END: "衡量到期时点的水平：由基期值到目标值画出应达路径，最新值与路径相比。",
    Kind.ANNUAL_FLOW: (
        "衡量到期当年的全年数：与应达路径相比；年度未结束时，按往年同期占比推算全年。"
    ),
    Kind.CUMULATIVE: "衡量规划期以来的累计数：从零起算，累计数与此时的应达数相比。",
    Kind.CAGR: "衡量年均增速：以完整年度按水平法计算年均增速，与目标增速相比，基年不计入年数。",
    Kind.GROWTH_VS_BASE: "衡量较基年的增幅：把增幅折算为到期当年的目标值，再按年度总量的办法判定。",
    Kind.EVERY_YEAR: (
        "每个年度都须达标：逐年判定，超额不结转；已结束的年度有一年未达标，到期前最高为严重滞后。"
    ),
    Kind.MILESTONE: "里程碑：由责任单位提交依据，人工评定，不套公式。",
    Kind.QUALITATIVE: "定性目标：由责任单位提交依据，人工评定，不套公式。",
}

RATED_BY_SENTENCES: dict[RatedBy, str] = {
    RatedBy.GROWTH: "按增长进度比评定：实际年均变化幅度与达到目标所需年均变化幅度之比。",
    RatedBy.LINEAR: "按序时进度比评定：已完成增量所占份额与已过时间所占份额之比。",
    RatedBy.CUMULATIVE: "按累计进度比评定：累计数与此时应达数之比。",
    RatedBy.AVERAGE_GROWTH: "按年均增速比评定：实际年均增速与目标增速之比。",
    RatedBy.YEAR_TARGET: "按当年进度比评定：本年累计数与按往年同期占比折算的应达数之比。",
    RatedBy.WHOLE_UNITS: "按个数对照：目标与起点相差不多，以实际个数与应达的整数个数相比。",
    RatedBy.PEOPLE: "由人工评定。",
}

_ADDED_UP = "本年累计数"
_NOT_ADDED_UP = frozenset({Nature.RATIO})
_OF_YEARS_ALONE = "按当年进度比评定：当年全年数与每年目标之比。"

REASON_SENTENCES: dict[Reason, str] = {
    Reason.AWAITING_ASSESSMENT: "由人工评定，尚无有效的评定意见；到期后只认已达成、未达成。",
    Reason.NO_BASELINE: "缺少基期值，无法确定应达路径；基数补齐后即行判定。",
    Reason.SCOPE_MISMATCH: "最新值与目标的统计范围不同，不可直接比较。",
    Reason.NOT_REPORTED: "应报的数据尚未报来，或所报内容无法采用。",
    Reason.ANNUAL_NOT_DUE: "起点以后的首个数值尚未到报送时间。",
    Reason.TOO_FEW_OBSERVATIONS: "可用的数据还不够计算进度。",
    Reason.WITHHELD: "数值或评定按规定不对外公布，只在内部版刊出。",
}

NOTE_SENTENCES: dict[Note, str] = {  # `indicator` is filled in: 年度指标
    Note.SCOPE_UNSTATED: "方案未注明统计范围，按填报的范围判定。",
    Note.PACES_DISAGREE: "增长进度比与序时进度比得出的状态不同，以评定所用的一个为准。",
    Note.SHARE_FROM_MONTHS: "没有可用的往年同期占比，年度之内暂按月份数均摊。",
    Note.PARTIAL_PERIOD: "数据时期早于本期期末。",
    Note.SMALL_TARGET: "目标数较小，增减一个，比率即有明显变化，宜看还差多少。",
    Note.FALLEN_OUT: "此前曾达到目标，最新数据又未达到。",
    Note.MET_BEFORE_REVISION: "此前曾判定为达成；所据数据已经修订，按修订后的数据未曾达到目标。",
    Note.MET_BEFORE_AMENDMENT: "此前曾达到调整前的目标，未达到调整后的目标。",
    Note.BASELINE_PAST_TARGET: "基期值已达到目标或优于目标。",
    Note.ABOVE_RANGE: "已高于目标区间上限，为超额完成。",
    Note.WITHIN_TOLERANCE: "在「约」「左右」的允许误差之内达到目标。",
    Note.CARRIED_ANNUAL: "{indicator}，沿用最近一次的数据和判定。",
    Note.CARRIED_QUARTER: "本期按规定不报送，沿用最近一次的数据。",
    Note.CARRIED_ABSENT: "应报时期填报为「—」（不适用），沿用此前最近一次的数据。",
    Note.REFUSED: "应报时期的数值无法采用，已拒收，须更正后重报。",
    Note.MISSED_YEAR: "已有年度未达标，到期前最高为严重滞后，到期后为未达成。",
    Note.YOY_GAP: "填报的同比与按数值计算的变化相差较大，两者均予列示。",
    Note.FROM_REPORTED_GROWTH: "缺少总量，年均增速由各年填报的同比几何平均得出。",
    Note.NEGATIVE_NET: "净增为负，即减少多于增加。",
    Note.PROVISIONAL: "数据为快报数或估计数，以后可能修订。",
    Note.REVISED: "数据较首次填报已有修订。",
    Note.LESS_THAN_ONE_DUE: "按时间折算，此时应达数不足1个单位。",
    Note.NOTHING_DUE: "按年末认定，首个年末以前没有应达数。",
    Note.EARLY_TOTAL: "较早年度的全年数已达到目标，到期年以到期当年全年数为准。",
    Note.REVISED_AFTER_DUE: "到期以后，据以判定的数值有修订，判定已按修订后的数值更新。",
    Note.NO_BAND: "历史数据不足或不适用，推算的误差范围未知，年度结束前的状态均为初步。",
    Note.FROM_YEAR_TO_DATE_GROWTH: "按年初至今的同比推算全年。",
    Note.ANNUAL_REACHED_BEHIND: "年度目标已达到，但低于方案路径的要求，状态以方案路径为准。",
    Note.ANNUAL_MISSED_ON_COURSE: "年度目标未达到，但进度符合方案路径的要求。",
}

SHORT_NOTES: dict[Note, str] = {  # marks in tables
    Note.CARRIED_ANNUAL: "沿用上次数",
    Note.CARRIED_QUARTER: "沿用上次数",
    Note.CARRIED_ABSENT: "沿用上次数",
    Note.PROVISIONAL: "快报",
    Note.REVISED: "有修订",
    Note.ABOVE_RANGE: "超额",
    Note.FALLEN_OUT: "得而复失",
    Note.MET_BEFORE_REVISION: "修订后未达到",
    Note.MET_BEFORE_AMENDMENT: "目标已调整",
    Note.PARTIAL_PERIOD: "未到期末",
}

STATE_SENTENCES: dict[SubmissionState, str] = {
    SubmissionState.ON_TIME: "在截止日期前收到。",
    SubmissionState.LATE: "在截止日期后收到，照常采用。",
    SubmissionState.AWAITED: "尚未收到，截止日期未到。",
    SubmissionState.MISSING: "到截止日期应报未报。",
    SubmissionState.RETURNED: "收到但有错误，已退回改正，尚未重报。",
    SubmissionState.WITHDRAWN: "收到后撤回，尚未重报。",
    SubmissionState.REFUSED: "收到但无法采用，须改正后重报。",
    SubmissionState.NOTHING_OWED: "本期没有应报内容。",
}


def year_so_far(indicator: Indicator) -> str:
    """Return what the value of a year is called that goals of every year are held to."""
    if indicator.frequency is Frequency.ANNUAL:  # no part of a year is ever known
        return "当年全年数"
    return "本年数值" if indicator.nature in _NOT_ADDED_UP else "本年累计数"


def rated_by_sentence(rated_by: RatedBy, indicator: Indicator) -> str:
    """Return by what a goal on an indicator is rated."""
    if rated_by is not RatedBy.YEAR_TARGET:
        return RATED_BY_SENTENCES[rated_by]
    if indicator.frequency is Frequency.ANNUAL:
        return _OF_YEARS_ALONE
    named = RATED_BY_SENTENCES[rated_by]
    return named.replace(_ADDED_UP, year_so_far(indicator))


STATUS_ORDER = (
    MeasureStatus.BLOCKED,
    MeasureStatus.NOT_STARTED,
    MeasureStatus.NOT_THIS_YEAR,
    MeasureStatus.UNDER_WAY,
    MeasureStatus.DONE_THIS_YEAR,
    MeasureStatus.DONE,
)
NOT_YET_REPORTED = "未报送"


def rating_rules(plan: Plan) -> dict[Rating, str]:
    """Return what each rating means under the plan's thresholds, best to worst."""
    far, on = percent(plan.thresholds.far_behind, 0), percent(plan.thresholds.on_course, 0)
    yearly = any(goal.kind is Kind.EVERY_YEAR for goal in plan.goals)
    missed = "，或者每年达标的目标已有年度未达标" if yearly else ""
    return {
        Rating.MET: "最新数据已达到目标",
        Rating.MET_UNSTEADY: "已达到目标，但比上年同期变差，或者本年推算未达目标",
        Rating.ON_COURSE: f"进度不低于应达进度的{on}",
        Rating.BEHIND: (
            f"进度为应达进度的{far}至{on}（不含{on}）；"
            "只差几个的目标按整数个对照，界限舍去小数，下限不足1个的，尚无1个也属此"
        ),
        Rating.FAR_BEHIND: f"进度不到应达进度的{far}{missed}",
        Rating.REVERSING: "与目标方向相反，比基期变差",
        Rating.MISSED: "到期后仍未达到目标",
        Rating.NOT_ASSESSABLE: "暂时无法判定，同时注明原因；始终计入总数",
    }


def day_words(day: str) -> str:
    """Return 2026年10月15日 for 2026-10-15; empty for an empty day."""
    return day_label(read_day(day)) if day else ""
