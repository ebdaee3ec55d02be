"""Cells of tables as what they say: a value with its unit, remarks, link and sort key.

A cell is made by one of the functions here. `planbook.present.tables.table` puts cells together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from planbook.present.escaping import one_line
from planbook.present.numbers import ABSENT, spoken_unit
from planbook.present.palette import STATUS_CLASSES
from planbook.present.say.wording import NOT_YET_REPORTED
from planbook.vocabulary import MeasureStatus, Rating, SubmissionState
from planbook.written_units import behind_number

Align = Literal["text", "target", "period", "number", "mark"]
Shown = Literal["words", "quantity", "period", "rating", "status", "code", "symbol"]
NOTHING_ELSE = ConfigDict(extra="forbid")  # in JSON: what is not known would not be printed
_ELSEWHERE = re.compile(r"[^/?#]*:|[/\\]{2}")  # a scheme, or another host
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True)
class Column:
    """A column: its head, in which a ``|`` marks where it may break, and how its cells are set."""

    __pydantic_config__: ClassVar = NOTHING_ELSE
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

    __pydantic_config__: ClassVar = NOTHING_ELSE
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
        if self.shown == "status" and self.text not in (NOT_YET_REPORTED, *STATUS_CLASSES):
            raise ValueError(f"{self.text!r} is no status")
        if self.link and _ELSEWHERE.match(one_line(self.link)):
            raise ValueError(f"{self.link!r} is no address of ours")

    @property
    def key(self) -> str:
        """What it sorts by; empty: its text."""
        return self.sort or ("" if self.value is None else repr(self.value))

    @property
    def said(self) -> str:
        """All its words, as they follow each other."""
        notes = (note.replace("|", "") for note in self.notes)
        remarks = (self.below, *notes, self.mark)
        return " ".join(filter(None, (self.lead + self.text + behind_number(self.unit), *remarks)))

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

    __pydantic_config__: ClassVar = NOTHING_ELSE
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    levels: tuple[int, ...] = ()
    data: tuple[Mapping[str, str], ...] = ()

    def __post_init__(self) -> None:
        for each in filter(None, (self.levels, self.data)):
            if len(each) != len(self.rows):
                raise ValueError(f"{len(self.rows)} rows, but something of {len(each)}")
        strange = [name for row in self.data for name in row if not _ATTRIBUTE.fullmatch(name)]
        if strange:
            raise ValueError(f"{strange[0]!r} is no name of an attribute")


def words(text: str, *, sort: str = "", mark: str = "") -> Cell:
    """Return a cell of plain text; `mark` is a small word behind it."""
    return Cell(text, sort=sort, mark=mark)


def figure(text: str, value: float | None = None, mark: str = "", *, lead: str = "") -> Cell:
    """Return a cell with a printed number; `value` sorts it, `mark` is a small word behind it."""
    return Cell(text, value=value, lead=lead, mark=mark)


def counted(amount: int) -> Cell:
    """Return a cell with a number of things."""
    return figure(str(amount), amount)


def counted_if_any(amount: int, mark: str = "") -> Cell:
    """Return a cell with a number of things, a dash for none: most cells of such a table."""
    return figure(str(amount) if amount else ABSENT, amount, mark)


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


def state(value: SubmissionState, mark: str = "") -> Cell:
    """Return where a unit stands in an edition; it sorts in the order of the states."""
    return Cell(str(value), "status", mark=mark, sort=str(list(SubmissionState).index(value)))
