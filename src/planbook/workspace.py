"""One dataset in one checkout: what describes it, and its folders.

Only ``dataset.yaml`` and ``editions.yaml`` are read,
nothing is written.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator

from planbook.editions import EditionState, Register, read_register
from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.periods import Edition, editions_between
from planbook.project_folders import ProjectFolders, dataset_names, find_root
from planbook.vocabulary import Visibility
from planbook.written_dates import Day, EditionKey, Moment
from planbook.yamlfile import as_model, read_yaml

_RELEASES_AHEAD = 4  # editions whose release is told, with the current one


def _after_their_ends(moments: dict[Edition, dt.datetime]) -> dict[Edition, dt.datetime]:
    for edition, moment in moments.items():
        if moment.date() <= edition.end.last_day:
            raise ValueError(f"{edition} 的发布时间 {moment.isoformat()} 早于该期结束")
    return moments


class PublicBook(BaseModel):
    """What the public book of a dataset shows, of what it need not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit_names: StrictBool = True


class Dataset(BaseModel):
    """``dataset.yaml``: what a dataset is, and when its editions are due and released."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    title: str
    demonstration: bool
    first_edition: EditionKey | None = None  # with which it begins; None: the plan's first
    current_edition: EditionKey  # by the register, never typed
    deadline_days: int  # after the edition's last day
    deadlines: dict[EditionKey, Day] = {}  # where an edition's differs
    release_days: Annotated[int, Field(ge=1)] | None = None  # after the period's last day
    release_at: Annotated[
        dict[EditionKey, Moment], AfterValidator(_after_their_ends)
    ] = {}  # where an edition's differs
    public: PublicBook = PublicBook()
    contact: str = ""  # whom departments ask, as the template prints it: an office, a number
    prepared_by: str = ""  # who compiles the report, as it is cited: an office
    site_address: str = Field("", pattern=r"^(https?://[^\s\"<>]+)?$")  # editions stand below it
    licence: str = ""  # under which terms the figures may be used, in words; empty: not said

    @model_validator(mode="after")
    def _is_released_when_all_have_reported(self) -> Dataset:
        if self.release_days is not None and self.release_days <= self.deadline_days:
            raise ValueError(
                f"release_days（{self.release_days}）应大于 deadline_days（{self.deadline_days}）："
                "发布在截止日之后"
            )
        return self

    @property
    def newest_open(self) -> Edition:
        """The last edition that may be collected and built: the one after the current one."""
        return self.current_edition.base.plus(1)

    def deadline(self, edition: Edition) -> dt.date:
        """Return the last day on which a submission is on time."""
        if edition in self.deadlines:
            return self.deadlines[edition]
        return _days_after(edition, self.deadline_days)

    def deadlines_known(self) -> dict[Edition, dt.date]:
        """Return the deadlines of the last ten years' editions and of those that are named."""
        newest = self.newest_open
        recent = (newest.plus(-back) for back in range(120 // newest.months))
        return {edition: self.deadline(edition) for edition in {*recent, *self.deadlines}}

    def release(self, edition: Edition) -> dt.datetime | None:
        """Return the moment before which an edition is not shown to readers; ``None``: any time.

        A day that is counted begins where this runs. A correction is told without delay: it
        waits only where ``release_at`` names it.
        """
        if edition in self.release_at:
            return self.release_at[edition]
        if self.release_days is None or edition.correction:
            return None
        return dt.datetime.combine(_days_after(edition, self.release_days), dt.time()).astimezone()

    def next_releases(self) -> tuple[tuple[Edition, dt.datetime], ...]:
        """Return the dated ones among the next editions, the current one first."""
        coming = [self.current_edition.base.plus(n) for n in range(_RELEASES_AHEAD)]
        coming = sorted({*coming, *(e for e in self.release_at if e > self.current_edition)})
        found = [(edition, self.release(edition)) for edition in coming]
        return tuple((edition, moment) for edition, moment in found if moment is not None)


def _days_after(edition: Edition, days: int) -> dt.date:
    """Return a day counted from the last one of an edition's period."""
    return edition.end.last_day + dt.timedelta(days=days)


@dataclass(frozen=True)
class Unpacked:
    """The frozen inputs and tables of a published edition, in a folder of their own."""

    edition: Edition
    folder: Path


@dataclass(frozen=True)
class Workspace(ProjectFolders):
    """The folders of a dataset. `root` holds ``_config.yml``, ``data`` and ``notebooks``.

    `visibility` says which book is made: nothing of an internal one lies where a public one is.
    With `unpacked` it is the workspace as it was when that edition was published: plan, inputs and
    the edition's tables are the frozen ones.
    """

    root: Path
    dataset: Dataset
    editions: Register
    visibility: Visibility = Visibility.INTERNAL
    unpacked: Unpacked | None = None

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
        known = dataset_names(root)
        if dataset not in known:
            raise UsageError(f"没有数据集「{dataset}」。现有：{'、'.join(known) or '无'}")
        where = path.relative_to(root).as_posix()
        content, problems = read_yaml(path, where)
        if not problems:
            register, problems = _register(content, path, where)
            described, wrong = as_model(Dataset, _with_current(content, register), where)
            problems += wrong
            if register is not None and described is not None and described.name == dataset:
                return cls(root, described, register)
            if described is not None and described.name != dataset:
                what = f"数据集名「{described.name}」与文件夹名「{dataset}」不同"
                problems.append(Problem(what, f"{where}: name", f"改为 {dataset}"))
        raise ProblemsFound("数据集说明", problems)

    def edition(self, text: str | None, first: Edition) -> Edition:
        """Return the edition named, or the current one.

        From `first` to the one after the current, whose collecting may have begun, and correction
        editions that are published or begun; others are refused with what can be done.
        """
        if text is None:
            return self.dataset.current_edition
        known = editions_between(first, self.dataset.newest_open)
        listed = "、".join(map(str, known))
        try:
            wanted = Edition.parse(text)
        except ValueError as error:
            raise UsageError(f"{error}。现有：{listed}") from error
        if wanted.correction and wanted.base in known:
            return self._correction(wanted)
        if wanted.base in known:
            return wanted
        said = f"没有「{text}」这一期。现有：{listed}"
        if wanted > known[-1] and wanted.same_cycle(first):
            said += f"\n  处理：更晚的期号，发布 {self.editions.current} 之后才有；"
            said += how_to_move_on(self.dataset.name, self.dataset.newest_open)
        raise UsageError(said)

    def _correction(self, wanted: Edition) -> Edition:
        """Return a correction edition that is published or being made; refuse any other."""
        register = self.editions
        if register.is_published(wanted) or wanted == register.open_correction:
            return wanted
        given_up = register.state(wanted) is EditionState.GIVEN_UP
        said = f"更正版 {wanted} {'已放弃' if given_up else '没有开始编制'}"
        newest = register.newest_published
        if newest is None:
            fix = "还没有发布过任何一期：直接修改后重新生成，不需要更正版"
        else:
            fix = f"开始更正运行 {how_to_correct(self.dataset.name, newest)}"
        raise UsageError(f"{said}\n  处理：{fix}；更早各期的差错在下一期更正")

    @property
    def name(self) -> str:
        """The dataset's name, by which its folders are called."""
        return self.dataset.name

    @property
    def inputs_root(self) -> Path:
        """Where its inputs lie: of a published edition, where its frozen ones were unpacked."""
        return self.root if self.unpacked is None else self.unpacked.folder

    def deadlines_known(self) -> dict[Edition, dt.date]:
        """Return the dataset's deadlines, with those of months of which workbooks were filed."""
        filed = set[Edition]()
        for path in self.submissions.iterdir() if self.submissions.is_dir() else ():
            with suppress(ValueError):
                filed.add(Edition.parse(path.name))
        months = (edition for edition in filed if edition.months == 1)
        return self.dataset.deadlines_known() | {e: self.dataset.deadline(e) for e in months}

    def tables(self, edition: Edition) -> Path:
        """Return the folder of an edition's saved tables."""
        if self.is_frozen(edition) and self.unpacked is not None:
            return self.unpacked.folder / "tables"
        kept = self.build / self.dataset.name / "editions"
        if self.visibility is Visibility.PUBLIC:
            kept = self.build / "public" / self.dataset.name / "editions"
        return kept / str(edition)

    def of(self, visibility: Visibility) -> Workspace:
        """Return the same folders for the public or the internal book."""
        return replace(self, visibility=Visibility(visibility))

    def is_frozen(self, edition: Edition) -> bool:
        """Tell whether this edition's own tables are the frozen ones, which are internal."""
        frozen = self.unpacked is not None and self.unpacked.edition == edition
        return frozen and self.visibility is Visibility.INTERNAL


def how_to_move_on(dataset: str, edition: object) -> str:
    """Say what is run to come to a later edition without publishing."""
    command = f"python -m planbook publish open --dataset {dataset} --edition {edition} --by 单位"
    return f"不发布而进入下一期的，运行 {command}"


def how_to_correct(dataset: str, edition: Edition) -> str:
    """Return what is run to begin a correction, of this dataset and no other."""
    of = f"--dataset {dataset} --edition {edition} --by 单位 --reason 理由"
    return f"python -m planbook publish correct {of}"


def read_dataset(
    path: Path, where: str, register: Register
) -> tuple[Dataset | None, list[Problem]]:
    """Read a dataset's description, whose current edition is by the register."""
    content, problems = read_yaml(path, where)
    if problems:
        return None, problems
    return as_model(Dataset, _with_current(content, register), where)


def _with_current(content: Any, register: Register | None) -> Any:
    """Return a description with the current edition, which is not typed there."""
    if not isinstance(content, dict):
        return content
    current = register.current if register is not None else Edition.parse("9999-Q4")
    return {**content, "current_edition": current}


class _Beginning(BaseModel):
    """What the register must know of a description before it can be read."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    first_edition: EditionKey | None = None


def _register(content: Any, path: Path, where: str) -> tuple[Register | None, list[Problem]]:
    """Return the register beside a dataset's description, or what is wrong with it."""
    told: dict[str, Any] = content if isinstance(content, dict) else {}
    if "current_edition" in told:
        then = how_to_move_on(path.parent.name, told["current_edition"])
        fix = f"删去这一行；当前一期由 editions.yaml 记录，{then}"
        return None, [Problem("current_edition 不再由人填写", f"{where}: current_edition", fix)]
    beginning, wrong = as_model(_Beginning, told, where)
    if beginning is None or wrong:
        return None, []  # the whole model says it
    first = beginning.first_edition
    try:
        beside = path.with_name("editions.yaml")
        return read_register(beside, first, f"{where.removesuffix(path.name)}{beside.name}"), []
    except ProblemsFound as error:
        return None, list(error.problems)
