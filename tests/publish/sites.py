"""Small books, their entries, and what a reader finds on a site."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from planbook.periods import Edition
from planbook.publish.acts import Site, open_site
from planbook.publish.entries import Archive, Entry, SiteMark
from planbook.publish.manifests import seal
from planbook.publish.packing import pack
from planbook.vocabulary import Rating

MARK = SiteMark(plan="plan", dataset="demo", visibility="public", title="目标进展报告")
Q1, Q2, Q3, Q4 = (Edition.parse(f"2026-Q{n}") for n in (1, 2, 3, 4))
Q3_1, Q3_2 = (Edition.parse(f"2026-Q3.{n}") for n in (1, 2))
NOON = dt.datetime(2026, 10, 20, 12, tzinfo=dt.UTC)
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<script src="{up}../editions.js" defer data-edition="{edition}" data-page="{page}"></script></head>
<body><main><h1>{title}</h1><p>{edition}</p><a href="{up}index.html">首页</a></main></body></html>
"""


def book(folder: Path, edition: Edition, *goals: str) -> Path:
    """Write a tiny book with a first page, a search page and a page a goal."""
    for page in ("index.html", "search.html", *(f"goals/{goal}.html" for goal in goals)):
        path = folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * page.count("/")
        text = PAGE.format(title=page, up=up, edition=edition, page=page)
        path.write_text(text, encoding="utf-8")
    (folder / "_static").mkdir(exist_ok=True)
    (folder / "_static" / "page.css").write_text("p { color: inherit; }\n", encoding="utf-8")
    (folder / "_static" / "macros.html").write_text("no page\n", encoding="utf-8")
    (folder / "pdf").mkdir(exist_ok=True)
    (folder / "pdf" / "book.pdf").write_bytes(f"%PDF {edition}".encode())
    return folder


class Press:
    """Makes books with their archives and entries in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(
        self, edition: Edition, *goals: str, hours: float = 0, **said: Any
    ) -> tuple[Entry, Path, Path]:
        """Return what `Site.add` takes; `hours` after noon it is released."""
        where = self.folder / f"{edition}-{'-'.join(goals)}"
        made = book(where / "book", edition, *goals)
        sealed = seal(made)
        archive: Archive = pack({f"{edition}/book": made}, where / "archive.tar.gz")
        about = {
            "label": edition.label,
            "released": NOON + dt.timedelta(hours=hours),
            "prepared_by": "综合统计部门",
            "approved_by": "主管部门",
            "counts": {Rating.MET: 8, Rating.ON_COURSE: 32, Rating.BEHIND: 7},
            "headline": "47项目标中，8项已达成、32项达序时。",
            "pdf": "pdf/book.pdf",
            "reason": "一家单位更正了报送" if edition.correction else "",
        }
        entry = Entry(
            edition=edition,
            manifest=sealed.manifest,
            pages=sealed.pages,
            archive=archive,
            **{**about, **said},
        )
        return entry, made, where / "archive.tar.gz"

    def publish(self, site: Site, edition: Edition, *goals: str, **said: Any) -> Entry:
        return site.add(*self.made(edition, *goals, **said))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def known_to_pages(script: bytes) -> dict[str, Any]:
    """Return what ``editions.js`` tells the pages that load it."""
    found = re.match(rb"window\.planbookEditions = (.*);\n", script)
    assert found is not None
    return json.loads(found[1])


def broken(read: Callable[[str], bytes | None], pages: Mapping[str, str]) -> list[str]:
    """Return where a reader of index, redirect and switcher is led to what is not whole.

    `pages` maps every address of a whole book to the edition that its page must name.
    """
    return [address for address in led_to(read) if not _whole(read, address, pages)]


def led_to(read: Callable[[str], bytes | None]) -> set[str]:
    """Return all addresses to which index, redirect, feed and switcher lead."""
    found: set[str] = set()
    for page, up in (("index.html", ""), ("latest/index.html", "../"), ("feed.xml", "")):
        text = (read(page) or b"").decode()
        links = re.findall(r'(?:href="|url=)([^"#]+)"', text)
        found |= {link.removeprefix(up) for link in links}
    script = read("editions.js")
    if script is not None:
        known = known_to_pages(script)
        for edition in known["editions"]:
            if edition["state"] != "purged":
                found |= {
                    f"{edition['id']}/{page}"
                    for n, page in enumerate(known["pages"])
                    if n not in edition["lacks"]
                }
    return found


def _whole(read: Callable[[str], bytes | None], address: str, pages: Mapping[str, str]) -> bool:
    content = read(address)
    return content is not None and pages.get(address, "").encode() in content


def opened(to: Path | str, mark: SiteMark = MARK) -> Site:
    return open_site(str(to), mark)
