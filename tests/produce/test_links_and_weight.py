"""What the book is made of: no page or file that nothing leads to, and none too heavy."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from tests.books import ROOT, Built

pytestmark = pytest.mark.book

HEAVIEST_CHAPTER = 500_000  # bytes of HTML and of the images it alone has
WITHOUT_DOCUMENT = {"search.html"}


@cache
def linked(page: Path) -> set[Path]:
    """Files of the book to which a page links, or which it shows."""
    text = page.read_text(encoding="utf-8")
    addresses = re.findall(r'(?:href|src)="([^"#?:]+)[^"]*"', text)
    return {(page.parent / unquote(address)).resolve() for address in addresses}


def in_contents(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {node["file"]} if "file" in node else set()
        return own.union({node["root"]} if "root" in node else (), *map(in_contents, node.values()))
    return set().union(*map(in_contents, node)) if isinstance(node, list) else set()


def test_every_page_is_in_the_table_of_contents(demonstration: Built) -> None:
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    named = {f"{name.removeprefix('book/')}.html" for name in in_contents(contents)}
    pages = {page.relative_to(demonstration.html).as_posix() for page in demonstration.pages()}
    assert pages - WITHOUT_DOCUMENT == named


def test_every_download_is_linked_from_a_page(demonstration: Built) -> None:
    reached = set().union(*map(linked, demonstration.pages()))
    for folder in ("downloads", "api"):
        offered = {path for path in (demonstration.html / folder).rglob("*") if path.is_file()}
        assert offered
        assert not offered - reached


def test_every_page_is_linked_from_another(demonstration: Built) -> None:
    pages = demonstration.pages()
    reached = {target for page in pages for target in linked(page) if target != page}
    unreached = {page.name for page in set(pages) - reached}
    assert unreached <= {"index.html"} | WITHOUT_DOCUMENT


def test_a_chapter_is_light(demonstration: Built) -> None:
    weights = {}
    for page in (demonstration.html / "chapters").glob("*.html"):
        images = {path for path in linked(page) if path.parent.name == "_images"}
        weights[page.name] = sum(path.stat().st_size for path in [page, *images])
    assert weights
    assert max(weights.values()) < HEAVIEST_CHAPTER, weights


def test_no_page_loads_what_it_does_not_use(demonstration: Built) -> None:
    static = demonstration.html / "_static"
    assert not list(static.rglob("fontawesome.js*"))
    assert not list(static.rglob("*.map"))
