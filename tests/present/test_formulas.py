import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from planbook.present.formulas.filled_formula import Formula
from planbook.present.formulas.goal_formulas import formula, second_formula
from planbook.present.notebook.opened import OpenBook
from planbook.present.views import GoalView
from planbook.vocabulary import RatedBy

MakeView = Callable[..., GoalView]
KNOWN: dict[str, Any] = {
    "baseline_value": 100.0,
    "baseline_period": "2024-12",
    "observed_value": 130.0,
    "observed_period": "2026-12",
    "target_value": 160.0,
    "meeting_value": 160.0,
    "path_value": 140.0,
    "elapsed": 2.0,
    "horizon": 3.0,
    "time_elapsed": 2 / 3,
    "share_due": 2 / 3,
    "rating": "达序时",
}
GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"


def value_of(latex: str) -> float:
    """Compute the left side of a filled formula."""
    text = latex.rsplit("=", 1)[0]
    text = text.replace(r"\left\lfloor", "floor(1e-9+").replace(r"\right\rfloor", ")")
    text = text.replace(r"\left|", "abs(").replace(r"\right|", ")")
    text = text.replace(r"\left", "").replace(r"\right", "").replace(r"\%", "")
    text = text.replace(r"\times", "*").replace(r"\div", "/")
    for _ in range(3):
        text = re.sub(rf"\\frac{GROUP}{GROUP}", r"((\1)/(\2))", text)
    text = re.sub(r"(?<=\))e\^", "*e^", text).replace("^{", "**(")
    text = text.replace("}", ")").replace("[", "(").replace("]", ")")
    return float(eval(text, {"abs": abs, "floor": math.floor, "e": math.e}))


def printed_in(shown: Formula) -> float:
    return float(shown.filled.rsplit("=", 1)[1])


def agrees(shown: Formula) -> bool:
    """Whether the printed numbers give the printed result: a pace rounded down, an amount round."""
    exact = value_of(shown.filled)
    pace, amount = math.floor(round(exact, 9) * 1e4) / 1e4, round(exact + 1e-9, 2)
    return printed_in(shown) == pytest.approx(pace) or printed_in(shown) == pytest.approx(amount)


THIRDS = {"elapsed": 5 / 3, "time_elapsed": 5 / 9, "share_due": 5 / 9}


@pytest.mark.parametrize("time", [{}, THIRDS, {"elapsed": 1.75, "share_due": 1.75 / 3}])
@pytest.mark.parametrize(
    ("goal_id", "rated_by"),
    [
        ("software-revenue", RatedBy.GROWTH),
        ("testing-institutions", RatedBy.LINEAR),
        ("logistics-cost-gdp", RatedBy.LINEAR),
        ("software-new-firms", RatedBy.CUMULATIVE),
        ("leasing-growth", RatedBy.AVERAGE_GROWTH),
        ("hr-placements-yearly", RatedBy.YEAR_TARGET),
    ],
)
def test_the_filled_formula_gives_the_number_printed_behind_it(
    make_view: MakeView, goal_id: str, rated_by: RatedBy, time: dict[str, float]
) -> None:
    known = KNOWN | time
    elapsed, share = known["elapsed"], known["share_due"]
    expected = {
        RatedBy.GROWTH: (1.3 ** (1 / elapsed) - 1) / (1.6 ** (1 / 3) - 1),
        RatedBy.LINEAR: 0.5 / (elapsed / 3),
        RatedBy.CUMULATIVE: 130 / (160 * share),
        RatedBy.AVERAGE_GROWTH: 130 / 20,
        RatedBy.YEAR_TARGET: 110 / (160 * 0.7312345),
    }[rated_by]
    if goal_id == "logistics-cost-gdp":
        expected = -expected
    if rated_by is RatedBy.AVERAGE_GROWTH:
        known = known | {"target_value": 20.0, "meeting_value": 20.0}
    paces = {"pace": expected, "growth_pace": expected, "linear_pace": expected}
    more = {"latest_value": 110.0, "usual_share": 0.7312345}
    shown = formula(make_view(goal_id, rated_by=str(rated_by), **(known | paces | more)))
    assert shown is not None
    assert agrees(shown)
    assert printed_in(shown) == pytest.approx(expected, abs=1.1e-4)


