"""Department packs: for each submitting unit a folder with its PDF, its figures and its next form.

Turns a book into ``<packs>/<edition>/<unit>/``. All packs are made aside and put in place together.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from planbook.made_of import MadeOf, sha256
from planbook.present.book import Book
from planbook.present.packs.sections import UnitPack, unit_pack
from planbook.produce.packs.pack_document import drawn_charts, pack_document
from planbook.produce.packs.pack_xlsx import pack_workbook
from planbook.produce.pdf import Running, typeset
from planbook.produce.pdf.papers import Paper, Typesetter, make_papers
from planbook.put_in_place import make_folder, put_in_place

_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')  # in file names on Windows


@dataclass(frozen=True)
class PackFile:
    """A file of a pack; `size` in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Pack:
    """A unit's folder: PDF, workbook with its figures, the next form where something is owed."""

    unit_id: str
    unit_name: str
    folder: Path
    files: tuple[PackFile, ...]
    pages: int
    warnings: tuple[str, ...]  # in Chinese, of characters that the fonts lack


def write_packs(
    book: Book,
    folder: Path,
    *,
    running: Running,
    templates: Mapping[str, bytes],
    chapters: Path,
    scratch: Path,
    cache: Path,
    made_of: MadeOf,
    typesetter: Typesetter = typeset,
    executor: Executor | None = None,
    put: Callable[[Path, Path], None] = put_in_place,
) -> tuple[Pack, ...]:
    """Write the packs of all units below ``folder/<edition>`` and return them in the plan's order.

    Parameters
    ----------
    templates
        The next edition's blank workbook by unit; a unit that owes nothing then has none.
    chapters
        The folder of executed notebooks, whose charts are used again.
    scratch
        Where packs are made before they are moved into place, on the same file system.
    cache, made_of, typesetter, executor
        As `make_papers` takes them: PDFs whose content has not changed are kept.
    put
        Puts what was made where it belongs.

    Raises
    ------
    ProblemsFound
        If any pack cannot be typeset; all packs' problems together, and nothing is changed.
    """
    charts = drawn_charts(chapters)
    packs = [unit_pack(book, unit.id, with_form=unit.id in templates) for unit in book.plan.units]
    workbooks: list[bytes] = []

    def wanted() -> Iterator[Paper]:
        for pack in packs:
            document = pack_document(pack, running, charts)
            yield Paper(f"{pack.unit.id}.pdf", pack.unit.name, "", document)
            workbooks.append(pack_workbook(pack))  # while the PDF is being set

    made = make_papers(
        wanted(),
        cache,
        made_of=made_of,
        what="部门资料包",
        typesetter=typesetter,
        executor=executor,
    )
    make_folder(scratch)
    aside = Path(tempfile.mkdtemp(dir=scratch, prefix="packs-"))
    place = folder / str(book.edition)
    written = []
    for pack, pdf, workbook in zip(packs, made, workbooks, strict=True):
        unit, name = pack.unit, names(pack)
        content = {name.pdf: pdf.path.read_bytes(), name.workbook: workbook}
        if unit.id in templates:
            content[name.form] = templates[unit.id]
        files = tuple(_written(aside / unit.id / file, data) for file, data in content.items())
        pages, warnings = pdf.pages, pdf.warnings
        written.append(Pack(unit.id, unit.name, place / unit.id, files, pages, warnings))
    put(aside, place)
    return tuple(written)


def _written(path: Path, data: bytes) -> PackFile:
    make_folder(path.parent)
    path.write_bytes(data)
    return PackFile(path.name, len(data), sha256(data))


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
