"""What of the method an edition changed, in the words of an office, and which goals it concerns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from planbook.edition_frames import MethodChangeRow
from planbook.periods import Edition
from planbook.plan.model import Goal, Plan
from planbook.present.book import Book
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Frequency,
    Kind,
    Labelled,
    Nature,
    PathShape,
    Pattern,
    RatedBy,
)

NOTHING = "无"
CHANGED = "方法变更："  # begins a reason in the table of corrections, before the key

KEY_WORDS = {  # what the keys of the plan's files are called
    "fiscal_year_begins": "年度起始月份",
    "start": "规划期起点",
    "due": "到期",
    "scope_break": "统计范围变动的月份",
    "thresholds.on_course": "达序时的下限",
    "thresholds.far_behind": "严重滞后的上限",
    "thresholds.every_year": "每年达标的达序时下限",
    "approx_tolerance": "「约」「左右」的允许误差",
    "small_target": "按整数个判定的路程",
    "yoy_gap": "同比差异的提示界限",
    "alerts.outlier": "异常波动的区间",
    "alerts.falling_quarters": "趋势转折的季度数",
    "alerts.likelihood_low": "可能性转低的界限",
    "alerts.likelihood_drop": "可能性大降的降幅",
    "alerts.likelihood_open": "可能性大降的上限",
    "alerts.fewest_changes": "比较所需增速的最少同比个数",
    "alerts.revision": "修订幅度大的界限",
    "alerts.editions": "连续预警的期数",
    "unit": "计量单位",
    "decimals": "小数位数",
    "nature": "指标性质",
    "accumulation": "累计方式",
    "frequency": "报送频率",
    "reported_in": "报送的期次",
    "lag_months": "滞后月数",
    "every_years": "几年一次",
    "value_year": "有数值的年份",
    "scope": "统计范围",
    "plausible": "合理范围",
    "kind": "目标类型",
    "target": "目标值",
    "target_high": "目标上限",
    "comparator": "达标条件",
    "direction": "方向",
    "base_period": "基期",
    "since": "累计起点",
    "path": "应达路径",
    "rated_by": "评定办法",
    "from_edition": "起用的期号",
    "amendments": "目标调整",
    "pattern": "跟踪方式",
}
_LABELS: dict[str, type[Labelled]] = {
    "nature": Nature,
    "accumulation": Accumulation,
    "frequency": Frequency,
    "kind": Kind,
    "comparator": Comparator,
    "direction": Direction,
    "path": PathShape,
    "rated_by": RatedBy,
    "pattern": Pattern,
}
_RATES_NOTHING = frozenset({"yoy_gap", "pattern", "decimals", "plausible"})


def changed_words(plan: Plan, row: MethodChangeRow) -> str:
    """Return what changed: 达序时的下限, or the goal or indicator and what of it."""
    if row.changed_in == "code":
        return "评定规则"
    about, key = _parts(row)
    if not key:
        return f"{row.now or row.was}：{'增加目标' if row.now else '取消目标'}"
    word = KEY_WORDS.get(key, key)  # one that today's plans have no more stands as it was written
    names = {
        **{indicator.id: indicator.name for indicator in plan.indicators},
        **{goal.id: goal.name for goal in plan.goals},
        **{measure.id: measure.title for measure in plan.measures},
    }
    named = names.get(row.goal_id or about, about)
    return f"{named}：{word}" if named else word


def was_words(row: MethodChangeRow) -> str:
    """Return what it was."""
    return _value(row, row.was)


def now_words(row: MethodChangeRow) -> str:
    """Return what it is now; of a rule of the program the sentence about it."""
    return row.now if row.changed_in == "code" else _value(row, row.now)


def concerned(plan: Plan, row: MethodChangeRow) -> tuple[Goal, ...]:
    """Return the goals whose rating it may change, in the plan's order."""
    about, key = _parts(row)
    if key in _RATES_NOTHING or key.startswith("alerts."):
        return ()
    return tuple(goal for goal in plan.goals if _concerns(plan, row, goal, about, key))


def told_in_words(plan: Plan, changes: Sequence[MethodChangeRow], goal: Goal, reasons: str) -> str:
    """Return the reasons of a correction with changes of method as words, not as keys.

    A change that does not concern the goal is left out where another reason is given.
    """
    known = {f"{CHANGED}{row.key}": row for row in changes}
    parts = reasons.split("；")
    own = [part for part in parts if part not in known or goal in concerned(plan, known[part])]
    return "；".join(
        f"{CHANGED}{changed_words(plan, known[part])}" if part in known else part
        for part in own or parts
    )


def methods_changed(book: Book) -> Mapping[Edition, frozenset[str]]:
    """Return by edition the goals that a change of its concerns."""
    found: dict[Edition, frozenset[str]] = {}
    for row in book.rows.method_changes:
        ids = frozenset(goal.id for goal in concerned(book.plan, row))
        found[row.edition] = found.get(row.edition, frozenset()) | ids
    return found


def _concerns(plan: Plan, row: MethodChangeRow, goal: Goal, about: str, key: str) -> bool:
    if row.goal_id:
        return goal.id == row.goal_id
    if about:
        return plan.indicator_of(goal).id == about
    if key == "thresholds.every_year":
        return goal.kind is Kind.EVERY_YEAR
    if key == "approx_tolerance":
        return goal.comparator is Comparator.ABOUT
    return not goal.kind.by_people


def _parts(row: MethodChangeRow) -> tuple[str, str]:
    """Return what a key is about, empty for the whole plan, and its last part.

    The last part is empty where a whole goal came or went.
    """
    if row.changed_in == "code" or row.key in KEY_WORDS:
        return "", row.key
    path = row.key.split(".")
    if path[0] in ("indicators", "measures"):
        return path[1], path[2]
    if not row.goal_id:  # of the whole plan, known no more
        return "", row.key
    return path[0], path[1] if len(path) > 1 else ""


def _value(row: MethodChangeRow, said: str) -> str:
    """Return a value of a plan's file as readers write it."""
    _, key = _parts(row)
    if not said or not key:
        return NOTHING
    if key in _LABELS:
        known = {label.value: label.label for label in _LABELS[key]}
        return known.get(said, said)
    if key == "amendments":
        return "；".join(_amended(json.loads(said)))
    if key == "approx_tolerance":
        return f"{float(said) * 100:g}%"
    return said.strip("[]").replace(", ", "、") if said.startswith("[") else said


def _amended(amendments: list[dict[str, object]]) -> Iterator[str]:
    for each in amendments:
        since = Edition.parse(str(each["from_edition"])).label
        yield f"自{since}起目标值为{each['target']}"
