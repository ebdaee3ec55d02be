from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.csv_inputs import baseline_rows
from planbook.collect.decided.unused_inputs import unused_baselines
from planbook.frames import BASELINES
from tests.office import PLAN, Q1, Q2

BASE = "firms,2024-12,直管区,61,公报,,2026-Q1"


def notes(folder: Any, *lines: Any, edition: Any = Q1) -> Any:
    path = folder / "baselines.csv"
    path.write_text("\n".join([",".join(BASELINES.columns), *lines, ""]), encoding="utf-8")
    rows, problems = baseline_rows(path, PLAN)
    assert problems == []
    return [str(note) for note in unused_baselines(rows, PLAN, edition)]


def test_a_baseline_that_a_goal_is_measured_against_is_not_named(tmp_path: Path) -> None:
    assert notes(tmp_path, BASE) == []


@pytest.mark.parametrize(
    ("line", "said", "column"),
    [
        (BASE.replace("2024", "2023"), "仍为「基数待补」", "time_period"),
        (BASE.replace("直管区", "全域"), "按直管区评价", "scope"),
        ("added,2024-12,未注明,61,公报,,2026-Q1", "不与基期比较", "indicator_id"),
    ],
)
def test_a_baseline_that_changes_nothing_is_named_with_what_to_do(
    tmp_path: Path, line: Any, said: str, column: str
) -> None:
    (note,) = notes(tmp_path, line)
    assert said in note
    assert f"baselines.csv 第 2 行「{column}」列" in note


def test_beside_the_right_one_another_year_is_no_missing_baseline(tmp_path: Path) -> None:
    (note,) = notes(tmp_path, BASE, BASE.replace("2024", "2023"))
    assert "基数待补" not in note
    year_to_date = "revenue,{},未注明,61,公报,,2026-Q1"
    lines = [year_to_date.format("2024-12"), year_to_date.format("2023-12")]
    assert notes(tmp_path, *lines) == []


def test_a_baseline_of_a_later_edition_is_not_looked_at_yet(tmp_path: Path) -> None:
    line = BASE.replace("2024", "2023").replace("2026-Q1", "2026-Q2")
    assert notes(tmp_path, line) == []
    assert len(notes(tmp_path, line, edition=Q2)) == 1
