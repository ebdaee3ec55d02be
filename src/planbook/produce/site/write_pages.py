"""Write the pages that come from data: goals, programmes, units, fragments, and what book this is.

The texts are `planbook.present`'s; those that explain how this program judges lie in
``assets/texts`` and are included as ``text-<name>.md``. Beside a fragment that is printed too lies
what it was made of, as a notebook's output. A file is touched only if its text differs, so that
Sphinx need not read it again; pages of those that no longer exist are deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from pathlib import Path

from planbook.present.addresses import BRIEF, CATALOGUE, FRAGMENTS, GOALS, OFFER, PROGRAMMES, UNITS
from planbook.present.book import Book
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import fragments, goal_pages, measure_pages, unit_pages
from planbook.produce.kept_files import Here
from planbook.produce.notebooks.drawn import CHARTS, drawn_charts
from planbook.produce.site.book_facts import book_facts
from planbook.produce.site.chapter_goals import chapter_goals
from planbook.produce.site.kept_goal_pages import KeptGoalPages
from planbook.produce.site.legend_charts import write_legend
from planbook.put_in_place import clear, write_if_changed

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
    return (*write_legend(folder), *_written(wanted, folder))


def write_pages(
    book: OpenBook,
    folder: Path,
    kept: KeptGoalPages | None = None,
    executor: Executor | None = None,
    opened: Callable[[], OpenBook] | None = None,
) -> tuple[str, ...]:
    """Write the pages of goals, programmes and units below `folder`; return as `write_fragments`.

    Parameters
    ----------
    kept
        Knows which goals' pages stand: these are left as they are.
    executor
        Makes goals' pages, several chapters' at a time. Default: one after another, here.
    opened
        Opens the book in a process of the executor's; needed where it has any.
    """
    executor, opened = executor or Here(), opened or (lambda: book)
    charts = drawn_charts(folder / "chapters")
    known: set[str] = set()
    begun = {}
    for chapter in sorted(book.plan.chapters, key=lambda each: -len(each.goals)):
        own = {goal.id: charts.get(goal.id) for goal in chapter.goals}
        standing = kept.standing(book, chapter.id, own) if kept else ()
        known.update(standing)
        if not standing:
            drawn = kept.drawn(book, chapter.id, own) if kept else None
            making = executor.submit(chapter_goals, opened, chapter.id, own, drawn)
            begun[making] = chapter.id, own
    wanted = {f"{CATALOGUE}.md": goal_pages.catalogue_page(book)}
    for pages in (measure_pages.programme_pages(book), unit_pages.unit_pages(book)):
        wanted.update({f"{docname}.md": text for docname, text in pages.items()})
    written = list(_written(wanted, folder))
    known.update(wanted)
    for making in as_completed(begun):
        made = making.result()
        known.update(made.files)
        written += _written(made.files, folder)
        if kept:
            kept.keep(book, *begun[making], made)
    generated = (f"{GOALS}/*.md", f"{PROGRAMMES}/*.md", f"{UNITS}/*.md")
    for pattern in (*generated, f"{FRAGMENTS}/{CHARTS.format('*')}"):
        for stale in folder.glob(pattern):
            if stale.relative_to(folder).as_posix() not in known:
                clear(stale)
    return tuple(sorted(written))


def write_offer(book: Book, folder: Path, downloads: Sequence[fragments.Download]) -> None:
    """Write the list of the files on offer, links to the brief, what pages say of this book."""
    _write(folder / FRAGMENTS / OFFER, fragments.downloads_list(downloads))
    _write(folder / FRAGMENTS / BRIEF, fragments.brief_links(downloads))
    facts = book_facts(book, downloads)
    _write(folder / FRAGMENTS / "book.json", facts.to_json())


def _written(wanted: Mapping[str, str], folder: Path) -> tuple[str, ...]:
    return tuple(name for name, text in wanted.items() if _write(folder / name, text))


def _write(path: Path, text: str) -> bool:
    return write_if_changed(path, text.encode("utf-8"))