@pytest.mark.parametrize("pace", [0.94999, 0.599999])
def test_a_pace_below_a_limit_is_not_rounded_up_to_it(make_view: MakeView, pace: float) -> None:
    known = KNOWN | {"observed_value": 100 + 60 * pace * 2 / 3, "linear_pace": pace}
    shown = formula(make_view("testing-institutions", rated_by="linear", **known))
    assert shown is not None
    assert printed_in(shown) < round(pace, 4)
    assert agrees(shown)


def test_the_path_ends_at_the_value_that_meets(make_view: MakeView) -> None:
    known = KNOWN | {"meeting_value": 152.0, "linear_pace": 30 / 52 / (2 / 3)}
    shown = formula(make_view("testing-institutions", rated_by="linear", **known))
    assert shown is not None
    assert "T^{*}-b" in shown.general
    assert "152-100" in shown.filled
    assert agrees(shown)
    assert ("T^{*}", "达标值（目标值120家）：不低于152家即达到") in shown.symbols


@pytest.mark.parametrize(
    ("known", "units", "pace"),
    [
        ({"observed_value": 117.0, "share_due": 20 / 36}, 5, 6 / 5),  # 9 · 0.5555… is 5 exactly
        ({"observed_value": 112.0, "share_due": 1 / 3}, 3, 1 / 3),
        ({"observed_value": 112.0, "share_due": 0.31234567}, 2, 1 / 2),
    ],
)
@pytest.mark.parametrize("goal_id", ["testing-institutions", "software-new-firms"])
def test_a_short_way_is_judged_in_whole_units(
    make_view: MakeView, goal_id: str, known: dict[str, float], units: int, pace: float
) -> None:
    row = {"baseline_value": 111.0, "target_value": 120.0, "elapsed": known["share_due"] * 3}
    if goal_id == "software-new-firms":  # counts from zero
        known = known | {"observed_value": known["observed_value"] - 111.0}
        row |= {"baseline_value": math.nan, "target_value": 9.0}
    row |= {"meeting_value": row["target_value"], "pace": pace}
    row["path_value"] = units if math.isnan(row["baseline_value"]) else 111.0 + units
    shown = formula(make_view(goal_id, rated_by="whole_units", **(KNOWN | row | known)))
    assert shown is not None
    due = shown.first[-1]
    assert (due.name, printed_in(due)) == ("应达个数", units)
    assert agrees(due)
    assert agrees(shown)


def test_where_no_whole_unit_is_due_there_is_no_ratio(make_view: MakeView) -> None:
    known = KNOWN | {"baseline_value": 118.0, "observed_value": 118.0, "share_due": 1 / 12}
    known |= {"target_value": 120.0, "meeting_value": 120.0, "elapsed": 0.25, "pace": math.nan}
    known["path_value"] = 118.0
    shown = formula(make_view("testing-institutions", rated_by="whole_units", **known))
    assert shown is not None
    assert shown.filled == ""
    assert printed_in(shown.first[-1]) == 0
    assert ("k", "应达个数，只取整数：0家") in shown.symbols


def test_a_path_in_steps_says_so(make_view: MakeView) -> None:
    known = KNOWN | {"elapsed": 1.75, "share_due": 1 / 3, "pace": 130 / (160 / 3)}
    shown = formula(make_view("software-new-firms", rated_by="cumulative", **known))
    assert shown is not None
    assert agrees(shown)
    assert ("r", "此时应完成的份额：33.3%，按年末认定") in shown.symbols


ESTIMATED = {
    "is_estimate": True,
    "latest_value": 938.0,
    "latest_period": "2026-09",
    "accumulation": "ytd",
    "usual_share": 0.7123,
    "share_from_history": True,
    "observed_value": 938 / 0.7123,
}


