"""Fitting and measuring the outlook: known errors give a known spread, known ends known scores."""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import fit_outlook
import outlook_constants
from outlook import record as outlook_record
from outlook.figures import recalibrated, scored
from outlook.fitting import Error, count_reference, fit, frame, met_share, multiplier, rating
from outlook.origins import PLAN, Logs, constants, roll
from outlook.other_methods import theta
from outlook.record import Figure, Record, outside, section, weakest, with_section
from outlook.series import Series, Sort, longest_run, quarters
from planbook.assess.outlook import scale, student
from planbook.assess.outlook.constants import FITTED_ON, FLOW
from planbook.assess.outlook.parameters import Spread
from planbook.assess.outlook.trend import trend_of

QUARTERS = 45


def series(sort: Sort = Sort.FLOW, *, noise: float = 0.0, growth: float = 0.02) -> Series:
    random = np.random.default_rng(1)
    season = np.array([0.9, 1.0, 1.05, 1.05])[np.arange(QUARTERS) % 4]
    values = 50 * np.exp(growth * np.arange(QUARTERS) + noise * random.normal(size=QUARTERS))
    made = values * (season if sort is Sort.FLOW else 1)
    return Series(sort.value, "somewhere", sort, 0, tuple(made.tolist()))


def errors(spread: Spread, periods: Sequence[int], row: str, count: int = 400) -> list[Error]:
    """Return errors that are spread exactly as told: evenly over the quantiles."""
    shares = (np.arange(count) + 0.5) / count
    return [
        Error("here", row, n, h, 0.02 * wide * student.quantile(float(share)), 0.02, 0.0)
        for n in periods
        for h in range(1, PLAN)
        for wide in (spread.a * (16 / min(n, 16)) ** spread.k * h**spread.b,)
        for share in shares
    ]


def test_counts_and_days_are_written_in_full(tmp_path: Path) -> None:
    page, path = tmp_path / "page.md", tmp_path / "record.csv"
    page.write_text("# 方法\n\n## 出处\n\n文献。\n", encoding="utf-8")
    known = {"date": 20261009.0, "cases": 165704.0}
    figures = [
        each._replace(value=known.get(each.name, each.value)) if each.table == "basis" else each
        for each in outlook_record.read().figures
    ]
    outlook_record.write(Record(figures), path, page)
    told = page.read_text(encoding="utf-8")
    assert "2026年10月9日测量" in told
    assert "共165,704次推算" in told


def test_the_record_says_first_what_came_of_what_was_said() -> None:
    said = [
        Figure("likely", "10%—30%", "level", "met", 0.13),
        Figure("likely", "10%—30%", "total", "met", 0.19),
        Figure("likely", "70%—90%", "level", "met", 0.78),
        Figure("periods", "5", "level", "inside80", 0.5),  # too short to count
        Figure("periods", "8", "level", "inside80", 0.81),
    ]
    known = [
        each for each in outlook_record.read().figures if each.table not in ("likely", "periods")
    ]
    first = section(Record([*known, *said])).split("\n\n")[1]
    assert "10%—30%的目标，后来达标的占13%至19%" in first
    assert "70%—90%的目标，后来达标的占78%；" not in first
    assert "70%—90%的目标，后来达标的占78%。" in first
    assert "实际数有81%落在其中" in first


def test_the_record_names_no_file_and_no_method_in_english() -> None:
    told = section(outlook_record.read())
    assert ".md" not in told
    assert "scripts/" not in told
    for term in ("theta", "ETS"):
        assert term not in told
    assert not re.search(r"(?<![\d,.])\d{5,}", told)


# Series


def test_quarters_add_up_months_of_a_flow_and_take_the_last_of_a_stock() -> None:
    months = [1.0, 2, 3, 4, 5, 6, 7]
    assert quarters(months, first=0, periods=12, sort=Sort.FLOW) == (0, [6, 15])
    assert quarters(months, first=0, periods=12, sort=Sort.STOCK) == (0, [3, 6])
    assert quarters(months, first=4, periods=12, sort=Sort.STOCK) == (2, [5])
    assert quarters([1, 2], first=3, periods=4, sort=Sort.FLOW) == (3, [1, 2])


