from __future__ import annotations

from typing import Any

from planbook.periods import Edition
from tests.facts.test_observations import facts_of
from tests.office import Q1, Q2, RevisionLine, filled

AGAIN = Edition.parse("2026-Q1.1")
LINE = RevisionLine("企业数量", "2026年3月末", 88, 90, "核实")


def revisions(*forms: Any) -> Any:
    return list(facts_of(*forms).revisions)


def test_a_declared_revision_is_listed_with_its_reason() -> None:
    (row,) = revisions(filled(Q1), filled(Q2, revisions=(LINE,)))
    assert (row.indicator_id, row.time_period, row.scope) == ("firms", Q1.end, "直管区")
    assert (row.old_vintage, row.vintage) == (Q1, Q2)
    assert (row.old_value, row.new_value) == (88, 90)
    assert row.declared
    assert (row.reason, row.source_cell) == ("核实", "D4")


def test_a_past_value_that_comes_back_changed_is_an_undeclared_revision() -> None:
    (row,) = revisions(filled(Q1), filled(AGAIN, {"firms": {"value": 90}}))
    assert (row.old_value, row.new_value, row.declared, row.reason) == (88, 90, False, "")


def test_a_changed_row_that_the_revision_sheet_explains_is_declared() -> None:
    again = filled(AGAIN, {"firms": {"value": 90}}, revisions=(LINE,))
    (row,) = revisions(filled(Q1), again)
    assert (row.declared, row.reason, row.source_cell) == (True, "核实", "G5")


def test_the_same_value_again_is_no_revision() -> None:
    assert revisions(filled(Q1), filled(AGAIN)) == []


def test_a_blank_or_refused_cell_that_is_filled_later_is_no_revision() -> None:
    bad = filled(Q1, {"firms": {"value": None}, "revenue": {"value": "1O4"}})
    assert revisions(bad, filled(AGAIN)) == []


def test_a_value_withdrawn_as_not_applicable_is_a_revision() -> None:
    (row,) = revisions(filled(Q1), filled(AGAIN, {"firms": {"value": "—"}}))
    assert (row.old_value, row.new_value) == (88, None)


def test_a_revision_of_a_value_never_sent_has_nothing_to_be_compared_with() -> None:
    facts = facts_of(filled(Q2, revisions=(LINE,)))
    assert facts.revisions == ()


def test_a_public_value_in_place_of_an_internal_one_does_not_tell_it() -> None:
    kept = filled(Q1, {"firms": {"visibility": "内部"}})
    said = {"value": 90, "visibility": "公开"}
    (row,) = revisions(kept, filled(AGAIN, {"firms": said}))
    assert (row.old_value, row.new_value) == (None, 90)
    (row,) = revisions(kept, filled(AGAIN, {"firms": {"value": 90}}))
    assert (row.old_value, row.new_value) == (88, 90)  # internal still, as all of the indicator is
