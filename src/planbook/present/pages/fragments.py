"""Generated parts of the pages that people write: first screen, limits, units, downloads.

Pages at the root of ``book/`` include them, so links lead from there. The list of downloads comes
last: it says how large the others' PDFs have become.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from planbook.plan.model import Plan, Unit
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import Html, markdown
from planbook.present.pages.briefing_page import briefing_parts
from planbook.present.pages.letter_fields import letter_fields_table
from planbook.present.pages.outlook_method import outlook_method
from planbook.present.pages.revision_policy import revision_policy
from planbook.present.prose import Prose, dateline
from planbook.present.say import page_words
from planbook.present.say.citation import citation
from planbook.present.say.method_changes import KEY_WORDS
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import KIND_SENTENCES, rating_rules
from planbook.present.tables.alert_rules_table import alert_rules_table
from planbook.present.tables.cells import Cell, Column, Rows, counted, figure, link, rating, words
from planbook.present.tables.edition_tables import edition_corrections_table, method_changes_table
from planbook.present.tables.table import Cells, Table, listing, plain, rows_of
from planbook.vocabulary import Kind, Rating

BRIEF = "一页简报"  # with which titles of its files begin


@dataclass(frozen=True)
class Download:
    """A file that the book offers.

    Attributes
    ----------
    address
        From the book's root.
    size
        In bytes.
    kind
        A whole table (or what describes it), the series behind a goal's chart, data for programs
        of all goals or of one, or a PDF (of the brief a Word file, too).
    chapter
        Title of the chapter that the goal of a file belongs to.
    page
        Name of the page that a PDF is the print of, below ``book/``. Empty: of no single page.
    """

    address: str
    size: int
    sha256: str
    title: str
    description: str = ""
    kind: Literal["table", "series", "api", "goal", "pdf"] = "table"
    chapter: str = ""
    page: str = ""


def fragments(book: Book) -> dict[str, str]:
    """Return the fragments' texts by file name, but for `on_paper` and the list of downloads."""
    return {
        **{f"{name}.md": f"{text}\n" for name, text in briefing_parts(book).items()},
        "correction.md": _correction(book),
        "citation.md": f"> {markdown(citation(book))}\n",
    }


def on_paper(book: Book) -> dict[str, Table | Prose]:
    """Return the fragments that are printed too, by name: paper needs more than their HTML."""
    return {
        "edition": dateline(book.dateline()),
        "ratings": ratings_table(book.plan),
        "thresholds": _thresholds(book.plan),
        "kinds": _kinds(book),
        "units": _units(book),
        "letter_fields": letter_fields_table(book.plan.about.first_edition),
        **outlook_method(),
        "alert_rules": alert_rules_table(book.plan),
        "method_changes": method_changes_table(book),
        **revision_policy(book),
    }


def banner(book: Book) -> str:
    """Return what every page says at its top of a demonstration, and of what is internal."""
    said = [
        page_words.DEMONSTRATION if book.dataset.demonstration else "",
        page_words.CONFIDENTIAL if book.is_confidential else "",
    ]
    return "".join(said)


def ratings_table(plan: Plan) -> Table:
    """Return what each rating means under the plan's thresholds."""
    rules = rating_rules(plan)
    cells: Cells[Rating] = {
        Column("状态", "mark"): rating,
        Column("含义"): lambda rating: rules[rating],
    }
    return listing("ratings", "状态的含义", cells, RATING_ORDER)


def downloads_list(downloads: Sequence[Download]) -> str:
    """Return the files on offer: PDFs if there are any, those of single goals folded away."""
    pdfs, tables, series, api, goals = (
        [item for item in downloads if item.kind == kind]
        for kind in ("pdf", "table", "series", "api", "goal")
    )
    parts = []
    if pdfs:
        caption = "可打印、转发的文件"
        parts += ["## PDF 和 Word", _files("pdfs", caption, "篇幅和数据指纹", pdfs).html()]
    parts += ["## 数据表", _files("downloads", "可下载的数据文件", "内容", tables).html()]
    if series:
        title = page_words.series_files(len(series))
        parts += ["## 图中数据", _folded("series", title, series)]
    if api:
        title = page_words.goal_files(len(goals))
        parts += ["## 数据接口", _files("api", "供程序读取的数据", "内容", api).html()]
        parts.append(_folded("goal-data", title, goals))
    return "\n\n".join(parts) + "\n"


