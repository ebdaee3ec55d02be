"""Why goals' ratings and paces are others than in the edition before: two verdicts → the reasons.

Where something opened or closed it is named. Else the difference of the paces is divided among new
data, revision, time and target by the Shapley value of the sixteen mixtures of both editions. An
older edition that was published keeps its pace: what judging it again makes of it today goes by
today's rules and record, so that the difference is one of method and belongs to the target.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planbook.assess.known import Known
from planbook.assess.reasons.change_gates import pace_shown, turned_by
from planbook.assess.reasons.mixture import Chosen, Mixed, Side, TwoEditions
from planbook.assess.reasons.shapley import mixtures, shapley
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.periods import Edition
from planbook.plan import Plan, Thresholds
from planbook.watch_frames import ChangeFactor, ChangeGate, ChangeReasonRow, ChangeStepRow

PACE_DECIMALS = 3  # to which a pace is another
_SAME = 1e-12  # a pace judged again that differs by less is the same
_FACTORS = tuple(ChangeFactor)

Split = Mapping[Chosen, Mixed]  # the sixteen mixtures of both editions


@dataclass(frozen=True)
class Changes:
    """The goals that changed, each with its reason, and the mixtures that the parts come from."""

    reasons: tuple[ChangeReasonRow, ...] = ()
    steps: tuple[ChangeStepRow, ...] = ()


def explain_changes(
    plan: Plan,
    facts: Facts,
    history: Iterable[Verdict],
    edition: Edition,
    thresholds: Thresholds | None = None,
) -> Changes:
    """Explain every rating and pace that is another in an edition than in the one before.

    Parameters
    ----------
    history
        Verdicts of the edition and of earlier ones, as they were published or judged. Of the
        edition before, that which stands for its period.
    thresholds
        By which the edition before was rated, where they are others; they belong to the target.

    Returns
    -------
    Changes
        In the plan's order; a pace counts as another one to three decimals. Empty in the first
        edition.
    """
    every = list(history)
    before = edition.base.plus(-1)
    now = {row.goal_id: row for row in every if row.edition == edition}
    then = {row.goal_id: row for row in every if row.edition.base == before}
    pairs = [
        (goal, then[goal.id], now[goal.id])
        for goal in plan.goals
        if goal.id in then and goal.id in now and _differ(then[goal.id], now[goal.id])
    ]
    if not pairs:
        return Changes()
    old_known, new_known = (Known.of(facts, row.edition) for row in pairs[0][1:])
    reasons: list[ChangeReasonRow] = []
    steps: list[ChangeStepRow] = []
    for goal, old, new in pairs:
        gate, split = turned_by(old, new), None
        if gate is None:
            both = TwoEditions(plan, Side.of(plan, goal, old_known), Side.of(plan, goal, new_known))
            split = _split(both, old, thresholds)
        reasons.append(_reason(old, new, gate, split))
        steps += [] if split is None else _steps(new, split)
    return Changes(tuple(reasons), tuple(steps))


def _differ(old: Verdict, new: Verdict) -> bool:
    return old.rating is not new.rating or _printed(old) != _printed(new)


def _printed(verdict: Verdict) -> float | None:
    pace = pace_shown(verdict)
    return None if pace is None else round(pace, PACE_DECIMALS)


def _split(both: TwoEditions, old: Verdict, thresholds: Thresholds | None) -> Split | None:
    """Return the sixteen mixtures; ``None`` where one of them has no pace.

    All old is what the older edition said. What has not changed is not judged again.
    """
    again = both.mixed(frozenset())
    if again is None or old.pace is None:
        return None
    gap = old.pace - again.pace
    if abs(gap) < _SAME:
        gap = 0.0
    changed = both.changed
    judged: dict[Chosen, Mixed | None] = {}
    found: dict[Chosen, Mixed] = {}
    for mixture in mixtures(_FACTORS):
        others = mixture & changed
        still_old = ChangeFactor.TARGET not in mixture
        key = others if still_old else others | {ChangeFactor.TARGET}
        if key not in judged:
            judged[key] = (
                both.mixed(others, gap=gap, thresholds=thresholds)
                if still_old
                else both.mixed(others)
            )
        mixed = judged[key]
        if mixed is None:
            return None
        found[mixture] = mixed
    found[frozenset()] = Mixed(old.pace, old.rating)
    return found


def _reason(
    old: Verdict, new: Verdict, gate: ChangeGate | None, split: Split | None
) -> ChangeReasonRow:
    told = ChangeReasonRow(
        goal_id=new.goal_id,
        edition=new.edition,
        compared_with=old.edition,
        old_rating=old.rating,
        new_rating=new.rating,
        old_pace=pace_shown(old),
        new_pace=pace_shown(new),
        turned_by=gate,
    )
    if gate is not None:
        return told
    if split is None:
        return replace(told, turned_by=ChangeGate.OTHER)
    parts = shapley(lambda mixture: split[mixture].pace, _FACTORS)
    alone = tuple(
        factor for factor in _FACTORS if split[frozenset({factor})].rating is not old.rating
    )
    return replace(
        told,
        part_data=parts[ChangeFactor.DATA],
        part_revision=parts[ChangeFactor.REVISION],
        part_time=parts[ChangeFactor.TIME],
        part_target=parts[ChangeFactor.TARGET],
        main_factor=_main(parts) or _of_limits(old, new, alone),
        factors_alone=alone,
    )


def _main(parts: Mapping[ChangeFactor, float]) -> ChangeFactor | None:
    """Return the factor with the largest part in the direction of the change."""
    change = math.fsum(parts.values())
    return (
        max(parts, key=lambda factor: parts[factor] * math.copysign(1, change)) if change else None
    )


def _of_limits(old: Verdict, new: Verdict, alone: Collection[ChangeFactor]) -> ChangeFactor | None:
    """Return the target where the pace is the same and another limit makes the rating another."""
    turned = old.rating is not new.rating and ChangeFactor.TARGET in alone
    return ChangeFactor.TARGET if turned else None


def _steps(new: Verdict, split: Split) -> Iterator[ChangeStepRow]:
    for mixture, mixed in split.items():
        yield ChangeStepRow(
            goal_id=new.goal_id,
            edition=new.edition,
            new_data=ChangeFactor.DATA in mixture,
            new_revision=ChangeFactor.REVISION in mixture,
            new_time=ChangeFactor.TIME in mixture,
            new_target=ChangeFactor.TARGET in mixture,
            pace=mixed.pace,
            rating=mixed.rating,
        )
