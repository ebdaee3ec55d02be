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
from planbook.present.escaping import listed, markdown
from planbook.present.prose import Heading, Prose
from planbook.present.say import brief_words, briefing_words
from planbook.present.say.outlook_sentences import Likelihood
from planbook.present.say.page_words import things
from planbook.present.say.rating_changes import NOTHING_BEFORE
from planbook.present.say.table_words import named_text, sentence, specified
from planbook.present.tables.cells import Column, Rows, words
from planbook.present.tables.table import Columns, Table, plain


@dataclass(frozen=True)
class Points:
    """Lines of a list, each with what it is about before what is said of it."""

    items: tuple[tuple[str, str], ...]

    @property
    def prose(self) -> Prose:
        """The list as Markdown."""
        lines = (
            f"- {named_text(f'**{markdown(lead)}**', markdown(said))}" for lead, said in self.items
        )
        return Prose("\n".join(lines))


Briefed = Heading | Prose | Points | Columns | Strip


@dataclass(frozen=True)
class Brief:
    """A brief: its title, the line below it, and what follows."""

    title: str
    dateline: str
    content: tuple[Briefed, ...]


@dataclass(frozen=True)
class _Most:
    """How many entries of each list are printed at most, and how many characters of a text.

    `unlikely`: goals unlikely to be met that are named.
    """

    decisions: int
    moved: int
    successes: int
    coming: int
    text: int = 1000
    unlikely: int = 0


# From all that a meeting may want down to what it must have: the first that fits is printed.
_MOST = (
    _Most(5, 12, 8, 16, unlikely=100),
    _Most(5, 9, 6, 12, unlikely=100),
    _Most(5, 6, 5, 9, unlikely=100),
    _Most(5, 6, 5, 7, unlikely=100),
    _Most(5, 5, 4, 6, unlikely=100),
    _Most(5, 4, 4, 5, unlikely=100),
    _Most(5, 4, 3, 4, unlikely=100),
    _Most(5, 3, 3, 4, unlikely=24),
    _Most(5, 3, 2, 3, unlikely=24),
    _Most(5, 2, 2, 3, unlikely=24),
    _Most(5, 3, 3, 3, unlikely=10),
    _Most(5, 3, 2, 3, unlikely=10),
    _Most(5, 2, 2, 3, unlikely=10),
    _Most(5, 2, 2, 2, unlikely=10),
    _Most(5, 2, 1, 2, unlikely=10),
    _Most(5, 2, 1, 2, unlikely=5),
    _Most(5, 2, 1, 2),
    _Most(5, 1, 1, 2),
    _Most(5, 2, 2, 3, text=160),
    _Most(5, 2, 2, 3, text=80),
    _Most(5, 2, 1, 3, text=80),
    _Most(5, 1, 1, 1, text=80),
    _Most(5, 2, 2, 3, text=60),
    _Most(5, 2, 1, 3, text=60),
    _Most(5, 2, 1, 2, text=60),
    _Most(5, 2, 2, 3, text=40),
    _Most(5, 2, 1, 3, text=40),
    _Most(5, 2, 1, 2, text=40),
    _Most(5, 1, 1, 2, text=40),
    _Most(5, 1, 1, 1, text=40),
    _Most(4, 1, 1, 1, text=40),
    _Most(3, 1, 1, 1, text=40),
    _Most(2, 1, 1, 1, text=40),
    _Most(1, 1, 1, 1, text=40),
)
# In printer's points; a little less than the page that Word and Typst set, whose lines are theirs.
_WIDE, _HIGH = 442.0, 712.0
_TEXT, _LINE = 10.0, 15.0
_CELL, _CELL_LINE, _CELL_EDGES = 9.0, 12.0, 11.0
_TITLE, _TITLE_LINE = 16.0, 24.0
_HEADING, _STRIP, _MARK = 21.0, 18.0, 22.0
_TABLE_EDGES = 4.0


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
        Heading(2, brief_words.outlook_heading(told.total)),
        _expected(told),
        *([strip] if strip is not None else []),
        *_unlikely(told, most),
        Heading(2, "需要决策的目标"),
        *_decisions(told, most),
        *_asked(told),
        Heading(2, "与上期相比"),
        _moved(told, most),
        Heading(2, "好的进展"),
        _listed(
            [(each.about, sentence(_whole(each.said, most.text))) for each in told.successes],
            most.successes,
            briefing_words.NO_SUCCESS,
        ),
        Heading(2, "下一期前到期的事项"),
        _listed(
            [_due(each, most.text) for each in told.coming],
            most.coming,
            briefing_words.NOTHING_DUE,
        ),
    )
    return Brief(told.title, book.dateline(), content)


