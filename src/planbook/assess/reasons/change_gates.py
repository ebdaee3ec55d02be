"""What opened or closed between two verdicts on a goal, so that their paces cannot be compared.

Only verdicts are looked at. Where nothing opened or closed both have a pace, and its change can be
split (`planbook.assess.reasons.change_reasons`).
"""

from __future__ import annotations

from planbook.frames import Verdict
from planbook.vocabulary import RatedBy, Rating, Reason
from planbook.watch_frames import ChangeGate

_OF_REASON = {Reason.NO_BASELINE: ChangeGate.BASELINE, Reason.SCOPE_MISMATCH: ChangeGate.SCOPE}
_BY_AMOUNT = frozenset({RatedBy.WHOLE_UNITS, RatedBy.CUMULATIVE})  # no pace while nothing is due


def pace_shown(verdict: Verdict) -> float | None:
    """Return the pace that stands behind a rating; ``None`` where the goal is not judged."""
    return None if verdict.reason is not None else verdict.pace


def turned_by(old: Verdict, new: Verdict) -> ChangeGate | None:
    """Return what opened or closed from one edition to the next; ``None`` if nothing did."""
    if new.kind.by_people:
        return ChangeGate.ASSESSED
    reason = new.reason or old.reason
    if reason is not None:
        answered = ChangeGate.REPORTED if new.reason is None else ChangeGate.NOT_REPORTED
        return _OF_REASON.get(reason, answered)
    if new.met != old.met:
        return ChangeGate.MET if new.met else ChangeGate.FALLEN
    if old.scope != new.scope:
        return ChangeGate.SCOPE
    return _of_rating(old, new) or _of_pace(old, new)


def _of_rating(old: Verdict, new: Verdict) -> ChangeGate | None:
    """Return what turned the rating other than the pace, of two that are both met or both not."""
    if old.rating is new.rating:
        return None
    if Rating.MISSED in (old.rating, new.rating):
        return ChangeGate.DUE
    if new.met:
        return ChangeGate.DUE if _came_due(old, new) else ChangeGate.STEADINESS
    if bool(old.missed_years) != bool(new.missed_years):
        return ChangeGate.MISSED_YEAR
    return None


def _came_due(old: Verdict, new: Verdict) -> bool:
    then, now = old.latest_period, new.latest_period
    return then is not None and now is not None and then < new.due <= now


def _of_pace(old: Verdict, new: Verdict) -> ChangeGate | None:
    if old.pace is not None and new.pace is not None:
        return None
    if new.pace is not None and old.rated_by in _BY_AMOUNT:
        return ChangeGate.AMOUNT_DUE
    return ChangeGate.OTHER
