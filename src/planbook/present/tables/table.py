"""Tables as what they say: cells with value, unit, remarks, link and sort key, in aligned columns.

A cell is made by one of the functions here. `table_html` shows a table on pages and in JupyterLab;
a notebook keeps the table itself beside that, as JSON under `MIME`, for paper and other media.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

from markupsafe import Markup
from pydantic import ConfigDict, TypeAdapter, ValidationError

from planbook.errors import UsageError
from planbook.present.numbers import ABSENT, spoken_unit
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.present.tables.table_html import table_html
from planbook.vocabulary import MeasureStatus, Rating, SubmissionState

MIME = "application/vnd.planbook.table+json"
VERSION = 1  # of the JSON; a change that older programs would print wrongly raises it

Align = Literal["text", "target", "period", "number", "mark"]
Shown = Literal["words", "quantity", "period", "rating", "status", "code", "symbol"]
_NOTHING_ELSE = ConfigDict(extra="forbid")  # in JSON: what is not known would not be printed


@dataclass(frozen=True)
class Column:
    """A column: its head, in which a ``|`` marks where it may break, and how its cells are set."""

    __pydantic_config__: ClassVar = _NOTHING_ELSE
    head: str
    align: Align = "text"


@dataclass(frozen=True)
class Cell:
    """One cell; all its texts are plain, whatever is in them.

    Attributes
    ----------
    text
        What is printed; of a ``symbol`` its LaTeX.
    shown
        How: as words, as a number that keeps its unit beside it, as a period that may break after
        its dash, as the chip of a rating or a status, as code, or as a formula's symbol.
    value
        The number that `text` prints; `None`: it prints none. It sorts the cell.
    unit
        Small behind the number.
    lead
        Stands before the text, which then may begin a new line.
    link
        An address of ours that the text leads to.
    below, notes, mark
        Small remarks behind the text, in this order: its period, lines of their own in which a
        ``|`` marks where they may break, and a word.
    sort
        The key by which it sorts where that is neither its value nor its text.
    """

    __pydantic_config__: ClassVar = _NOTHING_ELSE
    text: str
    shown: Shown = "words"
    value: int | float | None = None
    unit: str = ""
    lead: str = ""
    link: str = ""
    below: str = ""
    notes: tuple[str, ...] = ()
    mark: str = ""
    sort: str = ""

    def __post_init__(self) -> None:
        if self.shown == "rating":
            Rating(self.text)

    @property
    def key(self) -> str:
        """What it sorts by; empty: its text."""
        return self.sort or ("" if self.value is None else repr(self.value))

    @property
    def said(self) -> str:
        """All its words, as they follow each other."""
        notes = (note.replace("|", "") for note in self.notes)
        remarks = (self.below, *notes, self.mark)
        return " ".join(filter(None, (self.lead + self.text + self.unit, *remarks)))

    @property
    def says_nothing(self) -> bool:
        """Whether it holds a dash at most."""
        return self in (Cell(""), Cell(ABSENT))


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

    __pydantic_config__: ClassVar = _NOTHING_ELSE
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

    __pydantic_config__: ClassVar = _NOTHING_ELSE
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

    @property
    def empty_words(self) -> str:
        """What is printed instead of a table without rows."""
        return f"{self.caption}：{self.empty}"

    def html(self) -> Markup:
        """Return the table in its scrolling box: a few lines, none of them blank."""
        return table_html(self)

    def to_json(self) -> dict[str, Any]:
        """Return the table as JSON; what is as it is by default is left out."""
        said = _adapter().dump_python(self, mode="json", exclude_defaults=True)
        return {"version": VERSION, **said}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Table:
        """Return the table that `to_json` wrote, of this version or an older one.

        Raises
        ------
        UsageError
            If a newer program wrote it, or if it is no table; the text says which.
        """
        said = dict(data)
        version = said.pop("version", None)
        if not isinstance(version, int):
            raise UsageError("表格的数据没有注明存储格式的版本")
        if version > VERSION:
            raise UsageError(f"表格的存储格式是第{version}版，本程序只认得第{VERSION}版及更早的")
        try:
            return _adapter().validate_python(said)
        except ValidationError as error:
            place = ".".join(map(str, error.errors()[0]["loc"]))
            raise UsageError(f"表格的数据读不出来（{place or '整体'}）") from error

    def __repr__(self) -> str:
        return f"{self.caption}（{self.count}行）"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {"text/html": str(self.html()), "text/plain": repr(self)}
        return {MIME: self.to_json(), **shown}, {}


@cache
def _adapter() -> TypeAdapter[Table]:
    return TypeAdapter(Table)


def words(text: str, *, sort: str = "", mark: str = "") -> Cell:
    """Return a cell of plain text; `mark` is a small word behind it."""
    return Cell(text, sort=sort, mark=mark)


def figure(text: str, value: float | None = None, mark: str = "", *, lead: str = "") -> Cell:
    """Return a cell with a printed number; `value` sorts it, `mark` is a small word behind it."""
    return Cell(text, value=value, lead=lead, mark=mark)


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
    said = tuple(filter(None, notes))
    return Cell(text, "quantity", value, spoken_unit(unit), below=below, notes=said, mark=mark)


def period(label: str, *, sort: str = "") -> Cell:
    """Return a period, a long one of which may break after its dash; 「—」 for none."""
    return Cell(label, "period", sort=sort) if label else Cell(ABSENT, sort=sort)


def link(text: str, address: str, remark: str = "") -> Cell:
    """Return a cell whose text leads to an address of ours."""
    return Cell(text, link=address, mark=remark)


def rating(value: Rating, remark: str = "") -> Cell:
    """Return a rating's cell; it sorts worst to best."""
    return Cell(str(value), "rating", mark=remark, sort=str(list(Rating).index(value)))


def status(value: str, *, stale: bool = False) -> Cell:
    """Return a measure's status; an empty one was never reported."""
    if not value:
        return Cell(NOT_YET_REPORTED, "status")
    return Cell(str(MeasureStatus(value)), "status", mark="沿用" if stale else "")


def state(value: SubmissionState) -> Cell:
    """Return where a unit stands in an edition; it sorts in the order of the states."""
    return Cell(str(value), "status", sort=str(list(SubmissionState).index(value)))


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
