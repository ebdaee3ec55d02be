"""The set of frames saved for an edition: what notebooks, pages and downloads are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from planbook import (
    edition_frames,
    frames,
    outlook_frames,
    project_frames,
    task_frames,
    watch_frames,
)
from planbook.contract import Contract, Row


@dataclass(frozen=True)
class Tables:
    """All saved tables of an edition: what notebooks, pages and downloads are made of."""

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
    method_changes: pd.DataFrame
    edition_corrections: pd.DataFrame  # 更正对照; empty but in a correction edition
    editions: pd.DataFrame
    outlooks: pd.DataFrame  # of every edition up to this one: the log of published likelihoods
    fans: pd.DataFrame
    what_ifs: pd.DataFrame
    change_reasons: pd.DataFrame
    change_steps: pd.DataFrame
    actions: pd.DataFrame
    tasks: pd.DataFrame
    pending_tasks: pd.DataFrame  # proposed, not agreed; and what the edition declined
    projects: pd.DataFrame
    alerts: pd.DataFrame  # of every edition up to this one

    def shape(self, name: str) -> tuple[int, int]:
        """Return how many rows and columns a table has."""
        rows, columns = getattr(self, name).shape
        return rows, columns

    def save(self, folder: Path) -> None:
        """Write each table as ``<name>.csv`` into an existing folder."""
        for name, contract in TABLE_CONTRACTS.items():
            (folder / f"{name}.csv").write_bytes(contract.to_csv(getattr(self, name)))

    @classmethod
    def of(cls, **tables: Iterable[Any] | pd.DataFrame) -> Tables:
        """Put the rows of each table, or a frame, into a frame of its contract."""
        return cls(**{name: c.frame(tables[name]) for name, c in TABLE_CONTRACTS.items()})

    @classmethod
    def read(cls, folder: Path) -> Tables:
        """Read what `save` wrote."""
        return cls(**{n: c.read(folder / f"{n}.csv") for n, c in TABLE_CONTRACTS.items()})

    @classmethod
    def read_old(cls, folder: Path) -> Tables:
        """Read what `save` of an earlier version wrote: what it did not know is empty."""
        return cls(**{n: c.read_old(folder / f"{n}.csv") for n, c in TABLE_CONTRACTS.items()})


class TablesOnDemand(Tables):
    """Tables of which each is made when it is first asked for.

    What they are made from must not change meanwhile.
    """

    def __init__(
        self,
        make: Callable[[str], pd.DataFrame] | None = None,
        shape: Callable[[str], tuple[int, int]] | None = None,
        **made: Any,
    ) -> None:
        """Give what makes a table of a name; or, as `dataclasses.replace` does, all tables.

        What tells the shape of one, if given, is asked in place of the table.
        """
        vars(self).update(made, _make=make, _shape=shape)

    def shape(self, name: str) -> tuple[int, int]:
        known: Callable[[str], tuple[int, int]] | None = vars(self).get("_shape")
        return known(name) if known is not None else super().shape(name)

    def __getattr__(self, name: str) -> pd.DataFrame:
        make: Callable[[str], pd.DataFrame] | None = vars(self).get("_make")
        if name not in TABLE_CONTRACTS or make is None:
            raise AttributeError(name)
        table = vars(self)[name] = make(name)
        return table


TABLE_CONTRACTS: dict[str, Contract[Any]] = {
    contract.name: contract
    for contract in (
        frames.VERDICTS,
        frames.HISTORY,
        frames.OBSERVATIONS,
        frames.MEASURES,
        frames.SUBMISSIONS,
        frames.FINDINGS,
        frames.REVISIONS,
        frames.CORRECTIONS,
        frames.BASELINES,
        frames.ANNUAL_TARGETS,
        frames.ANNUAL_VERDICTS,
        frames.COMMENTARY,
        edition_frames.METHOD_CHANGES,
        edition_frames.EDITION_CORRECTIONS,
        edition_frames.EDITIONS,
        outlook_frames.OUTLOOKS,
        outlook_frames.FANS,
        outlook_frames.WHAT_IFS,
        watch_frames.CHANGE_REASONS,
        watch_frames.CHANGE_STEPS,
        watch_frames.ACTIONS,
        task_frames.TASKS,
        task_frames.PENDING_TASKS,
        project_frames.PROJECTS,
        watch_frames.ALERTS,
    )
}


def _typed(contract: Contract[Row]) -> cached_property[tuple[Row, ...]]:
    return cached_property(lambda rows: contract.rows(getattr(rows.tables, contract.name)))


@dataclass(frozen=True, eq=False, repr=False)
class TableRows:
    """The rows of saved tables as objects; a table is read when it is first asked for."""

    tables: Tables

    verdicts = _typed(frames.VERDICTS)
    history = _typed(frames.HISTORY)
    observations = _typed(frames.OBSERVATIONS)
    measures = _typed(frames.MEASURES)
    submissions = _typed(frames.SUBMISSIONS)
    findings = _typed(frames.FINDINGS)
    revisions = _typed(frames.REVISIONS)
    corrections = _typed(frames.CORRECTIONS)
    baselines = _typed(frames.BASELINES)
    annual_targets = _typed(frames.ANNUAL_TARGETS)
    annual_verdicts = _typed(frames.ANNUAL_VERDICTS)
    commentary = _typed(frames.COMMENTARY)
    method_changes = _typed(edition_frames.METHOD_CHANGES)
    edition_corrections = _typed(edition_frames.EDITION_CORRECTIONS)
    editions = _typed(edition_frames.EDITIONS)
    outlooks = _typed(outlook_frames.OUTLOOKS)
    fans = _typed(outlook_frames.FANS)
    what_ifs = _typed(outlook_frames.WHAT_IFS)
    change_reasons = _typed(watch_frames.CHANGE_REASONS)
    change_steps = _typed(watch_frames.CHANGE_STEPS)
    actions = _typed(watch_frames.ACTIONS)
    tasks = _typed(task_frames.TASKS)
    pending_tasks = _typed(task_frames.PENDING_TASKS)
    projects = _typed(project_frames.PROJECTS)
    alerts = _typed(watch_frames.ALERTS)


@dataclass(frozen=True, eq=False)
class RowPlaces:
    """Where in each table the rows of an id are, so that many parts are cut out in one pass."""

    tables: Tables

    def rows(self, name: str, wanted: Mapping[str, Iterable[str]]) -> pd.DataFrame:
        """Return the rows, in the table's order, in which any of some columns has a wanted id."""
        found: set[int] = set()
        for column, ids in wanted.items():
            places = self._places(name, column)
            found.update(place for id in ids for place in places.get(id, ()))
        table: pd.DataFrame = getattr(self.tables, name)
        return table.iloc[sorted(found)].reset_index(drop=True)

    @cached_property
    def _known(self) -> dict[tuple[str, str], dict[str, list[int]]]:
        return {}

    def _places(self, name: str, column: str) -> dict[str, list[int]]:
        if (name, column) not in self._known:
            places: dict[str, list[int]] = {}
            for place, id in enumerate(getattr(self.tables, name)[column].tolist()):
                places.setdefault(id, []).append(place)
            self._known[name, column] = places
        return self._known[name, column]
