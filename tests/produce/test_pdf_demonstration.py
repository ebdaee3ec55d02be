"""The chapters of the real demonstration, on paper."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from planbook.present.tables.table import MIME
from planbook.produce.pdf import Document, Part, Typeset, typeset, written_part
from tests.books import Built
from tests.produce.printing import RUNNING, text

pytestmark = pytest.mark.book

CHAPTERS = ("digital", "finance", "programmes", "overview", "measures", "data-quality", "analysis")
WRITTEN = ("methodology", "glossary", "handbook")  # not pages of tiles and links, for the screen
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def chapter(root: Path, name: str) -> Document:
    path = root / "book" / "chapters" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    part = Part(f"chapters/{name}", title, notebook, path.parent)
    return Document(title, (part,), RUNNING)


def written(root: Path, name: str) -> Document:
    path = root / "book" / f"{name}.md"
    part = written_part(name, name, path.read_text(encoding="utf-8"), path.parent)
    return Document(name, (part,), RUNNING)


@pytest.fixture(scope="module")
def printed_chapters(demonstration: Built) -> dict[str, Typeset]:
    return {name: typeset(chapter(demonstration.root, name)) for name in CHAPTERS}


def test_every_chapter_is_printed_without_a_warning_and_is_small(
    printed_chapters: dict[str, Typeset],
) -> None:
    for name, made in printed_chapters.items():
        assert made.warnings == (), name
        assert made.pages <= 20, name
        assert len(made.pdf) < 1_000_000, name


@pytest.mark.parametrize("name", WRITTEN)
def test_every_written_page_is_printed(demonstration: Built, name: str) -> None:
    made = typeset(written(demonstration.root, name))
    assert made.warnings == ()
    source = (demonstration.root / "book" / f"{name}.md").read_text(encoding="utf-8")
    named = source.count("`{include}`")  # spoken of in a line; any other was not carried out
    assert text(made).count("{include}") == named


def test_every_cell_of_every_table_is_on_the_paper(
    demonstration: Built, printed_chapters: dict[str, Typeset]
) -> None:
    for name, made in printed_chapters.items():
        said = text(made)
        numbers = set(_NUMBER.findall(said))
        (part,) = chapter(demonstration.root, name).parts
        outputs = itertools.chain(*(cell.get("outputs", ()) for cell in part.content.cells))
        for output in outputs:
            if MIME not in output.data:
                continue
            page = BeautifulSoup(output.data["text/html"], "html.parser")
            cells = page.select("td, th")
            assert cells
            for cell in cells:
                words = "".join(cell.get_text().split())
                assert words in said or set(_NUMBER.findall(words)) <= numbers, (name, words)


def test_ratings_have_symbol_and_word(printed_chapters: dict[str, Typeset]) -> None:
    said = text(printed_chapters["overview"])
    for rating in ("★已达成", "●达序时", "▲滞后", "■严重滞后", "▼逆转", "○无法判定"):
        assert rating in said


def test_a_warm_chapter_takes_less_than_a_second(demonstration: Built) -> None:
    document = chapter(demonstration.root, "digital")
    typeset(document)
    start = time.process_time()
    typeset(document)
    assert time.process_time() - start < 1.0
