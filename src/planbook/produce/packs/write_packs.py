"""Department packs: for each submitting unit a folder with its PDF, its figures and its next form.

Turns a book into ``<packs>/<edition>/<unit>/`` in two steps, so that the caller can do something
else between them: `begin_packs` hands over what is not up to date, `put_packs` puts it in place.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import astuple, dataclass, replace
from functools import cache as once
from functools import partial
from pathlib import Path

from planbook.made_of import MadeOf, code_of, digest, sha256
from planbook.plan.model import Unit
from planbook.present.book import Book
from planbook.present.packs.own_book import own_digests
from planbook.present.packs.sections import UnitPack, unit_pack
from planbook.produce.kept_files import Begun, Kept, Made, Wanted, begin
from planbook.produce.packs.pack_document import drawn_charts, pack_document
from planbook.produce.packs.pack_xlsx import pack_workbook
from planbook.produce.pdf import Chart, Running, typeset
from planbook.produce.pdf.papers import CODE as PAPERS
from planbook.produce.pdf.papers import Told, Typesetter, running_words, set_document
from planbook.put_in_place import clear, made_aside

CODE = (  # what makes the PDF and the workbook of a pack
    *PAPERS,
    "produce/downloads/book_sheets.py",
    "produce/downloads/book_xlsx.py",
    "produce/downloads/change_sheets.py",
    "produce/downloads/sheet_model.py",
    "produce/downloads/sheet_paper.py",
    "produce/downloads/project_sheets.py",
    "produce/downloads/task_sheets.py",
    "produce/downloads/watch_sheets.py",
    "produce/notebooks/drawn.py",
    "produce/packs",
)

_UNSAFE = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')  # in file names on Windows


@dataclass(frozen=True)
class PackFile:
    """A file of a pack; `size` in bytes, `kept` where it was made, `anew` whether just now."""

    name: str
    size: int
    sha256: str
    kept: Path
    anew: bool


@dataclass(frozen=True)
class Pack:
    """A unit's pack: PDF, workbook with its figures, the next form where something is owed.

    `data` is the sha256 of the data that it shows, whose first digits stand in the PDF's foot.
    """

    unit_id: str
    unit_name: str
    folder: Path
    data: str
    files: tuple[PackFile, ...]
    pages: int
    warnings: tuple[str, ...]  # in Chinese, of characters that the fonts lack

    @property
    def made(self) -> tuple[str, ...]:
        """The names of its files that were made anew."""
        return tuple(file.name for file in self.files if file.anew)


@dataclass(frozen=True)
class BegunPacks:
    """Packs of which some files are still being made; `data` is the sha256 by unit."""

    book: Book
    folder: Path
    data: Mapping[str, str]
    files: Begun

    def finish(self) -> tuple[Pack, ...]:
        """Return the packs in the plan's order once all their files are made.

        Raises
        ------
        ProblemsFound
            If any pack cannot be typeset; all packs' problems together.
        """
        made = self.files.finish("部门资料包")
        return tuple(self._pack(unit, made) for unit in self.book.plan.units)

    def _pack(self, unit: Unit, made: Mapping[str, Kept]) -> Pack:
        kept = _kept_names(unit.id)
        named = zip(astuple(names(self.book, unit)), astuple(kept), strict=True)
        files = tuple(_pack_file(name, made[own]) for name, own in named if own in made)
        pages, warnings = made[kept.pdf].about
        return Pack(
            unit.id,
            unit.name,
            self.folder / str(self.book.edition) / unit.id,
            self.data[unit.id],
            files,
            pages,
            tuple(warnings),
        )


def begin_packs(
    book: Book,
    folder: Path,
    *,
    forms: Mapping[str, Wanted],
    chapters: Path,
    cache: Path,
    code: str | None = None,
    typesetter: Typesetter = typeset,
    executor: Executor | None = None,
) -> BegunPacks:
    """Begin to make the files of all units' packs that are not up to date.

    PDF and workbook are while the unit's own plan and rows are, the words that stand on every
    sheet, the charts and the code.

    Parameters
    ----------
    folder
        Where `put_packs` will put them: ``folder/<edition>/<unit>``.
    forms
        The next edition's blank workbook by unit; a unit that owes nothing then has none.
    chapters
        The folder of executed notebooks, whose charts are used again.
    cache, code, typesetter, executor
        As `begin_papers` takes them.
    """
    data, charts = own_digests(book), drawn_charts(chapters)
    code = code or code_of(*CODE)
    own_pack = once(lambda id: unit_pack(book, id, with_form=id in forms))
    about = (book.dataset.model_dump(mode="json"), book.edition, book.visibility, book.dateline())
    of_unit: dict[str, dict[str, Chart]] = {unit.id: {} for unit in book.plan.units}
    for goal in book.plan.goals:
        if goal.id in charts:
            of_unit[book.plan.unit_of(goal).id][goal.id] = charts[goal.id]

    def wanted() -> Iterator[Wanted]:
        for unit in book.plan.units:
            kept, own, drawn = _kept_names(unit.id), data[unit.id], of_unit[unit.id]
            running = running_words(book, own)
            shown = digest([own, about, running, drawn, unit.id in forms])
            paper = partial(_paper, own_pack, unit.id, running, drawn, typesetter)
            yield Wanted(kept.pdf, MadeOf(shown, code), paper, about=Told)
            workbook = partial(_workbook, own_pack, unit.id)
            yield Wanted(kept.workbook, MadeOf(digest([own, about]), code), workbook)
            if unit.id in forms:
                yield replace(forms[unit.id], name=kept.form)

    return BegunPacks(book, folder, data, begin(wanted(), cache, executor))


def put_packs(packs: Sequence[Pack], scratch: Path) -> None:
    """Put packs in place, each unit's folder whole; what is there of no unit is deleted.

    A folder that is as it would be made is not touched, and in one that is made anew the files that
    are the same keep their time. Folders are made in `scratch`, on the same disk.
    """
    for pack in packs:
        folder = pack.folder
        found = {path.name: path for path in folder.iterdir()} if folder.is_dir() else {}
        same = {file.name for file in pack.files if _is_same(found.get(file.name), file)}
        if same != {*found} or len(same) < len(pack.files):
            with made_aside(scratch, folder) as aside:
                for file in pack.files:
                    source = found[file.name] if file.name in same else file.kept
                    shutil.copy2(source, aside / file.name)
    folders = {pack.folder for pack in packs}
    for place in {folder.parent for folder in folders}:
        for other in place.iterdir():
            if other not in folders:
                clear(other)


@dataclass(frozen=True)
class Names:
    """The names of a pack's files: Chinese, without a blank, valid on Windows and in mail."""

    pdf: str
    workbook: str
    form: str


