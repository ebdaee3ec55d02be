"""Another plan, with other years, chapters, units, thresholds and notebooks, to a finished book."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from planbook.plan import load_plan
from planbook.produce.not_made import WORDS
from tests.books import Built, build, built

pytestmark = pytest.mark.book


def soup_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def text_of(path: Path) -> str:
    return soup_of(path).get_text()


def test_its_chapters_goals_and_words_are_in_its_book(second_book: Built) -> None:
    plan = load_plan(second_book.root / "data" / "plan")
    for chapter in plan.chapters:
        assert chapter.title in text_of(second_book.html / "chapters" / f"{chapter.id}.html")
    for goal in plan.goals:
        shown = text_of(second_book.html / "goals" / f"{goal.id}.html")
        assert goal.name in shown
    assert plan.about.title in text_of(second_book.html / "index.html")
    assert "0.9" in text_of(second_book.html / "methodology.html")


OTHER = ("两江", "重庆", "2027年目标", "到2027年", "示例数据")


def test_nothing_of_the_other_plan_is_in_it(second_book: Built) -> None:
    for page in second_book.pages():
        shown = text_of(page)
        assert not [word for word in OTHER if word in shown], page
        assert soup_of(page).select_one(".bd-header-announcement") is None, page


def test_its_record_says_what_it_was_made_of(second_book: Built) -> None:
    record = json.loads((second_book.html / "build.json").read_text(encoding="utf-8"))
    assert record["edition"] == "2024-Q1"
    assert record["demonstration"] is False
    assert record["chapters"] == ["harbour", "town"]
    assert len(record["submissions"]["files"]) == 2
    assert record["pages"] == 22
    assert len(record["plan"]["sha256"]) == 64


def test_a_build_that_fails_leaves_the_book_as_it_was(second_book: Built, tmp_path: Path) -> None:
    book = second_book.copied_to(tmp_path)
    before = {page: page.read_bytes() for page in book.pages()}
    record = (book.html / "build.json").read_bytes()

    config = tmp_path / "_config.yml"
    sound = config.read_text(encoding="utf-8")
    config.write_text(sound.replace("html_theme_options:", "html_theme: none\n    x:"), "utf-8")
    done = build(tmp_path, "--dataset", "test")
    assert done.returncode == 1
    assert "_config.yml" in done.stderr
    assert "Traceback" not in done.stderr

    assert {page: page.read_bytes() for page in before} == before
    assert (book.html / "build.json").read_bytes() == record


def test_a_notebook_that_goes_wrong_stops_no_other_page(second_book: Built, tmp_path: Path) -> None:
    book = second_book.copied_to(tmp_path)
    wrong, right = book.html / "chapters" / "harbour.html", book.html / "chapters" / "town.html"
    before = right.read_bytes()
    right.unlink()
    notebook = tmp_path / "notebooks" / "harbour.ipynb"
    sound = notebook.read_text(encoding="utf-8")
    notebook.write_text(sound.replace("chapter.lead()", "chapter.led()"), encoding="utf-8")
    for _ in range(2):  # it is not taken for done
        done = build(tmp_path, "--dataset", "test", "--log", "json")
        assert done.returncode == 1
        assert "其余各页已经生成" in done.stderr
        assert "港口生产" in done.stderr
        assert "chapter.led()" in done.stderr
        events = [json.loads(line) for line in done.stdout.splitlines()]
        assert [event["event"] for event in events][-2:] == ["finished", "failed"]
        assert "本页没有生成" in wrong.read_text(encoding="utf-8")
        assert right.read_bytes() == before

    notebook.write_text(sound, encoding="utf-8")
    built(tmp_path, "--dataset", "test")
    assert "本页没有生成" not in wrong.read_text(encoding="utf-8")


def test_a_second_build_changes_nothing_but_its_record(second_book: Built, tmp_path: Path) -> None:
    book = second_book.copied_to(tmp_path)
    files = [path for path in book.html.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    (tmp_path / "_build" / "cache" / "last_build.json").unlink()  # or nothing is built
    again = built(tmp_path, "--dataset", "test")
    after = {path: path.read_bytes() for path in again.html.rglob("*") if path.is_file()}
    changed = {
        path.name for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    }
    assert changed <= {"build.json"}
    record = json.loads((again.html / "build.json").read_text(encoding="utf-8"))
    assert not [step for step in record["seconds"] if step.endswith(".ipynb")]


UNSET = "[空]()\n\n:::{dropdown} 折叠\n正文\n:::"  # nothing that paper can show


@pytest.mark.takes(40)
def test_a_page_that_cannot_be_set_or_compiled_is_made_nowhere(
    second_book: Built, tmp_path: Path
) -> None:
    book = second_book.copied_to(tmp_path)
    sound = files_of(built(tmp_path, "--dataset", "test", "--pdf"))
    wrong = [
        tmp_path / name
        for name in ("notebooks/harbour.ipynb", "book/glossary.md", "book/handbook.md")
    ]
    before = {path: path.read_text(encoding="utf-8") for path in wrong}
    notebook, glossary, handbook = wrong
    cells = json.loads(before[notebook])
    cells["cells"].append(nbformat.v4.new_markdown_cell(UNSET, id="unset"))
    notebook.write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
    glossary.write_text(f"{before[glossary]}\n{UNSET}\n", encoding="utf-8")
    handbook.write_text(f"{before[handbook]}\n[断](no-such-page.md)\n", encoding="utf-8")
    edited = {path: path.read_bytes() for path in wrong}
    done = build(tmp_path, "--dataset", "test", "--pdf")
    assert done.returncode == 1
    assert "其余各页已经生成" in done.stderr
    for place in ("harbour.ipynb", "glossary", "book/handbook.md"):
        assert place in done.stderr
    for page in ("chapters/harbour", "glossary", "handbook"):
        assert WORDS in text_of(book.html / f"{page}.html"), page
    for page in ("chapters/town", "index", "methodology"):
        assert WORDS not in text_of(book.html / f"{page}.html"), page
    printed = {path.stem: pdf_text(path) for path in (book.html / "pdf").glob("*.pdf")}
    assert "2024-Q1-harbour" not in printed  # it would say no more than its page
    for path in book.html.rglob("*.html"):
        linked = re.findall(r'href="([^"#]+\.pdf)"', path.read_text(encoding="utf-8"))
        assert not [each for each in linked if not (path.parent / each).is_file()], path
    assert "pb-pdf" not in (book.html / "chapters/harbour.html").read_text(encoding="utf-8")
    assert "pb-pdf" in (book.html / "chapters/town.html").read_text(encoding="utf-8")
    assert printed["2024-Q1-book"].count(WORDS) == 2
    assert WORDS not in printed["2024-Q1-town"]
    assert {path: path.read_bytes() for path in wrong} == edited

    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    assert files_of(built(tmp_path, "--dataset", "test", "--pdf")) == sound


def files_of(book: Built) -> dict[str, bytes]:
    """Return all files of a book but its record."""
    paths = (path for path in book.html.rglob("*") if path.is_file())
    found = {path.relative_to(book.html).as_posix(): path.read_bytes() for path in paths}
    del found["build.json"]
    return found


def pdf_text(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)
