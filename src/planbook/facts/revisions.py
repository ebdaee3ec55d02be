"""Find what was revised: values unlike the vintage before, and whether anybody said so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from planbook.collect.read.submission import DeclaredRevision
from planbook.facts.vintages import Row, Vintages, remark
from planbook.frames import REVISIONS
from planbook.vocabulary import ObsStatus, Origin


def find_revisions(vintages: Vintages) -> pd.DataFrame:
    """Return a row for each change of a value from one vintage to the next (`REVISIONS`).

    A blank or refused cell that is filled later is no revision; a value withdrawn as 「—」 or by a
    correction is one, its new value NaN.
    """
    changes = sorted(_changes(vintages), key=_order)
    return REVISIONS.frame(changes)


def _changes(vintages: Vintages) -> Iterator[dict[str, Any]]:
    for key, held in vintages.values.items():
        editions = sorted(held)
        for before, edition in pairwise(editions):
            old, new = held[before], held[edition]
            if not _changed(old, new):
                continue
            revision = vintages.declared.get((key, edition))
            corrected = new["origin"] == Origin.CORRECTION
            yield {
                "indicator_id": key[0],
                "time_period": key[1],
                "scope": key[2],
                "vintage": str(edition),
                "old_vintage": str(before),
                "old_value": old["obs_value"],
                "new_value": new["obs_value"],
                "declared": corrected or revision is not None,
                "reason": new["remark"] if corrected else _reason(revision),
                "source_file": new["source_file"],
                "source_cell": new["source_cell"],
            }


def _reason(revision: DeclaredRevision | None) -> str:
    """Return why a department revised a value, with what it said when asked to confirm it."""
    return "" if revision is None else remark(revision.reason, revision.confirmed)


def _changed(old: Row, new: Row) -> bool:
    if math.isnan(old["obs_value"]):
        withdrawn = old["obs_status"] == ObsStatus.NOT_APPLICABLE
        return withdrawn and not math.isnan(new["obs_value"])
    return bool(old["obs_value"] != new["obs_value"])


def _order(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["vintage"], row["indicator_id"], row["time_period"], row["scope"]
