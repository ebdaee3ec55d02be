"""The register of a dataset's editions: what was published, corrected, withdrawn, and from what.

``data/<dataset>/editions.yaml`` is a list of acts, written by commands only and never shortened.
A `Register` replays them; everything that asks which edition is current, open or fixed asks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from planbook.edition_acts import (
    RESTORE,
    Act,
    Correcting,
    EditionState,
    Opening,
    Publishing,
    Purging,
    Withdrawing,
    acts_as_yaml,
    acts_in,
)
from planbook.edition_replay import Refused, Replayed
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.yamlfile import read_yaml

__all__ = [
    "Act",
    "Correcting",
    "EditionState",
    "Opening",
    "Publishing",
    "Purging",
    "Refused",
    "Register",
    "Withdrawing",
    "read_register",
]


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
    def _replayed(self) -> Replayed:
        replayed = Replayed(self.first)
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
    def known(self) -> tuple[Edition, ...]:
        """All that an act was about, but those merely moved on to; a correction given up too."""
        return tuple(self._replayed.states)

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

    def is_fixed(self, edition: Edition) -> bool:
        """Tell whether what was known in an edition can change no more.

        True of all published ones and those before them, even where they were never published: the
        books after them tell of them.
        """
        newest = self.newest_published
        if newest is None or edition == self.open_correction:
            return False
        return edition.base <= newest.base

    def may_begin(self, edition: Edition) -> bool:
        """Tell whether a decision may be made that holds from this edition on."""
        if self.newest_published is None or edition == self.open_correction:
            return True
        within = edition.months < self.current.months and edition.start >= self.current.start
        return within or edition >= self.current

    def taken_into(self, edition: Edition) -> Edition:
        """Return the edition in which it counts that a workbook of `edition` comes now."""
        if not self.is_fixed(edition):
            return edition
        correction = self.open_correction
        if correction is not None and correction.base == edition.base:
            return correction
        return self.current

    @cached_property
    def listed(self) -> Mapping[str, Edition]:
        """The vintage of each listed workbook, by its path below ``submissions``.

        Its own edition, unless that was fixed already: then the first that lists it.
        """
        found: dict[str, Edition] = {}
        newest: Edition | None = None
        for edition, act in self._replayed.first_published.items():
            for path in act.submissions:
                own = _edition_of(path)
                late = newest is not None and own.base <= newest.base
                found.setdefault(path, edition if late else own)
            newest = edition
        return found

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The sha256 of each listed workbook, by its path below ``submissions``."""
        acts = reversed(self._replayed.first_published.values())
        return {path: sha for act in acts for path, sha in act.submissions.items()}

    @cached_property
    def given_up_workbooks(self) -> Mapping[str, Edition]:
        """The workbooks that only purged editions listed, each with the first of these.

        They may be deleted: that is what a purge is for.
        """
        found: dict[str, Edition] = {}
        kept: set[str] = set()
        for edition, act in self._replayed.first_published.items():
            if self.state(edition) is EditionState.PURGED:
                found = {**dict.fromkeys(act.submissions, edition), **found}
            else:
                kept.update(act.submissions)
        return {path: edition for path, edition in found.items() if path not in kept}

    def vintage(self, path: str) -> Edition:
        """Return the edition from which on a workbook counts, by its path below ``submissions``."""
        return self.listed.get(path) or self.taken_into(_edition_of(path))

    def before(self, edition: Edition) -> Register:
        """Return the register as it was when an edition was made: without the act on it."""
        return self._cut(edition, 0)

    def upto(self, edition: Edition) -> Register:
        """Return the register as the act left it that published an edition."""
        return self._cut(edition, 1)

    def purged_since(self, edition: Edition) -> tuple[Edition, ...]:
        """Return what was published when an edition was, and has been purged since."""
        end = self.acts.index(self.publishing(edition))
        then = {act.edition for act in self.acts[:end] if isinstance(act, Publishing)}
        later = (act.edition for act in self.acts[end:] if isinstance(act, Purging))
        return tuple(sorted(e for e in later if e in then))

    def _cut(self, edition: Edition, more: int) -> Register:
        """Return the acts before one, and what was purged later: that is gone for whoever asks."""
        if not self.is_published(edition):
            return self
        end = self.acts.index(self.publishing(edition)) + more
        then = {act.edition for act in self.acts[:end] if isinstance(act, Publishing)}
        purged = [a for a in self.acts[end:] if isinstance(a, Purging) and a.edition in then]
        return replace(self, acts=(*self.acts[:end], *purged))

    def newest_kept(self, before: Edition | None = None) -> Edition | None:
        """Return the last edition published that has a frozen state still.

        With `before`, of the editions before that one.
        """
        kept = [
            edition
            for edition in self.published
            if (before is None or edition < before)
            and self.state(edition) is not EditionState.PURGED
        ]
        return kept[-1] if kept else None

    def with_act(self, act: Act) -> Register:
        """Return the register with one more act; raise `Refused` if the rules forbid it."""
        longer = replace(self, acts=(*self.acts, act))
        _ = longer._replayed
        return longer

    def to_yaml(self) -> bytes:
        """Return the file's content."""
        return acts_as_yaml(self.acts)


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
    acts, wrong = ((), []) if problems else acts_in(content, where)
    if problems or wrong:
        restored = [replace(problem, fix=RESTORE) for problem in (*problems, *wrong)]
        raise ProblemsFound("发布记录", restored)
    register = Register(first or acts[0].edition, acts)
    _ = register._replayed
    return register


def _edition_of(path: str) -> Edition:
    return Edition.parse(path.partition("/")[0])
