"""``plan.yaml``: what holds for the whole plan, and where one rating ends and the next begins."""

from __future__ import annotations

from pydantic import Field as Key
from pydantic import model_validator

from planbook.periods import FiscalYear
from planbook.plan.alert_limits import AlertLimits
from planbook.plan.cycle import Cycle, CycleName, Flashes
from planbook.plan.parts import Id, NotebookName, Number, Record, Scope, Text, Whole
from planbook.vocabulary import UNSTATED, Kind, Visibility
from planbook.written_dates import EditionKey, Period

CHINA = "china"  # of ways to write telephone numbers
_ONLY_JUDGED_BY = ("thresholds", "approx_tolerance", "alerts", "front", "back")


class Thresholds(Record):
    """Where one rating ends and the next begins; exactly the limit gets the better word."""

    on_course: Number
    far_behind: Number
    every_year: Number = 1.0  # in place of `on_course` where each year has to meet by itself

    @model_validator(mode="after")
    def _ordered(self) -> Thresholds:
        if not 0 < self.far_behind < self.on_course <= 1:
            raise ValueError("应满足 0 < far_behind < on_course ≤ 1")
        if not self.far_behind < self.every_year <= 1:
            raise ValueError("应满足 far_behind < every_year ≤ 1")
        return self

    def of(self, kind: Kind) -> Thresholds:
        """Return the limits for goals of a kind: a year that is missed cannot be made up for."""
        if kind is not Kind.EVERY_YEAR:
            return self
        return self.model_copy(update={"on_course": self.every_year})


class Page(Record):
    """A notebook that belongs to the plan as a whole, not to a chapter."""

    id: Id
    title: Text
    notebook: NotebookName
    visibility: Visibility = Visibility.PUBLIC


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
    flashes: Flashes = Flashes.NONE  # months between two editions of which workbooks are collected
    flashes_from: EditionKey | None = None  # the first of them
    fiscal_year_begins: Whole = Key(default=1, ge=1, le=12)  # the first month of a year
    scopes: tuple[Scope, ...] = ()  # areas that values may cover, beside 未注明
    scope_break: Period | None = None  # the month from which values may cover another area
    telephones: tuple[Text, ...] = (CHINA,)  # how numbers are written here, which no text may have
    thresholds: Thresholds
    approx_tolerance: Number = Key(ge=0, lt=1)
    small_target: Number = Key(ge=0)
    alerts: AlertLimits = AlertLimits()
    yoy_gap: Number = Key(ge=0)  # 百分点; a larger gap between reported and computed 同比 is noted
    measure_types: dict[str, Text] = Key(default={})  # names of measures' types; else as they stand
    front: tuple[Page, ...] = ()
    chapters: tuple[Id, ...] = Key(min_length=1)
    back: tuple[Page, ...] = ()

    @property
    def scope_codes(self) -> dict[str, str]:
        """The scopes there are by name, each with its code; 未注明 comes last."""
        return {scope.name: scope.id.upper() for scope in self.scopes} | {UNSTATED: "UNSTATED"}

    @property
    def editions(self) -> Cycle:
        """The cycle on which the plan's editions lie."""
        year = FiscalYear(self.fiscal_year_begins)
        return Cycle(self.cycle, year, self.flashes, self.flashes_from)

    def as_read_by(self) -> PlanFile:
        """Return it without what workbooks are not read by; asking for that is an error.

        So a reading that is kept does not depend on it: new limits need no workbook read again.
        """
        known = self.model_copy()
        for name in _ONLY_JUDGED_BY:
            del known.__dict__[name]
        return known
