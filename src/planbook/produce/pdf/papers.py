"""The book on paper: a PDF of each chapter and one of the whole, made anew only where they changed.

Turns the executed notebooks that the pages are made of, and the written pages that explain them,
into files in the cache; `write_pdfs` puts them beside the HTML, which is swapped in as a whole.
"""

from __future__ import annotations

import calendar
import datetime as dt
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from planbook.errors import Problem, ProblemsFound
from planbook.present.addresses import FRAGMENTS, OFFER
from planbook.present.book import Book
from planbook.present.pages.fragments import banner
from planbook.produce.digest import digest, digest_of_code, digest_of_files, sha256
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf import Cover, Document, Part, Running, Typeset, written_part
from planbook.produce.records import read_records, write_records
from planbook.put_in_place import clear, make_folder, write_whole

FOLDER = "pdf"
WHOLE_BOOK = "book"
APPENDICES = ("methodology", "glossary")  # written pages that a reader of the paper needs
ROOT_PAGE = "index"
TEMPLATES = Path(__file__).resolve().parents[1] / "assets" / "typst"

Typesetter = Callable[[Document], Typeset]
Result = Typeset | tuple[Problem, ...]


@dataclass(frozen=True)
class Paper:
    """A PDF to make: its file name, what lists call it, the page that links it, what is in it."""

    name: str
    title: str
    page: str
    document: Document


@dataclass(frozen=True)
class MadePdf:
    """A PDF in the cache: `size` in bytes, `seconds` of typesetting where it was made just now."""

    name: str
    title: str
    page: str
    pages: int
    size: int
    sha256: str
    warnings: tuple[str, ...]
    seconds: float | None = None

    @property
    def address(self) -> str:
        """The file's address from the book's root."""
        return f"{FOLDER}/{self.name}"


def papers(book: Book, chapters: Sequence[Job], folder: Path, data_sha256: str) -> list[Paper]:
    """Return the PDFs of an edition: the whole book, then its chapters in reading order.

    A page on which code is shown is for the screen and has no place among them.

    Parameters
    ----------
    folder
        The project's ``book``, with the executed notebooks and the pages that people write.
    """
    running = running_words(book, data_sha256)
    read = ((job, nbformat.read(job.page, as_version=4)) for job in chapters)
    parts = [
        (job.id, Part(f"chapters/{job.id}", job.title, notebook, job.page.parent))
        for job, notebook in read
        if not _shows_code(notebook)
    ]
    appendices = (_appendix(folder, name) for name in APPENDICES)
    whole = Document(
        title=f"{running.book}\uff08{book.edition.label}\uff09",
        parts=(*(part for _, part in parts), *appendices),
        running=running,
        cover=_cover(book, running),
        contents=True,
    )
    single = [
        Paper(
            f"{book.edition}-{id}.pdf",
            part.title,
            part.id,
            replace(whole, title=_title(part, running), parts=(part,), cover=None, contents=False),
        )
        for id, part in parts
    ]
    return [Paper(f"{book.edition}-{WHOLE_BOOK}.pdf", "整本书", ROOT_PAGE, whole), *single]


def running_words(book: Book, data_sha256: str) -> Running:
    """Return what stands on every sheet of an edition's paper."""
    end = book.edition.end
    return Running(
        book=book.title,
        edition=book.edition.label,
        data_hash=data_sha256[:12],
        demonstration=book.dataset.demonstration,
        as_of=dt.date(end.year, end.month, calendar.monthrange(end.year, end.month)[1]),
    )


def shaped_by(folder: Path) -> str:
    """Return a digest of what shapes PDFs besides the notebooks: code, fragments, pictures.

    The list of downloads is left out: it is written of the PDFs, and in none of them.
    """
    fragments = digest_of_files(folder / FRAGMENTS, "*.md")
    fragments.pop(OFFER, None)
    folders = (folder / "_static", TEMPLATES)
    return digest([digest_of_code(), fragments, *map(digest_of_files, folders)])


