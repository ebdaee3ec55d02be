"""Plans laid over past series: what the outlook would have said, and what then happened.

A plan has 12 quarters. At an origin so many of them are over (`ELAPSED`), the series is known up to
there, and the package's own functions say what comes at the end. Targets are made as plans make
them: the growth of the three years before, more or less of it (`AMBITIONS`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from unittest.mock import patch

import numpy as np

from outlook.series import Numbers, Series
from planbook.assess.outlook import scale
from planbook.assess.outlook.constants import LEVEL, NEWEST, SEASONED
from planbook.assess.outlook.forecast import Course, Forecast, course_of, level, total
from planbook.assess.outlook.logits import from_logit
from planbook.assess.outlook.parameters import Spread
from planbook.assess.outlook.trend import trend_of
from planbook.outlook_frames import OutlookQuantity

PLAN = 12  # quarters of a plan, and of the growth before it that its target goes on from
HISTORY = PLAN + 15  # known before the first origin: a year's total, three years before the plan
AHEAD = range(1, PLAN)  # quarters left at an origin
PERIODS = (5, 8, 12, 16, 20)  # of history
AMBITIONS = (-1.0, -0.5, 0.0, 0.5, 1.0)  # in standard deviations of three years' growth
ORIGINS = 10  # of a series
PLAN_LIKE = math.log(1.03)  # a plan's target lies so far above its base

Spreads = dict[str, tuple[Spread, ...]]


@dataclass(frozen=True)
class Logs:
    """A series with its logarithms (of shares: logits) and sums of four quarters."""

    series: Series

    @cached_property
    def values(self) -> Numbers:
        return np.asarray(self.series.values)

    @cached_property
    def y(self) -> Numbers:
        if self.series.share:
            return np.asarray(np.log(self.values / (100 - self.values)))
        return np.asarray(np.log(self.values))

    @cached_property
    def years(self) -> Numbers:
        """Logarithm of the sum of the four quarters that end at each quarter."""
        sums = np.convolve(self.values, np.ones(4), mode="valid")
        return np.concatenate([np.full(3, np.nan), np.log(sums)])

    @property
    def rated(self) -> Numbers:
        """What a target is set for: levels, or sums of years."""
        return self.years if self.series.flow else self.y

    @cached_property
    def ambition(self) -> float:
        """Standard deviation of the growth over three years."""
        growth = self.rated[PLAN:] - self.rated[:-PLAN]
        return float(np.nanstd(growth, ddof=1))

    def season_free(self, known: int) -> tuple[float, ...]:
        """Return the newest known values without their season."""
        newest = (self.series.position + known - 1) % 4
        values = self.y[known - NEWEST : known].tolist()
        return trend_of(values, newest=newest, model=LEVEL).adjusted

    def origins(self, count: int = ORIGINS) -> list[int]:
        """Return numbers of known quarters, evenly spread over the series."""
        last = len(self.values) - AHEAD[-1]
        return sorted({round(each) for each in np.linspace(HISTORY, last, count)})

    def course(self, known: int, periods: int) -> Course:
        """Carry on the newest quarters of those known."""
        newest = (self.series.position + known - 1) % 4
        return course_of(
            self.y[known - periods : known].tolist(), newest=newest, flow=self.series.flow
        )

    def targets(self, known: int, ahead: int) -> tuple[float, list[float]]:
        """Return base and targets, as logarithms, of the plan that ends so many quarters later."""
        start = known - 1 - (PLAN - ahead)
        base = float(self.rated[start])
        growth = base - float(self.rated[start - PLAN])
        return base, [base + growth + each * self.ambition for each in AMBITIONS]


@dataclass(frozen=True)
class Case:
    """What was forecast of a quantity, and what it became.

    Attributes
    ----------
    quantity
        ``level``, ``year_sum`` or ``total`` (since the plan began).
    row
        Of the spread.
    pace
        By target: way done, over the time gone; infinite where it is met already.
    """

    quantity: str
    row: str
    forecast: Forecast
    actual: float
    targets: tuple[float, ...]
    paces: tuple[float, ...]
    plan_like: tuple[bool, ...]

    @property
    def error(self) -> float:
        """Of the logarithm (logit) of what was still open."""
        return self.forecast.transformed(self.actual) - self.forecast.centre


@contextmanager
def constants(spread: Spreads | None = None, **settings: float) -> Iterator[None]:
    """Let the package work with other constants for a while: a spread, settings of `forecast`."""
    with ExitStack() as changed:
        if spread is not None:
            changed.enter_context(patch.object(scale, "SPREAD", spread))
        for name, value in settings.items():
            changed.enter_context(patch(f"planbook.assess.outlook.forecast.{name}", value))
        yield


@dataclass(frozen=True)
class Origin:
    """A point of a plan, at which so many quarters are known and so many are still ahead.

    Attributes
    ----------
    periods
        Of the newest known, that the course was made from.
    """

    logs: Logs
    known: int
    periods: int
    ahead: int
    course: Course

    @property
    def gone(self) -> int:
        """Quarters of the plan that are over."""
        return PLAN - self.ahead

    @property
    def source(self) -> str:
        return self.logs.series.source


def roll(
    series: Sequence[Series], periods: Sequence[int] = PERIODS, origins: int = ORIGINS
) -> Iterator[tuple[Origin, Case]]:
    """Yield every origin of every series with the cases there."""
    for each in series:
        logs = Logs(each)
        for known in logs.origins(origins):
            for used in periods:
                if used < SEASONED and not each.flow:
                    continue
                course = logs.course(known, used)
                for ahead in AHEAD:
                    origin = Origin(logs, known, used, ahead, course)
                    for case in cases(origin):
                        yield origin, case


def cases(origin: Origin) -> list[Case]:
    """Return what a course says of the end of a plan, with what came."""
    base, targets = origin.logs.targets(origin.known, origin.ahead)
    if not origin.logs.series.flow:
        return [_level(origin, base, targets)]
    return [_year(origin, base, targets), _total(origin, base, targets)]


def _level(origin: Origin, base: float, targets: list[float]) -> Case:
    logs, known, ahead = origin.logs, origin.known, origin.ahead
    share = logs.series.share
    seen = logs.season_free(known)
    way = seen[-1] - seen[-1 - origin.gone]
    return Case(
        quantity="level",
        row="level",
        forecast=level(origin.course, ahead=ahead, quarters=ahead, ratio=share),
        actual=float(logs.values[known - 1 + ahead]),
        targets=tuple(_back(each, share=share) for each in targets),
        paces=tuple(_pace(way, each - base, origin.gone) for each in targets),
        plan_like=_plan_like(base, targets),
    )


def _year(origin: Origin, base: float, targets: list[float]) -> Case:
    logs, known, ahead = origin.logs, origin.known, origin.ahead
    done = max(0, 4 - ahead)  # quarters of the last year that are over
    row = OutlookQuantity.YEAR_SUM if ahead > 4 else OutlookQuantity.REMAINING_SUM
    way = float(logs.years[known - 1]) - base
    return Case(
        quantity="year_sum",
        row=row.value,
        forecast=total(
            origin.course,
            row,
            ahead=range(max(1, ahead - 3), ahead + 1),
            months=_equal,
            quarters=ahead,
            known=float(logs.values[known - done : known].sum()),
        ),
        actual=math.exp(float(logs.years[known - 1 + ahead])),
        targets=tuple(math.exp(each) for each in targets),
        paces=tuple(_pace(way, each - base, origin.gone, may_be_met=False) for each in targets),
        plan_like=_plan_like(base, targets),
    )


def _total(origin: Origin, base: float, targets: list[float]) -> Case:
    logs, known, ahead = origin.logs, origin.known, origin.ahead
    done = float(logs.values[known - origin.gone : known].sum())
    growths = [math.exp((each - base) / 3) for each in targets]
    asked = [math.exp(base) * (each + each**2 + each**3) for each in growths]
    part = origin.gone / PLAN
    return Case(
        quantity="total",
        row="remaining_sum",
        forecast=total(
            origin.course,
            OutlookQuantity.REMAINING_SUM,
            ahead=range(1, ahead + 1),
            months=_equal,
            quarters=ahead,
            known=done,
        ),
        actual=done + float(logs.values[known : known + ahead].sum()),
        targets=tuple(asked),
        paces=tuple(math.inf if done >= each else done / each / part for each in asked),
        plan_like=_plan_like(base, targets),
    )


def _plan_like(base: float, targets: list[float]) -> tuple[bool, ...]:
    return tuple(each - base > PLAN_LIKE for each in targets)


def _pace(way: float, whole: float, gone: int, *, may_be_met: bool = True) -> float:
    """Return the way done over the time gone; infinite where no way is left."""
    if may_be_met and way >= whole:
        return math.inf
    return way / max(abs(whole), 1e-9) / (gone / PLAN)


def _equal(_: int) -> int:
    return 1


def _back(value: float, *, share: bool) -> float:
    return from_logit(value) if share else math.exp(value)
