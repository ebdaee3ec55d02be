"""A contract of a frame: its columns, types and key, checked when made and when read back.

Saved as CSV: text that people and other tools can read, and numbers that come back to the last bit.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

Dtype = Literal["str", "float64", "bool", "int64"]
TEXT: Dtype = "str"
NUMBER: Dtype = "float64"
FLAG: Dtype = "bool"
COUNT: Dtype = "int64"


@dataclass(frozen=True)
class Contract:
    """The columns of a frame in order with their types, and the columns that identify a row."""

    name: str
    columns: Mapping[str, Dtype]
    key: tuple[str, ...]

    def frame(self, rows: Iterable[Mapping[str, Any]] | pd.DataFrame) -> pd.DataFrame:
        """Return the rows, in the caller's order, as a frame of this contract.

        Raises
        ------
        ValueError
            If a column is missing or unknown, or two rows have one key.
        """
        made = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
        if made.empty and not len(made.columns):
            made = pd.DataFrame(columns=list(self.columns))
        missing = [column for column in self.columns if column not in made.columns]
        unknown = [column for column in made.columns if column not in self.columns]
        if missing or unknown:
            raise ValueError(f"{self.name}: columns missing {missing}, unknown {unknown}")
        typed = made[list(self.columns)].copy()
        for column, kind in self.columns.items():
            if kind == TEXT:
                values = typed[column].astype(object)
                typed[column] = values.where(values.notna(), "").map(str).astype("str")
            else:
                typed[column] = typed[column].astype(kind)
        self._refuse_twins(typed)
        return typed.reset_index(drop=True)

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
        read = pd.read_csv(
            io.StringIO(path.read_text(encoding="utf-8-sig")),
            dtype=dict(self.columns),
            keep_default_na=False,
            na_values={c: [""] for c, kind in self.columns.items() if kind != TEXT},
        )
        if list(read.columns) != list(self.columns) or read.empty:
            return self.frame(read)  # says what is wrong; an empty column has no type yet
        self._refuse_twins(read)
        return read
