"""Nothing that anybody typed runs, breaks a page or is lost: a book of hostile texts, looked at."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Dialog, Page
from pypdf import PdfReader

from planbook.fonts import as_number, undrawable
from planbook.plan import Plan, load_plan
from planbook.produce.sphinx_ext.search_index import FOLDER
from planbook.spreadsheet_texts import could_run
from tests.books import Built, built, once_a_run
from tests.chromium import launched
from tests.produce.hostile import FORMULAS, LONG_TEXT, MARKUP, everything, hostile_project

pytestmark = pytest.mark.book

PHONE, DESK = 400, 1280
WIDE = str.maketrans(",:;()!?", "\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f")
HIDING = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\xad]")
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "srcset", "data")
EMBEDDING = ("iframe", "object", "embed", "base", "textarea", "plaintext", "meta")


@pytest.fixture(scope="session")
def hostile_book(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return once_a_run(
        tmp_path_factory,
        "hostile",
        lambda root: built(hostile_project(root), "--dataset", "test", "--pdf"),
    )


@pytest.fixture(scope="module")
def plan(hostile_book: Built) -> Plan:
    return load_plan(hostile_book.root / "data" / "plan")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def letters(text: str) -> str:
    """Return a text's visible characters, so that line breaks and widths of marks do not count."""
    seen = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    return re.sub(r"\s", "", seen).translate(WIDE)


@cache
def shown(path: Path) -> str:
    return letters(soup(path).find("main").get_text())


def missing(hostile_book: Built, page: str, *texts: str) -> list[str]:
    said = shown(hostile_book.html / f"{page}.html")
    return [text[:60] for text in texts if letters(text) not in said]


def test_names_are_shown_as_they_are_written(hostile_book: Built, plan: Plan) -> None:
    for goal in plan.goals:
        page = soup(hostile_book.html / "goals" / f"{goal.id}.html")
        assert letters(goal.name) in letters(page.find("h1").get_text())
        assert letters(goal.name) in letters(page.find("title").get_text())
        title = page.select_one("article h1").get_text()
        assert goal.name in title, "not a letter may change, not even a quotation mark"
        unit = plan.unit_of(plan.indicator_of(goal)).name
        clause = f"goals/{goal.id}"
        assert not missing(hostile_book, clause, goal.quote, goal.reading, goal.section, unit)
    for chapter in plan.chapters:
        names = [measure.title for measure in chapter.measures] + [g.name for g in chapter.goals]
        names += [part.name for measure in chapter.measures for part in measure.sub_items]
        assert not missing(hostile_book, f"chapters/{chapter.id}", *names)
    assert not missing(hostile_book, "index", *(unit.name for unit in plan.units))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("chapters/harbour", everything("进展") + LONG_TEXT),
        ("chapters/town", everything("进展") + LONG_TEXT),
        ("chapters/data-quality", everything("修订原因")),
        ("chapters/data-quality", everything("更正理由", control="")),
        ("chapters/data-quality", everything("基数出处", control="")),
        ("chapters/data-quality", everything("基数备注", control="")),
        ("chapters/data-quality", everything("拒收的值")),
        ("goals/throughput", everything("年度目标出处", control="")),
        ("goals/fishing-museum", everything("评定依据", control="") + LONG_TEXT),
    ],
)
def test_what_people_typed_is_shown_letter_by_letter(
    hostile_book: Built, page: str, text: str
) -> None:
    assert not missing(hostile_book, page, text)


def test_commentary_is_text_with_a_little_emphasis(hostile_book: Built) -> None:
    page = soup(hostile_book.html / "chapters" / "harbour.html")
    said = page.find("blockquote")
    tags = [tag for tag in said.find_all(True) if tag.get("class") != ["pb-kept"]]
    assert {tag.name for tag in tags} <= {
        *("blockquote", "br", "div", "em", "li", "ol", "p", "s", "strong", "ul"),
        *("table", "tbody", "td", "th", "thead", "tr"),
    }
    for piece in ("<script>window.ran='script'</script>", "{raw}`html <b>`", "$x^2$", "+++"):
        assert letters(said.get_text()).count(letters(piece)) >= 3, piece  # as text, item, title
    assert letters(LONG_TEXT) in letters(said.get_text())
    assert "49" not in said.get_text()


