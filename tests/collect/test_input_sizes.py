"""Numbers of another size than they can have, in files that analysts keep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.corrections import doubtful_corrections, read_corrections
from planbook.collect.decided.csv_inputs import read_annual_targets, read_baselines
from planbook.errors import ProblemsFound
from planbook.frames import ANNUAL_TARGETS, BASELINES
from planbook.plan import Plan
from tests import office
from tests.office import Q1, filled, read

COMMITTED = "来源,,2026-Q1"


def changed(indicator: Any, **keys: Any) -> Any:
    """Return the plan with other keys of one indicator; a goal's by ``goal__<key>``."""
    content = office.PLAN.model_dump()
    for field in content["chapters"][0]["fields"]:
        for found in field["indicators"]:
            if found["id"] == indicator:
                for key, value in keys.items():
                    owner = found["goals"][0] if key.startswith("goal__") else found
                    owner[key.removeprefix("goal__")] = value
    return Plan.model_validate(content)


PLAN = changed("revenue", goal__target=100)


def doubts(
    folder: Any,
    contract: Any,
    read: Any,
    *lines: Any,
    confirmed: Any = None,
    plan: Any = PLAN,
    **more: Any,
) -> Any:
    """Return what is wrong, as one text."""
    header = ",".join(contract.columns)
    if confirmed is not None:
        header, lines = f"{header},confirmed", tuple(f"{line},{confirmed}" for line in lines)
    path = folder / f"{contract.name}.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    try:
        read(path, plan, **more)
    except ProblemsFound as found:
        return "\n".join(map(str, found.problems))
    return ""


def baseline(
    folder: Any,
    value: Any,
    indicator: str = "revenue",
    period: str = "2024-12",
    scope: str = "未注明",
    **more: Any,
) -> Any:
    line = f"{indicator},{period},{scope},{value},{COMMITTED}"
    return doubts(folder, BASELINES, read_baselines, line, **more)


def target(
    folder: Any, value: Any, goal: str = "revenue", year: Any = 2026, *others: Any, **more: Any
) -> Any:
    lines = [f"{goal},{year},{value},要点,2026-Q1", *others]
    return doubts(folder, ANNUAL_TARGETS, read_annual_targets, *lines, **more)


@pytest.mark.parametrize("value", [60, 60.5, 99, 26])
def test_a_baseline_on_the_way_to_its_target_is_taken(tmp_path: Path, value: float) -> None:
    assert baseline(tmp_path, value) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.605", "是2027年目标（100亿元）的 165 分之一"),
        ("0.0061", "像是小数点或单位有误（61？）"),
        ("605000", "的 6.05e+03 倍"),
        ("-60.5", "正负相反"),
        ("0", "没有数据的不写"),
    ],
)
def test_a_baseline_of_another_size_is_doubted_with_what_it_was_held_against(
    tmp_path: Path, value: str, said: str
) -> None:
    found = baseline(tmp_path, value)
    assert said in found
    assert "baselines.csv 第 2 行「obs_value」列" in found
    assert "confirmed" in found


@pytest.mark.parametrize(
    ("confirmed", "stands"),
    [
        ("0.605：已与统计公报第 3 页核对", True),
        ("已核对", False),
        ("60.5 已核对", False),
        ("", False),
    ],
)
def test_a_doubtful_number_stands_where_the_row_confirms_that_very_number(
    tmp_path: Path, confirmed: str, stands: bool
) -> None:
    assert (baseline(tmp_path, "0.605", confirmed=confirmed) == "") is stands


@pytest.mark.parametrize(("value", "said"), [("-5", "不能为负"), ("61.5", "应为整数")])
def test_what_no_count_can_be_is_refused_whoever_confirms_it(
    tmp_path: Path, value: str, said: str
) -> None:
    found = baseline(tmp_path, value, "firms", scope="直管区", confirmed=f"{value} 已核对")
    assert said in found
    assert "confirmed" not in found


def test_a_share_of_which_hardly_a_digit_would_be_printed_is_doubted(tmp_path: Path) -> None:
    plan = changed("share", decimals=1, goal__kind="cagr", goal__unit="%", unit="个")
    assert "只剩「0.6」" in baseline(tmp_path, "0.605", "share", plan=plan)


def test_a_value_outside_the_plausible_range_is_doubted(tmp_path: Path) -> None:
    plan = changed("revenue", plausible=(0, 95))
    assert "超出常见范围（0 至 95亿元）" in baseline(tmp_path, "96", plan=plan)


