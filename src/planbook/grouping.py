"""Rows grouped by what they belong to, those of each group in the order in which they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


def grouped(rows: Iterable[T], key: Callable[[T], K]) -> defaultdict[K, list[T]]:
    """Return the rows by their key, in the order of first members; empty for any other key."""
    found: defaultdict[K, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def grouped_in_order(
    rows: Iterable[T], key: Callable[[T], K], order: Iterable[K]
) -> dict[K, list[T]]:
    """Return the rows by their key, for the keys that have any, in a given order of all keys.

    Raises
    ------
    KeyError
        If a row has another key.
    """
    found: dict[K, list[T]] = {each: [] for each in order}
    for row in rows:
        found[key(row)].append(row)
    return {each: own for each, own in found.items() if own}
