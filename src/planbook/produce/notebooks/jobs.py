"""Which notebooks make the book, with which parameters, and whether they declare exactly those.

papermill only warns of a parameter that a notebook does not know and then runs the default; a book
could so be made of the wrong edition. Here a notebook with a mismatch in either direction is
refused before anything runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planbook.errors import Problem
from planbook.periods import Edition
from planbook.plan.model import Chapter, Page, Plan
from planbook.produce.notebooks.kernel_choice import Kernel, kernel_of
from planbook.produce.notebooks.notebook_files import declared_parameters, read_notebook
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

# In the environment of a notebook, which book it is made for; of JupyterLab, which it opens.
MADE_FOR, DATASET, EDITION = "PLANBOOK_VISIBILITY", "PLANBOOK_DATASET", "PLANBOOK_EDITION"


@dataclass(frozen=True)
class Job:
    """A notebook to execute and the page it becomes, of a public or an internal book.

    `pages` are all pages of that book by the names of their notebooks, to which links may lead.
    """

    id: str
    title: str
    notebook: Path
    parameters: Mapping[str, str]
    page: Path
    visibility: Visibility = Visibility.INTERNAL
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def where(self, root: Path) -> str:
        """Return chapter and notebook as an error names them."""
        return f"{self.where_of_cells}，{shown(self.notebook, root)}"

    @property
    def where_of_cells(self) -> str:
        """The chapter as an error names it before a cell, whose name tells the notebook."""
        return f"章节「{self.title}」（{self.id}）"


@dataclass(frozen=True)
class Outcome:
    """What came of a job: seconds, what went wrong if anything did, what it read, what to tell.

    `reads` has the state of what lies on the disk by its name, ``None`` of a part of the book.
    """

    seconds: float
    problems: tuple[Problem, ...] = ()
    reads: Mapping[str, str | None] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def jobs(plan: Plan, workspace: Workspace, edition: Edition) -> tuple[Job, ...]:
    """Return the book's notebooks in reading order; chapters also get their id as `cluster`.

    A public book has no internal pages.
    """
    given = {"dataset": workspace.dataset.name, "edition": str(edition)}
    pages: list[tuple[Page | Chapter, dict[str, str]]] = [
        *((page, given) for page in plan.about.front),
        *((chapter, {"cluster": chapter.id, **given}) for chapter in plan.chapters),
        *((page, given) for page in plan.about.back),
    ]
    kept = [each for each in pages if _is_shown(each[0], workspace.visibility)]
    names = {page.notebook for page, _ in kept}
    made = {name: tuple(page.id for page, _ in kept if page.notebook == name) for name in names}
    return tuple(
        Job(
            id=page.id,
            title=page.title,
            notebook=workspace.notebooks / f"{page.notebook}.ipynb",
            parameters=parameters,
            page=workspace.book / "chapters" / f"{page.id}.ipynb",
            visibility=workspace.visibility,
            pages=made,
        )
        for page, parameters in kept
    )


def _is_shown(page: Page | Chapter, visibility: Visibility) -> bool:
    internal = isinstance(page, Page) and page.visibility is not Visibility.PUBLIC
    return not internal or visibility is Visibility.INTERNAL


def kernels_of(
    wanted: Iterable[Job], root: Path
) -> tuple[dict[str, Kernel], Mapping[str, Sequence[Problem]]]:
    """Return by job id the kernel that a notebook needs, and why others cannot be executed.

    A notebook may be missing or unreadable, not declare exactly the parameters it is given, or need
    a kernel that is not installed.
    """
    found = {job.id: _kernel(job, root) for job in wanted}
    problems: dict[str, Sequence[Problem]]
    problems = {id: several for id, (_, several) in found.items() if several}
    return {id: kernel for id, (kernel, _) in found.items() if id not in problems}, problems


def shown(path: Path, root: Path) -> str:
    """Return the path as people see it: below the project's folder, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _kernel(job: Job, root: Path) -> tuple[Kernel, list[Problem]]:
    where, called = job.where(root), shown(job.notebook, root)
    notebook, problems = read_notebook(job.notebook, where, called)
    if notebook is None:
        return Kernel(), problems
    kernel, problems = kernel_of(notebook, called)
    if kernel.is_python:
        declared, wrong = declared_parameters(notebook, called)
        problems += wrong or _mismatches(job, declared, where)
    return kernel, problems


def _mismatches(job: Job, declared: set[str], where: str) -> list[Problem]:
    given = set(job.parameters)
    known = "、".join(sorted(declared)) or "无"
    return [
        *(
            Problem(
                f"参数「{name}」不在 parameters 单元格中（其中有：{known}）",
                where,
                f"在带 parameters 标签的单元格中声明 {name}，并核对拼写",
            )
            for name in sorted(given - declared)
        ),
        *(
            Problem(
                f"参数「{name}」没有取值（提供的有：{'、'.join(sorted(given))}）",
                where,
                f"从 parameters 单元格中删去 {name}，或移到其他单元格",
            )
            for name in sorted(declared - given)
        ),
    ]
