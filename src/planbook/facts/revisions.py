"""Find what was revised: values unlike the vintage before, and whether anybody said so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter

from planbook.facts.vintages import Vintages
from planbook.frames import ObservationRow, RevisionRow
from planbook.vocabulary import ObsStatus, Origin, Visibility

_ORDER = attrgetter("vintage", "indicator_id", "time_period", "scope")


def find_revisions(vintages: Vintages) -> tuple[RevisionRow, ...]:
    """Return each change of a value from one vintage to the next, in the order of the editions.

    A blank or refused cell that is filled later is no revision; a value withdrawn as 「—」 or by a
    correction is one, without a new value. Where an internal value gave way to a public one, the
    row is public and does not tell the internal one.
    """
    return tuple(sorted(_changes(vintages), key=_ORDER))


def _changes(vintages: Vintages) -> Iterator[RevisionRow]:
    for key, held in vintages.values.items():
        for before, edition in pairwise(sorted(held)):
            old, new = held[before], held[edition]
            if not _changed(old, new):
                continue
            reason = vintages.declared.get((key, edition))
            if new.origin in (Origin.CORRECTION, Origin.HISTORY):
                reason = new.remark
            yield RevisionRow(
                indicator_id=new.indicator_id,
                time_period=new.time_period,
                scope=new.scope,
                vintage=edition,
                old_vintage=before,
                old_value=None if _was_internal(old, new) else old.obs_value,
                new_value=new.obs_value,
                declared=reason is not None,
                reason=reason or "",
                source_file=new.source_file,
                source_cell=new.source_cell,
            )


def _was_internal(old: ObservationRow, new: ObservationRow) -> bool:
    return old.visibility is Visibility.INTERNAL and new.visibility is Visibility.PUBLIC


def _changed(old: ObservationRow, new: ObservationRow) -> bool:
    if old.obs_value is None:
        return old.obs_status is ObsStatus.NOT_APPLICABLE and new.obs_value is not None
    return old.obs_value != new.obs_value
