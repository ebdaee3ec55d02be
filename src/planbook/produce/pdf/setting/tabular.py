"""A table's Typst: three rules, a head repeated on every page, numbers aligned on the decimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planbook.produce.pdf.setting.galley import Galley
from planbook.produce.pdf.setting.grid import Box, Decimal, Grid, Group, Layout, laid_out
from planbook.produce.pdf.setting.inline import plain, set_inline
from planbook.produce.pdf.setting.typst_code import array, call, joined, literal

UPRIGHT = (210 - 2 * 26) / 25.4 * 72  # printer's points between the margins; as in the template
TURNED = (297 - 2 * 26) / 25.4 * 72

WIDE = ("wide", "chapter-title", "running")  # what sets a table on a page that is turned
TURNED_PAGE = f"{call(*WIDE).removesuffix(')')}, "


def set_grid(grid: Grid, galley: Galley, under: Sequence[str] = ()) -> str:
    """Return a table as an expression; those in `under` are printed below it, a line each."""
    layout = laid_out(
        grid, UPRIGHT * (0.85 if galley.nested else 1), 0 if galley.nested else TURNED
    )
    name = plain(grid.caption) or "没有标题的表"
    if layout is None:
        return galley.problem(
            f"表「{name}」有{grid.columns}列，横排也放不下", "减少列数，或者拆成两张表"
        )
    for _, box in grid.boxes():
        galley.notes.shown.append(galley.printable("\n".join(map(plain, box.lines))))
    head = (_cell(box, 0, layout, galley, head=True) for row in grid.head for box in row)
    cells = ["thick", call("table.header", *head, repeat="true"), "thin"]
    for number, group in enumerate(grid.groups):
        cells += _group(grid, group, layout, galley, first=number == 0)
    cells.append(_foot(grid, under) if under else "thick")
    widths = array(f"{column:.3f}em" for column in layout.widths)
    rows = call("rows", f"{layout.size:g}pt", widths, *cells)
    caption = set_inline(grid.caption, galley) if grid.caption else "none"
    label = galley.target(grid.id) if grid.id else ""
    body = call("captioned-table", rows, caption, literal(label) if label else "none")
    return call(*WIDE, body) if layout.turned else body


def _foot(grid: Grid, under: Sequence[str]) -> str:
    """Return the last rule and what stands below it, on each page of a table that goes on.

    Repeated it cannot come to stand alone on the next page.
    """
    said = call("foot-note", _lines(under))
    cell = call("table.cell", said, colspan=str(grid.columns), inset="foot-inset", align="left")
    return call("table.footer", "thick", cell, repeat="true")


def _lines(parts: Sequence[str]) -> str:
    """Return expressions, each on a line of its own."""
    broken = [piece for part in parts for piece in ("linebreak()", part)]
    return joined(broken[1:])


def _group(grid: Grid, group: Group, layout: Layout, galley: Galley, *, first: bool) -> list[str]:
    cells = []
    if group.heading:
        heading = call(
            "table.cell",
            call("text", set_inline(group.heading, galley), size="1.04em"),
            colspan=str(grid.columns),
            fill="band",
        )
        cells += [] if first else ["thin"]
        cells += [call("table.header", heading, level="2", repeat="true")]
        galley.notes.shown.append(galley.printable(plain(group.heading)))
    places = iter(replace(grid, groups=(group,)).body())
    for number, row in enumerate(group.rows):
        if number:
            cells.append("hair")
        cells += [_cell(box, next(places)[0], layout, galley) for box in row]
    return cells


def _cell(box: Box, column: int, layout: Layout, galley: Galley, *, head: bool = False) -> str:
    decimal = layout.decimals[column]
    lines: list[str] = []
    for n, line in enumerate(box.lines):
        words = set_inline(line, galley)
        number = box.number if n == 0 else None
        if number and decimal and not head:
            words = _aligned(words, number[0], decimal)
        lines.append(words)
    content = _lines(lines)
    if box.indent:
        content = joined([f"h({box.indent:g}em)", content])
    options = {}
    align = {"number": "right", "center": "center", "right": "right"}.get(box.align)
    if align:
        options["align"] = f"{align} + {'bottom' if head else 'horizon'}"
    elif head:
        options["align"] = "left + bottom"
    if box.columns > 1:
        options["colspan"] = str(box.columns)
    if box.rows > 1:
        options["rowspan"] = str(box.rows)
    if box.bar or box.ground:
        options["fill"] = _ground(box)
    return call("table.cell", content, **options) if options else _content(content)


def _ground(box: Box) -> str:
    """Return what is behind a cell: a colour, and a bar on it."""
    ground = call("rgb", literal(box.ground or "#ffffff"))
    if box.bar is None:
        return ground
    colour, start, end = call("rgb", literal(box.bar[0])), *box.bar[1:]
    stops = ((ground, 0), (ground, start), (colour, start), (colour, end), (ground, end))
    shown = (f"({paint}, {place:g}%)" for paint, place in (*stops, (ground, 100)))
    return call("gradient.linear", *shown)


def _content(code: str) -> str:
    return f"[#{code}]" if code.startswith(("{", '"')) else code


def _aligned(words: str, number: str, decimal: Decimal) -> str:
    """Return a number in a box as wide as every number of its column, at its place there."""
    spaced = joined([f"h({decimal.lead(number):.3f}em)", words])
    return call("box", call("align", "left", spaced), width=f"{decimal.whole:.3f}em")
