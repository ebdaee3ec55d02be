"""The register of a dataset's editions: what was published, corrected, withdrawn, and from what.

``data/<dataset>/editions.yaml`` is a list of acts, written by commands only and never shortened.
Each act carries a checksum over itself and the one before it, so that a change by hand is noticed.
A `Register` replays them; everything that asks which edition is current, open or fixed asks it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel, StringConstraints

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import digest
from planbook.periods import Edition
from planbook.vocabulary import Visibility
from planbook.written_dates import EditionKey
from planbook.yamlfile import as_model, read_yaml

_HEADER = (
    "# 各期的发布记录，由 publish.py 写入；不要手工改动，否则不再被承认。写法见 data/README.md\n"
)
_RESTORE = "从备份恢复该文件；这个文件只由 publish.py 写入，不要手工改动"
_BEGINNING = "0" * 64

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class EditionState(StrEnum):
    """Where an edition stands."""

    OPEN = "编制中"
    PUBLISHED = "已发布"
    CORRECTED = "已更正"  # published, and a correction edition after it
    WITHDRAWN = "已撤回"
    PURGED = "已清除"
    UNRECORDED = "未发布"  # of a time before editions were published


class _Act(BaseModel):
    """What is common to all acts: on which edition, when, by which unit and why."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    edition: EditionKey
    at: AwareDatetime
    by: Words  # a unit, never a person
    reason: str = ""


class Opening(_Act):
    """The current edition is this one, though none before it was published."""

    act: Literal["open"] = "open"


class Publishing(_Act):
    """A book was put on a site; `by` prepared it.

    Attributes
    ----------
    submissions
        The workbooks that count in this edition and were listed by none before it: sha256 by path
        below ``submissions``.
    frozen, verdicts, manifest, archive
        sha256 of the frozen inputs, of the table of verdicts, and of the site's files.
    """

    act: Literal["publish"] = "publish"
    approved_by: Words
    visibility: Visibility
    to: Words
    released: dt.date
    override: str = ""  # why before its release date
    method: int
    submissions: Mapping[str, Sha256]
    frozen: Sha256
    verdicts: Sha256
    manifest: Sha256
    archive: Sha256


class Correcting(_Act):
    """A correction edition was opened."""

    act: Literal["correct"] = "correct"


class Withdrawing(_Act):
    """An edition does not hold any more; an open correction edition was given up."""

    act: Literal["withdraw"] = "withdraw"


class Purging(_Act):
    """The bytes of an edition were deleted."""

    act: Literal["purge"] = "purge"


Act: TypeAlias = Opening | Publishing | Correcting | Withdrawing | Purging