def test_where_the_target_is_a_growth_the_reports_tell_the_size(tmp_path: Path) -> None:
    plan = changed("revenue", goal__kind="cagr", goal__unit="%")
    first = read(filled(Q1, {"revenue": {"value": 27.0, "prior_value": 25.0, "yoy": 8}})).values
    assert baseline(tmp_path, "1", plan=plan) == ""
    assert "分之一" in baseline(tmp_path, "1", plan=plan, reported=first)
    assert baseline(tmp_path, "100", plan=plan, reported=first) == ""


def test_where_nothing_else_is_known_baselines_are_held_against_each_other(tmp_path: Path) -> None:
    plan = changed("revenue", goal__kind="cagr", goal__unit="%")
    lines = [f"revenue,{month},未注明,{{}},{COMMITTED}" for month in ("2023-12", "2024-12")]
    two = (lines[0].format(100), lines[1].format(10600))
    said = doubts(tmp_path, BASELINES, read_baselines, *two, plan=plan)
    assert "另一行的基期值，2023年（100亿元）" in said
    sound = (lines[0].format(100), lines[1].format(106))
    assert doubts(tmp_path, BASELINES, read_baselines, *sound, plan=plan) == ""


def test_a_small_count_may_begin_far_below_its_target(tmp_path: Path) -> None:
    plan = changed("firms", goal__target=7)
    assert baseline(tmp_path, "0", "firms", scope="直管区", plan=plan) == ""


@pytest.mark.parametrize("value", [60, 95, 120])
def test_a_yearly_target_on_the_way_is_taken(tmp_path: Path, value: int) -> None:
    assert target(tmp_path, value) == ""


@pytest.mark.parametrize(
    ("value", "said"), [("-5", "正负相反"), ("9", "分之一"), ("0.9", "（90？）"), ("9000", "倍")]
)
def test_a_yearly_target_of_another_size_is_doubted(tmp_path: Path, value: str, said: str) -> None:
    assert said in target(tmp_path, value)


def test_a_yearly_target_below_the_year_before_is_doubted(tmp_path: Path) -> None:
    found = target(tmp_path, 90, "revenue", 2025, "revenue,2026,80,要点,2026-Q1")
    assert "「80」低于 2025 年的年度目标 90" in found
    assert target(tmp_path, 90, "revenue", 2025, "revenue,2026,80,80：会议调低,2026-Q1") != ""


def test_one_wrong_yearly_target_does_not_cast_doubt_on_the_next(tmp_path: Path) -> None:
    found = target(tmp_path, 9000, "revenue", 2025, "revenue,2026,80,要点,2026-Q1")
    assert "第 2 行" in found
    assert "第 3 行" not in found


def test_a_yearly_target_that_was_lowered_later_is_held_against_what_holds_then(
    tmp_path: Path,
) -> None:
    lowered = ("revenue,2025,70,调整,2026-Q2", "revenue,2026,80,调整,2026-Q2")
    assert target(tmp_path, 90, "revenue", 2025, *lowered) == ""


def test_a_yearly_target_below_the_baseline_is_doubted(tmp_path: Path) -> None:
    row = {"indicator_id": "revenue", "time_period": "2024-12", "scope": "未注明"}
    rest = {"obs_value": 70.0, "source": "来源", "note": "", "from_edition": "2026-Q1"}
    known = BASELINES.rows(BASELINES.frame([{**row, **rest}]))
    assert "低于基期值 70" in target(tmp_path, 60, baselines=known)


def test_a_cumulative_goal_may_begin_small_but_not_below_zero(tmp_path: Path) -> None:
    plan = changed("added", nature="count_net", plausible=(-500, 5000))
    assert target(tmp_path, 5, "added", 2025, plan=plan) == ""
    assert "正负相反" in target(tmp_path, -5, "added", 2025, plan=plan)


CORRECTION = """- id: c-1
  action: override
  indicator_id: firms
  time_period: 2026/3/1
  edition: 2026-Q1
  expect: 880
  value: {value}
  reason: 多写一个零
  decided_by: office
  from_edition: 2026-Q1
"""


@pytest.mark.parametrize(
    ("value", "said"),
    [("88", ""), ("8800", "倍"), ("-88", "不能为负"), ("8800\n  confirmed: 8800 已核对", "")],
)
def test_a_corrected_value_is_doubted_as_a_reported_one(
    tmp_path: Path, value: str, said: str
) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(CORRECTION.format(value=value), encoding="utf-8")
    corrections = read_corrections(path, PLAN)
    found = "".join(map(str, doubtful_corrections(corrections, PLAN, ())))
    assert said in found
    assert bool(found) is bool(said)
    assert corrections[0].edition == Q1
