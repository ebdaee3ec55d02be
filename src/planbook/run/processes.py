"""Start what executes notebooks, draws, sets PDFs and compiles pages, before it is needed.

Nothing that takes long to import is imported here: what is started imports meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.context import BaseContext

from planbook.child_processes import begin_worker
from planbook.errors import Problem, ProblemsFound
from planbook.produce.notebooks import WORKER
from planbook.worker_context import at_once, worker_context

OF_BOOKS = "planbook.produce.site.chapter_goals"  # with what notebooks open, 0.1 s for each


def start_workers(*, pdf: bool) -> BaseContext:
    """Let workers import what a build needs, while the caller goes on; a second call is free."""
    also = ("planbook.run.pipeline", "planbook.produce.pdf") if pdf else ()
    return worker_context((OF_BOOKS, *also, WORKER))


@contextmanager
def several(
    workers: BaseContext, doing: str, what: str, jobs: int | None = None
) -> Iterator[Executor]:
    """Give up to `jobs` processes; where one is killed, raise `ProblemsFound`: `doing` `what`."""
    try:
        with ProcessPoolExecutor(at_once(jobs), workers, begin_worker) as executor:
            yield executor
    except BrokenExecutor as error:
        fix = "检查内存是否不足，然后重新生成；已经做好的不会重做"
        raise ProblemsFound(doing, [Problem("进程中途退出", what, fix)]) from error


def pdf_press(workers: BaseContext, jobs: int | None = None) -> AbstractContextManager[Executor]:
    """Give processes that set PDFs, as `several`."""
    return several(workers, "排版 PDF ", "PDF", jobs)


def page_makers(workers: BaseContext, jobs: int | None = None) -> AbstractContextManager[Executor]:
    """Give processes that make goals' pages, as `several`; none starts before it has work."""
    return several(workers, "生成页面", "目标页面", jobs)


def page_compiler(workers: BaseContext) -> AbstractContextManager[Executor]:
    """Give the process that compiles pages, as `several`; what compiles starts more by itself."""
    return several(workers, "编译网页", "网页", 1)
