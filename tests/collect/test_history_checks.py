from __future__ import annotations

import pytest
from office import PLAN, Q1, Q2, Q3, RevisionLine, filled, read

from planbook.collect.history import History
from planbook.collect.history_checks import history_findings
from planbook.periods import Edition
from planbook.vocabulary import Severity

Q4, NEXT_Q1, NEXT_Q2 = Edition(2026, 4), Edition(2027, 1), Edition(2027, 2)


def asked(*forms):
    """Return rule and cell of what the last form contradicts in the ones before."""
    *before, last = forms
    history = History.before(last.edition, PLAN, [read(form) for form in before])
    found = history_findings(read(last), history)
    assert all(finding.severity is Severity.WARNING for finding in found)
    assert not [f for f in found if "{" in f.message + f.remedy]
    return [(finding.rule, finding.cell) for finding in found]


def revenue(edition, value, **row):
    empty = {"prior_value": None, "yoy": None, "yoy_type": "", "value": value}
    return filled(edition, {"revenue": {**empty, **row}})


def firms(edition, value, **row):
    return filled(edition, {"firms": {"value": value, **row}})


def test_without_a_history_nothing_is_asked():
    assert asked(filled(Q3)) == []


def test_a_steady_series_is_not_asked_about():
    forms = [revenue(Q1, 80), revenue(Q2, 170), revenue(Q3, 255), revenue(Q4, 360)]
    assert asked(*forms, revenue(NEXT_Q1, 88)) == []


def test_a_year_to_date_value_falls_within_its_year_only():
    assert asked(revenue(Q1, 80), revenue(Q2, 79.9)) == [("falling-total", "G4")]
    assert asked(revenue(Q1, 80), revenue(Q2, 80)) == []
    assert asked(revenue(Q4, 360), revenue(NEXT_Q1, 88)) == []


def test_a_total_since_the_start_falls_over_the_years_too():
    blank = {"revenue": {"value": None, "yoy": None}}
    forms = (
        filled(Q4, {**blank, "added": {"value": 40}}),
        filled(NEXT_Q1, {**blank, "added": {"value": 38}}),
    )
    assert asked(*forms) == [("falling-total", "G6")]


def test_a_level_may_fall():
    assert asked(firms(Q1, 88), firms(Q2, 80)) == []


def test_a_fall_that_a_revision_explains_is_none():
    line = RevisionLine("营业收入", "2026年1—3月", 80, 70, "核实")
    last = filled(Q2, {"revenue": {"value": 75, "yoy": None}}, revisions=(line,))
    assert asked(revenue(Q1, 80), last) == []


@pytest.mark.parametrize(("value", "asks"), [(160.0, False), (161.0, True), (39.0, True)])
def test_twice_the_same_period_a_year_earlier_is_the_limit(value, asks):
    found = asked(revenue(Q1, 80), revenue(NEXT_Q1, value))
    assert found == ([("jump", "G4")] if asks else [])


@pytest.mark.parametrize(("value", "asks"), [(480, False), (490, True), (1700, True)])
def test_without_a_year_earlier_three_times_the_usual_month_is_the_limit(value, asks):
    found = asked(revenue(Q1, 80), revenue(Q2, value))
    assert found == ([("jump", "G4")] if asks else [])


@pytest.mark.parametrize(("value", "asks"), [(8800, True), (176, False), (45, False), (40, True)])
def test_a_level_is_compared_with_its_usual_level(value, asks):
    found = asked(firms(Q1, 88), firms(Q2, value))
    assert found == ([("jump", "G5")] if asks else [])


def test_one_wrong_value_in_the_history_does_not_make_the_next_one_a_jump():
    wrong_once = [firms(Q1, 88), firms(Q2, 89), firms(Q3, 9000)]
    assert asked(*wrong_once, firms(Q4, 91)) == []


def test_a_few_more_or_less_are_no_jump_however_large_the_factor():
    assert asked(firms(Q1, 1), firms(Q2, 11)) == []
    assert asked(firms(Q1, 1), firms(Q2, 12)) == [("jump", "G5")]


def test_a_jump_says_what_was_expected_how_far_off_it_is_and_the_limit():
    history = History.before(Q2, PLAN, [read(firms(Q1, 88))])
    (finding,) = history_findings(read(firms(Q2, 880)), history)
    assert (
        finding.message == "880 是此前1期中位数推算的 88 的 10.0 倍，超出 1/2.0 至 2.0 倍的界限。"
    )


