"""Run a notebook in a stock kernel: a process of its own, with an account of what its cells do."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from traitlets.config import Config

from planbook.child_processes import own_folder
from planbook.disk_reads import EVERYTHING
from planbook.produce.notebooks.account import (
    ACCOUNT,
    CHANGED,
    ENDED,
    READS,
    WRITES,
    account_at,
    order_of,
)
from planbook.produce.notebooks.jobs import Job
from planbook.produce.notebooks.kernel_choice import Kernel

_TESTED = "PYTEST_CURRENT_TEST"  # with it, ipykernel drops what other programs print
_EXTENSION = "--InteractiveShellApp.extensions=planbook.produce.notebooks.account"

logging.getLogger("papermill").addHandler(logging.NullHandler())  # what it says, `failures` says


class _Kernels(AsyncKernelManager):
    """Starts kernels that print nothing past their cells, and open no port where files will do."""

    transport = "tcp" if os.name == "nt" else "ipc"

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]  # as its base
        nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        await super().start_kernel(**nowhere, **options)


@dataclass(frozen=True)
class Account:
    """What the cells of a notebook did. They are counted as they ran, from 1.

    Attributes
    ----------
    reads
        What was read, as `Outcome` has it; without an account anything may have been.
    writes
        Paths of files below the root, each with the cell that wrote it first.
    changed
        Paths of files that no page may change and other programs have, likewise.
    ended
        The cell that asked the kernel to end, if one did.
    survived
        Whether the kernel lived until all cells had run.
    """

    reads: Mapping[str, str | None] = field(default_factory=lambda: {EVERYTHING: None})
    writes: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    ended: int | None = None
    survived: bool = True


def run_stock(
    notebook: NotebookNode, kernel: Kernel, job: Job, root: Path, scratch: Path
) -> Account:
    """Run the cells in the working directory, up to the first error; outputs come into them."""
    order = scratch / f"{job.id}.order.json"
    account_at(order).unlink(missing_ok=True)
    order.write_bytes(order_of(job, root, scratch))
    survived = True
    own = scratch / f"{job.id}.matplotlibrc"  # empty: what a computer's says counts for no build
    own.touch()
    with own_folder() as place:  # paths of sockets may not be long
        try:
            with variables({ACCOUNT: str(order), "MATPLOTLIBRC": str(own), _TESTED: None}):
                papermill_engines.execute_notebook_with_engine(
                    None,
                    notebook,
                    kernel_name=kernel.name,
                    progress_bar=False,
                    kernel_manager_class=_Kernels,
                    config=Config({"KernelManager": {"connection_file": f"{place}/k.json"}}),
                    extra_arguments=[_EXTENSION] if kernel.is_python else [],
                    shutdown_kernel="immediate",
                )
        except RuntimeError:  # it died, or did not even begin
            survived = False
    return _account(account_at(order), survived)


@contextmanager
def variables(values: Mapping[str, str | None]) -> Iterator[None]:
    """Set variables of the environment meanwhile; ``None``: there is none."""
    before = {name: os.environ.get(name) for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value


def _account(path: Path, survived: bool) -> Account:
    try:
        told = json.loads(path.read_bytes())
        return Account(told[READS], told[WRITES], told[CHANGED], told[ENDED], survived)
    except (OSError, ValueError, TypeError, KeyError):
        return Account(survived=survived)
