"""Why the demonstration's goals changed: reasons begin and end with the verdicts."""

from __future__ import annotations

import math

import pytest

from planbook.assess.goals import assess_history
from planbook.assess.reasons.change_gates import pace_shown
from planbook.assess.reasons.change_reasons import PACE_DECIMALS, explain_changes
from planbook.errors import Gathering
from planbook.facts import Facts
from planbook.frames import Verdict
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from planbook.watch_frames import ChangeFactor
from tests.books import ROOT

Demonstration = tuple[Plan, Facts, tuple[Verdict, ...]]


@pytest.fixture(scope="module")
def demonstration_judged() -> Demonstration:
    workspace, plan = open_workspace("demo", ROOT)
    last = workspace.edition(None, plan.about.first_edition)
    facts = read_facts(workspace, plan, last, Gathering())
    editions = editions_between(plan.about.first_edition, last)
    return plan, facts, assess_history(plan, facts, editions, demonstration=True)


def editions_of(history: tuple[Verdict, ...]) -> list[Edition]:
    return sorted({row.edition for row in history})[1:]


def test_every_change_has_its_reason_and_its_parts_add_up(
    demonstration_judged: Demonstration,
) -> None:
    plan, facts, history = demonstration_judged
    by_goal = {(row.goal_id, row.edition): row for row in history}
    for edition in editions_of(history):
        found = explain_changes(plan, facts, history, edition)
        told = {row.goal_id for row in found.reasons}
        for goal in plan.goals:
            old, new = (by_goal[goal.id, each] for each in (edition.plus(-1), edition))
            paces = [pace_shown(old), pace_shown(new)]
            printed = {None if each is None else round(each, PACE_DECIMALS) for each in paces}
            assert (goal.id in told) == (len(printed) > 1 or old.rating is not new.rating)
        for row in found.reasons:
            steps = [step for step in found.steps if step.goal_id == row.goal_id]
            old, new = (by_goal[row.goal_id, each] for each in (row.compared_with, edition))
            if row.turned_by is not None:
                assert not steps
                continue
            assert old.pace is not None
            assert new.pace is not None
            assert [(each.pace, each.rating) for each in (steps[0], steps[-1])] == [
                (each.pace, each.rating) for each in (old, new)
            ]
            parts = (row.part_data, row.part_revision, row.part_time, row.part_target)
            added = math.fsum(part for part in parts if part is not None)
            assert added == pytest.approx(new.pace - old.pace, abs=1e-12)


def test_no_target_was_amended_so_none_has_a_part(demonstration_judged: Demonstration) -> None:
    plan, facts, history = demonstration_judged
    assert not any(goal.amendments for goal in plan.goals)
    for edition in editions_of(history):
        for row in explain_changes(plan, facts, history, edition).reasons:
            assert row.part_target in (None, 0.0)
            assert row.main_factor is not ChangeFactor.TARGET