def test_an_estimate_and_its_band_are_shown_before_the_pace(make_view: MakeView) -> None:
    rest = 938 / 0.7123 - 938
    band = {"band_low": 938 + rest * math.exp(-0.123), "band_high": 938 + rest * math.exp(0.123)}
    view = make_view("software-revenue", rated_by="growth", **(KNOWN | ESTIMATED | band))
    shown = formula(view)
    assert shown is not None
    assert [step.name for step in shown.first] == ["推算全年", "误差范围下端", "误差范围上端"]
    assert all(agrees(step) for step in shown.first)
    assert [printed_in(step) for step in shown.first] == pytest.approx(
        [938 / 0.7123, band["band_low"], band["band_high"]], abs=0.005
    )


def test_an_estimate_of_whole_units_is_the_same_number_in_formula_and_legend(
    make_view: MakeView,
) -> None:
    estimate = {"is_estimate": True, "observed_value": 6.5454, "observed_period": "2026-12"}
    shown = formula(make_view("large-exhibitions", rated_by="whole_units", **(KNOWN | estimate)))
    assert shown is not None
    assert ("v", "所用数值（2026年推算数）：6.5个") in shown.symbols


@pytest.mark.parametrize("band", [{}, {"band_low": 1000.0, "band_high": 1500.0}])
def test_a_band_that_is_not_known_or_not_of_that_form_has_no_formula(
    make_view: MakeView, band: dict[str, float]
) -> None:
    view = make_view("software-revenue", rated_by="growth", **(KNOWN | ESTIMATED | band))
    shown = formula(view)
    assert shown is not None
    assert [step.name for step in shown.first] == ["推算全年"]


def test_a_pace_that_the_numbers_do_not_give_is_not_filled(make_view: MakeView) -> None:
    shown = formula(make_view("testing-institutions", rated_by="linear", linear_pace=0.9, **KNOWN))
    assert shown is not None
    assert shown.filled == ""


def test_a_baseline_below_zero_is_bracketed(make_view: MakeView) -> None:
    known = KNOWN | {"baseline_value": -20.0, "linear_pace": 150 / 180 / (2 / 3)}
    shown = formula(make_view("testing-institutions", rated_by="linear", **known))
    assert shown is not None
    assert "130-(-20)" in shown.filled
    assert value_of(shown.filled) == pytest.approx(1.25)


def test_an_average_growth_is_computed_from_its_levels_where_both_are_known(
    make_view: MakeView,
) -> None:
    growth = (1.3**0.5 - 1) * 100
    known = KNOWN | {"observed_value": growth, "latest_value": 130.0, "latest_period": "2026-12"}
    known |= {"target_value": 20.0, "meeting_value": 20.0, "pace": growth / 20}
    shown = formula(make_view("leasing-growth", rated_by="average_growth", **known))
    assert shown is not None
    assert [step.name for step in shown.steps] == ["年均增速", "年均增速比"]
    assert agrees(shown)
    assert printed_in(shown.first[0]) == pytest.approx(0.1402)  # rounded, as 14.02% beside it


def test_without_its_numbers_only_the_general_formula_is_shown(make_view: MakeView) -> None:
    shown = formula(make_view("green-loans"))
    assert shown is not None
    assert shown.general
    assert shown.filled == ""
    assert any("待补" in meaning for _, meaning in shown.symbols)


def test_people_need_no_formula(make_view: MakeView) -> None:
    assert formula(make_view("bonded-plus-pilot")) is None


def test_the_other_measure_of_pace_is_shown_beside_the_one_that_rates(make_view: MakeView) -> None:
    known = KNOWN | {"growth_pace": 0.8, "linear_pace": 0.75, "pace": 0.8}
    shown = second_formula(make_view("green-loans", rated_by="growth", **known))
    assert shown is not None
    assert shown.name == "序时进度比"


def test_every_formula_of_a_book_gives_what_is_printed_behind_it(judged_book: OpenBook) -> None:
    wrong, missing = [], []
    for view in judged_book.views.values():
        for shown in filter(None, (formula(view), second_formula(view))):
            wrong += [(view.id, s.filled) for s in shown.steps if s.filled and not agrees(s)]
        rated = (
            view.verdict.pace is not None
            and math.isfinite(view.verdict.pace)
            and not view.kind.by_people
        )
        if rated:
            main = formula(view)
            missing += [] if main and main.filled else [view.id]
    assert not wrong
    assert not missing
