"""The plan as frozen, checked objects, read from YAML."""

from planbook.plan.load import load_plan
from planbook.plan.model import Plan
from planbook.plan.parts import (
    Amendment,
    Chapter,
    Field,
    Goal,
    Indicator,
    Measure,
    SubItem,
    Unit,
)
from planbook.plan.plan_file import Thresholds

__all__ = [
    "Amendment",
    "Chapter",
    "Field",
    "Goal",
    "Indicator",
    "Measure",
    "Plan",
    "SubItem",
    "Thresholds",
    "Unit",
    "load_plan",
]
