"""The book as a schema.org ``Dataset``, by which searches for data find it: JSON-LD for a page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from planbook.present.addresses import DOWNLOADS
from planbook.present.book import Book
from planbook.present.pages.fragments import Download, banner
from planbook.present.say.citation import citation

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def dataset_ld(book: Book, offered: Sequence[Download]) -> str:
    """Return the JSON-LD of the book and its whole tables, safe to stand in a ``script`` element.

    Addresses are those from the page 下载, or whole ones where the site's is known.
    """
    about = book.plan.about
    described = f"《{about.title}》各项目标和举措的进展，{book.edition.label}。"
    found = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": f"{book.title}（{book.edition.label}）",
        "description": banner(book) + described,
        "inLanguage": "zh-CN",
        "version": str(book.edition),
        "temporalCoverage": f"{about.start}/{book.edition.end}",
        "isBasedOn": {"@type": "CreativeWork", "name": about.title},
        "creditText": citation(book),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "encodingFormat": _MEDIA[file.address.rpartition(".")[2]],
                "contentUrl": f"{book.address}{file.address}",
                "sha256": file.sha256,
            }
            for file in offered
            if file.kind in ("table", "api")
        ],
    }
    if book.address:
        found["url"] = f"{book.address}{DOWNLOADS}.html"
    if book.dataset.licence:
        found["license"] = {"@type": "CreativeWork", "name": book.dataset.licence}
    if book.dataset.prepared_by:
        found["creator"] = {"@type": "Organization", "name": book.dataset.prepared_by}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":  # nothing that anybody wrote ends the element
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
