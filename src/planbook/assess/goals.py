"""All goals in one edition, or in every edition so far: frames in, frames out.

What one edition cannot know is added here: the rating before, and whether a goal has fallen out
after it was met. Earlier editions are judged on what was known in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from planbook.assess.known import Known
from planbook.assess.verdicts import verdict
from planbook.facts.observations import Facts
from planbook.frames import HISTORY, VERDICTS
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.vocabulary import Rating


def assess_goals(
    plan: Plan, facts: Facts, edition: Edition, *, demonstration: bool
) -> pd.DataFrame:
    """Judge every goal of the plan in an edition.

    Returns
    -------
    pandas.DataFrame
        Contract `VERDICTS`, one row a goal in the plan's order.
    """
    rows = (row for found, row in _rows(plan, facts, [edition], demonstration) if found == edition)
    return VERDICTS.frame(rows)


def assess_history(
    plan: Plan, facts: Facts, editions: Iterable[Edition], *, demonstration: bool
) -> pd.DataFrame:
    """Judge every goal in each of the editions, each on what was known in it.

    Returns
    -------
    pandas.DataFrame
        Contract `HISTORY`, by edition, oldest first, and goal in the plan's order.
    """
    wanted = sorted(set(editions))
    rows = _rows(plan, facts, wanted, demonstration)
    return HISTORY.frame(row for found, row in rows if found in wanted)


def _rows(
    plan: Plan, facts: Facts, wanted: list[Edition], demonstration: bool
) -> Iterator[tuple[Edition, dict[str, Any]]]:
    """Yield edition and row of all goals, in every regular edition so far and those wanted.

    A correction edition follows its own quarter but is no predecessor: what is compared is one
    quarter with the one before.
    """
    if not wanted:
        return
    regular = editions_between(plan.about.first_edition, wanted[-1])
    ratings: dict[tuple[Edition, str], Rating] = {}
    met_since: dict[str, Edition] = {}
    for edition in sorted({*regular, *wanted}):
        known, before = Known.of(facts, edition), edition.plus(-1)
        for goal in plan.goals:
            first_met = met_since.get(goal.id)
            row = verdict(
                plan,
                goal.as_of(edition),
                known,
                met_in=None if first_met is None or first_met >= edition.base else first_met,
            )
            word = Rating(row["rating"])
            ratings[edition, goal.id] = word
            if word.is_met and edition.correction == 0:
                met_since.setdefault(goal.id, edition)
            row["previous_rating"] = str(ratings.get((before, goal.id), ""))
            row["edition"] = str(edition)
            row["demonstration"] = demonstration
            yield edition, row
