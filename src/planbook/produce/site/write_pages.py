"""Write the pages that come from data: goals, programmes, units, fragments, and what book this is.

The texts are `planbook.present`'s; those that explain how this program judges lie in
``assets/texts`` and are included as ``text-<name>.md``. Beside a fragment that is printed too lies
what it was made of, as a notebook's output. A file is touched only if its text differs, so that
Sphinx need not read it again; pages of those that no longer exist are deleted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from planbook.present.addresses import BRIEF, CATALOGUE, FRAGMENTS, GOALS, OFFER, PROGRAMMES, UNITS
from planbook.present.book import Book
from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import fragments, goal_pages, measure_pages, unit_pages
from planbook.produce.notebooks.drawn import drawn_charts
from planbook.produce.site.book_facts import book_facts
from planbook.produce.site.kept_goal_pages import KeptGoalPages
from planbook.put_in_place import clear, write_whole

TEXTS = Path(__file__).parents[1] / "assets" / "texts"


def write_fragments(book: Book, folder: Path) -> tuple[str, ...]:
    """Write what pages include below `folder` (the project's ``book``), but `write_offer`'s.

    Returned are the names of the files that were written because they differed.
    """
    wanted = {f"{FRAGMENTS}/{name}": text for name, text in fragments.fragments(book).items()}
    for path in TEXTS.glob("*.md"):
        wanted[f"{FRAGMENTS}/text-{path.name}"] = path.read_text(encoding="utf-8")
    for name, shown in fragments.on_paper(book).items():
        data, metadata = shown._repr_mimebundle_()
        page = data.pop("text/html", "") or data["text/markdown"]
        wanted[f"{FRAGMENTS}/{name}.md"] = f"{page}\n"
        output = {"data": data, "metadata": metadata}
        wanted[f"{FRAGMENTS}/{name}.json"] = json.dumps(output, ensure_ascii=False) + "\n"
    return _written(wanted, folder)


def write_pages(book: OpenBook, folder: Path, kept: KeptGoalPages | None = None) -> tuple[str, ...]:
    """Write the pages of goals, programmes and units below `folder`; return as `write_fragments`.

    Those of goals that `kept` knows to stand are left as they are.
    """
    charts = drawn_charts(folder / "chapters")
    wanted = {f"{CATALOGUE}.md": goal_pages.catalogue_page(book)}
    for pages in (measure_pages.programme_pages(book), unit_pages.unit_pages(book)):
        wanted.update({f"{docname}.md": text for docname, text in pages.items()})
    written = list(_written(wanted, folder))
    known = set(wanted)
    for chapter in book.plan.chapters:
        own = {goal.id: charts.get(goal.id) for goal in chapter.goals}
        standing = kept.standing(book, chapter.id, own, folder) if kept else ()
        known.update(standing)
        if not standing:
            reads: set[str] = set()
            part = NotedBook(book, reads.add).part(chapter.id)
            pages = {f"{n}.md": text for n, text in goal_pages.goal_pages(part, own).items()}
            known.update(pages)
            written += _written(pages, folder)
            if kept:
                kept.keep(book, chapter.id, own, pages, reads)
    for generated in (GOALS, PROGRAMMES, UNITS):
        for stale in (folder / generated).glob("*.md"):
            if f"{generated}/{stale.name}" not in known:
                clear(stale)
    return tuple(written)


def write_offer(book: Book, folder: Path, downloads: Sequence[fragments.Download]) -> None:
    """Write the list of the files on offer, links to the brief, what pages say of this book."""
    _write(folder / FRAGMENTS / OFFER, fragments.downloads_list(downloads))
    _write(folder / FRAGMENTS / BRIEF, fragments.brief_links(downloads))
    facts = book_facts(book, downloads)
    _write(folder / FRAGMENTS / "book.json", facts.to_json())


def _written(wanted: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    return tuple(name for name, text in wanted.items() if _write(folder / name, text))


def _write(path: Path, text: str) -> bool:
    """Write a file if it differs; say whether it did."""
    content = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True