def brief_links(downloads: Sequence[Download]) -> str:
    """Return a line with the brief of one page as PDF and as Word; empty without them."""
    briefs = [item for item in downloads if item.title.startswith(BRIEF)]
    links = [f'<a href="{item.address}">{item.title}</a>' for item in briefs]
    return f"{page_words.for_meetings(links)}\n" if briefs else ""


_ITS_FILE: Cells[Download] = {
    Column("大小", "number"): lambda file: figure(_size(file.size), file.size),
    Column("sha256"): lambda file: Cell(file.sha256, "code"),
}


def _file_link(file: Download) -> Cell:
    return link(file.title, file.address)


def _files(id: str, caption: str, about: str, files: Sequence[Download]) -> Table:
    cells: Cells[Download] = {
        Column("文件"): _file_link,
        Column(about): lambda file: file.description,
        **_ITS_FILE,
    }
    return listing(id, caption, cells, files)


def _folded(id: str, caption: str, files: Sequence[Download]) -> str:
    """Return the files of single goals by chapter, below a line that opens them."""
    cells: Cells[Download] = {Column("目标"): _file_link, **_ITS_FILE}
    groups = tuple(
        Rows(rows_of(cells, items), chapter)
        for chapter, items in groupby(files, key=lambda item: item.chapter)
    )
    table = Table(id, caption, tuple(cells), groups)
    folded = Html('<details class="pb-files"><summary>{}</summary>\n{}\n</details>')
    return folded.format(caption, table.html())


def _correction(book: Book) -> str:
    """Return what a correction edition corrects; empty in others."""
    if book.own_row is None or book.own_row.corrects is None:
        return ""
    table = edition_corrections_table(book, root="").html()
    return f"{page_words.corrections_section(table)}\n"


_LIMITS = {  # what each threshold of the plan does
    "on_course": "进度比不低于此数为达序时",
    "far_behind": "进度比低于此数为严重滞后",
    "every_year": page_words.EVERY_YEAR_LIMIT,
}


def _thresholds(plan: Plan) -> Table:
    about = plan.about
    rows = [
        (
            words(KEY_WORDS[f"thresholds.{name}"]),
            figure(numbers.number(limit, 2)),
            words(_LIMITS[name]),
        )
        for name, limit in plan.thresholds
    ]
    rows += [
        (
            words(KEY_WORDS["approx_tolerance"]),
            figure(numbers.percent(about.approx_tolerance, 0)),
            words(page_words.TOLERANCE_USE),
        ),
        (
            words(KEY_WORDS["small_target"]),
            figure(numbers.number(about.small_target)),
            words(page_words.WHOLE_UNITS_USE),
        ),
        (
            words("同比差异"),
            figure(page_words.points_of_percent(numbers.number(about.yoy_gap, 1))),
            words("填报的同比与计算的同比相差超过此数时予以提示"),
        ),
    ]
    columns = (Column("项目"), Column("取值", "number"), Column("用法"))
    note = page_words.LIMITS_NOTE
    return plain("thresholds", "判定所用的界限", columns, rows, note=note)


def _kinds(book: Book) -> Table:
    held = Counter(view.kind for view in book.views.values())
    cells: Cells[Kind] = {
        Column("类型"): lambda kind: kind.label,
        Column("数量", "number"): lambda kind: figure(page_words.things(held[kind]), held[kind]),
        Column("怎样判定"): lambda kind: KIND_SENTENCES[kind],
    }
    return listing("kinds", "目标的类型", cells, [kind for kind in Kind if held[kind]])


def _units(book: Book) -> Table:
    plan = book.plan
    indicators = Counter(plan.unit_of(indicator).id for indicator in plan.indicators)
    measures = Counter(plan.unit_of(measure).id for measure in plan.measures)
    cells: Cells[Unit] = {
        Column("填报单位"): lambda unit: unit.name,
        Column("指标（项）", "number"): lambda unit: counted(indicators[unit.id]),
        Column("举措（项）", "number"): lambda unit: counted(measures[unit.id]),
    }
    return listing("units", "填报单位及其填报内容", cells, plan.units)


def _size(size: int) -> str:
    if size < 1024 * 1024:
        return f"{numbers.number(size / 1024, 0)} KB"
    return f"{numbers.number(size / 1024 / 1024, 1)} MB"