def test_zero_after_values_is_asked_about():
    assert asked(firms(Q1, 5), firms(Q2, 0)) == [("zero-after-values", "G5")]
    assert asked(revenue(Q1, 80), revenue(NEXT_Q1, 0)) == [("zero-after-values", "G4")]
    assert asked(revenue(Q1, 80), revenue(Q2, 0)) == [("falling-total", "G4")]
    assert asked(firms(Q1, 0), firms(Q2, 0)) == []


def test_a_dash_after_values_needs_a_remark():
    assert asked(firms(Q1, 5), firms(Q2, "—")) == [("dash-after-values", "G5")]
    assert asked(firms(Q1, 5), firms(Q2, "—", remark="本季无认定")) == []
    assert asked(firms(Q1, None), firms(Q2, "—")) == []


def test_a_value_changed_without_a_revision_is_asked_about():
    base, correction = Q3, Edition(2026, 3, 1)
    assert asked(firms(base, 88), firms(correction, 89)) == [("undeclared-change", "G5")]
    assert asked(firms(base, 88), firms(correction, 88)) == []
    line = RevisionLine("企业数量", "2026年9月末", 88, 89, "核实")
    declared = filled(correction, {"firms": {"value": 89}}, revisions=(line,))
    assert asked(firms(base, 88), declared) == []


def test_a_value_a_year_earlier_that_is_not_what_was_reported_then_is_asked_about():
    row = {"prior_value": 60.0, "yoy": 40.0, "yoy_type": "名义"}
    assert asked(revenue(Q1, 80), revenue(NEXT_Q1, 84, **row)) == [("prior-differs", "H4")]
    fits = {"prior_value": 80.4, "yoy": 4.5, "yoy_type": "名义"}
    assert asked(revenue(Q1, 80), revenue(NEXT_Q1, 84, **fits)) == []
    panel = {**row, "yoy_type": "可比口径"}
    assert asked(revenue(Q1, 80), revenue(NEXT_Q1, 84, **panel)) == []
    line = RevisionLine("营业收入", "2026年1—3月", 80, 60, "核实")
    declared = filled(NEXT_Q1, {"revenue": {"value": 84, **row}}, revisions=(line,))
    assert asked(revenue(Q1, 80), declared) == []


def test_a_changed_scope_is_asked_about_once():
    old, new = firms(Q1, 88), firms(Q2, 99, scope="新行政区")
    assert asked(old, new) == [("changed-scope", "F5")]
    assert asked(old, new, firms(Q3, 99, scope="新行政区")) == []
    assert asked(old, new, firms(Q3, 88)) == [("changed-scope", "F5")]


def test_a_stage_may_go_forward_only():
    base, correction = Q3, Edition(2026, 3, 1)
    final, flash = firms(base, 88, stage="终核"), firms(correction, 88, stage="快报")
    assert asked(final, flash) == [("stage-back", "K5")]
    assert asked(firms(base, 88, stage="快报"), firms(correction, 88, stage="初核")) == []
    assert asked(firms(base, 88, stage="快报"), firms(correction, 88, stage="估计")) == [
        ("stage-back", "K5")
    ]
    assert asked(firms(base, 88), flash) == []


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        ("已完成", "推进中", True),
        ("已完成", "受阻", True),
        ("推进中", "未启动", True),
        ("受阻", "未启动", True),
        ("推进中", "受阻", False),
        ("受阻", "推进中", False),
        ("推进中", "已完成", False),
        ("已完成", "已完成", False),
    ],
)
def test_a_measure_may_not_go_back_unasked(before, after, asks):
    forms = [
        filled(edition, statuses={"build": {"status": status}})
        for edition, status in ((Q1, before), (Q2, after))
    ]
    assert asked(*forms) == ([("status-back", "C4")] if asks else [])


def test_a_status_not_given_for_a_while_is_compared_with_the_last_one():
    silent = filled(Q2, statuses={"build": {"status": ""}})
    forms = (filled(Q1, statuses={"build": {"status": "已完成"}}), silent, filled(Q3))
    assert asked(*forms) == [("status-back", "C4")]
