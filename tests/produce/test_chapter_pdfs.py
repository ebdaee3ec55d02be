from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from planbook.edition_frames import EDITIONS
from planbook.errors import Problem, ProblemsFound
from planbook.made_of import digest, sha256
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf import Document, Part, Running, Typeset, written_part
from planbook.produce.pdf.papers import (
    MadePdf,
    Paper,
    begin_papers,
    papers,
    write_pdfs,
)
from planbook.produce.pdf.printed_pages import APPENDICES
from planbook.produce.pdf.reading.included import shown_sha256
from planbook.put_in_place import write_whole
from planbook.run.pipeline import open_book

RUNNING = Running("进展报告", "2026年三季度", "0123456789ab", True, dt.date(2026, 9, 30))


def notebook(text: str, tags: tuple[str, ...] = ("remove-input",)) -> NotebookNode:
    code = nbformat.v4.new_code_cell("1", metadata={"tags": list(tags)}, id="code")
    prose = nbformat.v4.new_markdown_cell(f"# {text}", id="prose")
    return nbformat.v4.new_notebook(cells=[prose, code])


def paper(name: str, text: str = "正文") -> Paper:
    document = Document(name, (Part(f"chapters/{name}", name, notebook(text)),), RUNNING)
    made_of, data = digest(document), sha256(text.encode())
    return Paper(f"{name}.pdf", name, f"chapters/{name}", data, made_of, partial(_same, document))


def _same(document: Document) -> Document:
    return document


class Press:
    """Typesets a document as its text, and remembers which it was given."""

    def __init__(self, refused: str = "") -> None:
        self.given: list[str] = []
        self.refused = refused

    def __call__(self, document: Document) -> Typeset:
        self.given.append(document.title)
        if document.title == self.refused:
            problem = Problem("不支持的写法", f"{document.title}，第1个单元格", "改写")
            raise ProblemsFound("排版", [problem])
        text = document.parts[0].content.cells[0].source
        return Typeset(f"%PDF {text}".encode(), 3, ("第1页有字体中没有的字",))


def make(cache: Path, press: Press, *wanted: Paper, code: str = "code") -> list[MadePdf]:
    return begin_papers(wanted, cache, cache, code=code, typesetter=press).finish()


def test_what_did_not_change_is_not_typeset_again(tmp_path: Path) -> None:
    first = make(tmp_path, Press(), paper("a"), paper("b"))
    press = Press()
    again = make(tmp_path, press, paper("a"), paper("b", "另一段正文"))
    assert press.given == ["b"]
    assert [pdf.seconds is None for pdf in again] == [True, False]
    assert again[0].sha256 == first[0].sha256
    assert again[1].sha256 != first[1].sha256
    assert again[0].warnings == first[0].warnings != ()
    assert (again[0].pages, again[0].size) == (first[0].pages, first[0].size)


