"""An invented plan of seven goals, of which the page 图例 draws every form of chart.

The numbers are of nobody: they are chosen so that each mark appears. Values are as at the end of
the third quarter of 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planbook.periods import TimePeriod
from planbook.present.charts.example_parts import (
    NOW,
    START,
    even_fan,
    even_path,
    example_series,
    example_view,
    expected,
    judged_value,
    points,
)
from planbook.present.points import Point, Series
from planbook.present.views import GoalView
from planbook.vocabulary import (
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


@dataclass(frozen=True)
class Example:
    """A goal with what its charts draw."""

    view: GoalView
    series: Series
    history: tuple[GoalView, ...] = field(default=())


def example_goals() -> tuple[Example, ...]:
    """Return the goals: one for each form of chart, then a falling one and one without data."""
    return (_level(), _few(), _totals(), _range(), _growth(), _falling(), _silent())


def _level() -> Example:
    view = example_view(
        "甲",
        goal={"kind": Kind.LEVEL_AT_END, "target": 160, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "家"},
        rating=Rating.BEHIND,
        baseline_value=100.0,
        pace=0.89,
        linear_pace=0.89,
        **judged_value(131.0, 135.0),
    )
    view = expected(view, 0.35, 148.0, 154.0, 160.0)
    values = {"2025-03": 104.0, "2025-06": 108.0, "2025-09": 111.0, "2025-12": 116.0}
    values |= {"2026-03": 122.0, "2026-06": 126.0, "2026-09": 131.0}
    series = example_series(
        points(values, hollow="2026-09"),
        superseded=points({"2026-03": 124.5}),
        targets=points({"2025-12": 120.0, "2026-12": 140.0, "2027-12": 160.0}),
        year_verdicts={2025: YearVerdict.NOT_REACHED},
        due=even_path(100, 160),
        baseline=Point(START, 100.0),
        fan=even_fan(view),
    )
    return Example(view, series)


def _few() -> Example:
    view = example_view(
        "乙",
        goal={"kind": Kind.LEVEL_AT_END, "target": 8, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "个", "frequency": Frequency.ANNUAL},
        rating=Rating.ON_COURSE,
        baseline_value=4.0,
        pace=1.0,
        linear_pace=1.0,
        **judged_value(5.0, 5.0, TimePeriod(2025, 12), rated_by=RatedBy.WHOLE_UNITS),
    )
    due = points({"2024-12": 4.0, "2025-12": 5.0, "2026-12": 6.0, "2027-12": 8.0})
    return Example(
        view, example_series(points({"2025-12": 5.0}), due=due, baseline=Point(START, 4.0))
    )


def _totals() -> Example:
    view = example_view(
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
        **judged_value(118.5, 119.1, TimePeriod(2026, 12), rated_by=RatedBy.GROWTH, elapsed=2.0)
        | {"latest_value": 82.0, "latest_period": NOW},
    )
    view = expected(view, 0.55, 122.0, 131.0, 140.0)
    values = {"2025-03": 22.0, "2025-06": 47.0, "2025-09": 75.0, "2025-12": 108.0}
    values |= {"2026-03": 24.5, "2026-06": 52.0, "2026-09": 82.0}
    due = points({"2024-12": 100.0, "2025-12": 109.1, "2026-12": 119.1, "2027-12": 130.0})
    series = example_series(
        points(values, hollow="2026-09"),
        due=due,
        baseline=Point(START, 100.0),
        fan=even_fan(view)[-1:],
    )
    return Example(view, series)


def _range() -> Example:
    view = example_view(
        "丁",
        goal={
            "kind": Kind.CUMULATIVE,
            "target": 2,
            "target_high": 3,
            "comparator": Comparator.RANGE,
            "since": str(START),
        },
        indicator={
            "unit": "家",
            "nature": Nature.COUNT_GROSS,
            "accumulation": Accumulation.SINCE_START,
        },
        rating=Rating.MET,
        met=True,
        pace=2.0,
        **judged_value(2.0, 1.0, TimePeriod(2025, 12), rated_by=RatedBy.CUMULATIVE),
    )
    due = points({"2024-12": 0.0, "2025-12": 0.0, "2026-12": 1.0, "2027-12": 2.0})
    return Example(
        view, example_series(points({"2025-12": 2.0}), due=due, baseline=Point(START, 0.0))
    )


def _growth() -> Example:
    view = example_view(
        "戊",
        goal={
            "kind": Kind.CAGR,
            "target": 15,
            "unit": "%",
            "comparator": Comparator.AT_LEAST,
            "base_period": str(START),
        },
        indicator={
            "unit": "亿元",
            "decimals": 1,
            "nature": Nature.RATE,
            "accumulation": Accumulation.YTD,
        },
        rating=Rating.FAR_BEHIND,
        pace=0.55,
        **judged_value(8.2, 15.0, TimePeriod(2025, 12), rated_by=RatedBy.AVERAGE_GROWTH),
    )
    rates = {"2025-03": 12.0, "2025-06": 10.4, "2025-09": 9.1, "2025-12": 8.2}
    rates |= {"2026-03": 9.5, "2026-06": 10.1, "2026-09": 11.3}
    return Example(view, example_series(growth=points(rates)), (view,))


def _falling() -> Example:
    view = example_view(
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
        **judged_value(14.2, 12.8),
    )
    view = expected(view, 0.05, 12.9, 14.3, 15.2)
    values = {"2025-06": 13.8, "2025-12": 13.9, "2026-06": 14.1, "2026-09": 14.2}
    due = even_path(14, 12)
    return Example(view, example_series(points(values), due=due, baseline=Point(START, 14.0)))


def _silent() -> Example:
    view = example_view(
        "庚",
        goal={"kind": Kind.LEVEL_AT_END, "target": 50, "comparator": Comparator.AT_LEAST},
        indicator={"unit": "人"},
        rating=Rating.NOT_ASSESSABLE,
        reason=Reason.NO_BASELINE,
    )
    return Example(view, example_series())
