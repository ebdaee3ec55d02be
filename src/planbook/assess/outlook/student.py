"""Quantiles of Student's t with 4 degrees of freedom, in closed form.

Errors of short series have heavier ends than a normal distribution; with 4 degrees of freedom no
table and no iteration is needed.
"""

from __future__ import annotations

import math


def quantile(share: float) -> float:
    """Return the value below which a share of the distribution lies: 1.533206 for 0.9.

    Raises
    ------
    ValueError
        If the share is not above 0 and below 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"share is {share!r}, allowed are numbers above 0 and below 1")
    alpha = 4 * share * (1 - share)
    root = math.sqrt(alpha)
    inner = math.cos(math.acos(root) / 3) / root - 1
    return math.copysign(2 * math.sqrt(max(inner, 0.0)), share - 0.5)


def below(value: float) -> float:
    """Return the share of the distribution below a value: 0.9 for 1.533206."""
    square = value**2 / 4
    ratio = value / math.sqrt(1 + square)
    return 0.5 + 0.375 * ratio * (1 - square / (3 * (1 + square)))
