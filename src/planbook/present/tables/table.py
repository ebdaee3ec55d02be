"""Tables as accessible, escaped HTML that reads the same in the book, in JupyterLab and in the PDF.

`Table` is the object; a cell is made by one of the functions here, all of which escape. The style
sheet sets numbers right-aligned in tabular figures; a wide table scrolls in its own box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from planbook.present.escaping import html
from planbook.present.numbers import ABSENT, with_unit
from planbook.present.palette import RATING_CLASSES, STATUS_CLASSES
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.vocabulary import MeasureStatus, Rating

Align = Literal["text", "target", "period", "number", "mark"]

PROSE = 12  # characters: from here on a column holds sentences, and is given room for them


@dataclass(frozen=True)
class Column:
    """A column: its head, in which a ``|`` marks where it may break, and how its cells are set."""

    head: str
    align: Align = "text"

    def html(self) -> str:
        return html(self.head).replace("|", "<wbr>")


@dataclass(frozen=True)
class Cell:
    """One cell: safe HTML, and the key by which it sorts where that is not its text."""

    content: str
    sort: str = ""


@dataclass(frozen=True)
class Rows:
    """Rows under one heading; an empty heading is not printed.

    Attributes
    ----------
    levels
        1 indents a row's head. Empty: none.
    data
        Each row's ``data-`` attributes, by which a script filters. Empty: none.
    """

    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    levels: tuple[int, ...] = ()
    data: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A captioned table. The first cell of a row is its header.

    Attributes
    ----------
    id
        Name in the page, unique there.
    groups
        At least one; a table without rows prints `empty` instead.
    note
        A line under the table: units, source, marks. Plain text.
    sortable
        Whether readers may sort it, where scripts run: by the heads, empty cells last.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    note: str = ""
    empty: str = "没有记录。"
    sortable: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        for group in self.groups:
            if any(len(row) != width for row in group.rows):
                raise ValueError(f"{self.id}: a row does not have {width} cells")

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    def html(self) -> str:
        """Return the table in its scrolling box: a few lines, none of them blank."""
        caption = html(self.caption)
        if not self.count:
            return f'<p class="pb-empty">{caption}：{html(self.empty)}</p>'
        head = "".join(
            f'<th scope="col" class="pb-{column.align}">{column.html()}</th>'
            for column in self.columns
        )
        prose = self._prose()
        bodies = "\n".join(self._body(group, prose) for group in self.groups if group.rows)
        classes = "pb-table sortable asc n-last" if self.sortable else "pb-table"
        note = f'\n<p class="pb-note">{html(self.note)}</p>' if self.note else ""
        return (
            f'<div class="pb-scroll" role="region" tabindex="0" aria-label="{caption}">\n'
            f'<table class="{classes}" id="{html(self.id)}">\n<caption>{caption}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n{bodies}\n</table>\n</div>{note}"
        )

    def _prose(self) -> frozenset[int]:
        """Return which columns hold sentences."""
        rows = [row for group in self.groups for row in group.rows]
        return frozenset(
            n
            for n, column in enumerate(self.columns)
            if column.align == "text" and any(len(_bare(row[n])) > PROSE for row in rows)
        )

    def _body(self, group: Rows, prose: frozenset[int]) -> str:
        lines = []
        if group.heading:
            span = len(self.columns)
            lines.append(
                f'<tr class="pb-group"><th scope="rowgroup" colspan="{span}">'
                f"{html(group.heading)}</th></tr>"
            )
        for n, row in enumerate(group.rows):
            level = group.levels[n] if group.levels else 0
            cells = [self._cell(cell, k, prose) for k, cell in enumerate(row)]
            indent = ' class="pb-sub"' if level else ""
            first = f'<th scope="row"{_sort(row[0])}{indent}>{row[0].content}</th>'
            data = group.data[n] if group.data else {}
            lines.append(f"<tr{_data(data)}>{first}{''.join(cells[1:])}</tr>")
        return "<tbody>\n" + "\n".join(lines) + "\n</tbody>"

    def _cell(self, cell: Cell, column: int, prose: frozenset[int]) -> str:
        # A sorter must not take 「—」 for a word: an empty key says that there is nothing.
        nothing = self.sortable and not cell.sort and cell.content == ABSENT
        key = ' data-sort=""' if nothing else _sort(cell)
        wide = " pb-prose" if column in prose else ""
        return f'<td class="pb-{self.columns[column].align}{wide}"{key}>{cell.content}</td>'

    def __repr__(self) -> str:
        return f"{self.caption}（{self.count}行）"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html(), "text/plain": repr(self)}
        return data, {"planbook": {"kind": "table", "id": self.id, "caption": self.caption}}


def words(text: str, *, sort: str = "") -> Cell:
    """Return a cell of plain text."""
    return Cell(html(text), sort)


def figure(text: str, value: float | None = None, mark: str = "") -> Cell:
    """Return a cell with a printed number; `value` sorts it, `mark` is a small word behind it."""
    return Cell(html(text) + _tag(html(mark)), "" if value is None else repr(value))


def measured(
    text: str,
    unit: str,
    value: float | None,
    *,
    mark: str = "",
    below: str = "",
    notes: Sequence[str] = (),
) -> Cell:
    """Return a cell with a printed number and its unit, small; what else is said stands below it.

    The unit stays with the number also where a column is narrow.

    Parameters
    ----------
    below
        The period.
    notes
        Lines of their own, in which a ``|`` marks where they may break.
    """
    small = f'<small class="pb-unit">{html(with_unit("", unit))}</small>' if unit else ""
    tags = "".join(map(_tag, (_breakable(below), *map(_pieces, filter(None, notes)), html(mark))))
    return Cell(
        f'<span class="pb-value">{html(text)}{small}</span>{tags}',
        "" if value is None else repr(value),
    )


def period(label: str, *, sort: str = "") -> Cell:
    """Return a period, a long one of which may break after its dash; 「—」 for none."""
    return Cell(_breakable(label) or ABSENT, sort)


def link(text: str, address: str, remark: str = "") -> Cell:
    """Return a cell whose text leads to an address of ours."""
    return Cell(f'<a href="{html(address)}">{html(text)}</a>{_tag(html(remark))}')


def rating_chip(rating: Rating, remark: str = "") -> str:
    """Return a rating as HTML: symbol and word, and why it cannot be judged or is 初步."""
    return (
        f'<span class="pb-rating pb-{RATING_CLASSES[rating]}">'
        f'<span aria-hidden="true">{rating.symbol}</span> {rating}</span>{_tag(html(remark))}'
    )


def rating(value: Rating, remark: str = "") -> Cell:
    """Return a rating's cell; it sorts worst to best."""
    return Cell(rating_chip(value, remark), str(list(Rating).index(value)))


