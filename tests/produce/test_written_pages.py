from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from dataclasses import replace
from multiprocessing.context import BaseContext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from planbook.present.addresses import FRAGMENTS
from planbook.present.book import Book
from planbook.present.charts import trajectory
from planbook.present.charts.figure import Figure
from planbook.present.notebook.noted_book import BookParts
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import goal_pages
from planbook.present.pages.fragments import Download
from planbook.present.prose import Prose
from planbook.produce.notebooks.drawn import CHARTS, drawn_for_pages
from planbook.produce.notebooks.handed_book import hand
from planbook.produce.site import compile
from planbook.produce.site.book_facts import BookFacts, book_facts
from planbook.produce.site.kept_goal_pages import KeptGoalPages
from planbook.produce.site.write_pages import write_fragments, write_offer, write_pages
from planbook.produce.sphinx_ext import numbering
from planbook.produce.sphinx_ext.banner import apply_book_facts, load_editions, tell_correction
from planbook.produce.sphinx_ext.sidebar import depth_and_parent, parents_of
from planbook.run.pipeline import open_book
from planbook.run.processes import page_makers
from planbook.saved import TABLE_CONTRACTS, Tables
from tests.books import SECOND_PLAN, copy_second_plan
from tests.published import report

PDF = Download("pdf/2024-Q1-port.pdf", 10, "ab", "港口", kind="pdf", page="chapters/port")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> OpenBook:
    return open_book("test", root=copy_second_plan(tmp_path_factory.mktemp("plan")))


def test_there_is_a_page_a_goal_and_old_ones_are_deleted(book: OpenBook, tmp_path: Path) -> None:
    (tmp_path / "goals").mkdir()
    (tmp_path / "goals" / "goal-of-another-plan.md").touch()
    write_pages(book, tmp_path)
    pages = {path.stem for path in (tmp_path / "goals").iterdir()}
    assert pages == {goal.id for goal in book.plan.goals} | {"index"}


def test_a_page_whose_text_is_the_same_is_not_touched(book: OpenBook, tmp_path: Path) -> None:
    write_pages(book, tmp_path)
    same, other = tmp_path / "goals" / "berths.md", tmp_path / "goals" / "visitors-yearly.md"
    other.write_text("edited by hand", encoding="utf-8")
    for path in (same, other):
        os.utime(path, (1, 1))
    assert write_pages(book, tmp_path) == ("goals/visitors-yearly.md",)
    assert same.stat().st_mtime == 1
    assert other.stat().st_mtime > 1
    assert "edited" not in other.read_text(encoding="utf-8")


def with_cell(book: OpenBook, table: str, column: str, key: str, **cell: object) -> OpenBook:
    """Return the book with other cells in the rows of a table whose `column` is `key`."""
    tables = {name: getattr(book.tables, name) for name in TABLE_CONTRACTS}
    frame = tables[table].copy()
    ((other, value),) = cell.items()
    frame.loc[frame[column] == key, other] = value
    return replace(book, tables=Tables(**{**tables, table: frame}))


def kept_goal_pages(book: OpenBook, folder: Path) -> KeptGoalPages:
    return KeptGoalPages.of(folder / "cache", folder, BookParts(book))


