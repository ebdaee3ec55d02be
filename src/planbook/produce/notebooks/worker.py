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
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import iter_modules

import matplotlib as mpl
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node

from planbook.disk_reads import EVERYTHING
from planbook.errors import Problem
from planbook.present import charts
from planbook.present.charts.figure import compose
from planbook.produce.notebooks.finish import finished
from planbook.produce.notebooks.jobs import MADE_FOR, Job, Outcome, shown
from planbook.produce.notebooks.kernel import ENGINE
from planbook.produce.notebooks.noted_reads import noting

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
            reading.note_words(_code(job))
            problem = _executed(job, root, made, engine)
    finally:
        if before is None:
            del os.environ[MADE_FOR]
        else:
            os.environ[MADE_FOR] = before
    if engine != ENGINE:
        reading.names.add(EVERYTHING)  # another process keeps no account
    return Outcome(time.perf_counter() - start, problem, reading.reads())


def _executed(job: Job, root: Path, made: Path, engine: str | None) -> Problem | None:
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
        return _failure(error, job, root, made)
    problem = _warned(executed, job, root)
    if problem is None:
        made.write_bytes(finished(executed))
    return problem


def run(answer: Connection, job: Job, root: Path, made: Path) -> None:
    """Execute a job and send its `Outcome` back."""
    answer.send(execute(job, root, made))
    answer.close()


def warm_up() -> None:
    """Load all charts and draw one, with its fonts, before this process is copied.

    A computer's own matplotlibrc says nothing here: cells draw the same everywhere.
    What is there then is never searched for cycles: neither here at the end, nor in a copy, which
    would have to own every page of memory that such a search touches.
    """
    mpl.rcdefaults()
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
        f"{job.where(root)}，第{number}个单元格第{line}行：{source[line - 1].strip()}",
        f"在 JupyterLab 中运行该笔记本排查；出错时的全文见 {shown(made, root)}。已有页面未改动",
    )


def _warned(executed: NotebookNode, job: Job, root: Path) -> Problem | None:
    """Refuse what a cell wrote to stderr: a missing glyph is only a warning to matplotlib."""
    for number, cell in enumerate(executed.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                said = _COLOUR.sub("", output.text).strip().splitlines()
                return Problem(
                    f"单元格输出了警告：{said[0] if said else ''}",
                    f"{job.where(root)}，第{_number_in_source(number, job)}个单元格",
                    "在 JupyterLab 中运行该单元格，消除警告",
                )
    return None


def _code(job: Job) -> str:
    source = load_notebook_node(str(job.notebook))
    return "\n".join(cell.source for cell in source.cells if cell.cell_type == "code")


def _number_in_source(index: int, job: Job) -> int:
    """Return which cell of the author's notebook a cell is, from 1: papermill has added one."""
    source = load_notebook_node(str(job.notebook))
    tagged = [n for n, cell in enumerate(source.cells) if "parameters" in cell.metadata.tags]
    return index if tagged and index > tagged[0] else index + 1


warm_up()
