"""本期值, 上年同期值 and 同比 fit each other and what is on file, or the wrong one is found."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.vocabulary import Severity
from tests.collect.test_size_checks import EXPLAINED, NEXT_Q1, base, first, later, revenue
from tests.office import PLAN, Q1, RevisionLine, filled, read


def yoy(
    value: Any, prior: Any, growth: Any, kind: str = "名义", baselines: Any = (), **row: Any
) -> Any:
    row = {"value": value, "prior_value": prior, "yoy": growth, "yoy_type": kind, **row}
    return of_revenue(first({"revenue": row}, baselines=baselines))


def of_revenue(submission: Any) -> Any:
    """Return rules and cells, and the row's value, year before and growth as they are used."""
    found = [(f.rule, f.cell) for f in submission.findings if f.indicator_id == "revenue"]
    value = submission.values[0]
    return found, (value.value, value.prior_value, value.yoy)


def after(value: Any, prior: Any = None, growth: Any = None, kind: str = "名义", **row: Any) -> Any:
    """Return a row of 2027-Q1, a year after 80 was reported."""
    row = {"prior_value": prior, "yoy": growth, "yoy_type": kind, **row}
    return of_revenue(later(revenue(Q1, 80), revenue(NEXT_Q1, value, **row)))


@pytest.mark.parametrize("growth", [7.2, 7.17, 8.1, 6.2, None])
def test_a_nominal_growth_within_the_plans_gap_fits(growth: float | None) -> None:
    assert yoy(321.5, 300.0, growth)[0] == []


@pytest.mark.parametrize("growth", [8.3, 6.0, -5.0, 0, 14])
def test_a_nominal_growth_that_the_values_contradict_is_published_with_a_question(
    growth: float,
) -> None:
    found, row = yoy(321.5, 300.0, growth)
    assert found == [("yoy-contradiction", "I4")]
    assert row == (321.5, 300.0, growth)


def test_small_values_may_round_to_another_growth() -> None:
    assert yoy(1.6, 1.5, 12.0)[0] == []


@pytest.mark.parametrize("kind", ["实际", "可比口径"])
def test_a_growth_of_other_prices_or_another_panel_may_differ_but_not_in_sign(kind: str) -> None:
    assert yoy(321.5, 300.0, 12.0, kind)[0] == []
    assert yoy(321.5, 300.0, -0.5, kind)[0] == []
    assert yoy(321.5, 300.0, -4.0, kind)[0] == [("yoy-contradiction", "I4")]


@pytest.mark.parametrize("prior", [0, None, "—"])
def test_without_a_value_above_zero_a_year_earlier_nothing_is_compared(
    prior: int | str | None,
) -> None:
    assert yoy(321.5, prior, 400.0)[0] == []


@pytest.mark.parametrize("growth", [0.072, 0.0717, 72, 720, 717])
def test_a_growth_with_its_point_misplaced_is_not_taken(growth: float) -> None:
    found, row = yoy(321.5, 300.0, growth)
    assert found == [("yoy-shifted", "I4")]
    assert row == (321.5, 300.0, None)


def test_a_growth_with_the_wrong_sign_is_not_taken_until_it_is_confirmed() -> None:
    assert yoy(321.5, 300.0, -7.2) == ([("yoy-sign", "I4")], (321.5, 300.0, None))
    assert yoy(321.5, 300.0, -7.2, confirmed=EXPLAINED)[1] == (321.5, 300.0, -7.2)


def test_nothing_above_zero_falls_by_more_than_all_of_itself() -> None:
    assert yoy(321.5, None, -184.0) == ([("yoy-impossible", "I4")], (321.5, None, None))
    assert yoy(1.6, None, -100.0)[0] == []


def test_a_very_large_growth_that_nothing_explains_is_asked_about() -> None:
    assert yoy(321.5, None, 1840.0) == ([("yoy-unusual", "I4")], (321.5, None, 1840.0))
    assert yoy(321.5, None, 184.0)[0] == []


