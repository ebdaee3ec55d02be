"""Execute the book's notebooks: in parallel, each in a fresh process, and only those that changed.

A page is made again when something that its notebook read has changed, or the notebook itself, its
parameters, this package or the libraries it draws with. Each page is kept as soon as it is made, so
that whoever is killed goes on from there; pages are put into ``book/chapters`` together, once all
have ended. One that went wrong gets a page that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import cast

from planbook.child_processes import begin_worker
from planbook.disk_reads import EVERYTHING, is_of_disk, state_of
from planbook.errors import Problem, ProblemsFound
from planbook.produce.kept_reads import Parts
from planbook.produce.not_made import notebook_not_made
from planbook.produce.notebooks import WORKER
from planbook.produce.notebooks.jobs import Job, Outcome, kernels_of
from planbook.produce.notebooks.kept_notebooks import KeptNotebooks
from planbook.produce.notebooks.kernel_choice import Kernel
from planbook.put_in_place import clear, empty_folder, write_whole
from planbook.worker_context import at_once, worker_context

Progress = Callable[[Job, float | None], None]
"""Called when a job is done, with its seconds; with ``None`` where the page was up to date."""

Note = Callable[[str], None]
"""Called with what whoever builds should know: which notebooks needed a kernel of their own."""

Stale = Callable[[Job, Sequence[str]], None]
"""Called before a job is executed, with the names of what has changed: `KeptNotebooks.changed`."""

Meanwhile = Callable[[], object]
"""Called whenever as many processes as may are at work, or all that are needed: time for others."""


@dataclass(frozen=True)
class Executed:
    """What executing did.

    Attributes
    ----------
    seconds
        By job id, of those executed.
    states
        State of all that any notebook read, executed now or before, by name.
    problems
        Of the notebooks that went wrong, whose pages only say so: chapter, cell and error.
    """

    seconds: Mapping[str, float]
    states: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def execute_notebooks(
    wanted: Sequence[Job],
    *,
    root: Path,
    scratch: Path,
    records: Path,
    parts: Parts,
    code: str,
    only: str | None = None,
    whole: bool = False,
    context: BaseContext | None = None,
    workers: int | None = None,
    note: Note = lambda text: None,
    stale: Stale = lambda job, why: None,
    progress: Progress = lambda job, seconds: None,
    meanwhile: Meanwhile = lambda: None,
) -> Executed:
    """Execute the notebooks whose pages are not up to date and put the pages in place.

    Parameters
    ----------
    scratch
        Folder that is emptied and then holds unfinished pages.
    records
        JSON file that remembers what each page was made of; beside it, in a folder of the same
        name, lie the pages.
    parts
        Gives the digest of a part of the book by the name under which notebooks' readings note it.
    code
        Digest of what turns parts of the book into a page.
    only
        Id of a job to execute in any case; the others then only where their pages are missing or
        show other data, whatever has changed in notebooks and code.
    whole
        Whether every page must be made.

    Raises
    ------
    ProblemsFound
        If notebooks went wrong, all of them or any of a `whole` book: each with chapter, cell and
        error. No page has changed then.
    """
    kernels, refused = kernels_of(wanted, root)
    problems = dict(refused)
    for kernel in kernels.values():
        if kernel.why:
            note(kernel.why)
    kept = KeptNotebooks(records, lambda n: state_of(n, root) if is_of_disk(n) else parts(n), code)
    empty_folder(scratch)

    def outdated() -> Iterator[tuple[Job, Path, Path, Kernel]]:
        """Look at each as its turn comes: the first are executed while others are looked at."""
        known = [job for job in wanted if job.id in kernels]
        for job in sorted(known, key=kept.takes, reverse=True):  # the long ones end with others
            why = kept.changed(job, any_code=only is not None)
            if why or job.id == only:
                stale(job, why)
                parts(EVERYTHING)  # as it is before anything is read of it
                yield job, root, scratch / job.page.name, kernels[job.id]
            else:
                progress(job, None)

    seconds: dict[str, float] = {}
    context = context or worker_context([WORKER])
    for job, outcome in _in_fresh_processes(outdated(), context, workers, meanwhile):
        seconds[job.id] = outcome.seconds
        if outcome.problems:
            problems[job.id] = outcome.problems
        else:
            kept.keep(job, scratch / job.page.name, outcome)
        progress(job, outcome.seconds)
    found = tuple(problem for job in wanted for problem in problems.get(job.id, ()))
    if found and (whole or len(problems) == len(wanted)):
        raise ProblemsFound("执行笔记本", found)

    for job in wanted:
        if job.id in problems:
            write_whole(job.page, notebook_not_made(job.title))
            continue
        kept.put(job)
        for text in kept.notes(job):
            note(text)
    _delete_others(wanted)
    return Executed(seconds, kept.states(wanted), found)


def _delete_others(wanted: Sequence[Job]) -> None:
    """Delete executed notebooks that belong to no job: of another plan, or put there by hand."""
    pages = {job.page for job in wanted}
    for folder in {page.parent for page in pages}:
        for other in folder.glob("*.ipynb"):
            if other not in pages:
                clear(other)


def _in_fresh_processes(
    tasks: Iterator[tuple[Job, Path, Path, Kernel]],
    context: BaseContext,
    workers: int | None,
    meanwhile: Meanwhile = lambda: None,
) -> Iterator[tuple[Job, Outcome]]:
    """Run each task in a process that runs nothing else; yield outcomes as they come.

    The next task is asked for when a process is free; `meanwhile` is called when none is.
    """
    running: dict[Connection, tuple[BaseProcess, Job]] = {}
    most = at_once(workers)
    try:
        while True:
            for job, *given in islice(tasks, most - len(running)):
                receiver, sender = context.Pipe(duplex=False)
                process = context.Process(  # type: ignore[attr-defined]  # every context has it
                    target=_work, args=(sender, job, *given), daemon=True
                )
                process.start()
                sender.close()
                running[receiver] = (process, job)
            meanwhile()
            if not running:
                return
            for receiver in cast("list[Connection]", wait(list(running))):
                process, job = running.pop(receiver)
                yield job, _received(receiver, process, job)
                process.join()
    finally:
        for process, _ in running.values():
            process.terminate()


def _work(answer: Connection, job: Job, root: Path, made: Path, kernel: Kernel) -> None:
    begin_worker()
    # Imported here, so that the process that waits need not import what draws.
    from planbook.produce.notebooks import worker  # noqa: PLC0415

    worker.run(answer, job, root, made, kernel)


def _received(receiver: Connection, process: BaseProcess, job: Job) -> Outcome:
    try:
        return cast(Outcome, receiver.recv())
    except (EOFError, OSError):  # it said nothing, or was killed in the middle of its answer
        process.join()
        died = Problem(
            f"进程中途退出（退出码 {process.exitcode}）",
            f"{job.where_of_cells}，{job.notebook.name}",
            "检查内存是否不足；在 JupyterLab 中运行该笔记本排查",
        )
        return Outcome(0.0, (died,))
    finally:
        receiver.close()
