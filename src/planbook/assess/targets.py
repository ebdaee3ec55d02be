"""When a value meets a target, and how much is missing.

以上 and 达到 include the number, 超过 and 突破 do not; both are tested on the unrounded value. What
is missing, and the path due, end at the value that meets. All values are in the target's unit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from planbook.assess.judging_words import no_target_value
from planbook.errors import NotAssessable
from planbook.plan import Goal, Plan
from planbook.vocabulary import Comparator, Direction

_SAME = 1e-12  # relative; 2.2 and 1.1·(1 + 100 %) are one number


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached and the way it is to be read.

    Attributes
    ----------
    number
        The target; of a range its lower end.
    upper
        Upper end of a range, above which is 超额; ``None`` otherwise.
    tolerance
        Relative and one-sided, used only by `Comparator.ABOUT`.
    counted
        Whether values are whole numbers, so that 超过40家 needs 41.
    """

    number: float
    upper: float | None
    comparator: Comparator | None
    direction: Direction
    tolerance: float
    counted: bool

    @classmethod
    def of(cls, plan: Plan, goal: Goal) -> Target:
        """Read the target in force of a goal that has a number.

        Raises
        ------
        NotAssessable
            If the goal has none.
        """
        if goal.target is None:
            raise NotAssessable(no_target_value(goal.id))
        return cls(
            number=goal.target,
            upper=goal.target_high if goal.comparator is Comparator.RANGE else None,
            comparator=goal.comparator,
            direction=goal.direction,
            tolerance=plan.about.approx_tolerance,
            counted=plan.indicator_of(goal).counts_whole and not goal.kind.of_growth,
        )

    @property
    def strict(self) -> bool:
        """Whether the number itself does not meet, and no next value can be named that does."""
        return self.comparator is Comparator.ABOVE and not self.counted

    @property
    def meeting(self) -> float:
        """``T*``, the smallest value that counts as met (where less is better: the largest).

        With 约 and 左右 the end of the tolerance, for counts rounded to the side that meets; with
        超过 of a count one more; of a range its lower end; else the target. The path due ends here.
        """
        sign = self.direction.sign
        if self.comparator is Comparator.ABOUT:
            end = self.number - sign * self.tolerance * abs(self.number)
            if not self.counted:
                return end
            return sign * float(math.ceil(sign * end - _SAME * abs(end)))
        if self.comparator is Comparator.ABOVE and self.counted:
            return math.floor(self.number) + 1.0 if sign > 0 else math.ceil(self.number) - 1.0
        return self.number

    def meets(self, value: float) -> bool:
        """Whether the value meets the target, with the tolerance where one is allowed."""
        if self.strict:
            return self.reaches(value, self.number) and not _same(value, self.number)
        return self.reaches(value, self.meeting)

    def only_by_tolerance(self, value: float) -> bool:
        """Whether the value meets the target only thanks to the tolerance."""
        return self.meets(value) and not self.reaches(value, self.number)

    def exceeds(self, value: float) -> bool:
        """Whether the value is above the upper end of a range."""
        return self.upper is not None and value > self.upper and not _same(value, self.upper)

    def remaining(self, value: float) -> float:
        """Return ``T* − v``: above zero to be added, below zero to be cut, zero if met."""
        return 0.0 if self.meets(value) else self.meeting - value

    def shortfall(self, value: float) -> float:
        """Return how far the value lags the number, below zero if it is better."""
        return self.direction.sign * (self.number - value)

    def reaches(self, value: float, limit: float) -> bool:
        """Whether the value is at a limit or on its better side."""
        return self.direction.sign * (value - limit) >= 0 or _same(value, limit)


def _same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME, abs_tol=0.0)
