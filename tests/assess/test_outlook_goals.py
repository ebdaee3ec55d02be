"""The outlook of a goal from what was reported: quantity, target, gates, pace, fan and what-ifs."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from planbook.assess.goals import assess_history
from planbook.assess.outlook.constants import REFERENCE
from planbook.assess.outlook.goals import Outlooks, assess_outlooks
from planbook.assess.outlook.likelihood import printed
from planbook.outlook_frames import OutlookRow
from planbook.periods import Edition, TimePeriod, editions_between

QUARTERS = (3, 6, 9, 12)
SEASON = (22, 25, 24, 29)  # amounts of the quarters of 2024, together 100
STEADY = (1.0, 1.021, 1.043, 1.058, 1.083, 1.1, 1.128, 1.149, 1.165, 1.19, 1.216, 1.236)

ON_COURSE = REFERENCE["level", "on", 1]


def to_date(last: str, *, growth: float = 0.10, first: int = 2025, **prior: bool) -> dict[str, Any]:
    """Return values of the year to date, of 2025 with those of the year before."""
    until, found = TimePeriod.parse(last), {}
    for year in range(first, until.year + 1):
        total = before = 0.0
        for month, amount in zip(QUARTERS, SEASON, strict=True):
            wobble = 1 + 0.004 * ((year * 7 + month) % 3 - 1)
            total += amount * (1 + growth) ** (year - 2024) * wobble
            before += amount
            if TimePeriod(year, month) <= until:
                row = {"obs_value": total}
                if year == 2025 and prior.get("prior", True):
                    row["prior_value"] = before
                found[f"{year}-{month:02}"] = row
    return found


def stock(last: str, base: float = 100.0, steps: Any = STEADY) -> dict[str, Any]:
    """Return levels at ends of quarters from March 2025 on, with those of the year before."""
    until, found = TimePeriod.parse(last), {}
    for number, step in enumerate(steps):
        period = TimePeriod(2025, 3).plus(3 * number)
        if period <= until:
            row = {"obs_value": base * step}
            if number < 3:
                row["prior_value"] = base * step * 0.92
            found[str(period)] = row
    return found


def since_start(last: str, amounts: Any) -> dict[str, float]:
    until, total, found = TimePeriod.parse(last), 0.0, {}
    for number, amount in enumerate(amounts):
        period, total = TimePeriod(2025, 3).plus(3 * number), total + amount
        if period <= until:
            found[str(period)] = total
    return found


def outlooks(own: Any, edition: str, published: Any = (), **options: Any) -> Outlooks:
    wanted = Edition.parse(edition)
    history = assess_history(own.plan, own.facts, [wanted], demonstration=False)
    return assess_outlooks(
        own.plan, own.facts, history, wanted, published, demonstration=False, **options
    )


def row(own: Any, edition: str) -> OutlookRow:
    (found,) = outlooks(own, edition).outlooks
    return found


FLOW = {"indicator": {"decimals": 2}}


def yearly(world: Any, target: float, values: Any, **more: Any) -> Any:
    return world("annual_flow", target, values, **{**FLOW, **more})


# What is forecast of each kind of goal


def test_a_yearly_total_more_than_a_year_off_is_the_sum_of_the_due_year(world: Any) -> None:
    found = row(yearly(world, 130, to_date("2026-09")), "2026-Q3")
    assert found.quantity == "year_sum"
    assert found.judged_period == TimePeriod(2027, 12)
    assert (found.history_periods, found.quarters_left) == (11, 5)
    assert found.p_method == "model"
    assert found.outlook_mid == pytest.approx(100 * 1.1**3, rel=0.05)


def test_in_the_due_year_what_remains_is_forecast_and_what_is_known_is_certain(world: Any) -> None:
    found = row(yearly(world, 130, to_date("2027-06")), "2027-Q2")
    assert found.quantity == "remaining_sum"
    known = to_date("2027-06")["2027-06"]["obs_value"]
    assert found.outlook_low95 is not None
    assert found.outlook_low95 > known
    before = row(yearly(world, 130, to_date("2026-12")), "2026-Q4")
    assert (before.quantity, before.quarters_left) == ("remaining_sum", 4)


def test_average_growth_of_a_sum_is_held_to_the_amount_it_implies(world: Any) -> None:
    goal = {"unit": "%"}
    found = row(world("cagr", 9, to_date("2026-09"), goal=goal, **FLOW), "2026-Q3")
    assert found.threshold == pytest.approx(100 * 1.09**3)
    assert found.quantity == "year_sum"


def test_a_tolerance_is_taken_off_the_rate_before_that_becomes_an_amount(world: Any) -> None:
    goal = {"unit": "%", "comparator": "~"}
    found = row(world("cagr", 20, to_date("2026-09"), goal=goal, **FLOW), "2026-Q3")
    assert found.threshold == pytest.approx(100 * 1.19**3)
    growth = row(world("growth_vs_base", 20, to_date("2026-09"), goal=goal, **FLOW), "2026-Q3")
    assert growth.threshold == pytest.approx(119)


def test_average_growth_of_a_stock_is_held_to_its_level(world: Any) -> None:
    indicator = {"accumulation": "end_of_period", "nature": "rate", "decimals": 2}
    own = world("cagr", 8, stock("2026-09"), goal={"unit": "%"}, indicator=indicator)
    found = row(own, "2026-Q3")
    assert found.quantity == "level"
    assert found.threshold == pytest.approx(100 * 1.08**3)


def test_growth_against_the_base_follows_how_the_indicator_adds_up(world: Any) -> None:
    indicator = {"accumulation": "end_of_period", "nature": "rate", "decimals": 2}
    own = world("growth_vs_base", 30, stock("2026-09"), goal={"unit": "%"}, indicator=indicator)
    found = row(own, "2026-Q3")
    assert (found.quantity, found.threshold) == ("level", pytest.approx(130))
    summed = row(
        world("growth_vs_base", 30, to_date("2026-09"), goal={"unit": "%"}, **FLOW), "2026-Q3"
    )
    assert (summed.quantity, summed.threshold) == ("year_sum", pytest.approx(130))


def test_a_cumulative_number_is_what_is_known_and_what_remains(world: Any) -> None:
    values = since_start("2026-12", (30, 34, 33, 37, 33, 38, 36, 42))
    own = world("cumulative", 430, values, indicator={"nature": "flow", "decimals": 1})
    found = row(own, "2026-Q4")
    assert found.quantity == "remaining_sum"
    assert found.history_periods == 8
    assert found.outlook_low95 is not None
    assert found.outlook_low95 > 283
    assert found.outlook_mid == pytest.approx(283 + 160, rel=0.05)


def test_lower_is_better_turns_the_likelihood_round(world: Any) -> None:
    indicator = {"nature": "ratio", "unit": "%", "decimals": 2}
    values = stock("2026-09", 40)
    up = row(world("level_at_end", 50, values, 40, indicator=indicator), "2026-Q3")
    goal = {"direction": "down", "comparator": "<="}
    down = row(world("level_at_end", 50, values, 40, goal=goal, indicator=indicator), "2026-Q3")
    assert up.p_exact is not None
    assert down.p_exact is not None
    assert down.own_pace_meets
    assert up.p_exact + down.p_exact == pytest.approx(1)


def test_whole_things_are_reached_half_a_thing_before(world: Any) -> None:
    indicator = {"nature": "count_stock", "unit": "家"}
    values = {period: {**row, "obs_value": round(row["obs_value"]), "prior_value": 92.0}
              for period, row in stock("2026-12").items()}  # fmt: skip
    for row_ in values.values():
        row_.pop("prior_value")
    own = world("level_at_end", 125, values, goal={"comparator": ">"}, indicator=indicator)
    found = row(own, "2026-Q4")
    assert found.threshold == 126
    amounts = world("level_at_end", 125.5, values, indicator={"unit": "亿元"})
    assert row(amounts, "2026-Q4").p_exact == pytest.approx(found.p_exact, rel=0.02)


def test_a_range_is_held_to_its_lower_end(world: Any) -> None:
    goal = {"comparator": "range", "target_high": 140}
    assert row(yearly(world, 130, to_date("2026-09"), goal=goal), "2026-Q3").threshold == 130


def test_of_a_goal_for_every_year_the_least_certain_open_year_decides(world: Any) -> None:
    own = world("every_year", 104, to_date("2026-03", growth=0.07), **FLOW)
    found = row(own, "2026-Q1")
    assert found.judged_period in (TimePeriod(2026, 12), TimePeriod(2027, 12))
    fan = outlooks(own, "2026-Q1").fans
    assert [each.time_period.year for each in fan] == [2026, 2027]
    same = next(each for each in fan if each.time_period == found.judged_period)
    assert same.outlook_mid == found.outlook_mid
    falling = world("every_year", 80, to_date("2026-03", growth=-0.06), **FLOW)
    assert row(falling, "2026-Q1").judged_period == TimePeriod(2027, 12)


def test_a_year_that_has_reached_its_target_already_is_open_no_more(world: Any) -> None:
    own = world("every_year", 60, to_date("2026-09"), **FLOW)
    assert row(own, "2026-Q3").judged_period == TimePeriod(2027, 12)
    last = world("every_year", 60, to_date("2027-09"), **FLOW)
    assert row(last, "2027-Q3").outlook_gate == "decided"


# Gates


def test_what_people_judge_has_no_outlook(world: Any) -> None:
    found = row(world("milestone", None, baseline=None), "2026-Q3")
    assert (found.outlook_gate, found.p_met, found.judged_period) == ("by_people", None, None)


@pytest.mark.parametrize("edition", ["2026-Q4", "2027-Q1"])
def test_what_is_not_judged_has_no_outlook(world: Any, edition: str) -> None:
    found = row(yearly(world, 130, to_date("2026-09")), edition)
    assert (found.outlook_gate, found.p_met) == ("not_judged", None)


def test_another_scope_has_no_outlook(world: Any) -> None:
    values = to_date("2026-06") | {"2026-09": {"obs_value": 92, "scope": "新行政区"}}
    assert row(yearly(world, 130, values), "2026-Q3").outlook_gate == "not_judged"


def test_a_missing_baseline_matters_only_where_the_target_rests_on_it(world: Any) -> None:
    absolute = yearly(world, 130, to_date("2026-09"), baseline=None)
    assert row(absolute, "2026-Q3").p_method == "model"
    growth = world("growth_vs_base", 30, to_date("2026-09"), None, goal={"unit": "%"}, **FLOW)
    assert row(growth, "2026-Q3").outlook_gate == "no_target_value"
    silent = yearly(world, 130, to_date("2026-06"), baseline=None)
    assert row(silent, "2026-Q3").outlook_gate == "not_judged"


def test_a_closed_year_that_missed_is_said_and_has_no_likelihood(world: Any) -> None:
    own = world("every_year", 112, to_date("2026-03"), **FLOW)
    found = row(own, "2026-Q1")
    assert (found.outlook_gate, found.p_met) == ("missed_year", None)


def test_a_decided_goal_has_no_likelihood(world: Any) -> None:
    over = yearly(world, 130, to_date("2027-12"))
    assert row(over, "2027-Q4").outlook_gate == "decided"
    gross = world("cumulative", 100, since_start("2026-09", (20,) * 7))
    assert row(gross, "2026-Q3").outlook_gate == "decided"
    reached = yearly(world, 90, to_date("2027-09"))
    assert row(reached, "2027-Q3").outlook_gate == "decided"


def test_a_net_number_and_a_level_past_the_target_may_fall_back(world: Any) -> None:
    net = since_start("2026-12", (20, 24, 22, 25, 21, 26, 23, 27))
    own = world("cumulative", 100, net, indicator={"nature": "count_net"})
    assert row(own, "2026-Q4").p_met == 0.95
    past = row(world("level_at_end", 120, stock("2026-09"), **FLOW), "2026-Q3")
    assert past.p_met is not None
    assert past.outlook_gate is None


@pytest.mark.parametrize(
    ("nature", "decimals", "gate"),
    [("count_stock", 0, "few_units"), ("balance", 2, None), ("count_stock", 1, None)],
)
def test_a_few_whole_things_are_not_modelled(
    world: Any, nature: str, decimals: int, gate: str | None
) -> None:
    indicator = {"nature": nature, "decimals": decimals}
    own = world("level_at_end", 19, stock("2026-12", 14), 13, indicator=indicator)
    assert row(own, "2026-Q4").outlook_gate == gate


def test_a_small_range_is_not_modelled_and_a_large_one_is(world: Any) -> None:
    goal = {"comparator": "range", "target_high": 19.5}
    small = world("level_at_end", 19, stock("2026-12", 14), 13, goal=goal, **FLOW)
    assert row(small, "2026-Q4").outlook_gate == "few_units"
    goal["target_high"] = 160
    large = world("level_at_end", 150, stock("2026-12"), goal=goal, **FLOW)
    assert row(large, "2026-Q4").outlook_gate is None


def test_what_has_a_value_a_year_is_told_by_like_cases(world: Any) -> None:
    indicator = {"frequency": "annual", "reported_in": [4], "nature": "balance"}
    own = world("level_at_end", 200, {"2025-12": 133}, indicator=indicator)
    found = row(own, "2026-Q1")
    assert (found.outlook_gate, found.p_method) == ("yearly", "reference")
    assert (found.p_exact, found.reference_cases) == ON_COURSE
    assert found.p_met == printed(ON_COURSE.met_share)
    assert found.outlook_mid is None


@pytest.mark.parametrize(("base", "method"), [("2022-12", "reference"), ("2021-12", None)])
def test_a_goal_of_more_than_five_years_is_in_no_like_case(
    world: Any, base: str, method: str | None
) -> None:
    indicator = {"frequency": "annual", "reported_in": [4], "nature": "balance"}
    own = world("level_at_end", 200, {"2025-12": 160}, base=base, indicator=indicator)
    assert row(own, "2026-Q1").p_method == method


def test_zero_or_negative_amounts_are_not_modelled(world: Any) -> None:
    values = since_start("2026-12", (20, 24, 0, 25, 21, 26, 23, 27))
    own = world("cumulative", 400, values, indicator={"nature": "count_net"})
    assert row(own, "2026-Q4").outlook_gate == "not_positive"
    values = since_start("2026-12", (20, 24, -3, 25, 21, 26, 23, 27))
    own = world("cumulative", 400, values, indicator={"nature": "count_net"})
    assert row(own, "2026-Q4").outlook_gate == "not_positive"


def test_twelve_equal_values_to_date_are_zero_quarters(world: Any) -> None:
    values = {f"{year}-{m:02}": 50 for year in (2025, 2026, 2027) for m in QUARTERS}
    own = yearly(world, 130, {p: v for p, v in values.items() if p < "2027-12"})
    assert row(own, "2027-Q3").outlook_gate == "not_positive"


def test_a_share_of_100_percent_or_none_is_not_modelled(world: Any) -> None:
    indicator = {"nature": "ratio", "unit": "%", "decimals": 1}
    full = world("level_at_end", 99, stock("2026-12", 90), 90, indicator=indicator)
    assert row(full, "2026-Q4").outlook_gate == "full_share"
    none = stock("2026-12", 60) | {"2025-12": 0}
    own = world("level_at_end", 99, none, 60, indicator=indicator)
    assert row(own, "2026-Q4").outlook_gate == "not_positive"
    index = {**indicator, "unit": ""}
    assert row(world("level_at_end", 130, stock("2026-12"), indicator=index), "2026-Q4").p_met


def test_what_hardly_changes_is_not_modelled(world: Any) -> None:
    steps = (1.001, 1.002, 1.003, 1.05, 1.06, 1.07, 1.09, 1.10)
    values = {period: each["obs_value"] for period, each in stock("2026-12", steps=steps).items()}
    found = row(world("level_at_end", 150, values, indicator={"decimals": 0}), "2026-Q4")
    assert (found.outlook_gate, found.history_periods) == ("hardly_changing", 9)
    finer = row(world("level_at_end", 150, values, indicator={"decimals": 1}), "2026-Q4")
    assert finer.outlook_gate is None
    equal = {f"{y}-{m:02}": 5.0 * n for y in (2025, 2026) for n, m in enumerate(QUARTERS, 1)}
    assert (
        row(yearly(world, 130, equal, baseline=None), "2026-Q4").outlook_gate == "hardly_changing"
    )


def test_a_flow_needs_five_quarters_and_a_level_eight(world: Any) -> None:
    own = yearly(world, 130, to_date("2026-03", prior=False))
    short = row(own, "2026-Q1")
    assert (short.p_method, short.history_periods) == ("short_model", 5)
    few = row(yearly(world, 130, to_date("2025-12", prior=False)), "2025-Q4")
    assert (few.outlook_gate, few.history_periods) == ("short_series", 4)
    level = {period: each["obs_value"] for period, each in stock("2026-06").items()}
    seven = row(world("level_at_end", 150, level, **FLOW), "2026-Q2")
    assert (seven.outlook_gate, seven.history_periods) == ("short_series", 7)
    assert seven.p_method == "reference"


def test_only_the_last_run_without_gaps_counts(world: Any) -> None:
    values = to_date("2026-09", prior=False)
    del values["2025-12"], values["2025-09"]
    own = yearly(world, 130, values, baseline=None)
    found = row(own, "2026-Q3")
    assert (found.outlook_gate, found.history_periods) == ("short_series", 3)


def test_a_jump_leaves_the_interval_and_takes_the_likelihood(world: Any) -> None:
    steps = (*STEADY[:7], STEADY[7] * 1.3, *(each * 1.3 for each in STEADY[8:]))
    own = world("level_at_end", 200, stock("2027-03", steps=steps), **FLOW)
    found = row(own, "2027-Q1")
    assert (found.outlook_gate, found.p_method, found.p_met) == ("jump", None, None)
    assert found.outlook_mid is not None
    tables = outlooks(own, "2027-Q1")
    assert tables.fans
    assert not tables.what_ifs  # they would tell a likelihood


def test_the_order_of_gates_is_that_of_their_list(world: Any) -> None:
    zero = stock("2026-12", 14) | {"2025-12": 0}
    own = world("level_at_end", 19, zero, 13, indicator={"nature": "count_stock"})
    assert row(own, "2026-Q4").outlook_gate == "few_units"
    annual = {"nature": "count_stock", "frequency": "annual", "reported_in": [4]}
    own = world("level_at_end", 19, {"2025-12": 14}, 13, indicator=annual)
    assert row(own, "2026-Q1").outlook_gate == "few_units"


# Likelihood, pace, reference


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(0, 0.05), (0.01, 0.05), (0.08, 0.1), (0.52, 0.5), (0.549, 0.55), (0.99, 0.95), (1, 0.95)],
)
def test_a_likelihood_is_printed_in_steps_and_never_as_certain(exact: float, shown: float) -> None:
    assert printed(exact) == shown


def test_where_the_own_pace_reaches_the_target_no_low_likelihood_is_printed(world: Any) -> None:
    steps = [1.02**n for n in range(1, 9)]
    own = world("level_at_end", 126, stock("2026-12", steps=steps), **FLOW)
    found = row(own, "2026-Q4")
    assert found.own_pace_meets
    assert found.p_exact is not None
    assert found.p_exact > 0.12
    assert found.outlook_mid is not None
    assert found.outlook_mid < 126


def test_recent_and_required_quarters_of_each_quantity(world: Any) -> None:
    flow = row(yearly(world, 130, to_date("2026-09")), "2026-Q3")
    last = to_date("2026-09")
    four = (
        last["2026-09"]["obs_value"] + last["2025-12"]["obs_value"] - last["2025-09"]["obs_value"]
    )
    assert flow.recent_per_quarter == pytest.approx(four / 4)
    assert flow.required_per_quarter == pytest.approx(130 / 4)
    due = row(yearly(world, 130, to_date("2027-06")), "2027-Q2")
    left = 130 - to_date("2027-06")["2027-06"]["obs_value"]
    assert due.required_per_quarter == pytest.approx(left / 2)
    level = row(world("level_at_end", 150, stock("2026-09"), **FLOW), "2026-Q3")
    assert level.recent_per_quarter == pytest.approx((112.8 - 104.3) / 4)
    assert level.required_per_quarter == pytest.approx((150 - 112.8) / 5)
    amounts = (30, 34, 33, 37, 33, 38, 36)
    own = world("cumulative", 430, since_start("2026-09", amounts), indicator={"nature": "flow"})
    total = row(own, "2026-Q3")
    assert total.recent_per_quarter == pytest.approx(sum(amounts[-4:]) / 4)
    assert total.required_per_quarter == pytest.approx((430 - sum(amounts)) / 5)


def test_nothing_is_required_of_what_is_reached(world: Any) -> None:
    past = row(world("level_at_end", 110, stock("2026-09"), **FLOW), "2026-Q3")
    assert past.required_per_quarter == 0


@pytest.mark.parametrize(
    ("period", "value", "case"),
    [
        ("2025-12", 133, ("on", 1)),  # as the line demands, in the first year of three
        ("2026-12", 167, ("on", 2)),
        ("2026-12", 150, ("mid", 2)),
        ("2026-12", 110, ("low", 2)),
        ("2026-12", 90, ("reversed", 2)),
        ("2026-12", 210, ("met", 2)),
    ],
)
def test_like_cases_are_those_of_the_same_pace_and_time(
    world: Any, period: str, value: float, case: tuple[str, int]
) -> None:
    indicator = {"frequency": "annual", "reported_in": [4]}
    own = world("level_at_end", 200, {"2025-12": 120, period: value}, indicator=indicator)
    assert row(own, f"{period[:4]}-Q4").p_exact == REFERENCE["level", *case].met_share


def test_the_time_is_that_of_the_value_not_of_the_edition(world: Any) -> None:
    indicator = {"frequency": "annual", "reported_in": [4]}
    own = world("level_at_end", 200, {"2025-12": 133}, indicator=indicator)
    assert row(own, "2026-Q3").p_exact == row(own, "2025-Q4").p_exact == ON_COURSE.met_share


def test_without_a_pace_there_is_no_like_case(world: Any) -> None:
    indicator = {"frequency": "annual", "reported_in": [4]}
    own = world("level_at_end", 200, {"2025-12": 133}, None, indicator=indicator)
    found = row(own, "2025-Q4")
    assert (found.outlook_gate, found.p_method, found.p_met) == ("yearly", None, None)


# Shapes of the data


def test_a_month_late_the_fourth_quarter_is_completed_and_the_time_is_that_of_november(
    world: Any,
) -> None:
    values = {}
    for year, growth in ((2024, 1.0), (2025, 1.1), (2026, 1.21)):
        for month, share in ((2, 15), (5, 40), (8, 66), (11, 91), (12, 100)):
            values[f"{year}-{month:02}"] = share * growth * (1 + month % 3 / 500)
    own = {p: v for p, v in values.items() if "2025" <= p < "2026-12"}
    prior = {p: {"obs_value": v, "prior_value": values[f"2024{p[4:]}"]} if p < "2026" else v
             for p, v in own.items()}  # fmt: skip
    indicator = {"frequency": "monthly", "lag_months": 1, "decimals": 2}
    found = row(world("annual_flow", 135, prior, indicator=indicator), "2026-Q4")
    assert found.newest_period == TimePeriod(2026, 11)
    assert found.quarters_left == pytest.approx(13 / 3)
    assert found.filled_periods == 1
    assert found.quantity == "year_sum"
    assert found.outlook_mid == pytest.approx(133, rel=0.05)


def test_a_scope_break_is_never_joined(world: Any) -> None:
    values = {p: {**v, "scope": "直管区"} for p, v in to_date("2026-09", prior=False).items()}
    for month, value in zip(QUARTERS, (30, 60, 90, 120), strict=True):
        values[f"2024-{month:02}"] = {"obs_value": value, "scope": "全域"}
    indicator = {"decimals": 2, "scope": "直管区"}
    own = world("annual_flow", 130, values, None, indicator=indicator)
    assert row(own, "2026-Q3").history_periods == 7


@pytest.mark.parametrize(("month", "completed", "left"), [("10", 1, 14 / 3), ("09", 0, 5)])
def test_in_a_monthly_book_a_month_between_two_ends_is_carried_to_the_next(
    world: Any, month: str, completed: int, left: float
) -> None:
    values = {}
    for number in range(36):
        period = str(TimePeriod(2024, 1).plus(number))
        level = 100 * 1.006**number * (1 + (number * 5 % 7) / 500)
        values[period] = {"obs_value": level, "vintage": max(period, "2025-01")}
    values = {period: row for period, row in values.items() if period <= f"2026-{month}"}
    about = {"cycle": "month", "first_edition": "2025-01"}
    own = world(
        "level_at_end", 130, values, None, about=about,
        indicator={"frequency": "monthly", "decimals": 2},
    )  # fmt: skip
    found = row(own, f"2026-{month}")
    assert str(found.newest_period) == f"2026-{month}"
    assert (found.filled_periods, found.quarters_left) == (completed, pytest.approx(left))
    assert found.p_method == "model"
    assert found.outlook_mid == pytest.approx(100 * 1.006**47, rel=0.03)
    fan = [each.time_period for each in outlooks(own, f"2026-{month}").fans]
    assert fan == [TimePeriod(2026, 12), *(TimePeriod(2027, end) for end in QUARTERS)]


def test_like_cases_of_average_growth_are_those_of_the_levels_it_implies(world: Any) -> None:
    indicator = {
        "frequency": "annual", "reported_in": [4], "accumulation": "end_of_period",
        "nature": "rate",
    }  # fmt: skip
    values = {"2025-12": 112, "2026-12": 121}
    own = world("cagr", 10, values, goal={"unit": "%"}, indicator=indicator)
    found = row(own, "2026-Q4")
    assert found.outlook_gate == "yearly"
    assert found.p_exact == REFERENCE["level", "on", 2].met_share  # 21 of 33.1 in two of three


# Fan, what-ifs, editions


def fans_end_where_the_outlook_is(own: Any, edition: str) -> list[TimePeriod]:
    found = outlooks(own, edition)
    (expected,) = found.outlooks
    last = found.fans[-1]
    names = [name for name in FAN if getattr(last, name) != getattr(expected, name)]
    assert names == []
    for each in found.fans:
        values = [getattr(each, name) for name in FAN]
        assert values == sorted(values)
    return [each.time_period for each in found.fans]


FAN = ("outlook_low95", "outlook_low80", "outlook_mid", "outlook_high80", "outlook_high95")


def test_the_fan_of_a_level_has_each_quarter_and_that_of_totals_each_year(world: Any) -> None:
    level = world("level_at_end", 150, stock("2026-09"), **FLOW)
    ends = fans_end_where_the_outlook_is(level, "2026-Q3")
    assert ends == [TimePeriod(2026, 12), *(TimePeriod(2027, month) for month in QUARTERS)]
    total = yearly(world, 130, to_date("2026-09"))
    ends = fans_end_where_the_outlook_is(total, "2026-Q3")
    assert ends == [TimePeriod(2026, 12), TimePeriod(2027, 12)]


def test_the_fan_of_a_sum_since_the_start_grows_from_what_is_known(world: Any) -> None:
    amounts = (30, 34, 33, 37, 33, 38, 36)
    own = world("cumulative", 430, since_start("2026-09", amounts), indicator={"nature": "flow"})
    assert len(fans_end_where_the_outlook_is(own, "2026-Q3")) == 5
    fan = outlooks(own, "2026-Q3").fans
    medians = [sum(amounts), *(each.outlook_mid for each in fan)]
    assert medians == sorted(medians)


def test_a_dozen_growths_hold_none_the_own_and_the_one_needed(world: Any) -> None:
    own = world("level_at_end", 150, stock("2026-09"), **FLOW)
    rows = outlooks(own, "2026-Q3").what_ifs
    growths = [each.growth for each in rows]
    assert len(growths) == 12
    steps = {round(after - before, 6) for before, after in pairwise(growths)}
    assert len(steps) == 1
    assert 0 in growths
    needed = (150 / 112.8) ** (1 / 5) - 1
    assert growths[0] < 0.02 < needed < growths[-1]
    values, odds = [each.value_at_due for each in rows], [each.p_met for each in rows]
    assert values == sorted(values)
    assert odds == sorted(odds)
    assert {0.05, 0.5} & set(odds)


def test_a_share_that_grows_is_the_share_not_its_odds(world: Any) -> None:
    indicator = {"nature": "ratio", "unit": "%", "decimals": 2}
    own = world("level_at_end", 55, stock("2026-09", 40), 40, indicator=indicator)
    rows = {each.growth: each.value_at_due for each in outlooks(own, "2026-Q3").what_ifs}
    growth = max(rows)
    assert rows[growth] / rows[0.0] == pytest.approx((1 + growth) ** 5)


def test_a_yearly_total_that_grows_keeps_its_season(world: Any) -> None:
    own = yearly(world, 130, to_date("2026-09"))
    rows = {each.growth: each.value_at_due for each in outlooks(own, "2026-Q3").what_ifs}
    growth = max(rows)
    assert rows[growth] / rows[0.0] == pytest.approx((1 + growth) ** 3.5, rel=0.01)


def test_each_edition_is_made_of_what_was_known_in_it(world: Any) -> None:
    own = yearly(world, 130, to_date("2026-09"))
    editions = editions_between(Edition.parse("2025-Q1"), Edition.parse("2026-Q3"))
    history = assess_history(own.plan, own.facts, editions, demonstration=True)
    found = assess_outlooks(own.plan, own.facts, history, editions[-1], (), demonstration=True)
    assert [each.edition for each in found.outlooks] == list(editions)
    assert [each.history_periods for each in found.outlooks] == [1, 2, 7, 8, 9, 10, 11]
    assert all(each.demonstration for each in found.outlooks)
    for each in found.outlooks:
        assert replace(each, demonstration=False) == row(own, str(each.edition))


def test_published_outlooks_are_taken_over_as_they_were(world: Any) -> None:
    own = yearly(world, 130, to_date("2026-09"))
    editions = editions_between(Edition.parse("2026-Q1"), Edition.parse("2026-Q3"))
    history = assess_history(own.plan, own.facts, editions, demonstration=False)
    corrected = Edition.parse("2026-Q2.1")
    said = OutlookRow(goal_id="thing", edition=corrected, p_met=0.15, threshold=1.0)
    later = replace(said, edition=Edition.parse("2026-Q3"))
    found = assess_outlooks(
        own.plan, own.facts, history, editions[-1], (said, later), demonstration=False
    )
    assert said in found.outlooks
    assert later not in found.outlooks
    ids = [str(each.edition) for each in found.outlooks]
    assert sorted(ids) == ["2026-Q1", "2026-Q2.1", "2026-Q3"]


def test_the_own_pace_is_where_the_undamped_path_leads(world: Any) -> None:
    steps = [1.02**n for n in range(1, 9)]
    own = world("level_at_end", 126, stock("2026-12", steps=steps), **FLOW)
    assert math.isclose(100 * 1.02**12, 126.8, abs_tol=0.1)
    assert row(own, "2026-Q4").own_pace_meets
