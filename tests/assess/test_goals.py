"""Whole frames: editions, vintages, amendments, people's verdicts and what is noted beside."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.goals import assess_history
from planbook.frames import HISTORY, VERDICTS
from planbook.periods import Edition


def test_a_past_edition_is_judged_on_what_was_known_in_it(world: Any, observed: Any) -> None:
    revised = world(
        values=[
            observed("2025-06", 130),
            observed("2025-06", 90, vintage="2025-Q4"),
            observed("2025-12", 105),
        ]
    )
    assert revised.verdict("2025-Q2")["latest_value"] == 130
    assert revised.verdict("2025-Q2")["rating"] == "达序时"
    rows = revised.history("2025-Q2", "2025-Q4")
    assert list(rows["rating"]) == ["达序时", "严重滞后"]
    assert list(rows.columns) == list(HISTORY.columns)


def test_the_rating_before_is_that_of_the_quarter_before(world: Any) -> None:
    values = {"2025-03": 110, "2025-06": 101, "2025-09": 99}
    rows = world(values=values).history("2025-Q1", "2025-Q2", "2025-Q3")
    assert list(rows["rating"]) == ["达序时", "严重滞后", "逆转"]
    assert list(rows["previous_rating"]) == ["", "达序时", "严重滞后"]


def test_history_and_a_single_edition_agree(world: Any) -> None:
    values = {"2025-03": 110, "2025-06": 101, "2025-09": 230, "2025-12": 150}
    small = world(values=values)
    last = small.history("2025-Q1", "2025-Q4").to_dict("records")[-1]
    alone = small.verdict("2025-Q4")
    assert set(last["notes"].split()) == alone["notes"] == {"fallen_out"}
    different = {"notes", "demonstration"}
    assert {k: repr(v) for k, v in last.items() if k not in different} == {
        k: repr(v) for k, v in alone.items() if k not in different
    }


def test_a_correction_edition_is_compared_with_the_quarter_before_its_own(
    world: Any, observed: Any
) -> None:
    corrected = world(
        values=[
            observed("2025-03", 110),
            observed("2025-06", 250),
            observed("2025-06", 99, vintage="2025-Q2.1"),
            observed("2025-09", 125),
        ]
    )
    row = corrected.verdict("2025-Q2.1")
    assert (row["previous_rating"], row["rating"]) == ("达序时", "逆转")
    assert "fallen_out" not in row["notes"]
    assert corrected.verdict("2025-Q2")["rating"] == "已达成"


def test_the_order_of_the_rows_is_irrelevant(world: Any) -> None:
    values = {"2024-06": 40, "2024-12": 100, "2025-06": 48, "2025-12": 118, "2026-06": 60}
    turned = dict(reversed(values.items()))
    one = world("annual_flow", values=values).history("2025-Q4", "2026-Q2")
    other = world("annual_flow", values=turned).history("2026-Q2", "2025-Q4")
    assert one.equals(other)


@pytest.mark.parametrize("unit", [1e-4, 3.0, 1e4])
def test_the_unit_of_the_values_changes_no_verdict(world: Any, unit: float) -> None:
    values = {"2024-06": 40, "2024-12": 100, "2025-06": 48, "2025-12": 118}
    for kind in ("level_at_end", "annual_flow", "cumulative", "every_year"):
        measured = {"decimals": 2}  # things counted have no other unit
        plain = world(kind, values=values, indicator=measured).verdict("2025-Q4")
        scaled = world(
            kind,
            values={period: value * unit for period, value in values.items()},
            baseline=100 * unit,
            target=200 * unit,
            indicator=measured,
        ).verdict("2025-Q4")
        assert scaled["rating"] == plain["rating"]
        assert scaled["pace"] == pytest.approx(plain["pace"])


def test_an_amended_target_holds_from_its_edition_on(world: Any) -> None:
    amended = world(
        values={"2025-09": 130, "2025-12": 130},
        goal={"amendments": [{"from_edition": "2025-Q4", "target": 400, "source": "调整通知"}]},
    )
    before, after = amended.verdict("2025-Q3"), amended.verdict("2025-Q4")
    assert (before["target_low"], after["target_low"]) == (200, 400)
    assert (before["rating"], after["rating"]) == ("达序时", "严重滞后")


def test_a_baseline_corrected_later_holds_from_its_edition_on(world: Any) -> None:
    changed = world(
        values={"2025-09": 120, "2025-12": 120},
        baselines=[{"obs_value": 119, "from_edition": "2025-Q4"}],
    )
    assert changed.verdict("2025-Q3")["baseline_value"] == 100
    assert changed.verdict("2025-Q4")["baseline_value"] == 119


def test_people_judge_milestones_and_their_word_holds_until_the_next(world: Any) -> None:
    milestone = world(
        "milestone",
        target=1,
        baseline=None,
        assessments=[
            {"edition": "2025-Q2", "verdict": "滞后"},
            {"edition": "2026-Q1", "verdict": "已达成"},
        ],
    )
    assert milestone.verdict("2025-Q1")["reason"] == "定性目标待评定"
    assert milestone.verdict("2025-Q4")["rating"] == "滞后"
    row = milestone.verdict("2026-Q3")
    assert (row["rating"], row["rated_by"], row["met"]) == ("已达成", "people", True)
    assert (row["evidence"], row["assessed_by"]) == ("批复文件", "某办公室")
    assert milestone.verdict("2027-Q4")["rating"] == "已达成"


def test_a_milestone_nobody_assessed_is_never_judged_by_a_formula(world: Any) -> None:
    row = world("milestone", target=1, baseline=None, values={"2027-12": 5}).verdict("2027-Q4")
    assert (row["rating"], row["reason"]) == ("无法判定", "定性目标待评定")
    assert row["latest_value"] != row["latest_value"]


def test_a_reported_growth_rate_that_contradicts_the_values_is_noted(world: Any) -> None:
    def grown(yoy: float) -> set[str]:
        report = {"value": 110, "obs_status": "normal", "prior_value": 100, "yoy": yoy}
        row: dict[str, Any] = world(values={"2025-06": report}).verdict("2025-Q2")
        assert row["yoy"] == yoy  # kept as reported
        return set(row["notes"])

    assert "yoy_gap" in grown(8.9)
    assert "yoy_gap" not in grown(9.0)  # a gap of exactly one 百分点 is allowed


def test_the_change_of_a_share_is_compared_in_points(world: Any) -> None:
    report = {"value": 63, "obs_status": "normal", "prior_value": 60, "yoy": 3.0}
    row = world(values={"2025-06": report}, indicator={"nature": "ratio"}).verdict("2025-Q2")
    assert "yoy_gap" not in row["notes"]


def test_a_provisional_value_and_a_revised_one_are_told(world: Any) -> None:
    flash = {"value": 130, "obs_status": "normal", "release_stage": "快报"}
    revision = {
        "indicator_id": "thing",
        "time_period": "2025-06",
        "scope": "未注明",
        "vintage": "2025-Q3",
        "old_vintage": "2025-Q2",
        "old_value": 120,
        "new_value": 130,
        "declared": True,
        "reason": "核实",
        "source_file": "",
        "source_cell": "",
    }
    told = world(values={"2025-06": flash}, revisions=[revision], indicator={"reported_in": (2,)})
    assert "provisional" in told.verdict("2025-Q2")["notes"]
    assert "revised" not in told.verdict("2025-Q2")["notes"]
    assert "revised" in told.verdict("2025-Q3")["notes"]


def test_every_verdict_has_a_reason_if_and_only_if_it_cannot_be_judged(world: Any) -> None:
    for kind in (
        "level_at_end",
        "annual_flow",
        "cumulative",
        "cagr",
        "growth_vs_base",
        "every_year",
        "milestone",
    ):
        rows = world(kind, values={"2025-06": 60, "2025-12": 120, "2026-06": 70}).history(
            *(f"{year}-Q{quarter}" for year in (2025, 2026, 2027) for quarter in (1, 2, 3, 4))
        )
        assert len(rows) == 12
        for row in rows.to_dict("records"):
            assert (row["rating"] == "无法判定") == bool(row["reason"])


def test_the_frame_keeps_its_contract(world: Any) -> None:
    small = world(values={"2025-06": 130})
    found = assess_history(small.plan, small.facts, [Edition.parse("2025-Q2")], demonstration=True)
    frame = VERDICTS.frame(found)
    assert VERDICTS.rows(frame) == found
    assert frame["demonstration"].all()
    assert (frame["chapter"].item(), frame["field"].item()) == ("one", "领域")
    assert (frame["kind"].item(), frame["comparator"].item()) == ("level_at_end", ">=")
    assert frame["edition"].item() == "2025-Q2"
    assert small.history().empty


def test_a_goal_met_only_by_a_number_that_was_revised_has_not_fallen_out(
    world: Any, observed: Any
) -> None:
    revised = world(
        values=[
            observed("2025-03", 250),
            observed("2025-03", 120, vintage="2025-Q2"),
            observed("2025-06", 125),
        ]
    )
    row = revised.verdict("2025-Q2")
    assert row["previous_rating"] == "已达成"
    assert "met_before_revision" in row["notes"]
    assert "fallen_out" not in row["notes"]


def test_a_goal_that_met_the_target_before_it_was_raised_has_not_fallen_out(world: Any) -> None:
    raised = world(
        values={"2025-03": 250, "2025-06": 260},
        goal={"amendments": [{"from_edition": "2025-Q2", "target": 400, "source": "调整通知"}]},
    )
    assert raised.verdict("2025-Q1")["rating"] == "已达成"
    row = raised.verdict("2025-Q2")
    assert "met_before_amendment" in row["notes"]
    assert "fallen_out" not in row["notes"]


def test_a_value_owed_that_was_refused_is_noted(world: Any) -> None:
    refused = {"value": None, "obs_status": "refused"}
    row = world(values={"2025-03": 110, "2025-06": refused}).verdict("2025-Q2")
    assert (row["reason"], row["latest_period"]) == ("本期未报", "2025-03")
    assert "refused" in row["notes"]
    silent = world(values={"2025-03": 110, "2025-06": None}).verdict("2025-Q2")
    assert "refused" not in silent["notes"]
