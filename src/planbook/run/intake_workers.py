"""Start processes that read workbooks, where so many came that it pays."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext

from planbook.child_processes import begin_worker
from planbook.worker_context import worker_context

FEWEST = 33  # workbooks; fewer are read sooner than processes have started


def intake_context(workbooks: int) -> BaseContext | None:
    """Return how workers for so many workbooks start, or ``None`` where one core does as well.

    Begins importing what they need, while the caller goes on.
    """
    if workbooks < FEWEST or os.cpu_count() == 1:
        return None
    return worker_context(("planbook.collect.inbox.read_ahead",))


@contextmanager
def intake_workers(context: BaseContext | None) -> Iterator[Executor | None]:
    """Give as many processes as there are cores, or none without a context."""
    if context is None:
        yield None
        return
    with ProcessPoolExecutor(None, context, begin_worker) as executor:
        yield executor
