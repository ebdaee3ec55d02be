"""The parts of a plan: chapter → field → indicators → goals, and measures with their sub-items.

They mirror the YAML files one to one, are frozen and know all their keys. What must hold between
several of them is in `planbook.plan.checks`, so that it can be reported together.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Strict, StrictBool
from pydantic import Field as Key

from planbook.periods import Edition, TimePeriod
from planbook.plan.cycle import Cycle
from planbook.vocabulary import (
    UNSTATED,
    Accumulation,
    Comparator,
    Direction,
    Frequency,
    Kind,
    Nature,
    PathShape,
    Pattern,
    RatedBy,
    Visibility,
)
from planbook.written_dates import EditionKey, Period

Id = Annotated[str, Key(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Key(min_length=1)]
Number = Annotated[float, Strict()]  # "1800" in quotes and true are not numbers
Whole = Annotated[int, Strict()]
SHORT = 2  # months by which a value may fall short of the period that is owed
NotebookName = Annotated[str, Key(pattern=r"^[a-z][a-z0-9_]*$")]


class Record(BaseModel):
    """A frozen object that knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Unit(Record):
    """A department that reports (填报单位)."""

    id: Id
    name: Text
    short: Text


class Scope(Record):
    """An area that values may cover (口径); values of different scope cannot be compared.

    `also` are other words that mean it in workbooks; `since_break` says that there is no such area
    before the plan's `scope_break`. Beside those of the plan there is always 未注明.
    """

    id: Annotated[str, Key(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    also: tuple[Text, ...] = ()
    since_break: StrictBool = False


class Amendment(Record):
    """A target changed by a later document, holding from an edition on.

    With a `scope` it restates the goal for another area: target and, where the goal is measured
    against one, `baseline` are then of that area.
    """

    from_edition: EditionKey
    target: Number
    target_high: Number | None = None
    scope: Text | None = None  # the name of one
    baseline: Number | None = None  # at the goal's base period, in `scope`
    source: Text


class Goal(Record):
    """A target on an indicator, with the clause it comes from.

    `target` is in `unit` (% for growth goals, else the indicator's unit); of a range it is the
    lower end.
    """

    id: Id
    name: Text
    quote: Text
    section: Text
    plan_offset: Whole | None = Key(default=None, ge=0)
    kind: Kind
    target: Number | None = None
    target_high: Number | None = None
    comparator: Comparator | None = None
    unit: str | None = None  # default: the indicator's
    direction: Direction = Direction.UP
    due: Period | None = None  # default: the plan's
    base_period: Period | None = None
    since: Period | None = None
    path: PathShape = PathShape.GRADUAL  # steps: recognised once a year, at its end
    rated_by: Literal[RatedBy.GROWTH, RatedBy.LINEAR] | None = None  # default: by nature and kind
    ambiguity: str = ""
    reading: str = ""
    visibility: Visibility = Visibility.PUBLIC  # internal: its whole indicator is
    from_edition: EditionKey | None = None  # default: the plan's first edition
    amendments: tuple[Amendment, ...] = ()

    def as_of(self, edition: Edition) -> Goal:
        """Return the goal with the target in force in `edition`."""
        valid = [a for a in self.amendments if a.from_edition <= edition]
        if not valid:
            return self
        last = max(valid, key=lambda amendment: amendment.from_edition)
        return self.model_copy(update={"target": last.target, "target_high": last.target_high})

    def restated(self, edition: Edition) -> Amendment | None:
        """Return the amendment in force in `edition` that gives the target a scope of its own."""
        valid = [a for a in self.amendments if a.from_edition <= edition and a.scope is not None]
        return max(valid, key=lambda amendment: amendment.from_edition, default=None)


class Indicator(Record):
    """What is measured and how it is reported.

    `reported_in` lists the numbers of the editions of a year in which a value is owed, of a
    quarterly book 1 to 4, and is ``None`` where that is each (of a quarter's value in a monthly
    book each quarter); `lag_months` is how many months
    before the edition's end the newest available period ends. An annual indicator that has no value
    in some years says `every_years` and, as `value_year`, one year that has. `plausible` bounds a
    value.
    """

    id: Id
    name: Text
    unit: str
    decimals: Whole = Key(default=0, ge=0, le=6)
    nature: Nature
    accumulation: Accumulation
    frequency: Frequency
    reported_in: tuple[Annotated[Whole, Key(ge=1, le=12)], ...] | None = None
    lag_months: Whole = Key(default=0, ge=0, le=60)
    every_years: Whole = Key(default=1, ge=1, le=10)
    value_year: Whole | None = None
    scope: Text = UNSTATED  # the name of one
    submitting_unit: Id | None = None  # default: the field's
    plausible: tuple[Number, Number] | None = None
    visibility: Visibility = Visibility.PUBLIC
    goals: tuple[Goal, ...] = Key(min_length=1)

    @property
    def is_internal(self) -> bool:
        """Whether it, or a goal on it, is internal: from one goal the others' values follow."""
        marks = (self.visibility, *(goal.visibility for goal in self.goals))
        return Visibility.INTERNAL in marks

    @property
    def by_people(self) -> bool:
        """Whether it carries no number at all: a status that people assess."""
        return self.accumulation is Accumulation.STATUS

    @property
    def counts_whole(self) -> bool:
        """Whether its values are whole numbers of things."""
        return self.nature.is_count and self.decimals == 0

    def owed_in(self, edition: Edition, cycle: Cycle) -> TimePeriod | None:
        """Return the last month of the period owed in `edition`; ``None`` where nothing is owed.

        A month between two editions owes what is reported monthly, and in every edition; but no
        January of what is added up within the year and comes late: that begins with 1—2月.
        """
        if edition.months < cycle.months:
            newest = edition.end.plus(-self.lag_months)
            begins_later = self.accumulation is Accumulation.YTD and self.lag_months > 0
            owes = self.frequency is Frequency.MONTHLY and self.reported_in is None
            if not owes or self.by_people or (begins_later and newest.month == 1):
                return None
            return newest
        asked = self.reported_in is None or cycle.number(edition) in self.reported_in
        if self.by_people or not asked:
            return None
        available = edition.end.plus(-self.lag_months)
        if self.frequency is Frequency.ANNUAL:
            year = cycle.year.last_closed(available)
            return cycle.year.end(year) if self.has_year(year) else None
        if self.frequency is Frequency.QUARTERLY:
            quarter_end = available.plus(-(cycle.year.month_of(available) % 3))
            owed_before = quarter_end <= available.plus(-cycle.months)  # of a monthly book
            return None if owed_before and self.reported_in is None else quarter_end
        return available

    def has_year(self, year: int) -> bool:
        """Whether there is a value of this year; of most indicators there is one of every year."""
        return (year - (self.value_year or 0)) % self.every_years == 0

    def answers_for(self, due: TimePeriod, cycle: Cycle) -> TimePeriod:
        """Return the last month whose value can answer for a due date.

        A monthly indicator may have a value of the due month itself, and is asked for one at the
        end of its edition. Of others it is the first value owed that covers the due date: of an
        annual one due in June, the year's.
        """
        first = cycle.containing(due)
        if self.frequency is Frequency.MONTHLY:
            return first.end
        editions = range(cycle.a_year * (self.every_years + 1) + self.lag_months // cycle.months)
        owed = (self.owed_in(first.plus(ahead), cycle) for ahead in editions)
        return next((period for period in owed if period is not None and period >= due), due)

    def owed_periods(self, edition: Edition, cycle: Cycle) -> tuple[TimePeriod, ...]:
        """Return the periods owed in `edition`, oldest first; the last one is `owed_in`'s.

        More than one only where a year-to-date indicator passes over a whole year: one that runs
        late owes 1—11月 in the fourth quarter and 1—2月 in the first, so there the year as well.
        """
        newest = self.owed_in(edition, cycle)
        if newest is None:
            return ()
        before, year = self._owed_before(edition, cycle), cycle.year
        to_date = self.accumulation is Accumulation.YTD
        years = range(year.of(before), year.of(newest)) if to_date else ()
        return (*(end for end in map(year.end, years) if before < end < newest), newest)

    def _owed_before(self, edition: Edition, cycle: Cycle) -> TimePeriod:
        """Return the period that the newest edition before this one owes."""
        for back in range(1, cycle.a_year * self.every_years + 1):
            period = self.owed_in(edition.plus(-back), cycle)
            if period is not None:
                return period
        raise ValueError(f"{self.id}: owes nothing in any edition")

    def last_owed(
        self, edition: Edition, first: Edition, cycle: Cycle
    ) -> tuple[Edition, TimePeriod] | None:
        """Return the newest edition from `first` to `edition` that owes a value, and its period."""
        current = edition.base
        while current >= first:
            period = self.owed_in(current, cycle)
            if period is not None:
                return current, period
            current = current.plus(-1)
        return None


class SubItem(Record):
    """A named part of a measure (专项), reported on its own row."""

    id: Id
    name: Text
    visibility: Visibility = Visibility.PUBLIC


class Measure(Record):
    """A qualitative action of the plan (举措), followed by status."""

    id: Id
    title: Text
    quote: Text
    section: Text
    plan_offset: Whole | None = Key(default=None, ge=0)
    type: Text
    pattern: Pattern
    sub_items: tuple[SubItem, ...] = ()
    submitting_unit: Id | None = None  # default: the field's
    visibility: Visibility = Visibility.PUBLIC  # internal: its sub-items are as well


class Field(Record):
    """A 细分领域, or a programme or safeguard where the chapter holds those."""

    id: Id
    name: Text
    section: Text
    submitting_unit: Id
    group: str = ""  # heading that several fields share
    indicators: tuple[Indicator, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(goal for indicator in self.indicators for goal in indicator.goals)


class Chapter(Record):
    """A chapter of the book: one file, one notebook."""

    id: Id
    title: Text
    heading: Text  # the plan's own heading
    section: Text
    notebook: NotebookName
    role: Annotated[str, Key(pattern=r"^(overall|cluster|programmes)$")]
    fields: tuple[Field, ...] = Key(min_length=1)

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(goal for field in self.fields for goal in field.goals)

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for field in self.fields for measure in field.measures)
