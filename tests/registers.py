"""Registers of editions for tests: what a dataset's current edition is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from planbook.editions import Opening, Register
from planbook.periods import Edition

BEGAN = dt.datetime(2020, 1, 1, 9, tzinfo=dt.UTC)


def opened_at(edition: Edition, first: Edition) -> Register:
    """Return the register of a dataset whose current edition is this one, nothing published."""
    opening = Opening(edition=edition, at=BEGAN, by="综合部门")
    return Register(first, (opening,) if edition != first else ())


def begin_at(dataset: Path, edition: str, first: str = "2025-Q1") -> None:
    """Make an edition the current one of the dataset in a folder."""
    register = opened_at(Edition.parse(edition), Edition.parse(first))
    (dataset / "editions.yaml").write_bytes(register.to_yaml())
