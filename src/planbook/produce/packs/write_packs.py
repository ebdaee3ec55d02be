"""Department packs: for each submitting unit a folder with its PDF, its figures and its next form.

Turns a book into ``<packs>/<edition>/<unit>/``. All packs are made aside and put in place together;
a PDF whose content has not changed is kept instead of being typeset again.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planbook.errors import Problem, ProblemsFound
from planbook.present.book import Book
from planbook.present.packs.sections import UnitPack, unit_pack
from planbook.produce.digest import digest, sha256
from planbook.produce.packs.pack_document import drawn_charts, pack_document
from planbook.produce.packs.pack_xlsx import pack_workbook
from planbook.produce.pdf import Document, Running, typeset
from planbook.produce.records import read_records, write_records
from planbook.put_in_place import make_folder

_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')  # in file names on Windows


@dataclass(frozen=True)
class PackFile:
    """A file of a pack; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Pack:
    """A unit's folder.

    Attributes
    ----------
    files
        The PDF, the workbook with its figures, the next quarter's form where something is owed.
    warnings
        In Chinese, characters that the fonts lack.
    reused
        Whether the PDF was kept from the run before.
    """

    unit_id: str
    unit_name: str
    folder: Path
    files: tuple[PackFile, ...]
    pages: int
    warnings: tuple[str, ...]
    reused: bool


@dataclass(frozen=True)
class _Paper:
    """A typeset PDF with what is recorded of it; `made_of` is the digest of its content."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    made_of: str
    reused: bool = False


def write_packs(
    book: Book,
    folder: Path,
    *,
    running: Running,
    templates: Mapping[str, bytes],
    chapters: Path,
    scratch: Path,
    records: Path,
    code: str,
    progress: Callable[[str], None] | None = None,
) -> tuple[Pack, ...]:
    """Write the packs of all units below ``folder/<edition>`` and return them in the plan's order.

    Parameters
    ----------
    running
        What stands on every page, as in the chapters.
    templates
        The next quarter's blank workbook by unit; a unit that owes nothing then has none.
    chapters
        The folder of executed notebooks, whose charts are used again.
    scratch
        Where packs are made before they are moved into place, on the same file system.
    records
        The file that says what the PDFs were made of.
    code
        Digest of all code that shapes a page.
    progress
        Called with a unit's name when its pack is made.

    Raises
    ------
    ProblemsFound
        If any pack cannot be typeset; all packs' problems together, and nothing is changed.
    """
    place = folder / str(book.edition)
    charts, before = drawn_charts(chapters), read_records(records)
    make_folder(scratch)
    aside = Path(tempfile.mkdtemp(dir=scratch, prefix="packs-"))
    made: list[Pack] = []
    papers: dict[str, _Paper] = {}
    problems: list[Problem] = []
    for unit in book.plan.units:
        pack = unit_pack(book, unit.id, with_form=unit.id in templates)
        name = names(pack)
        document = pack_document(pack, running, charts)
        try:
            paper = _paper(document, place / unit.id / name.pdf, before.get(unit.id, {}), code)
        except ProblemsFound as error:
            problems += error.problems
            continue
        content = {name.pdf: paper.pdf, name.workbook: pack_workbook(pack)}
        if unit.id in templates:
            content[name.form] = templates[unit.id]
        (aside / unit.id).mkdir()
        for file, data in content.items():
            (aside / unit.id / file).write_bytes(data)
        papers[unit.id] = paper
        files = tuple(PackFile(file, len(data), sha256(data)) for file, data in content.items())
        made.append(
            Pack(
                unit.id,
                unit.name,
                place / unit.id,
                files,
                paper.pages,
                paper.warnings,
                paper.reused,
            )
        )
        if progress is not None:
            progress(unit.name)
    if problems:
        shutil.rmtree(aside)
        raise ProblemsFound("部门资料包", problems)
    _put(aside, place, scratch)
    _record(records, papers)
    return tuple(made)


@dataclass(frozen=True)
class Names:
    """The names of a pack's files: Chinese, without a blank, valid on Windows and in mail."""

    pdf: str
    workbook: str
    form: str


def names(pack: UnitPack) -> Names:
    """Return the file names of a pack: 软件信息-2026年三季度进展.pdf."""
    book = pack.book
    unit = _UNSAFE.sub("", pack.unit.short).strip(".") or pack.unit.id
    mark = "（示例）" if book.dataset.demonstration else ""
    following = book.edition.plus(1)
    return Names(
        f"{unit}-{book.edition.label}进展{mark}.pdf",
        f"{unit}-{book.edition.label}数据{mark}.xlsx",
        f"{unit}-{following.label}填报表{mark}.xlsx",
    )


def _paper(document: Document, path: Path, before: Mapping[str, Any], code: str) -> _Paper:
    """Return the PDF: the one in place where it was made of the same content, else a new one."""
    made_of = digest(
        {
            "code": code,
            "title": document.title,
            "running": repr(document.running),
            "parts": [part.as_json() for part in document.parts],
        }
    )
    if before.get("made_of") == made_of and path.is_file():
        pdf = path.read_bytes()
        if sha256(pdf) == before["sha256"]:
            warnings = tuple(before["warnings"])
            return _Paper(pdf, int(before["pages"]), warnings, made_of, reused=True)
    done = typeset(document)
    return _Paper(done.pdf, done.pages, done.warnings, made_of)


def _put(aside: Path, place: Path, scratch: Path) -> None:
    """Put the new folder in the place of the old one."""
    make_folder(place.parent)
    old = Path(tempfile.mkdtemp(dir=scratch, prefix="old-packs-"))
    if place.exists():
        place.replace(old / place.name)
    aside.replace(place)
    shutil.rmtree(old, ignore_errors=True)


def _record(path: Path, papers: Mapping[str, _Paper]) -> None:
    found = {
        unit: {
            "made_of": paper.made_of,
            "sha256": sha256(paper.pdf),
            "pages": paper.pages,
            "warnings": paper.warnings,
        }
        for unit, paper in papers.items()
    }
    write_records(path, found)