def test_goals_of_a_chapter_are_made_again_only_when_what_they_show_has_changed(
    book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    real = goal_pages.goal_page

    def counted(part: Book, goal: str, chart: Markup | None = None) -> str:
        made.append(goal)
        return real(part, goal, chart)

    monkeypatch.setattr(goal_pages, "goal_page", counted)
    write_pages(book, tmp_path, kept_goal_pages(book, tmp_path))
    assert sorted(made) == sorted(goal.id for goal in book.plan.goals)

    made.clear()
    write_pages(book, tmp_path, kept_goal_pages(book, tmp_path))
    assert made == []

    chapter, other = book.plan.chapters[:2]
    changed = with_cell(book, "history", "goal_id", chapter.goals[0].id, edition="2023-Q4")
    write_pages(changed, tmp_path, kept_goal_pages(changed, tmp_path))
    assert sorted(made) == sorted(goal.id for goal in chapter.goals)
    fresh = tmp_path / "fresh"
    write_pages(changed, fresh)
    there = {path.name: path.read_bytes() for path in (tmp_path / "goals").iterdir()}
    assert there == {path.name: path.read_bytes() for path in (fresh / "goals").iterdir()}

    made.clear()
    (tmp_path / "goals" / f"{other.goals[0].id}.md").write_text("edited by hand", encoding="utf-8")
    write_pages(changed, tmp_path, kept_goal_pages(changed, tmp_path))
    assert sorted(made) == sorted(goal.id for goal in other.goals)


def test_charts_are_drawn_again_only_when_what_they_show_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "project"
    shutil.copytree(SECOND_PLAN, root)
    report(root, "2024-Q1", dt.date(2024, 4, 20))
    book, drawn = open_book("test", root=root), list[str]()
    real = trajectory.goal_chart

    def counted(part: Book, goal: str) -> Figure | Prose:
        chart = real(part, goal)
        drawn.extend([goal] if isinstance(chart, Figure) else [])
        return chart

    monkeypatch.setattr(trajectory, "goal_chart", counted)
    write_pages(book, tmp_path, kept_goal_pages(book, tmp_path))
    assert len(drawn) == len(set(drawn))
    of_harbour = {goal.id for goal in book.plan.chapter("harbour").goals} & set(drawn)
    assert "throughput" in of_harbour
    assert set(drawn) - of_harbour

    drawn.clear()
    charts = tmp_path / FRAGMENTS / CHARTS.format("harbour")
    printed = charts.read_bytes()
    warned = with_cell(book, "alerts", "goal_id", "throughput", since="2023-Q4")
    written = write_pages(warned, tmp_path, kept_goal_pages(warned, tmp_path))
    assert written == ("goals/throughput.md", "units/port-office.md")
    assert drawn == []
    assert charts.read_bytes() == printed
    fresh = tmp_path / "fresh"
    write_pages(warned, fresh)
    page = "goals/throughput.md"
    assert (tmp_path / page).read_bytes() == (fresh / page).read_bytes()

    drawn.clear()
    risen = with_cell(warned, "observations", "indicator_id", "throughput", obs_value=99.0)
    write_pages(risen, tmp_path, kept_goal_pages(risen, tmp_path))
    assert set(drawn) == of_harbour


def test_processes_write_what_is_written_here(
    book: OpenBook, workers: BaseContext, tmp_path: Path
) -> None:
    handed = hand(book, tmp_path)
    here, there = tmp_path / "here", tmp_path / "there"
    with page_makers(workers, 1) as makers:
        written = write_pages(book, there, kept_goal_pages(book, there), makers, handed)
    assert written == write_pages(book, here)
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in written)
    assert write_pages(book, there, kept_goal_pages(book, there)) == ()


