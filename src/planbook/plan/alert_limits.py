"""Where early warnings begin: the ``alerts`` of ``plan.yaml``, each with a measured default."""

from __future__ import annotations

from pydantic import Field as Key
from pydantic import model_validator

from planbook.plan.parts import Number, Record, Whole


class AlertLimits(Record):
    """The limits of the rules of early warning (`planbook.assess.alerts`).

    An outlier lies outside the interval that holds with `outlier`. `likelihood_low` is crossed
    downwards; a fall by `likelihood_drop` warns only where less than `likelihood_open` is left.
    `fewest_changes` is how many yearly changes a growth is held against at least. `revision` is
    relative. `editions` is how often in a row a unit is late, a measure blocked or silent, a goal
    unjudged.
    """

    outlier: Number = Key(default=0.99, ge=0.9, lt=1)
    falling_quarters: Whole = Key(default=4, ge=2, le=8)
    likelihood_low: Number = Key(default=0.3, gt=0, lt=1)
    likelihood_drop: Number = Key(default=0.2, gt=0, lt=1)
    likelihood_open: Number = Key(default=0.5, gt=0, lt=1)
    fewest_changes: Whole = Key(default=4, ge=1, le=16)
    revision: Number = Key(default=0.01, gt=0, lt=1)
    editions: Whole = Key(default=2, ge=1, le=8)

    @model_validator(mode="after")
    def _ordered(self) -> AlertLimits:
        if self.likelihood_low >= self.likelihood_open:
            raise ValueError("应满足 likelihood_low < likelihood_open")
        return self
