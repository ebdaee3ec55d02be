"""tasks.csv: what the analyst agreed, everything wrong in it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from planbook.collect.decided.task_decisions import read_task_decisions
from planbook.errors import ProblemsFound
from planbook.periods import Edition, TimePeriod
from planbook.task_frames import TASK_DECISIONS, TaskDecisionRow
from planbook.vocabulary import Visibility
from tests.office import PLAN

HEAD = ",".join(TASK_DECISIONS.columns)
AGREED = "t-1,,build,建成一期,验收文件,office,2026-06,任务分解会,,,2026-Q1"


def read(folder: Path, *lines: str) -> tuple[TaskDecisionRow, ...]:
    path = folder / "tasks.csv"
    path.write_text("\n".join((HEAD, *lines)) + "\n", encoding="utf-8")
    return read_task_decisions(path, PLAN)


def problems(folder: Path, *lines: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFound) as found:
        read(folder, *lines)
    return [(p.what, p.where.removeprefix("tasks.csv ")) for p in found.value.problems]


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_task_decisions(tmp_path / "tasks.csv", PLAN) == ()


def test_a_row_is_read_as_it_was_typed_and_internal_if_nothing_is_said(tmp_path: Path) -> None:
    (row,) = read(tmp_path, AGREED)
    assert row == TaskDecisionRow(
        task_id="t-1",
        goal_id="",
        measure_id="build",
        task="建成一期",
        deliverable="验收文件",
        submitting_unit="office",
        due_month=TimePeriod(2026, 6),
        decided_in="任务分解会",
        dropped="",
        visibility=Visibility.INTERNAL,
        from_edition=Edition.parse("2026-Q1"),
    )


def test_every_wrong_cell_is_reported_at_once(tmp_path: Path) -> None:
    wrong = "T_1,frims,keeps,,,某某局,2026.13,,,保密,2026"
    assert problems(tmp_path, AGREED, wrong) == [
        ("「T_1」不是任务编号，如 t2026-software-01", "第 3 行「task_id」列"),
        ("「frims」不是方案中的目标 id", "第 3 行「goal_id」列"),
        ("「keeps」不是方案中的举措或专项 id", "第 3 行「measure_id」列"),
        ("缺少年度任务", "第 3 行「task」列"),
        ("缺少成果形式", "第 3 行「deliverable」列"),
        ("「某某局」不是方案中的填报单位，不写个人", "第 3 行「submitting_unit」列"),
        ("「2026.13」不是年月，如 2024-12", "第 3 行「due_month」列"),
        ("缺少核定依据", "第 3 行「decided_in」列"),
        ("「保密」不是公开、内部", "第 3 行「visibility」列"),
        ("「2026」不是起用期号，如 2026-Q1", "第 3 行「from_edition」列"),
    ]


@pytest.mark.parametrize(
    ("line", "what", "column"),
    [
        (AGREED.replace(",build,", ",,"), "「t-1」没有写属于哪项举措或目标", "measure_id"),
        (
            AGREED.replace(",,build", ",firms,build"),
            "同时写了目标「firms」和举措「build」",
            "measure_id",
        ),
        (
            AGREED.replace("2026-06", "2029-06"),
            "完成时限 2029-06 晚于 2028-12",
            "due_month",
        ),
        (
            AGREED.replace("2026-06", "2025-06"),
            "完成时限 2025-06 在起用期号 2026-Q1 开始之前就已过去",
            "due_month",
        ),
        (AGREED.replace("建成一期", "请致电13800001234"), "写有电话号码", "task"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(
    tmp_path: Path, line: str, what: str, column: str
) -> None:
    (said, where), *_ = problems(tmp_path, line)
    if column != "task":
        assert said == what
    assert where == f"第 2 行「{column}」列"


def test_a_first_row_may_decline_what_was_proposed_whenever_it_was_due(tmp_path: Path) -> None:
    declined = AGREED.replace("会,,", "会,重复,").replace("2026-06", "2025-06")
    assert [row.dropped for row in read(tmp_path, declined)] == ["重复"]
    (again,) = problems(tmp_path, declined, AGREED.replace("2026-Q1", "2026-Q2"))
    assert again[0] == "「t-1」已在第 2 行取消，其后不能再有内容"


def test_a_later_row_moves_or_drops_and_changes_nothing_else(tmp_path: Path) -> None:
    moved = AGREED.replace("2026-06", "2026-12").replace("2026-Q1", "2026-Q2")
    dropped = moved.replace("会,,", "会,并入另一项,").replace("2026-Q2", "2026-Q3")
    assert len(read(tmp_path, AGREED, moved, dropped)) == 3
    (other,) = problems(tmp_path, AGREED, moved.replace(",build,", ",keep,"))
    assert other == (
        "与第 2 行不同：原为「build」，现为「keep」",
        "第 3 行「measure_id」列",
    )
    after = dropped.replace("2026-Q3", "2026-Q4").replace("并入另一项", "")
    (again,) = problems(tmp_path, AGREED, moved, dropped, after)
    assert again[0] == "「t-1」已在第 4 行取消，其后不能再有内容"
