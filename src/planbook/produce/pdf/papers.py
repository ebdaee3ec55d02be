"""The book on paper: a PDF of each chapter and one of the whole, made anew only where they changed.

Turns the executed notebooks that the pages are made of, and the written pages that explain them,
into `Paper`s; `make_papers` sets them, and a department's pack, several at a time, in a cache.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import (
    MadeOf,
    Record,
    code_of,
    digest,
    digests_of,
    read_records,
    sha256,
    write_records,
)
from planbook.present.addresses import FRAGMENTS, OFFER
from planbook.present.book import Book
from planbook.present.pages.fragments import banner
from planbook.present.say.edition_states import correction_notice
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf import Cover, Document, Part, Running, Typeset, typeset, written_part
from planbook.put_in_place import clear, make_folder, write_whole

FOLDER = "pdf"
WHOLE_BOOK = "book"
APPENDICES = (
    "methodology",
    "revision-policy",
    "glossary",
)  # written pages that a reader of the paper needs
ROOT_PAGE = "index"

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
    """A PDF at `path`: `size` in bytes, `seconds` of typesetting where it was made just now."""

    path: Path
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
        return f"{FOLDER}/{self.path.name}"


class Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Return what came of the task."""
        done: Future[Any] = Future()
        done.set_result(task(*given, **named))
        return done


def papers(book: Book, chapters: Sequence[Job], folder: Path, data_sha256: str) -> list[Paper]:
    """Return the PDFs of an edition: the whole book, then its chapters in reading order.

    A page on which code is shown is for the screen and has no place among them.

    `folder` is the project's ``book``, with the executed notebooks and the pages that people write.
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
    return Running(
        book=book.title,
        edition=book.edition.label,
        data_hash=data_sha256[:12],
        demonstration=book.dataset.demonstration,
        confidential=book.is_confidential,
        as_of=book.edition.end.last_day,
    )


def shaped_by(folder: Path) -> MadeOf:
    """Return what shapes PDFs besides their documents: fragments, pictures and code.

    The list of downloads is left out: it is written of the PDFs, and in none of them.
    """
    fragments = digests_of(folder / FRAGMENTS, "*.md")
    fragments.pop(OFFER, None)
    return MadeOf(digest([fragments, digests_of(folder / "_static")]), code_of())


def make_papers(
    wanted: Iterable[Paper],
    cache: Path,
    *,
    made_of: MadeOf,
    what: str = "排版 PDF ",
    typesetter: Typesetter = typeset,
    executor: Executor | None = None,
) -> list[MadePdf]:
    """Typeset the PDFs that are not up to date in the cache; return all of them.

    Parameters
    ----------
    wanted
        Each is begun as soon as it is there, while the next is being prepared.
    cache
        Folder for the PDFs and the record of what each was made of; others in it are deleted.
    made_of
        `shaped_by`: what they are made of besides their documents.
    what
        Begins the sentence that says what went wrong.
    executor
        Sets several at a time. Default: one after another, here.

    Raises
    ------
    ProblemsFound
        What is wrong in any of the documents, once each. The sound ones are in the cache by then.
    """
    executor = executor or Here()
    make_folder(cache)
    known, records = read_records(cache / "records.json"), dict[str, Record]()
    papers: dict[str, Paper] = {}
    tasks: dict[Future[tuple[Result, float]], tuple[str, MadeOf]] = {}
    for paper in wanted:
        parts = [replace(part, folder=None) for part in paper.document.parts]  # it may be moved
        document = replace(paper.document, parts=tuple(parts))
        key = replace(made_of, inputs=digest([made_of.inputs, document]))
        papers[paper.name], kept = paper, known.get(paper.name)
        if kept is not None and kept.made_of == key and kept.is_whole(cache):
            records[paper.name] = kept
        else:
            tasks[executor.submit(_tried, typesetter, paper.document)] = (paper.name, key)
    seconds: dict[str, float] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for task in as_completed(tasks):
        (name, key), (result, taken) = tasks[task], task.result()
        if not isinstance(result, Typeset):
            problems[name] = result
            continue
        write_whole(cache / name, result.pdf)
        about = {"pages": result.pages, "size": len(result.pdf), "warnings": result.warnings}
        records[name] = Record(key, {name: sha256(result.pdf)}, about)
        write_records(cache / "records.json", records)
        seconds[name] = taken
    if problems:
        found = (problem for name in papers for problem in problems.get(name, ()))
        raise ProblemsFound(what, dict.fromkeys(found))
    for old in cache.glob("*.pdf"):
        if old.name not in papers:
            clear(old)
    return [_made(p, cache, records[p.name], seconds.get(p.name)) for p in papers.values()]


def write_pdfs(made: Sequence[MadePdf], html: Path) -> None:
    """Copy the PDFs below the book's root."""
    for pdf in made:
        make_folder(html / FOLDER)
        (html / pdf.address).write_bytes(pdf.path.read_bytes())


def _title(part: Part, running: Running) -> str:
    return f"{part.title}（{running.book}，{running.edition}）"


def _cover(book: Book, running: Running) -> Cover:
    based_on = f"依据《{book.plan.about.title}》"
    lines = (f"{running.edition}进展报告", book.data_words, based_on, banner(book))
    told = (lines[0], correction_notice(book), *lines[1:])
    return Cover(book.plan.about.short_title, tuple(line for line in told if line))


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


def _tried(typesetter: Typesetter, document: Document) -> tuple[Result, float]:
    """Typeset, here or in a process of its own; problems come back as a value."""
    start = time.perf_counter()
    try:
        result: Result = typesetter(document)
    except ProblemsFound as error:
        result = error.problems
    return result, time.perf_counter() - start


def _made(paper: Paper, cache: Path, record: Record, seconds: float | None) -> MadePdf:
    return MadePdf(
        cache / paper.name,
        paper.title,
        paper.page,
        int(record.about["pages"]),
        int(record.about["size"]),
        record.files[paper.name],
        tuple(record.about["warnings"]),
        seconds,
    )
