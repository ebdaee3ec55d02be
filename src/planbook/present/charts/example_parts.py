"""How the invented goals of the page 图例 are put together: views, series and what is expected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planbook.frames import Verdict
from planbook.outlook_frames import FanRow, OutlookMethod, OutlookQuantity, OutlookRow
from planbook.periods import CALENDAR, Edition, TimePeriod
from planbook.plan.cycle import Cycle
from planbook.plan.model import Chapter, Field, Goal, Indicator, Thresholds, Unit
from planbook.present.points import Point, Series
from planbook.present.say.legend_words import EXAMPLE
from planbook.present.views import GoalView
from planbook.vocabulary import (
    UNSTATED,
    Accumulation,
    Frequency,
    Kind,
    Nature,
    RatedBy,
)

EDITION = Edition.parse("2026-09")  # a month: a plan of years has no quarters
START, NOW, DUE = TimePeriod(2024, 12), TimePeriod(2026, 9), TimePeriod(2027, 12)
_LETTERS = "甲乙丙丁戊己庚"
_UNIT = Unit(id="example", name=EXAMPLE, short=EXAMPLE)
_THRESHOLDS = Thresholds(on_course=0.95, far_behind=0.6)


def points(values: dict[str, float], hollow: str = "") -> tuple[Point, ...]:
    """Return values by month; that of `hollow` may still be revised."""
    return tuple(
        Point(TimePeriod.parse(period), value, provisional=period == hollow)
        for period, value in values.items()
    )


def even_path(start: float, end: float) -> tuple[Point, ...]:
    """Return the path due in equal steps, a quarter each."""
    return tuple(Point(START.plus(3 * n), start + (end - start) * n / 12) for n in range(13))


def example_series(observed: tuple[Point, ...] = (), **known: Any) -> Series:
    """Return a series that has what is given, and nothing else."""
    empty = ("superseded", "elsewhere", "growth", "targets", "due")
    given: dict[str, Any] = dict.fromkeys(empty, ())
    given |= {"year_verdicts": {}, "baseline": None, "year": CALENDAR} | known
    return Series(observed=observed, **given)


def example_view(
    letter: str, *, goal: dict[str, Any], indicator: dict[str, Any], **known: Any
) -> GoalView:
    """Return a goal; `known` are columns of its verdict."""
    id, name = f"example-{_LETTERS.index(letter) + 1}", f"{EXAMPLE}{letter}"
    first = {"id": id, "name": name, "quote": name, "section": EXAMPLE}
    own = Goal(**first | {"due": str(DUE)} | goal)
    reported: dict[str, Any] = {
        "accumulation": Accumulation.END_OF_PERIOD,
        "frequency": Frequency.QUARTERLY,
    }
    reported |= {"id": id, "name": name, "nature": Nature.COUNT_STOCK}
    of = Indicator(**reported | indicator, goals=(own,))
    part = Field(id="example", name=EXAMPLE, section=EXAMPLE, submitting_unit="example")
    chapter = Chapter(
        id="example",
        title=EXAMPLE,
        heading=EXAMPLE,
        section=EXAMPLE,
        notebook="example",
        role="cluster",
        fields=(part,),
    )
    verdict: dict[str, Any] = {
        "goal_id": id,
        "indicator_id": id,
        "chapter": EXAMPLE,
        "field": EXAMPLE,
        "field_id": "example",
        "name": name,
        "quote": name,
        "unit": of.unit,
        "kind": own.kind,
        "direction": own.direction,
        "scope": UNSTATED,
        "edition": EDITION,
        "demonstration": True,
        "submitting_unit": "example",
        "section": EXAMPLE,
        "due": DUE,
        "accumulation": of.accumulation,
        "target_value": own.target,
        "target_low": own.target,
        "target_high": own.target_high,
        "comparator": own.comparator,
    }
    return GoalView(
        goal=own,
        indicator=of,
        field=part,
        chapter=chapter,
        submitting_unit=_UNIT,
        unit="%" if own.kind is Kind.CAGR else of.unit,
        due=DUE,
        unit_names={"example": EXAMPLE},
        thresholds=_THRESHOLDS,
        cycle=Cycle(),
        verdict=Verdict(**verdict | known),
    )


def judged_value(now: float, due: float, period: TimePeriod = NOW, **known: Any) -> dict[str, Any]:
    """Return the columns of a value that is judged."""
    elapsed = (period.ordinal - START.ordinal) / 12
    return {
        "latest_value": now,
        "latest_period": period,
        "observed_value": now,
        "observed_period": period,
        "path_value": due,
        "baseline_period": START,
        "elapsed": elapsed,
        "horizon": 3.0,
        "rated_by": RatedBy.LINEAR,
    } | known


def expected(view: GoalView, p: float, low: float, mid: float, high: float) -> GoalView:
    """Return the goal with a likelihood and the 80 % interval that it is expected to end in."""
    row = OutlookRow(
        goal_id=view.id,
        edition=EDITION,
        p_method=OutlookMethod.MODEL,
        quantity=OutlookQuantity.LEVEL,
        judged_period=DUE,
        newest_period=NOW,
        outlook_low95=low - (mid - low) / 2,
        outlook_low80=low,
        outlook_mid=mid,
        outlook_high80=high,
        outlook_high95=high + (high - mid) / 2,
        p_met=p,
        p_exact=p,
        history_periods=7,
        demonstration=True,
    )
    return replace(view, outlook=row)


def even_fan(view: GoalView) -> tuple[FanRow, ...]:
    """Return a fan that opens evenly from the newest value to what is expected."""
    row, now = view.outlook, view.verdict.latest_value
    if row is None or now is None:
        return ()
    names = [f"outlook_{name}" for name in ("low95", "low80", "mid", "high80", "high95")]
    ends = [float(getattr(row, name)) for name in names]
    return tuple(
        FanRow(
            goal_id=view.id,
            time_period=NOW.plus(3 * n),
            **{name: now + (end - now) * n / 5 for name, end in zip(names, ends, strict=True)},
        )
        for n in range(1, 6)
    )
