from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.declared_correction import Correction
from planbook.periods import Edition, TimePeriod
from tests.office import PLAN, Q1, Q2, Q3, RevisionLine, filled, read
from tests.scopes import DIRECT, WHOLE

JUNE = TimePeriod(2026, 6)
KEY = (JUNE, DIRECT)


def known(*forms: Any, corrections: Any = (), edition: Any = Q3) -> Any:
    history = History.before(edition, PLAN, [read(form) for form in forms], corrections)
    return {key: known.value for key, known in history.values["firms"].items()}


def correction(action: str = "override", value: Any = 85.0, **changes: Any) -> Any:
    content = {
        "id": "c-1",
        "action": action,
        "indicator_id": "firms",
        "time_period": JUNE,
        "edition": Q2,
        "expect": 88.0,
        "value": value,
        "reason": "核实",
        "decided_by": "office",
        "from_edition": Q2,
    }
    return Correction.model_validate({**content, **changes})


def test_values_of_earlier_editions_are_known_by_period_and_scope() -> None:
    found = known(filled(Q1, {"firms": {"value": 80}}), filled(Q2), filled(Q3))
    assert found == {(TimePeriod(2026, 3), DIRECT): 80, KEY: 88}


def test_nothing_is_known_of_blank_refused_and_withdrawn_cells() -> None:
    for typed in (None, "8O", "—"):
        assert known(filled(Q2, {"firms": {"value": typed}})) == {}


def test_a_revision_replaces_the_value_whose_old_number_it_names() -> None:
    line = RevisionLine("企业数量", "2026年6月末", 99, 98, "年报核定")
    other = filled(Q2, {"firms": {"value": 99, "scope": "全域"}})
    found = known(other, filled(Q3, revisions=(line,)), edition=Edition.parse("2026-Q4"))
    assert found[JUNE, WHOLE] == 98


def test_a_revision_of_what_was_never_reported_is_of_the_indicators_own_scope() -> None:
    line = RevisionLine("企业数量", "2026年6月末", None, 98, "补报")
    assert known(filled(Q3, revisions=(line,)), edition=Edition.parse("2026-Q4"))[KEY] == 98


@pytest.mark.parametrize(("again", "found"), [(88, []), (85, []), (86, ["undeclared-change"])])
def test_a_value_sent_again_beside_its_correction_is_no_change(again: int, found: Any) -> None:
    forms = [filled(Q2)]
    before = History.before(Q3, PLAN, [read(form) for form in forms], [correction()])
    same = next(k for k in before.values["firms"].values())
    row = {"period": "2026年6月末", "value": again}
    said = compare(read(filled(Edition.parse("2026-Q2.1"), {"firms": row})), before).findings
    assert (same.value, same.sent) == (85, 88)
    assert [f.rule for f in said if f.indicator_id == "firms"] == found


def test_a_declared_correction_counts_from_its_edition_on() -> None:
    assert known(filled(Q2), corrections=[correction()]) == {KEY: 85}
    assert known(filled(Q2), corrections=[correction("drop", None)]) == {}
    assert known(filled(Q2), corrections=[correction("flag", None)]) == {KEY: 88}
    later = correction(from_edition=Edition.parse("2026-Q4"))
    assert known(filled(Q2), corrections=[later]) == {KEY: 88}


def test_the_newest_status_is_known_with_its_edition() -> None:
    done = {"build": {"status": "已完成"}}
    history = History.before(Q3, PLAN, [read(filled(Q2, statuses=done)), read(filled(Q1))])
    assert history.statuses["build"][:2] == (Q2, "已完成")
    assert history.statuses["keep"][:2] == (Q2, "推进中")
