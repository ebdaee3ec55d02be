"""A figure of the wrong size is refused until it is confirmed, an unusual one is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.frames import BASELINES, BaselineRow
from planbook.periods import Edition
from planbook.vocabulary import Severity
from tests.office import PLAN, Q1, Q2, Q3, filled, read

NEXT_Q1 = Edition.parse("2027-Q1")
NO_GROWTH = {"prior_value": None, "yoy": None, "yoy_type": ""}
EXPLAINED = "并购两家企业后首次并表"


def base(
    value: Any,
    indicator: str = "revenue",
    period: str = "2024-12",
    scope: str = "未注明",
    **row: Any,
) -> tuple[BaselineRow, ...]:
    """Return the baselines of a dataset that has nothing else yet."""
    given = {"source": "年报", "note": "", "from_edition": "2026-Q1", **row}
    key = {"indicator_id": indicator, "time_period": period, "scope": scope}
    return BASELINES.rows(BASELINES.frame([{**key, "obs_value": value, **given}]))


def first(rows: Any, edition: Any = Q3, baselines: Any = ()) -> Any:
    """Return the first workbook of a dataset, held against baselines and the plan alone."""
    return compare(read(filled(edition, rows)), History(PLAN, baselines=baselines))


def later(*forms: Any, baselines: Any = ()) -> Any:
    """Return the last form, held against the ones before."""
    *before, last = forms
    known = History.before(last.edition, PLAN, map(read, before), baselines=baselines)
    return compare(read(last), known)


def said(submission: Any, id: Any) -> Any:
    """Return the rules broken in the row of an indicator, and its value."""
    value = next(v for v in submission.values if v.indicator_id == id)
    found = [f.rule for f in submission.findings if f.indicator_id == id]
    return found, value.value


def revenue(edition: Any, value: Any, **row: Any) -> Any:
    return filled(edition, {"revenue": {**NO_GROWTH, "value": value, **row}})


def firms(edition: Any, value: Any, **row: Any) -> Any:
    return filled(edition, {"firms": {"value": value, **row}})


def test_a_true_first_value_is_taken_in_silence() -> None:
    rows = {"revenue": {**NO_GROWTH, "value": 321.5}}
    assert said(first(rows, baselines=base(400)), "revenue") == ([], 321.5)
    assert first({}, baselines=base(400)).findings == ()


@pytest.mark.parametrize("factor", [10, 100, 10_000, 0.1, 0.01, 0.0001])
def test_a_power_of_ten_beside_the_baseline_is_refused_until_it_is_confirmed(factor: float) -> None:
    rows = {"revenue": {**NO_GROWTH, "value": round(321.5 * factor, 6)}}
    submission = first(rows, baselines=base(400))
    assert said(submission, "revenue") == (["scale"], None)
    (finding,) = submission.findings
    assert (finding.cell, finding.severity) == ("G4", Severity.ERROR)
    assert "核实说明" in finding.remedy


def test_an_explanation_lets_the_value_through_and_is_published_with_it() -> None:
    rows = {"revenue": {**NO_GROWTH, "value": 3215, "confirmed": EXPLAINED}}
    submission = first(rows, baselines=base(400))
    assert said(submission, "revenue") == (["scale"], 3215)
    (finding,) = submission.findings
    assert finding.severity is Severity.WARNING
    assert finding.message.endswith(f"部门核实说明：「{EXPLAINED}」")
    assert submission.values[0].confirmed == EXPLAINED


@pytest.mark.parametrize(
    "text",
    [
        *("", "无", "—", "已核", "已核实", "无无无无", "12345", "。。。。", "asdf"),
        *("无需说明", "没有问题", "请填写核实说明", "同上一行", "见附件说明"),
    ],
)
def test_a_text_that_explains_nothing_lets_nothing_through(text: Any) -> None:
    rows = {"revenue": {**NO_GROWTH, "value": 3215, "confirmed": text}}
    assert said(first(rows, baselines=base(400)), "revenue") == (["scale"], None)


def test_an_explanation_is_of_its_own_row_and_lets_through_no_other_error() -> None:
    rows = {
        "revenue": {**NO_GROWTH, "value": 3215},
        "firms": {"value": "8O", "confirmed": EXPLAINED},
    }
    submission = first(rows, baselines=base(400))
    assert said(submission, "revenue") == (["scale"], None)
    assert said(submission, "firms") == (["not-a-number"], None)


def test_names_are_masked_in_an_explanation() -> None:
    rows = {"revenue": {**NO_GROWTH, "value": 3215, "confirmed": "经甲某某核对系并表所致"}}
    submission = first(rows, baselines=base(400))
    assert submission.values[0].confirmed == "经〔略〕核对系并表所致"
    assert not [f for f in submission.findings if "甲某某" in f.message + f.observed]


@pytest.mark.parametrize(("value", "asks"), [(320, []), (700, ["jump"]), (900, ["jump"])])
def test_two_or_three_times_what_is_expected_is_asked_about(value: int, asks: Any) -> None:
    rows = {"revenue": {**NO_GROWTH, "value": value}}
    assert said(first(rows, baselines=base(400)), "revenue") == (asks, value)


def test_a_baseline_of_a_later_edition_or_of_another_scope_is_no_measure() -> None:
    rows = {"firms": {"value": 88, "scope": "直管区"}}
    newer = base(8, "firms", scope="直管区", from_edition="2026-Q4")
    assert said(first(rows, baselines=newer), "firms") == ([], 88)
    elsewhere = base(30, "firms", scope="全域")
    assert said(first(rows, baselines=elsewhere), "firms") == ([], 88)
    assert said(first(rows, baselines=base(8, "firms", scope="全域")), "firms") == (["scale"], None)


def test_without_any_baseline_last_years_value_in_the_row_is_the_measure_then_the_target() -> None:
    row = {**NO_GROWTH, "value": 3215}
    assert said(first({"revenue": {**row, "prior_value": 300}}), "revenue") == (["scale"], None)
    assert said(first({"revenue": row}), "revenue") == (["scale"], None)
    assert said(first({"revenue": {**row, "value": 321.5}}), "revenue") == ([], 321.5)
    assert said(first({"revenue": {**row, "value": 3.2}}), "revenue") == ([], 3.2)


def test_a_row_wholly_in_another_unit_is_seen_by_its_baseline() -> None:
    row = {"value": 3215000, "prior_value": 3000000, "yoy": 7.2, "yoy_type": "名义"}
    found, value = said(first({"revenue": row}, baselines=base(400)), "revenue")
    assert (found, value) == (["scale", "prior-scale"], None)


@pytest.mark.parametrize("factor", [10, 100, 10_000, 0.1, 0.01, 0.0001])
def test_a_power_of_ten_beside_the_history_is_refused(factor: float) -> None:
    last = revenue(NEXT_Q1, round(84 * factor, 6))
    assert said(later(revenue(Q1, 80), last), "revenue") == (["scale"], None)
    assert said(later(revenue(Q1, 80), revenue(NEXT_Q1, 84)), "revenue") == ([], 84)


@pytest.mark.parametrize(("value", "asks"), [(110, []), (126, ["jump"]), (40, ["jump"])])
def test_half_as_much_again_is_asked_about_where_there_is_a_history(value: int, asks: Any) -> None:
    assert said(later(revenue(Q1, 80), revenue(NEXT_Q1, value)), "revenue") == (asks, value)


@pytest.mark.parametrize(
    ("value", "found"), [(88, []), (94, []), (132, ["jump"]), (40, ["jump"]), (880, ["scale"])]
)
def test_a_level_is_compared_with_its_usual_level(value: int, found: Any) -> None:
    assert said(later(firms(Q1, 88), firms(Q2, value)), "firms")[0] == found


def test_a_few_more_are_chance_and_ten_times_as_many_are_not() -> None:
    for value, found in ((2, []), (3, ["jump"]), (10, ["scale"])):
        assert said(later(firms(Q1, 1), firms(Q2, value)), "firms")[0] == found


def test_one_wrong_value_in_the_history_does_not_make_the_next_one_a_jump() -> None:
    wrong_once = [firms(Q1, 88), firms(Q2, 89), firms(Q3, 270)]
    assert said(later(*wrong_once, firms(Edition.parse("2026-Q4"), 91)), "firms") == ([], 91)


@pytest.mark.parametrize(
    ("value", "found"), [(96, ["jump"]), (290, ["jump"]), (300, []), (940, [])]
)
def test_a_tenfold_fall_from_an_odd_value_that_was_confirmed_is_asked_about(
    value: int, found: Any
) -> None:
    odd = firms(Edition.parse("2026-Q4"), 931, confirmed=EXPLAINED)
    baseline = base(93, "firms", scope="直管区")
    assert said(later(odd, firms(NEXT_Q1, value), baselines=baseline), "firms") == (found, value)
    beside = firms(NEXT_Q1, value, prior_value=value)  # nor does last year's make it usual
    assert said(later(odd, beside, baselines=baseline), "firms")[0] == found


def test_what_is_asked_about_names_the_newest_value() -> None:
    odd = firms(Edition.parse("2026-Q4"), 931, confirmed=EXPLAINED)
    after = later(odd, firms(NEXT_Q1, 93), baselines=base(93, "firms", scope="直管区"))
    (finding,) = after.findings
    assert finding.message.startswith("93家 是最近所报的2026年末 931家 的 0.1 倍")
    assert finding.severity is Severity.WARNING


def test_a_refused_value_is_not_what_the_next_one_is_held_against() -> None:
    known = History(PLAN)
    for form in (firms(Q1, 88), firms(Q2, 8800)):
        known.take(compare(read(form), known))
    assert said(compare(read(firms(Q3, 90)), known), "firms") == ([], 90)


def test_a_jump_says_what_was_expected_how_far_off_it_is_and_the_limit() -> None:
    (finding,) = later(firms(Q1, 88), firms(Q2, 132)).findings
    assert finding.message == "132家 是2026年3月末 88家 的 1.5 倍，超出 1/1.2 至 1.2 倍的界限。"
    (finding,) = later(firms(Q1, 88), firms(Q2, 880)).findings
    assert finding.message == "880家 是2026年3月末 88家 的 10.0 倍，须核实。"


def test_nothing_where_there_was_plenty_is_refused_and_nothing_after_a_few_is_asked_about() -> None:
    assert said(later(revenue(Q1, 80), revenue(NEXT_Q1, 0)), "revenue") == (["zero-value"], None)
    assert said(later(firms(Q1, 88), firms(Q2, 0)), "firms") == (["zero-value"], None)
    assert said(later(firms(Q1, 5), firms(Q2, 0)), "firms") == (["zero-after-values"], 0)
    assert said(first({"added": {"value": 0}}), "added") == ([], 0)


def test_an_amount_below_zero_is_refused_unless_it_has_been_so_before() -> None:
    assert said(first({"revenue": {**NO_GROWTH, "value": -32}}), "revenue") == (
        ["negative-value"],
        None,
    )
    confirmed = revenue(Q1, -32, confirmed=EXPLAINED)
    assert "negative-value" not in said(later(confirmed, revenue(Q2, -60)), "revenue")[0]


def test_a_value_out_of_its_plausible_range_is_refused_until_confirmed() -> None:
    for value, found in ((0, []), (5000, ["scale"])):
        assert said(first({"added": {"value": value}}), "added")[0] == found
    wide = PLAN.model_copy(deep=True)
    assert wide.indicator("added").plausible == (0, 5000)
    submission = first({"share": {"value": 61.25}, "added": {"value": 5001}}, Q1)
    assert said(submission, "added") == (["scale"], None)


def share(value: Any, baselines: Any = (), **row: Any) -> Any:
    return said(first({"share": {"value": value, **row}}, Q1, baselines), "share")


@pytest.mark.parametrize(("value", "found"), [(0.63, []), (0.97, ["jump"]), (0.5, [])])
def test_a_true_share_below_one_percent_is_taken_where_its_own_size_says_so(
    value: float, found: Any
) -> None:
    assert share(value, base(0.37, "share", period="2023-12")) == (found, value)


def test_a_percentage_given_as_a_share_is_refused_where_only_times_100_fits() -> None:
    assert share(0.6125, base(60.5, "share")) == (["percent-as-share"], None)
    assert share(61.25, base(60.5, "share")) == ([], 61.25)
    assert share(0.6125, base(60.5, "share"), confirmed=EXPLAINED)[1] == 0.6125


def test_for_want_of_its_own_size_the_digits_and_the_target_decide() -> None:
    assert share(0.8125) == (["percent-as-share"], None)  # more digits than are reported
    assert share(0.8) == (["maybe-share"], 0.8)
    assert share(0.02) == (["maybe-share"], 0.02)
    assert share(61.25) == ([], 61.25)


@pytest.mark.parametrize("factor", [10, 100, 10_000, 0.001, 0.0001])
def test_a_first_row_that_is_in_another_unit_throughout_is_held_against_the_target(
    factor: float,
) -> None:
    row = {"value": round(321.5 * factor, 6), "prior_value": round(300 * factor, 6)}
    assert said(first({"revenue": row}), "revenue") == (["scale"], None)
    confirmed = {**row, "confirmed": EXPLAINED}
    assert said(first({"revenue": confirmed}), "revenue") == (["scale"], row["value"])


def test_a_first_row_may_be_well_below_its_target_and_a_total_or_count_next_to_nothing() -> None:
    row = {"value": 3.2, "prior_value": 3.0}
    assert said(first({"revenue": row}), "revenue") == ([], 3.2)
    assert said(first({"added": {"value": 1}}), "added") == ([], 1)


def test_once_something_is_on_file_the_target_says_nothing_of_a_row() -> None:
    small = {"value": 0.4, "prior_value": 0.3, "yoy": 33.3}
    own = said(first({"revenue": small}, baselines=base(0.5)), "revenue")
    assert own == ([], 0.4)
