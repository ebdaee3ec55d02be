"""What a task needs to build one plan's book: which, of what, and where to put it; picklable.

Where the executor's processes see this computer's disk the project stays where it is, with all it
kept for its next build. Elsewhere it travels: exactly the files whose digests stand in the order.
"""

from __future__ import annotations

import datetime as dt
import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from filelock import FileLock

from planbook.archives import pack_files
from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf, digest
from planbook.project_folders import Folders, usual_dataset
from planbook.put_in_place import clear
from planbook.run.many.projects import Project
from planbook.run.unchanged import Seen, look, read_elsewhere
from planbook.vocabulary import Visibility
from planbook.workspace import Workspace

_TRAVELLED, _LOCK = "planbook-travelled-", "used.lock"


@dataclass(frozen=True)
class Wanted:
    """Which books are asked for, in the words of ``build``; `jobs` are processes of each build."""

    dataset: str | None = None  # of each project its usual one
    edition: str | None = None
    pdf: bool = False
    public: bool = False
    jobs: int | None = None

    @property
    def visibility(self) -> Visibility:
        return Visibility.PUBLIC if self.public else Visibility.INTERNAL

    def arguments(self) -> list[str]:
        """Return them as they are typed."""
        given = ["--dataset", self.dataset] if self.dataset is not None else []
        given += ["--edition", self.edition] if self.edition is not None else []
        given += ["--jobs", str(self.jobs)] if self.jobs is not None else []
        return given + ["--pdf"] * self.pdf + ["--public"] * self.public


@dataclass(frozen=True)
class Order:
    """One plan's book to be built.

    Attributes
    ----------
    to
        The place of all books.
    source
        The project's folder, or its files packed.
    """

    name: str
    wanted: Wanted
    to: str
    made_of: MadeOf
    source: Path | bytes

    @contextmanager
    def project(self) -> Iterator[Path]:
        """Give the project's folder: its own, or what travelled, unpacked for as long."""
        if isinstance(self.source, Path):
            yield self.source
            return
        with _own_folder() as folder:
            root = folder / "project"
            with tarfile.open(fileobj=io.BytesIO(self.source)) as tar:
                tar.extractall(root, filter="data")
            yield root


def order(
    project: Project, wanted: Wanted, to: str, *, travels: bool, today: dt.date | None = None
) -> Order:
    """Return the order of a project's book as its files lie now.

    Raises
    ------
    ProblemsFound, UsageError
        If the dataset cannot be opened.
    """
    dataset = wanted.dataset or usual_dataset(project.root)
    wanted = replace(wanted, dataset=dataset)
    workspace = Workspace.open(dataset, project.root)
    folders = Folders(project.root, dataset, wanted.visibility)
    seen = look(folders)
    if seen is None:
        fix = "补上缺少的文件，或检查读取权限"
        where = "_config.yml、data、notebooks、book"
        raise ProblemsFound("项目", [Problem("有文件读不到", where, fix)])
    due, day = workspace.deadlines_known(), today or dt.date.today()
    awaited = sorted(str(edition) for edition, last in due.items() if day <= last)
    asked = (dataset, wanted.edition, wanted.pdf, wanted.visibility)
    elsewhere = {} if travels else read_elsewhere(folders)  # what travels has nothing beside it
    made_of = MadeOf(digest([seen.written, elsewhere, asked, awaited]), seen.code)
    source = _packed(project.root, seen) if travels else project.root
    return Order(project.name, wanted, to, made_of, source)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """Give a new folder, deleted at the end; delete those that killed processes left here."""
    for lock in Path(gettempdir()).glob(f"{_TRAVELLED}*/{_LOCK}"):
        with suppress(OSError), FileLock(lock, timeout=0):
            clear(lock.parent)
    with (
        TemporaryDirectory(prefix=_TRAVELLED, ignore_cleanup_errors=True) as name,
        FileLock(Path(name, _LOCK)),  # the system frees it when the process ends, however it ends
    ):
        yield Path(name)


def _packed(root: Path, seen: Seen) -> bytes:
    packed = io.BytesIO()
    pack_files({path: root / path for path in seen.written}, packed)  # a build writes _toc.yml
    return packed.getvalue()
