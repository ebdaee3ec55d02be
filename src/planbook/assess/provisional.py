"""Whether a rating rests on an estimate that leaves it open: 初步.

The goal is judged again at both ends of the estimate's band, by the same way as the estimate
itself. Where no band is known every rating by an estimate is provisional until the year's end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planbook.assess.case import Case, Outcome
from planbook.vocabulary import Rating


@dataclass(frozen=True, slots=True)
class Openness:
    """The rating at the lower and at the upper value of a band; empty where there is none.

    Attributes
    ----------
    provisional
        Whether the year may still end with another rating.
    no_band
        Whether that is so for want of a band.
    """

    low: Rating | None = None
    high: Rating | None = None
    provisional: bool = False
    no_band: bool = False


def openness(
    case: Case, outcome: Outcome, word: Rating, rate: Callable[[Case], Rating]
) -> Openness:
    """Return how open the rating of a goal is.

    A rating that a closed year has capped is not: no estimate of this year can lift it.

    Parameters
    ----------
    word
        The rating itself.
    rate
        Judges a case.
    """
    if outcome.estimate.running is None:
        return Openness()
    band = outcome.estimate.running.band
    if band is None:
        is_open = not (outcome.capped and word is Rating.FAR_BEHIND)
        return Openness(provisional=is_open, no_band=is_open)
    low, high = (
        rate(replace(case, assumed_share=share))
        for share in (band.share_at_low, band.share_at_high)
    )
    return Openness(low, high, provisional={low, high} != {word})
