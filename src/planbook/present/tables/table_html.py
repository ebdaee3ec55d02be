"""A table as accessible HTML that reads the same in the book and in JupyterLab.

The style sheet sets numbers right-aligned in tabular figures; a wide table scrolls in its own box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planbook.present.escaping import Html, html, lines
from planbook.present.numbers import ABSENT
from planbook.present.palette import RATING_CLASSES, STATUS_CLASSES
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.present.tables.cells import Cell, Column, Rows
from planbook.vocabulary import Rating
from planbook.written_units import behind_number

PROSE = 12  # characters: from here on a column holds sentences, and is given room for them
MAY_BREAK = Html("<wbr>")
_LETTER = r"[^\W\d_\u3400-\u9fff]"
_LONG_WORD = re.compile(rf"(?<!{_LETTER}){_LETTER}{{13,20}}(?!{_LETTER})")
_SUB, _SUP = re.compile(r"_(\w)"), re.compile(r"\^\{(.)\}")


def table_html(
    columns: Sequence[Column],
    groups: Sequence[Rows],
    *,
    id: str,
    caption: str,
    note: str,
    sortable: bool,
) -> Markup:
    """Return a table in its scrolling box: a few lines, none of them blank."""
    box = Html(
        '<div class="pb-scroll" role="region" tabindex="0" aria-label="{caption}">\n'
        '<table class="{classes}" id="{id}">\n<caption>{caption}</caption>\n'
        "<thead><tr>{head}</tr></thead>\n{bodies}\n</table>\n</div>{note}"
    )
    rows = _Rows(columns, sortable, _prose(columns, groups))
    return box.format(
        id=id,
        caption=caption,
        classes="pb-table sortable asc n-last" if sortable else "pb-table",
        head=Html("").join(map(_head, columns)),
        bodies=lines(rows.body(group) for group in groups if group.rows),
        note=Html('\n<p class="pb-note">{}</p>').format(note) if note else "",
    )


def cell_html(cell: Cell) -> Markup:
    """Return what stands in a cell: its text, and its remarks small behind it."""
    said = _text(cell)
    if cell.link:
        said = Html('<a href="{}">{}</a>').format(cell.link, said)
    if cell.lead:
        said = html(cell.lead) + MAY_BREAK + said
    return said + Html("").join(map(_tag, _remarks(cell)))


def rating_chip(rating: Rating, remark: str = "") -> Markup:
    """Return a rating: symbol and word, and why it cannot be judged or is 初步."""
    return Html(
        '<span class="pb-rating pb-{}"><span aria-hidden="true">{}</span> {}</span>{}'
    ).format(RATING_CLASSES[rating], rating.symbol, rating, _tag(html(remark)))


def quantity(number: str, unit: str) -> Markup:
    """Return a number that keeps its unit, small, beside it; of several words the first."""
    first, _, rest = unit.partition(" ")
    behind = behind_number(first)
    space = Html(" ") if behind.startswith(" ") else ""
    small = Html('{}<small class="pb-unit">{}</small>').format(space, behind) if unit else ""
    more = Html(' <small class="pb-unit pb-more">{}</small>').format(rest) if rest else ""
    return Html('<span class="pb-value">{}{}</span>{}').format(number, small, more)


def _text(cell: Cell) -> Markup:
    match cell.shown:
        case "rating":
            return rating_chip(Rating(cell.text))
        case "status":
            silent = cell.text == NOT_YET_REPORTED
            name = "silent" if silent else STATUS_CLASSES[cell.text]
            return Html('<span class="pb-status pb-{}">{}</span>').format(name, cell.text)
        case "quantity":
            return quantity(cell.text, cell.unit)
        case "period":
            return _breakable(cell.text)
        case "code":
            return Html('<code class="pb-sum">{}</code>').format(cell.text)
        case "symbol":
            return _symbol(cell.text)
        case _:
            return html(cell.text)


def _remarks(cell: Cell) -> list[Markup]:
    return [_breakable(cell.below), *map(_pieces, cell.notes), html(cell.mark)]


def _tag(remark: Markup) -> Markup:
    """Return a small remark behind a value; nothing for none."""
    return Html(' <small class="pb-tag">{}</small>').format(remark) if remark else Html("")


def _kept(parts: list[str]) -> Markup:
    """Return text that breaks only between its parts."""
    return MAY_BREAK.join(Html('<span class="pb-kept">{}</span>').format(p) for p in parts)


def _pieces(text: str) -> Markup:
    return _kept(text.split("|"))


def _breakable(label: str) -> Markup:
    """Return a period: 2025年1月—2026年9月 may break in its middle, 2026年1—9月 not."""
    return _kept(period_parts(label))


def period_parts(label: str) -> list[str]:
    """Return a period in the parts between which it may break."""
    first, dash, second = label.partition("月—")
    return [part for part in (first + dash, second) if part]


def _symbol(latex: str) -> Markup:
    """Return a symbol with its indices: the little that the formulas use of LaTeX."""
    safe = str(html(latex.replace(",\\ ", "、").replace("-", " − ")))
    return Html(_SUB.sub(r"<sub>\1</sub>", _SUP.sub(r"<sup>\1</sup>", safe)))


def _head(column: Column) -> Markup:
    words = MAY_BREAK.join(column.head.split("|"))
    return Html('<th scope="col" class="pb-{}">{}</th>').format(column.align, words)


@dataclass(frozen=True)
class _Rows:
    """How the rows of a table are shown; `prose`: which columns hold sentences."""

    columns: Sequence[Column]
    sortable: bool
    prose: frozenset[int]

    def body(self, group: Rows) -> Markup:
        rows = []
        if group.heading:
            heading = '<tr class="pb-group"><th scope="rowgroup" colspan="{}">{}</th></tr>'
            rows.append(Html(heading).format(len(self.columns), group.heading))
        for n, (head, *others) in enumerate(group.rows):
            level = group.levels[n] if group.levels else 0
            names = " ".join(filter(None, ("pb-sub" if level else "", _wide(head))))
            kind = Html(' class="{}"').format(names) if names else ""
            first = Html('<th scope="row"{}{}>{}</th>').format(_sort(head), kind, cell_html(head))
            cells = (self._cell(cell, k) for k, cell in enumerate(others, start=1))
            data = _data(group.data[n]) if group.data else ""
            rows.append(Html("<tr{}>{}{}</tr>").format(data, first, Html("").join(cells)))
        return Html("<tbody>\n{}\n</tbody>").format(lines(rows))

    def _cell(self, cell: Cell, column: int) -> Markup:
        # A sorter must not take 「—」 for a word: an empty key says that there is nothing.
        nothing = self.sortable and cell.text == ABSENT and cell.says_nothing
        key = Html(' data-sort=""') if nothing else _sort(cell)
        prose = "pb-prose" if column in self.prose else ""
        classes = (f"pb-{self.columns[column].align}", prose, _wide(cell))
        names = " ".join(filter(None, classes))
        return Html('<td class="{}"{}>{}</td>').format(names, key, cell_html(cell))


def _wide(cell: Cell) -> str:
    """Return the class of a cell with a long Latin word, which is not broken for want of room."""
    return "pb-wide" if _LONG_WORD.search(cell.text) else ""


def _sort(cell: Cell) -> Markup:
    return Html(' data-sort="{}"').format(cell.key) if cell.key else Html("")


def _data(data: Mapping[str, str]) -> Markup:
    return Html("").join(Html(' data-{}="{}"').format(name, value) for name, value in data.items())


def _prose(columns: Sequence[Column], groups: Sequence[Rows]) -> frozenset[int]:
    """Return which columns hold sentences."""
    rows = [row for group in groups for row in group.rows]
    return frozenset(
        n
        for n, column in enumerate(columns)
        if column.align == "text" and any(len(row[n].said) > PROSE for row in rows)
    )
