"""Add rows to a CSV file that analysts keep: all that stands in it stays, byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from planbook.errors import Problem, ProblemsFound
from planbook.spreadsheet_texts import guarded

_MARK = "\ufeff"  # by which Excel knows UTF-8


def appended(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return what a file will be with rows at its end; a new one has `columns` as its heading.

    Parameters
    ----------
    path
        Need not exist yet.
    rows
        Cells by column; those left out are empty. What a spreadsheet could run is guarded.

    Raises
    ------
    ProblemsFound
        If the file is not in UTF-8, or has no column for a cell.
    """
    content = path.read_bytes() if path.exists() else b""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        fix = "在 Excel 中打开，「文件—另存为」选「CSV UTF-8（逗号分隔）(*.csv)」后重试"
        problem = Problem("不是 UTF-8 编码，不能由命令追加", path.name, fix)
        raise ProblemsFound(path.name, [problem]) from error
    if not text.strip(_MARK).strip():
        text = f"{_MARK}{','.join(columns)}\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    header = [name.strip() for name in next(csv.reader([text.strip(_MARK).splitlines()[0]]))]
    rows = list(rows)
    needed = dict.fromkeys(name for row in rows for name, cell in row.items() if cell)
    lacking = [name for name in needed if name not in header]
    if lacking:
        what, where = f"没有 {'、'.join(lacking)} 列", f"{path.name} 第 1 行"
        fix = "在表头末尾加上，此前各行的这一列留空"
        raise ProblemsFound(path.name, [Problem(what, where, fix)])
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator=ending)
    writer.writerows([guarded(row.get(name, "")) for name in header] for row in rows)
    body = text if text.endswith(("\n", "\r")) else f"{text}{ending}"
    return f"{body}{lines.getvalue()}".encode()
