"""What published outlooks said, held against what came.

From an edition's saved tables: each likelihood whose judged period is out, and until then the bands
of years that were estimated while they ran and are now complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from planbook.contract import Number
from planbook.frames import Verdict
from planbook.outlook_frames import OutlookMethod, OutlookRow
from planbook.periods import TimePeriod
from planbook.vocabulary import Kind, Rating

SETTLED = {Rating.MET: True, Rating.MISSED: False}


@dataclass(frozen=True)
class Scored:
    """A likelihood with what came of it."""

    row: OutlookRow
    met: bool
    inside: bool | None  # whether the value lies in the 80 % interval; None without one

    @property
    def brier(self) -> float:
        return ((self.row.p_met or 0.0) - self.met) ** 2


@dataclass(frozen=True)
class Band:
    """An estimate of a year with what the year became."""

    estimate: Verdict
    value: float

    @property
    def inside(self) -> bool:
        low, high = self.estimate.band_low, self.estimate.band_high
        return low is not None and high is not None and low <= self.value <= high


def score_likelihoods(outlooks: Iterable[OutlookRow], history: Sequence[Verdict]) -> list[Scored]:
    """Return the likelihoods that the newest verdict of their goal has settled.

    Of a goal for every year a likelihood is of one year: its total settles it, not the goal's end.
    """
    newest = {verdict.goal_id: verdict for verdict in sorted(history, key=lambda x: x.edition)}
    whole = _whole_values(history)
    found = []
    for row in outlooks:
        verdict = newest.get(row.goal_id)
        if row.p_met is None or row.judged_period is None or verdict is None:
            continue
        if verdict.observed_period is None or verdict.observed_period < row.judged_period:
            continue
        met, value = SETTLED.get(verdict.rating), verdict.observed_value
        if verdict.kind is Kind.EVERY_YEAR:
            value = whole.get((row.goal_id, row.judged_period))
            met = None if value is None else row.judged_period.year not in verdict.missed_years
        if met is not None:
            found.append(Scored(row, met, _inside(row, verdict.kind, value)))
    return found


def score_bands(history: Sequence[Verdict]) -> list[Band]:
    """Return the bands of years whose whole value is known now, one a goal and edition."""
    whole = _whole_values(history)
    found = []
    for verdict in history:
        value = whole.get((verdict.goal_id, verdict.observed_period))
        if verdict.is_estimate and verdict.band_low is not None and value is not None:
            found.append(Band(verdict, value))
    return found


def _whole_values(history: Iterable[Verdict]) -> dict[tuple[str, TimePeriod | None], float]:
    """Return the newest value judged that was no estimate, by goal and period."""
    return {
        (verdict.goal_id, verdict.observed_period): verdict.observed_value
        for verdict in sorted(history, key=lambda x: x.edition)
        if not verdict.is_estimate and verdict.observed_value is not None
    }


def scored_lines(outlooks: Iterable[OutlookRow], history: Sequence[Verdict]) -> Iterator[str]:
    """Yield what to print: by method of the likelihoods, then of the bands."""
    told = [row for row in outlooks if row.p_met is not None]
    settled = score_likelihoods(told, history)
    yield f"各期共列出达标可能性{len(told)}个，已有结果{len(settled)}个"
    for method in OutlookMethod:
        own = [each for each in settled if each.row.p_method is method]
        if own:
            brier, met = fmean(each.brier for each in own), sum(each.met for each in own)
            held = [each.inside for each in own if each.inside is not None]
            yield (
                f"  {method.label}：{len(own)}个，达标{met}个，布里尔分{brier:.3f}，"
                f"80%误差范围{_share(held)}"
            )
    if not settled:
        yield "  达标可能性的得分：尚无，到期以后才有"
    bands = score_bands(history)
    found = _share([each.inside for each in bands])
    yield f"年度推算的80%误差范围（当年全年数已有的）：{found}"


def _share(held: Sequence[bool]) -> str:
    if not held:
        return "尚无"
    return f"{len(held)}个中落入{sum(held)}个（{sum(held) / len(held):.0%}）"


def _inside(row: OutlookRow, kind: Kind, value: Number) -> bool | None:
    """Whether the value lies in the interval; an average growth is on another scale."""
    low, high = row.outlook_low80, row.outlook_high80
    if value is None or low is None or high is None or kind is Kind.CAGR:
        return None
    return low <= value <= high
