"""What a correction edition says unlike the one that it corrects, and what brought that about.

Verdicts before and after, with the facts of the correction → rows of `EDITION_CORRECTIONS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planbook.edition_frames import EditionCorrectionRow, MethodChangeRow
from planbook.facts.corrected import SOURCE as CORRECTIONS
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.periods import Edition
from planbook.vocabulary import Origin

_COMPARED = {  # what of a verdict is told when it differs
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
_OF_THE_PLAN = ("target_value", "target_high")  # unknown only where nothing was judged
_FOLLOWS = "由同一指标的其他时期或其他目标的更正引起"


def edition_corrections(
    before: Iterable[Verdict],
    after: Iterable[Verdict],
    facts: Facts,
    method_changes: Iterable[MethodChangeRow],
) -> tuple[EditionCorrectionRow, ...]:
    """Return a row for each goal of which a correction edition says something else.

    Parameters
    ----------
    before, after
        The verdicts of the edition that is corrected, and of the correction edition.
    method_changes
        Of the plan and the rules, up to the correction edition.
    """
    known = {verdict.goal_id: verdict for verdict in before}
    if not known:
        return ()
    corrected = next(iter(known.values())).edition
    rows, reasons = [], None
    for now in after:
        was = known.get(now.goal_id)
        what = [said for key, said in _COMPARED.items() if _differs(was, now, key)]
        if not what:
            continue
        reasons = reasons or _reasons(facts, method_changes, now.edition)
        why = dict.fromkeys((*reasons[now.goal_id], *reasons[now.indicator_id], *reasons[""]))
        rows.append(
            EditionCorrectionRow(
                goal_id=now.goal_id,
                indicator_id=now.indicator_id,
                what="、".join(what),
                value_before=was.latest_value if was else None,
                value_after=now.latest_value,
                rating_before=was.rating if was else None,
                rating_after=now.rating,
                reason="；".join(why) or _FOLLOWS,
                corrects=corrected,
                edition=now.edition,
            )
        )
    return tuple(rows)


def _differs(was: Verdict | None, now: Verdict, key: str) -> bool:
    if was is None:
        return True
    before, after = getattr(was, key), getattr(now, key)
    if key in _OF_THE_PLAN and None in (before, after):
        return False
    return bool(before != after)


def _reasons(
    facts: Facts, method_changes: Iterable[MethodChangeRow], edition: Edition
) -> Mapping[str, list[str]]:
    """Return what the edition brought, by the goal or the indicator it is about; "" is all."""
    found: dict[str, list[str]] = defaultdict(list)
    for about, said in _brought(facts, method_changes, edition):
        found[about].append(said.rstrip("。；"))
    return found


def _brought(
    facts: Facts, method_changes: Iterable[MethodChangeRow], edition: Edition
) -> Iterator[tuple[str, str]]:
    yield from _reported(facts, edition)
    for correction in facts.corrections:
        if correction.from_edition == edition:
            yield correction.indicator_id, f"更正 {correction.correction_id}：{correction.reason}"
    yield from (
        (row.indicator_id, f"基期值：{row.source}")
        for row in facts.baselines
        if row.from_edition == edition
    )
    yield from (
        (row.goal_id, f"{row.year}年年度目标：{row.source}")
        for row in facts.annual_targets
        if row.from_edition == edition
    )
    yield from (
        (row.goal_id, f"评定：{row.evidence}")
        for row in facts.assessments
        if row.edition == edition
    )
    yield from (
        (row.goal_id, f"方法变更：{row.key}") for row in method_changes if row.edition == edition
    )


def _reported(facts: Facts, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the workbooks that brought values, with the reason where an earlier one was revised."""
    revised: set[tuple[str, str]] = set()
    for row in facts.revisions:
        if row.vintage == edition and row.source_file != CORRECTIONS:  # told as such
            revised.add((row.indicator_id, row.source_file))
            why = f"：{row.reason}" if row.reason else ""
            yield row.indicator_id, f"{row.source_file}{why}" if row.source_file else row.reason
    for value in facts.observations:
        new = value.vintage == edition and value.origin is not Origin.CORRECTION
        if new and value.source_file and (value.indicator_id, value.source_file) not in revised:
            yield value.indicator_id, value.source_file
