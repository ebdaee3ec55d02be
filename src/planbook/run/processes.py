"""Start what executes notebooks and sets PDFs, before it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import BaseContext

from planbook.errors import Problem, ProblemsFound
from planbook.produce.notebooks.execute import prepare_workers


def start_workers(*, pdf: bool) -> BaseContext:
    """Let workers import what a build needs, while the caller goes on; a second call is free."""
    return prepare_workers(("planbook.run.pipeline", "planbook.produce.pdf") if pdf else ())


@contextmanager
def pdf_press(workers: BaseContext, jobs: int | None = None) -> Iterator[Executor]:
    """Give `jobs` processes that set PDFs, or raise `ProblemsFound` where one is killed."""
    try:
        with ProcessPoolExecutor(jobs, mp_context=workers) as press:
            yield press
    except BrokenExecutor as error:
        fix = "检查内存是否不足，然后重新生成；已经排好的不会重排"
        raise ProblemsFound("排版 PDF ", [Problem("进程中途退出", "PDF", fix)]) from error
