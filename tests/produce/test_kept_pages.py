"""Only pages that a change can show on are written; the book is that of a build from nothing."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sphinx.util.parallel import ParallelTasks

from planbook.errors import ProblemsFound
from planbook.made_of import SEAL
from planbook.present.addresses import FRAGMENTS
from tests.produce.small_site import ALL, ALWAYS, FACTS, PAGES, Site, write

pytestmark = [
    pytest.mark.takes(50),
    pytest.mark.filterwarnings("ignore"),  # of libraries, which a build does not show
]


def of_page(*names: str) -> set[str]:
    return {f"book/{name}" for name in names} | ALWAYS


def page(name: str, old: str, new: str) -> Callable[[Site], None]:
    return lambda site: site.edit(f"book/{name}.md", old, new)


def new_page(site: Site) -> None:
    write(site.root / "book" / "air.md", "# 机场\n\n新的一页。\n")
    site.edit("_toc.yml", "  - file: book/city\n", "  - file: book/city\n  - file: book/air\n")


def removed_page(site: Site) -> None:
    (site.root / "book" / "goals" / "visitors.md").unlink()
    site.edit("_toc.yml", "      - file: book/goals/visitors\n", "")


def other_picture(site: Site) -> None:
    content = (site.root / "book" / "_static" / "picture.png").read_bytes()
    write(site.root / "book" / "_sooner" / "picture.png", content)  # named first: it sorts first
    site.edit("book/city.md", "## 人口", "![图](_sooner/picture.png)\n\n## 人口")


EDITS: dict[str, tuple[Callable[[Site], None], set[str]]] = {
    "nothing": (lambda site: None, ALWAYS),
    "a word": (page("city", "见", "请看"), of_page("city")),
    "a goal": (page("goals/berths", "三个", "四个"), of_page("goals/berths", "goals/index")),
    "what is included": (page(f"{FRAGMENTS}/note", "一句", "两句"), of_page("port")),
    "one more line above headings": (page("port", "正文。", "正文。\n\n又。"), of_page("port")),
    "a long title": (page("index", "# 导读", "# 一季度：两项达成"), of_page()),
    "a title": (page("city", "# 城市", "# 市区"), ALL),
    "a heading": (page("city", "## 人口", "## 居民"), of_page("city")),
    "a heading linked to": (page("port", "## 数目", "## 三\n\n## 数目"), of_page("port", "city")),
    "a label": (page("port", "(berths)=", "(other)=\n(berths)="), ALL),
    "a page more": (new_page, ALL | {"book/air"}),
    "a page less": (removed_page, ALL - {"book/goals/visitors"}),
    "a picture of the same name": (other_picture, of_page("city", "handbook")),
    "a picture": (lambda site: write(site.root / "book/_static/picture.png", b"GIF89a"), ALL),
    "a style sheet": (lambda site: write(site.root / "book/_static/own.css", "p {}"), ALL),
    "the logo": (lambda site: site.edit("book/_static/logo.svg", "<svg", "<svg "), ALL),
    "an option": (lambda site: site.edit("_config.yml", "本页内容", "本页"), ALL),
    "the banner": (lambda site: site.say(replace(FACTS, banner="内部版")), ALL),
    "the edition": (lambda site: site.say(replace(FACTS, edition_label="二季度")), ALL),
    "a correction": (lambda site: site.say(replace(FACTS, correction="更正。")), ALL),
    "sizes": (
        lambda site: site.say(replace(FACTS, dataset_ld='{"size": 2}')),
        of_page("downloads"),
    ),
    "a PDF": (lambda site: site.say(replace(FACTS, pdfs={"port": "pdf/a.pdf"})), of_page("port")),
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_book_is_that_of_a_build_from_nothing(
    site: Site, tmp_path: Path, edit: str
) -> None:
    change, expected = EDITS[edit]
    change(site)
    compiled, incremental = site.compile()
    anew, from_nothing = site.compile(tmp_path / "kept")
    assert sorted(incremental) == sorted(from_nothing)
    assert [name for name in incremental if incremental[name] != from_nothing[name]] == []
    assert compiled.pages == anew.pages
    assert set(compiled.written) == expected


ELSEWHERE = {
    "text": ("city", "```{include} ../../shared/note.md\n```", "shared/note.md"),
    "lines": ("city", "```{literalinclude} ../../shared/note.txt\n```", "shared/note.txt"),
    "a hidden file": ("city", "```{include} ../.own/note.md\n```", "root/.own/note.md"),
}


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_what_a_page_includes_from_elsewhere_counts_by_content(
    site: Site, tmp_path: Path, kind: str
) -> None:
    page, text, name = ELSEWHERE[kind]
    path = site.root.parent / name
    write(path, "旧的一句。\n")
    site.edit(f"book/{page}.md", "## 人口", f"{text}\n\n## 人口")
    compiled, _ = site.compile()
    assert path in {Path(os.path.normpath(each)) for each in compiled.elsewhere}
    then = path.stat()
    write(path, "新的一句。\n")
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns - 10**12))  # unpacked, so it seems older
    compiled, files = site.compile()
    assert set(compiled.written) == of_page(page)
    assert "新的一句" in files[f"{page}.html"].decode()
    assert files == site.compile(tmp_path / "kept")[1]


def test_files_and_folders_that_the_configuration_names_are_told(site: Site) -> None:
    write(site.root.parent / "extra" / "robots.txt", "User-agent: *\n")
    site.edit(
        "_config.yml",
        "    html_static_path:",
        "    html_extra_path: [../extra]\n    html_static_path:",
    )
    compiled, _ = site.compile()
    told = {Path(os.path.normpath(each)) for each in compiled.elsewhere}
    assert told == {site.root.parent / "extra", site.root.parent / "extra" / "robots.txt"}


def test_a_program_of_the_project_makes_all_pages(site: Site) -> None:
    ours = "def setup(app):\n    app.add_css_file('{}.css')\n"
    write(site.root / "own" / "own_extension.py", ours.format("a"))
    site.edit(
        "_config.yml",
        "  extra_extensions:",
        "  local_extensions: {own_extension: own}\n  extra_extensions:",
    )
    site.compile()
    # Of another length: Python takes a program of the same second and length for the same one.
    write(site.root / "own" / "own_extension.py", ours.format("another"))
    sys.modules.pop("own_extension")
    compiled, files = site.compile()
    assert set(compiled.read) == set(compiled.written) == ALL
    assert "another.css" in files["city.html"].decode()


@pytest.mark.skipif(sys.platform != "linux", reason="Sphinx forks there only")
def test_several_processes_make_the_same_book_as_one(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):  # enough pages for more than one process
        write(site.root / "book" / f"air{n}.md", f"# 机场{n}\n\n见[](port.md)。\n")
    more = "".join(f"  - file: book/air{n}\n" for n in range(12))
    site.edit("_toc.yml", "  - file: book/handbook\n", f"  - file: book/handbook\n{more}")
    forked: list[int] = []
    start = ParallelTasks.__init__

    def counted(tasks: ParallelTasks, processes: int) -> None:
        forked.append(processes)
        start(tasks, processes)

    monkeypatch.setattr(ParallelTasks, "__init__", counted)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    _, one = site.compile(tmp_path / "one", jobs=1)
    assert not forked
    _, several = site.compile(tmp_path / "several", jobs=2)
    assert forked == [2, 2]  # while reading, and while writing
    assert several == one


def test_a_reference_that_leads_nowhere_any_more_is_told_until_it_is_mended(site: Site) -> None:
    site.edit("book/port.md", "(berths)=\n", "")  # `index` links it, and is not edited
    for _ in range(2):
        with pytest.raises(ProblemsFound, match="berths"):
            site.compile()
    site.edit("book/port.md", "# 港口", "(berths)=\n# 港口")
    compiled, _ = site.compile()
    assert set(compiled.written) == ALWAYS | {"book/port"}


def test_a_link_to_a_heading_that_is_no_more_is_told_until_it_is_mended(site: Site) -> None:
    site.edit("book/port.md", "## 数目", "## 多少")  # `city` links it, and is not edited
    for _ in range(2):
        with pytest.raises(ProblemsFound, match="数目"):
            site.compile()
    site.edit("book/port.md", "## 多少", "## 数目")
    compiled, _ = site.compile()
    assert set(compiled.written) == of_page("port")


def test_lists_of_pages_that_show_headings_are_made_anew_with_them(
    site: Site, tmp_path: Path
) -> None:
    site.edit(
        "_toc.yml", "root: book/index\n", "root: book/index\ndefaults:\n  titlesonly: false\n"
    )
    site.compile()
    site.edit("book/port.md", "## 数目", "## 多少\n\n## 数目")
    compiled, incremental = site.compile()
    assert set(compiled.written) == ALL
    assert incremental == site.compile(tmp_path / "kept")[1]


def test_a_page_that_was_read_with_an_error_is_read_again_until_it_is_mended(site: Site) -> None:
    part = site.root / "book" / FRAGMENTS / "note.md"
    part.unlink()
    for _ in range(2):
        with pytest.raises(ProblemsFound, match=r"note\.md"):
            site.compile()
    write(part, PAGES[f"{FRAGMENTS}/note"])
    compiled, _ = site.compile()
    assert set(compiled.written) == ALWAYS | {"book/port"}


def test_a_page_with_the_same_bytes_keeps_its_time(site: Site) -> None:
    site.compile()
    before = {path.name: path.stat().st_mtime_ns for path in site.made.rglob("*.html")}
    site.edit("book/city.md", "见", "请看")
    site.compile()
    after = {path.name: path.stat().st_mtime_ns for path in site.made.rglob("*.html")}
    assert {name for name in after if after[name] != before[name]} == {"city.html", "search.html"}


@pytest.mark.parametrize("damage", ["no seal", "another byte", "a file more", "other records"])
def test_kept_pages_that_do_not_prove_themselves_are_not_used(site: Site, damage: str) -> None:
    [pages] = site.kept.glob("*/pages")
    if damage == "no seal":
        (pages / SEAL).unlink()
    elif damage == "another byte":
        path = pages / "city.html"
        path.write_bytes(path.read_bytes() + b" ")
    elif damage == "a file more":
        (pages / "more.html").touch()
    else:
        record = json.loads((pages / SEAL).read_text(encoding="utf-8"))
        record["records"][""]["about"]["shared"] = "0" * 64
        (pages / SEAL).write_text(json.dumps(record), encoding="utf-8")
    compiled, _ = site.compile()
    assert set(compiled.written) == ALL
    assert not compiled.read
    assert set(site.compile()[0].written) == ALWAYS


def test_pages_of_documents_that_are_gone_are_not_kept(site: Site) -> None:
    removed_page(site)
    _, files = site.compile()
    assert "goals/visitors.html" not in files
    assert not list(site.kept.rglob("visitors.html"))
    searched = [text.decode() for name, text in files.items() if name.startswith("_static/search/")]
    assert searched
    assert "游客" not in "".join(searched)
