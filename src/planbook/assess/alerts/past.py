"""The single periods or levels of a goal's series, as the outlook looks at them too."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planbook.assess.outlook.asked import Asked, looked_at
from planbook.assess.outlook.logits import from_logit
from planbook.assess.outlook.outlook_gates import of_series
from planbook.assess.outlook.prospect import transformed
from planbook.assess.outlook.single_periods import Window
from planbook.assess.scope import Choice
from planbook.outlook_frames import OutlookGate
from planbook.plan import Goal, Plan

YEAR = 4  # periods
MONTHS = 3  # of a quarter
_TOO_SHORT = (None, OutlookGate.SHORT_SERIES)  # gates that leave a series to look at


@dataclass(frozen=True, slots=True)
class Past:
    """Successive periods of a series up to its newest value, all above zero and not all alike."""

    asked: Asked
    window: Window

    @property
    def flow(self) -> bool:
        """Whether they are amounts of single periods, else levels."""
        return not self.asked.of_levels

    @property
    def values(self) -> tuple[float, ...]:
        """In the indicator's unit, oldest first."""
        return self.window.amounts

    @property
    def rounding(self) -> float:
        """By how much the newest value may be off as published: half of its last place."""
        return 0.5 * 10.0**-self.asked.indicator.decimals

    def changes(self) -> list[float]:
        """Return each change on the year before: a share, of a ratio percentage points."""
        pairs = zip(self.values, self.values[YEAR:], strict=False)
        return [now - then if self.asked.is_share else now / then - 1 for then, now in pairs]

    def per_quarter(self) -> list[float]:
        """Return the amounts of a flow as of three months each, in the indicator's unit."""
        return [math.exp(rate) * MONTHS for rate in self.window.rates()]

    def transformed(self) -> list[float]:
        """Return logarithms, of flows of amounts a month; of ratios logits."""
        return transformed(self.asked, self.window)

    def newest(self, transformed: float) -> float:
        """Return what a transformed value of the newest period is in the indicator's unit."""
        if self.asked.is_share:
            return from_logit(transformed)
        return math.exp(transformed) * (self.window.months(0) if self.flow else 1)


def past_of(plan: Plan, goal: Goal, choice: Choice) -> Past | None:
    """Return the past of a goal's series; ``None`` where it has none that can be compared.

    Parameters
    ----------
    goal
        With the target in force.
    """
    if choice.newest is None or not choice.comparable:
        return None
    asked = looked_at(plan, goal, choice)
    window = asked.window()
    if window is None or of_series(asked, window) not in _TOO_SHORT:
        return None
    return Past(asked, window)
