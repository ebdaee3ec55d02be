"""`actions.csv`: what the office decided, read with everything that is wrong in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.action_decisions import (
    read_action_decisions,
    readable_action_decisions,
)
from planbook.collect.decided.csv_inputs import read_inputs
from planbook.errors import Gathering, ProblemsFound
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import Visibility
from planbook.watch_frames import ACTION_DECISIONS, ActionDecisionRow, AlertRule
from planbook.yamlfile import passing_over_unknown
from tests.office import PLAN, Q1

HEAD = ",".join(ACTION_DECISIONS.columns)
DECIDED = "a-1,firms,,异常波动,查明企业数减少的原因,某办公室,2026-06,1月调度会,,,2026-Q1"
MOVED = "a-1,firms,,异常波动,查明企业数减少的原因,office,2026-09,4月调度会,,,2026-Q2"
CLOSED = "a-1,firms,,异常波动,查明企业数减少的原因,office,2026-09,4月调度会,原因已查明,,2026-Q3"


def actions_file(folder: Path, *lines: str) -> Path:
    path = folder / "actions.csv"
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8-sig")
    return path


def problems(folder: Path, *lines: str, plan: Plan = PLAN) -> list[tuple[str, str]]:
    """Return what is wrong and in which line and column."""
    with pytest.raises(ProblemsFound) as found:
        read_action_decisions(actions_file(folder, *lines), plan)
    return [(p.what, p.where.removeprefix("actions.csv ")) for p in found.value.problems]


def row(**changes: str) -> str:
    """Return the line of a decided action with some cells changed."""
    cells = dict(zip(HEAD.split(","), DECIDED.split(","), strict=True))
    return ",".join({**cells, **changes}.values())


def test_an_action_is_read_with_its_unit_rule_and_visibility(tmp_path: Path) -> None:
    (read,) = read_action_decisions(actions_file(tmp_path, DECIDED), PLAN)
    assert read == ActionDecisionRow(
        action_id="a-1",
        goal_id="firms",
        measure_id="",
        alert_rule=AlertRule.OUTLIER,
        task="查明企业数减少的原因",
        submitting_unit="office",
        due_month=TimePeriod(2026, 6),
        decided_in="1月调度会",
        closure="",
        visibility=Visibility.INTERNAL,
        from_edition=Q1,
    )


@pytest.mark.parametrize("unit", ["office", "某办公室", "办公室"])
def test_a_unit_goes_by_any_of_its_names(tmp_path: Path, unit: str) -> None:
    path = actions_file(tmp_path, row(submitting_unit=unit))
    assert read_action_decisions(path, PLAN)[0].submitting_unit == "office"


@pytest.mark.parametrize("word", ["公开", "public"])
def test_an_action_is_public_only_where_it_says_so(tmp_path: Path, word: str) -> None:
    path = actions_file(tmp_path, row(visibility=word))
    assert read_action_decisions(path, PLAN)[0].visibility is Visibility.PUBLIC


@pytest.mark.parametrize(
    "subject",
    [
        {"goal_id": "", "measure_id": "keep"},
        {"goal_id": "", "measure_id": "build-s1"},
        {"goal_id": "", "alert_rule": "unit-late"},
    ],
    ids=["measure", "sub-item", "unit alone"],
)
def test_an_action_may_be_about_a_measure_or_about_its_unit(
    tmp_path: Path, subject: dict[str, str]
) -> None:
    assert len(read_action_decisions(actions_file(tmp_path, row(**subject)), PLAN)) == 1


def test_a_later_row_moves_an_action_and_the_last_one_closes_it(tmp_path: Path) -> None:
    read = read_action_decisions(actions_file(tmp_path, DECIDED, MOVED, CLOSED), PLAN)
    assert [(str(r.due_month), r.closure) for r in read] == [
        ("2026-06", ""),
        ("2026-09", ""),
        ("2026-09", "原因已查明"),
    ]


def test_every_wrong_cell_is_reported_at_once(tmp_path: Path) -> None:
    wrong = "A_1,frims,keeps,突变,,某某局,2026.13,,,保密,2026"
    assert problems(tmp_path, DECIDED, wrong) == [
        ("「A_1」不是督办编号，如 a-2026-01", "第 3 行「action_id」列"),
        ("「frims」不是方案中的目标 id", "第 3 行「goal_id」列"),
        ("「keeps」不是方案中的举措或专项 id", "第 3 行「measure_id」列"),
        ("「突变」不是预警规则", "第 3 行「alert_rule」列"),
        ("缺少督办事项", "第 3 行「task」列"),
        ("「某某局」不是方案中的填报单位，不写个人", "第 3 行「submitting_unit」列"),
        ("「2026.13」不是年月，如 2024-12", "第 3 行「due_month」列"),
        ("缺少交办依据", "第 3 行「decided_in」列"),
        ("「保密」不是公开、内部", "第 3 行「visibility」列"),
        ("「2026」不是起用期号，如 2026-Q1", "第 3 行「from_edition」列"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [row(measure_id="keep")],
            [("同时写了目标「firms」和举措「keep」", "第 2 行「measure_id」列")],
        ),
        (
            [row(due_month="2025-12")],
            [("办结期限 2025-12 在起用期号 2026-Q1 开始之前就已过去", "第 2 行「due_month」列")],
        ),
        ([row(due_month="2062-06")], [("办结期限 2062-06 晚于 2028-12", "第 2 行「due_month」列")]),
        ([row(closure="办结")], [("「a-1」没有交办就已销号", "第 2 行「closure」列")]),
        (
            [DECIDED, MOVED, CLOSED, CLOSED.replace("2026-Q3", "2026-Q4")],
            [("「a-1」已在第 4 行销号，不能再次销号", "第 5 行「closure」列")],
        ),
        (
            [DECIDED, CLOSED, row(due_month="2026-12", from_edition="2026-Q4")],
            [("「a-1」已在第 3 行销号，其后不能再有内容", "第 4 行「closure」列")],
        ),
        (
            [MOVED, row(due_month="2026-09")],
            [("起用期号「2026-Q1」早于第 2 行的 2026-Q2", "第 3 行「from_edition」列")],
        ),
        (
            [DECIDED, row(goal_id="revenue", submitting_unit="局", from_edition="2026-Q2")],
            [
                ("与第 2 行不同：原为「firms」，现为「revenue」", "第 3 行「goal_id」列"),
                ("与第 2 行不同：原为「office」，现为「bureau」", "第 3 行「submitting_unit」列"),
            ],
        ),
        (
            [DECIDED, DECIDED],
            [("与第 2 行重复（action_id、from_edition 相同）", "第 3 行")],
        ),
        (
            [row(task="请联系13800001234")],
            [
                (
                    "「13800001234」像是电话、邮箱或身份证号，这里的文字会公布",
                    "第 2 行「task」列",
                )
            ],
        ),
        (
            [DECIDED, CLOSED.replace("原因已查明", "见a@b.cn")],
            [("「a@b.cn」像是电话、邮箱或身份证号，这里的文字会公布", "第 3 行「closure」列")],
        ),
    ],
    ids=[
        "goal and measure",
        "past due month",
        "far due month",
        "closed by its first row",
        "closed twice",
        "row after closure",
        "earlier edition below",
        "subject and unit changed",
        "given twice",
        "telephone",
        "e-mail",
    ],
)
def test_what_contradicts_is_refused(
    tmp_path: Path, lines: list[str], expected: list[tuple[str, str]]
) -> None:
    assert problems(tmp_path, *lines) == expected


def test_an_overdue_action_may_be_restated_with_the_due_month_it_had(tmp_path: Path) -> None:
    public = row(visibility="公开", from_edition="2026-Q4")
    assert len(read_action_decisions(actions_file(tmp_path, DECIDED, public), PLAN)) == 2


def test_an_action_that_is_wrong_does_not_hide_what_is_wrong_with_another(tmp_path: Path) -> None:
    other = row(action_id="a-2", closure="办结")
    found = problems(tmp_path, row(due_month="2025-01"), other)
    assert [where for _, where in found] == ["第 2 行「due_month」列", "第 3 行「closure」列"]


def test_a_dataset_without_the_file_has_no_actions(tmp_path: Path) -> None:
    gathering = Gathering()
    assert read_inputs(tmp_path, PLAN, gathering).action_decisions == ()
    gathering.finish()


def test_actions_are_read_and_refused_with_the_other_inputs(tmp_path: Path) -> None:
    actions_file(tmp_path, DECIDED)
    assert len(read_inputs(tmp_path, PLAN, Gathering()).action_decisions) == 1
    actions_file(tmp_path, row(closure="办结"))
    gathering = Gathering()
    assert read_inputs(tmp_path, PLAN, gathering).action_decisions == ()
    with pytest.raises(ProblemsFound, match="没有交办就已销号"):
        gathering.finish()


def test_replies_are_held_against_the_rows_that_can_be_read(tmp_path: Path) -> None:
    path = actions_file(tmp_path, DECIDED, row(action_id="a-2", task=""))
    assert [r.action_id for r in readable_action_decisions(path, PLAN)] == ["a-1"]


def test_the_edition_of_an_action_may_be_a_correction(tmp_path: Path) -> None:
    path = actions_file(tmp_path, row(from_edition="2026-Q1.1"))
    assert read_action_decisions(path, PLAN)[0].from_edition == Edition.parse("2026-Q1.1")


def test_frozen_actions_are_read_without_what_is_unknown_today(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(f"{HEAD},priority\n{row(task='电话13800001234')},1\n", encoding="utf-8")
    with passing_over_unknown():
        assert len(read_action_decisions(path, PLAN)) == 1


def test_no_text_makes_reading_fail_otherwise_than_with_problems(tmp_path: Path) -> None:
    odd: Any = ["=1+1", "a" * 41, "2026-01", "-", "督办1"]
    for cell in odd:
        assert problems(tmp_path, row(action_id=cell))[0][1] == "第 2 行「action_id」列"
