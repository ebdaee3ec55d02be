"""An extension of IPython that keeps an account of what the cells of a stock kernel read and write.

`stock_kernel` starts the kernel with it; the author's namespace knows nothing of it. After each
cell the account is written to a file, whose path stands in the environment until this has begun.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.noted_reads import Reading, noting
from planbook.produce.notebooks.noted_writes import Writes
from planbook.vocabulary import Visibility

ACCOUNT = "PLANBOOK_ACCOUNT"  # in a kernel's environment: where its order lies
READS, WRITES, ENDED = "reads", "writes", "ended"


def order_of(job: Job, root: Path, scratch: Path) -> bytes:
    """Return what a kernel has to know of the job that it runs, as a file of its own."""
    told = {
        "id": job.id,
        "title": job.title,
        "notebook": str(job.notebook),
        "parameters": dict(job.parameters),
        "page": str(job.page),
        "visibility": job.visibility,
        "root": str(root),
        "scratch": str(scratch),
    }
    return json.dumps(told).encode("ascii")


def account_at(order: Path) -> Path:
    """Return where the account of an order is written."""
    return order.with_suffix(".account.json")


def load_ipython_extension(shell: Any) -> None:
    """Begin to keep an account of the cells that `shell` runs, where one is asked for."""
    given = os.environ.pop(ACCOUNT, "")
    if not given:
        return
    order = Path(given)
    told = json.loads(order.read_bytes())
    root, scratch = Path(told["root"]), Path(told["scratch"])
    job = Job(
        told["id"],
        told["title"],
        Path(told["notebook"]),
        told["parameters"],
        Path(told["page"]),
        Visibility(told["visibility"]),
    )
    sys.dont_write_bytecode = True  # of modules beside the notebook, which are sources
    _Account(job, root, scratch, account_at(order)).begin(shell)


class _Account:
    """What is read and written while cells run, and which cell asked the kernel to end."""

    def __init__(self, job: Job, root: Path, scratch: Path, path: Path) -> None:
        self._path = path
        self._kernel = ExitStack()  # never closed: as long as the kernel is
        self._reading: Reading = self._kernel.enter_context(noting(job, root, scratch))
        self._writes = Writes(root, job.notebook, scratch)
        self._of_cell = ExitStack()
        self._ended: int | None = None

    def begin(self, shell: Any) -> None:
        """Hear what `shell` does from now on."""
        shell.events.register("pre_run_cell", self._begin_cell)
        shell.events.register("post_run_cell", lambda result: self._end_cell(shell))
        sys.addaudithook(self._writes.heard)

    def _begin_cell(self, info: Any) -> None:
        self._writes.cell += 1
        self._of_cell.enter_context(self._reading.of_files(listens=True))

    def _end_cell(self, shell: Any) -> None:
        self._of_cell.close()
        for stream in (sys.stdout, sys.stderr):
            _await_other_programs(stream)
        if shell.exit_now and self._ended is None:  # ipykernel ends a moment later
            self._ended = self._writes.cell
        kept = {
            READS: dict(self._reading.reads()),
            WRITES: self._writes.files,
            ENDED: self._ended,
        }
        self._path.write_text(json.dumps(kept), encoding="utf-8", newline="\n")


def _await_other_programs(stream: Any) -> None:
    """Wait until what other programs printed is in the cell's output.

    A thread of ipykernel's carries it there from a pipe; else it would be the next cell's, or gone.
    """
    pipe = getattr(stream, "_fid", None)
    if pipe is None or os.name == "nt":  # there, only sockets can be asked
        return
    for _ in range(100):
        if not select.select([pipe], [], [], 0)[0]:
            break
        time.sleep(0.01)
    time.sleep(0.01)  # what the thread has taken out last
    stream.flush()
