from __future__ import annotations

import pytest

from planbook.collect.read.value_checks import computed_yoy, rounding_error
from planbook.vocabulary import ObsStatus
from tests.office import RevisionLine, filled, read, rules_of


def test_a_count_below_zero_or_broken_is_refused() -> None:
    submission = read(filled(rows={"firms": {"value": -88}, "added": {"value": 1.5}}))
    assert rules_of(submission) == [("negative-count", "G5"), ("fraction-of-count", "G6")]
    assert [value.value for value in submission.values] == [321.5, None, None]
    assert submission.values[1].status is ObsStatus.REFUSED


@pytest.mark.parametrize("value", [0, 88, 88.0000000001])
def test_a_whole_count_is_taken_also_as_a_formula_leaves_it(value: float) -> None:
    assert read(filled(rows={"firms": {"value": value}})).values[1].value == value


def test_last_years_count_is_held_to_the_same() -> None:
    submission = read(filled(rows={"firms": {"value": 88, "prior_value": 80.5}}))
    assert rules_of(submission) == [("fraction-of-count", "H5")]
    assert (submission.values[1].value, submission.values[1].prior_value) == (88, None)


@pytest.mark.parametrize(
    ("new", "rule"), [(-5, "negative-count"), (5.5, "fraction-of-count"), (81, None)]
)
def test_a_revised_count_is_held_to_the_same(new: float, rule: str | None) -> None:
    line = RevisionLine("企业数量", "2026年6月末", 80, new, "年报核定")
    submission = read(filled(revisions=(line,)))
    assert rules_of(submission) == ([(rule, "D4")] if rule else [])
    assert len(submission.revisions) == (rule is None)


def test_growth_is_defined_above_zero_and_rounding_widens_it() -> None:
    assert computed_yoy(321.5, 300.0) == pytest.approx(7.1667, abs=1e-4)
    assert computed_yoy(321.5, 0) is None
    assert computed_yoy(None, 300.0) is None
    assert rounding_error(0.4, 0.3, 1) > rounding_error(400, 300, 1)
