"""Build the books of many plans on an executor, put them at one place, write the index over them.

`build_all` prints nothing. Orders are made as the executor has room, so the caller's memory does
not grow with the number of plans; what one plan lacks stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass, field, replace
from typing import Protocol

from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.publish.acts import place_at
from planbook.publish.folder import Folder
from planbook.publish.places import MARK, Place, telling
from planbook.publish.plan_list import INDEX_DATA, PlanRow, plan_list, rows_in
from planbook.publish.proven import proven_row, row_there
from planbook.run.many.orders import Order, Wanted, order
from planbook.run.many.projects import Project, name_problems
from planbook.run.many.task import PlanOutcome, build_one


class PlansWatcher(Protocol):
    """Is told how the building of many plans goes on."""

    def begun(self, plans: int) -> None:
        """Take how many there are."""

    def started(self, name: str, workers: int) -> None:
        """Take which plan was handed to the executor, and how many that builds at once."""

    def ended(self, outcome: PlanOutcome) -> None:
        """Take what became of one."""


class NoWatcher:
    """Looks away."""

    def begun(self, plans: int) -> None:
        """Forget it."""

    def started(self, name: str, workers: int) -> None:
        """Forget it."""

    def ended(self, outcome: PlanOutcome) -> None:
        """Forget it."""


@dataclass(frozen=True)
class Report:
    """What became of each plan, in the order of their names; `where` the books lie."""

    where: str
    outcomes: tuple[PlanOutcome, ...]

    @property
    def failed(self) -> tuple[PlanOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.problem)

    @property
    def kept(self) -> tuple[PlanOutcome, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.kept)


def build_all(
    projects: Sequence[Project],
    to: str,
    executor: Executor,
    wanted: Wanted | None = None,
    *,
    workers: Callable[[], int],
    travels: bool = False,
    watcher: PlansWatcher | None = None,
) -> Report:
    """Build each project's book that does not lie at its place already, made of the same.

    Parameters
    ----------
    to
        A folder, or a URL that fsspec knows on this computer and where the executor runs: book by
        book in a folder of the project's name, beside ``index.html`` and ``index.json``.
    executor
        Any; each task starts a process of its own and waits for it, so threads will do.
    workers
        Says how many plans the executor builds at once, as it is now. It is never given more: what
        it has in hand it may leave to one worker while another is idle.
    travels
        Whether the executor runs where this computer's disk is not seen: projects are then sent
        as bytes and built in a folder that is deleted afterwards.

    Raises
    ------
    ProblemsFound
        If names clash, or nothing can be written to the place. A plan that fails is an outcome.
    """
    refuse(projects, to)
    place = place_at(to)
    to = place.where if isinstance(place, Folder) else to
    run = _Run(to, place, executor, wanted or Wanted(), workers, travels, watcher or NoWatcher())
    with telling(to), place.alone():
        try:
            run.build(projects)
        finally:
            run.write_index()
    outcomes = tuple(sorted(run.outcomes, key=lambda outcome: outcome.name))
    return Report(place.where, outcomes)


def refuse(projects: Sequence[Project], to: str) -> None:
    """Raise what speaks against these books at this place, before any is built."""
    problems, place = name_problems(projects), place_at(to)
    if isinstance(place, Folder):
        inside = [each for each in projects if place.root.is_relative_to(each.root)]
        if inside:
            what = f"书不能放在项目「{inside[0].name}」之中：会被当作来源，或被删除重做"
            problems.append(Problem(what, to, "--to 改用各项目以外的文件夹"))
    with telling(to):
        if place.read(MARK) is not None:
            what = "这里是一个发布站点，站点上的书只由 python -m planbook publish 写"
            problems.append(Problem(what, to, "--to 改用另一个位置"))
    if problems:
        raise ProblemsFound("多个方案", problems)


@dataclass
class _Run:
    """Plans on their way: `waiting` are those that the executor has."""

    to: str
    place: Place
    executor: Executor
    wanted: Wanted
    workers: Callable[[], int]
    travels: bool
    watcher: PlansWatcher
    outcomes: list[PlanOutcome] = field(default_factory=list)
    waiting: dict[Future[PlanOutcome], str] = field(default_factory=dict)

    def build(self, projects: Sequence[Project]) -> None:
        self.watcher.begun(len(projects))
        try:
            for project in projects:
                asked = self._asked(project)  # while others are built, so that none has to wait
                if asked is not None:
                    while len(self.waiting) >= self._workers():
                        self._collect()
                    self._begin(asked)
            while self.waiting:
                self._collect()
        except BaseException:
            self._stop()
            raise

    def _asked(self, project: Project) -> Order | None:
        """Return what builds a plan, unless its book is there or it cannot be opened."""
        try:
            asked = order(project, self.wanted, self.to, travels=self.travels)
            row = proven_row(self.place, project.name, asked.made_of)
        except (ProblemsFound, UsageError, OSError) as error:
            self._end(PlanOutcome(project.name, problem=_said(error)))
            return None
        if row is not None:
            self._end(PlanOutcome(project.name, row=row, kept=True))
            return None
        return asked

    def _begin(self, asked: Order) -> None:
        """Hand a plan to the executor."""
        try:
            future = self.executor.submit(build_one, asked)
        except (OSError, BrokenExecutor) as error:
            self._end(PlanOutcome(asked.name, problem=_said(error)))
            return
        self.waiting[future] = asked.name
        self.watcher.started(asked.name, self._workers())

    def _workers(self) -> int:
        return max(self.workers(), 1)  # a cluster may have none for a while

    def _collect(self) -> None:
        """Wait until a plan or more are done."""
        done, _ = wait(self.waiting, return_when=FIRST_COMPLETED)
        for future in done:
            self._end(_outcome(future, self.waiting.pop(future)))

    def _stop(self) -> None:
        """Begin nothing more; take what those still bring that have begun."""
        begun = {future: name for future, name in self.waiting.items() if not future.cancel()}
        self.waiting = {}
        for future in wait(begun).done:
            self._end(_outcome(future, begun[future]))

    def _end(self, outcome: PlanOutcome) -> None:
        self.outcomes.append(outcome)
        self.watcher.ended(outcome)

    def write_index(self) -> None:
        """Write the index: plans of this run as they are now, others that lie here as they were."""
        rows = {row.name: row for row in self._others()}
        rows |= {outcome.name: self._row(outcome) for outcome in self.outcomes}
        for path, content in plan_list(rows.values()).items():
            if self.place.read(path) != content:
                self.place.put_file(path, content)

    def _others(self) -> Iterator[PlanRow]:
        known = {outcome.name for outcome in self.outcomes}
        for row in rows_in(self.place.read(INDEX_DATA)):
            if row.name not in known and (not row.edition or row_there(self.place, row.name)):
                yield row

    def _row(self, outcome: PlanOutcome) -> PlanRow:
        if outcome.row is not None:
            return outcome.row
        before = row_there(self.place, outcome.name) or PlanRow(outcome.name)
        return replace(before, failed=outcome.problem)


def _outcome(future: Future[PlanOutcome], name: str) -> PlanOutcome:
    """Return what a task brought; what the executor itself did to it is that plan's failure."""
    error: BaseException | None
    try:
        error = future.exception()
    except CancelledError as cancelled:
        error = cancelled
    return future.result() if error is None else PlanOutcome(name, problem=_said(error))


def _said(error: BaseException) -> str:
    if isinstance(error, ProblemsFound | UsageError):
        return str(error)
    if isinstance(error, BrokenExecutor):
        return "执行任务的进程中途退出，没有生成。再运行一次会接着做"
    return f"没有生成：{type(error).__name__}：{error}"
