"""Read a CSV file that people keep: any bytes → rows with their lines, and all that is wrong.

A cell may hold line breaks, but never a line that is a row by itself: a stray quotation mark spoils
its own row, which is reported, and cannot swallow the rows below it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planbook.errors import Problem, UnfitFile, system_words
from planbook.plain_reads import LARGEST_TEXT, whole_file
from planbook.spreadsheet_texts import unguarded
from planbook.yamlfile import passes_over_unknown

_SAVE_AS_UTF8 = "在 Excel 中打开，「文件—另存为」选「CSV UTF-8（逗号分隔）(*.csv)」"
_MEND_QUOTES = "删去多余的半角双引号，或成对补齐；单元格内的换行改为「；」"
_MEND_COUNT = "补齐各列；文字中有半角逗号的，用半角双引号括起来"
MOST_PROBLEMS = 1000  # of a file; one with more is not the file that was meant
_TALLEST = 50  # lines of one cell
_LONGEST = 20_000  # characters of a line; the longest evidence has some hundreds
_ROW_WITHIN = re.compile(r"\n[!-~]+,")  # a line of a cell that begins as rows do, with an id
_BREAKS = re.compile(rb"\r\n|\n|\r")
_ZIP, _UTF_16 = b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")
_MARGINS = "\ufeff\u200b\u200c\u200d\u2060\u00ad"  # unseen marks that copying leaves beside a text
_OTHER_SEPARATORS = {";": "半角分号", "\t": "制表符", "，": "全角逗号", "；": "全角分号"}


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row by column, without blanks around them, and the line it stands in."""

    line: int
    cells: dict[str, str]


class _Wrong(Exception):
    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def read_csv(
    path: Path, columns: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[CsvRow], list[Problem]]:
    """Read the rows that can be read and report every line that cannot.

    The text is UTF-8, with or without its mark; GBK, which WPS and older Excel write, is read where
    the bytes can be nothing else. Columns stand in any order; those of `optional` may be absent,
    their cells are empty then. Empty rows, and the empty columns that a spreadsheet leaves at the
    end, are passed over.
    """
    where = path.name
    try:
        lines = _lines(path)
        where = f"{path.name} 第 1 行"
        header = _header(lines[0], columns, optional)
    except _Wrong as wrong:
        return [], [Problem(wrong.what, where, wrong.fix)]
    rows: list[CsvRow] = []
    problems: list[Problem] = []
    number = 2
    while number <= len(lines) and len(problems) < MOST_PROBLEMS:
        try:
            cells, height = _row(lines[number - 1 : number + _TALLEST], len(header))
            if any(cells):
                given = dict(zip(header, cells, strict=True))
                rows.append(CsvRow(number, {**dict.fromkeys(optional, ""), **given}))
            number += height
        except _Wrong as wrong:
            problems.append(Problem(wrong.what, f"{path.name} 第 {number} 行", wrong.fix))
            number += 1
    if number <= len(lines):
        problems.append(unlooked(path.name, number))
    return rows, problems


def unlooked(file: str, line: int) -> Problem:
    """Return that a file was given up at a line: too much was wrong above it."""
    what = f"前面已有 {MOST_PROBLEMS} 处错误，从这一行起没有检查"
    return Problem(
        what, f"{file} 第 {line} 行", "检查是否误用了别的文件；改正以上各处以后再运行一次"
    )


