"""Who looks on while a book is made: what a build tells, and the seconds it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Protocol

from planbook.produce.notebooks.execute import Progress


class Watcher(Protocol):
    """Is told how a build goes on."""

    def note(self, text: str) -> None:
        """Take a sentence that analysts should read; none of it stops the book."""

    def executing(self, chapters: int) -> AbstractContextManager[Progress]:
        """Return what is called with each of the chapters when it is done."""


class Nobody:
    """Looks away."""

    def note(self, text: str) -> None:
        """Forget it."""

    def executing(self, chapters: int) -> AbstractContextManager[Progress]:
        """Return what does nothing."""
        return nullcontext(lambda job, seconds: None)


class Clock:
    """Takes the seconds of each stage: ``with clock("编译网页"): …``."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - start
