"""A contract of a frame: its columns, types and key, checked when made and when read back.

Saved as CSV: text that people and other tools can read, and numbers that come back to the last bit.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import NoneType
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    Literal,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:  # imported where frames are made: who only knows their rows does not wait for it
    import pandas as pd

Dtype = Literal["str", "float64", "bool", "int64"]
TEXT: Dtype = "str"
NUMBER: Dtype = "float64"
FLAG: Dtype = "bool"
COUNT: Dtype = "int64"
_NOTHING: dict[Dtype, Any] = {TEXT: "", NUMBER: math.nan, FLAG: False, COUNT: 0}
Row = TypeVar("Row")
Number: TypeAlias = float | None


@dataclass(frozen=True)
class Contract(Generic[Row]):
    """The columns of a frame in order with their types, and the columns that identify a row.

    Attributes
    ----------
    row
        A frozen dataclass: its fields are the columns. Numbers, flags and counts stay what they
        are; all else is text in the frame, and itself in the row.
    """

    name: str
    row: type[Row]
    key: tuple[str, ...]

    @cached_property
    def columns(self) -> Mapping[str, Dtype]:
        """The type of each column in the frame."""
        return {name: column.dtype for name, column in self._columns.items()}

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        return {name: Column.of(hint) for name, hint in get_type_hints(self.row).items()}

    def frame(self, rows: Iterable[Row | Mapping[str, Any]] | pd.DataFrame) -> pd.DataFrame:
        """Return the rows, in the caller's order, as a frame of this contract.

        Raises
        ------
        ValueError
            If a column is missing or unknown, or two rows have one key.
        """
        import pandas as pd  # noqa: PLC0415

        given = rows if isinstance(rows, pd.DataFrame) else list(rows)
        if isinstance(given, list) and all(isinstance(row, self.row) for row in given):
            typed = self._written(given)
        elif isinstance(given, pd.DataFrame) and self._conforms(given):
            typed = given.reset_index(drop=True)
        else:
            typed = self._conformed(pd.DataFrame(given))
        self._refuse_twins(typed)
        return typed

    def rows(self, frame: pd.DataFrame) -> tuple[Row, ...]:
        """Return the rows of a frame of this contract, in its order, as objects."""
        columns = [column.read(frame[name].tolist()) for name, column in self._columns.items()]
        return tuple(
            self.row(**dict(zip(self._columns, values, strict=True)))
            for values in zip(*columns, strict=True)
        )

    def _written(self, rows: Sequence[Any]) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame(
            {
                name: pd.Series(
                    column.write([getattr(row, name) for row in rows]), dtype=column.dtype
                )
                for name, column in self._columns.items()
            }
        )

    def _conforms(self, frame: pd.DataFrame) -> bool:
        """Tell whether a frame is of this contract already, as one that was made or read by it."""
        return list(frame.columns) == list(self.columns) and all(
            frame[column].dtype == kind and not (kind == TEXT and frame[column].hasnans)
            for column, kind in self.columns.items()
        )

    def _conformed(self, frame: pd.DataFrame) -> pd.DataFrame:
        missing = [column for column in self.columns if column not in frame.columns]
        unknown = [column for column in frame.columns if column not in self.columns]
        if missing or unknown:
            raise ValueError(f"{self.name}: columns missing {missing}, unknown {unknown}")
        typed = frame[list(self.columns)].reset_index(drop=True)
        for column, kind in self.columns.items():
            if kind == TEXT:
                values = typed[column].astype(object)
                typed[column] = values.where(values.notna(), "").map(str).astype("str")
            else:
                typed[column] = typed[column].astype(kind)
        return typed

    def _refuse_twins(self, frame: pd.DataFrame) -> None:
        if not self.key or len(frame) < 2:
            return
        twice = frame.duplicated(list(self.key), keep=False)
        if twice.any():
            rows = frame.loc[twice, list(self.key)].to_string(index=False)
            raise ValueError(f"{self.name}: rows share a key\n{rows}")

    def to_csv(self, frame: pd.DataFrame, *, bom: bool = False) -> bytes:
        """Return the frame as CSV with ``\\n`` line ends; `bom` marks UTF-8 for Excel."""
        text = self.frame(frame).to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8-sig" if bom else "utf-8")

    def read(self, path: Path) -> pd.DataFrame:
        """Read what `to_csv` wrote.

        Raises
        ------
        ValueError
            If the file is not of this contract: other columns, a word for a number, a key twice.
        """
        read = self._parsed(path)
        if list(read.columns) != list(self.columns) or read.empty:
            return self.frame(read)  # says what is wrong; an empty column has no type yet
        self._refuse_twins(read)
        return read

    def read_old(self, path: Path) -> pd.DataFrame:
        """Read what `to_csv` of an earlier or later version wrote.

        A column that it did not know is empty, one that is known no more is left out; of a table
        that there was not yet there are no rows.
        """
        if not path.exists():
            return self.frame([])
        read = self._parsed(path)
        for column, kind in self.columns.items():
            if column not in read.columns:
                read[column] = _NOTHING[kind]
        return self.frame(read[list(self.columns)])

    def _parsed(self, path: Path) -> pd.DataFrame:
        import pandas as pd  # noqa: PLC0415

        return pd.read_csv(
            io.StringIO(path.read_text(encoding="utf-8-sig")),
            dtype=dict(self.columns),
            keep_default_na=False,
            na_values={c: [""] for c, kind in self.columns.items() if kind != TEXT},
        )


@dataclass(frozen=True)
class Column:
    """How a field of a row stands in a frame; the one place where ``None`` becomes NaN or ""."""

    dtype: Dtype
    parse: Callable[[str], Any] = str
    several: bool = False  # words separated by spaces

    @classmethod
    def of(cls, hint: Any) -> Column:
        """Return how a field with this type hint is written and read."""
        inner = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
        if get_origin(hint) is tuple:
            return cls(TEXT, _parser(inner[0]), several=True)
        if hint in _PLAIN:
            return cls(_PLAIN[hint])
        if inner == [float]:
            return cls(NUMBER)
        return cls(TEXT, _parser(inner[0] if inner else hint))

    def write(self, values: list[Any]) -> list[Any]:
        """Return the values as cells."""
        if self.several:
            return [" ".join(map(str, value)) for value in values]
        if self.dtype == TEXT:
            return ["" if value is None else str(value) for value in values]
        return [math.nan if value is None else value for value in values]

    def read(self, cells: list[Any]) -> list[Any]:
        """Return the cells as values; each distinct text is read once."""
        if self.dtype == NUMBER:
            return [None if math.isnan(cell) else cell for cell in cells]
        if self.dtype != TEXT or (self.parse is str and not self.several):
            return cells
        known = {cell: self._value(cell) for cell in set(cells)}
        return [known[cell] for cell in cells]

    def _value(self, text: str) -> Any:
        if self.several:
            return tuple(map(self.parse, text.split()))
        return self.parse(text) if text else None


_PLAIN: dict[Any, Dtype] = {str: TEXT, float: NUMBER, bool: FLAG, int: COUNT}


def _parser(kind: Any) -> Callable[[str], Any]:
    """Return what makes an object of its text: a class's own `parse`, or the class itself."""
    parse: Callable[[str], Any] = getattr(kind, "parse", kind)
    return parse
