"""Each rule of early warning in words: when it warns, from which limit, how often it responds."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.plan.alert_limits import AlertLimits
from planbook.present.numbers import percent, trimmed
from planbook.watch_frames import AlertRule

_UNITS = "填报单位"
_CERTAIN = "—"  # it follows from what was reported and decided
_UNMEASURED = "未测"
RULES_NOTE = (
    "响应率为触发的季度所占的比例，由219个公开季度数列（其中没有我国区县的数列）的历史得出，"
    "目标设想为照以往走势延续；其中有真实的转折，所以响应不都是误报。「—」为按填报和决定的内容得出，不作统计。"
    "界限由本书设定，在方案数据文件中可以调整；调整以后，所列响应率不再适用。"
)


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule in words.

    Attributes
    ----------
    condition, limit
        When it warns, and the limit of the plan.
    answered_by
        Who answers for it.
    responses
        How often it warned on public series, real turns among them.
    """

    condition: str
    limit: str
    answered_by: str = _UNITS
    responses: str = _CERTAIN


def rule_words(limits: AlertLimits) -> dict[AlertRule, RuleWords]:
    """Return every rule in words, with the plan's limits, in the order in which it warns."""
    in_a_row = f"连续{limits.editions}期"
    low, drop = _share(limits.likelihood_low), f"{limits.likelihood_drop * 100:g}个百分点"
    return {
        AlertRule.DUE_PASSED: RuleWords("已到期，未达到目标", "达标值"),
        AlertRule.FALLEN_OUT: RuleWords("以前各期曾达到目标，最新数据又未达到", "达标值"),
        AlertRule.LIKELIHOOD_CROSSED: RuleWords(
            "到期达到目标的可能性（同一模型和系数得出的）由界限以上降到界限或者以下；一直低于界限的不预警",
            low,
            responses="4.6%的季度",
        ),
        AlertRule.LIKELIHOOD_DROPPED: RuleWords(
            "到期达到目标的可能性（同一模型和系数得出的）一期之内大幅下降，并且已经不高",
            f"降{drop}，且低于{_share(limits.likelihood_open)}",
            responses="1.4%的季度",
        ),
        AlertRule.BEYOND_HISTORY: RuleWords(
            "从现在到到期所需的增速（超过一年的为年均）超过以往任何一季的同比；"
            "累计新增的，平均每季所需超过以往最多的一季",
            f"以往最好的一季；至少有{limits.fewest_changes}个季度可比",
            responses="14.2%的季度，其中4.3%最终达标（全部情形为49.1%）",
        ),
        AlertRule.RATING_FELL: RuleWords(
            "状态比上期变差，变为滞后、严重滞后或者逆转；状态为初步的，误差范围的两端都变差才预警",
            "滞后",
        ),
        AlertRule.YEARLY_TARGET_MISSED: RuleWords(
            "最近一个已判定的年度没有达到年度目标；年末数报来后判定，预警到下一年度判定时为止",
            "年度目标",
        ),
        AlertRule.REVERSAL: RuleWords(
            "连续几个季度都差于上年同期，而此前一年平均好于上年同期",
            f"{limits.falling_quarters}个季度",
            responses="5.3%的季度",
        ),
        AlertRule.OUTLIER: RuleWords(
            "最新一季的数值落在按此前数列预计的区间之外，偏高偏低都预警；此前至少有8个季度",
            f"{_share(limits.outlier)}的区间；此前不超过11个季度的，"
            f"{_share((1 + limits.outlier) / 2)}",
            responses="0.6%至1.5%的季度",
        ),
        AlertRule.LARGE_REVISION: RuleWords(
            "本期修订以前的数值，改动的幅度超过界限",
            f"{_share(limits.revision)}，且超过最小单位的2倍",
            responses=_UNMEASURED,
        ),
        AlertRule.UNJUDGED: RuleWords("因待评定、基数待补、口径不一致或者未报而无法判定", in_a_row),
        AlertRule.MEASURE_BLOCKED: RuleWords("举措或者专项的状态为受阻", in_a_row),
        AlertRule.MEASURE_SILENT: RuleWords(
            "举措或者专项尚未完成，进展一栏空白或者与上期一字不差", in_a_row
        ),
        AlertRule.UNIT_LATE: RuleWords(
            "迟报、未报，或者报来的不能采用；没有应报数据的期次不计", in_a_row
        ),
        AlertRule.ACTION_OVERDUE: RuleWords(
            "督办事项过了办结期限仍未销号", "办结期限", answered_by="责任单位"
        ),
    }


def _share(limit: float) -> str:
    """Return a limit in percent: 99%, 99.5%."""
    return f"{trimmed(percent(limit).removesuffix('%'))}%"