class _Written(BaseModel):
    """An act as the file has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    chain: Sha256
    that: Annotated[Act, Field(discriminator="act")]


class _File(RootModel[list[_Written]]):
    pass


class Refused(ProblemsFound):
    """An act that the rules of editions do not allow."""

    def __init__(self, what: str, where: str, fix: str) -> None:
        super().__init__("发布", [Problem(what, where, fix)])


@dataclass(frozen=True)
class Register:
    """The acts on the editions of a dataset, in order.

    Parameters
    ----------
    first
        The edition with which the dataset begins.
    """

    first: Edition
    acts: tuple[Act, ...] = ()

    @cached_property
    def _replayed(self) -> _Replayed:
        replayed = _Replayed(self.first)
        for act in self.acts:
            replayed.take(act)
        return replayed

    @property
    def current(self) -> Edition:
        """The regular edition that is being made: the one after the last published."""
        return self._replayed.current

    @property
    def newest_open(self) -> Edition:
        """The last edition that may be collected and built: the one after the current one."""
        return self.current.plus(1)

    @property
    def published(self) -> tuple[Edition, ...]:
        """All that were ever published, withdrawn and purged ones too, in their order."""
        return tuple(self._replayed.first_published)

    @property
    def newest_published(self) -> Edition | None:
        """The last one published; what it says, and all before it, is fixed."""
        return self.published[-1] if self.published else None

    @property
    def open_correction(self) -> Edition | None:
        """The correction edition that is being made, if one is."""
        return self._replayed.open_correction

    def is_published(self, edition: Edition) -> bool:
        """Tell whether it was ever published."""
        return edition in self._replayed.first_published

    def state(self, edition: Edition) -> EditionState:
        """Return where an edition stands."""
        known = self._replayed.states.get(edition)
        if known is not None:
            return known
        return EditionState.OPEN if edition >= self.current else EditionState.UNRECORDED

    def publishing(self, edition: Edition) -> Publishing:
        """Return the act that published an edition first; ``KeyError`` if there is none."""
        return self._replayed.first_published[edition]

    def publishings(self, edition: Edition) -> tuple[Publishing, ...]:
        """Return every act that put an edition on a site."""
        return tuple(
            act for act in self.acts if isinstance(act, Publishing) and act.edition == edition
        )

    def standing(self, edition: Edition) -> Edition:
        """Return the edition that tells of this one's period now: its last published correction.

        The edition itself where none was published.
        """
        told = [e for e in self.published if e.base == edition.base]
        return told[-1] if told else edition

    def corrects(self, edition: Edition) -> Edition | None:
        """Return what a correction edition corrects: the one published before it of its period."""
        before = [e for e in self.published if e.base == edition.base and e < edition]
        return before[-1] if edition.correction and before else None

    def taken_into(self, edition: Edition) -> Edition:
        """Return the edition that a workbook of `edition` counts in when it comes now."""
        if not self.is_published(edition.base):
            return edition
        correction = self.open_correction
        same = correction is not None and correction.base == edition.base
        return correction if same and correction is not None else self.current

    @cached_property
    def listed(self) -> Mapping[str, Edition]:
        """The vintage of each listed workbook, by its path below ``submissions``.

        Its own edition, unless that had been published without it: then the first that lists it.
        """
        found: dict[str, Edition] = {}
        for edition, act in self._replayed.first_published.items():
            for path in act.submissions:
                own = Edition.parse(path.partition("/")[0])
                published = any(e.base == own.base for e in self.published if e < edition)
                found[path] = edition if published else own
        return found

    def with_act(self, act: Act) -> Register:
        """Return the register with one more act; raise `Refused` if the rules forbid it."""
        longer = replace(self, acts=(*self.acts, act))
        _ = longer._replayed
        return longer

    def to_yaml(self) -> bytes:
        """Return the file's content."""
        lines = [_HEADER.rstrip("\n")]
        for chain, act in zip(_chains(self.acts), self.acts, strict=True):
            lines += [f"- chain: {chain}", "  that:"]
            for key, value in _plain(act).items():
                lines += _yaml_lines(key, value)
        return ("\n".join(lines) + "\n").encode()


