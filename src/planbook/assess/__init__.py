"""Judge goals and measures: pure functions from facts to verdicts."""

from planbook.assess.annual import assess_annual_targets, lenient_annual_targets
from planbook.assess.goals import assess_goals, assess_history
from planbook.assess.input_findings import input_findings
from planbook.assess.measures import assess_measures
from planbook.assess.pace import growth_pace, linear_pace
from planbook.assess.path import path
from planbook.assess.rating import rating

__all__ = [
    "assess_annual_targets",
    "assess_goals",
    "assess_history",
    "assess_measures",
    "growth_pace",
    "input_findings",
    "lenient_annual_targets",
    "linear_pace",
    "path",
    "rating",
]
