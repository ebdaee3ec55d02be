"""A difference divided among what may have made it, whatever the order: the Shapley value."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

Factor = TypeVar("Factor")


def mixtures(factors: Sequence[Factor]) -> Iterator[frozenset[Factor]]:
    """Yield every set of the factors, from none to all."""
    for size in range(len(factors) + 1):
        yield from map(frozenset, combinations(factors, size))


def shapley(
    value: Callable[[frozenset[Factor]], float], factors: Sequence[Factor]
) -> dict[Factor, float]:
    """Divide the difference between all factors new and all old among them.

    ``φ_i = Σ |S|!(n−1−|S|)!/n! · (v(S+i) − v(S))`` over the sets ``S`` without ``i``: the mean of
    what a factor adds over all orders in which they may be exchanged.

    Parameters
    ----------
    value
        ``v``: the value with these factors new and the others old.

    Returns
    -------
    dict of factor to float
        They add up to ``v(all) − v(none)``; what never changes a value gets exactly zero.

    Notes
    -----
    L. S. Shapley, "A value for n-person games", 1953.
    """
    count = len(factors)
    worth = {mixture: value(mixture) for mixture in mixtures(factors)}
    weights = [1 / (count * math.comb(count - 1, size)) for size in range(count)]
    return {
        factor: math.fsum(
            weights[len(mixture)] * (worth[mixture | {factor}] - without)
            for mixture, without in worth.items()
            if factor not in mixture
        )
        for factor in factors
    }
