"""All goals in one edition, or in every edition so far.

What one edition cannot know is added here: the rating before, and whether a goal has fallen out
after it was met. Earlier editions are judged on what was known in them, unless they were published:
then what they said stands.
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
    plan: Plan,
    facts: Facts,
    editions: Iterable[Edition],
    *,
    demonstration: bool,
    published: Iterable[Verdict] = (),
) -> tuple[Verdict, ...]:
    """Judge every goal in each of the editions, each on what was known in it.

    Parameters
    ----------
    published
        Verdicts of earlier periods, which are taken over as they are: of each period those of the
        edition that stands for it, a correction edition perhaps.

    Returns
    -------
    tuple of Verdict
        By edition, oldest first, and goal in the plan's order; first those taken over.
    """
    taken = sorted(published, key=lambda verdict: verdict.edition)
    told = {verdict.edition.base for verdict in taken}
    wanted = sorted(edition for edition in set(editions) if edition.base not in told)
    verdicts = _verdicts(plan, facts, wanted, taken, demonstration=demonstration)
    return (*taken, *(each for each in verdicts if each.edition in wanted))


def _verdicts(
    plan: Plan, facts: Facts, wanted: list[Edition], taken: list[Verdict], *, demonstration: bool
) -> Iterator[Verdict]:
    """Yield the verdicts on all goals, in every regular edition so far and those wanted.

    A correction edition follows the one it corrects but is no predecessor, unless it was published
    and stands for it: what is compared is one regular edition with the one before.
    """
    if not wanted:
        return
    ratings: dict[tuple[Edition, str], Rating] = {}
    met_since: dict[str, Edition] = {}
    for known_verdict in taken:
        base = known_verdict.edition.base
        ratings[base, known_verdict.goal_id] = known_verdict.rating
        if known_verdict.rating.is_met:
            met_since.setdefault(known_verdict.goal_id, base)
    told = {edition for edition, _ in ratings}
    regular = editions_between(plan.about.first_edition, wanted[-1])
    for edition in sorted({*(e for e in regular if e not in told), *wanted}):
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
            if edition.correction == 0:
                ratings[edition, goal.id] = found.rating
                if found.rating.is_met:
                    met_since.setdefault(goal.id, edition)
            yield replace(found, previous_rating=ratings.get((before, goal.id)))
