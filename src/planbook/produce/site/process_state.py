"""What compiling leaves as it was in its process, and what it holds still there meanwhile."""

from __future__ import annotations

import gc
import logging
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import parent_process


@contextmanager
def same_logging() -> Iterator[None]:
    """Undo what a theme's library does on import: it has all of the process's logs printed."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@contextmanager
def quiet_fork() -> Iterator[None]:
    """Keep Python from warning of threads that a library for numbers keeps, ready to be forked."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*multi-threaded, use of fork", DeprecationWarning)
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no other thread run in the middle of something: bars, or what waits for processes.

    An extension looks at all objects that the collector knows, for one of those made here; a tuple
    that another thread is still making is an error of Python's in that thread when it goes on.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(10.0)  # seconds, far more than the look takes
    gc.freeze()  # what was there before is not looked at
    try:
        yield
    finally:
        if parent_process() is None:  # else it is a worker, whose imports no search needs to read
            gc.unfreeze()
        sys.setswitchinterval(interval)