def test_the_names_of_stray_files_are_shown(hostile_book: Built) -> None:
    folder = hostile_book.root / "data" / "test" / "submissions" / "2024-Q1"
    stray = [path.name for path in folder.iterdir() if path.stat().st_size == 0]
    assert stray
    assert not missing(hostile_book, "chapters/data-quality", *stray)


def test_no_page_has_an_element_that_a_text_made(hostile_book: Built) -> None:
    own = {element_of(tag) for page in [hostile_book.html / "glossary.html"] for tag in tags(page)}
    for path in hostile_book.pages():
        for tag in tags(path):
            for name, value in tag.attrs.items():
                text = " ".join(value) if isinstance(value, list) else value
                assert not (name.startswith("on") and "ran" in text), (path, tag)
                if name in ADDRESSES:
                    assert not re.match(r"\s*(?:javascript|data:text|vbscript):", text, re.I), tag
                    assert "evil.example" not in text, (path, tag)
            if tag.name in EMBEDDING:
                assert element_of(tag) in own, (path, tag)
            if tag.name in ("script", "style"):
                assert "window.ran" not in tag.get_text(), path
        assert not soup(path).find_all(string=lambda s: type(s).__name__ == "CData"), path


def tags(path: Path) -> list[Tag]:
    return list(soup(path).find_all(True))


def element_of(tag: Tag) -> tuple[str, str]:
    return tag.name, str(tag.get("name") or tag.get("property") or tag.get("class") or "")


def test_no_page_holds_a_mark_that_hides_or_turns_text(hostile_book: Built) -> None:
    for path in hostile_book.pages():
        assert not HIDING.search(soup(path).find("body").get_text()), path


def test_the_search_finds_it_and_is_still_data(hostile_book: Built) -> None:
    texts = (hostile_book.html / "_static" / FOLDER / "texts").rglob("*.js")
    scripts = [path.read_text(encoding="utf-8") for path in texts]
    pages = [json.loads(script.partition("]=")[2].rstrip(";\n")) for script in scripts]
    whole = letters(" ".join(text for page in pages for _anchor, _heading, text in page))
    assert letters("{% include '_config.yml' %}") in whole


