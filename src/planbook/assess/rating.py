"""From a pace to the word that readers see.

`rating` is the only place where thresholds meet a pace. It knows no goal and no reason: why a goal
cannot be judged is found before. Where people judge, their word is taken over, never computed.
"""

from __future__ import annotations

import math

from planbook.plan import Thresholds
from planbook.vocabulary import Rating, Reason

_DIGITS = 12  # below this a pace is rounding noise: 0.95 computed as 0.9499999999999998 is 0.95

WORST_TO_BEST = (
    Rating.REVERSING,
    Rating.FAR_BEHIND,
    Rating.BEHIND,
    Rating.ON_COURSE,
    Rating.MET_UNSTEADY,
    Rating.MET,
)

FINAL = frozenset({Rating.MET, Rating.MISSED})  # what counts from the due date on


def rating(
    *,
    pace: float | None,
    met: bool,
    adverse: bool,
    due_passed: bool,
    thresholds: Thresholds,
) -> Rating:
    """Return the rating of a goal.

    Parameters
    ----------
    pace
        Progress divided by progress due; ``None`` or NaN where it is undefined.
    met
        Whether the target is met. Checked first, needs no pace.
    adverse
        Whether the value is worse than in the same period a year earlier: a target that is met is
        then 达成待稳 until the due date.
    due_passed
        Whether the value of the due date decides. There is then only met or missed.
    thresholds
        Of the plan. A pace of exactly the limit gets the better word.

    Returns
    -------
    Rating
        ``NOT_ASSESSABLE`` only if not met, not due and without a pace.
    """
    if met:
        return Rating.MET_UNSTEADY if adverse and not due_passed else Rating.MET
    if due_passed:
        return Rating.MISSED
    if pace is None or math.isnan(pace):
        return Rating.NOT_ASSESSABLE
    exact = pace if math.isinf(pace) else round(pace, _DIGITS)
    if exact < 0:
        return Rating.REVERSING
    if exact < thresholds.far_behind:
        return Rating.FAR_BEHIND
    if exact < thresholds.on_course:
        return Rating.BEHIND
    return Rating.ON_COURSE


def at_best(found: Rating, limit: Rating) -> Rating:
    """Return the rating, or `limit` where that is worse; only ratings by pace or met are capped."""
    if found not in WORST_TO_BEST:
        return found
    return min(found, limit, key=WORST_TO_BEST.index)


def assessed_rating(verdict: str | None, *, due_passed: bool) -> tuple[Rating, Reason | None]:
    """Return the rating that people gave, or that their assessment is awaited.

    An assessment holds until the next one. From the due date on 已达成 and 未达成 are the only
    verdicts: an older word of progress no longer answers, nor does 达成待稳.

    Raises
    ------
    ValueError
        If the verdict is not a rating's word.
    """
    found = Rating.NOT_ASSESSABLE if verdict is None else Rating(verdict)
    if found is Rating.NOT_ASSESSABLE or (due_passed and found not in FINAL):
        return Rating.NOT_ASSESSABLE, Reason.AWAITING_ASSESSMENT
    return found, None
