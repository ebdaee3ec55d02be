"""Why a rating or a pace is another than in the edition before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planbook.assess.reasons.change_reasons import Changes, explain_changes
from planbook.frames import Verdict
from planbook.periods import Edition
from planbook.plan import Thresholds
from planbook.vocabulary import Kind, Rating
from planbook.watch_frames import CHANGE_REASONS, CHANGE_STEPS, ChangeFactor, ChangeReasonRow
from tests.scopes import NEW_DISTRICT

KINDS = tuple(kind for kind in Kind if not kind.by_people)


def explained(world: Any, old: str, new: str) -> tuple[Sequence[Verdict], Changes]:
    history = world.verdicts(old, new)
    return history, explain_changes(world.plan, world.facts, history, Edition.parse(new))


def reason(world: Any, old: str, new: str) -> ChangeReasonRow:
    (found,) = explained(world, old, new)[1].reasons
    return found


def parts(row: ChangeReasonRow) -> dict[str, float | None]:
    return {
        "data": row.part_data,
        "revision": row.part_revision,
        "time": row.part_time,
        "target": row.part_target,
    }


def holds(history: Sequence[Verdict], changes: Changes) -> None:
    """Check that the mixtures begin and end with the verdicts, and that the parts add up."""
    by_goal = {(row.goal_id, row.edition): row for row in history}
    for row in changes.reasons:
        steps = [step for step in changes.steps if step.goal_id == row.goal_id]
        if row.turned_by is not None:
            assert not steps
            assert set(parts(row).values()) == {None}
            continue
        old, new = (by_goal[row.goal_id, each] for each in (row.compared_with, row.edition))
        assert len(steps) == 16
        assert (steps[0].pace, steps[0].rating) == (old.pace, old.rating)
        assert (steps[-1].pace, steps[-1].rating) == (new.pace, new.rating)
        assert old.pace is not None
        assert new.pace is not None
        added = math.fsum(part for part in parts(row).values() if part is not None)
        assert added == pytest.approx(new.pace - old.pace, abs=1e-12)


@pytest.fixture
def example(world: Any, observed: Any) -> Any:
    """The worked example: a value revised, a base revised, a target amended, a quarter more."""
    return world(
        target=1500,
        baseline=1000,
        values=[
            observed("2025-12", 1100, accumulation="end_of_period"),
            observed("2025-12", 1090, accumulation="end_of_period", vintage="2026-Q1"),
            observed("2026-03", 1130, accumulation="end_of_period"),
        ],
        baselines=[{"obs_value": 1010, "from_edition": "2026-Q1"}],
        goal={
            "amendments": [{"from_edition": "2026-Q1", "target": 1480, "source": "调整通知"}],
        },
    )


def test_the_worked_example_through_the_functions_that_judge(example: Any) -> None:
    history, changes = explained(example, "2025-Q4", "2026-Q1")
    holds(history, changes)
    (row,) = changes.reasons
    expected = {"data": 0.220601, "revision": -0.084367, "time": -0.160363, "target": 0.024936}
    assert parts(row) == pytest.approx(expected, abs=1e-6)
    assert row.main_factor is ChangeFactor.DATA  # the pace rose
    assert (row.old_rating, row.new_rating) == (Rating.BEHIND, Rating.BEHIND)


def test_the_tables_keep_what_was_explained(example: Any) -> None:
    changes = explained(example, "2025-Q4", "2026-Q1")[1]
    assert CHANGE_REASONS.rows(CHANGE_REASONS.frame(changes.reasons)) == changes.reasons
    assert CHANGE_STEPS.rows(CHANGE_STEPS.frame(changes.steps)) == changes.steps


def test_what_did_not_change_has_no_part(world: Any) -> None:
    row = reason(world(values={"2025-03": 106, "2025-06": 108}), "2025-Q1", "2025-Q2")
    assert (row.part_revision, row.part_target) == (0.0, 0.0)
    assert row.part_data is not None
    assert row.part_data > 0
    assert row.part_time is not None
    assert row.part_time < 0
    assert row.main_factor is ChangeFactor.TIME


def test_a_revision_alone_makes_the_whole_difference(world: Any, observed: Any) -> None:
    """Of a yearly indicator that owes nothing new."""
    revised = world(
        indicator={"frequency": "annual"},
        values=[
            observed("2025-12", 130, vintage="2026-Q1"),
            observed("2025-12", 105, vintage="2026-Q2"),
        ],
    )
    history, changes = explained(revised, "2026-Q1", "2026-Q2")
    holds(history, changes)
    (row,) = changes.reasons
    assert parts(row) == {
        "data": 0.0,
        "revision": pytest.approx(row.new_pace - row.old_pace, abs=1e-15),  # type: ignore[operator]
        "time": 0.0,
        "target": 0.0,
    }
    assert row.factors_alone == (ChangeFactor.REVISION,)


def test_an_amended_target_alone_makes_the_whole_difference(world: Any) -> None:
    amended = world(
        indicator={"frequency": "annual"},
        values={"2025-12": 130},
        goal={"amendments": [{"from_edition": "2026-Q2", "target": 300, "source": "调整通知"}]},
    )
    row = reason(amended, "2026-Q1", "2026-Q2")
    assert (row.part_data, row.part_revision, row.part_time) == (0.0, 0.0, 0.0)
    assert row.main_factor is ChangeFactor.TARGET
    assert row.factors_alone == (ChangeFactor.TARGET,)


def test_within_a_year_the_estimate_moves_by_data_and_never_by_time(world: Any) -> None:
    """The share of the year that a value usually is belongs to the value."""
    values = {"2024-03": 20, "2024-06": 45, "2024-12": 100, "2025-03": 25, "2025-06": 50}
    history, changes = explained(world("annual_flow", values=values), "2025-Q1", "2025-Q2")
    holds(history, changes)
    (row,) = changes.reasons
    assert (row.part_time, row.part_revision) == (0.0, 0.0)
    assert row.main_factor is ChangeFactor.DATA


def test_a_revised_example_year_changes_the_estimate_by_revision(world: Any, observed: Any) -> None:
    revised = world(
        "annual_flow",
        values=[
            observed("2024-03", 20, vintage="2025-Q1"),
            observed("2024-03", 25, vintage="2025-Q2"),
            observed("2024-06", 45, vintage="2025-Q1"),
            observed("2024-12", 100, vintage="2025-Q1"),
            observed("2025-03", 25),
            observed("2025-06", 50),
        ],
    )
    row = reason(revised, "2025-Q1", "2025-Q2")
    assert row.part_revision is not None
    assert row.part_revision < 0  # the first quarter was a larger part of its year than thought


def test_a_cumulative_number_stands_against_more_that_is_due(world: Any) -> None:
    still = world("cumulative", values={"2025-03": 60, "2025-06": 60})
    row = reason(still, "2025-Q1", "2025-Q2")
    assert row.part_data == 0.0
    assert row.main_factor is ChangeFactor.TIME
    assert row.factors_alone == (ChangeFactor.TIME,) or row.old_rating is row.new_rating


def test_an_average_growth_is_carried_to_the_year_after(world: Any) -> None:
    values = {"2025-12": 130, "2026-12": 140}
    growing = world("cagr", target=20, values=values, indicator={"frequency": "annual"})
    history, changes = explained(growing, "2025-Q4", "2026-Q4")
    assert not changes.reasons  # 2026-Q3 is the edition before
    history, changes = explained(growing, "2026-Q3", "2026-Q4")
    holds(history, changes)
    (row,) = changes.reasons
    assert row.part_time is not None
    assert row.part_time < 0
    assert row.part_data is not None
    assert row.part_data > 0


GATES = [
    ("not_reported", {"values": {"2025-03": 106}}),
    ("reported", {"values": {"2025-06": 106}}),
    ("met", {"values": {"2025-03": 106, "2025-06": 250}}),
    ("fallen", {"values": {"2025-03": 250, "2025-06": 106}}),
    ("due", {"values": {"2027-09": 190, "2027-12": 195}}),
    ("baseline", {"baseline": None, "baselines": [{"obs_value": 100, "from_edition": "2025-Q2"}]}),
    ("steadiness", {"values": {"2025-03": 250, "2024-06": 260, "2025-06": 255}}),
]


@pytest.mark.parametrize(("gate", "columns"), GATES, ids=[gate for gate, _ in GATES])
def test_what_opened_or_closed_is_named_and_nothing_is_split(
    world: Any, gate: str, columns: dict[str, Any]
) -> None:
    told = world(**{"values": {"2025-03": 106, "2025-06": 109}, **columns})
    editions = ("2027-Q3", "2027-Q4") if gate == "due" else ("2025-Q1", "2025-Q2")
    history, changes = explained(told, *editions)
    holds(history, changes)
    (row,) = changes.reasons
    assert row.turned_by == gate
    assert row.main_factor is None


def test_another_area_is_a_change_of_scope(world: Any, observed: Any) -> None:
    broken = world(values=[observed("2025-03", 106), observed("2025-06", 60, scope=NEW_DISTRICT)])
    assert reason(broken, "2025-Q1", "2025-Q2").turned_by == "scope"


def test_what_people_judged_is_named(world: Any) -> None:
    judged = world(
        "milestone",
        target=None,
        baseline=None,
        assessments=[
            {"edition": "2025-Q1", "verdict": "滞后"},
            {"edition": "2025-Q2", "verdict": "达序时"},
        ],
    )
    row = reason(judged, "2025-Q1", "2025-Q2")
    assert (row.turned_by, row.old_pace, row.new_pace) == ("assessed", None, None)


def test_a_year_that_closed_and_missed_is_named(world: Any) -> None:
    values = {"2024-09": 70, "2024-12": 100, "2025-09": 70, "2025-12": 99}
    missed = world("every_year", target=100, values=values)
    row = reason(missed, "2025-Q3", "2025-Q4")
    assert (row.turned_by, row.new_rating) == ("missed_year", Rating.FAR_BEHIND)


def test_the_first_unit_due_is_named(world: Any) -> None:
    few = world(
        target=104,
        values={"2025-03": 101, "2025-06": 101, "2025-09": 101},
        indicator={"nature": "count_stock", "unit": "家"},
    )
    row = reason(few, "2025-Q2", "2025-Q3")
    assert (row.turned_by, row.old_pace, row.new_pace) == ("amount_due", None, 1.0)


def test_an_unchanged_goal_has_no_row(world: Any) -> None:
    carried = world(indicator={"frequency": "annual"}, values={"2025-12": 130})
    assert explained(carried, "2026-Q1", "2026-Q2")[1] == Changes()


def test_the_first_edition_has_nothing_to_compare(world: Any) -> None:
    first = world(values={"2025-03": 110})
    history = first.verdicts("2025-Q1")
    assert explain_changes(first.plan, first.facts, history, history[0].edition) == Changes()


def test_a_published_pace_stands_and_another_method_is_the_target_s_part(world: Any) -> None:
    small = world(values={"2025-03": 106, "2025-06": 108})
    published, now = small.verdicts("2025-Q1", "2025-Q2")
    said = replace(published, pace=1.5, rating=Rating.ON_COURSE)
    changes = explain_changes(small.plan, small.facts, (said, now), now.edition)
    holds((said, now), changes)
    (row,) = changes.reasons
    plain = reason(small, "2025-Q1", "2025-Q2")
    assert published.pace is not None
    assert row.part_target == pytest.approx(published.pace - 1.5, abs=1e-12)
    assert (row.part_data, row.part_time) == pytest.approx((plain.part_data, plain.part_time))


def test_other_thresholds_are_a_change_of_the_target(world: Any) -> None:
    small = world(values={"2025-03": 106, "2025-06": 106}, target=148)
    was, now = small.verdicts("2025-Q1", "2025-Q2")
    assert (was.rating, now.rating) == (Rating.ON_COURSE, Rating.BEHIND)
    lenient = Thresholds(on_course=0.85, far_behind=0.6)
    changes = explain_changes(small.plan, small.facts, (was, now), now.edition, lenient)
    holds((was, now), changes)
    late = {step.new_target: step.rating for step in changes.steps if step.new_time}
    assert late == {False: Rating.ON_COURSE, True: Rating.BEHIND}
    assert changes.reasons[0].factors_alone == ()


def test_a_rating_that_only_another_threshold_turned_is_the_target_s(world: Any) -> None:
    yearly = {"accumulation": "year", "frequency": "annual"}
    small = world("annual_flow", 130, {"2025-12": 108.5}, indicator=yearly)
    was, now = small.verdicts("2025-Q4", "2026-Q1")
    assert (was.pace, was.rating) == (now.pace, now.rating)
    was = replace(was, rating=Rating.FAR_BEHIND)
    strict = Thresholds(on_course=0.99, far_behind=0.98)
    changes = explain_changes(small.plan, small.facts, (was, now), now.edition, strict)
    holds((was, now), changes)
    (row,) = changes.reasons
    assert (row.main_factor, row.factors_alone) == (ChangeFactor.TARGET, (ChangeFactor.TARGET,))
    assert set(parts(row).values()) == {0.0}


def test_a_correction_edition_is_compared_with_the_period_before_its_own(
    world: Any, observed: Any
) -> None:
    corrected = world(
        values=[
            observed("2025-03", 106),
            observed("2025-06", 108),
            observed("2025-06", 120, vintage="2025-Q2.1"),
            observed("2025-09", 122),
        ]
    )
    row = reason(corrected, "2025-Q1", "2025-Q2.1")
    assert str(row.compared_with) == "2025-Q1"
    history = [
        each
        for each in corrected.verdicts("2025-Q2.1", "2025-Q3")
        if str(each.edition) != "2025-Q2"
    ]
    changes = explain_changes(corrected.plan, corrected.facts, history, Edition.parse("2025-Q3"))
    holds(history, changes)
    assert str(changes.reasons[0].compared_with) == "2025-Q2.1"


VALUES = st.floats(50, 300)
GAPS = st.lists(st.integers(0, 5), max_size=2)  # quarters without a value; the newest two have one


QUARTERS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in (3, 6, 9, 12)]
DRAWN = st.fixed_dictionaries(
    {
        "values": st.lists(VALUES, min_size=8, max_size=8),
        "gaps": GAPS,
        "revised": st.dictionaries(st.integers(0, 6), VALUES, max_size=3),
        "bases": st.lists(VALUES, min_size=1, max_size=2),
        "targets": st.lists(st.floats(400, 900), min_size=1, max_size=2),
        "counted": st.booleans(),
        "newest": st.integers(5, 7),
    }
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(DRAWN)
def test_any_two_editions_begin_and_end_with_their_verdicts(
    world: Any, observed: Any, kind: Kind, drawn: dict[str, Any]
) -> None:
    newest = drawn["newest"]
    edition = Edition.parse(f"2025-Q{newest - 3}")
    rows = [
        observed(
            period,
            None if n in drawn["gaps"] and n < newest - 1 else value,
            vintage="2025-Q1" if n < 4 else f"2025-Q{n - 3}",
        )
        for n, (period, value) in enumerate(zip(QUARTERS, drawn["values"], strict=True))
        if n <= newest
    ]
    rows += [
        observed(QUARTERS[n], value, vintage=str(edition))
        for n, value in drawn["revised"].items()
        if n < newest
    ]
    base, *new_base = drawn["bases"]
    target, *new_target = drawn["targets"]
    small = world(
        kind.value,
        target=target,
        values=rows,
        baseline=base,
        baselines=[{"obs_value": each, "from_edition": str(edition)} for each in new_base],
        indicator={"unit": "家", "nature": "count_gross"} if drawn["counted"] else {},
        goal={
            "amendments": [
                {"from_edition": str(edition), "target": each, "source": "调整通知"}
                for each in new_target
            ]
        },
    )
    holds(*explained(small, str(edition.plus(-1)), str(edition)))
