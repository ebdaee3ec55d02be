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

import time
from collections.abc import Sequence
from contextlib import chdir
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import iter_modules

import matplotlib as mpl
import nbformat
import pandas as pd
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from planbook.errors import Problem, ProblemsFound
from planbook.present import charts
from planbook.present.charts.figure import compose
from planbook.produce.notebooks.being_made import said_of
from planbook.produce.notebooks.cell_names import GIVEN, page_cell_name
from planbook.produce.notebooks.error_stream import messages
from planbook.produce.notebooks.failures import cells_that_ran, failure_of, no_output
from planbook.produce.notebooks.finish import finished
from planbook.produce.notebooks.jobs import Job, Outcome, shown
from planbook.produce.notebooks.kernel import run_here
from planbook.produce.notebooks.kernel_choice import PYTHON, Kernel
from planbook.produce.notebooks.notebook_files import read_notebook
from planbook.produce.notebooks.noted_reads import noting
from planbook.produce.notebooks.stock_kernel import Account, run_stock, variables

_IMPORTED_LATE = (  # by a kernel that starts
    "IPython.core.completerlib",
    "psutil",
    "tornado.platform.asyncio",
)


def execute(job: Job, root: Path, made: Path, kernel: Kernel | None = None) -> Outcome:
    """Execute the job's notebook and write the finished page to `made`.

    `made` lies in a scratch folder. Cells run in the notebook's own folder, as in JupyterLab. After
    a failure the notebook with its traceback lies there, for whoever looks for the cause. Without a
    `kernel` they run in this process.
    """
    kernel = kernel or Kernel()
    start = time.perf_counter()
    notebook, problems = read_notebook(job.notebook, job.where(root), shown(job.notebook, root))
    if notebook is None:
        return Outcome(0.0, tuple(problems))
    notebook = _with_parameters(notebook, job, kernel)
    account = Account({})
    with (
        variables(said_of(job)),
        chdir(job.notebook.parent),
        noting(job, root, made.parent) as reading,
    ):
        reading.note_words(_code(notebook))
        try:
            if kernel.name is None:
                run_here(notebook)
            else:
                account = run_stock(notebook, kernel, job, root, made.parent)
        except nbformat.ValidationError as error:
            return Outcome(0.0, (no_output(notebook, error, job.where_of_cells),))
        with reading.of_files(listens=True):  # pictures beside the notebook
            wrong = _made(notebook, account, job, root, made)
    took = time.perf_counter() - start
    reads = {**reading.reads(), **account.reads}
    return Outcome(took, tuple(wrong), reads, _told(notebook, account))


def _code(notebook: NotebookNode) -> str:
    return "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")


def _made(
    notebook: NotebookNode, account: Account, job: Job, root: Path, made: Path
) -> Sequence[Problem]:
    """Write the page, or what was executed of it; return what is wrong."""
    problem = failure_of(notebook, account, job.where_of_cells, shown(made, root))
    if problem is not None:
        nbformat.write(notebook, made)
        return [problem]
    if account.changed:
        return _changes(notebook, account, job)
    try:
        page = finished(notebook, job.notebook.parent, job.pages)
    except ProblemsFound as error:
        return error.problems
    made.write_bytes(page)
    return []


def _changes(notebook: NotebookNode, account: Account, job: Job) -> list[Problem]:
    """Return what other programs, which cells started, changed of what is nobody's to change."""
    ran = cells_that_ran(notebook)
    fix = (
        "单元格启动的程序和数据库只写笔记本所在的文件夹，已改动的文件请恢复；"
        "如果是别人恰好在这时改的，重新生成即可"
    )
    return [
        Problem(
            f"{path} 在运行时有改动，页面不能改动它",
            f"{job.where_of_cells}，{page_cell_name(notebook, ran[cell - 1], '')}",
            fix,
        )
        for path, cell in sorted(account.changed.items())
    ]


def _told(notebook: NotebookNode, account: Account) -> tuple[str, ...]:
    """Return what is told of files that cells wrote beside the notebook, and of messages."""
    ran = cells_that_ran(notebook)
    written = (
        f"{page_cell_name(notebook, ran[cell - 1], '')}写入了 {path}"
        for path, cell in account.writes.items()
    )
    said = (f"{page_cell_name(notebook, index, '')}{what}" for index, what in messages(notebook))
    return (*written, *said)


def _with_parameters(notebook: NotebookNode, job: Job, kernel: Kernel) -> NotebookNode:
    """Return the notebook with a cell below its own parameters that assigns those given."""
    notebook.metadata["papermill"] = {}
    for cell in notebook.cells:
        cell.metadata["papermill"] = {}
    given: NotebookNode = parameterize_notebook(
        notebook,
        dict(job.parameters),
        kernel_name=kernel.name or PYTHON,
        language=kernel.language,
    )
    for cell in given.cells:
        if "papermill" not in cell.metadata:
            cell["id"] = GIVEN
            cell.metadata["papermill"] = {}
    return given


def run(answer: Connection, job: Job, root: Path, made: Path, kernel: Kernel) -> None:
    """Execute a job and send its `Outcome` back."""
    answer.send(execute(job, root, made, kernel))
    answer.close()


def warm_up() -> None:
    """Load and make what every notebook needs, before this process is copied: a chart, its fonts.

    A computer's own matplotlibrc says nothing here: cells draw the same everywhere.
    What is there then is never searched for cycles: neither here at the end, nor in a copy, which
    would have to own every page of memory that such a search touches.
    """
    mpl.rcdefaults()
    charted = (chart.name for chart in iter_modules(charts.__path__, f"{charts.__name__}."))
    for name in (*charted, *_IMPORTED_LATE):
        import_module(name)
    nbformat.validate(nbformat.v4.new_notebook())  # makes the validator of its schema
    compose(lambda axes: axes.set_title("0"), id="0", title="0", subtitle="0", alt="0", source="0")
    pd.set_option("display.max_columns", 20)  # as in kernels: pandas took this for a terminal
    gc.freeze()


warm_up()
