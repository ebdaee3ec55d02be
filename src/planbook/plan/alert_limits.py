"""Where early warnings begin: the ``alerts`` of ``plan.yaml``, each with a measured default."""

from __future__ import annotations

from pydantic import Field as Key

from planbook.plan.parts import Number, Record, Whole


class AlertLimits(Record):
    """The limits of the rules of early warning (`planbook.assess.alerts`).

    `likelihood_low` is crossed downwards; a fall by `likelihood_drop` warns only where less than
    `likelihood_open` is left. `editions` is how often in a row a unit is late, a measure blocked or
    silent, a goal unjudged. `revision` is relative.
    """

    likelihood_low: Number = Key(default=0.3, gt=0, lt=1)
    likelihood_drop: Number = Key(default=0.2, gt=0, lt=1)
    likelihood_open: Number = Key(default=0.5, gt=0, lt=1)
    falling_quarters: Whole = Key(default=4, ge=2, le=8)
    revision: Number = Key(default=0.01, gt=0, lt=1)
    editions: Whole = Key(default=2, ge=1, le=8)
