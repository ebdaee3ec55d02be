"""A revised value passes the checks of a reported one, and what is refused is not used."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.declared_correction import Correction
from planbook.vocabulary import ObsStatus, Severity
from tests.collect.test_size_checks import EXPLAINED, base, revenue
from tests.office import PLAN, Q1, Q2, RevisionLine, filled, read, read_bytes, workbook_bytes

MARCH, FIRST_QUARTER = "2026年3月末", "2026年1—3月"


def revised(*lines: Any, edition: Any = Q2, baselines: Any = ()) -> Any:
    """Return the second workbook, which revises values of the first."""
    rows: dict[str, dict[str, Any]] = {"revenue": {"value": 321.5}, "firms": {"value": 88}}
    known = History.before(edition, PLAN, [read(filled(Q1, rows))], baselines=baselines)
    form = filled(edition, {"revenue": {"prior_value": 300}}, revisions=lines)
    return compare(read(form), known)


def said(submission: Any) -> Any:
    """Return the rules broken on sheet 修订, and the new values that are used."""
    found = [(f.rule, f.cell) for f in submission.findings if f.sheet == "修订"]
    return found, [revision.new_value for revision in submission.revisions]


def line(new: Any, old: Any = 88, name: str = "企业数量", period: Any = MARCH, **more: Any) -> Any:
    return RevisionLine(name, period, old, new, "年报核定", **more)


def test_a_small_revision_with_the_right_old_value_is_taken() -> None:
    assert said(revised(line(90))) == ([], [90])
    assert said(revised(line(330, 321.5, "营业收入", FIRST_QUARTER))) == ([], [330])


@pytest.mark.parametrize(
    ("new", "rule"), [(880, "scale"), (0, "zero-value"), (3215, "scale"), (-455, "negative-value")]
)
def test_a_revision_of_another_size_is_not_used_until_it_is_confirmed(new: int, rule: str) -> None:
    about = (88,) if new in (880, 0) else (321.5, "营业收入", FIRST_QUARTER)
    assert said(revised(line(new, *about))) == ([(rule, "D4")], [])
    assert said(revised(line(new, *about, confirmed=EXPLAINED))) == ([(rule, "D4")], [new])


def test_half_as_much_again_is_asked_about_and_used() -> None:
    assert said(revised(line(132))) == ([("jump", "D4")], [132])


@pytest.mark.parametrize("old", [80, None])
def test_an_old_value_that_is_not_the_one_on_file_stops_the_revision(old: int | None) -> None:
    submission = revised(line(90, old))
    assert said(submission) == ([("revision-mismatch", "C4")], [])
    (finding,) = [f for f in submission.findings if f.sheet == "修订"]
    assert "与此前报送的 88 不一致" in finding.message
    assert said(revised(line(90, old, confirmed=EXPLAINED)))[1] == [90]


def corrected(old: Any, new: Any = 1030) -> Any:
    """Return a revision of 1012, which people had corrected to 1021 meanwhile."""
    rule = {"id": "c", "action": "override", "indicator_id": "firms", "time_period": "2026-03"}
    told = {"edition": "2026-Q1", "expect": 1012.0, "value": 1021.0, "from_edition": "2026-Q1"}
    correction = Correction(**rule, **told, reason="电话核实", decided_by="office")
    before = [read(filled(Q1, {"firms": {"value": 1012}}))]
    form = filled(Q2, {"firms": {"value": 1030}}, revisions=(line(new, old),))
    return compare(read(form), History.before(Q2, PLAN, before, [correction]))


@pytest.mark.parametrize("old", [1012, 1021])
def test_after_a_correction_the_old_value_is_what_was_sent_or_what_it_was_corrected_to(
    old: int,
) -> None:
    assert said(corrected(old)) == ([], [1030])


@pytest.mark.parametrize("old", [1013, None])
def test_any_other_old_value_is_refused_with_both_named(old: int | None) -> None:
    submission = corrected(old)
    assert said(submission) == ([("revision-mismatch", "C4")], [])
    (finding,) = [f for f in submission.findings if f.sheet == "修订"]
    assert "与此前报送的 1012、更正后的 1021 不一致" in finding.message


def test_old_values_are_compared_to_the_decimals_that_are_kept() -> None:
    assert said(revised(line(330, 321.54, "营业收入", FIRST_QUARTER)))[0] == []


def test_a_value_never_reported_has_no_old_value_to_be_compared_with() -> None:
    june = {"name": "企业数量", "period": "2026年2月末"}
    assert said(revised(line(90, 88, **june))) == ([("revision-unknown", "C4")], [90])
    submission = revised(line(90, None, **june))
    assert said(submission) == ([("revision-unknown", "C4")], [90])
    (finding,) = [f for f in submission.findings if f.sheet == "修订"]
    assert (finding.severity, "没有报送过" in finding.message) == (Severity.WARNING, True)


def test_a_new_value_that_is_the_old_one_changes_nothing_and_is_asked_about() -> None:
    assert said(revised(line(88))) == ([("revision-unchanged", "D4")], [88])
    assert said(revised(line(321.54, 321.5, "营业收入", FIRST_QUARTER))) == (
        [("revision-unchanged", "D4")],
        [321.54],
    )


@pytest.mark.parametrize(
    ("period", "ok"), [("1999年末", False), ("2024年11月末", False), ("2024年末", True)]
)
def test_nothing_from_before_the_plan_is_revised(period: str, ok: bool) -> None:
    found = said(revised(line(90, None, period=period)))
    assert found == (
        ([("revision-unknown", "C4")], [90]) if ok else ([("period-outside", "B4")], [])
    )


def test_a_refused_revision_is_not_what_the_workbooks_own_values_are_held_against() -> None:
    known = History.before(Q2, PLAN, [read(revenue(Q1, 80))])
    wrong = RevisionLine("营业收入", FIRST_QUARTER, 80, 8000, "年报核定")
    form = filled(
        Q2, {"revenue": {"value": 170, "prior_value": None, "yoy": None}}, revisions=(wrong,)
    )
    assert compare(read(form), known).values[0].value == 170


def test_a_refused_value_keeps_the_rest_of_its_row_and_of_the_workbook() -> None:
    rows = {"revenue": {"value": 3215000, "remark": "初步数"}}
    submission = compare(read(filled(Q1, rows)), History(PLAN, baselines=base(400)))
    first, *others = submission.values
    assert (first.status, first.value, first.prior_value) == (ObsStatus.REFUSED, None, 300.0)
    assert first.remark == "初步数"
    assert all(value.value is not None for value in others)


def test_in_a_workbook_of_version_1_the_remark_explains() -> None:
    for remark, value in ((EXPLAINED, 3215), ("", None)):
        form = filled(Q1, {"revenue": {"value": 3215, "remark": remark, "yoy": None}})
        old = read_bytes(workbook_bytes(replace(form, template_version="1")), edition=Q1)
        assert compare(old, History(PLAN, baselines=base(400))).values[0].value == value