def test_data_for_programs_hold_it_letter_by_letter(hostile_book: Built, plan: Plan) -> None:
    for goal in plan.goals:
        path = hostile_book.html / "api" / "goals" / f"{goal.id}.json"
        file = json.loads(path.read_text(encoding="utf-8"))
        assert (file["name"], file["clause"]["quote"]) == (goal.name, goal.quote)
        assert file["indicator"]["unit_name"] == plan.unit_of(plan.indicator_of(goal)).name
    data = (hostile_book.html / "api" / "sdmx" / "data.csv").read_bytes()
    assert data.isascii()
    (told,) = soup(hostile_book.html / "downloads.html").select('[type="application/ld+json"]')
    assert json.loads(told.get_text())["isBasedOn"]["name"] == plan.about.title
    shown = soup(hostile_book.html / "index.html").select_one('meta[property="og:site_name"]')
    assert plan.about.short_title in shown["content"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_in_a_browser_nothing_runs_and_the_layout_holds(
    hostile_book: Built, browser: Browser, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    page = context.new_page()
    happened: list[str] = []
    home = hostile_book.html.as_uri()

    def dismissed(dialog: Dialog) -> None:
        happened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.on("pageerror", lambda error: happened.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(home) else happened.append(r.url))
    page.on("requestfailed", lambda request: happened.append(request.url))
    page.on("popup", lambda popup: happened.append(popup.url))
    page.on("console", lambda m: happened.append(m.text) if m.type == "error" else None)
    for path in hostile_book.pages():
        page.goto(path.as_uri())
        page.mouse.move(200, 300)
        page.keyboard.press("Tab")
        assert page.evaluate("typeof window.ran") == "undefined", path
        assert outside(page) == [], path
        assert page.url.startswith(path.as_uri()), path
    context.close()
    assert not happened


def outside(page: Page) -> list[str]:
    """Return what reaches beyond the window where nobody can scroll to it."""
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          const reached = (e) => {
            for (; e && e !== document.body; e = e.parentElement)
              if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)) return true;
            return false;
          };
          const wide = [...document.querySelectorAll("main *, footer *, .bd-header-announcement")]
            .filter((e) => { const r = e.getBoundingClientRect();
              return r.width && r.height && (r.right > width + 1 || r.left < -1); })
            .filter((e) => !reached(e));
          const page = document.documentElement;
          return wide.map((e) => e.outerHTML.slice(0, 100))
            .concat(page.scrollWidth > width ? ["the page itself"] : []);
        }"""
    )
    return found


def test_no_cell_of_a_csv_is_a_formula(hostile_book: Built) -> None:
    files = sorted(hostile_book.html.rglob("*.csv"))
    assert files
    whole = ""
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                whole += letters(cell)
                number = re.fullmatch(r"-?[\d.]+(?:e-?\d+)?", cell)
                assert number or not could_run(cell), path
    assert letters(everything("进展") + LONG_TEXT) in whole


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile_book: Built) -> None:
    files = sorted((hostile_book.root / "_build").rglob("*.xlsx"))
    assert files
    whole = ""
    for path in files:
        book = openpyxl.load_workbook(path)
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", (path, cell)
            target = cell.hyperlink.target if cell.hyperlink else None
            assert target is None or "evil" not in target, (path, cell)
            if isinstance(cell.value, str):
                whole += letters(re.sub("_x00[01][0-9A-F]_", "", cell.value))  # as XML writes them
                if cell.value.startswith(FORMULAS):
                    assert cell.quotePrefix, (path, cell)
        for sheet in book:
            assert "&P" not in (sheet.oddFooter.left.text or ""), "a title is no code of a footer"
    assert letters(everything("进展") + LONG_TEXT) in whole


def test_every_json_file_can_be_read(hostile_book: Built) -> None:
    files = [p for p in hostile_book.html.rglob("*.json") if "_static" not in p.parts]
    assert {path.name for path in files} >= {"build.json", "datapackage.json"}
    for path in files:
        json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def papers(hostile_book: Built) -> list[Path]:
    """The book's PDFs and those of the departments' packs."""
    found = sorted((hostile_book.root / "_build").rglob("*.pdf"))
    papers = [path for path in found if path.is_relative_to(hostile_book.html)]
    assert len(papers) == 6  # the brief among them
    return [*papers, *(path for path in found if "packs" in path.parts)]


def test_paper_shows_it_piece_by_piece(papers: list[Path]) -> None:
    for path in papers:
        if path.stem.endswith(("overview", "brief")):  # which show names only
            continue
        document = pypdfium2.PdfDocument(path)
        said = letters("".join(page.get_textpage().get_text_range() for page in document))
        document.close()
        printed = [(piece, letters(on_paper(piece))) for piece in (*MARKUP, *FORMULAS)]
        assert not [piece for piece, shown in printed if shown not in said], path


def on_paper(text: str) -> str:
    """Return a text with the numbers that stand for what no font has."""
    return "".join(as_number(c) if undrawable(c) else c for c in text)


def test_a_build_tells_where_the_plan_holds_what_no_font_has(hostile_book: Built) -> None:
    told = re.findall(r"位置：(data/plan/\S+: \S+)", hostile_book.said)
    assert any(where.endswith(".name") for where in told)


def test_no_pdf_acts_or_leads_outside(papers: list[Path]) -> None:
    for path in papers:
        reader = PdfReader(path)
        root: Any = reader.trailer["/Root"]
        assert not {"/OpenAction", "/AA", "/AcroForm", "/AF"} & set(root), path
        assert set(root.get("/Names", {})) <= {"/Dests"}, path
        for page in reader.pages:
            assert "/AA" not in page, path
            for entry in page.get("/Annots", []):
                link = entry.get_object()
                assert link["/Subtype"] == "/Link", path
                assert "/A" not in link or link["/A"]["/S"] == "/GoTo", (path, link["/A"])


def test_pieces_are_of_every_language_that_could_run() -> None:
    whole = " ".join((*MARKUP, *FORMULAS))
    for sign in (
        "<script",
        "onerror",
        "javascript:",
        "{{",
        "{%",
        "{raw}",
        "$",
        "#eval",
        "]]>",
        "=",
    ):
        assert sign in whole
