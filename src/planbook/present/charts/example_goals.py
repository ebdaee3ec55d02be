"""An invented plan of seven goals, of which the page 图例 draws every form of chart.

The numbers are of nobody: they are chosen so that each mark appears. Values are as at the end of
the third quarter of 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    Comparator,
    Direction,
    Frequency,
    Kind,
    Nature,
    RatedBy,
    Rating,
    Reason,
    YearVerdict,
)

EDITION = Edition.parse("2026-Q3")
_START, _NOW, _DUE = TimePeriod(2024, 12), TimePeriod(2026, 9), TimePeriod(2027, 12)
_LETTERS = "甲乙丙丁戊己庚"
_UNIT = Unit(id="example", name=EXAMPLE, short=EXAMPLE)
_THRESHOLDS = Thresholds(on_course=0.95, far_behind=0.6)


@dataclass(frozen=True)
class Example:
    """A goal with what its charts draw."""

    view: GoalView
    series: Series
    history: tuple[GoalView, ...] = field(default=())


def example_goals() -> tuple[Example, ...]:
    """Return the goals: one for each form of chart, then a falling one and one without data."""
    return (_level(), _few(), _totals(), _range(), _growth(), _falling(), _silent())


def _points(values: dict[str, float], hollow: str = "") -> tuple[Point, ...]:
    return tuple(
        Point(TimePeriod.parse(period), value, provisional=period == hollow)
        for period, value in values.items()
    )


def _line(start: float, end: float) -> tuple[Point, ...]:
    """Return the path due in equal steps, a quarter each."""
    return tuple(Point(_START.plus(3 * n), start + (end - start) * n / 12) for n in range(13))


def _series(observed: tuple[Point, ...] = (), **known: Any) -> Series:
    empty = ("superseded", "elsewhere", "growth", "targets", "due")
    given: dict[str, Any] = dict.fromkeys(empty, ())
    given |= {"year_verdicts": {}, "baseline": None, "year": CALENDAR} | known
    return Series(observed=observed, **given)


def _view(
    letter: str, *, goal: dict[str, Any], indicator: dict[str, Any], **known: Any
) -> GoalView:
    """Return a goal; `known` are columns of its verdict."""
    id, name = f"example-{_LETTERS.index(letter) + 1}", f"{EXAMPLE}{letter}"
    first = {"id": id, "name": name, "quote": name, "section": EXAMPLE}
    own = Goal(**first | {"due": str(_DUE)} | goal)
    reported = {"accumulation": Accumulation.END_OF_PERIOD, "frequency": Frequency.QUARTERLY}
    of = Indicator(
        **reported | {"id": id, "name": name, "nature": Nature.COUNT_STOCK} | indicator,
        goals=(own,),
    )
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
    verdict = {
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
        "due": _DUE,
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
        due=_DUE,
        unit_names={"example": EXAMPLE},
        thresholds=_THRESHOLDS,
        cycle=Cycle(),
        verdict=Verdict(**verdict | known),
    )


def _value(now: float, due: float, period: TimePeriod = _NOW, **known: Any) -> dict[str, Any]:
    """Return the columns of a value that is judged."""
    elapsed = (period.ordinal - _START.ordinal) / 12
    return {
        "latest_value": now,
        "latest_period": period,
        "observed_value": now,
        "observed_period": period,
        "path_value": due,
        "baseline_period": _START,
        "elapsed": elapsed,
        "horizon": 3.0,
        "rated_by": RatedBy.LINEAR,
    } | known


def _expected(view: GoalView, p: float, low: float, mid: float, high: float) -> GoalView:
    row = OutlookRow(
        goal_id=view.id,
        edition=EDITION,
        p_method=OutlookMethod.MODEL,
        quantity=OutlookQuantity.LEVEL,
        judged_period=_DUE,
        newest_period=_NOW,
        outlook_low95=low - (mid - low) / 2,
        outlook_low80=low,
        outlook_mid=mid,
        outlook_high80=high,
        outlook_high95=high + (high - mid) / 2,
        p_met=p,
        p_exact=p,
        demonstration=True,
    )
    return replace(view, outlook=row)


def _fan(view: GoalView) -> tuple[FanRow, ...]:
    """Return a fan that opens evenly from the newest value to what is expected."""
    row, now = view.outlook, view.verdict.latest_value
    if row is None or now is None:
        return ()
    names = [f"outlook_{name}" for name in ("low95", "low80", "mid", "high80", "high95")]
    ends = [float(getattr(row, name)) for name in names]
    return tuple(
        FanRow(
            goal_id=view.id,
            time_period=_NOW.plus(3 * n),
            **{name: now + (end - now) * n / 5 for name, end in zip(names, ends, strict=True)},
        )
        for n in range(1, 6)
    )


def _level() -> Example:
    view = _view(
        "甲",
        goal={"kind": Kind.LEVEL_AT_END, "target": 160, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "家"},
        rating=Rating.BEHIND,
        baseline_value=100.0,
        pace=0.89,
        linear_pace=0.89,
        **_value(131.0, 135.0),
    )
    view = _expected(view, 0.35, 148.0, 154.0, 160.0)
    values = {"2025-03": 104.0, "2025-06": 108.0, "2025-09": 111.0, "2025-12": 116.0}
    values |= {"2026-03": 122.0, "2026-06": 126.0, "2026-09": 131.0}
    series = _series(
        _points(values, hollow="2026-09"),
        superseded=_points({"2026-03": 124.5}),
        targets=_points({"2025-12": 120.0, "2026-12": 140.0, "2027-12": 160.0}),
        year_verdicts={2025: YearVerdict.NOT_REACHED},
        due=_line(100, 160),
        baseline=Point(_START, 100.0),
        fan=_fan(view),
    )
    return Example(view, series)


def _few() -> Example:
    view = _view(
        "乙",
        goal={"kind": Kind.LEVEL_AT_END, "target": 8, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "个", "frequency": Frequency.ANNUAL},
        rating=Rating.ON_COURSE,
        baseline_value=4.0,
        pace=1.0,
        linear_pace=1.0,
        **_value(5.0, 5.0, TimePeriod(2025, 12), rated_by=RatedBy.WHOLE_UNITS),
    )
    due = _points({"2024-12": 4.0, "2025-12": 5.0, "2026-12": 6.0, "2027-12": 8.0})
    return Example(view, _series(_points({"2025-12": 5.0}), due=due, baseline=Point(_START, 4.0)))


def _totals() -> Example:
    view = _view(
        "丙",
        goal={"kind": Kind.ANNUAL_FLOW, "target": 130, "comparator": Comparator.AT_LEAST},
        indicator={
            "unit": "亿元",
            "decimals": 1,
            "nature": Nature.FLOW,
            "accumulation": Accumulation.YTD,
        },
        rating=Rating.ON_COURSE,
        rating_provisional=True,
        is_estimate=True,
        band_low=112.0,
        band_high=125.0,
        baseline_value=100.0,
        pace=0.97,
        growth_pace=0.97,
        **_value(118.5, 119.1, TimePeriod(2026, 12), rated_by=RatedBy.GROWTH, elapsed=2.0)
        | {"latest_value": 82.0, "latest_period": _NOW},
    )
    view = _expected(view, 0.55, 122.0, 131.0, 140.0)
    values = {"2025-03": 22.0, "2025-06": 47.0, "2025-09": 75.0, "2025-12": 108.0}
    values |= {"2026-03": 24.5, "2026-06": 52.0, "2026-09": 82.0}
    due = _points({"2024-12": 100.0, "2025-12": 109.1, "2026-12": 119.1, "2027-12": 130.0})
    series = _series(
        _points(values, hollow="2026-09"),
        due=due,
        baseline=Point(_START, 100.0),
        fan=_fan(view)[-1:],
    )
    return Example(view, series)


def _range() -> Example:
    view = _view(
        "丁",
        goal={
            "kind": Kind.CUMULATIVE,
            "target": 2,
            "target_high": 3,
            "comparator": Comparator.RANGE,
            "since": str(_START),
        },
        indicator={
            "unit": "家",
            "nature": Nature.COUNT_GROSS,
            "accumulation": Accumulation.SINCE_START,
        },
        rating=Rating.MET,
        met=True,
        pace=2.0,
        **_value(2.0, 1.0, TimePeriod(2025, 12), rated_by=RatedBy.CUMULATIVE),
    )
    due = _points({"2024-12": 0.0, "2025-12": 0.0, "2026-12": 1.0, "2027-12": 2.0})
    return Example(view, _series(_points({"2025-12": 2.0}), due=due, baseline=Point(_START, 0.0)))


def _growth() -> Example:
    view = _view(
        "戊",
        goal={
            "kind": Kind.CAGR,
            "target": 15,
            "unit": "%",
            "comparator": Comparator.AT_LEAST,
            "base_period": str(_START),
        },
        indicator={
            "unit": "亿元",
            "decimals": 1,
            "nature": Nature.RATE,
            "accumulation": Accumulation.YTD,
        },
        rating=Rating.FAR_BEHIND,
        pace=0.55,
        **_value(8.2, 15.0, TimePeriod(2025, 12), rated_by=RatedBy.AVERAGE_GROWTH),
    )
    rates = {"2025-03": 12.0, "2025-06": 10.4, "2025-09": 9.1, "2025-12": 8.2}
    rates |= {"2026-03": 9.5, "2026-06": 10.1, "2026-09": 11.3}
    return Example(view, _series(growth=_points(rates)), (view,))


def _falling() -> Example:
    view = _view(
        "己",
        goal={
            "kind": Kind.LEVEL_AT_END,
            "target": 12,
            "comparator": Comparator.AT_MOST,
            "direction": Direction.DOWN,
        },
        indicator={"unit": "%", "decimals": 1, "nature": Nature.RATIO},
        rating=Rating.REVERSING,
        adverse=True,
        baseline_value=14.0,
        pace=-0.17,
        linear_pace=-0.17,
        **_value(14.2, 12.8),
    )
    view = _expected(view, 0.05, 12.9, 14.3, 15.2)
    values = {"2025-06": 13.8, "2025-12": 13.9, "2026-06": 14.1, "2026-09": 14.2}
    due = _line(14, 12)
    return Example(view, _series(_points(values), due=due, baseline=Point(_START, 14.0)))


def _silent() -> Example:
    view = _view(
        "庚",
        goal={"kind": Kind.LEVEL_AT_END, "target": 50, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "人"},
        rating=Rating.NOT_ASSESSABLE,
        reason=Reason.NO_BASELINE,
    )
    return Example(view, _series())