def test_other_code_makes_every_pdf_anew(tmp_path: Path) -> None:
    make(tmp_path, Press(), paper("a"))
    press = Press()
    make(tmp_path, press, paper("a"), code="other code")
    assert press.given == ["a"]


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_a_pdf_that_is_gone_or_damaged_is_made_again(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    make(tmp_path, Press(), paper("a"))
    damage(tmp_path / "a.pdf")
    press = Press()
    make(tmp_path, press, paper("a"))
    assert press.given == ["a"]
    assert (tmp_path / "a.pdf").read_bytes() == "%PDF # 正文".encode()


def test_a_pdf_whose_record_is_damaged_is_made_again(tmp_path: Path) -> None:
    make(tmp_path, Press(), paper("a"), paper("b"))
    (tmp_path / "a.pdf.json").write_text('{"a.pdf": ', encoding="utf-8")
    press = Press()
    make(tmp_path, press, paper("a"), paper("b"))
    assert press.given == ["a"]


def test_all_problems_are_told_at_once_and_the_sound_ones_are_kept(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="不支持的写法") as found:
        make(tmp_path, Press("b"), paper("a"), paper("b"), paper("c"))
    assert len(found.value.problems) == 1
    press = Press()
    make(tmp_path, press, paper("a"), paper("b"), paper("c"))
    assert press.given == ["b"]


def test_several_at_a_time_give_the_same(tmp_path: Path, workers: BaseContext) -> None:
    wanted = [paper("a"), paper("b", "乙"), paper("c", "丙")]
    press = Press("c")
    with ProcessPoolExecutor(2, mp_context=workers) as pool:
        for folder, executor in (("one", None), ("many", pool)):
            with pytest.raises(ProblemsFound, match="c，第1个单元格"):
                begin_papers(
                    wanted,
                    tmp_path / folder,
                    tmp_path,
                    typesetter=press,
                    executor=executor,
                ).finish()
    assert [path.name for path in sorted((tmp_path / "many").glob("*.pdf"))] == ["a.pdf", "b.pdf"]
    for path in (tmp_path / "many").glob("*.pdf"):
        assert path.read_bytes() == (tmp_path / "one" / path.name).read_bytes()


def test_a_pdf_of_another_edition_does_not_stay(tmp_path: Path) -> None:
    make(tmp_path, Press(), paper("2026-Q2-a"))
    make(tmp_path, Press(), paper("2026-Q3-a"))
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["2026-Q3-a.pdf"]


def test_they_are_published_as_they_were_made(tmp_path: Path) -> None:
    made = make(tmp_path / "cache", Press(), paper("a"))
    (tmp_path / "html").mkdir()
    write_pdfs(made, tmp_path / "html")
    assert (tmp_path / "html" / made[0].address).read_bytes() == "%PDF # 正文".encode()
    assert made[0].address == "pdf/a.pdf"
    os.utime(made[0].path, (1, 1))
    write_pdfs(made, tmp_path / "html")
    assert (tmp_path / "html" / made[0].address).stat().st_mtime == 1


@pytest.fixture(scope="module")
def book() -> OpenBook:
    return open_book("demo")


def chapters(folder: Path, **shown: tuple[str, ...]) -> list[Job]:
    """Write executed notebooks of one code cell each, with the tags given."""
    found = []
    for id, tags in shown.items():
        page = folder / "chapters" / f"{id}.ipynb"
        page.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(id, tags), page)
        found.append(Job(id, f"章{id}", page, {}, page))
    for name in APPENDICES:
        (folder / f"{name}.md").write_text(f"# 附{name}\n\n正文\n", encoding="utf-8")
    return found


def test_the_book_holds_every_chapter_and_then_the_explanations(
    tmp_path: Path, book: OpenBook
) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",), green=("remove-cell",))
    whole, *single = papers(book, jobs, tmp_path, "0" * 64)
    document = whole.document()
    assert [part.id for part in document.parts] == [
        "chapters/digital",
        "chapters/green",
        *APPENDICES,
    ]
    assert [part.title for part in document.parts][2:] == [f"附{id}" for id in APPENDICES]
    assert document.cover is not None
    assert document.contents
    assert whole.name == "2026-Q3-book.pdf"
    assert [(made.name, made.page) for made in single] == [
        ("2026-Q3-digital.pdf", "chapters/digital"),
        ("2026-Q3-green.pdf", "chapters/green"),
    ]
    assert all(made.document().cover is None for made in single)


def test_the_cover_of_a_correction_edition_says_what_it_corrects(
    tmp_path: Path, book: OpenBook
) -> None:
    assert book.own_row is not None
    own = replace(book.own_row, corrects=book.previous(), reason="填报表有误")
    corrected = replace(book, tables=replace(book.tables, editions=EDITIONS.frame([own])))
    cover = papers(corrected, chapters(tmp_path), tmp_path, "0" * 64)[0].document().cover
    assert cover is not None
    assert cover.lines[1].startswith("本书为更正版，更正2026年二季度。更正原因：填报表有误。")
    regular = papers(book, chapters(tmp_path), tmp_path, "0" * 64)[0].document().cover
    assert regular is not None
    assert not [line for line in regular.lines if "更正" in line]


def test_the_book_read_again_is_the_same(tmp_path: Path, book: OpenBook) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",))
    press = Press()
    for _ in range(2):
        wanted = papers(book, jobs, tmp_path, "0" * 64)
        make(tmp_path / "cache", press, *wanted)
    assert len(press.given) == 2


