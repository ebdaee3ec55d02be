"""The set of frames saved for an edition: what notebooks, pages and downloads are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from planbook.contract import Contract, Row
from planbook.frames import (
    ANNUAL_TARGETS,
    ANNUAL_VERDICTS,
    BASELINES,
    COMMENTARY,
    CORRECTIONS,
    FINDINGS,
    HISTORY,
    MEASURES,
    OBSERVATIONS,
    REVISIONS,
    SUBMISSIONS,
    VERDICTS,
)


@dataclass(frozen=True)
class Tables:
    """All saved tables of an edition: frames, and `rows` of them for code."""

    verdicts: pd.DataFrame
    history: pd.DataFrame  # verdicts of every edition up to this one (columns of VERDICTS)
    observations: pd.DataFrame
    measures: pd.DataFrame
    submissions: pd.DataFrame
    findings: pd.DataFrame
    revisions: pd.DataFrame
    corrections: pd.DataFrame
    baselines: pd.DataFrame
    annual_targets: pd.DataFrame
    annual_verdicts: pd.DataFrame
    commentary: pd.DataFrame

    def rows(self, contract: Contract[Row]) -> tuple[Row, ...]:
        """Return the rows of the table of a contract as objects, in its order; read once."""
        if contract.name not in self._rows:
            self._rows[contract.name] = contract.rows(getattr(self, contract.name))
        return self._rows[contract.name]

    @cached_property
    def _rows(self) -> dict[str, tuple[Any, ...]]:
        return {}

    def save(self, folder: Path) -> None:
        """Write each table as ``<name>.csv`` into an existing folder."""
        for name, contract in TABLE_CONTRACTS.items():
            (folder / f"{name}.csv").write_bytes(contract.to_csv(getattr(self, name)))

    @classmethod
    def of(cls, **tables: Iterable[Any] | pd.DataFrame) -> Tables:
        """Put rows, or frames, of each table into frames of its contract."""
        return cls(**{name: c.frame(tables[name]) for name, c in TABLE_CONTRACTS.items()})

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Read what `save` wrote."""
        return cls(**{name: c.read(folder / f"{name}.csv") for name, c in TABLE_CONTRACTS.items()})


_CONTRACTS: tuple[Contract[Any], ...] = (
    VERDICTS,
    HISTORY,
    OBSERVATIONS,
    MEASURES,
    SUBMISSIONS,
    FINDINGS,
    REVISIONS,
    CORRECTIONS,
    BASELINES,
    ANNUAL_TARGETS,
    ANNUAL_VERDICTS,
    COMMENTARY,
)
TABLE_CONTRACTS = {contract.name: contract for contract in _CONTRACTS}
