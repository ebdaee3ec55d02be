"""The brief of an edition: what a meeting reads on one A4 page, to be printed or edited.

Turns what leaders are told into headings, short tables and lines; PDF and Word are made of this, so
both say the same. What does not fit on the page is counted and stands in the book.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planbook.present.book import Book
from planbook.present.briefing.briefing import Briefing, briefing
from planbook.present.briefing.coming import Coming
from planbook.present.briefing.decisions import Decision
from planbook.present.charts.expected_strip import Strip, expected_strip
from planbook.present.escaping import markdown
from planbook.present.prose import Heading, Prose
from planbook.present.tables.cells import Column, Rows, words
from planbook.present.tables.table import Table, plain


@dataclass(frozen=True)
class Points:
    """Lines of a list, each with what it is about before what is said of it."""

    items: tuple[tuple[str, str], ...]

    @property
    def prose(self) -> Prose:
        """The list as Markdown."""
        lines = (f"- **{markdown(lead)}**：{markdown(said)}" for lead, said in self.items)
        return Prose("\n".join(lines))


@dataclass(frozen=True)
class Columns:
    """A table whose columns are as wide as these numbers are to each other."""

    table: Table
    widths: tuple[float, ...]


Briefed = Heading | Prose | Points | Columns | Strip


@dataclass(frozen=True)
class Brief:
    """A brief: its title, the line below it, and what follows."""

    title: str
    dateline: str
    content: tuple[Briefed, ...]


@dataclass(frozen=True)
class _Most:
    """How many entries of each list are printed at most, and how many characters of a cell."""

    cell: int
    decisions: int
    moved: int
    successes: int
    coming: int


# From all that a meeting may want down to what it must have: the first that fits is printed.
_MOST = (
    _Most(200, 5, 6, 5, 7),
    _Most(90, 5, 5, 4, 6),
    _Most(60, 5, 4, 4, 5),
    _Most(60, 5, 4, 3, 4),
    _Most(48, 5, 3, 3, 4),
    _Most(48, 5, 3, 2, 3),
    _Most(40, 5, 2, 2, 3),
    _Most(36, 5, 2, 1, 2),
    _Most(30, 5, 1, 1, 2),
    _Most(36, 4, 2, 1, 2),
    _Most(30, 3, 1, 1, 2),
)
# In printer's points; a little less than the page that Word and Typst set, whose lines are theirs.
_WIDE, _HIGH = 442.0, 735.0
_TEXT, _LINE = 10.0, 15.0
_CELL, _CELL_LINE, _CELL_EDGES = 9.0, 12.0, 11.0
_TITLE, _TITLE_LINE = 16.0, 24.0
_HEADING, _STRIP = 21.0, 18.0
_ENDS = "；，。、（"  # where a text that is too long is cut


def brief(book: Book) -> Brief:
    """Return the brief of an edition, with as much as fits on its page."""
    told = briefing(book)
    made = _brief(book, told, _MOST[0])
    for most in _MOST[1:]:
        if _height(made) <= _HIGH:
            break
        made = _brief(book, told, most)
    return made


def _brief(book: Book, told: Briefing, most: _Most) -> Brief:
    strip = expected_strip(told.expected)
    content = (
        Heading(2, f"{told.total}项目标的达标前景"),
        _expected(told, most.cell),
        *([strip] if strip is not None else []),
        Heading(2, "需要决策的目标"),
        *_decisions(told, most.decisions, most.cell),
        Heading(2, "与上期相比"),
        _moved(told, most.moved),
        Heading(2, "好的进展"),
        _listed(
            [(each.about, f"{each.said}。") for each in told.successes],
            most.successes,
            "没有转好的目标、完成的举措和销号的督办事项。",
        ),
        Heading(2, "下一期前到期的事项"),
        _listed([_due(each) for each in told.coming], most.coming, "没有到期的事项。"),
    )
    return Brief(told.title, book.dateline(), content)


def _expected(told: Briefing, most: int) -> Columns:
    heads = [f"{g.name}（{g.limit}）" if g.limit else g.name for g in told.expected]
    row = tuple(words(f"{g.count}项", mark=_cut(g.remark, most)) for g in told.expected)
    table = plain("brief-expected", "", tuple(map(Column, heads)), [row])
    return Columns(table, (1.0,) * len(heads))


_DECISION: Mapping[str, tuple[float, Callable[[Decision], str]]] = {  # width, and what is said
    "目标、单位": (19, lambda each: f"{each.view.name}（{each.view.verdict.rating}），{each.unit}"),
    "现状和差距": (22, lambda each: each.gap),
    "原因": (24, lambda each: each.reason),
    "今后所需": (13, lambda each: each.required),
    "措施": (22, lambda each: each.action),
}


def _decisions(told: Briefing, count: int, most: int) -> Iterator[Briefed]:
    shown = told.decisions[:count]
    if not shown:
        yield Prose("没有滞后的目标。")
        return
    left = told.others + len(told.decisions) - len(shown)
    note = f"另有{left}项滞后，见本期进展报告「预警与变化」。" if left else ""
    rows = tuple(
        tuple(words(_cut(said(each), most)) for _, said in _DECISION.values()) for each in shown
    )
    table = Table("brief-decisions", "", tuple(map(Column, _DECISION)), (Rows(rows),), note)
    yield Columns(table, tuple(width for width, _ in _DECISION.values()))


def _cut(text: str, most: int) -> str:
    """Return a text, of a long one the beginning up to a clause's end and 「……」."""
    if len(text) <= most:
        return text
    ends = [place for place in range(most // 2, most) if text[place] in _ENDS]
    return f"{text[: ends[-1] if ends else most]}……"


def _moved(told: Briefing, most: int) -> Points | Prose:
    if not told.comparable:
        return Prose("没有可比的上期。")
    moved = [
        (each.view.name, f"{'；'.join(filter(None, (each.change, each.why)))}。")
        for each in told.moved
    ]
    return _listed(moved, most, "没有目标转差，也没有目标变为无法判定。")


def _due(each: Coming) -> tuple[str, str]:
    return each.when, each.what + (f"（{each.who}）" if each.who else "") + "。"


def _listed(items: Sequence[tuple[str, str]], most: int, nothing: str) -> Points | Prose:
    if not items:
        return Prose(nothing)
    left = len(items) - most
    if left <= 0:
        return Points(tuple(items))
    return Points((*items[:most], (f"另有{left}项", "见本期进展报告。")))


def _height(made: Brief) -> float:
    """Return about how high a brief is when it is set."""
    return _lines(made.title, _TITLE, _WIDE) * _TITLE_LINE + _LINE + sum(map(_high, made.content))


def _high(item: Briefed) -> float:
    match item:
        case Heading():
            return _HEADING
        case Strip():
            return _STRIP
        case Prose(text):
            return _lines(text, _TEXT, _WIDE) * _LINE
        case Points(items):
            return sum(_lines(f"· {a}：{b}", _TEXT, _WIDE) for a, b in items) * _LINE
        case Columns(table, widths):
            rows = [[column.head for column in table.columns]]
            rows += [[cell.said for cell in row] for group in table.groups for row in group.rows]
            under = _CELL_LINE if table.note else 0.0
            return under + sum(_row_height(row, widths) for row in rows)


def _row_height(cells: Iterable[str], widths: Sequence[float]) -> float:
    rooms = (_WIDE * width / sum(widths) - _CELL_EDGES for width in widths)
    most = max(_lines(c, _CELL, room) for c, room in zip(cells, rooms, strict=True))
    return most * _CELL_LINE + 4.0


def _lines(text: str, size: float, room: float) -> int:
    em = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)
    return max(1, math.ceil(em * size / (room - size / 2)))
