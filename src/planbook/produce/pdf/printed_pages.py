"""Pages of the book as they lie there, as parts of documents on paper."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat

from planbook.errors import Problem, ProblemsFound
from planbook.made_of import digest, sha256
from planbook.present.book import Book
from planbook.present.chapter_part import chapter_part
from planbook.produce.not_made import stand_in
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf.setting.document import Document, Part, Running, written_part
from planbook.produce.pdf.typesetting import typeset

APPENDICES = (
    "methodology",
    "revision-policy",
    "legend",
    "glossary",
)  # written pages that a reader of the paper needs


@dataclass(frozen=True)
class PrintedPage:
    """An executed notebook or a written text.

    Attributes
    ----------
    text
        The text in place of the file's, of a page that is refused.
    source
        What its tables say of where their values come from.
    """

    id: str
    title: str
    path: Path
    sha256: str
    text: str = ""
    source: str = ""

    def part(self) -> Part:
        """Return it as a part of a document."""
        if self.path.suffix == ".ipynb":
            notebook = nbformat.read(self.path, as_version=4)
            return Part(self.id, self.title, notebook, self.path.parent, self.source)
        text = self.text or self.path.read_text(encoding="utf-8")
        return written_part(self.id, self.title, text, self.path.parent)

    def problems(self, running: Running) -> tuple[Problem, ...]:
        """Return what keeps it, alone, from being set."""
        try:
            typeset(Document(self.title, (self.part(),), running))
        except ProblemsFound as error:
            return error.problems
        return ()


def printed_notebook(book: Book, job: Job) -> PrintedPage:
    """Return a notebook's page; a chapter's tables are of its own indicators."""
    chapter = next((each for each in book.plan.chapters if each.id == job.id), None)
    own = book if chapter is None else chapter_part(book, chapter)
    digest_of_page = sha256(job.page.read_bytes())
    source = own.table_source("各填报单位")
    return PrintedPage(f"chapters/{job.id}", job.title, job.page, digest_of_page, source=source)


def appendix(folder: Path, name: str, refused: Collection[Path] = ()) -> PrintedPage:
    """Return a written page; of one that is `refused`, that it was not made."""
    path = folder / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    shown = stand_in(path.name, text) if path in refused else ""
    first = next((line for line in text.splitlines() if line.startswith("# ")), f"# {name}")
    title = first.removeprefix("# ").strip()
    sha = sha256(shown.encode()) if shown else sha256(path.read_bytes())
    return PrintedPage(name, title, path, sha, shown)


def is_for_screens(page: Path) -> bool:
    """Tell whether an executed notebook says that it has no place on paper."""
    about = json.loads(page.read_bytes())["metadata"].get("planbook", {})
    return bool(about.get("screen_only"))


def document_of(
    empty: Document, *pages: PrintedPage
) -> tuple[str, Callable[[], Document], tuple[PrintedPage, ...]]:
    """Return what a document of these pages and all else is made of, what makes it, the pages."""
    made_of = digest([empty, [(page.id, page.title, page.sha256, page.source) for page in pages]])
    return made_of, partial(_filled, empty, pages), pages


def _filled(empty: Document, pages: Sequence[PrintedPage]) -> Document:
    return replace(empty, parts=tuple(page.part() for page in pages))
