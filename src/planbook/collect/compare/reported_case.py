"""A reported or revised value with all that is known of its indicator: what the checks look at.

`compare` makes one for each value of 填报表 and each row of 修订: both pass the same checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planbook.collect.compare.earlier_reports import History, Known, Values
from planbook.collect.compare.usual import (
    Reference,
    Subject,
    from_newest,
    from_prior,
    from_targets,
    references,
)
from planbook.collect.layout import REVISIONS, VALUES, Table, position
from planbook.collect.owed import label_of
from planbook.collect.read.submission import DeclaredRevision, ReportedValue, Submission
from planbook.collect.rules import Place, Rule
from planbook.collect.written_numbers import shown
from planbook.errors import Finding
from planbook.periods import TimePeriod
from planbook.plan import Indicator, Plan
from planbook.vocabulary import Accumulation, ObsStatus
from planbook.written_units import behind_number


@dataclass(frozen=True)
class ReportedCase:
    """A value and what is known of its indicator.

    `known` holds the values as this workbook's 修订 leaves them, `reported` as they were, `base`
    the baselines; `declared` the periods that 修订 names, `scopes` those the workbook has a row in.
    """

    value: ReportedValue
    indicator: Indicator
    plan: Plan
    known: Values
    reported: Values
    base: tuple[Known, ...]
    declared: frozenset[TimePeriod]
    scopes: frozenset[str]
    place: Place
    table: Table = VALUES
    columns: Mapping[str, str] = field(default_factory=dict)  # by the name 填报表 has for each

    @classmethod
    def of(cls, value: ReportedValue, submission: Submission, before: History) -> ReportedCase:
        """Return the case of a row of 填报表."""
        id = value.indicator_id
        revisions = [r for r in submission.revisions if r.indicator_id == id]
        reported = known = before.values.get(id, {})
        for revision in revisions:
            known = before.revised(known, revision)
        return cls(
            value=value,
            indicator=before.plan.indicator(id),
            plan=before.plan,
            known=known,
            reported=reported,
            base=before.base_values(id, submission.edition),
            declared=frozenset(r.period for r in revisions),
            scopes=frozenset(v.scope for v in submission.values if v.indicator_id == id),
            place=submission.place,
        )

    @classmethod
    def of_revision(
        cls, revision: DeclaredRevision, submission: Submission, before: History
    ) -> ReportedCase:
        """Return the case of a row of 修订: its new value, as if it alone were reported."""
        known = before.values.get(revision.indicator_id, {})
        value = ReportedValue(
            indicator_id=revision.indicator_id,
            period=revision.period,
            scope=before.revised_scope(known, revision),
            status=ObsStatus.NORMAL,
            value=revision.new_value,
            remark=revision.reason,
            cell=revision.cell,
            confirmed=revision.confirmed,
        )
        alone = cls.of(value, replace(submission, values=(value,), revisions=()), before)
        declared = frozenset({revision.period})
        return replace(alone, declared=declared, table=REVISIONS, columns={"value": "new_value"})

    @cached_property
    def subject(self) -> Subject:
        return Subject(self.plan, self.indicator, self.value.period)

    @property
    def earlier(self) -> list[Known]:
        """Values of the same scope and of earlier periods, oldest first."""
        own = [k for k in self.known.values() if k.scope == self.value.scope]
        return sorted((k for k in own if k.period < self.value.period), key=lambda k: k.period)

    @property
    def year_ago(self) -> Known | None:
        return self.known.get((self.value.period.plus(-12), self.value.scope))

    @property
    def same(self) -> Known | None:
        """What was reported of the very same period and scope."""
        return self.reported.get((self.value.period, self.value.scope))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """What the value is held against: what is on file, else its row and the targets.

        A value once reported of its own period, or its baseline, comes first. 上年同期值 stands in
        the same row and may share its mistake: it counts only where nothing else is known, and
        where it can be at all.
        """
        prior = self.value.prior_value
        if prior is not None and not self.is_plausible(prior):
            prior = None
        known = self.on_file(self.value.period)
        return known or from_prior(self.subject, prior) or from_targets(self.subject)

    @cached_property
    def aims(self) -> tuple[Reference, ...]:
        """What the targets make of a value of which nothing is on file, whatever its row says.

        A whole row in another unit fits itself. An amount, but no count and no total since the
        start, is further expected to be more than a small part of its target.
        """
        if self.on_file(self.value.period):
            return ()
        found = from_targets(self.subject)
        if self.indicator.counts_whole or self.indicator.accumulation is Accumulation.SINCE_START:
            return found
        return tuple(replace(aim, low=aim.high * _LEAST) for aim in found)

    @cached_property
    def newest(self) -> tuple[Reference, ...]:
        """What the newest value on file of the same scope leads to expect, by itself."""
        own = [k for k in self._on_file.values() if k.scope == self.value.scope]
        return from_newest(self.subject, own)

    @cached_property
    def _on_file(self) -> Values:
        """The baselines, and over them what was reported."""
        return {(b.period, b.scope): b for b in self.base} | self.known

    def on_file(self, period: TimePeriod) -> tuple[Reference, ...]:
        """Return what earlier workbooks and the baselines lead to expect of a period."""
        scope = self.value.scope
        values = self._on_file.values()
        own = [k for k in values if k.scope == scope]
        others = [k for k in values if k.scope != scope]
        found = references(Subject(self.plan, self.indicator, period), own, others)
        same = {(b.period, b.scope): b for b in self.base} | self.reported
        known = same.get((period, scope))
        if known is None or known.value <= 0 or self.subject.is_net:
            return found
        basis = f"此前所报{self.label(known)}的"
        return (Reference(known.value, known.value, basis, _REVISED), *found)

    def is_plausible(self, number: float) -> bool:
        """Tell whether a number lies in the range that the plan gives the indicator, if any."""
        low, high = self.indicator.plausible or (-math.inf, math.inf)
        return low <= number <= high

    def label(self, known: Known | ReportedValue) -> str:
        return label_of(known.period, self.indicator, self.plan.year)

    def differs(self, one: float, other: float) -> bool:
        """Tell whether two numbers differ in the decimals that are reported."""
        return round(one - other, self.indicator.decimals) != 0

    def is_one_of(self, number: float, others: Iterable[float]) -> bool:
        """Tell whether a number is one of others to the decimals that are reported."""
        return not all(self.differs(number, other) for other in others)

    def rounded(self, number: float) -> float:
        """Return an amount that is expected with no more digits than are reported."""
        return round(number, self.indicator.decimals) or number

    def finding(self, rule: Rule, key: str, **words: str | float) -> Finding:
        """Return a finding at the row's cell in this column; 核实说明 may confirm it.

        Numbers among its words are printed with all their digits.
        """
        row, _ = position(self.value.cell)
        cell = self.table.cell(row, self.columns.get(key, key))
        place = self.place.at(self.table.sheet, cell, self.indicator.id)
        told = {k: word if isinstance(word, str) else shown(word) for k, word in words.items()}
        told = {"unit": behind_number(self.indicator.unit), **told}
        return rule.finding(place, explanation=self.value.confirmed, **told)


_LEAST = 0.01  # of a target: what grows to it within the plan's years is not less by far
_REVISED = 1.3  # factor by which a value once reported is usually revised at most
