"""Goals on a number added up since the plan began: base zero, due in equal parts of the time."""

from __future__ import annotations

from planbook.assess.case import Case, Outcome, number
from planbook.assess.pace import linear_pace
from planbook.assess.path import due_path
from planbook.vocabulary import Nature, Note, RatedBy


def judge_cumulative(case: Case) -> Outcome:
    """Judge a cumulative number ``A`` by ``A / (T · share of the time gone)``.

    Net numbers may fall below zero.
    """
    amount, target, period = case.latest.value, case.target.number, case.latest.period
    if amount is None:
        return Outcome()
    elapsed, horizon = period.years_since(case.start), case.due.years_since(case.start)
    line = due_path(
        start=case.start,
        baseline=0.0,
        due=case.due,
        target=target,
        geometric=False,
    )
    due_now = line.at(period)
    outcome = Outcome(
        observed_value=amount,
        observed_period=period,
        elapsed=elapsed,
        horizon=horizon,
        time_elapsed=elapsed / horizon,
        target_value=target,
        path_value=due_now,
        linear_pace=number(
            linear_pace(
                baseline=0.0,
                current=amount,
                target=target,
                elapsed=elapsed,
                horizon=horizon,
                direction=case.direction,
            )
        ),
    )
    outcome.pace, outcome.rated_by = outcome.linear_pace, RatedBy.CUMULATIVE
    if target:
        outcome.completion = outcome.increment_completion = amount / target
    outcome.meet(case.target, amount)
    outcome.remaining = case.target.remaining(amount)
    outcome.step(done=amount, quarters=elapsed * 4, quarters_left=(horizon - elapsed) * 4)
    if case.indicator.nature is Nature.COUNT_NET and amount < 0:
        outcome.notes.add(Note.NEGATIVE_NET)
    if case.target.counted and abs(target) <= case.small_target:
        outcome.notes.add(Note.SMALL_TARGET)
    return outcome
