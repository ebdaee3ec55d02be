"""The columns of a verdict: a goal's place in the plan, its numbers and its newest value."""

from __future__ import annotations

from math import nan
from typing import Any

from planbook.assess.case import Outcome, number
from planbook.assess.series import Observation
from planbook.plan import Goal, Indicator, Plan

EMPTY: dict[str, Any] = {  # columns that a kind of goal may have nothing to say to
    "baseline_value": nan,
    "baseline_period": "",
    "owed_period": "",
    "adverse": False,
    "carried": False,
    "annual_target": nan,
    "annual_target_source": "",
    "annual_target_year": "",
    "annual_target_value": nan,
    "annual_target_verdict": "",
    "rating_low": "",
    "rating_high": "",
    "rating_provisional": False,
    "assessed_by": "",
    "assessed_on": "",
    "evidence": "",
    "notes": "",
}
_NUMBERS = (
    "observed_value",
    "elapsed",
    "horizon",
    "target_value",
    "meeting_value",
    "path_value",
    "share_due",
    "increment_due",
    "completion",
    "increment_completion",
    "time_elapsed",
    "growth_pace",
    "linear_pace",
    "pace",
    "is_estimate",
    "band_low",
    "band_high",
    "usual_share",
    "share_from_history",
    "met",
    "exceeded",
    "remaining",
    "required_rate",
    "required_step",
    "average_step",
    "rolling_value",
)


def goal_columns(plan: Plan, goal: Goal) -> dict[str, Any]:
    """Return what the plan says of the goal, and the empty columns."""
    field = plan.field_of(goal)
    return {
        **EMPTY,
        "goal_id": goal.id,
        "indicator_id": plan.indicator_of(goal).id,
        "chapter": plan.chapter_of(goal).id,
        "field": field.name,
        "field_id": field.id,
        "name": goal.name,
        "quote": goal.quote,
        "section": goal.section,
        "unit": plan.goal_unit(goal),
        "kind": str(goal.kind),
        "direction": str(goal.direction),
        "target_low": number(goal.target),
        "target_high": number(goal.target_high),
        "comparator": str(goal.comparator or ""),
        "submitting_unit": plan.unit_of(goal).id,
        "due": str(plan.goal_due(goal)),
    }


def outcome_columns(outcome: Outcome) -> dict[str, Any]:
    """Return the numbers of the judgement."""
    return {
        **{name: getattr(outcome, name) for name in _NUMBERS},
        "observed_period": str(outcome.observed_period or ""),
        "met_period": str(outcome.met_period or "") if outcome.met else "",
        "rated_by": str(outcome.rated_by or ""),
        "missed_years": " ".join(map(str, outcome.missed_years)),
    }


def value_columns(
    indicator: Indicator, latest: Observation | None, prior: float | None
) -> dict[str, Any]:
    """Return the newest value as reported, and `prior`, that of a year earlier."""
    if latest is None:
        return {
            "latest_value": nan,
            "latest_period": "",
            "accumulation": str(indicator.accumulation),
            "latest_status": "",
            "release_stage": "",
            "yoy": nan,
            "yoy_type": "",
            "prior_value": nan,
        }
    return {
        "latest_value": number(latest.value),
        "latest_period": str(latest.period),
        "accumulation": latest.accumulation or str(indicator.accumulation),
        "latest_status": latest.status,
        "release_stage": latest.release_stage,
        "yoy": number(latest.yoy),
        "yoy_type": latest.yoy_type,
        "prior_value": number(prior),
    }
