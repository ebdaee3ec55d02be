"""The finished book and its PDFs: linked and listed where they are, and nowhere else."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docx import Document
from pypdf import PdfReader

from planbook.plan import load_plan
from tests.books import ROOT, Built, build, built

pytestmark = pytest.mark.book

UNPRINTABLE = ":::{dropdown} 折叠\n正文\n:::"  # fine on a screen, nothing on paper
ON_SCREEN = "analysis"  # teaches how to compute, and shows code


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def linked_pdfs(page: Path) -> list[tuple[str, Path]]:
    """The PDFs that a page's dateline links: the link's words and the file."""
    anchors = soup(page).select(".pb-dateline a.pb-pdf")
    return [(a.get_text(), (page.parent / str(a["href"])).resolve()) for a in anchors]


def listed_files(html: Path) -> dict[Path, str]:
    """The sha256 that the page 下载 gives for each file."""
    rows = soup(html / "downloads.html").select("table.pb-table tbody tr:has(code.pb-sum)")
    return {
        (html / str(row.a["href"])).resolve(): row.select_one("code.pb-sum").get_text()
        for row in rows
    }


def test_every_chapter_links_its_own_pdf(demonstration: Built) -> None:
    for page in (demonstration.html / "chapters").glob("*.html"):
        if page.stem == ON_SCREEN:
            assert not linked_pdfs(page)
            continue
        ((words, pdf),) = linked_pdfs(page)
        assert words == "本章 PDF"
        assert pdf.name == f"2026-Q3-{page.stem}.pdf"
        title = soup(page).h1.get_text().rstrip("#")
        assert PdfReader(pdf).metadata.title.startswith(f"{title}\uff08")


def test_the_first_page_links_the_whole_book(demonstration: Built) -> None:
    ((words, pdf),) = linked_pdfs(demonstration.html / "index.html")
    assert words == "整本 PDF"
    reader = PdfReader(pdf)
    chapters = load_plan(ROOT / "data" / "plan").chapters
    outline = " ".join(str(item.title) for item in reader.outline if not isinstance(item, list))
    for title in ("总览", *(chapter.title for chapter in chapters), "数据质量", "方法", "术语"):
        assert title in outline
    assert "自己做分析" not in outline


def test_the_sums_on_the_page_are_those_of_the_published_files(demonstration: Built) -> None:
    listed = listed_files(demonstration.html)
    for file, said in listed.items():
        assert sha256(file.read_bytes()).hexdigest() == said, file
    published = {
        file.resolve()
        for folder in ("downloads", "api", "pdf")
        for file in (demonstration.html / folder).rglob("*")
        if file.is_file()
    }
    assert set(listed) == published
    assert len([file for file in listed if file.suffix == ".pdf"]) == 17
    assert [file.name for file in listed if file.suffix == ".docx"] == ["2026-Q3-brief.docx"]


def test_the_sums_in_the_data_package_are_those_of_the_published_files(
    demonstration: Built,
) -> None:
    folder = demonstration.html / "downloads"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert len(package["resources"]) == len(list(folder.rglob("*.csv")))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_the_record_has_the_seconds_of_each_and_the_data_on_its_pages(demonstration: Built) -> None:
    record = json.loads((demonstration.html / "build.json").read_text(encoding="utf-8"))
    made = {path.name for path in (demonstration.html / "pdf").iterdir()}
    assert {name for name in record["seconds"] if name.endswith((".pdf", ".docx"))} == made
    parts = record["data"]["parts"]
    assert parts["pdf/2026-Q3-book.pdf"] == record["data"]["sha256"]
    packs = demonstration.root / "_build" / "packs" / "2026-Q3"
    pdfs = {name: demonstration.html / name for name in parts if name.startswith("pdf/")}
    pdfs["packs/hr"] = next((packs / "hr").glob("*.pdf"))
    assert set(parts) == {*pdfs, *(f"packs/{unit.name}" for unit in packs.iterdir())}
    for name, path in pdfs.items():
        assert re.search(rf"数据指纹\s?{parts[name][:12]}", last_page(path)), name


def last_page(paper: Path) -> str:
    """Return the text of a PDF's last page, or what stands in the foot of a Word file."""
    if paper.suffix == ".docx":
        return "".join(p.text for p in Document(str(paper)).sections[0].footer.paragraphs)
    return re.sub(r"\s", "", PdfReader(paper).pages[-1].extract_text())


def test_a_book_built_without_pdfs_does_not_speak_of_them(second_book: Built) -> None:
    assert not (second_book.html / "pdf").exists()
    for page in second_book.pages():
        assert not soup(page).select("a.pb-pdf, a[href$='.pdf']"), page
    assert "PDF" not in soup(second_book.html / "downloads.html").find("article").get_text()


def test_what_did_not_change_stays_and_none_leaves_no_link(
    second_book_on_paper: Built, tmp_path: Path
) -> None:
    second_book_on_paper.copied_to(tmp_path)
    html = tmp_path / "_build" / "html"

    def made() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (html / "pdf").iterdir()}

    before = made()
    pages = ("book", "overview", "harbour", "town", "data-quality", "brief")
    assert set(before) == {*(f"2024-Q1-{name}.pdf" for name in pages), "2024-Q1-brief.docx"}
    handbook = tmp_path / "book" / "handbook.md"  # on no paper
    handbook.write_text(handbook.read_text(encoding="utf-8") + "\n另有说明。\n", encoding="utf-8")
    built(tmp_path, "--dataset", "test", "--pdf")
    record = json.loads((html / "build.json").read_text(encoding="utf-8"))
    assert not [name for name in record["seconds"] if name.endswith(".pdf")]
    now = made()
    assert [name for name in before if now[name] != before[name]] == []

    glossary = tmp_path / "book" / "glossary.md"
    sound = glossary.read_text(encoding="utf-8")
    glossary.write_text(f"{sound}\n{UNPRINTABLE}\n", encoding="utf-8")
    done = build(tmp_path, "--dataset", "test", "--pdf")
    assert done.returncode == 1
    assert "glossary" in done.stderr
    assert "Traceback" not in done.stderr
    now = made()  # names are compared: telling bytes apart in words takes an hour
    assert [name for name in before if now[name] != before[name]] == ["2024-Q1-book.pdf"]
    assert linked_pdfs(html / "chapters" / "harbour.html")

    glossary.write_text(sound, encoding="utf-8")
    built(tmp_path, "--dataset", "test")
    assert not (html / "pdf").exists()
    assert not linked_pdfs(html / "chapters" / "harbour.html")
