"""Judge goals and measures: pure functions from facts to verdicts."""

from planbook.assess.goals import assess_goals, assess_history
from planbook.assess.measures import assess_measures
from planbook.assess.pace import growth_pace, linear_pace
from planbook.assess.path import path
from planbook.assess.rating import rating

__all__ = [
    "assess_goals",
    "assess_history",
    "assess_measures",
    "growth_pace",
    "linear_pace",
    "path",
    "rating",
]
