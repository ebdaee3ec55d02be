"""What came of building a book: where it lies, what was made anew, what is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planbook.errors import Problem
from planbook.periods import Edition

if TYPE_CHECKING:
    from planbook.produce.packs.write_packs import Pack
    from planbook.produce.pdf.papers import MadePdf


@dataclass(frozen=True)
class BuiltBook:
    """A book that was built.

    Attributes
    ----------
    html
        The folder of its pages, which are `pages` in number.
    pdfs, packs
        Empty where they were not asked for.
    seconds
        Of each stage, in their order; stages overlap.
    notes
        What was noted that holds as long as the book does.
    made
        What was made anew, by kind: ``notebooks`` (their ids), ``sources`` (generated pages
        written), ``read`` and ``pages`` (which Sphinx read and wrote), ``pdfs``, ``packs`` and
        ``downloads`` (files, of the last those that differ from what was there).
    read
        What cells and pages read of the disk, its state by `planbook.disk_reads` name.
    problems
        Of the notebooks that went wrong and the pages that were refused; they only say so.
    """

    edition: Edition
    html: Path
    pages: int
    pdfs: tuple[MadePdf, ...]
    packs: tuple[Pack, ...]
    seconds: Mapping[str, float]
    notes: tuple[str, ...]
    made: Mapping[str, tuple[str, ...]]
    read: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
