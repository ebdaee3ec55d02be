"""The scale on which ratios in percent are carried on: their logits, so that none leaves 0—100."""

from __future__ import annotations

import math


def logit(percent: float) -> float:
    """Return the logit of a percentage above 0 and below 100."""
    return math.log(percent / (100 - percent))


def from_logit(value: float) -> float:
    """Return the percentage that has a logit."""
    return 100 / (1 + math.exp(-value))