def _expected(told: Briefing) -> Columns:
    heads = [specified(g.name, g.limit) for g in told.expected]
    row = tuple(words(things(g.count), mark=g.remark) for g in told.expected)
    table = plain("brief-expected", "", tuple(map(Column, heads)), [row])
    return Columns(table, tuple(2.0 if len(g.remark) > _LONG else 1.0 for g in told.expected))


def _unlikely(told: Briefing, most: _Most) -> Iterator[Prose]:
    """Yield the names of the goals unlikely to be met, the least likely first."""
    for own in told.expected:
        if own.name == Likelihood.UNLIKELY and own.views and most.unlikely:
            names = [markdown(view.name) for view in own.views]
            yield Prose(brief_words.unlikely(names, most.unlikely))


def _asked(told: Briefing) -> Iterator[Prose]:
    if told.asked:
        said = "、".join(each.said for each in told.asked)
        yield Prose(markdown(briefing_words.else_asked(said)))


_LONG = 24  # characters; a remark of more gets twice the room
_DECISION: Mapping[str, tuple[float, Callable[[Decision], str]]] = {  # width, and what is said
    "目标、单位": (
        19,
        lambda each: brief_words.goal_and_unit(each.view.name, each.view.verdict.rating, each.unit),
    ),
    "现状和差距": (22, lambda each: each.gap),
    "原因": (24, lambda each: each.reason),
    "今后所需": (13, lambda each: each.required),
    "措施": (22, lambda each: each.action),
}


def _decisions(told: Briefing, most: _Most) -> Iterator[Briefed]:
    shown = told.decisions[: most.decisions]
    if not shown:
        yield Prose(briefing_words.NO_DECISION)
        return
    left = told.others + len(told.decisions) - len(shown)
    note = brief_words.others_behind(left)
    rows = tuple(
        tuple(words(_whole(said(each), most.text)) for _, said in _DECISION.values())
        for each in shown
    )
    table = Table("brief-decisions", "", tuple(map(Column, _DECISION)), (Rows(rows),), note)
    yield Columns(table, tuple(width for width, _ in _DECISION.values()))


def _whole(text: str, most: int) -> str:
    """Return a text, of a long one the clauses that fit, whole, and where the others are."""
    if len(text) <= most:
        return text
    joint = brief_words.BETWEEN
    clauses = text.split(joint)
    while clauses and len(joint.join(clauses)) > most - len(brief_words.IN_BOOK):
        clauses.pop()
    return brief_words.rest_in_book(clauses)


def _moved(told: Briefing, most: _Most) -> Points | Prose:
    if not told.comparable:
        return Prose(NOTHING_BEFORE)
    moved = [
        (each.view.name, brief_words.change_and_why(each.change, _whole(each.why, most.text)))
        for each in told.moved
    ]
    return _listed(moved, most.moved, briefing_words.NOTHING_WORSE)


def _due(each: Coming, most: int) -> tuple[str, str]:
    said = specified(each.what, each.who)
    if len(said) > most:  # of many units the first, rather than none
        said = specified(each.what, listed(each.who.split("、")))
    return each.when, sentence(_whole(said, most))


def _listed(items: Sequence[tuple[str, str]], most: int, nothing: str) -> Points | Prose:
    if not items:
        return Prose(nothing)
    left = len(items) - most
    if left <= 0:
        return Points(tuple(items))
    return Points((*items[:most], (brief_words.others(left), sentence(brief_words.IN_BOOK))))


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
            return sum(_lines(named_text(a, b), _TEXT, _WIDE - _MARK) for a, b in items) * _LINE
        case Columns(table, widths):
            rows = [[column.head for column in table.columns]]
            rows += [[cell.said for cell in row] for group in table.groups for row in group.rows]
            under = _CELL_LINE if table.note else 0.0
            return _TABLE_EDGES + under + sum(_row_height(row, widths) for row in rows)


def _row_height(cells: Iterable[str], widths: Sequence[float]) -> float:
    rooms = (_WIDE * width / sum(widths) - _CELL_EDGES for width in widths)
    most = max(_lines(c, _CELL, room) for c, room in zip(cells, rooms, strict=True))
    return most * _CELL_LINE + 2.0


def _lines(text: str, size: float, room: float) -> int:
    em = sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.55 for c in text)
    return max(1, math.ceil(em * size / (room - size / 2)))
