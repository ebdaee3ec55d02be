"""What goes into a PDF and what comes out of it, in plain data.

A `Document` is a list of parts (executed notebooks, or what a pack shows) and the words that stand
on every page (`Running`); a `Typeset` is the finished PDF with what a maintainer should know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nbformat import NotebookNode

from planbook.present.prose import Heading, Prose
from planbook.present.tables.table import Columns, Table


@dataclass(frozen=True)
class Running:
    """What stands on every page, so that a sheet of paper can be traced."""

    book: str  # its title, such as 2027年目标进展报告
    edition: str  # in words, such as 2026年三季度
    data_hash: str  # the first 12 hexadecimal digits of a sha256 of the data that it shows
    demonstration: bool  # whether each page must say 「示例数据」
    as_of: date  # the edition's last day: the PDF's date, so that a second run gives the same bytes
    confidential: bool = False  # whether each page must say 「内部版」


@dataclass(frozen=True)
class Cover:
    """The first page of a book or pack."""

    title: str
    lines: tuple[str, ...] = ()  # below it: edition, reporting unit, what it is
    issuer: str = ""  # at the foot: who issues it


@dataclass(frozen=True)
class Chart:
    """A drawing with the words around it; an empty text is left out."""

    id: str
    svg: str = field(repr=False)
    alt: str
    finding: str = ""
    units: str = ""
    source: str = ""


Shown = Heading | Prose | Table | Columns | Chart


@dataclass(frozen=True)
class Part:
    """One chapter: an executed notebook, or what is shown one after the other.

    Its `id` is its address in the book without suffix, such as ``chapters/digital``; links between
    parts are resolved by it. The last component is enough where nothing links to it.
    """

    id: str
    title: str  # in the header of its pages, and its heading where it has none of level 1
    content: NotebookNode | tuple[Shown, ...] = field(repr=False)
    folder: Path | None = None  # where its images and included files are looked up
    source: str | None = ""  # of its tables' values; empty: that of every table; None: not said
    tight: bool = False  # whether its lines stand closer, to be one page where it can be


@dataclass(frozen=True)
class Document:
    """A PDF to be made."""

    title: str
    parts: tuple[Part, ...]  # its chapters in order, each beginning on a new page
    running: Running
    cover: Cover | None = None
    contents: bool = False  # whether a table of contents with page numbers follows the cover
    dense: bool = False  # whether it is set smaller, to be one page


@dataclass(frozen=True)
class Typeset:
    """A finished PDF.

    `warnings` are in Chinese, one for each place where a text holds a character that the fonts
    lack, which is printed as its number, 〔U+20BB7〕. `read` is the sha256 of each file that was
    read for it besides the document, empty of those that were looked for in vain.
    """

    pdf: bytes = field(repr=False)
    pages: int
    warnings: tuple[str, ...] = ()
    read: Mapping[Path, str] = field(default_factory=dict)


def written_part(id: str, title: str, text: str, folder: Path | None = None) -> Part:
    """Return a written page (MyST Markdown) as a part."""
    return Part(id, title, (Prose(text),), folder)