def test_a_growth_of_nothing_is_no_share() -> None:
    assert yoy(300.0, 300.0, 0) == ([], (300.0, 300.0, 0))


@pytest.mark.parametrize("growth", [0.05, 50, 500, -5])
def test_a_growth_is_held_against_the_value_on_file_where_the_row_gives_none(growth: float) -> None:
    found, row = after(84, None, growth)
    assert found[0][0] in ("yoy-shifted", "yoy-sign")
    assert row == (84, None, None)
    assert after(84, None, 5.0) == ([], (84, None, 5.0))


def test_a_value_a_year_earlier_that_is_not_what_was_reported_then_is_asked_about() -> None:
    assert after(84, 60.0, 40.0)[0] == [("prior-differs", "H4")]
    assert after(84, 80.4, 4.5)[0] == []
    assert after(84, 60.0, 40.0, "可比口径")[0] == []
    line = RevisionLine("营业收入", "2026年1—3月", 80, 64, "年报核定")
    row = {"value": 84, "prior_value": 64.0, "yoy": 31.2, "yoy_type": "名义"}
    declared = filled(NEXT_Q1, {"revenue": row}, revisions=(line,))
    assert of_revenue(later(revenue(Q1, 80), declared))[0] == []


@pytest.mark.parametrize("prior", [800.0, 8.0, 8000.0])
def test_a_year_earlier_off_by_a_power_of_ten_is_not_taken(prior: float) -> None:
    assert after(84, prior) == ([("prior-scale", "H4")], (84, None, None))
    assert yoy(321.5, prior * 4, None, baselines=base(400)) == (
        [("prior-scale", "H4")],
        (321.5, None, None),
    )


def test_of_a_value_that_is_wrong_itself_no_growth_is_computed() -> None:
    found, row = yoy(3215000, 300.0, 7.2, baselines=base(400))
    assert found == [("scale", "G4")]
    assert row == (None, 300.0, 7.2)


def test_where_nothing_decides_all_three_figures_are_named() -> None:
    submission = first({"revenue": {"value": 30, "prior_value": 3, "yoy": 7.2, "yoy_type": "名义"}})
    (finding,) = submission.findings
    assert finding.rule == "scale"
    row = {"value": 30, "prior_value": 12, "yoy": -33.0, "yoy_type": "名义"}
    (finding,) = first({"revenue": row}).findings
    assert (finding.rule, finding.cell) == ("row-contradiction", "G4")
    assert finding.message == "本期值 30 是按上年同期值 12、同比 -33% 推算的 8 的 3.7 倍。"
    (decided,) = first({"revenue": row}, baselines=base(40)).findings
    assert (decided.rule, decided.severity) == ("yoy-contradiction", Severity.WARNING)


def test_a_value_and_the_one_a_year_earlier_in_each_others_place_are_refused() -> None:
    assert yoy(300.0, 321.5, 7.2) == ([("exchanged", "G4")], (None, None, 7.2))
    assert after(80, 84) == ([("exchanged", "G4")], (None, None, None))
    assert after(80, 80, 0) == ([], (80, 80, 0))
    assert after(80, 84, confirmed=EXPLAINED)[1] == (80, 84, None)


def test_the_plan_says_how_far_a_growth_may_be_off() -> None:
    assert PLAN.about.yoy_gap == 1.0
    assert read(filled()).values[0].yoy == 7.2


def test_a_year_before_out_of_its_range_is_named_itself_and_holds_no_value_up_to_it() -> None:
    submission = first({"added": {"value": 30, "prior_value": 6000}})
    (finding,) = [f for f in submission.findings if f.indicator_id == "added"]
    assert (finding.rule, finding.cell) == ("implausible", "H6")
    assert finding.message.startswith("上年同期值 6000家 不在常见范围之内")
    (value,) = [v for v in submission.values if v.indicator_id == "added"]
    assert (value.value, value.prior_value) == (30, None)
