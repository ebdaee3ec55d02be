"""Goals on a number added up since the plan began: base zero, due in equal parts of the time."""

from __future__ import annotations

from planbook.assess.case import Case, Outcome, number
from planbook.assess.pace import linear_pace
from planbook.assess.path import due_path
from planbook.assess.whole_units import judge_in_units
from planbook.vocabulary import Nature, Note, RatedBy


def judge_cumulative(case: Case) -> Outcome:
    """Judge a cumulative number ``A`` by ``A / (T · share of the time gone)``.

    Net numbers may fall below zero.
    """
    amount, period = case.latest.value, case.latest.period
    target, meeting = case.target.number, case.target.meeting
    if amount is None:
        return Outcome()
    elapsed, horizon = period.years_since(case.start), case.due.years_since(case.start)
    line = due_path(
        start=case.start,
        baseline=0.0,
        due=case.due,
        target=meeting,
        geometric=False,
    )
    due_now = line.at(period)
    outcome = Outcome(
        observed_value=amount,
        observed_period=period,
        met_period=period,
        elapsed=elapsed,
        horizon=horizon,
        time_elapsed=min(elapsed / horizon, 1.0),
        target_value=target,
        meeting_value=meeting,
        path_value=due_now,
        share_due=line.share_of_time(period),
        linear_pace=number(
            linear_pace(
                baseline=0.0,
                current=amount,
                target=meeting,
                elapsed=elapsed,
                horizon=horizon,
                direction=case.direction,
            )
        ),
    )
    outcome.pace, outcome.rated_by = outcome.linear_pace, RatedBy.CUMULATIVE
    judge_in_units(case, outcome, baseline=0.0, share=outcome.share_due)
    if target:
        outcome.increment_due = outcome.path_value / target
        outcome.completion = outcome.increment_completion = amount / target
    outcome.meet(case.target, amount)
    outcome.remaining = case.target.remaining(amount)
    outcome.step(done=amount, quarters=elapsed * 4, quarters_left=(horizon - elapsed) * 4)
    if case.indicator.nature is Nature.COUNT_NET and amount < 0:
        outcome.notes.add(Note.NEGATIVE_NET)
    return outcome
