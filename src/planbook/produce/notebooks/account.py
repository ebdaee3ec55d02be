"""An extension of IPython that keeps an account of what the cells of a stock kernel read and write.

`stock_kernel` starts the kernel with it; the author's namespace knows nothing of it. After each
cell the account is written to a file, whose path stands in the environment until this has begun.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, current_thread
from typing import Any

from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.noted_reads import Reading, noting
from planbook.produce.notebooks.noted_writes import Writes
from planbook.vocabulary import Visibility

ACCOUNT = "PLANBOOK_ACCOUNT"  # in a kernel's environment: where its order lies
READS, WRITES, CHANGED, ENDED = "reads", "writes", "changed", "ended"
_LAST = "\0"  # one byte, so that no read of a pipe can part it
_PATIENCE = 30.0  # seconds for a pipe to run empty on a busy computer


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
        self._writes.look_at_others()
        kept = {
            READS: dict(self._reading.reads()),
            WRITES: self._writes.files,
            CHANGED: self._writes.changed,
            ENDED: self._ended,
        }
        self._path.write_text(json.dumps(kept), encoding="utf-8", newline="\n")


def _await_other_programs(stream: Any) -> None:
    """Wait until what other programs printed is in the cell's output.

    A thread of ipykernel's carries it there from a pipe; else it would be the next cell's, or gone.
    What is written to the pipe now comes last: when the thread has it, it has everything.
    """
    if not getattr(stream, "_should_watch", False):  # on Windows nothing is carried
        return
    thread, pipe, written = stream.watch_fd_thread, stream._original_stdstream_fd, stream.write
    arrived = Event()

    def write(text: str) -> Any:
        if current_thread() is not thread or _LAST not in text:
            return written(text)
        before, _, after = text.rpartition(_LAST)
        done = written(before + after)
        arrived.set()
        return done

    stream.write = write
    with suppress(OSError):  # a cell may have closed it, or put a file in its place
        if thread.is_alive() and os.path.sameopenfile(stream._fid, pipe):
            os.write(pipe, _LAST.encode("ascii"))
            arrived.wait(_PATIENCE)
    del stream.write
    stream.flush()
