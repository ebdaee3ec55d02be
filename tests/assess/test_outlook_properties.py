"""What holds of the outlook whatever was reported."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planbook.assess.goals import assess_history
from planbook.assess.outlook import student
from planbook.assess.outlook.constants import FITTED_ON
from planbook.assess.outlook.forecast import course_of, level
from planbook.assess.outlook.goals import QUANTILES, Outlooks, assess_outlooks
from planbook.assess.outlook.what_ifs import growths
from planbook.outlook_frames import OutlookGate, OutlookMethod
from planbook.periods import Edition, TimePeriod, editions_between
from planbook.plan.cycle import QUARTERLY
from planbook.vocabulary import Accumulation

KINDS = ("level_at_end", "annual_flow", "cumulative", "cagr", "growth_vs_base", "every_year")
OF_GROWTH = ("cagr", "growth_vs_base")
AMOUNTS = st.one_of(
    st.floats(-1e3, 1e6, allow_nan=False),
    st.integers(-3, 30).map(float),
    st.just(0.0),
    st.floats(90, 110),
)
TARGETS = st.floats(0.5, 1e6)


LEVELS, OF_YEARS, SINCE_START = "levels", "of_years", "since_start"
SUMMED = {
    "level_at_end": LEVELS,
    "annual_flow": OF_YEARS,
    "cumulative": SINCE_START,
    "every_year": OF_YEARS,
}


@st.composite
def anything(draw: st.DrawFn) -> dict[str, Any]:
    """Draw values of some quarters in whatever order of size, some with the year before."""
    found: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 12))):
        if draw(st.integers(0, 4)):
            period = TimePeriod(2025, 3).plus(3 * number - (draw(st.integers(0, 12)) == 0))
            prior = draw(st.one_of(st.none(), AMOUNTS))
            found[str(period)] = {"obs_value": draw(AMOUNTS), "prior_value": prior}
    return found


@st.composite
def like_real(draw: st.DrawFn, summed: str = LEVELS) -> dict[str, Any]:
    """Draw values of successive quarters with those of the year before, growing with some noise."""
    base, growth = draw(st.floats(5, 1e4)), draw(st.floats(-0.05, 0.06))
    noise = draw(st.sampled_from((0.002, 0.02, 0.1)))
    quarters = draw(st.integers(8, 15))
    amounts = [
        base * math.exp(growth * n + noise * draw(st.floats(-2, 2))) for n in range(quarters)
    ]
    values: dict[TimePeriod, float] = {}
    total = 0.0
    for number, amount in enumerate(amounts):
        period = TimePeriod(2024, 3).plus(3 * number)
        begins = period.month == 3 if summed == OF_YEARS else number == 4
        total = amount if summed == LEVELS or begins else total + amount
        values[period] = total
    found: dict[str, Any] = {}
    for period, value in values.items():
        if period.year > 2024:
            before = values[period.plus(-12)] if period.year == 2025 else None
            prior = None if summed == SINCE_START else before
            found[str(period)] = {"obs_value": value, "prior_value": prior}
    if len(found) > 2 and draw(st.integers(0, 5)) == 0:
        del found[draw(st.sampled_from(sorted(found)[:-1]))]
    return found


def outlook(world: Any, kind: str, target: float, values: Any, **more: Any) -> Outlooks:
    goal = {"unit": "%"} if kind in OF_GROWTH else {}
    own = world(kind, target, values, goal=goal | more.pop("goal", {}), **more)
    edition = QUARTERLY.containing(max(map(TimePeriod.parse, values), default=TimePeriod(2025, 3)))
    editions = editions_between(Edition.parse("2025-Q1"), edition)
    history = assess_history(own.plan, own.facts, editions, demonstration=False)
    return assess_outlooks(own.plan, own.facts, history, edition, (), demonstration=False)


def checked(found: Outlooks, *, down: bool = False) -> None:
    for row in found.outlooks:
        numbers = [getattr(row, each.name) for each in fields(row)]
        assert all(math.isfinite(n) for n in numbers if isinstance(n, float))
        ends = [getattr(row, name) for name in QUANTILES]
        known = [end for end in ends if end is not None]
        assert known == sorted(known)
        assert len(known) in (0, 5)
        assert row.fitted_on == (FITTED_ON if known else "")
        assert (row.p_method is None) == (row.p_met is None)
        assert row.p_method is not None or row.outlook_gate is not None
        if row.p_met is not None:
            assert 0.05 <= row.p_met <= 0.95
            assert row.p_met * 20 == pytest.approx(round(row.p_met * 20))
        if row.p_method in (OutlookMethod.MODEL, OutlookMethod.SHORT_MODEL):
            assert row.outlook_gate is None
            assert len(known) == 5
            assert (row.p_method is OutlookMethod.MODEL) == (row.history_periods >= 8)
        if row.p_method is OutlookMethod.REFERENCE:
            assert not known
        if row.outlook_gate is OutlookGate.JUMP:
            assert len(known) == 5
    for each in found.fans:
        ends = [getattr(each, name) for name in QUANTILES]
        assert ends == sorted(ends)
    values = [each.value_at_due for each in found.what_ifs]
    odds = [each.p_met for each in found.what_ifs]
    assert values == sorted(values)
    assert odds == sorted(odds, reverse=down)
    assert len(found.what_ifs) in (0, 12)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(KINDS),
    drawn=st.data(),
    target=TARGETS,
    baseline=st.one_of(st.none(), st.none(), AMOUNTS),
    decimals=st.integers(0, 3),
    late=st.sampled_from((False, False, True)),
    comparator=st.sampled_from((">=", ">", "~")),
)
def test_no_series_stops_it_and_whatever_is_said_is_in_order(
    *,
    world: Any,
    kind: str,
    drawn: st.DataObject,
    target: float,
    baseline: float | None,
    decimals: int,
    late: bool,
    comparator: str,
) -> None:
    values = drawn.draw(st.one_of(anything(), like_real(SUMMED.get(kind, OF_YEARS))))
    indicator: dict[str, Any] = {"decimals": decimals}
    if late:
        indicator |= {"lag_months": 1, "frequency": "monthly"}
    checked(
        outlook(
            world,
            kind,
            target,
            values,
            baseline=None if kind == "cumulative" else baseline,
            indicator=indicator,
            goal={"comparator": comparator},
        )
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=st.one_of(anything(), like_real()),
    target=st.floats(1, 99),
    down=st.booleans(),
    nature=st.sampled_from(("ratio", "balance", "count_stock")),
    unit=st.sampled_from(("%", "家")),
)
def test_levels_of_every_nature_and_direction_are_in_order(
    *, world: Any, values: Any, target: float, down: bool, nature: str, unit: str
) -> None:
    goal = {"direction": "down", "comparator": "<="} if down else {}
    indicator = {"nature": nature, "unit": unit, "decimals": 1}
    found = outlook(world, "level_at_end", target, values, goal=goal, indicator=indicator)
    checked(found, down=down)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(("level_at_end", "annual_flow", "growth_vs_base")),
    drawn=st.data(),
    harder=st.floats(0.5, 1.5),
    more=st.floats(1.001, 1.5),
)
def test_the_more_is_asked_the_less_likely_it_is(
    *, world: Any, kind: str, drawn: st.DataObject, harder: float, more: float
) -> None:
    values = drawn.draw(like_real(SUMMED.get(kind, LEVELS)))
    last = values[max(values)]["obs_value"]
    target = harder * (last if kind == "level_at_end" else 100 * harder)
    accumulation = Accumulation.END_OF_PERIOD if kind != "annual_flow" else Accumulation.YTD
    indicator = {"accumulation": accumulation, "nature": "balance", "decimals": 2}
    easy, hard = (
        outlook(world, kind, asked, values, indicator=indicator).outlooks
        for asked in (target, target * more)
    )
    for one, other in zip(easy, hard, strict=True):
        if one.quantity is None or other.quantity is None:
            continue
        assert one.outlook_mid == other.outlook_mid
        if one.p_exact is not None and other.p_exact is not None:
            assert one.p_exact >= other.p_exact - 1e-12


@given(own=st.floats(-0.15, 0.3), needed=st.floats(-0.1, 0.25))
def test_growths_that_are_tried_are_a_dozen_and_hold_what_matters(
    own: float, needed: float
) -> None:
    found = growths(own=own, needed=needed)
    assert len(found) == len(set(found)) == 12
    assert found == sorted(found)
    assert 0 in found
    if max(0, own, needed) - min(0, own, needed) <= 0.3:
        assert found[0] <= min(own, needed) + 1e-6
        assert found[-1] >= max(own, needed) - 1e-6


@given(share=st.floats(1e-4, 1 - 1e-4))
def test_the_share_below_a_quantile_is_the_share(share: float) -> None:
    assert student.below(student.quantile(share)) == pytest.approx(share, abs=1e-9)


@given(
    changes=st.lists(st.floats(-0.1, 0.1), min_size=8, max_size=19),
    ahead=st.integers(1, 11),
    errors=st.floats(0, 0.5),
)
def test_what_the_own_pace_reaches_is_never_all_but_excluded(
    changes: list[float], ahead: int, errors: float
) -> None:
    course = course_of(np.cumsum(changes).tolist(), newest=3, flow=False)
    found = replace(level(course, ahead=ahead, quarters=ahead), errors=max(errors, 1e-6))
    reached = 1 - found.below(found.own_value * (1 - 1e-9))
    assert reached > 0.12