def test_a_page_for_the_screen_has_no_place_on_paper(tmp_path: Path, book: OpenBook) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",), analysis=(), code=("hide-input",))
    notebook = nbformat.read(jobs[1].page, as_version=4)
    notebook.metadata["planbook"] = {"screen_only": True}
    nbformat.write(notebook, jobs[1].page)
    whole, *single = papers(book, jobs, tmp_path, "0" * 64)
    assert [made.title for made in single] == ["章digital", "章code"]  # code that shows is printed
    assert "chapters/analysis" not in [part.id for part in whole.document().parts]


def test_every_sheet_says_which_data_of_which_day_it_shows(tmp_path: Path, book: OpenBook) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",))
    whole, single = papers(book, jobs, tmp_path, "0123456789abcdef" * 4)
    running = whole.document().running
    assert running.edition == "2026年三季度"
    assert running.data_hash == "0123456789ab"
    assert running.as_of == dt.date(2026, 9, 30)
    assert running.demonstration
    assert single.data == sha256(jobs[0].page.read_bytes())
    assert single.document().running == replace(running, data_hash=single.data[:12])


def test_the_digits_of_a_chapter_are_of_the_files_that_it_includes_too(tmp_path: Path) -> None:
    page = tmp_path / "a.ipynb"
    text = "# 甲\n\n```{include} one.md\n```\n"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)]), page)
    (tmp_path / "one.md").write_text(":::{include} two.md\n:::\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("```{include} one.md\n```\n", encoding="utf-8")
    content = b"".join((tmp_path / n).read_bytes() for n in ("a.ipynb", "one.md", "two.md"))
    assert shown_sha256(page) == sha256(content)


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="%d"/></svg>'
INCLUDING = "# 甲\n\n```{include} f/one.md\n```\n\n```{image} a.svg\n:alt: 图\n```\n"


def written(folder: Path) -> Paper:
    """Return a paper whose text includes a fragment and a picture that lie in a folder."""
    part = written_part("a", "甲", INCLUDING, folder)
    document = Document("甲", (part,), RUNNING)
    return Paper("a.pdf", "甲", "a", "0" * 64, digest(["甲", INCLUDING]), partial(_same, document))


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("f/one.md", True),
        ("f/one.json", True),  # is taken in its place, where there is one
        ("a.svg", True),
        ("f/two.md", False),
        ("_static/page.css", False),
    ],
)
def test_only_the_files_that_a_pdf_includes_set_it_again(
    tmp_path: Path, name: str, *, again: bool
) -> None:
    source, cache = tmp_path / "source", tmp_path / "cache"
    write_whole(source / "f" / "one.md", "一".encode())
    write_whole(source / "f" / "two.md", "二".encode())
    write_whole(source / "a.svg", (PICTURE % 10).encode())

    def pages() -> list[float | None]:
        made = begin_papers([written(source)], cache, source, code="1").finish()
        return [pdf.seconds for pdf in made if pdf.seconds is not None]

    assert pages()
    assert not pages()
    output = {"data": {"text/markdown": "三"}, "metadata": {}}
    others = {".md": "四", ".json": json.dumps(output), ".svg": PICTURE % 5, ".css": "a {}"}
    write_whole(source / name, others[Path(name).suffix].encode())
    assert bool(pages()) is again
    assert not pages()


def test_pdfs_that_were_moved_with_what_they_include_are_kept(tmp_path: Path) -> None:
    source = tmp_path / "one" / "source"
    write_whole(source / "f" / "one.md", "一".encode())
    write_whole(source / "a.svg", (PICTURE % 10).encode())
    begin_papers([written(source)], tmp_path / "one" / "cache", source).finish()
    (tmp_path / "one").replace(tmp_path / "two")
    source = tmp_path / "two" / "source"
    (made,) = begin_papers([written(source)], tmp_path / "two" / "cache", source).finish()
    assert made.seconds is None


def test_what_was_set_before_a_build_was_killed_is_kept(tmp_path: Path) -> None:
    def killed(document: Document) -> Typeset:
        if document.title == "b":
            raise KeyboardInterrupt
        return Press()(document)

    with pytest.raises(KeyboardInterrupt):
        begin_papers([paper("a"), paper("b")], tmp_path, tmp_path, code="code", typesetter=killed)
    press = Press()
    make(tmp_path, press, paper("a"), paper("b"))
    assert press.given == ["b"]
