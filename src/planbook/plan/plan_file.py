"""What holds for a whole plan: ``plan.yaml`` as a frozen, checked object."""

from __future__ import annotations

from pydantic import Field as Key

from planbook.periods import FiscalYear
from planbook.plan.cycle import Cycle, CycleName
from planbook.plan.parts import Id, Number, Page, Record, Text, Thresholds, Whole
from planbook.written_dates import EditionKey, Period


class PlanFile(Record):
    """``plan.yaml``: what holds for the whole plan."""

    id: Id
    title: Text
    short_title: Text
    issuer: Text
    issued: Text
    area: Text  # what the book calls the place: 全区
    goal_sentence: Text  # the overall aim, verbatim
    text_sha256: str = ""  # of the text that quotes and offsets refer to
    start: Period
    due: Period
    first_edition: EditionKey
    cycle: CycleName = CycleName.QUARTER  # how often the book comes out
    fiscal_year_begins: Whole = Key(default=1, ge=1, le=12)  # the first month of a year
    scope_break: Period | None = None  # the month from which values may cover another area
    thresholds: Thresholds
    approx_tolerance: Number = Key(ge=0, lt=1)
    small_target: Number = Key(ge=0)
    yoy_gap: Number = Key(ge=0)  # 百分点; a larger gap between reported and computed 同比 is noted
    measure_types: dict[str, Text] = Key(default={})  # what a `type` is called; empty: as it stands
    front: tuple[Page, ...] = ()
    chapters: tuple[Id, ...] = Key(min_length=1)
    back: tuple[Page, ...] = ()

    @property
    def editions(self) -> Cycle:
        """The cycle on which the plan's editions lie."""
        return Cycle(self.cycle, FiscalYear(self.fiscal_year_begins))
