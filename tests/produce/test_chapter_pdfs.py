from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from planbook.edition_frames import EDITIONS
from planbook.errors import Problem, ProblemsFound
from planbook.made_of import MadeOf
from planbook.present.notebook.opened import OpenBook
from planbook.produce.notebooks.jobs import Job
from planbook.produce.pdf import Document, Part, Running, Typeset
from planbook.produce.pdf.papers import (
    APPENDICES,
    MadePdf,
    Paper,
    make_papers,
    papers,
    shaped_by,
    write_pdfs,
)
from planbook.run.pipeline import open_book

BESIDE = MadeOf("fragments", "code")
RUNNING = Running("进展报告", "2026年三季度", "0123456789ab", True, dt.date(2026, 9, 30))


def notebook(text: str, tags: tuple[str, ...] = ("remove-input",)) -> NotebookNode:
    code = nbformat.v4.new_code_cell("1", metadata={"tags": list(tags)}, id="code")
    prose = nbformat.v4.new_markdown_cell(f"# {text}", id="prose")
    return nbformat.v4.new_notebook(cells=[prose, code])


def paper(name: str, text: str = "正文") -> Paper:
    document = Document(name, (Part(f"chapters/{name}", name, notebook(text)),), RUNNING)
    return Paper(f"{name}.pdf", name, f"chapters/{name}", document)


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


def make(cache: Path, press: Press, *wanted: Paper, made_of: MadeOf = BESIDE) -> list[MadePdf]:
    return make_papers(wanted, cache, made_of=made_of, typesetter=press)


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
    make(tmp_path, press, paper("a"), made_of=MadeOf("fragments", "other code"))
    assert press.given == ["a"]
    make(tmp_path, press, paper("a"), made_of=MadeOf("others", "other code"))
    assert press.given == ["a", "a"]


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


def test_a_damaged_record_means_that_everything_is_made_again(tmp_path: Path) -> None:
    make(tmp_path, Press(), paper("a"))
    (tmp_path / "records.json").write_text('{"a.pdf": ', encoding="utf-8")
    press = Press()
    make(tmp_path, press, paper("a"))
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
                make_papers(
                    wanted,
                    tmp_path / folder,
                    made_of=BESIDE,
                    typesetter=press,
                    executor=executor,
                )
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
    assert [part.id for part in whole.document.parts] == [
        "chapters/digital",
        "chapters/green",
        *APPENDICES,
    ]
    assert [part.title for part in whole.document.parts][2:] == [f"附{id}" for id in APPENDICES]
    assert whole.document.cover is not None
    assert whole.document.contents
    assert whole.name == "2026-Q3-book.pdf"
    assert [(made.name, made.page) for made in single] == [
        ("2026-Q3-digital.pdf", "chapters/digital"),
        ("2026-Q3-green.pdf", "chapters/green"),
    ]
    assert all(made.document.cover is None for made in single)


def test_the_cover_of_a_correction_edition_says_what_it_corrects(
    tmp_path: Path, book: OpenBook
) -> None:
    assert book.own_row is not None
    own = replace(book.own_row, corrects=book.previous(), reason="填报表有误")
    corrected = replace(book, tables=replace(book.tables, editions=EDITIONS.frame([own])))
    cover = papers(corrected, chapters(tmp_path), tmp_path, "0" * 64)[0].document.cover
    assert cover is not None
    assert cover.lines[1].startswith("本书为更正版，更正2026年二季度。更正原因：填报表有误。")
    regular = papers(book, chapters(tmp_path), tmp_path, "0" * 64)[0].document.cover
    assert regular is not None
    assert not [line for line in regular.lines if "更正" in line]


def test_the_book_read_again_is_the_same(tmp_path: Path, book: OpenBook) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",))
    press = Press()
    for _ in range(2):
        wanted = papers(book, jobs, tmp_path, "0" * 64)
        make(tmp_path / "cache", press, *wanted)
    assert len(press.given) == 2


def test_a_page_that_shows_code_has_no_place_on_paper(tmp_path: Path, book: OpenBook) -> None:
    jobs = chapters(tmp_path, digital=("remove-input",), analysis=())
    whole, *single = papers(book, jobs, tmp_path, "0" * 64)
    assert [made.title for made in single] == ["章digital"]
    assert "chapters/analysis" not in [part.id for part in whole.document.parts]


def test_every_sheet_says_which_data_of_which_day_it_shows(tmp_path: Path, book: OpenBook) -> None:
    running = papers(book, chapters(tmp_path), tmp_path, "0123456789abcdef" * 4)[0].document.running
    assert running.edition == "2026年三季度"
    assert running.data_hash == "0123456789ab"
    assert running.as_of == dt.date(2026, 9, 30)
    assert running.demonstration


def test_a_new_list_of_downloads_is_no_reason_to_typeset(tmp_path: Path) -> None:
    fragments = tmp_path / "chapters" / "_fragments"
    fragments.mkdir(parents=True)
    before = shaped_by(tmp_path)
    (fragments / "downloads.md").write_text("新", encoding="utf-8")
    assert shaped_by(tmp_path) == before
    (fragments / "ratings.md").write_text("新", encoding="utf-8")
    assert shaped_by(tmp_path) != before
