"""Which notebooks make the book, with which parameters, and whether they declare exactly those.

papermill only warns of a parameter that a notebook does not know and then runs the default; a book
could so be made of the wrong edition. Here a mismatch in either direction is refused before
anything runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan.model import Chapter, Page, Plan
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

MADE_FOR = "PLANBOOK_VISIBILITY"  # in a worker's environment: which book its notebook is made for


@dataclass(frozen=True)
class Job:
    """A notebook to execute and the page it becomes, of a public or an internal book."""

    id: str
    title: str
    notebook: Path
    parameters: Mapping[str, str]
    page: Path
    visibility: Visibility = Visibility.INTERNAL

    def where(self, root: Path) -> str:
        """Return chapter and notebook as an error names them."""
        return f"章节「{self.title}」（{self.id}），{shown(self.notebook, root)}"


@dataclass(frozen=True)
class Outcome:
    """What came of a job: the seconds it took, what went wrong if anything did, what it read.

    `reads` has the state of what lies on the disk by its name, ``None`` of a part of the book.
    """

    seconds: float
    problem: Problem | None = None
    reads: Mapping[str, str | None] = field(default_factory=dict)


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
    return tuple(
        Job(
            id=page.id,
            title=page.title,
            notebook=workspace.notebooks / f"{page.notebook}.ipynb",
            parameters=parameters,
            page=workspace.book / "chapters" / f"{page.id}.ipynb",
            visibility=workspace.visibility,
        )
        for page, parameters in pages
        if not isinstance(page, Page) or _is_shown(page, workspace.visibility)
    )


def _is_shown(page: Page, visibility: Visibility) -> bool:
    return visibility is Visibility.INTERNAL or page.visibility is Visibility.PUBLIC


def check_parameters(wanted: Iterable[Job], root: Path) -> None:
    """Refuse notebooks that do not declare exactly the parameters they are given.

    Raises
    ------
    ProblemsFound
        All missing or unreadable notebooks, and all unknown or missing parameters.
    """
    problems = [problem for job in wanted for problem in _problems(job, root)]
    if problems:
        raise ProblemsFound("笔记本参数", problems)


def load_readers() -> None:
    """Import what `check_parameters` reads notebooks with."""
    import nbformat  # noqa: F401, PLC0415 - by then the processes that execute are busy importing
    import papermill  # noqa: F401, PLC0415 - as above


def shown(path: Path, root: Path) -> str:
    """Return the path as people see it: below the project's folder, with forward slashes."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _problems(job: Job, root: Path) -> list[Problem]:
    import nbformat  # noqa: PLC0415 - as in `load_readers`
    import papermill  # noqa: PLC0415 - as above

    where = job.where(root)
    if not job.notebook.is_file():
        return [Problem("没有这个笔记本", where, "补上文件，或在 data/plan 中改正 notebook")]
    try:
        nbformat.read(job.notebook, as_version=4)
        declared = set(papermill.inspect_notebook(str(job.notebook)))
    except (ValueError, AttributeError, KeyError) as error:
        return [Problem(f"不是可读的笔记本：{error}", where, "用 JupyterLab 打开并重新保存")]
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
