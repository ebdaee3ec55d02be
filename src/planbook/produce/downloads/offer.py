"""The files that readers may take away: tables and series as CSV, one workbook, JSON, SDMX, PDFs.

Turns a book into files by address from its root, and files into what 下载 says of each.

CSV has a BOM, so that Excel shows Chinese. A text that a spreadsheet could run as a formula gets an
apostrophe before it. Names and phone numbers are not in any saved table, and so not here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from planbook.contract import TEXT, Contract
from planbook.frames import MEASURES, OBSERVATIONS, SUBMISSIONS
from planbook.made_of import files_below, sha256
from planbook.outlook_frames import OUTLOOKS
from planbook.present.addresses import API, DOWNLOADS, goal_data_address, series_address
from planbook.present.book import Book
from planbook.present.charts.chart_data import CHART
from planbook.present.notebook.noted_book import NotedBook
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.fragments import Download
from planbook.present.watched import is_public
from planbook.produce.data_api.api_files import API_SAID, api_files
from planbook.produce.downloads import (
    book_xlsx,
    changes_csv,
    datapackage,
    goals_csv,
    project_reserve,
    task_board,
)
from planbook.produce.downloads.datapackage import Described
from planbook.produce.downloads.series_csv import series_files
from planbook.produce.kept_reads import KeptReads
from planbook.project_frames import PROJECTS
from planbook.put_in_place import clear
from planbook.spreadsheet_texts import could_run
from planbook.task_frames import PENDING_TASKS, TASKS
from planbook.watch_frames import ACTIONS, ALERTS, CHANGE_REASONS, CHANGE_STEPS

if TYPE_CHECKING:
    from planbook.produce.pdf.papers import MadePdf

_SAID = {  # title and description on the page 下载
    book_xlsx.NAME: (
        "全部表格（Excel）",
        "目标、数据、达标可能性、状态变化、变化原因及测算、举措、年度任务、重点项目、预警、督办事项、"
        "数据质量和说明各一张工作表，可筛选、打印；内部版另有待核定任务",
    ),
    goals_csv.NAME: (
        "目标进展",
        "每个目标一行：基期值、最新值、目标值、完成率、进度比、状态和原因，以及达标可能性",
    ),
    "observations.csv": ("指标数值", "每个指标、时期和口径一行，为截至本期最新的数值"),
    changes_csv.NAME: ("状态变化", "每次状态变化一行：期号、变化前后的状态和数值、原因"),
    goals_csv.LOG: (
        "历期达标可能性",
        "每个目标、每期一行：当期的预测区间、达标可能性和依据，到期后据以检验",
    ),
    "change_reasons.csv": (
        "变化原因",
        "状态或进度比与上期不同的目标一行：各种原因的部分，或由什么判定条件引起",
    ),
    "change_steps.csv": (
        "变化原因的逐项测算",
        "每个拆分了原因的目标十六行：部分因素用本期、其余用上期时的进度比和状态",
    ),
    "measures.csv": ("举措进展", "每项举措或专项一行：状态、进展和最近填报期号"),
    "alerts.csv": ("历期预警", "每期、每条预警一行：规则、对象、起于哪一期、实测值和界限"),
    "actions.csv": ("督办事项", "每项督办事项一行：责任单位、期限、办理状态和是否逾期，截至本期"),
    "tasks.csv": ("年度任务", "每项任务一行：责任单位、时限、成果形式、状况和进展，截至本期"),
    task_board.NAME: (
        "年度任务打表（Excel）",
        "各单位各月到期和完成的项数，以及按月排列的任务清单，按 A3 横向排版，可打印张贴",
    ),
    "pending_tasks.csv": (
        "待核定的年度任务",
        "各单位提出、尚未核定的，和本期不予核定的，每项一行；只在内部版提供",
    ),
    "projects.csv": ("重点项目", "每个项目一行：阶段、投资、下一节点和本期变化，截至本期"),
    project_reserve.NAME: (
        "重点项目储备库（Excel）",
        "分阶段的个数和投资、本期变化和项目清单各一张工作表，按 A3 横向排版",
    ),
    "submissions.csv": ("报送情况", "每个填报单位、每期一行：是否按时、应报和已报项数"),
    datapackage.NAME: ("数据说明", "各 CSV 文件的列名、含义、类型和校验值，供程序读取"),
    datapackage.SERIES_SCHEMA: ("图中数据的列", "各目标图中数据文件共用的列名、含义和类型"),
}

Make = Callable[[Book], dict[str, bytes]]

_SHOWN = {f"{DOWNLOADS}/{name}": said for name, said in _SAID.items()} | {
    f"{API}/{name}": said for name, said in API_SAID.items()
}


def downloads(book: OpenBook, kept: KeptReads | None = None) -> dict[str, bytes]:
    """Return each file's content by address from the book's root, in the order of the page.

    What `kept` knows is read where it lies; what is made is put there.
    """
    found: dict[str, bytes] = {}
    for name, make in _MADE_TOGETHER.items():
        found |= make(book) if kept is None else _kept_or_made(book, kept, name, make)
    if kept is not None:
        for path in files_below(kept.folder):
            if path.relative_to(kept.folder).as_posix() not in found:
                clear(path)
    workbooks = {address: file for address, file in found.items() if address.endswith(".xlsx")}
    return workbooks | found


def _kept_or_made(book: OpenBook, kept: KeptReads, name: str, make: Make) -> dict[str, bytes]:
    standing = kept.standing(name, book)
    if standing:
        return {each: (kept.folder / each).read_bytes() for each in standing}
    reads: set[str] = set()
    made = make(NotedBook(book, reads.add))
    kept.put(name, book, made, reads)
    return made


def _board(book: Book) -> dict[str, bytes]:
    content = book_xlsx.workbook_bytes(book, task_board.board_sheets(book))
    return {f"{DOWNLOADS}/{task_board.NAME}": content}


def _reserve(book: Book) -> dict[str, bytes]:
    content = book_xlsx.workbook_bytes(book, project_reserve.reserve_sheets(book))
    return {f"{DOWNLOADS}/{project_reserve.NAME}": content}


def _tables(book: Book) -> dict[str, bytes]:
    """Return the tables and series as CSV, and what describes them."""
    tables = book.tables
    framed: dict[str, tuple[Contract[Any], pd.DataFrame]] = {
        goals_csv.NAME: (goals_csv.GOAL_OUTLOOKS, goals_csv.goals_frame(book)),
        "observations.csv": (OBSERVATIONS, tables.observations),
        changes_csv.NAME: (changes_csv.RATING_CHANGES, changes_csv.rating_changes(book)),
        goals_csv.LOG: (OUTLOOKS, tables.outlooks),
        "change_reasons.csv": (CHANGE_REASONS, tables.change_reasons),
        "change_steps.csv": (CHANGE_STEPS, tables.change_steps),
        "measures.csv": (MEASURES, tables.measures),
        "alerts.csv": (ALERTS, tables.alerts),
        "actions.csv": (ACTIONS, tables.actions),
        "tasks.csv": (TASKS, tables.tasks),
        **({} if is_public(book) else {"pending_tasks.csv": (PENDING_TASKS, tables.pending_tasks)}),
        "projects.csv": (PROJECTS, tables.projects),
        "submissions.csv": (SUBMISSIONS, tables.submissions),
    }
    whole = {
        name: Described(contract, _SAID[name][0], safe_csv(contract, frame))
        for name, (contract, frame) in framed.items()
    }
    series = {
        _series_name(goal): Described(
            CHART, f"图中数据：{book.views[goal].name}", content, datapackage.SERIES_SCHEMA
        )
        for goal, content in series_files(book).items()
    }
    described = {**whole, **series}
    files = {
        **{name: file.content for name, file in whole.items()},
        datapackage.NAME: datapackage.descriptor(book, described),
        datapackage.SERIES_SCHEMA: datapackage.series_schema(),
        **{name: file.content for name, file in series.items()},
    }
    return {f"{DOWNLOADS}/{name}": content for name, content in files.items()}


def _whole(book: Book) -> dict[str, bytes]:
    """Return the files that show nearly every table; together, what they ask is worked out once."""
    workbook = book_xlsx.workbook_bytes(book)
    return {f"{DOWNLOADS}/{book_xlsx.NAME}": workbook, **_tables(book), **api_files(book)}


_MADE_TOGETHER: Mapping[str, Make] = {
    "whole": _whole,
    "board": _board,
    "reserve": _reserve,
}


def listed(
    book: Book, files: Mapping[str, bytes], pdfs: Sequence[MadePdf] = ()
) -> tuple[Download, ...]:
    """Return what the page 下载 says of each file."""
    series = {series_address(view.id): view for view in book.views.values()}
    goals = {goal_data_address(view.id): view for view in book.views.values()}
    found = []
    for address, content in files.items():
        about = (address, len(content), sha256(content))
        if address in _SHOWN:
            api = address.startswith(f"{API}/")
            found.append(Download(*about, *_SHOWN[address], kind="api" if api else "table"))
        elif address in goals:
            view = goals[address]
            found.append(Download(*about, view.name, kind="goal", chapter=view.chapter.title))
        else:
            view = series[address]
            found.append(Download(*about, view.name, kind="series", chapter=view.chapter.title))
    return (*found, *(_pdf(made) for made in pdfs))


def write_downloads(files: Mapping[str, bytes], html: Path, before: Path) -> tuple[str, ...]:
    """Write the files below the book's root; return the addresses of those that are new.

    What is the same in the book `before` keeps its time.
    """
    new = []
    for address, content in files.items():
        path, old = html / address, before / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if old.is_file() and old.read_bytes() == content:
            shutil.copystat(old, path)
        else:
            new.append(address)
    return tuple(new)


def _series_name(goal: str) -> str:
    return series_address(goal).removeprefix(f"{DOWNLOADS}/")


def _pdf(made: MadePdf) -> Download:
    said = f"{made.pages}页，数据指纹{made.data[:12]}"
    about = (made.address, made.size, made.sha256, made.title, said)
    return Download(*about, kind="pdf", page=made.page)


def safe_csv(contract: Contract[Any], frame: pd.DataFrame) -> bytes:
    """Return the frame as CSV with BOM in which no text is a formula.

    「—」 is not touched: it is no minus sign. A carriage return becomes a line feed, or programs
    would begin a new row there, with a cell that nobody looked at.
    """
    safe = frame.copy()
    for column, kind in contract.columns.items():
        if kind == TEXT:
            texts = [_safe(text) if isinstance(text, str) else text for text in safe[column]]
            safe[column] = pd.Series(texts, safe.index, safe[column].dtype)
    return contract.to_csv(safe, bom=True)


def _safe(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{plain}" if could_run(plain) else plain
