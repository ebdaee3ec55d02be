"""Where everything lies: the folders of one dataset in one checkout, and its dataset.yaml.

Every path of the project comes from here. Only ``dataset.yaml`` is read, nothing is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, StrictBool, model_validator

from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.periods import Edition, editions_between
from planbook.vocabulary import Visibility
from planbook.written_dates import Day, EditionKey
from planbook.yamlfile import as_model, read_yaml


class PublicBook(BaseModel):
    """What the public book of a dataset shows, of what it need not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit_names: StrictBool = True


class Dataset(BaseModel):
    """``dataset.yaml``: what a dataset is, and when its editions are due."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    title: str
    demonstration: bool
    first_edition: EditionKey | None = None  # with which it begins; None: the plan's first
    current_edition: EditionKey
    deadline_days: int  # after the quarter's last day
    deadlines: dict[EditionKey, Day] = {}  # where an edition's differs
    public: PublicBook = PublicBook()
    contact: str = ""  # whom departments ask, as the template prints it: an office, a number

    @model_validator(mode="after")
    def _begins_in_time(self) -> Dataset:
        if self.first_edition is not None and self.first_edition > self.current_edition:
            raise ValueError(f"first_edition 晚于 current_edition（{self.current_edition}）")
        return self

    @property
    def newest_open(self) -> Edition:
        """The last edition that may be collected and built: the one after the current one."""
        return self.current_edition.base.plus(1)

    def deadline(self, edition: Edition) -> dt.date:
        """Return the last day on which a submission is on time."""
        if edition in self.deadlines:
            return self.deadlines[edition]
        after = edition.base.end.plus(1)
        return dt.date(after.year, after.month, 1) + dt.timedelta(days=self.deadline_days - 1)


class _Folder:
    """A place of a workspace, below its root; what is made of a public book lies elsewhere."""

    def __init__(self, path: str, public: str = "") -> None:
        self._paths = {Visibility.INTERNAL: path, Visibility.PUBLIC: public or path}

    def __get__(self, workspace: Workspace, owner: type[Workspace]) -> Path:
        path = self._paths[workspace.visibility]
        return workspace.root / path.format(dataset=workspace.dataset.name)


@dataclass(frozen=True)
class Workspace:
    """The folders of a dataset. `root` holds ``_config.yml``, ``data`` and ``notebooks``.

    `visibility` says which book is made: nothing of an internal one lies where a public one is.
    """

    root: Path
    dataset: Dataset
    visibility: Visibility = Visibility.INTERNAL

    @classmethod
    def open(cls, dataset: str = "demo", root: Path | None = None) -> Workspace:
        """Find the checkout around the working directory and read ``dataset.yaml``.

        Raises
        ------
        UsageError
            If there is no such dataset; the text lists those that exist.
        ProblemsFound
            If ``dataset.yaml`` cannot be read.
        """
        root = root or find_root()
        path = root / "data" / dataset / "dataset.yaml"
        known = sorted(p.parent.name for p in (root / "data").glob("*/dataset.yaml"))
        if dataset not in known:
            raise UsageError(f"没有数据集「{dataset}」。现有：{'、'.join(known) or '无'}")
        where = path.relative_to(root).as_posix()
        content, problems = read_yaml(path, where)
        if not problems:
            described, problems = as_model(Dataset, content, where)
            if described is not None and described.name == dataset:
                return cls(root, described)
            if described is not None:
                what = f"数据集名「{described.name}」与文件夹名「{dataset}」不同"
                problems = [Problem(what, f"{where}: name", f"改为 {dataset}")]
        raise ProblemsFound("数据集说明", problems)

    def edition(self, text: str | None, first: Edition) -> Edition:
        """Return the edition named, or the current one.

        From `first` to the one after the current, whose collecting may have begun, and any
        correction edition of these quarters; others are refused with what can be done.
        """
        if text is None:
            return self.dataset.current_edition
        known = editions_between(first, self.dataset.newest_open)
        listed = "、".join(map(str, known))
        try:
            wanted = Edition.parse(text)
        except ValueError as error:
            raise UsageError(f"{error}。现有：{listed}") from error
        if wanted.base in known:
            return wanted
        said = f"没有「{text}」这一期。现有：{listed}"
        if wanted > known[-1]:
            said += (
                f"\n  处理：更晚的期号，先把 data/{self.dataset.name}/dataset.yaml 中的"
                f" current_edition 改为 {wanted.base}"
            )
        raise UsageError(said)

    plan = _Folder("data/plan")
    data = _Folder("data/{dataset}")
    submissions = _Folder("data/{dataset}/submissions")
    selections = _Folder("data/{dataset}/selections.yaml")  # acts that withdrew or chose workbooks
    feedback = _Folder("feedback")  # copies to send back; never among what was received
    notebooks = _Folder("notebooks")
    sources = _Folder(".", "_build/public/sources")  # what the pages are compiled from
    book = _Folder("book", "_build/public/sources/book")
    build = _Folder("_build")
    html = _Folder("_build/html", "_build/public/html")
    packs = _Folder("_build/packs")
    scratch = _Folder("_build/scratch", "_build/public/scratch")  # what is moved into place, whole
    cache = _Folder("_build/cache", "_build/public/cache")
    readings = _Folder("_build/cache/readings")  # what was read from workbooks, by dataset

    def tables(self, edition: Edition) -> Path:
        """Return the folder of an edition's saved tables."""
        kept = self.build / self.dataset.name / "editions"
        if self.visibility is Visibility.PUBLIC:
            kept = self.build / "public" / self.dataset.name / "editions"
        return kept / str(edition)

    def of(self, visibility: Visibility) -> Workspace:
        """Return the same folders for the public or the internal book."""
        return replace(self, visibility=Visibility(visibility))


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder upwards of `start` that holds ``data/plan/plan.yaml``."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents, Path(__file__).resolve().parents[2]):
        if (folder / "data" / "plan" / "plan.yaml").is_file():
            return folder
    raise UsageError("找不到 data/plan/plan.yaml。请在项目文件夹内运行")
