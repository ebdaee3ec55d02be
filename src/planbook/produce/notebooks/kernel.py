"""A papermill engine that runs a notebook in this process, on ipykernel's in-process kernel.

A kernel of its own costs a notebook two seconds of start-up, mostly imports. The processes that
`planbook.produce.notebooks.execute` starts have imported everything already and run one notebook
each, so the kernel can live in them. The outputs are those of the stock kernel: it is the same
shell and the same display machinery.
"""

from __future__ import annotations

import queue
from contextlib import nullcontext
from typing import Any

import ipykernel.debugger  # with the next line: what start_kernel would import in every process
import ipykernel.inprocess.ipkernel  # noqa: F401
import nbformat
from ipykernel.inprocess.manager import InProcessKernelManager
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from traitlets.config import Config

from planbook.produce.notebooks.noted_reads import now
from planbook.produce.notebooks.tags import RAISES, SKIPPED

ENGINE = "planbook"

_REPLY_SECONDS = (
    60  # replies are there when execute() returns; an output is never waited for longer
)


def run_here(notebook: NotebookNode) -> None:
    """Run the cells in this process and its working directory; outputs come into them."""
    papermill_engines.execute_notebook_with_engine(
        ENGINE, notebook, kernel_name="python3", progress_bar=False
    )


class SameProcessEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Executes code cells in order, up to an error of one that is not allowed to fail."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **kwargs: Any
    ) -> None:
        # Nothing of the user's own: no history file, no start-up scripts.
        settings = Config({"HistoryManager": {"enabled": False}})
        manager = InProcessKernelManager(config=settings)
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            for number, cell in enumerate(nb_man.nb.cells):
                if _is_run(cell):
                    nb_man.cell_start(cell, number)
                    failed = _execute(client, cell)
                    failed = failed and RAISES not in cell.metadata.get("tags", ())
                    if failed:
                        nb_man.cell_exception(cell, cell_index=number)
                    nb_man.cell_complete(cell, cell_index=number)
                    if failed:
                        break
        finally:
            client.stop_channels()
            manager.shutdown_kernel()


def _is_run(cell: NotebookNode) -> bool:
    skipped = SKIPPED in cell.metadata.get("tags", ())
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


def _execute(client: Any, cell: NotebookNode) -> bool:
    """Run a cell, collect its outputs as nbclient would, and say whether it raised."""
    reading = now()
    with reading.of_files(listens=True) if reading else nullcontext():
        client.execute(cell.source)
    while True:
        try:
            message = client.get_iopub_msg(timeout=_REPLY_SECONDS)
        except queue.Empty:
            raise TimeoutError("the in-process kernel sent no end of execution") from None
        kind, content = message["msg_type"], message["content"]
        match kind:
            case "status" if content["execution_state"] == "idle":
                return any(output.output_type == "error" for output in cell.outputs)
            case "execute_input":
                cell.execution_count = content["execution_count"]
            case "stream" if cell.outputs and cell.outputs[-1].get("name") == content["name"]:
                cell.outputs[-1].text += content["text"]
            case "stream" | "display_data" | "execute_result" | "error":
                cell.outputs.append(nbformat.v4.output_from_msg(message))
            case (
                "clear_output" | "update_display_data"
            ):  # `kernel_choice` lets no such cell come here
                raise NotImplementedError(f"{kind}: needs a stock kernel")


papermill_engines.register(ENGINE, SameProcessEngine)
