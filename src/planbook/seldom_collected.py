"""Search for unreachable cycles seldom: a command makes many objects, hardly any in cycles.

At Python's own thresholds a build, and each of its workers, spends half a second on finding
nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (100_000, 50, 1000)


def collect_seldom() -> None:
    """Have this process search seldom until it ends."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have this process search seldom in the block."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
