"""A table before it is set, and how wide its columns become: nothing is cut, numbers stand in line.

Widths are in em of the table's letters, measured in the font they are printed in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planbook.produce.pdf.setting.characters import width
from planbook.produce.pdf.setting.inline import Inline, extent, plain

PADDING = 0.42  # left and right of a cell: the template's, and a little for rounding
NARROW = 7.5  # running text is not set narrower than this where it can be helped
SHORT = 8.5  # a period or a status of this width stays on one line
LONG = 26.0  # beyond this, a column's text does not ask for more room
SIZES = (9.0, 8.5, 8.0, 7.5)  # printer's points, upright
SMALL_SIZES = (7.0, 6.5)  # of a table of few rows, rather than turning it
FEW = 8  # rows that fill less than half of a turned page
TURNED_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
NUMBER = re.compile(r"[−+-]?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True)
class Box:
    """A cell.

    `align` is ``left``, ``center``, ``right``; ``short``: left, and not broken where it is short;
    ``number``: aligned on the decimal point. `ground` is a colour in hexadecimal digits (empty:
    none), `bar` a colour and where, in % of the cell, it begins and ends.
    """

    lines: tuple[tuple[Inline, ...], ...]
    align: str = "left"
    columns: int = 1  # that it spans
    rows: int = 1
    indent: float = 0.0  # in em
    ground: str = ""
    bar: tuple[str, float, float] | None = None

    @property
    def number(self) -> re.Match[str] | None:
        """The number that the cell begins with, where it is one to be aligned."""
        if self.align != "number" or not self.lines:
            return None
        return NUMBER.match(plain(self.lines[0]))


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own, which is empty for none."""

    heading: tuple[Inline, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table: caption, rows of heads, and groups of rows. `columns` is its width in cells.

    `widths` are those of its columns to each other, where they are given.
    """

    columns: int
    head: tuple[tuple[Box, ...], ...]
    groups: tuple[Group, ...]
    caption: tuple[Inline, ...] = ()
    id: str = ""
    widths: tuple[float, ...] = ()

    def boxes(self) -> list[tuple[int, Box]]:
        """Return every cell with its column, spanned places taken into account."""
        found: list[tuple[int, Box]] = []
        for rows in (self.head, *(group.rows for group in self.groups)):
            taken: dict[int, int] = {}
            for row in rows:
                column = 0
                for box in row:
                    while taken.get(column, 0):
                        taken[column] -= 1
                        column += 1
                    found.append((column, box))
                    for place in range(column, column + box.columns):
                        if box.rows > 1:
                            taken[place] = box.rows - 1
                    column += box.columns
                while taken.get(column, 0):  # a cell from above reaches down at the row's end
                    taken[column] -= 1
                    column += 1
        return found

    def body(self) -> list[tuple[int, Box]]:
        """Return every cell below the head with its column."""
        return replace(self, head=()).boxes()


def with_numbers(grid: Grid) -> Grid:
    """Return a grid that does not say which columns are numbers with those that are aligned."""
    numeric = set(range(grid.columns))
    seen = set()
    for column, box in grid.body():
        text = " ".join(plain(line) for line in box.lines).strip()
        if text in {"", "—", "NaN", "None"}:
            continue
        seen.add(column)
        if not NUMBER.fullmatch(text.removesuffix("%").replace("-", "−", 1)):
            numeric.discard(column)
    chosen = numeric & seen
    aligned = iter([column in chosen and box.align == "left" for column, box in grid.boxes()])

    def row(boxes: Sequence[Box]) -> tuple[Box, ...]:
        return tuple(replace(b, align="number") if next(aligned) else b for b in boxes)

    head = tuple(map(row, grid.head))
    groups = tuple(Group(group.heading, tuple(map(row, group.rows))) for group in grid.groups)
    return replace(grid, head=head, groups=groups)


@dataclass(frozen=True)
class Decimal:
    """How the numbers of a column stand: room before and behind the decimal point, units too."""

    before: float
    behind: float

    @property
    def whole(self) -> float:
        """The width that every number of the column takes, with its unit."""
        return self.before + self.behind

    def lead(self, number: str) -> float:
        """Return the room to be left before a number."""
        return self.before - width(number.partition(".")[0])


@dataclass(frozen=True)
class Layout:
    """How a table is set: letters in points, columns in em, whether on a page that is turned."""

    size: float
    widths: tuple[float, ...]
    turned: bool
    decimals: tuple[Decimal | None, ...]


def laid_out(grid: Grid, upright: float, turned: float) -> Layout | None:
    """Return a table's layout where a page's text is so many points wide, upright and turned.

    `None`: even a turned page is too narrow.
    """
    decimals = tuple(_decimal(grid, column) for column in range(grid.columns))
    if grid.widths:
        whole = upright / SIZES[0] / sum(grid.widths)
        return Layout(SIZES[0], tuple(width * whole for width in grid.widths), False, decimals)
    wanted, least, firm = _extents(grid, decimals)
    sizes = [(upright, size, False) for size in SIZES]
    small = [(upright, size, False) for size in SMALL_SIZES]
    wide = [(turned, size, True) for size in TURNED_SIZES]
    choices = [(floors, *each) for floors in (least, firm) for each in (*sizes, *wide)]
    if sum(len(group.rows) for group in grid.groups) <= FEW:  # a page of its own would be empty
        choices[:0] = [(floors, *each) for floors in (least, firm) for each in (*sizes, *small)]
    for floors, room, size, is_turned in choices:
        free = room / size - 2 * PADDING * grid.columns
        if sum(floors) <= free:
            widths = _shared(wanted, floors, free)
            return Layout(size, tuple(w + 2 * PADDING for w in widths), is_turned, decimals)
    return None


def _extents(
    grid: Grid, decimals: Sequence[Decimal | None]
) -> tuple[list[float], list[float], list[float]]:
    """Return for each column what it would like, what it needs to read well, and what it must."""
    wanted, least, firm = ([0.0] * grid.columns for _ in range(3))
    heads = sum(map(len, grid.head))
    for at, (column, box) in enumerate(grid.boxes()):
        if box.columns > 1:
            continue
        if at < heads:
            full, kept = max(map(extent, box.lines), default=(0.0, 0.0))
            least[column] = max(least[column], kept, min(full, 4.2))
            firm[column] = max(firm[column], kept)
            wanted[column] = max(wanted[column], full)
            continue
        decimal = decimals[column]
        for n, line in enumerate(box.lines):
            full, kept = extent(line)
            number = box.number if n == 0 else None
            if decimal and number:
                full = kept = decimal.whole
            full, kept = full + box.indent, kept + box.indent
            wanted[column] = max(wanted[column], full)
            if box.align == "short" and full <= SHORT:
                kept = full
            easy = full if box.align == "number" and n == 0 else min(full, NARROW)
            least[column] = max(least[column], kept, easy)
            firm[column] = max(firm[column], kept)
    return wanted, least, firm


def _shared(wanted: Sequence[float], floors: Sequence[float], free: float) -> list[float]:
    """Share the room out: each column its floor, the rest to those that would like more."""
    wishes = [min(w, max(LONG, f)) - f for w, f in zip(wanted, floors, strict=True)]
    rest = free - sum(floors)
    if sum(wishes) <= rest:  # room for all; what remains goes to the columns of running text
        spare = rest - sum(wishes)
        weights = [w if w >= NARROW * 1.5 else 0.0 for w in wanted]
        if not sum(weights):
            weights = [max(w, 1.0) for w in wanted]
        share = spare / sum(weights)
        wanting = zip(floors, wishes, weights, strict=True)
        return [floor + wish + share * weight for floor, wish, weight in wanting]
    share = rest / sum(wishes)
    return [floor + wish * share for floor, wish in zip(floors, wishes, strict=True)]


def _decimal(grid: Grid, column: int) -> Decimal | None:
    before = behind = 0.0
    for at, box in grid.body():  # a head may begin with a number
        number = box.number if at == column and box.columns == 1 else None
        if number:
            whole = width(number[0].partition(".")[0])
            before = max(before, whole)
            behind = max(behind, extent(box.lines[0])[0] - whole)
    return Decimal(before, behind) if before else None
