from __future__ import annotations

import pytest
from office import Q1, filled, read, rules_of

from planbook.vocabulary import ObsStatus


def yoy(value, prior, growth, kind="名义"):
    row = {"value": value, "prior_value": prior, "yoy": growth, "yoy_type": kind}
    submission = read(filled(rows={"revenue": row}))
    return rules_of(submission), submission.values[0]


def share(value, **row):
    submission = read(filled(Q1, rows={"share": {"value": value, **row}}))
    return rules_of(submission), submission.values[-1]


@pytest.mark.parametrize("growth", [7.2, 7.17, 8.1, 6.2, None])
def test_a_nominal_growth_within_the_plans_gap_fits(growth):
    assert yoy(321.5, 300.0, growth)[0] == []


@pytest.mark.parametrize("growth", [8.3, 6.0, -7.2, 0, 72])
def test_a_nominal_growth_that_the_values_contradict_is_published_with_a_question(growth):
    found, value = yoy(321.5, 300.0, growth)
    assert found == [("yoy-contradiction", "I4")]
    assert value.yoy == growth


def test_small_values_may_round_to_another_growth():
    assert yoy(0.4, 0.3, 25.0)[0] == []


@pytest.mark.parametrize("kind", ["实际", "可比口径"])
def test_a_growth_of_other_prices_or_another_panel_may_differ_but_not_in_sign(kind):
    assert yoy(321.5, 300.0, 12.0, kind)[0] == []
    assert yoy(321.5, 300.0, -0.5, kind)[0] == []
    assert yoy(321.5, 300.0, -4.0, kind)[0] == [("yoy-contradiction", "I4")]


@pytest.mark.parametrize("prior", [0, -20.0, None, "—"])
def test_without_a_value_above_zero_a_year_earlier_nothing_is_compared(prior):
    assert yoy(321.5, prior, 400.0)[0] == []


@pytest.mark.parametrize("growth", [0.072, 0.07, 0.0717])
def test_a_growth_given_as_a_share_is_not_taken(growth):
    found, value = yoy(321.5, 300.0, growth)
    assert found == [("percent-as-share", "I4")]
    assert (value.value, value.yoy) == (321.5, None)


def test_a_growth_of_nothing_is_no_share():
    found, value = yoy(300.0, 300.0, 0)
    assert (found, value.yoy) == ([], 0)


def test_a_percentage_given_as_a_share_of_its_target_is_refused():
    found, value = share(0.6125)
    assert found == [("percent-as-share", "G7")]
    assert (value.status, value.value) == (ObsStatus.REFUSED, None)


@pytest.mark.parametrize("value", [61.25, 1.5, 0.02, 0])
def test_a_small_percentage_is_left_alone(value):
    assert share(value)[1].value == value


@pytest.mark.parametrize(("value", "ok"), [(0, True), (5000, True), (5001, False)])
def test_the_plausible_range_includes_its_ends(value, ok):
    submission = read(filled(rows={"added": {"value": value}}))
    assert (rules_of(submission) == []) == ok
    assert submission.values[2].value == value


def test_a_value_out_of_range_says_the_range():
    (finding,) = read(filled(rows={"added": {"value": 12000}})).findings
    assert (finding.observed, finding.expected) == ("12000家", "0 至 5000家")


def test_a_count_below_zero_is_refused_and_a_broken_one_is_asked_about():
    submission = read(filled(rows={"firms": {"value": -88}, "added": {"value": 1.5}}))
    assert rules_of(submission) == [("negative-count", "G5"), ("fraction-of-count", "G6")]
    assert [value.value for value in submission.values] == [321.5, None, 1.5]
