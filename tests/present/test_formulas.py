import re
from collections.abc import Callable

import pytest

from planbook.present.formulas import formula, second_formula
from planbook.present.views import GoalView
from planbook.vocabulary import RatedBy

MakeView = Callable[..., GoalView]
KNOWN = {
    "baseline_value": 100.0,
    "baseline_period": "2024-12",
    "observed_value": 130.0,
    "observed_period": "2026-12",
    "target_value": 160.0,
    "path_value": 140.0,
    "elapsed": 2.0,
    "horizon": 3.0,
    "time_elapsed": 0.6667,
    "rating": "达序时",
}


def value_of(latex: str) -> float:
    """Compute the left side of a filled formula."""
    text = latex.rsplit("=", 1)[0].replace(r"\left", "").replace(r"\right", "")
    text = text.replace(r"\%", "").replace(r"\times", "*").replace(r"\div", "/")
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    group = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
    for _ in range(3):
        text = re.sub(rf"\\frac{group}{group}", r"((\1)/(\2))", text)
    text = text.replace("^{", "**(").replace("}", ")").replace("[", "(").replace("]", ")")
    return float(eval(text, {"abs": abs}))


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
    make_view: MakeView, goal_id: str, rated_by: RatedBy
) -> None:
    expected = {
        ("software-revenue", RatedBy.GROWTH): (1.3**0.5 - 1) / (1.6 ** (1 / 3) - 1),
        ("testing-institutions", RatedBy.LINEAR): 0.5 / (2 / 3),
        ("logistics-cost-gdp", RatedBy.LINEAR): -0.5 / (2 / 3),
        ("software-new-firms", RatedBy.CUMULATIVE): 130 / (160 * 0.6667),
        ("leasing-growth", RatedBy.AVERAGE_GROWTH): 130 / 20,
        ("hr-placements-yearly", RatedBy.YEAR_TARGET): 110 / (160 * 0.75),
    }[goal_id, rated_by]
    paces = {"pace": expected, "growth_pace": expected, "linear_pace": expected}
    more = {"latest_value": 110.0, "usual_share": 0.75}
    view = make_view(goal_id, rated_by=str(rated_by), **(KNOWN | paces | more))
    shown = formula(view)
    assert shown is not None
    assert value_of(shown.filled) == pytest.approx(float(shown.filled.rsplit("=", 1)[1]), abs=2e-4)


def test_a_baseline_below_zero_is_bracketed(make_view: MakeView) -> None:
    known = KNOWN | {"baseline_value": -20.0, "linear_pace": 150 / 180 / (2 / 3)}
    shown = formula(make_view("testing-institutions", rated_by="linear", **known))
    assert shown is not None
    assert "130-(-20)" in shown.filled
    assert value_of(shown.filled) == pytest.approx(1.25)


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
