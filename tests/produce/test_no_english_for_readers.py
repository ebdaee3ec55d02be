"""Readers' pages hold no English word but names; what may stand there is listed with its reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.books import Built
from tests.latin_names import FOR_ANALYSTS, NAMES

pytestmark = pytest.mark.book

OF_MACHINES = "script, style, math, code, pre, noscript, head"
SPOKEN = ("alt", "title", "aria-label", "placeholder")  # what a pointer or a voice tells
# File names, digests and addresses; whole words in capitals are names: GDP, QFLP.
A_FILE = re.compile(r"[\w.-]+\.(?:xlsx|csv|json|yaml|zip)\b|\b[0-9a-f]{8,64}\b|https?://\S+", re.A)
A_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]*[a-z]{2,}[A-Za-z]*(?:-[a-z]+)*", re.A)


def english_words(page: str, allowed: tuple[str, ...]) -> set[str]:
    """Return the English words that a page shows or says."""
    soup = BeautifulSoup(page, "html.parser")
    for hidden in soup.select(OF_MACHINES):
        hidden.decompose()
    told = [soup.get_text(" ")]
    told += [str(tag[key]) for key in SPOKEN for tag in soup.select(f"[{key}]")]
    text = A_FILE.sub(" ", re.sub(r"\s+", " ", " ".join(told)))
    for name in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", " ", text, flags=re.A)
    return set(A_WORD.findall(text))


def readers_pages(book: Built) -> dict[str, Path]:
    pages = {page.relative_to(book.html).as_posix(): page for page in book.pages()}
    return {name: page for name, page in pages.items() if name not in FOR_ANALYSTS}


def test_readers_meet_no_english_word(demonstration: Built) -> None:
    found = {
        name: english_words(page.read_text(encoding="utf-8"), tuple(NAMES))
        for name, page in readers_pages(demonstration).items()
    }
    assert len(found) > 80
    assert {name: words for name, words in found.items() if words} == {}


def test_every_name_that_is_allowed_is_met(demonstration: Built) -> None:
    told = " ".join(
        BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text(" ")
        for page in readers_pages(demonstration).values()
    )
    shown = re.sub(r"\s+", " ", told)
    assert [name for name in NAMES if name not in shown] == []


def test_an_english_word_would_be_noticed() -> None:
    page = '<body><p>已完成 loading，见 2026-Q3.csv、GDP</p><a aria-label="Next page">下</a></body>'
    assert english_words(page, ()) == {"loading", "Next", "page"}
    assert english_words(page, ("Next page",)) == {"loading"}
