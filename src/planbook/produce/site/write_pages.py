"""Write the pages that come from data: goals, programmes, fragments, and what book this is.

The texts are `planbook.present`'s. A file is touched only if its text differs, so that Sphinx need
not read it again; pages of goals and programmes that no longer exist are deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planbook.present.notebook.chapter import Book
from planbook.present.pages import fragments, goal_pages, measure_pages
from planbook.present.tables.measure_tables import FIELD_PAGES
from planbook.produce.downloads.series_csv import drawn_charts
from planbook.produce.sphinx_ext.banner import BookFacts
from planbook.put_in_place import clear, write_whole

FRAGMENTS = "chapters/_fragments"
DOWNLOADS = "downloads.md"  # the one fragment that is written after the PDFs are made


def write_pages(book: Book, folder: Path) -> None:
    """Write all generated pages below `folder` (the project's ``book``) but `write_offer`'s."""
    charts = drawn_charts(folder / "chapters")
    wanted = {
        f"{docname}.md": text for docname, text in goal_pages.goal_pages(book, charts).items()
    }
    for docname, text in measure_pages.programme_pages(book).items():
        wanted[f"{docname}.md"] = text
    for name, text in fragments.fragments(book).items():
        wanted[f"{FRAGMENTS}/{name}"] = text
    for name, text in wanted.items():
        _write(folder / name, text)
    for generated in ("goals", FIELD_PAGES):
        for stale in (folder / generated).glob("*.md"):
            if f"{generated}/{stale.name}" not in wanted:
                clear(stale)


def write_offer(
    book: Book, folder: Path, downloads: Sequence[fragments.Download], data_sha256: str
) -> None:
    """Write the list of the files on offer, and what every page says of this book."""
    pdfs = {item.page: item.address for item in downloads if item.page}
    _write(folder / FRAGMENTS / DOWNLOADS, fragments.downloads_list(downloads))
    _write(folder / FRAGMENTS / "book.json", book_facts(book, pdfs, data_sha256).to_json())


def book_title(book: Book) -> str:
    """Return what the book is called: the plan's short title, and that it is a report on it."""
    return f"{book.plan.about.short_title}进展报告"


def book_facts(book: Book, pdfs: Mapping[str, str], data_sha256: str) -> BookFacts:
    """Return what every page says of this book; `pdfs` are addresses by page."""
    return BookFacts(
        book=book_title(book),
        data=data_sha256,
        plan_title=book.plan.about.title,
        edition=str(book.edition),
        edition_label=book.edition.label,
        dataset=book.dataset.name,
        dataset_title=book.dataset.title,
        demonstration=book.dataset.demonstration,
        banner=fragments.banner(book.dataset),
        pdfs=dict(pdfs),
    )


def _write(path: Path, text: str) -> None:
    content = text.encode("utf-8")
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)
