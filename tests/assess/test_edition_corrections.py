"""What a correction edition says unlike the one it corrects, and which input brought it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planbook.assess.edition_corrections import edition_corrections
from planbook.assess.goals import assess_history
from planbook.edition_frames import EditionCorrectionRow, MethodChangeRow
from planbook.facts import Facts
from planbook.frames import (
    AnnualTargetRow,
    AssessmentRow,
    BaselineRow,
    CorrectionRow,
    ObservationRow,
    RevisionRow,
    Verdict,
)
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import (
    Accumulation,
    CorrectionAction,
    ObsStatus,
    Origin,
    Rating,
    Visibility,
)
from tests.office import PLAN, Q1

FIXED = Edition.parse("2026-Q1.1")
MARCH = TimePeriod.parse("2026-03")
FILE = "office-2026-06-10-00000000.xlsx"


def verdict(**keys: Any) -> Verdict:
    rows = assess_history(PLAN, Facts(), [Q1], demonstration=True)
    return replace(next(row for row in rows if row.goal_id == "firms"), **keys)


def told(facts: Facts, *changes: MethodChangeRow, **keys: Any) -> EditionCorrectionRow:
    keys = {"latest_value": 70.0, **keys}
    now = verdict(edition=FIXED, **keys)
    (row,) = edition_corrections([verdict(latest_value=60.0)], [now], facts, changes)
    return row


def observation(**keys: Any) -> ObservationRow:
    content: dict[str, Any] = {
        "indicator_id": "firms",
        "time_period": MARCH,
        "scope": "直管区",
        "vintage": FIXED,
        "accumulation": Accumulation.END_OF_PERIOD,
        "obs_value": 70.0,
        "obs_status": ObsStatus.NORMAL,
        "release_stage": None,
        "yoy": None,
        "yoy_type": None,
        "prior_value": None,
        "visibility": Visibility.PUBLIC,
        "remark": "",
        "origin": Origin.REPORT,
        "submitting_unit": "office",
        "source_file": FILE,
        "source_sheet": "填报表",
        "source_cell": "G5",
    }
    return ObservationRow(**{**content, **keys})


def revision(**keys: Any) -> RevisionRow:
    content: dict[str, Any] = {
        "indicator_id": "firms",
        "time_period": MARCH,
        "scope": "直管区",
        "vintage": FIXED,
        "old_vintage": Q1,
        "old_value": 60.0,
        "new_value": 70.0,
        "declared": True,
        "reason": "漏报",
        "source_file": FILE,
        "source_cell": "G5",
    }
    return RevisionRow(**{**content, **keys})


CORRECTION = CorrectionRow(
    correction_id="c-1",
    action=CorrectionAction.OVERRIDE,
    indicator_id="firms",
    time_period=MARCH,
    edition=Q1,
    expect="60",
    value="70",
    reason="笔误。",
    decided_by="office",
    from_edition=FIXED,
)
BASELINE = BaselineRow(
    indicator_id="firms",
    time_period=TimePeriod.parse("2024-12"),
    scope="直管区",
    obs_value=50.0,
    source="台账",
    note="",
    from_edition=FIXED,
)
TARGET = AnnualTargetRow(
    goal_id="firms", year=2026, target_value=80.0, source="工作要点", from_edition=FIXED
)
ASSESSMENT = AssessmentRow(
    goal_id="firms",
    edition=FIXED,
    verdict=Rating.MET,
    evidence="验收纪要",
    assessed_by="office",
    assessed_on="2026-06-01",
)
CHANGE = MethodChangeRow(
    edition=FIXED, changed_in="plan", key="firms.target", goal_id="firms", was="100", now="90"
)
REASONS: dict[str, tuple[Facts, tuple[MethodChangeRow, ...], str]] = {
    "a revised value": (Facts(revisions=(revision(),)), (), f"{FILE}：漏报"),
    "a value that had been missing": (Facts(observations=(observation(),)), (), FILE),
    "both, once": (
        Facts(revisions=(revision(),), observations=(observation(),)),
        (),
        f"{FILE}：漏报",
    ),
    "a declared correction": (
        Facts(
            corrections=(CORRECTION,),
            revisions=(revision(source_file="corrections.yaml"),),
            observations=(observation(origin=Origin.CORRECTION),),
        ),
        (),
        "更正 c-1：笔误",
    ),
    "a baseline": (Facts(baselines=(BASELINE,)), (), "基期值：台账"),
    "a yearly target": (Facts(annual_targets=(TARGET,)), (), "2026年年度目标：工作要点"),
    "an assessment": (Facts(assessments=(ASSESSMENT,)), (), "评定：验收纪要"),
    "another method": (Facts(), (CHANGE,), "方法变更：firms.target"),
    "a method of all": (Facts(), (replace(CHANGE, key="due", goal_id=""),), "方法变更：due"),
    "nothing of its own": (
        Facts(observations=(observation(indicator_id="revenue"), observation(vintage=Q1))),
        (replace(CHANGE, edition=Q1),),
        "由同一指标的其他时期或其他目标的更正引起",
    ),
}


@pytest.mark.parametrize("what", REASONS)
def test_what_brought_it_is_named(what: str) -> None:
    facts, changes, reason = REASONS[what]
    assert told(facts, *changes).reason == reason


def test_values_and_ratings_stand_beside_each_other() -> None:
    row = told(Facts(), rating=Rating.MET)
    assert (row.value_before, row.value_after) == (60.0, 70.0)
    assert (row.rating_before, row.rating_after) == (Rating.NOT_ASSESSABLE, Rating.MET)
    assert row.what == "最新值、状态"
    assert (row.corrects, row.edition) == (Q1, FIXED)


def test_what_says_the_same_is_not_told() -> None:
    same = verdict(edition=FIXED)
    assert edition_corrections([verdict()], [same], Facts(), ()) == ()
    assert edition_corrections([], [same], Facts(), ()) == ()  # corrects nothing


def test_a_goal_that_was_not_there_has_no_before() -> None:
    other = verdict(goal_id="new", edition=FIXED)
    (row,) = edition_corrections([verdict()], [other], Facts(), ())
    assert (row.rating_before, row.value_before) == (None, None)


def test_a_target_is_not_told_as_corrected_where_nothing_was_judged_before() -> None:
    def what(before: float | None, after: float | None) -> str:
        was = verdict(latest_value=None, target_value=before)
        now = verdict(edition=FIXED, latest_value=70.0, target_value=after)
        (row,) = edition_corrections([was], [now], Facts(), ())
        return row.what

    assert what(None, 100.0) == "最新值"
    assert what(100.0, None) == "最新值"
    assert what(100.0, 120.0) == "最新值、目标值"
