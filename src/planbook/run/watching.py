"""Who looks on while a book is made: what a build tells, and the seconds it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from planbook.vocabulary import Labelled


class Stage(Labelled):
    """A stage of a build, by the name that programs read; `label` is what people read."""

    READ = "read", "读取与评价"
    NOTEBOOKS = "notebooks", "执行笔记本"
    SOURCES = "sources", "生成页面"
    PDFS = "pdfs", "排版 PDF"
    PACKS = "packs", "生成部门资料包"
    PAGES = "pages", "编译网页"
    FILES = "files", "写出下载文件"


class Watcher(Protocol):
    """Is told how a build goes on, from more than one thread where stages overlap."""

    def note(self, text: str) -> None:
        """Take a sentence that analysts should read; none of it stops the book."""

    def begun(self, stage: Stage, items: int) -> None:
        """Take that a stage has begun, and how many things it makes; 0 where they are not told."""

    def stale(self, stage: Stage, id: str, title: str, why: Sequence[str]) -> None:
        """Take that one of these things is made anew, and the names of what has changed."""

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        """Take that one of these things is done; ``None`` where it was up to date."""

    def ended(self, stage: Stage, seconds: float) -> None:
        """Take that a stage has ended well."""


class Nobody:
    """Looks away."""

    def note(self, text: str) -> None:
        """Forget it."""

    def begun(self, stage: Stage, items: int) -> None:
        """Forget it."""

    def stale(self, stage: Stage, id: str, title: str, why: Sequence[str]) -> None:
        """Forget it."""

    def done(self, stage: Stage, id: str, title: str, seconds: float | None) -> None:
        """Forget it."""

    def ended(self, stage: Stage, seconds: float) -> None:
        """Forget it."""


Done = Callable[[str, str, float | None], None]
"""Called with id, title and seconds of each thing that a stage has made."""


class Clock:
    """Takes the seconds of each stage and tells them: ``with clock(Stage.READ): …``.

    Attributes
    ----------
    seconds
        By the label of each stage, in the order in which they began. Stages overlap, so that they
        may add up to more than all took.
    """

    def __init__(self, watcher: Watcher) -> None:
        self.seconds: dict[str, float] = {}
        self._watcher = watcher

    @contextmanager
    def __call__(self, stage: Stage, items: int = 0) -> Iterator[Done]:
        end = self.begin(stage, items)

        def done(id: str, title: str, seconds: float | None) -> None:
            self._watcher.done(stage, id, title, seconds)

        yield done
        end()

    def begin(self, stage: Stage, items: int = 0) -> Callable[[], None]:
        """Begin a stage; return what ends it."""
        start = time.perf_counter()
        self.seconds[stage.label] = 0.0
        self._watcher.begun(stage, items)

        def end() -> None:
            self.seconds[stage.label] = time.perf_counter() - start
            self._watcher.ended(stage, self.seconds[stage.label])

        return end
