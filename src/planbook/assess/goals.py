"""All goals in one edition, or in every edition so far.

What one edition cannot know is added here: the rating before, and whether a goal has fallen out
after it was met. Earlier editions are judged on what was known in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planbook.assess.known import Known
from planbook.assess.verdicts import verdict
from planbook.facts.observations import Facts
from planbook.frames import Verdict
from planbook.periods import Edition, editions_between
from planbook.plan import Plan
from planbook.vocabulary import Rating


def assess_history(
    plan: Plan, facts: Facts, editions: Iterable[Edition], *, demonstration: bool
) -> tuple[Verdict, ...]:
    """Judge every goal in each of the editions, each on what was known in it.

    Returns
    -------
    tuple of Verdict
        By edition, oldest first, and goal in the plan's order.
    """
    wanted = sorted(set(editions))
    verdicts = _verdicts(plan, facts, wanted, demonstration=demonstration)
    return tuple(each for each in verdicts if each.edition in wanted)


def _verdicts(
    plan: Plan, facts: Facts, wanted: list[Edition], *, demonstration: bool
) -> Iterator[Verdict]:
    """Yield the verdicts on all goals, in every regular edition so far and those wanted.

    A correction edition follows the one it corrects but is no predecessor: what is compared is one
    regular edition with the one before.
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
            found = verdict(
                plan,
                goal.as_of(edition),
                known,
                met_in=None if first_met is None or first_met >= edition.base else first_met,
                demonstration=demonstration,
            )
            ratings[edition, goal.id] = found.rating
            if found.rating.is_met and edition.correction == 0:
                met_since.setdefault(goal.id, edition)
            yield replace(found, previous_rating=ratings.get((before, goal.id)))