def status(value: str, *, stale: bool = False) -> Cell:
    """Return a measure's status; an empty one was never reported."""
    if not value:
        return Cell(f'<span class="pb-status pb-silent">{NOT_YET_REPORTED}</span>', "")
    known = MeasureStatus(value)
    old = ' <small class="pb-tag">沿用</small>' if stale else ""
    return Cell(f'<span class="pb-status pb-{STATUS_CLASSES[known]}">{known}</span>{old}')


def plain(
    id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    *,
    note: str = "",
    empty: str = "没有记录。",
) -> Table:
    """Return a table without groups."""
    return Table(id, caption, tuple(columns), (Rows(tuple(rows)),), note, empty)


def _tag(safe: str) -> str:
    """Return a small remark behind a value; nothing for none."""
    return f' <small class="pb-tag">{safe}</small>' if safe else ""


def _pieces(text: str) -> str:
    """Return text that breaks only where a ``|`` stands."""
    return "<wbr>".join(f'<span class="pb-kept">{html(part)}</span>' for part in text.split("|"))


def _bare(cell: Cell) -> str:
    return re.sub("<[^>]*>", "", cell.content)


def _sort(cell: Cell) -> str:
    return f' data-sort="{html(cell.sort)}"' if cell.sort else ""


def _data(data: Mapping[str, str]) -> str:
    return "".join(f' data-{name}="{html(value)}"' for name, value in data.items())


def _breakable(label: str) -> str:
    """Return a period as HTML: 2025年1月—2026年9月 may break in its middle, 2026年1—9月 not."""
    first, dash, second = html(label).partition("月—")
    parts = [first + dash, second] if dash else [first]
    return "<wbr>".join(f'<span class="pb-kept">{part}</span>' for part in parts if part)
