from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.periods import Edition
from planbook.vocabulary import ObsStatus
from tests.office import PLAN, Q1, Q2, Q3, RevisionLine, filled, read

Q4, NEXT_Q1, NEXT_Q2 = Edition.parse("2026-Q4"), Edition.parse("2027-Q1"), Edition.parse("2027-Q2")


def asked(*forms: Any) -> Any:
    """Return rule and cell of what a cell of the last form contradicts in the ones before."""
    *before, last = forms
    history = History.before(last.edition, PLAN, [read(form) for form in before])
    alone = read(last)
    found = compare(alone, history).findings[len(alone.findings) :]
    assert not [f for f in found if "{" in f.message + f.remedy]
    return [(finding.rule, finding.cell) for finding in found if finding.cell]


def revenue(edition: Any, value: Any, **row: Any) -> Any:
    empty = {"prior_value": None, "yoy": None, "yoy_type": "", "value": value}
    return filled(edition, {"revenue": {**empty, **row}})


def firms(edition: Any, value: Any, **row: Any) -> Any:
    return filled(edition, {"firms": {"value": value, **row}})


def test_without_a_history_nothing_is_asked() -> None:
    assert asked(filled(Q3)) == []


def test_a_steady_series_is_not_asked_about() -> None:
    forms = [revenue(Q1, 80), revenue(Q2, 170), revenue(Q3, 255), revenue(Q4, 360)]
    assert asked(*forms, revenue(NEXT_Q1, 88)) == []


def test_a_year_to_date_value_falls_within_its_year_only() -> None:
    assert asked(revenue(Q1, 80), revenue(Q2, 79.9)) == [("slight-fall", "G4")]
    assert asked(revenue(Q1, 80), revenue(Q2, 71)) == [("falling-total", "G4")]
    assert asked(revenue(Q1, 80), revenue(Q2, 90)) == []
    assert asked(revenue(Q4, 360), revenue(NEXT_Q1, 88)) == []


def test_a_total_since_the_start_falls_over_the_years_too() -> None:
    blank = {"revenue": {"value": None, "yoy": None}}
    forms = (
        filled(Q4, {**blank, "added": {"value": 40}}),
        filled(NEXT_Q1, {**blank, "added": {"value": 38}}),
    )
    assert asked(*forms) == [("slight-fall", "G6")]


def test_a_level_may_fall() -> None:
    assert asked(firms(Q1, 88), firms(Q2, 80)) == []


def test_a_fall_that_a_revision_explains_is_none() -> None:
    line = RevisionLine("营业收入", "2026年1—3月", 80, 70, "年报核定")
    row = {"value": 75, "prior_value": None, "yoy": None}
    last = filled(Q2, {"revenue": row}, revisions=(line,))
    assert ("slight-fall", "G4") in asked(revenue(Q1, 80), filled(Q2, {"revenue": row}))
    assert ("slight-fall", "G4") not in asked(revenue(Q1, 80), last)


def test_a_plain_fall_takes_the_value_out_and_a_slight_one_does_not() -> None:
    history = History.before(Q2, PLAN, [read(revenue(Q1, 80))])
    fallen, slight = (compare(read(revenue(Q2, v)), history).values[0] for v in (30, 79.9))
    assert (fallen.status, fallen.value) == (ObsStatus.REFUSED, None)
    assert slight.value == 79.9


def test_zero_after_a_few_is_asked_about() -> None:
    assert asked(firms(Q1, 5), firms(Q2, 0)) == [("zero-after-values", "G5")]
    assert asked(firms(Q1, 0), firms(Q2, 0)) == []


def test_a_dash_after_values_needs_a_remark() -> None:
    assert asked(firms(Q1, 5), firms(Q2, "—")) == [("dash-after-values", "G5")]
    assert asked(firms(Q1, 5), firms(Q2, "—", remark="本季无认定")) == []
    assert asked(firms(Q1, None), firms(Q2, "—")) == []


def test_a_value_changed_without_a_revision_is_asked_about() -> None:
    base, correction = Q3, Edition.parse("2026-Q3.1")
    assert asked(firms(base, 88), firms(correction, 89)) == [("undeclared-change", "G5")]
    assert asked(firms(base, 88), firms(correction, 88)) == []
    line = RevisionLine("企业数量", "2026年9月末", 88, 89, "年报核定")
    declared = filled(correction, {"firms": {"value": 89}}, revisions=(line,))
    assert asked(firms(base, 88), declared) == []


def test_a_changed_scope_is_asked_about_once() -> None:
    old, new = firms(Q1, 88), firms(Q2, 99, scope="新行政区")
    assert asked(old, new) == [("changed-scope", "F5")]
    assert asked(old, new, firms(Q3, 99, scope="新行政区")) == []
    assert asked(old, new, firms(Q3, 88)) == [("changed-scope", "F5")]


def test_a_stage_may_go_forward_only() -> None:
    base, correction = Q3, Edition.parse("2026-Q3.1")
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
def test_a_measure_may_not_go_back_unasked(before: str, after: str, asks: bool) -> None:
    forms = [
        filled(edition, statuses={"build": {"status": status}})
        for edition, status in ((Q1, before), (Q2, after))
    ]
    assert asked(*forms) == ([("status-back", "C4")] if asks else [])


def test_a_status_not_given_for_a_while_is_compared_with_the_last_one() -> None:
    silent = filled(Q2, statuses={"build": {"status": ""}})
    forms = (filled(Q1, statuses={"build": {"status": "已完成"}}), silent, filled(Q3))
    assert asked(*forms) == [("status-back", "C4")]