def test_every_goal_has_its_chart_drawn_once_for_page_and_print(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(SECOND_PLAN, root)
    report(root, "2024-Q1", dt.date(2024, 4, 20))
    book = open_book("test", root=root)
    write_pages(book, tmp_path)
    pages = {goal.id: tmp_path / "goals" / f"{goal.id}.md" for goal in book.plan.goals}
    shown = {id for id, page in pages.items() if "<svg" in page.read_text(encoding="utf-8")}
    printed = dict(drawn_for_pages(tmp_path / "chapters"))
    assert shown == set(printed)
    assert shown

    goal = next(iter(shown))
    about = {"planbook": {"kind": "figure", "id": goal}}
    output = {"data": {"text/html": "<svg>its notebook's</svg>"}, "metadata": about}
    notebook = {"cells": [{"cell_type": "code", "outputs": [output]}]}
    (tmp_path / "chapters" / "a.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    write_pages(book, tmp_path)
    assert "<svg>its notebook's</svg>" in pages[goal].read_text(encoding="utf-8")
    assert set(dict(drawn_for_pages(tmp_path / "chapters"))) == shown - {goal}


def test_charts_of_a_chapter_that_is_no_more_are_deleted(book: OpenBook, tmp_path: Path) -> None:
    write_pages(book, tmp_path)
    old = tmp_path / FRAGMENTS / CHARTS.format("no-more")
    old.write_text("{}", encoding="utf-8")
    write_pages(book, tmp_path)
    assert not old.exists()
    assert (tmp_path / FRAGMENTS / CHARTS.format(book.plan.chapters[0].id)).exists()


def test_what_pages_include_is_written_once(book: OpenBook, tmp_path: Path) -> None:
    written = write_fragments(book, tmp_path)
    there = [path for path in (tmp_path / FRAGMENTS).rglob("*") if path.is_file()]
    assert sorted(written) == sorted(path.relative_to(tmp_path).as_posix() for path in there)
    assert write_fragments(book, tmp_path) == ()


def test_the_facts_of_a_book_come_back_as_written(book: OpenBook, tmp_path: Path) -> None:
    write_offer(book, tmp_path, [PDF])
    facts = BookFacts.read(tmp_path / FRAGMENTS / "book.json")
    assert facts == book_facts(book, [PDF])
    assert facts.pdfs == {"chapters/port": PDF.address}
    assert (facts.edition, facts.demonstration, facts.banner) == ("2024-Q1", False, "")


def test_a_publication_is_told_apart_from_a_local_build(book: OpenBook, tmp_path: Path) -> None:
    write_offer(replace(book, publication=True), tmp_path, [])
    assert BookFacts.read(tmp_path / FRAGMENTS / "book.json").publication
    write_offer(book, tmp_path, [])
    assert not BookFacts.read(tmp_path / FRAGMENTS / "book.json").publication


@pytest.mark.parametrize(
    ("address", "script"),
    [
        ("index.html", '"../editions.js" defer data-edition="2024-Q1" data-page="index.html"'),
        (
            "goals/a%20b.html",
            '"../../editions.js" defer data-edition="2024-Q1" data-page="goals/a b.html"',
        ),
    ],
)
def test_a_page_of_a_publication_loads_the_script_of_its_site(
    book: OpenBook, address: str, script: str
) -> None:
    builder = SimpleNamespace(get_target_uri=lambda pagename: address)
    told = []
    for publication in (True, False):
        facts = book_facts(replace(book, publication=publication), [])
        app = cast(Sphinx, SimpleNamespace(builder=builder, planbook_facts=facts))
        context = {"metatags": "<meta>"}
        load_editions(app, "any", "page.html", context, None)
        told.append(context["metatags"])
    assert told == [f"<meta>\n    <script src={script}></script>", "<meta>"]


def settings(folder: Path) -> tuple[Sphinx, Any]:
    config = SimpleNamespace(planbook_book_facts="book.json", html_theme_options={})
    return cast(Sphinx, SimpleNamespace(srcdir=folder)), config


def test_banner_and_footer_are_escaped(tmp_path: Path) -> None:
    facts = BookFacts(
        book="报告",
        plan_title="规划<b>",
        edition="2024-Q1",
        edition_label="2024年一季度",
        correction="",
        dataset="demo",
        dataset_title="示例",
        demonstration=True,
        confidential=False,
        banner="示例数据 <1>",
    )
    (tmp_path / "book.json").write_text(facts.to_json(), encoding="utf-8")
    app, config = settings(tmp_path)
    apply_book_facts(app, config)
    assert config.html_theme_options["announcement"] == "示例数据 &lt;1&gt;"
    assert "规划&lt;b&gt;" in config.html_theme_options["extra_footer"]


def test_a_book_by_hand_before_the_first_build_is_told_what_to_do(tmp_path: Path) -> None:
    app, config = settings(tmp_path)
    with pytest.raises(ConfigError, match="build"):
        apply_book_facts(app, config)


def test_depth_is_counted_from_the_root_document() -> None:
    includes = parents_of({"b/index": ["b/a", "b/goals/index"], "b/goals/index": ["b/goals/x"]})
    assert depth_and_parent("b/index", includes, "b/index") == (0, None)
    assert depth_and_parent("b/a", includes, "b/index") == (1, "b/index")
    assert depth_and_parent("b/goals/x", includes, "b/index") == (2, "b/goals/index")
    assert depth_and_parent("search", includes, "b/index") == (0, None)


@pytest.mark.parametrize("numbered", [False, True])
def test_figures_are_numbered_as_the_project_says(numbered: bool) -> None:
    app, config = SimpleNamespace(), Config({}, {"numfig": numbered})
    numbering.remember(app, config)  # type: ignore[arg-type]  # all that it needs of one
    config["numfig"] = True  # as Jupyter Book's extension for LaTeX does
    numbering.restore(app, config)  # type: ignore[arg-type]
    assert config.numfig is numbered


@pytest.mark.filterwarnings("ignore")  # of libraries, which a build does not show
def test_what_changed_is_read_again_whatever_the_clock_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, book = tmp_path / "root", tmp_path / "root" / "book"
    (book / "part").mkdir(parents=True)
    (root / "_config.yml").write_text("title: t\nonly_build_toc_files: true\n", "utf-8")
    (root / "_toc.yml").write_text(
        "format: jb-book\nroot: book/a\nchapters: [{file: book/b}, {file: book/c}]\n", "utf-8"
    )
    texts = {"a": "甲一", "b": "乙一\n\n```{include} part/x.md\n```", "c": "丙一", "part/x": "丁一"}

    def compiled(n: int) -> str:
        for name, text in texts.items():
            path = book / f"{name}.md"
            path.write_text(text if "/" in name else f"# 题\n\n{text}\n", "utf-8")
        made = tmp_path / f"made{n}"
        made.mkdir()
        assert compile.compile_html(root, made, tmp_path / "kept").pages == 3
        return "".join((made / "book" / f"{name}.html").read_text("utf-8") for name in "abc")

    now = time.time_ns
    with monkeypatch.context() as ahead:
        ahead.setattr(time, "time_ns", lambda: now() + 10**17)
        first = compiled(1)
    assert all(word in first for word in ("甲一", "乙一", "丙一", "丁一"))
    texts["a"], texts["part/x"] = "甲二", "丁二"
    second = compiled(2)
    assert all(word in second for word in ("甲二", "乙一", "丙一", "丁二"))
    assert "丁一" not in second


def told(notice: str, page: str, body: str) -> str:
    """Return a page's body with what a book says of its being a correction."""
    config = SimpleNamespace(root_doc="book/index")
    app = cast(
        Sphinx, SimpleNamespace(config=config, planbook_facts=SimpleNamespace(correction=notice))
    )
    context = {"body": body, "pathto": lambda to: f"../{to.rpartition('/')[2]}.html"}
    tell_correction(app, page, "page.html", context, None)
    return str(context["body"])


TITLE, DATELINE = "<h1>标题</h1>", '<p class="pb-dateline">2026年三季度</p>'


@pytest.mark.parametrize("body", [TITLE, TITLE + DATELINE])
def test_every_page_of_a_correction_says_so_below_its_head(body: str) -> None:
    shown = told("更正<甲>。", "book/goals/a", f"{body}<p>正文</p>")
    head, _, rest = shown.partition('<div class="admonition attention pb-correction">')
    assert head.strip() == body
    assert "更正&lt;甲&gt;。" in rest
    assert 'href="../index.html"' in rest
    assert rest.endswith("</div><p>正文</p>")
    assert "href" not in told("更正甲。", "book/index", body)


def test_no_other_edition_and_no_page_without_a_title_says_so() -> None:
    assert told("", "book/goals/a", TITLE) == TITLE
    assert told("更正甲。", "search", "<p>搜索</p>") == "<p>搜索</p>"