def names(book: Book, unit: Unit) -> Names:
    """Return the file names of a unit's pack: 软件信息-2026年三季度进展.pdf."""
    short = _UNSAFE.sub("", unit.short).strip(".") or unit.id
    mark = "（示例）" if book.dataset.demonstration else ""
    following = book.edition.plus(1)
    return Names(
        f"{short}-{book.edition.label}进展{mark}.pdf",
        f"{short}-{book.edition.label}数据{mark}.xlsx",
        f"{short}-{following.label}填报表{mark}.xlsx",
    )


def _kept_names(unit_id: str) -> Names:
    """Return what the files of a pack are called where they are kept."""
    return Names(f"{unit_id}.pdf", f"{unit_id}.data.xlsx", f"{unit_id}.form.xlsx")


def _paper(
    own_pack: Callable[[str], UnitPack],
    unit_id: str,
    running: Running,
    charts: Mapping[str, Chart],
    typesetter: Typesetter,
) -> Callable[[], Made]:
    document = partial(pack_document, own_pack(unit_id), running, charts)
    return partial(set_document, document, typesetter)


def _workbook(own_pack: Callable[[str], UnitPack], unit_id: str) -> Callable[[], Made]:
    return partial(_written, own_pack(unit_id))


def _written(pack: UnitPack) -> Made:
    return Made(pack_workbook(pack))


def _pack_file(name: str, file: Kept) -> PackFile:
    return PackFile(name, file.size, file.sha256, file.path, file.seconds is not None)


def _is_same(path: Path | None, file: PackFile) -> bool:
    return path is not None and path.is_file() and sha256(path.read_bytes()) == file.sha256
