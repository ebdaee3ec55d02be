"""What is done to editions, and how ``editions.yaml`` keeps it: a list of acts, each sealed.

Each act carries a checksum over itself and the one before it, so that a change by hand is noticed.
`planbook.edition_replay` says which acts may follow which.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel

from planbook.errors import Problem
from planbook.made_of import digest
from planbook.vocabulary import Visibility
from planbook.written_dates import EditionKey
from planbook.yamlfile import Sha256, Words, as_model

_HEADER = (
    "# 各期的发布记录，由 python -m planbook publish 写入；不要手工改动，否则不再被承认。"
    "写法见 data/README.md\n"
)
RESTORE = "从备份恢复该文件；这个文件只由 python -m planbook publish 写入，不要手工改动"
_BEGINNING = "0" * 64
_NOT_IN_YAML = re.compile(
    "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
)  # breaks lines there, or nothing


class EditionState(StrEnum):
    """Where an edition stands."""

    OPEN = "编制中"
    PUBLISHED = "已发布"
    CORRECTED = "已更正"  # published, and a correction edition after it
    GIVEN_UP = "已放弃"  # a correction edition that was never published
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
        The workbooks that this edition knew of and none before it: sha256 by path below
        ``submissions``.
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
    submissions: Mapping[str, Sha256] = Field(default_factory=dict)
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


def acts_as_yaml(acts: Sequence[Act]) -> bytes:
    """Return the file's content."""
    lines = [_HEADER.rstrip("\n")]
    for chain, act in zip(_chains(acts), acts, strict=True):
        lines += [f"- chain: {chain}", "  that:"]
        for key, value in _plain(act).items():
            lines += _yaml_lines(key, value)
    return ("\n".join(lines) + "\n").encode()


def acts_in(content: Any, where: str) -> tuple[tuple[Act, ...], list[Problem]]:
    """Return the acts of a file's content, and what is wrong with it.

    Parameters
    ----------
    where
        What problems call the file.
    """
    file, problems = as_model(_File, content, where)
    if file is None:
        return (), problems
    acts = tuple(written.that for written in file.root)
    if not acts:
        return (), [Problem("没有一条记录", where, RESTORE)]
    for number, (written, chain) in enumerate(zip(file.root, _chains(acts), strict=True), 1):
        if written.chain != chain:
            what = f"第 {number} 条与写入时不同（校验不符）"
            return (), [Problem(what, where, RESTORE)]
    return acts, []


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
    """Return a value as JSON that YAML reads alike; a digest of digits alone stays a text."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
