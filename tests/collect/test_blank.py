from __future__ import annotations

from typing import Any

import pytest

from planbook.collect.form.blank import PriorKnowledge, baseline_words, blank_form
from planbook.frames import ANNUAL_TARGETS, BASELINES, OBSERVATIONS
from planbook.vocabulary import Kind
from tests.office import DATASET, PLAN, Q1, Q2, Q3


def observation(period: Any, value: Any, vintage: Any, *, scope: Any = "直管区") -> Any:
    row: dict[str, Any] = dict.fromkeys(OBSERVATIONS.columns, "")
    row |= {"yoy": 0.0, "prior_value": 0.0, "indicator_id": "firms", "time_period": period}
    return row | {"obs_value": value, "vintage": vintage, "scope": scope}


def firms(prior: Any, edition: Any = Q3) -> Any:
    form = blank_form(PLAN, "office", edition, DATASET, prior)
    return next(line for line in form.values if line.indicator_id == "firms")


def test_a_unit_is_asked_only_for_its_own_indicators_and_only_in_their_quarters() -> None:
    in_q1 = blank_form(PLAN, "office", Q1, DATASET)
    in_q3 = blank_form(PLAN, "office", Q3, DATASET)
    assert [line.indicator_id for line in in_q1.values] == ["revenue", "firms", "added", "share"]
    assert [line.indicator_id for line in in_q3.values] == ["revenue", "firms", "added"]


def test_periods_are_printed_as_the_indicator_accumulates() -> None:
    lines = blank_form(PLAN, "office", Q1, DATASET).values
    assert [line.period for line in lines] == [
        "2026年1—3月",
        "2026年3月末",
        "2025年1月—2026年3月",
        "2025年",
    ]


def test_every_measure_and_sub_item_has_a_row_with_its_own_statuses() -> None:
    lines = blank_form(PLAN, "office", Q3, DATASET).measures
    assert [line.measure_id for line in lines] == ["build", "build-s1", "build-s2", "keep"]
    assert [line.is_sub_item for line in lines] == [False, True, True, False]
    assert "已完成" in lines[1].statuses
    assert "已完成" not in lines[3].statuses


def test_the_last_values_stand_newest_first_with_their_periods() -> None:
    rows = [
        observation("2026-03", 70, "2026-Q1"),
        observation("2026-03", 71, "2026-Q2"),  # revised
        observation("2026-06", 80, "2026-Q2"),
        observation("2026-06", 8, "2026-Q2", scope="全域"),
    ]
    line = firms(PriorKnowledge(observations=OBSERVATIONS.rows(OBSERVATIONS.frame(rows))))
    assert line.previous == ("80\n2026年6月末", "8\n2026年6月末\n（全域）", "71\n2026年3月末")


def test_what_became_known_later_is_not_shown() -> None:
    rows = [observation("2026-03", 70, "2026-Q1"), observation("2026-06", 80, "2026-Q2")]
    line = firms(PriorKnowledge(observations=OBSERVATIONS.rows(OBSERVATIONS.frame(rows))), Q2)
    assert line.previous == ("70\n2026年3月末",)


def test_a_missing_baseline_is_said_to_be_missing() -> None:
    assert firms(PriorKnowledge()).baseline == "基数待补"


def test_a_baseline_is_shown_with_its_scope_once_it_holds() -> None:
    row = dict.fromkeys(BASELINES.columns, "")
    row |= {"indicator_id": "firms", "time_period": "2024-12", "scope": "直管区"}
    frame = BASELINES.frame([row | {"obs_value": 61, "from_edition": "2026-Q2"}])
    baselines = BASELINES.rows(frame)
    assert firms(PriorKnowledge(baselines=baselines), Q1).baseline == "基数待补"
    assert firms(PriorKnowledge(baselines=baselines), Q2).baseline == "61\n2024年\n（直管区）"


def test_a_cumulative_indicator_counts_from_zero() -> None:
    line = blank_form(PLAN, "office", Q3, DATASET).values[2]
    assert line.baseline == "从零起算\n自2024年末"


def test_target_and_annual_target_are_shown_with_their_units() -> None:
    row = {"goal_id": "firms", "year": 2026, "target_value": 90.0, "source": "文件"}
    targets = ANNUAL_TARGETS.rows(ANNUAL_TARGETS.frame([row | {"from_edition": "2026-Q1"}]))
    line = firms(PriorKnowledge(annual_targets=targets))
    assert (line.target, line.annual_target) == ("≥100家", "2026年90家")


def test_a_demonstration_says_so_in_the_title() -> None:
    assert blank_form(PLAN, "office", Q3, DATASET).title.startswith("【示例数据】")
    live = DATASET.model_copy(update={"demonstration": False})
    assert "示例" not in blank_form(PLAN, "office", Q3, live).title


def test_the_deadline_is_printed() -> None:
    assert "报送截止：2026年10月20日" in blank_form(PLAN, "office", Q3, DATASET).subtitle


def test_an_unknown_unit_has_no_form() -> None:
    with pytest.raises(KeyError):
        blank_form(PLAN, "nobody", Q3, DATASET)


@pytest.mark.parametrize("kind", Kind)
def test_a_form_says_of_a_missing_base_what_the_goals_page_says(kind: Kind) -> None:
    indicator = PLAN.indicator("firms")
    goal = indicator.goals[0].model_copy(update={"kind": kind, "base_period": None})
    sister = goal.model_copy(update={"kind": Kind.EVERY_YEAR})
    for goals in ((goal,), (goal, sister), (sister, goal)):
        alone = indicator.model_copy(update={"goals": goals})
        assert baseline_words(PLAN, alone, Q3, []) == kind.without_base
    assert kind.without_base == ("基数待补" if kind.from_base else "不需要")