def test_the_longest_run_has_neither_gaps_nor_zeros() -> None:
    assert longest_run([1, math.nan, 2, 3, 0, 4, 5]) == slice(5, 7)
    assert longest_run([1, 2, 3, -1, 4]) == slice(0, 3)
    assert longest_run([]) == slice(0, 0)


# Plans laid over series


def test_steady_growth_is_forecast_nearly_and_its_targets_are_one() -> None:
    found = list(roll([series(growth=0.005)], periods=(12,), origins=3))
    assert {case.quantity for _, case in found} == {"year_sum", "total"}
    for origin, case in found:
        base, targets = origin.logs.targets(origin.known, origin.ahead)
        assert targets == pytest.approx([base + PLAN * 0.005] * 5)
        assert abs(case.error) < 1e-6
        assert case.plan_like == (True,) * 5


def test_a_forecast_knows_nothing_of_what_comes_after_its_origin() -> None:
    whole = series(noise=0.1)
    known = 30
    cut = Series("cut", "somewhere", Sort.FLOW, 0, whole.values[:known])
    assert Logs(whole).course(known, 12).damped(5) == Logs(cut).course(known, 12).damped(5)


def test_levels_have_one_quantity_and_no_short_history() -> None:
    found = list(roll([series(Sort.STOCK)], periods=(5, 8), origins=2))
    assert {(origin.periods, case.quantity) for origin, case in found} == {(8, "level")}


def test_a_plan_met_early_by_a_sum_that_never_falls_is_met() -> None:
    for _, case in roll([series(growth=0.05)], periods=(12,), origins=3):
        for target, pace in zip(case.targets, case.paces, strict=True):
            if case.quantity == "total" and math.isinf(pace):
                assert case.actual >= target


def test_other_constants_hold_for_a_while_only() -> None:
    before = scale.spread("level", periods=12, ahead=5)
    with constants({"level": (Spread(8, 20, a=3, k=0, b=0),)}):
        assert scale.spread("level", periods=12, ahead=5) == 3
    assert scale.spread("level", periods=12, ahead=5) == before


# The spread


@pytest.mark.parametrize("share", [0.8, 0.95])
def test_the_multiplier_lets_its_share_of_the_errors_lie_inside(share: float) -> None:
    shown = np.asarray([each.error for each in errors(Spread(8, 20, 2, 0, 0), [12], "level")])
    found = multiplier(shown, np.full(len(shown), 0.02), np.zeros(len(shown)), share)
    assert found == pytest.approx(2, rel=0.02)


def test_what_the_doubt_about_the_drift_covers_already_needs_no_spread() -> None:
    shown, own = np.full(100, 0.1), np.full(100, 0.02)
    wide = multiplier(shown, own, np.zeros(100))
    assert multiplier(shown, own, np.full(100, 0.05)) < wide
    assert multiplier(shown, own, np.full(100, 1.0)) == 0


def test_a_known_spread_is_found_again() -> None:
    long, short = Spread(8, 20, 1.2, 0.4, 0.6), Spread(5, 6, 0.8, 0, 0.2)
    table = frame(
        [*errors(long, [8, 12, 16, 20], "level"), *errors(short, [5, 6], "remaining_sum")]
    )
    found = fit(table)
    assert found["level"][0] == pytest.approx((8, 20, 1.2, 0.4, 0.6), rel=0.02)
    n_from, n_to, a, k, b = found["remaining_sum"][0]
    assert (n_from, n_to, k) == (5, 6, 0)
    assert (a, b) == pytest.approx((0.8 * 1.1, 0.2), rel=0.03)  # sums are widened


# The reference table


def test_paces_fall_into_classes() -> None:
    paces = [math.inf, 0.95, 0.94, 0.6, 0.59, 0, -0.01]
    assert [rating(each) for each in paces] == ["met", "on", "mid", "mid", "low", "low", "reversed"]


def test_the_table_counts_what_was_met_and_never_says_never() -> None:
    counted = count_reference(list(roll([series(noise=0.05)], periods=(16,), origins=10)))
    assert all(0 <= met <= cases for met, cases in counted.values())
    assert ("total", "met", 3) not in counted  # certain, and so not counted
    assert met_share(0, 8) == 0.1
    assert met_share(8, 8) == 0.9


def test_the_constants_name_every_cell_of_the_table() -> None:
    source = outlook_constants.SOURCE / "reference.csv"
    rows = source.read_text(encoding="utf-8").splitlines()[1:]
    text = outlook_constants.module_text()
    assert len(rows) > 30
    assert text.count("Reference(") == len(rows)


