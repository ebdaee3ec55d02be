"""A book that tells what of it is read, so that a page is made again only when that has changed.

What is read has names, and `BookParts` digests what a name stands for in any book:

``tables.measures``, ``tables.measures.shape``
    A whole table, from the moment it is first asked for; its numbers of rows and columns.
``plan.about.thresholds``, ``plan.units``, ``plan.chapters``, ``dataset.contact`` …
    A field of ``plan.yaml``, a part of the plan, a field of ``dataset.yaml``.
``chapter.digital.plan``, ``chapter.digital.verdicts`` …
    What `planbook.present.chapter_part` holds of a chapter: its plan, its rows of a table.
``data_words``, ``rating_counts`` … (`FACTS`)
    What pages say of the whole book without showing a table, or of a table that is mostly unread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

import pandas as pd

from planbook.errors import UsageError
from planbook.plan.model import Plan
from planbook.plan.plan_file import PlanFile
from planbook.present.book import Book
from planbook.present.notebook.noted_record import Note, noted_record
from planbook.present.notebook.opened import OpenBook
from planbook.saved import Tables, TablesOnDemand

FACTS = (
    "data_words",
    "is_confidential",
    "withheld",
    "value_origins",
    "rating_counts",
    "moved_verdicts",
    "refused_of_projects",
)
OF_THE_PLAN = ("units", "chapters", "notices")


class NotedBook(OpenBook):
    """A book that gives `note` the name of all that is read of it."""

    def __init__(self, book: OpenBook, note: Note) -> None:
        about = noted_record(book.plan.about, _names("plan.about", book.plan.about), note)
        names = {part: f"plan.{part}" for part in OF_THE_PLAN}
        super().__init__(
            plan=_noted_plan(book.plan, about, names, note),
            tables=_noted_tables(book.tables, "tables", note),
            dataset=noted_record(book.dataset, _names("dataset", book.dataset), note),
            edition=book.edition,
            publication=book.publication,
            visibility=book.visibility,
        )
        object.__setattr__(self, "_book", book)
        object.__setattr__(self, "_note", note)

    def __getattribute__(self, name: str) -> Any:
        if name in FACTS:
            self._note(name)
            return getattr(self._book, name)
        return super().__getattribute__(name)

    def part(self, chapter: str) -> Book:
        """Return a chapter's part of the book, noted."""
        part: Book = self._book.part(chapter)
        prefix = f"chapter.{chapter}"
        self._note(f"{prefix}.plan")
        names = dict.fromkeys(OF_THE_PLAN, f"{prefix}.plan")
        return replace(
            part,
            plan=_noted_plan(part.plan, self.plan.about, names, self._note),
            tables=_noted_tables(part.tables, prefix, self._note),
            dataset=self.dataset,
            whole=self,
        )


class BookParts:
    """Digests of the parts of a book by the names under which they are noted."""

    def __init__(self, book: OpenBook) -> None:
        self._book = book
        self._chapters: dict[str, Book] = {}
        self._digests: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Return the digest of a part; empty where this book has no such part."""
        if name not in self._digests:
            try:
                self._digests[name] = _digest(self._part(name))
            except (AttributeError, UsageError):
                self._digests[name] = ""
        return self._digests[name]

    def _part(self, name: str) -> Any:
        match name.split("."):
            case "chapter", id, "plan":
                part = self._chapter(id)
                return part.plan.chapters, part.plan.units, part.withheld
            case "tables", table, "shape":
                return self._book.tables.shape(table)
            case "chapter", id, table, "shape":
                return self._chapter(id).tables.shape(table)
            case "chapter", id, table:
                return getattr(self._chapter(id).tables, table)
            case path:
                return reduce(getattr, path, self._book)

    def _chapter(self, id: str) -> Book:
        if id not in self._chapters:
            self._chapters[id] = self._book.part(id)
        return self._chapters[id]


def _names(prefix: str, record: Any) -> Mapping[str, str]:
    return {field: f"{prefix}.{field}" for field in type(record).model_fields}


def _noted_plan(plan: Plan, about: PlanFile, names: Mapping[str, str], note: Note) -> Plan:
    return noted_record(plan.model_copy(update={"about": about}), names, note)


def _noted_tables(tables: Tables, prefix: str, note: Note) -> Tables:
    def table(name: str) -> pd.DataFrame:
        note(f"{prefix}.{name}")
        found: pd.DataFrame = getattr(tables, name)
        return found

    def shape(name: str) -> tuple[int, int]:
        note(f"{prefix}.{name}.shape")
        return tables.shape(name)

    return TablesOnDemand(table, shape)


def _digest(part: Any) -> str:
    """Return a sha256 of a table's cells, or of what an object says of itself, which is all."""
    said = part
    if isinstance(part, pd.DataFrame):
        said = {name: column.tolist() for name, column in part.items()}
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()
