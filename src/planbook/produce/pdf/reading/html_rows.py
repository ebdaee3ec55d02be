"""HTML tables as grids: which cells are numbers, where lines break, what heads the groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bs4.element import PageElement, Tag

from planbook.produce.pdf.setting.grid import NUMBER, Box, Grid, Group
from planbook.produce.pdf.setting.inline import MAY_BREAK, Inline, Span, plain, trimmed

Reader = Callable[[Iterable[PageElement]], list[Inline]]
_ALIGN = {"pb-number": "number", "pb-mark": "short", "pb-text": "left", "pb-period": "short"}
_STACKED = {
    "pb-number",
    "pb-mark",
    "pb-target",
    "pb-period",
}  # their small words stand on lines of their own


def grid_of(table: Tag, read: Reader) -> Grid:
    """Return a table element as a grid; `read` turns elements into words within a line."""
    caption = table.find("caption")
    head = [
        tuple(_box(cell, read, head=True) for cell in _cells(row))
        for part in table.find_all("thead", recursive=False)
        for row in part.find_all("tr", recursive=False)
    ]
    groups = []
    for body in table.find_all(["tbody", "tfoot"], recursive=False) or [table]:
        groups += _groups(body.find_all("tr", recursive=False), read)
    every = [*head, *(row for group in groups for row in group.rows)]
    columns = max((sum(box.columns for box in row) for row in every), default=1)
    grid = Grid(
        columns=columns,
        head=tuple(head),
        groups=tuple(groups),
        caption=tuple(read(caption.contents)) if isinstance(caption, Tag) else (),
        id=str(table.get("id", "")),
    )
    return grid if table.find(class_=list(_ALIGN)) else with_numbers(grid)


def with_numbers(grid: Grid) -> Grid:
    """Return a grid that does not say which columns are numbers with those that are aligned."""
    numeric = set(range(grid.columns))
    body = Grid(grid.columns, (), grid.groups).boxes()
    seen = set()
    for column, box in body:
        text = " ".join(plain(line) for line in box.lines).strip()
        if text in {"", "—", "NaN", "None"}:
            continue
        seen.add(column)
        if not NUMBER.fullmatch(text.removesuffix("%").replace("-", "−", 1)):
            numeric.discard(column)
    chosen = numeric & seen
    aligned = iter([column in chosen and box.align == "left" for column, box in grid.boxes()])

    def row(boxes: Sequence[Box]) -> tuple[Box, ...]:
        return tuple(
            Box(b.lines, "number", b.columns, b.rows, b.indent) if next(aligned) else b
            for b in boxes
        )

    head = tuple(row(boxes) for boxes in grid.head)
    groups = tuple(Group(g.heading, tuple(row(boxes) for boxes in g.rows)) for g in grid.groups)
    return Grid(grid.columns, head, groups, grid.caption, grid.id)


def _groups(rows: Iterable[Tag], read: Reader) -> list[Group]:
    groups: list[tuple[tuple[Inline, ...], list[tuple[Box, ...]]]] = []
    for row in rows:
        cells = _cells(row)
        if len(cells) == 1 and cells[0].get("scope") == "rowgroup":
            groups.append((tuple(read(cells[0].contents)), []))
            continue
        if not groups:
            groups.append(((), []))
        groups[-1][1].append(tuple(_box(cell, read) for cell in cells))
    return [Group(heading, tuple(boxes)) for heading, boxes in groups if boxes or heading]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(["th", "td"], recursive=False))


def _box(cell: Tag, read: Reader, *, head: bool = False) -> Box:
    classes = set(cell.get_attribute_list("class"))
    align = next((_ALIGN[name] for name in sorted(classes) if name in _ALIGN), "left")
    words = _segments(read(cell.contents)) if head else read(cell.contents)
    stacked = bool(classes & _STACKED) and not head
    return Box(
        lines=tuple(tuple(line) for line in _lines(words, stacked=stacked)),
        align=align,
        columns=_span(cell, "colspan"),
        rows=_span(cell, "rowspan"),
        indent=1.2 if "pb-sub" in classes else 0.0,
    )


def _segments(words: Sequence[Inline]) -> list[Inline]:
    """Return a head that breaks only where its author says so, if that is anywhere."""
    if MAY_BREAK not in words:
        return list(words)
    parts: list[list[Inline]] = [[]]
    for word in words:
        if word == MAY_BREAK:
            parts.append([])
        else:
            parts[-1].append(word)
    return [Span("kept", tuple(part)) for part in parts if part]


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name, "1"))
    return int(given) if given.isdigit() else 1


def _lines(words: Sequence[Inline], *, stacked: bool) -> list[list[Inline]]:
    """Split words at line breaks, and before a small remark where those stand below."""
    lines: list[list[Inline]] = [[]]
    for word in words:
        remark = isinstance(word, Span) and word.kind == "small"
        if isinstance(word, Span) and word.kind == "break":
            lines.append([])
        elif remark and stacked and trimmed(lines[-1]):
            lines.append([word])
        else:
            lines[-1].append(word)
    return [trimmed(line) for line in lines]
