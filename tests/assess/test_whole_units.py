"""Counts with a short way: so many whole units are due, and so many are done."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.assess.case import Case
from planbook.assess.kinds.whole_units import rated_in_units
from planbook.assess.rating import WORST_TO_BEST, rating
from planbook.assess.series import Series
from planbook.assess.targets import Target
from planbook.periods import CALENDAR, TimePeriod
from planbook.plan import Goal, Indicator, Thresholds
from planbook.plan.cycle import QUARTERLY
from planbook.vocabulary import Accumulation, Comparator, Direction, RatedBy, Rating
from tests.observed import observation

COUNT: dict[str, Any] = {"nature": "count_stock", "unit": "家"}
QUARTERS = [f"{year}-Q{quarter}" for year in (2025, 2026, 2027) for quarter in (1, 2, 3, 4)]
THRESHOLDS = Thresholds(on_course=0.95, far_behind=0.6)


def quarter_ends(*values: float) -> dict[str, float]:
    return {str(TimePeriod(2024, 12).plus(3 * n)): v for n, v in enumerate(values, start=1)}


def test_one_to_go_is_not_red_until_the_last_day(world: Any) -> None:
    last_minute = world(
        values=quarter_ends(*[7] * 11, 8), baseline=7, target=8, indicator=COUNT
    ).history(*QUARTERS)
    assert list(last_minute["rating"]) == ["达序时"] * 11 + ["已达成"]
    assert set(last_minute["rated_by"][:11]) == {"whole_units"}
    assert last_minute["pace"][:11].isna().all()  # of nothing due there is no share
    assert all("less_than_one_due" in notes.split() for notes in last_minute["notes"][:11])
    assert "less_than_one_due" not in last_minute["notes"][11]


@pytest.mark.parametrize(
    ("value", "word", "pace"),
    [
        (19, "逆转", -0.25),
        (20, "严重滞后", 0.0),
        (21, "严重滞后", 0.25),
        (22, "滞后", 0.5),  # ⌊0.6·4.17⌋ = 2
        (23, "滞后", 0.75),
        (24, "达序时", 1.0),  # ⌊10·5/12⌋ = 4
        (25, "达序时", 1.25),
    ],
)
def test_the_limits_are_whole_units(world: Any, value: float, word: str, pace: float) -> None:
    row = world(values={"2026-03": value}, baseline=20, target=30, indicator=COUNT).verdict(
        "2026-Q1"
    )
    assert (row["rating"], row["rated_by"]) == (word, "whole_units")
    assert row["pace"] == pytest.approx(pace)
    assert row["path_value"] == 24
    assert row["share_due"] == pytest.approx(5 / 12)
    assert row["increment_due"] == pytest.approx(0.4)
    assert row["remaining"] == 30 - value
    assert row["required_step"] == pytest.approx((30 - value) / 7)
    assert "small_target" in row["notes"]


def test_eighteen_of_eighteen_due_is_on_course(world: Any) -> None:
    row = world(values={"2025-12": 18}, baseline=15, target=25, indicator=COUNT).verdict("2025-Q4")
    assert row["linear_pace"] == pytest.approx(0.9)
    assert (row["rating"], row["pace"]) == ("达序时", 1.0)


@pytest.mark.parametrize(
    ("target", "indicator", "rated_by"),
    [
        (110, COUNT, "whole_units"),
        (111, COUNT, "linear"),  # a way of eleven
        (110, {"nature": "count_stock", "decimals": 2}, "linear"),  # 万家 is not counted one by one
        (110, {"nature": "ratio"}, "linear"),
    ],
)
def test_only_a_short_way_of_something_counted_goes_by_units(
    world: Any, target: float, indicator: dict[str, Any], rated_by: str
) -> None:
    row = world(values={"2025-06": 103}, target=target, indicator=indicator).verdict("2025-Q2")
    assert row["rated_by"] == rated_by
    assert ("small_target" in row["notes"]) is (rated_by == "whole_units")


def test_the_way_ends_at_the_value_that_meets(world: Any) -> None:
    above = world(
        values={"2026-12": 46}, baseline=40, target=49, indicator=COUNT, goal={"comparator": ">"}
    ).verdict("2026-Q4")
    assert (above["meeting_value"], above["path_value"]) == (50, 46)  # a way of ten, not nine
    none_to_go = world(
        values={"2026-12": 40}, baseline=40, target=40, indicator=COUNT, goal={"comparator": ">"}
    ).verdict("2026-Q4")
    assert (none_to_go["rating"], none_to_go["rated_by"]) == ("达序时", "whole_units")


def test_a_falling_count_goes_by_units_too(world: Any) -> None:
    def fallen_to(value: float) -> str:
        small = world(
            values={"2026-06": value},
            baseline=8,
            target=2,
            indicator=COUNT,
            goal={"direction": "down", "comparator": "<="},
        )
        row: dict[str, Any] = small.verdict("2026-Q2")
        assert row["path_value"] == 5
        return str(row["rating"])

    assert [fallen_to(value) for value in (9, 8, 7, 6, 5)] == [
        "逆转",
        "严重滞后",
        "滞后",
        "滞后",
        "达序时",
    ]


def test_a_baseline_past_the_target_has_no_way_in_units(world: Any) -> None:
    row = world(values={"2026-06": 4}, baseline=8, target=6, indicator=COUNT).verdict("2026-Q2")
    assert (row["rating"], row["rated_by"]) == ("逆转", "linear")
    assert "baseline_past_target" in row["notes"]


def test_what_is_added_up_starts_from_nothing(world: Any) -> None:
    small = {"target": 6, "indicator": {"nature": "count_gross", "unit": "家"}}
    row = world("cumulative", values={"2026-06": 3}, **small).verdict("2026-Q2")
    assert (row["rating"], row["path_value"], row["pace"]) == ("达序时", 3, 1.0)
    assert row["increment_due"] == row["increment_completion"] == 0.5
    net = {"target": 6, "indicator": {"nature": "count_net", "unit": "家"}}
    assert world("cumulative", values={"2025-03": -1}, **net).verdict("2025-Q1")["rating"] == "逆转"
    assert (
        world("cumulative", values={"2025-03": 0}, **net).verdict("2025-Q1")["rating"] == "达序时"
    )


def test_yearly_counts_are_due_at_the_years_end(world: Any) -> None:
    yearly = world(
        "annual_flow",
        target=7,
        baseline=4,
        values={"2025-12": 5, "2026-12": 5},
        indicator={"nature": "count_gross", "unit": "场"},
    )
    first, second = yearly.verdict("2025-Q4"), yearly.verdict("2026-Q4")
    assert (first["rating"], first["path_value"]) == ("达序时", 5)
    assert (second["rating"], second["path_value"], second["pace"]) == ("滞后", 6, 0.5)


def test_a_number_for_every_year_is_due_in_units(world: Any) -> None:
    every = world(
        "every_year",
        target=2,
        baseline=None,
        values={"2025-03": 0, "2025-09": 1, "2025-12": 2},
        indicator={"nature": "count_gross", "unit": "场"},
    )
    words = [every.verdict(f"2025-Q{quarter}")["rating"] for quarter in (1, 3, 4)]
    assert words == ["达序时", "达序时", "达序时"]


# their other fields do not count here
part_of_goal: Any = Goal.model_construct
part_of_indicator: Any = Indicator.model_construct


def judged(value: float, *, way: int, share: float, direction: Direction) -> Rating:
    """Rate a count from its value, the way from zero and the share due."""
    goal = part_of_goal(id="thing", direction=direction)
    comparator = Comparator.AT_LEAST if direction is Direction.UP else Comparator.AT_MOST
    case = Case(
        goal=goal,
        indicator=part_of_indicator(id="thing"),
        target=Target(
            number=direction.sign * float(way),
            upper=None,
            comparator=comparator,
            direction=direction,
            tolerance=0.05,
            counted=True,
        ),
        start=TimePeriod(2024, 12),
        due=TimePeriod(2027, 12),
        series=Series("", Accumulation.END_OF_PERIOD, (), {}, CALENDAR),
        latest=observation(TimePeriod(2026, 9), None),
        baseline=0.0,
        thresholds=THRESHOLDS,
        small_target=10,
        due_passed=False,
        cycle=QUARTERLY,
    )
    rated = rated_in_units(case, direction.sign * value, baseline=0.0, share=share)
    assert rated is not None
    assert rated.rated_by is RatedBy.WHOLE_UNITS
    return rating(
        pace=rated.rate, met=False, adverse=False, due_passed=False, thresholds=THRESHOLDS
    )


@given(st.integers(1, 10), st.floats(0, 1), st.integers(-3, 12))
def test_one_unit_more_is_never_rated_worse_and_direction_is_a_matter_of_sign(
    way: int, share: float, value: int
) -> None:
    less = judged(value, way=way, share=share, direction=Direction.UP)
    more = judged(value + 1, way=way, share=share, direction=Direction.UP)
    assert WORST_TO_BEST.index(less) <= WORST_TO_BEST.index(more)
    assert less is judged(value, way=way, share=share, direction=Direction.DOWN)
    assert (less is Rating.REVERSING) == (value < 0)
    assert judged(way, way=way, share=share, direction=Direction.UP) is Rating.ON_COURSE
