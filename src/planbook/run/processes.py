"""Start what executes notebooks and sets PDFs, before it is needed."""

from __future__ import annotations

from multiprocessing.context import BaseContext

from planbook.produce.notebooks.execute import prepare_workers


def start_workers(*, pdf: bool) -> BaseContext:
    """Let workers import what a build needs, while the caller goes on; a second call is free."""
    return prepare_workers(("planbook.run.pipeline", *(("planbook.produce.pdf",) if pdf else ())))
