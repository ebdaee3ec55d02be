"""What a correction edition says unlike the one that it corrects, and what brought that about.

Verdicts before and after, with the facts of the correction → rows of `EDITION_CORRECTIONS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from planbook.assess import judging_words as words
from planbook.edition_frames import EditionCorrectionRow, MethodChangeRow
from planbook.facts.corrected import SOURCE as CORRECTIONS
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.periods import Edition
from planbook.vocabulary import Origin

_OF_THE_PLAN = ("target_value", "target_high")  # unknown only where nothing was judged


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
        what = [said for key, said in words.COMPARED.items() if _differs(was, now, key)]
        if not what:
            continue
        reasons = reasons or _reasons(facts, method_changes, now.edition)
        why = (*reasons[now.goal_id], *reasons[now.indicator_id], *reasons[""])
        rows.append(
            EditionCorrectionRow(
                goal_id=now.goal_id,
                indicator_id=now.indicator_id,
                what=words.what_differs(what),
                value_before=was.latest_value if was else None,
                value_after=now.latest_value,
                rating_before=was.rating if was else None,
                rating_after=now.rating,
                reason=words.why_corrected(why) or words.CORRECTED_ELSEWHERE,
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
        found[about].append(said)
    return found


def _brought(
    facts: Facts, method_changes: Iterable[MethodChangeRow], edition: Edition
) -> Iterator[tuple[str, str]]:
    yield from _reported(facts, edition)
    for correction in facts.corrections:
        if correction.from_edition == edition:
            said = words.of_correction(correction.correction_id, correction.reason)
            yield correction.indicator_id, said
    yield from (
        (row.indicator_id, words.of_baseline(row.source))
        for row in facts.baselines
        if row.from_edition == edition
    )
    yield from (
        (row.goal_id, words.of_annual_target(row.year, row.source))
        for row in facts.annual_targets
        if row.from_edition == edition
    )
    yield from (
        (row.goal_id, words.of_assessment(row.evidence))
        for row in facts.assessments
        if row.edition == edition
    )
    yield from (
        (row.goal_id, words.of_method(row.key)) for row in method_changes if row.edition == edition
    )


def _reported(facts: Facts, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the workbooks that brought values, with the reason where an earlier one was revised."""
    revised: set[tuple[str, str]] = set()
    for row in facts.revisions:
        if row.vintage == edition and row.source_file != CORRECTIONS:  # told as such
            revised.add((row.indicator_id, row.source_file))
            yield row.indicator_id, words.of_workbook(row.source_file, row.reason)
    for value in facts.observations:
        new = value.vintage == edition and value.origin is not Origin.CORRECTION
        if new and value.source_file and (value.indicator_id, value.source_file) not in revised:
            yield value.indicator_id, value.source_file