def test_a_fit_leaves_its_day_and_no_other_setting(tmp_path: Path) -> None:
    before = (outlook_constants.SOURCE / "settings.csv").read_text(encoding="utf-8")
    for each in outlook_constants.SOURCE.glob("*.csv"):
        shutil.copy(each, tmp_path)
    fit_outlook.write_day(dt.date(2027, 5, 1), tmp_path / "settings.csv")
    assert 'FITTED_ON = "2027-05-01"' in outlook_constants.module_text(tmp_path)
    after = (tmp_path / "settings.csv").read_text(encoding="utf-8")
    assert after == before.replace(FITTED_ON, "2027-05-01")


# Scores


def test_the_base_rate_is_that_of_the_other_sources() -> None:
    targets = pd.DataFrame(
        [("level", 1, "a", 1.0, 0.7, True), ("level", 1, "b", 0.0, 0.5, False)],
        columns=["quantity", "ahead", "source", "p", "reference", "met"],
    )
    found = scored(targets)
    assert found["base"].tolist() == [0, 1]
    assert found["base_brier"].tolist() == [1, 1]
    assert found["brier"].tolist() == [0, 0]
    assert found["reference_brier"].tolist() == pytest.approx([0.09, 0.25])


def test_theta_goes_on_by_half_the_slope_and_the_season() -> None:
    logs = Logs(series())
    values = logs.y[:16].tolist()
    path = theta(values, trend_of(values, newest=3, model=FLOW))
    assert path[4] - path[0] == pytest.approx(4 * 0.02 / 2, abs=1e-6)
    assert path[1] - path[0] == pytest.approx(math.log(1.0 / 0.9) + 0.01, abs=0.01)


def test_likelihoods_are_recalibrated_by_what_came_elsewhere() -> None:
    """There 0.5 came true in 80 % of the cases, 0.2 in half of them; here nothing is learned."""
    elsewhere = [(0.5, n < 8) for n in range(10)] + [(0.2, n < 5) for n in range(10)]
    rows = [("level", "there", p, met) for p, met in elsewhere]
    rows += [("level", "here", 0.5, False), ("level", "here", 0.2, False)]
    targets = pd.DataFrame(rows, columns=["quantity", "source", "p", "met"])
    found = recalibrated(targets)
    assert found[targets["source"] == "here"].tolist() == pytest.approx([0.8, 0.5])


# The record


def test_the_page_says_what_the_record_holds() -> None:
    page = outlook_record.PAGE.read_text(encoding="utf-8")
    assert section(outlook_record.read()) in page


def test_counts_and_days_are_written_to_the_last_digit(tmp_path: Path) -> None:
    figures = [Figure("basis", "all", "all", "date", 20261126.0), Figure("a", "b", "c", "d", 1 / 3)]
    page = tmp_path / "page.md"
    page.write_text("# 方法\n\n## 出处\n", encoding="utf-8")
    outlook_record.write(Record(figures), tmp_path / "record.csv", page)
    assert [each.value for each in outlook_record.read(tmp_path / "record.csv").figures] == [
        20261126,
        0.33333,
    ]
    assert "2026年11月26日测量" in page.read_text(encoding="utf-8")


def test_a_section_takes_the_place_of_the_old_one() -> None:
    page = "# 方法\n\n## 算例\n\n一\n\n## 出处\n\n二\n"
    once = with_section(page, f"{outlook_record.HEADING}\n\n旧\n")
    assert once.index("算例") < once.index("旧") < once.index("## 出处")
    again = with_section(once, f"{outlook_record.HEADING}\n\n新\n")
    assert again == once.replace("旧", "新")


def test_what_is_not_as_wanted_is_said(tmp_path: Path) -> None:
    figures = [
        Figure("periods", "8", "level", "inside80", 0.74),
        Figure("periods", "5", "level", "inside80", 0.5),  # too short to be promised anything
        Figure("ahead", "3", "total", "inside95", 0.95),
        Figure("sources", "甲", "level", "inside80", 0.6),
    ]
    assert outside(Record(figures)) == ["数列长度8季，期末水平80%误差范围74.0%"]
    assert weakest(Record(figures)) == [("甲", "level")]
