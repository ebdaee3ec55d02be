"""Files made of parts of a book, kept while everything that was read for them is as it was.

What is read of a book has names (`planbook.present.notebook.noted_book`). What was not read cannot
be shown, so it may change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from planbook.made_of import (
    MadeOf,
    Record,
    digest,
    read_records,
    sha256,
    whole_program,
    write_records,
)
from planbook.present.book import Book
from planbook.put_in_place import write_if_changed

Parts = Callable[[str], str]
"""Returns the digest of what a name stands for; empty where there is no such thing."""


@dataclass(frozen=True)
class _About:
    """What is remembered of files: in which order they were made, what was read for them."""

    names: tuple[str, ...]
    reads: Mapping[str, str]


class KeptReads:
    """Files of the last build, by the name under which several are made together.

    Parameters
    ----------
    records
        JSON file that remembers what they were made of.
    folder
        Where they lie.
    parts
        Gives the digest of a part of the book by the name under which it is noted.
    """

    def __init__(self, records: Path, folder: Path, parts: Parts) -> None:
        self.folder = folder
        self._path, self._parts = records, parts
        self._records = read_records(records)

    @classmethod
    def in_cache(cls, cache: Path, name: str, parts: Parts) -> KeptReads:
        """Return those that lie in a folder of the cache, with their records beside it."""
        return cls(cache / f"{name}.json", cache / name, parts)

    def standing(self, name: str, book: Book, more: object = None) -> tuple[str, ...]:
        """Return the names of files below the folder; none where they are to be made.

        Parameters
        ----------
        more
            What they depend on besides the book, as `digest` knows it.
        """
        record = self._records.get(name)
        if record is None or record.made_of != _made_of(book, more):
            return ()
        about = record.told(_About)
        if about is None:
            return ()
        same = all(self._parts(each) == then for each, then in about.reads.items())
        return about.names if same and record.is_whole(self.folder) else ()

    def reads(self, name: str) -> frozenset[str]:
        """Return what was read for files that stand."""
        about = self._records[name].told(_About)
        return frozenset(about.reads if about else ())

    def put(
        self,
        name: str,
        book: Book,
        made: Mapping[str, bytes],
        reads: Iterable[str],
        more: object = None,
    ) -> None:
        """Write files into the folder, and `keep` them."""
        for each, content in made.items():
            write_if_changed(self.folder / each, content)
        self.keep(name, book, made, reads, more)

    def keep(
        self,
        name: str,
        book: Book,
        made: Mapping[str, bytes],
        reads: Iterable[str],
        more: object = None,
    ) -> None:
        """Remember files that lie there, just made, and what was read for them."""
        files = {each: sha256(content) for each, content in made.items()}
        about = _About(tuple(made), {each: self._parts(each) for each in sorted(reads)})
        self._records[name] = Record(_made_of(book, more), files, asdict(about))
        write_records(self._path, self._records)


def _made_of(book: Book, more: object) -> MadeOf:
    about = (book.dataset.name, str(book.edition), book.visibility, book.publication)
    return MadeOf(digest([*about, more]), whole_program())