def _row(lines: Sequence[str | bytes], width: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins with the first line, and how many lines it has."""
    height, text = 1, _checked(lines[0])
    while (cells := _cells(text)) is None:
        if height == len(lines) or _is_row(lines[height], width):
            raise _Wrong("半角双引号不成对", _MEND_QUOTES)
        text += f"\n{_checked(lines[height])}"
        height += 1
    if any(_ROW_WITHIN.search(cell) for cell in cells):
        raise _Wrong("半角双引号不成对", _MEND_QUOTES)
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if any(cells) and len(cells) != width:
        what = f"有 {len(cells)} 列，应为 {width} 列" if height == 1 else "半角双引号不成对"
        raise _Wrong(what, _MEND_COUNT if height == 1 else _MEND_QUOTES)
    return cells, height


def _is_row(line: str | bytes, width: int) -> bool:
    return isinstance(line, str) and len(_cells(line) or ()) == width


def _lines(path: Path) -> list[str | bytes]:
    """Return the lines of a file, those that cannot be decoded as they are."""
    try:
        data = whole_file(path, LARGEST_TEXT)
    except UnfitFile as error:
        raise _Wrong(str(error), "换成 CSV 文件；数据确有这么多的，分成几份") from error
    except OSError as error:
        what = f"无法读取（{system_words(error)}）"
        raise _Wrong(what, "关闭正在使用它的程序，并检查读取权限") from error
    if data.startswith(_ZIP):
        raise _Wrong("是 Excel 工作簿，不是 CSV 文件", _SAVE_AS_UTF8)
    if data.startswith(_UTF_16) or data.count(0) > len(data) / 4:
        raise _Wrong("是 UTF-16 编码的文本，不是 UTF-8 编码", _SAVE_AS_UTF8)
    encoding = "gbk" if _is_gbk(data) else "utf-8"
    return [_decoded(line, encoding) for line in _BREAKS.split(data.removeprefix(b"\xef\xbb\xbf"))]


def _decoded(line: bytes, encoding: str) -> str | bytes:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return line


def _is_gbk(data: bytes) -> bool:
    """Tell whether the bytes are Chinese in GBK and nothing else.

    Of a text in UTF-8 with a few damaged bytes nearly all the others still decode; of one in GBK
    hardly any do. What GBK makes of other encodings is full of characters that nobody uses.
    """
    plain = sum(byte < 0x80 for byte in data)
    sound = len(data.decode("utf-8", "ignore").encode()) - plain
    if 2 * sound >= len(data) - plain:
        return False
    try:
        words = [char for char in data.decode("gbk") if not char.isascii()]
    except UnicodeDecodeError:
        return False
    everyday = "".join(words).encode("gb2312", "ignore").decode("gb2312")
    return 10 * len(everyday) >= 9 * len(words)


def _checked(line: str | bytes) -> str:
    """Return a line that is text and nothing else."""
    if isinstance(line, bytes):
        raise _Wrong("有无法识别的字节，不是 UTF-8 编码", f"重新输入该行的汉字；{_SAVE_AS_UTF8}")
    hidden = next((c for c in line if unicodedata.category(c) == "Cc" and c != "\t"), None)
    if hidden is not None:
        raise _Wrong(f"有看不见的控制字符 U+{ord(hidden):04X}", "删去该行，重新输入")
    if len(line) > _LONGEST:
        raise _Wrong(f"有 {len(line)} 个字，超过 {_LONGEST} 个", "检查引号和换行；过长的说明请精简")
    return line


def _cells(text: str) -> list[str] | None:
    """Return the cells of a row as typed, without blanks around them and guards against formulas.

    ``None`` if its quotes do not match.
    """
    try:
        cells = next(csv.reader([text], strict=True), [])
    except csv.Error:
        return None
    return [unguarded(cell.strip().strip(_MARGINS).strip()) for cell in cells]


def _header(line: str | bytes, columns: Sequence[str], optional: Sequence[str]) -> list[str]:
    """Return the columns in the file's order."""
    text = _checked(line)
    cells = _cells(text) or []
    while cells and not cells[-1]:
        cells.pop()
    twice = [name for name, times in Counter(cells).items() if times > 1]
    if not twice and set(columns) <= set(cells) <= {*columns, *optional}:
        return cells
    if not twice and set(columns) <= set(cells) and passes_over_unknown():
        return cells
    fix = "按应有的列名改正，不缺、不多、不重复"
    for mark, name in _OTHER_SEPARATORS.items():
        if set(columns) <= {cell.strip('" ') for cell in text.split(mark)}:
            fix = f"各列之间是{name}，应为半角逗号：{_SAVE_AS_UTF8}"
    if fix.startswith("按") and not set(cells) & set(columns):
        fix = "第 1 行应为列名：在最上面补上这一行"
    raise _Wrong(f"表头为「{','.join(cells)}」，应为「{','.join(columns)}」", fix)
