"""What runs in a process of its own: one notebook from its parameters to the finished page.

Importing this module imports what notebooks need, and draws one throw-away chart: the processes
that `planbook.produce.notebooks.execute` starts where ``fork`` exists are copies of one that has
done so.
"""

from __future__ import annotations

import gc
import os

# Before the imports that read them: charts as a kernel makes them, no advice from its debugger.
os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")

import re
import time
from contextlib import nullcontext
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import iter_modules

import papermill
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node

from planbook.errors import Problem, ProblemsFound
from planbook.present import charts
from planbook.present.charts.figure import compose
from planbook.produce.notebooks.finish import cell_name, finished
from planbook.produce.notebooks.jobs import MADE_FOR, Job, Outcome, shown
from planbook.produce.notebooks.kernel import ENGINE
from planbook.produce.notebooks.noted_reads import EVERYTHING, noting, now

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


def execute(job: Job, root: Path, made: Path, engine: str | None = ENGINE) -> Outcome:
    """Execute the job's notebook and write the finished page to `made`.

    `made` lies in a scratch folder, which is also the working directory. After a failure the
    notebook with its traceback lies there, for whoever looks for the cause. `engine` is
    papermill's; ``None`` is the stock kernel in a process of its own.
    """
    start = time.perf_counter()
    before = os.environ.get(MADE_FOR)
    os.environ[MADE_FOR] = job.visibility  # what `planbook.open` opens, whatever the notebook says
    try:
        with noting(job, root, made.parent) as reading:
            problems = _executed(job, root, made, engine)
    finally:
        if before is None:
            del os.environ[MADE_FOR]
        else:
            os.environ[MADE_FOR] = before
    reads = reading.names if engine == ENGINE else {EVERYTHING}  # another process keeps no account
    return Outcome(time.perf_counter() - start, tuple(problems), tuple(sorted(reads)))


def _executed(job: Job, root: Path, made: Path, engine: str | None) -> list[Problem]:
    try:
        executed = papermill.execute_notebook(
            str(job.notebook),
            str(made),
            parameters=dict(job.parameters),
            engine_name=engine,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            cwd=str(made.parent),
        )
    except PapermillExecutionError as error:
        return [_failure(error, job, root, made)]
    reading = now()
    try:
        with reading.of_files(listens=True) if reading else nullcontext():  # its pictures
            page = finished(executed, shown(job.notebook, root), job.notebook.parent)
    except ProblemsFound as error:
        return list(error.problems)
    made.write_bytes(page)
    return []


def run(answer: Connection, job: Job, root: Path, made: Path) -> None:
    """Execute a job and send its `Outcome` back."""
    answer.send(execute(job, root, made))
    answer.close()


def warm_up() -> None:
    """Load all charts and draw one, with its fonts, before this process is copied.

    What is there then is never searched for cycles: neither here at the end, nor in a copy, which
    would have to own every page of memory that such a search touches.
    """
    for chart in iter_modules(charts.__path__, f"{charts.__name__}."):
        import_module(chart.name)
    compose(lambda axes: axes.set_title("0"), id="0", title="0", subtitle="0", alt="0", source="0")
    gc.freeze()


def _failure(error: PapermillExecutionError, job: Job, root: Path, made: Path) -> Problem:
    trace = _COLOUR.sub("", "\n".join(error.traceback))
    at = _LINE.findall(trace)
    source = error.source.splitlines() or [""]
    line = min(int(at[0]) if at else 1, len(source))
    number = _number_in_source(error.cell_index, job)
    return Problem(
        f"{error.ename}: {_COLOUR.sub('', error.evalue)}",
        f"{cell_name(job.where(root), number)}第{line}行：{source[line - 1].strip()}",
        f"在 JupyterLab 中运行该笔记本排查；出错时的全文见 {shown(made, root)}。已有页面未改动",
    )


def _number_in_source(index: int, job: Job) -> int:
    """Return which cell of the author's notebook a cell is, from 1: papermill has added one."""
    source = load_notebook_node(str(job.notebook))
    tagged = [n for n, cell in enumerate(source.cells) if "parameters" in cell.metadata.tags]
    return index if tagged and index > tagged[0] else index + 1


warm_up()
