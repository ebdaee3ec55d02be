"""A `Table` on paper: cells as words in lines, numbers aligned, remarks below what they mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planbook.present.escaping import one_line
from planbook.present.palette import RATING_COLOURS
from planbook.present.tables.cells import Align, Cell, Column, Rows
from planbook.present.tables.table import Table
from planbook.present.tables.table_html import period_parts
from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Box, Grid, Group
from planbook.produce.pdf.setting.inline import MAY_BREAK, Inline, Span, set_inline
from planbook.produce.pdf.setting.tabular import set_grid
from planbook.produce.pdf.setting.typst_code import call
from planbook.vocabulary import Rating
from planbook.written_units import behind_number

_ALIGN: dict[Align, str] = {
    "text": "left",
    "target": "left",
    "period": "short",
    "mark": "short",
    "number": "number",
}
_INDENT = 1.2  # em


def set_table(table: Table, galley: Galley, widths: tuple[float, ...] = ()) -> str:
    """Return a table as an expression: note and source below it, or one line where it is empty.

    `widths` are its columns' to each other; default: as what stands in them asks for.
    """
    if not table.count:
        return call("par", set_inline(_words(table.empty_words), galley))
    notes = [set_inline(_words(table.note), galley)] if table.note else []
    source = [galley.text(galley.source)] if galley.source else []
    return set_grid(replace(grid_of(table), widths=widths), galley, [*notes, *source])


def grid_of(table: Table) -> Grid:
    """Return a table as it is set."""
    head = tuple(Box((tuple(_head(c.head)),), _ALIGN[c.align]) for c in table.columns)
    groups = tuple(_group(table.columns, group) for group in table.groups if group.rows)
    caption = tuple(_words(table.caption))
    return Grid(len(table.columns), (head,), groups, caption, one_line(table.id))


def _head(head: str) -> list[Inline]:
    """Return a head, which breaks only where its author says so, if that is anywhere."""
    parts = head.split("|")
    if len(parts) == 1:
        return _words(head)
    return [Span("kept", tuple(_words(part))) for part in parts]


def _group(columns: Sequence[Column], group: Rows) -> Group:
    levels = group.levels or (0,) * len(group.rows)
    rows = tuple(
        (
            Box(_lines(row[0], stacked=False), indent=_INDENT if level else 0.0),
            *(
                Box(_lines(cell, stacked=column.align != "text"), _ALIGN[column.align])
                for cell, column in zip(row[1:], columns[1:], strict=True)
            ),
        )
        for row, level in zip(group.rows, levels, strict=True)
    )
    return Group(tuple(_words(group.heading)), rows)


def _lines(cell: Cell, *, stacked: bool) -> tuple[tuple[Inline, ...], ...]:
    """Return a cell's words; `stacked`: its remarks stand on lines of their own."""
    said, remarks = _text(cell), _remarks(cell)
    if stacked:
        lines: list[tuple[Inline, ...]] = [tuple(said), *((remark,) for remark in remarks)]
        return tuple(line for line in lines if line) or ((),)
    for remark in remarks:
        if said and isinstance(said[-1], str):
            said[-1] += " "
        elif said:
            said.append(" ")
        said.append(remark)
    return (tuple(said),)


def _text(cell: Cell) -> list[Inline]:
    said = _shown(cell)
    if cell.link:
        said = [Span("link", tuple(said), one_line(cell.link))]
    return [*_words(cell.lead), MAY_BREAK, *said] if cell.lead else said


def _shown(cell: Cell) -> list[Inline]:
    match cell.shown:
        case "rating":
            rating = Rating(cell.text)
            chip = Span("ink", (rating.symbol, f" {rating}"), RATING_COLOURS[rating])
            return [Span("kept", (chip,))]
        case "status":
            return [Span("kept", tuple(_words(cell.text)))]
        case "quantity":
            return _quantity(cell)
        case "period":
            return _kept(period_parts(cell.text))
        case "code":
            return [Span("code", value=one_line(cell.text))]
        case "symbol":
            return [Span("math", value=one_line(cell.text))]
        case _:
            return _words(cell.text)


def _quantity(cell: Cell) -> list[Inline]:
    """Return a number that keeps its unit, small, beside it; of several words the first."""
    first, _, rest = cell.unit.partition(" ")
    behind = behind_number(first)
    space = (" ",) if behind.startswith(" ") else ()
    unit = (*space, Span("small", tuple(_words(behind)))) if cell.unit else ()
    more = (" ", Span("small", tuple(_words(rest)))) if rest else ()
    return [Span("kept", (*_words(cell.text), *unit)), *more]


def _remarks(cell: Cell) -> list[Span]:
    notes = (_kept(note.split("|")) for note in cell.notes)
    said = (_kept(period_parts(cell.below)), *notes, _words(cell.mark))
    return [Span("small", tuple(words)) for words in said if words]


def _kept(parts: Sequence[str]) -> list[Inline]:
    """Return text that breaks only between its parts."""
    words: list[Inline] = []
    for part in parts:
        words += [*([MAY_BREAK] if words else []), Span("kept", tuple(_words(part)))]
    return words


def _words(text: str) -> list[Inline]:
    shown = one_line(text)
    return [shown] if shown else []
