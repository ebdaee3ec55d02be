"""What judging says in words: every text of `planbook.assess`, each a function of what it is about.

A second language needs another module of these names. Ratings, reasons and notes are words of
`planbook.vocabulary`; readers' sentences on verdicts are made in `planbook.present.say`.
"""

from __future__ import annotations

from collections.abc import Iterable

# What the rules of judging are, by their number in `planbook.assess.method`.
FIRST_RULES = "首次发布时的评定规则，见「方法」"
NEW_SPREADS = "推算全年数的误差范围改按重新测得的系数计算，「初步」的标注可能因此不同"
NO_WAY_BACK = "基期值已经优于目标的，应达数改为达标值本身，仍然达标的不再计算进度比"

# What of a verdict a correction edition tells when it differs, by column.
COMPARED = {
    "latest_value": "最新值",
    "latest_period": "数据时期",
    "latest_status": "数据状态",
    "yoy": "同比",
    "baseline_value": "基期值",
    "target_value": "目标值",
    "target_high": "目标上限",
    "annual_target": "年度目标",
    "annual_target_verdict": "年度目标判定",
    "pace": "进度比",
    "rating": "状态",
    "rating_provisional": "初步",
    "reason": "原因",
    "evidence": "评定依据",
}
CORRECTED_ELSEWHERE = "由同一指标的其他时期或其他目标的更正引起"

LENIENT_TARGET_REMEDY = "核对年度目标；状态仍按方案的路径评定，不因年度目标放宽"
LAPSED_ASSESSMENT_EXPECTED = "已达成或未达成"
LAPSED_ASSESSMENT_REMEDY = "请责任单位评定为已达成或未达成，加一行；在此之前仍待评定"


def what_differs(names: Iterable[str]) -> str:
    return "、".join(names)


def why_corrected(reasons: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(reason.rstrip("。；") for reason in reasons))


def of_correction(id: str, reason: str) -> str:
    return f"更正 {id}：{reason}"


def of_baseline(source: str) -> str:
    return f"基期值：{source}"


def of_annual_target(year: int, source: str) -> str:
    return f"{year}年年度目标：{source}"


def of_assessment(evidence: str) -> str:
    return f"评定：{evidence}"


def of_method(key: str) -> str:
    return f"方法变更：{key}"


def of_workbook(file: str, reason: str) -> str:
    """Return which workbook brought a value, and why where it revised one."""
    return "：".join(part for part in (file, reason) if part)


def lenient_target(name: str, year: str, target: str, path: str, *, rising: bool) -> str:
    return (
        f"「{name}」{year}的年度目标{target}，{_side(rising)}于按方案路径当年年末的应达数{path}。"
    )


def lenient_target_expected(path: str, *, rising: bool) -> str:
    return f"不{_side(rising)}于{path}"


def lapsed_assessment(name: str, verdict: str) -> str:
    return f"「{name}」已到期，评定意见「{verdict}」不再有效。"


def no_target_value(goal_id: str) -> str:
    return f"目标「{goal_id}」没有目标值，不能用公式判定"


def _side(rising: bool) -> str:
    return "低" if rising else "高"
