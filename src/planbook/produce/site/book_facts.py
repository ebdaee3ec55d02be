"""What every page says of the book it belongs to, kept in ``book.json`` beside the fragments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from planbook.present.book import Book
from planbook.present.pages import fragments
from planbook.present.pages.fragments import Download
from planbook.present.say.edition_states import correction_notice
from planbook.produce.data_api.dataset_ld import dataset_ld


@dataclass(frozen=True)
class BookFacts:
    """Which book this is."""

    book: str  # its own title, as PDFs have it
    plan_title: str
    edition: str
    edition_label: str
    correction: str  # what a correction edition says on every page; empty in others
    dataset: str
    dataset_title: str
    demonstration: bool
    confidential: bool  # whether each page must say 「内部版」
    banner: str  # empty unless the data are a demonstration or internal
    address: str = ""  # of this edition on its site; empty where no site is known
    dataset_ld: str = ""  # JSON-LD that the page 下载 carries
    pdfs: Mapping[str, str] = field(default_factory=dict)  # addresses by page that links them
    table_source: str = ""  # where tables on paper say that their values come from
    publication: bool = False  # whether it goes to a site, whose other editions its pages name

    @property
    def footer(self) -> str:
        """One line that says which edition of which data a page shows."""
        return f"{self.edition_label} · {self.dataset_title} · 依据《{self.plan_title}》"

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, path: Path) -> BookFacts:
        """Read what `to_json` wrote; else ``OSError``, ``ValueError`` or ``TypeError``."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def book_facts(book: Book, offered: Sequence[Download]) -> BookFacts:
    """Return what every page says of this book and of the files it offers."""
    return BookFacts(
        book=book.title,
        plan_title=book.plan.about.title,
        edition=str(book.edition),
        edition_label=book.edition.label,
        correction=correction_notice(book),
        dataset=book.dataset.name,
        dataset_title=book.dataset.title,
        demonstration=book.dataset.demonstration,
        confidential=book.is_confidential,
        banner=fragments.banner(book),
        address=book.address,
        dataset_ld=dataset_ld(book, offered),
        pdfs={item.page: item.address for item in offered if item.page},
        table_source=book.table_source("各填报单位"),
        publication=book.publication,
    )
