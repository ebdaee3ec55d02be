"""Tables as what they say: cells in aligned columns, in groups of rows under a caption.

`table_html` shows a table on pages and in JupyterLab;
a notebook keeps the table itself beside that, as JSON under `MIME`, for paper and other media.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, ClassVar, TypeVar

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from planbook.errors import UsageError
from planbook.present.escaping import Html, lines
from planbook.present.say import table_words
from planbook.present.tables.cells import NOTHING_ELSE, Cell, Column, Rows, words
from planbook.present.tables.table_html import table_html

MIME = "application/vnd.planbook.table+json"
R = TypeVar("R")
Cells = Mapping[Column, Callable[[R], Cell | str]]  # by column, what a row says of it
VERSION = 1  # of the JSON; a change that older programs would print wrongly raises it


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

    __pydantic_config__: ClassVar = NOTHING_ELSE
    id: str
    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    note: str = ""
    empty: str = table_words.NO_RECORD
    sortable: bool = False

    def __post_init__(self) -> None:
        width = len(self.columns)
        if not width:
            raise ValueError(f"{self.id}: no columns")
        for group in self.groups:
            if any(len(row) != width for row in group.rows):
                raise ValueError(f"{self.id}: a row does not have {width} cells")

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def empty_words(self) -> str:
        """What is printed instead of a table without rows."""
        return table_words.named_text(self.caption, self.empty)

    def html(self) -> Markup:
        """Return the table in its scrolling box: a few lines, none of them blank."""
        if not self.count:
            return Html('<p class="pb-empty">{}</p>').format(self.empty_words)
        return table_html(
            self.columns,
            self.groups,
            id=self.id,
            caption=self.caption,
            note=self.note,
            sortable=self.sortable,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON; what is as it is by default is left out."""
        said = _adapter().dump_python(self, mode="json", exclude_defaults=True)
        return {"version": VERSION, **said}

    @staticmethod
    def from_json(data: object) -> Table:
        """Return the table that `to_json` wrote, of this version or an older one.

        Raises
        ------
        UsageError
            If a newer program wrote it, or if it is no table; the text says which.
        """
        if not isinstance(data, Mapping):
            raise UsageError(table_words.unreadable(""))
        said = dict(data)
        version = said.pop("version", None)
        if not isinstance(version, int):
            raise UsageError(table_words.NO_FORMAT)
        if version > VERSION:
            raise UsageError(table_words.newer_format(version, VERSION))
        try:
            return _adapter().validate_python(said)
        except ValidationError as error:
            place = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(table_words.unreadable(place)) from error

    def __repr__(self) -> str:
        return table_words.with_rows(self.caption, self.count)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {"text/html": str(self.html()), "text/plain": repr(self)}
        return {MIME: self.to_json(), **shown}, {}


@dataclass(frozen=True, repr=False)
class FoldedTable(Table):
    """A table whose groups are folded on pages, each behind its heading; paper shows them all.

    Attributes
    ----------
    unfolded
        The headings of groups that stand open.
    """

    unfolded: frozenset[str] = field(kw_only=True, default=frozenset())

    def html(self) -> Markup:
        """Return a box of folds under the table's own id and caption."""
        if not self.count:
            return super().html()
        box = Html('<div class="pb-folds" id="{}">\n{}\n</div>{}')
        note = Html('\n<p class="pb-note">{}</p>').format(self.note) if self.note else Html("")
        return box.format(self.id, lines(self._fold(n) for n in range(len(self.groups))), note)

    def _fold(self, number: int) -> Markup:
        group = self.groups[number]
        table = table_html(
            self.columns,
            (replace(group, heading=""),),
            id=f"{self.id}-{number + 1}",
            caption=table_words.named_text(self.caption, group.heading),
            note="",
            sortable=False,
        )
        fold = Html('<details class="pb-fold"{}><summary>{}</summary>\n{}\n</details>')
        stands = Html(" open") if group.heading in self.unfolded else Html("")
        return fold.format(stands, group.heading, table)


@cache
def _adapter() -> TypeAdapter[Table]:
    return TypeAdapter(Table)


@dataclass(frozen=True)
class Columns:
    """A table whose columns are as wide as these numbers are to each other."""

    table: Table
    widths: tuple[float, ...]


def plain(
    id: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Cell, ...]],
    *,
    note: str = "",
    empty: str = table_words.NO_RECORD,
) -> Table:
    """Return a table without groups."""
    return Table(id, caption, tuple(columns), (Rows(tuple(rows)),), note, empty)


def listing(
    id: str,
    caption: str,
    cells: Cells[R],
    items: Iterable[R],
    *,
    note: str = "",
    empty: str = table_words.NO_RECORD,
) -> Table:
    """Return a table without groups: a row an item, a column a function."""
    return plain(id, caption, tuple(cells), rows_of(cells, items), note=note, empty=empty)


def rows_of(cells: Cells[R], items: Iterable[R]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row an item; a cell that is text only is one of words."""
    return tuple(tuple(_cell(cell(item)) for cell in cells.values()) for item in items)


def without(cells: Cells[R], column: Column) -> dict[Column, Callable[[R], Cell | str]]:
    """Return the cells of all columns but one, which what stands around the table says already."""
    return {each: cell for each, cell in cells.items() if each is not column}


def _cell(said: Cell | str) -> Cell:
    return said if isinstance(said, Cell) else words(said)
