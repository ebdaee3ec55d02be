"""What earlier books said, which a new one takes over instead of judging it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planbook.edition_frames import EditionRow, MethodChangeRow
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookRow
from planbook.plan import Thresholds
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import AlertRow


@dataclass(frozen=True, kw_only=True)
class Published:
    """The record that an edition is made with; without one everything is judged by the facts.

    Attributes
    ----------
    history
        The verdicts of the editions before, as they were published: of each period those of the
        edition that stands for it. Of periods not among them verdicts are computed.
    outlooks, alerts
        Of those editions, as they were published: what was said stands, and is scored one day.
    statuses
        Of measures in the edition before; ``None``: it was not published.
    thresholds
        Of the plan with which the edition before was published; ``None``: those of today.
    corrected
        The verdicts of the edition that this one corrects.
    method_changes
        What was changed in the plan and the rules, up to this edition.
    editions
        All editions up to this one, with where they stand.
    """

    history: tuple[Verdict, ...] = ()
    outlooks: tuple[OutlookRow, ...] = ()
    alerts: tuple[AlertRow, ...] = ()
    statuses: Mapping[str, MeasureStatus | None] | None = None
    thresholds: Thresholds | None = None
    corrected: tuple[Verdict, ...] = ()
    method_changes: tuple[MethodChangeRow, ...] = ()
    editions: tuple[EditionRow, ...] = ()
