"""Records of what goals' pages were made of: a chapter's stand while none of that has changed.

They are made of the chapter's part of the book, and what is read of it is noted, as it is while a
notebook is executed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from planbook.made_of import (
    MadeOf,
    Record,
    code_of,
    digest,
    read_records,
    sha256,
    write_records,
)
from planbook.present.book import Book
from planbook.produce.notebooks.kept_notebooks import Parts
from planbook.produce.site.chapter_goals import Charts


@dataclass(frozen=True)
class _About:
    """What is remembered of a chapter's pages: digests of what was read for them, by name."""

    reads: Mapping[str, str]


class KeptGoalPages:
    """The goals' pages and charts of the last build, which lie where the book has them.

    Parameters
    ----------
    records
        JSON file that remembers what the pages of each chapter were made of.
    parts
        Gives the digest of a part of the book by the name under which it is noted.
    """

    def __init__(self, records: Path, parts: Parts) -> None:
        self._path, self._parts = records, parts
        self._records = read_records(records)

    def standing(self, book: Book, chapter: str, charts: Charts, folder: Path) -> Iterable[str]:
        """Return the names of a chapter's files below `folder`; none where they are to be made."""
        record = self._records.get(chapter)
        if record is None or record.made_of != _made_of(book, charts):
            return ()
        about = record.told(_About)
        if about is None:
            return ()
        same = all(self._parts(name) == digest for name, digest in about.reads.items())
        return record.files if same and record.is_whole(folder) else ()

    def keep(
        self, book: Book, chapter: str, charts: Charts, made: Mapping[str, str], reads: set[str]
    ) -> None:
        """Remember files just written, and what was read for them."""
        files = {name: sha256(text.encode("utf-8")) for name, text in made.items()}
        about = _About({name: self._parts(name) for name in sorted(reads)})
        self._records[chapter] = Record(_made_of(book, charts), files, asdict(about))
        write_records(self._path, self._records)


def _made_of(book: Book, charts: Charts) -> MadeOf:
    about = (book.dataset.name, str(book.edition), book.visibility, book.publication)
    return MadeOf(digest([*about, charts]), code_of())
