from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.decided.declared_correction import Correction
from planbook.errors import ProblemsFound
from planbook.facts import as_of, build_facts
from planbook.periods import Edition
from planbook.vocabulary import MeasureStatus, ObsStatus, Origin
from tests.facts.test_observations import gathered, only, rows
from tests.office import PLAN, Q1, Q2, Q3, filled

AGAIN = Edition.parse("2026-Q1.1")
WRONG = filled(Q1, {"firms": {"value": 880}})


def correction(**changes: Any) -> Correction:
    return Correction.model_validate(
        {
            "id": "c-1",
            "action": "override",
            "indicator_id": "firms",
            "time_period": "2026-03",
            "edition": "2026-Q1",
            "expect": 880,
            "value": 88 if changes.get("action", "override") == "override" else None,
            "reason": "多写一个零",
            "decided_by": "office",
            "from_edition": "2026-Q1",
            **changes,
        }
    )


def corrected(*forms: Any, upto: Any = Q3, **changes: Any) -> Any:
    return build_facts(PLAN, gathered(*forms, upto=upto), corrections=[correction(**changes)])


def problem(*forms: Any, **changes: Any) -> str:
    with pytest.raises(ProblemsFound) as found:
        corrected(*forms, **changes)
    (only,) = found.value.problems
    return only.what


def firms(facts: Any, edition: Any = Q3) -> Any:
    return rows(as_of(facts.observations, edition), "firms")


def test_an_override_replaces_the_value_and_says_where_it_came_from() -> None:
    facts = corrected(WRONG)
    assert firms(facts) == [("2026-03", "2026-Q1", 88)]
    row = only(facts.observations, "firms")
    assert (row.origin, row.remark) == (Origin.CORRECTION, "多写一个零")
    assert (row.source_file, row.source_cell) == ("corrections.yaml", "c-1")
    assert [correction.correction_id for correction in facts.corrections] == ["c-1"]


def test_an_issued_book_keeps_the_wrong_value_and_the_next_one_lists_the_change() -> None:
    facts = corrected(WRONG, from_edition="2026-Q2")
    assert firms(facts, Q1) == [("2026-03", "2026-Q1", 880)]
    assert firms(facts, Q2) == [("2026-03", "2026-Q2", 88)]
    (row,) = facts.revisions
    assert (row.old_value, row.new_value, row.declared) == (880, 88, True)
    assert row.reason == "多写一个零"


def test_a_correction_that_does_not_hold_yet_is_neither_applied_nor_checked() -> None:
    facts = corrected(WRONG, upto=Q1, from_edition="2026-Q2", expect=1)
    assert firms(facts) == [("2026-03", "2026-Q1", 880)]
    assert facts.corrections == ()


def test_a_dropped_value_is_refused_and_not_zero() -> None:
    facts = corrected(WRONG, action="drop")
    row = only(facts.observations, "firms")
    assert (row.obs_status, row.obs_value) == (ObsStatus.REFUSED, None)


def test_a_flagged_value_is_kept_and_marked() -> None:
    facts = corrected(WRONG, action="flag")
    row = only(facts.observations, "firms")
    assert (row.obs_value, row.remark) == (880, "存疑：多写一个零")


def test_a_refused_cell_can_be_given_its_value() -> None:
    facts = corrected(filled(Q1, {"firms": {"value": "8O"}}), expect="拒收", value=80)
    row = only(facts.observations, "firms")
    assert (row.obs_value, row.obs_status) == (80, ObsStatus.NORMAL)


def test_a_correction_fails_loudly_once_the_department_has_fixed_the_value() -> None:
    assert problem(filled(Q1)) == "收到的是「88」，不是 expect 所写的「880」"


def test_a_correction_that_matches_nothing_fails_loudly() -> None:
    assert problem(WRONG, time_period="2026-06").startswith("2026-Q1 没有收到「firms」")
    assert problem(WRONG, scope="全域").startswith("2026-Q1 没有收到「firms」")
    assert problem(filled(Q2), expect=88).startswith("2026-Q1 没有收到「firms」")


def test_a_correction_overtaken_by_a_newer_report_fails_loudly() -> None:
    newer = filled(AGAIN, {"firms": {"value": 86}})
    said = problem(WRONG, newer, from_edition="2026-Q2")
    assert said == "2026-Q1.1 已有新的填报「86」，这条更正起不了作用"


def test_all_corrections_that_fail_are_told_at_once() -> None:
    wrong = [correction(), correction(id="c-2", indicator_id="revenue", expect=1)]
    with pytest.raises(ProblemsFound) as found:
        build_facts(PLAN, gathered(filled(Q1)), corrections=wrong)
    assert len(found.value.problems) == 2


def test_the_wrong_value_sent_again_is_corrected_again() -> None:
    facts = corrected(WRONG, filled(AGAIN, {"firms": {"value": 880}}))
    assert firms(facts, AGAIN) == [("2026-03", "2026-Q1.1", 88)]
    assert facts.revisions == ()


def test_a_later_report_of_another_value_stands() -> None:
    facts = corrected(WRONG, filled(AGAIN, {"firms": {"value": 86}}))
    assert firms(facts, Q1) == [("2026-03", "2026-Q1", 88)]
    assert firms(facts, AGAIN) == [("2026-03", "2026-Q1.1", 86)]


def measure(action: Any, *forms: Any, **changes: Any) -> Any:
    keys = {"indicator_id": None, "time_period": None, "measure_id": "build", "expect": "已完成"}
    facts = corrected(
        *forms, action=action, edition="2026-Q2", from_edition="2026-Q2", **keys, **changes
    )
    return next(row for row in as_of(facts.status_reports, Q2) if row.measure_id == "build")


DONE = filled(Q2, statuses={"build": {"status": "已完成", "completed_on": "2026-05"}})


def test_a_measures_status_can_be_replaced() -> None:
    row = measure("override", filled(Q1), DONE, value="受阻")
    assert (row.status, row.progress) == (MeasureStatus.BLOCKED, "多写一个零")
    assert row.source_file == "corrections.yaml"


def test_a_dropped_status_leaves_the_one_before_it() -> None:
    assert measure("drop", filled(Q1), DONE).status is MeasureStatus.UNDER_WAY
    assert measure("drop", DONE).status is None
