"""What was said of goals is scored when its result is there, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from outlook.published import score_bands, score_likelihoods, scored_lines
from planbook.outlook_frames import OutlookMethod, OutlookRow
from planbook.periods import Edition, TimePeriod

DUE = TimePeriod(2027, 12)
UNTIL = {"2026-12": 150, "2027-09": 195}


def said(p: float | None, **more: Any) -> OutlookRow:
    given: dict[str, Any] = {
        "goal_id": "thing",
        "edition": Edition.parse("2026-Q4"),
        "p_method": OutlookMethod.MODEL,
        "judged_period": DUE,
        "outlook_low80": 180.0,
        "outlook_high80": 205.0,
        "p_met": p,
    }
    return OutlookRow(**given | more)


@pytest.mark.parametrize(
    ("final", "met", "inside", "brier"), [(201, True, True, 0.09), (170, False, False, 0.49)]
)
def test_a_likelihood_is_scored_by_what_came(
    world: Any, final: float, met: bool, inside: bool, brier: float
) -> None:
    history = world("level_at_end", 200, {**UNTIL, "2027-12": final}).verdicts("2027-Q4")
    (found,) = score_likelihoods([said(0.7)], history)
    assert (found.met, found.inside) == (met, inside)
    assert found.brier == pytest.approx(brier)


def test_before_the_due_date_nothing_is_scored(world: Any) -> None:
    history = world("level_at_end", 190, UNTIL).verdicts("2026-Q4", "2027-Q3")
    assert history[-1].met
    assert score_likelihoods([said(0.7)], history) == []


def test_the_newest_verdict_settles_and_what_was_not_said_is_not_scored(world: Any) -> None:
    own = world("level_at_end", 200, {**UNTIL, "2027-12": 201})
    history = own.verdicts("2027-Q3", "2027-Q4")
    assert len(score_likelihoods([said(0.7)], history[::-1])) == 1
    assert score_likelihoods([said(None), said(0.7, goal_id="other")], history) == []


def test_an_interval_is_not_held_against_a_rate_of_growth(world: Any) -> None:
    values = {"2025-12": 115, "2026-12": 130, "2027-12": 150}
    indicator = {"frequency": "annual", "reported_in": [4]}
    own = world("cagr", 10, values, goal={"unit": "%"}, indicator=indicator)
    (found,) = score_likelihoods([said(0.7)], own.verdicts("2027-Q4"))
    assert (found.met, found.inside) == (True, None)


@pytest.mark.parametrize(
    ("year", "met", "inside"), [(2025, True, True), (2026, False, False), (2027, True, True)]
)
def test_a_year_of_a_goal_for_every_year_is_scored_by_its_own_total(
    world: Any, year: int, met: bool, inside: bool
) -> None:
    own = world("every_year", 190, {"2025-12": 195, "2026-12": 150, "2027-12": 200})
    history = own.verdicts("2025-Q4", "2026-Q4", "2027-Q4")
    assert history[-1].rating == "未达成"
    row = said(0.7, judged_period=TimePeriod(year, 12))
    (found,) = score_likelihoods([row], history)
    assert (found.met, found.inside) == (met, inside)
    closed = [each for each in history if each.edition.end.year <= year]
    assert score_likelihoods([row], closed) == [found]  # before the goal is due
    assert score_likelihoods([row], closed[:-1]) == []


def test_a_year_whose_total_never_came_is_not_scored(world: Any) -> None:
    own = world("every_year", 190, {"2025-12": 195, "2027-12": 200})
    history = own.verdicts("2025-Q4", "2026-Q4", "2027-Q4")
    assert score_likelihoods([said(0.7, judged_period=TimePeriod(2026, 12))], history) == []


def test_the_band_of_a_year_is_held_against_its_whole_value(world: Any) -> None:
    values = {
        "2025-03": {"obs_value": 22, "prior_value": 20},
        "2025-06": {"obs_value": 47, "prior_value": 44},
        "2025-09": {"obs_value": 75, "prior_value": 69},
    }
    own = world("annual_flow", 150, {**values, "2025-12": 109})
    history = own.verdicts("2025-Q3", "2025-Q4")
    (found,) = score_bands(history)
    assert (found.value, found.inside) == (109, True)
    assert score_bands(history[:1]) == []


def test_what_cannot_be_scored_yet_is_said(world: Any) -> None:
    lines = list(scored_lines([said(0.7)], world("level_at_end", 190, UNTIL).verdicts("2027-Q3")))
    assert "尚无" in lines[1]
    assert lines[2].endswith("尚无")


def test_scores_are_told_by_method(world: Any) -> None:
    history = world("level_at_end", 200, {**UNTIL, "2027-12": 201}).verdicts("2027-Q4")
    reference = said(0.6, p_method=OutlookMethod.REFERENCE, outlook_low80=None)
    lines = list(scored_lines([said(0.7), said(0.9), reference], history))
    assert lines[0] == "各期共列出达标可能性3个，已有结果3个"
    assert lines[1] == "  数列模型：2个，达标2个，布里尔分0.050，80%误差范围2个中落入2个（100%）"
    assert lines[2].startswith("  同类情形的历史频率：1个，达标1个，布里尔分0.160")