@dataclass
class _Replayed:
    """What the acts so far have led to."""

    first: Edition
    opened: Edition | None = None
    open_correction: Edition | None = None
    last_at: dt.datetime | None = None
    states: dict[Edition, EditionState] = field(default_factory=dict)
    first_published: dict[Edition, Publishing] = field(default_factory=dict)

    @property
    def current(self) -> Edition:
        regular = [edition.base.plus(1) for edition in self.first_published]
        return max([self.opened or self.first, *regular])

    @property
    def newest(self) -> Edition | None:
        return max(self.first_published, default=None)

    def take(self, act: Act) -> None:
        """Take an act over, or raise `Refused`."""
        where = f"editions.yaml：{act.edition}"
        if self.last_at is not None and act.at < self.last_at:
            what = f"时间 {act.at.isoformat()} 早于上一条记录的 {self.last_at.isoformat()}"
            raise Refused(what, where, "校准本机的日期和时间后重试")
        match act:
            case Opening():
                self._open(act, where)
            case Publishing():
                self._publish(act, where)
            case Correcting():
                self._correct(act, where)
            case Withdrawing() | Purging():
                self._end(act, where)
        self.last_at = act.at

    def _open(self, act: Opening, where: str) -> None:
        if act.edition.correction or act.edition < self.current:
            what = f"「{act.edition}」不在当前一期 {self.current} 之后"
            raise Refused(
                what, where, "写当前一期之后的期号；更正已发布的一期用 publish.py correct"
            )
        self.opened = act.edition

    def _publish(self, act: Publishing, where: str) -> None:
        edition = act.edition
        before = self.first_published.get(edition)
        if before is not None:
            if (act.frozen, act.verdicts) != (before.frozen, before.verdicts):
                what = f"「{edition}」已发布过，内容不同"
                raise Refused(what, where, "已发布的一期不能改动；要更正，运行 publish.py correct")
            if self.states[edition] in (EditionState.WITHDRAWN, EditionState.PURGED):
                what = f"「{edition}」{self.states[edition]}"
                raise Refused(what, where, "撤回后的更正用 publish.py correct 另出一期")
            return
        if self.open_correction not in (None, edition):
            what = f"更正版 {self.open_correction} 还没有发布"
            fix = f"先发布它，或运行 publish.py withdraw --edition {self.open_correction} 放弃"
            raise Refused(what, where, fix)
        if edition not in (self.current, self.open_correction):
            can = " 或 ".join(str(e) for e in (self.current, self.open_correction) if e)
            raise Refused(f"「{edition}」现在不能发布", where, f"可发布的是 {can}")
        for other in self.first_published:
            if other.base == edition.base and self.states[other] is EditionState.PUBLISHED:
                self.states[other] = EditionState.CORRECTED
        self.first_published[edition] = act
        self.states[edition] = EditionState.PUBLISHED
        self.open_correction = None

    def _correct(self, act: Correcting, where: str) -> None:
        newest = self.newest
        if self.open_correction is not None:
            what = f"更正版 {self.open_correction} 已在编制"
            raise Refused(what, where, "先发布它，或用 publish.py withdraw 放弃")
        if newest is None:
            raise Refused("还没有发布过任何一期", where, "未发布的一期直接修改后重新生成即可")
        numbers = [e.correction for e in self.states if e.base == newest.base]
        wanted = replace(newest.base, correction=max(numbers) + 1)
        if act.edition != wanted:
            what = f"现在只能更正最近发布的 {newest}，更正版是 {wanted}"
            raise Refused(what, where, "更早的差错在下一期中更正，并在该期说明")
        self.states[wanted] = EditionState.OPEN
        self.open_correction = wanted

    def _end(self, act: Withdrawing | Purging, where: str) -> None:
        state = self.states.get(act.edition)
        wanted = EditionState.PURGED if isinstance(act, Purging) else EditionState.WITHDRAWN
        if state is EditionState.OPEN and isinstance(act, Withdrawing):
            self.open_correction = None
        elif state in (None, EditionState.OPEN, EditionState.PURGED, wanted):
            told = "没有发布过" if state in (None, EditionState.OPEN) else f"{state}"
            raise Refused(f"「{act.edition}」{told}", where, "用 publish.py list 查看各期的状态")
        self.states[act.edition] = wanted


def read_register(path: Path, first: Edition | None, where: str) -> Register:
    """Read a dataset's register; without a file nothing was recorded yet.

    Parameters
    ----------
    first
        The edition with which the dataset begins; ``None``: with that of the first act.
    where
        What problems call the file.

    Raises
    ------
    ProblemsFound
        If it was changed by hand, or tells what cannot be.
    """
    if not path.exists():
        if first is None:
            fix = "在 dataset.yaml 中写 first_edition，即本数据集的第一期"
            raise ProblemsFound("发布记录", [Problem("不知道从哪一期开始", where, fix)])
        return Register(first)
    content, problems = read_yaml(path, where)
    file, wrong = (None, []) if problems else as_model(_File, content, where)
    if file is None:
        raise ProblemsFound("发布记录", [*problems, *wrong])
    acts = tuple(written.that for written in file.root)
    for number, (written, chain) in enumerate(zip(file.root, _chains(acts), strict=True), 1):
        if written.chain != chain:
            what = f"第 {number} 条与写入时不同（校验不符）"
            raise ProblemsFound("发布记录", [Problem(what, where, _RESTORE)])
    register = Register(first or acts[0].edition, acts)
    _ = register._replayed
    return register


def _chains(acts: Sequence[Act]) -> Iterator[str]:
    """Yield each act's checksum over itself and all before it."""
    chain = _BEGINNING
    for act in acts:
        chain = digest([chain, _plain(act)])
        yield chain


def _plain(act: Act) -> dict[str, Any]:
    """Return an act as JSON knows it, `act` and `edition` first, without what is empty."""
    content = act.model_dump(mode="json")
    given = {"act": content.pop("act"), **content}
    return {key: value for key, value in given.items() if value not in ("", {})}


def _yaml_lines(key: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        inner = (f"{_quoted(name)}: {_quoted(told)}" for name, told in value.items())
        return [f"    {key}:", *(f"      {line}" for line in inner)]
    return [f"    {key}: {_quoted(value)}"]


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # a digest of digits alone stays a text
