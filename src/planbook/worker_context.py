"""How worker processes start on this computer: the same wherever the package starts some."""

from __future__ import annotations

import multiprocessing as mp
import os
import sys
from collections.abc import Sequence
from multiprocessing.context import BaseContext

_MOST_ON_WINDOWS = 61


def worker_context(preload: Sequence[str]) -> BaseContext:
    """Return how processes start here, and begin importing these modules for them.

    Where there is ``fork``, a server process imports everything once, while the caller goes on,
    and each worker begins as a copy of it. Elsewhere (Windows) every process imports for itself.
    """
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    from multiprocessing import forkserver  # noqa: PLC0415  (not importable on Windows)

    forkserver.ensure_running()
    return context


def at_once(jobs: int | None) -> int:
    """Return how many processes may work at once: `jobs`, or as many as there are processors.

    Windows waits for no more than 61 at a time.
    """
    wanted = jobs or os.cpu_count() or 1
    return min(wanted, _MOST_ON_WINDOWS) if sys.platform == "win32" else wanted
