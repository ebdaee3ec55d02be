"""How each rule of `AlertRule` finds its warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from planbook.assess.alerts import (
    action_rules,
    likelihood_rules,
    measure_rules,
    rating_rules,
    reporting_rules,
    value_rules,
)
from planbook.assess.alerts.evidence import Evidence
from planbook.watch_frames import AlertRow, AlertRule


@dataclass(frozen=True, slots=True)
class Rule:
    """How a warning is found, and how long it stands.

    Attributes
    ----------
    find
        Yields a row for each thing to warn of.
    still
        Of what happens at once: the row as it is now, where it still stands, else ``None``. Rules
        about a state need none, they find it again.
    of_a_period
        Whether a warning about another period is another warning.
    """

    find: Callable[[Evidence], Iterator[AlertRow]]
    still: Callable[[Evidence, AlertRow], AlertRow | None] | None = None
    of_a_period: bool = False


RULES: Mapping[AlertRule, Rule] = {
    AlertRule.DUE_PASSED: Rule(rating_rules.due_passed),
    AlertRule.FALLEN_OUT: Rule(rating_rules.fallen_out),
    AlertRule.LIKELIHOOD_CROSSED: Rule(
        likelihood_rules.likelihood_crossed, likelihood_rules.still_low
    ),
    AlertRule.LIKELIHOOD_DROPPED: Rule(
        likelihood_rules.likelihood_dropped, likelihood_rules.still_dropped
    ),
    AlertRule.BEYOND_HISTORY: Rule(likelihood_rules.beyond_history),
    AlertRule.RATING_FELL: Rule(rating_rules.rating_fell, rating_rules.not_recovered),
    AlertRule.YEARLY_TARGET_MISSED: Rule(rating_rules.yearly_target_missed),
    AlertRule.REVERSAL: Rule(value_rules.reversal),
    AlertRule.OUTLIER: Rule(value_rules.outlier, of_a_period=True),
    AlertRule.LARGE_REVISION: Rule(value_rules.large_revision, of_a_period=True),
    AlertRule.UNJUDGED: Rule(rating_rules.unjudged),
    AlertRule.MEASURE_BLOCKED: Rule(measure_rules.measure_blocked),
    AlertRule.MEASURE_SILENT: Rule(measure_rules.measure_silent),
    AlertRule.UNIT_LATE: Rule(reporting_rules.unit_late),
    AlertRule.ACTION_OVERDUE: Rule(action_rules.action_overdue),
}
