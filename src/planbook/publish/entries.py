"""What a site knows of its editions: ``site.json`` and ``editions.json`` as checked objects.

``editions.json`` is all that index, feed, redirect and switcher are made from. It bears a checksum
of its own, so that an edit by hand is noticed; what proves the books themselves is the manifest of
each edition, whose sha256 stands here and in the publisher's own register.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from planbook.made_of import sha256
from planbook.periods import Edition
from planbook.vocabulary import Rating
from planbook.written_dates import EditionKey
from planbook.yamlfile import Sha256, Words

FORMAT = 1


class EntryState(StrEnum):
    """What became of an edition on the site."""

    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"

    @property
    def is_ended(self) -> bool:
        """Whether nobody should use it any more."""
        return self in (EntryState.WITHDRAWN, EntryState.PURGED)


class _Strict(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False
    )


class SiteMark(_Strict):
    """``site.json``: whose editions lie here. A site belongs to one dataset of one plan."""

    format: int = FORMAT
    plan: Words  # the plan's id
    dataset: Words
    visibility: Literal["public", "internal"]
    title: Words  # as readers see it
    notice: str = ""  # what stands above every page, as that the data are a demonstration

    def to_json(self) -> bytes:
        return _written(self.model_dump(mode="json"))


class Archive(_Strict):
    """The packed edition that readers may keep."""

    sha256: Sha256
    size: int = Field(ge=1)  # bytes


class Ended(_Strict):
    """When and why an edition was withdrawn or purged."""

    at: AwareDatetime
    reason: Words


class NextDate(_Strict):
    """An edition to come, as the index announces it."""

    label: Words
    date: dt.date


class Entry(_Strict):
    """One edition on the site.

    Attributes
    ----------
    released
        When readers could first see it.
    reason
        Why a correction edition was made; empty for a regular one.
    corrects, corrected_by, ended
        Set by the site, as `state` is: of one period, each edition that this site has corrects the
        one before it here. A correction may come to a site that never had what it corrects.
    prepared_by, approved_by
        Names of units.
    override
        Why it came out before its date; empty where it did not.
    manifest
        sha256 of its ``manifest.json``.
    archive
        None once purged.
    pages
        Addresses of its pages below the book, sorted; empty once purged, as what follows is.
    pdf
        The address of the whole book as PDF below the book; empty where there is none.
    counts
        Goals by rating.
    headline
        One sentence on what it says.
    """

    edition: EditionKey
    label: Words
    state: EntryState = EntryState.PUBLISHED
    released: AwareDatetime
    corrects: EditionKey | None = None
    reason: str = ""
    corrected_by: EditionKey | None = None
    ended: Ended | None = None
    prepared_by: str = ""
    approved_by: str = ""
    override: str = ""
    manifest: Sha256
    archive: Archive | None
    pages: tuple[str, ...]
    pdf: str = ""
    counts: Mapping[Rating, Annotated[int, Field(ge=0)]] = {}
    headline: str = ""

    @model_validator(mode="after")
    def _agrees_with_its_state(self) -> Entry:
        if self.state.is_ended != (self.ended is not None):
            raise ValueError("ended 与 state 不符")
        if (self.state is EntryState.PURGED) != (self.archive is None):
            raise ValueError("archive 与 state 不符")
        if self.state is EntryState.CORRECTED and self.corrected_by is None:
            raise ValueError("corrected_by 与 state 不符")
        if bool(self.edition.correction) != bool(self.reason):
            raise ValueError("更正版须有 reason，其他期都没有")
        return self

    def with_(self, **changes: Any) -> Entry:
        """Return it with some fields changed, checked again."""
        return Entry(**{**dict(self), **changes})


class Listing(_Strict):
    """``editions.json``: all editions of a site, oldest first, and the dates of those to come."""

    format: int = FORMAT
    entries: tuple[Entry, ...] = ()
    next_dates: tuple[NextDate, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Listing:
        editions = [entry.edition for entry in self.entries]
        if editions != sorted(set(editions)):
            raise ValueError("各期须按先后排列，不得重复")
        for entry, linked in zip(self.entries, _linked(self.entries), strict=True):
            if (entry.corrects, entry.corrected_by) != (linked.corrects, linked.corrected_by):
                raise ValueError(f"{entry.edition} 的 corrects、corrected_by 与其中的各期不符")
        return self

    def get(self, edition: Edition) -> Entry | None:
        """Return the entry of this edition, if the site has it."""
        return next((entry for entry in self.entries if entry.edition == edition), None)

    @property
    def newest(self) -> Entry | None:
        """The newest edition that stands: the one that readers are led to."""
        standing = [entry for entry in self.entries if entry.state is EntryState.PUBLISHED]
        return standing[-1] if standing else None

    @property
    def newest_act(self) -> dt.datetime | None:
        """When the site was last changed by an act on an edition."""
        return max(self._times(), default=None)

    def with_entries(self, new: Iterable[Entry]) -> Listing:
        """Return it with these added, or in place of those of the same editions.

        Those of one period are marked as correcting each other.
        """
        entries = {entry.edition: entry for entry in (*self.entries, *new)}
        ordered = [entries[edition] for edition in sorted(entries)]
        return Listing(entries=tuple(_linked(ordered)), next_dates=self.next_dates)

    def to_json(self) -> bytes:
        content = self.model_dump(mode="json")
        return _written({**content, "sha256": sha256(_written(content))})

    @classmethod
    def from_json(cls, data: bytes) -> Listing:
        """Read what `to_json` wrote.

        Raises
        ------
        ValueError
            If it is of a newer format (`NewerFormat`), was edited, or cannot be read.
        """
        content = _read(data)
        written = content.pop("sha256", None)
        try:
            listing = cls.model_validate_json(json.dumps(content))
        except ValidationError as error:
            raise _unknown(error) from error
        if written is None or listing.to_json() != data:
            raise ValueError("内容与其中的校验值不符，被人改过")
        return listing

    def _times(self) -> Iterator[dt.datetime]:
        for entry in self.entries:
            yield entry.released
            if entry.ended is not None:
                yield entry.ended.at


def _linked(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Yield entries in their order, each with what it corrects here and what corrects it."""
    for n, entry in enumerate(entries):
        before, after = entries[max(n - 1, 0) : n], entries[n + 1 : n + 2]
        corrects, by = (
            next((e.edition for e in beside if e.edition.base == entry.edition.base), None)
            for beside in (before, after)
        )
        if entry.state.is_ended:
            state = entry.state
        else:
            state = EntryState.PUBLISHED if by is None else EntryState.CORRECTED
        yield entry.with_(corrects=corrects, corrected_by=by, state=state)


class NewerFormat(ValueError):
    """The site was written by a newer version of this program."""


def read_mark(data: bytes) -> SiteMark:
    """Read ``site.json``, or raise ``ValueError`` as `Listing.from_json` does."""
    try:
        return SiteMark.model_validate(_read(data))
    except ValidationError as error:
        raise _unknown(error) from error


def _read(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("不是完整的 JSON") from error
    if not isinstance(content, dict) or not isinstance(content.get("format"), int):
        raise ValueError("其中没有 format")
    if content["format"] > FORMAT:
        raise NewerFormat(f"format 是 {content['format']}，本程序只认到 {FORMAT}")
    return content


def _unknown(error: ValidationError) -> ValueError:
    places = (".".join(map(str, found["loc"])) or "entries" for found in error.errors())
    return ValueError(f"内容有误：{'、'.join(dict.fromkeys(places))}")


def _written(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")
