"""Years that begin in another month: the demonstration, moved there, is judged as it was."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from pydantic import BaseModel

from planbook.assess.annual import assess_annual_targets, lenient_annual_targets
from planbook.assess.goals import assess_history
from planbook.assess.known import Known
from planbook.assess.measures import assess_measures
from planbook.assess.outlook.goals import assess_outlooks
from planbook.assess.path import path
from planbook.assess.share_due import shares_drawn
from planbook.errors import Gathering
from planbook.facts.observations import Facts, as_of
from planbook.periods import Edition, TimePeriod, editions_between
from planbook.plan import Goal, Plan
from planbook.run.opening import open_workspace
from planbook.run.pipeline import read_facts
from tests.books import ROOT


@pytest.fixture(scope="module")
def demo() -> tuple[Plan, Facts, Edition]:
    workspace, plan = open_workspace("demo", ROOT)
    edition = workspace.dataset.current_edition
    return plan, read_facts(workspace, plan, edition, Gathering()), edition


def moved(item: Any, months: int) -> Any:
    """Return a value with every month and edition in it so many months later."""
    found: Any = item
    match item:
        case TimePeriod():
            found = item.plus(months)
        case Edition():
            found = Edition(item.end.plus(months), item.months, item.correction)
        case tuple() | list():
            found = type(item)(moved(each, months) for each in item)
        case dict():
            found = {moved(key, months): moved(value, months) for key, value in item.items()}
        case _ if is_dataclass(item) and not isinstance(item, type):
            found = replace(
                item,
                **{each.name: moved(getattr(item, each.name), months) for each in fields(item)},
            )
    return found


def moved_plan(plan: Plan, months: int, first_month: int) -> Plan:
    def over(record: Any) -> Any:
        if isinstance(record, tuple):
            return tuple(map(over, record))
        if not isinstance(record, BaseModel):
            return moved(record, months)
        own = {name: over(getattr(record, name)) for name in type(record).model_fields}
        return record.model_copy(update=own)

    about = over(plan.about).model_copy(update={"fiscal_year_begins": first_month})
    return Plan(about=about, units=plan.units, chapters=over(plan.chapters), notices=plan.notices)


@pytest.mark.parametrize("first_month", [4, 2, 12])
def test_the_demonstration_moved_to_other_years_is_judged_as_it_was(
    demo: tuple[Plan, Facts, Edition], first_month: int
) -> None:
    plan, facts, edition = demo
    shift = -((13 - first_month) % 12)
    there, told, then = (
        moved_plan(plan, shift, first_month),
        moved(facts, shift),
        moved(edition, shift),
    )

    def judged(plan: Plan, facts: Facts, edition: Edition) -> tuple[Any, ...]:
        editions = editions_between(plan.about.first_edition, edition)
        known = Known.of(facts, edition)
        history = assess_history(plan, facts, editions, demonstration=True)
        return (
            history,
            assess_outlooks(plan, facts, history, edition, (), demonstration=True),
            assess_annual_targets(plan, known),
            lenient_annual_targets(plan, known),
            assess_measures(plan, facts, edition, demonstration=True),
            _paths(plan, facts, edition),
        )

    assert there.cycle.number(then) == plan.cycle.number(edition) == 3
    found = moved(judged(there, told, then), -shift)
    for mine, theirs in zip(found, judged(plan, facts, edition), strict=True):
        assert mine == theirs


def _paths(plan: Plan, facts: Facts, edition: Edition) -> list[Any]:
    """Return every path drawn, by the shares of the year that the values tell."""
    rows = as_of(facts.observations, edition)

    def drawn(goal: Goal) -> Any:
        indicator = plan.indicator_of(goal)
        shares = shares_drawn(plan, goal, rows, scope=indicator.scope, latest=edition.end)
        return path(plan, goal, baseline=50.0, shares=shares)

    return [drawn(goal) for goal in plan.goals]
