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
        if self.key and typed.duplicated(list(self.key)).any():
            twice = typed[typed.duplicated(list(self.key), keep=False)][list(self.key)]
            raise ValueError(f"{self.name}: rows share a key\n{twice.to_string(index=False)}")
        return typed.reset_index(drop=True)

    def to_csv(self, frame: pd.DataFrame, *, bom: bool = False) -> bytes:
        """Return the frame as CSV with ``\\n`` line ends; `bom` marks UTF-8 for Excel."""
        text = self.frame(frame).to_csv(index=False, lineterminator="\n")
        return text.encode("utf-8-sig" if bom else "utf-8")

    def read(self, path: Path) -> pd.DataFrame:
        """Read what `to_csv` wrote."""
        text = path.read_text(encoding="utf-8-sig")
        types = {c: ("str" if k == TEXT else k) for c, k in self.columns.items()}
        texts = [c for c, k in self.columns.items() if k == TEXT]
        read = pd.read_csv(
            io.StringIO(text),
            dtype=types,
            keep_default_na=False,
            na_values={c: [""] for c in self.columns if c not in texts},
        )
        return self.frame(read)
