"""The files that readers may take away: tables as CSV, one workbook, and what the files are.

CSV has a BOM, so that Excel shows Chinese. A text that a spreadsheet would run as a formula gets an
apostrophe before it. Names and phone numbers are not in any saved table, and so not here.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planbook.contract import TEXT, Contract
from planbook.frames import GOALS, MEASURES, OBSERVATIONS, SUBMISSIONS
from planbook.present.chapter import Book
from planbook.present.fragments import Download
from planbook.produce import datapackage, workbook
from planbook.produce.workbook import SPREADSHEETS_RUN

FOLDER = "downloads"

_SAID = {  # title and description on the page 下载
    workbook.NAME: (
        "全部表格（Excel）",
        "目标、数据、举措、数据质量和说明各一张工作表，可筛选、打印",
    ),
    "goals.csv": ("目标进展", "每个目标一行：基期值、最新值、目标值、完成率、进度比、状态和原因"),
    "observations.csv": ("指标数值", "每个指标、时期和口径一行，为截至本期最新的数值"),
    "measures.csv": ("举措进展", "每项举措或专项一行：状态、进展和最近填报期号"),
    "submissions.csv": ("报送情况", "每个填报单位、每期一行：是否按时、应报和已报项数"),
    datapackage.NAME: ("数据说明", "各 CSV 文件的列名、含义、类型和校验值，供程序读取"),
}


def downloads(book: Book) -> dict[str, bytes]:
    """Return each file's content by name, in the order of the page."""
    tables = book.tables
    framed = {
        "goals.csv": (GOALS, tables.verdicts[list(GOALS.columns)]),
        "observations.csv": (OBSERVATIONS, tables.observations),
        "measures.csv": (MEASURES, tables.measures),
        "submissions.csv": (SUBMISSIONS, tables.submissions),
    }
    texts = {name: safe_csv(contract, frame) for name, (contract, frame) in framed.items()}
    described = {name: (framed[name][0], _SAID[name][0], text) for name, text in texts.items()}
    return {
        workbook.NAME: workbook.workbook_bytes(book),
        **texts,
        datapackage.NAME: datapackage.descriptor(book, described),
    }


def listed(files: dict[str, bytes]) -> list[Download]:
    """Return what the page 下载 says of each file."""
    return [Download(f"{FOLDER}/{name}", *_SAID[name], len(files[name])) for name in files]


def write_downloads(files: dict[str, bytes], html: Path) -> None:
    """Write the files below the book's root."""
    folder = html / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def safe_csv(contract: Contract, frame: pd.DataFrame) -> bytes:
    """Return the frame as CSV with BOM in which no text is a formula.

    「—」 is not touched: it is no minus sign.
    """
    safe = frame.copy()
    for column, kind in contract.columns.items():
        if kind == TEXT:
            runs = safe[column].str.startswith(SPREADSHEETS_RUN)
            safe[column] = safe[column].mask(runs, "'" + safe[column])
    return contract.to_csv(safe, bom=True)
