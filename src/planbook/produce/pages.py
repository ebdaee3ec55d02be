"""Write the pages that come from data: goals, programmes, fragments, and what book this is.

The texts are `planbook.present`'s. A file is touched only if its text differs, so that Sphinx need
not read it again; pages of goals and programmes that no longer exist are deleted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planbook.present import fragments, measure_pages, pages
from planbook.present.chapter import Book
from planbook.present.measure_tables import FIELD_PAGES
from planbook.produce.banner import BookFacts
from planbook.produce.series import drawn_charts

FRAGMENTS = "chapters/_fragments"


def write_pages(book: Book, folder: Path, downloads: Sequence[fragments.Download]) -> None:
    """Write all generated pages below `folder` (the project's ``book``)."""
    charts = drawn_charts(folder / "chapters")
    wanted = {f"{docname}.md": text for docname, text in pages.goal_pages(book, charts).items()}
    for docname, text in measure_pages.programme_pages(book).items():
        wanted[f"{docname}.md"] = text
    for name, text in fragments.fragments(book, downloads).items():
        wanted[f"{FRAGMENTS}/{name}"] = text
    wanted[f"{FRAGMENTS}/book.json"] = book_facts(book).to_json()
    for name, text in wanted.items():
        _write(folder / name, text)
    for generated in ("goals", FIELD_PAGES):
        for stale in (folder / generated).glob("*.md"):
            if f"{generated}/{stale.name}" not in wanted:
                stale.unlink()


def book_facts(book: Book) -> BookFacts:
    """Return what every page says of this book."""
    return BookFacts(
        plan_title=book.plan.about.title,
        edition=str(book.edition),
        edition_label=book.edition.label,
        dataset=book.dataset.name,
        dataset_title=book.dataset.title,
        demonstration=book.dataset.demonstration,
        banner=fragments.banner(book.dataset),
    )


def _write(path: Path, text: str) -> None:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
