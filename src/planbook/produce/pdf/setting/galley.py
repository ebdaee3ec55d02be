"""What is known while a part is being set: where we are, what went wrong, what can be linked to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self
from urllib.parse import unquote

from planbook.errors import Problem
from planbook.fonts import FALLBACK, as_number, is_common, other_font
from planbook.made_of import sha256
from planbook.produce.pdf.setting.characters import pieces, printable
from planbook.produce.pdf.setting.document import Part, Running
from planbook.produce.pdf.setting.typst_code import call, joined, literal

_SPACE = re.compile(r"\s+")
_OUTSIDE = re.compile(r"(?:https?|mailto):")
_SUFFIX = re.compile(r"\.(?:md|ipynb|html)$")


@dataclass
class Notes:
    """Collected over all parts of a document."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)  # the text of every cell of every table
    pictures: dict[str, bytes] = field(default_factory=dict)  # by file name
    rare: set[str] = field(default_factory=set)  # characters that only the third font has
    read: dict[Path, str] = field(default_factory=dict)  # sha256 of files, empty of missing ones

    def file(self, path: Path) -> bytes | None:
        """Return a file's content, or ``None`` where there is none; either way, remember it."""
        content = path.read_bytes() if path.is_file() else None
        self.read[path] = "" if content is None else sha256(content)
        return content


@dataclass(frozen=True)
class Galley:
    """One place of one part."""

    part: Part
    running: Running
    notes: Notes
    where: str  # in words, for messages
    base: Path | None  # the folder that images and included files are looked up in
    source: str = ""  # what tables say of where their values come from
    nested: bool = False  # inside a list, quotation or note
    pictures: Mapping[str, str] = field(default_factory=dict)  # ``data:`` addresses by address

    @classmethod
    def begun(cls, part: Part, running: Running, notes: Notes) -> Self:
        """Return the galley at the beginning of a part."""
        source = f"资料来源：据各填报单位报送的资料整理，{running.edition}版。"
        if running.demonstration:
            source += "示例数据，不是真实统计。"
        said = "" if part.source is None else part.source or source
        return cls(part, running, notes, part.id, part.folder, said)

    def inner(self) -> Self:
        """Return the galley inside a list, quotation or note, where no page can be turned."""
        return replace(self, nested=True)

    def at(self, where: str, *, base: Path | None = None) -> Self:
        """Return the galley at another place of the same part."""
        return replace(self, where=where, base=base or self.base)

    def problem(self, what: str, fix: str) -> str:
        """Note a problem, once, and return an expression that prints nothing."""
        found = Problem(what, self.where, fix)
        if found not in self.notes.problems:
            self.notes.problems.append(found)
        return '""'

    def text(self, text: str) -> str:
        """Return plain text as an expression; long words may break, white space is one space."""
        shown = self.printable(_SPACE.sub(" ", text))
        return joined(
            call("box", literal(piece)) if kept else literal(piece) for piece, kept in pieces(shown)
        )

    def text_or_none(self, text: str) -> str:
        """Return the text as an expression, or Typst's ``none`` where it is empty."""
        return self.text(text) if text else "none"

    def printable(self, text: str) -> str:
        """Return the text with its number for each character that the fonts lack, which is told."""
        if not is_common(text):
            self.notes.rare.update(c for c in text if other_font(c) == FALLBACK)
        return printable(text, self._missing)

    def _missing(self, character: str) -> str:
        shown = as_number(character)
        said = f"{self.where}：字体没有字符「{character}」，印作{shown}"
        if said not in self.notes.warnings:
            self.notes.warnings.append(said)
        return shown

    def target(self, name: str) -> str:
        """Return the label of a place of this part, and remember that links can lead to it.

        Only the first of two places of one name gets it.
        """
        label = f"{self.part.id}#{name}" if name else self.part.id
        if label in self.notes.targets:
            return ""
        self.notes.targets.add(label)
        return label

    def link(self, address: str, said: str) -> str:
        """Return `said` as a link: to the web, or to a place that this document may have."""
        if _OUTSIDE.match(address):
            return call("link", literal(address), said)
        path, _, anchor = address.partition("#")
        anchor = unquote(anchor.partition("?")[0])
        page = self.part.id
        if path:
            folder = posixpath.dirname(self.part.id)
            page = posixpath.normpath(posixpath.join(folder, _SUFFIX.sub("", unquote(path))))
        key = f"{page}#{anchor}" if anchor else page
        self.notes.links.add(key)
        return call("to", literal(key), "known", said)


def known_places(notes: Notes) -> dict[str, str]:
    """Return, by what a link asks for, the label it leads to; what is not here is plain text.

    A place that is missing on a page of this document is replaced by the page.
    """
    found = {}
    for key in sorted(notes.links):
        page, _, anchor = key.partition("#")
        name = page.rpartition("/")[2]
        if page not in notes.targets and name in notes.targets:
            page = name
        label = f"{page}#{anchor}" if f"{page}#{anchor}" in notes.targets else page
        if label in notes.targets:
            found[key] = label
    return found