def make_pdfs(
    wanted: Sequence[Paper],
    cache: Path,
    *,
    made_of: str,
    typesetter: Typesetter,
    context: BaseContext | None = None,
) -> list[MadePdf]:
    """Typeset the PDFs that are not up to date in the cache; return all of them.

    Parameters
    ----------
    cache
        Folder for the PDFs and the record of what each was made of; PDFs no longer wanted are
        deleted.
    made_of
        Digest of what shapes a PDF besides its document: code, fragments, pictures.
    context
        How processes start, to typeset several at a time. Default: one after another, here.

    Raises
    ------
    ProblemsFound
        What is wrong in any of the documents, once each. The sound ones are in the cache by then.
    """
    records = cache / "records.json"
    known = read_records(records)
    keys = {paper.name: _key(paper.document, made_of) for paper in wanted}
    made = {
        paper.name: kept
        for paper in wanted
        if (kept := _kept(cache, paper, known.get(paper.name, {}), keys[paper.name]))
    }
    problems: dict[str, tuple[Problem, ...]] = {}
    make_folder(cache)
    stale = [paper for paper in wanted if paper.name not in made]
    for paper, result, seconds in _typeset(stale, typesetter, context):
        if not isinstance(result, Typeset):
            problems[paper.name] = result
            continue
        pdf = _made(paper, result, seconds)
        write_whole(cache / pdf.name, result.pdf)
        known[pdf.name] = {"made_of": keys[pdf.name], **asdict(pdf)}
        write_records(records, known)
        made[pdf.name] = pdf
    if problems:
        found = (problem for paper in wanted for problem in problems.get(paper.name, ()))
        raise ProblemsFound("排版 PDF ", dict.fromkeys(found))
    for old in cache.glob("*.pdf"):
        if old.name not in keys:
            clear(old)
    return [made[paper.name] for paper in wanted]


def write_pdfs(made: Sequence[MadePdf], cache: Path, html: Path) -> None:
    """Copy the PDFs from the cache below the book's root."""
    folder = html / FOLDER
    for pdf in made:
        folder.mkdir(exist_ok=True)
        (folder / pdf.name).write_bytes((cache / pdf.name).read_bytes())


def _title(part: Part, running: Running) -> str:
    return f"{part.title}（{running.book}，{running.edition}）"


def _cover(book: Book, running: Running) -> Cover:
    based_on = f"依据《{book.plan.about.title}》"
    lines = (f"{running.edition}进展报告", book.data_words, based_on, banner(book.dataset))
    return Cover(book.plan.about.short_title, tuple(line for line in lines if line))


def _appendix(folder: Path, name: str) -> Part:
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {name}")
    return written_part(name, first.removeprefix("# ").strip(), text, folder)


def _shows_code(notebook: NotebookNode) -> bool:
    hidden = {"remove-cell", "remove-input"}
    return any(
        cell.cell_type == "code" and hidden.isdisjoint(cell.metadata.get("tags", ()))
        for cell in notebook.cells
    )


def _key(document: Document, made_of: str) -> str:
    parts = [part.as_json() for part in document.parts]
    rest = {**asdict(replace(document, parts=())), "running": str(document.running)}
    return digest([made_of, rest, parts])


def _kept(cache: Path, paper: Paper, record: Mapping[str, Any], key: str) -> MadePdf | None:
    """Return what the cache holds of a PDF, if it is of this key and whole."""
    file = cache / paper.name
    if record.get("made_of") != key or not file.is_file():
        return None
    if sha256(file.read_bytes()) != record.get("sha256"):
        return None
    return MadePdf(
        paper.name,
        paper.title,
        paper.page,
        int(record["pages"]),
        int(record["size"]),
        str(record["sha256"]),
        tuple(record["warnings"]),
    )


def _typeset(
    stale: Sequence[Paper], typesetter: Typesetter, context: BaseContext | None
) -> Iterator[tuple[Paper, Result, float]]:
    """Yield each paper with what came of it and the seconds, in the order they are done."""
    if context is None or len(stale) < 2:
        for paper in stale:
            yield paper, *_tried(typesetter, paper.document)
        return
    pool = ProcessPoolExecutor(min(len(stale), os.cpu_count() or 1), mp_context=context)
    try:
        tasks = {pool.submit(_tried, typesetter, paper.document): paper for paper in stale}
        for task in as_completed(tasks):
            yield tasks[task], *task.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _tried(typesetter: Typesetter, document: Document) -> tuple[Result, float]:
    """Typeset, here or in a process of its own; problems come back as a value."""
    start = time.perf_counter()
    try:
        result: Result = typesetter(document)
    except ProblemsFound as error:
        result = error.problems
    return result, time.perf_counter() - start


def _made(paper: Paper, result: Typeset, seconds: float) -> MadePdf:
    return MadePdf(
        paper.name,
        paper.title,
        paper.page,
        result.pages,
        len(result.pdf),
        sha256(result.pdf),
        result.warnings,
        seconds,
    )
