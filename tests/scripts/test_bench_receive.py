from __future__ import annotations

from pathlib import Path

import pytest

from bench_commands import Spent
from bench_receive import MB, Speed, lines, measure


@pytest.mark.long
def test_every_workbook_that_was_made_is_received(tmp_path: Path) -> None:
    told: list[str] = []
    speed = measure(tmp_path, 4, 1, told.append)
    assert (speed.workbooks, len(speed.ours), len(speed.pandas)) == (4, 1, 1)
    submissions = tmp_path / "project/data/many/submissions"
    assert len([*submissions.rglob("*.xlsx")]) == 4
    assert len(told) == 1


def test_medians_are_compared_and_the_growth_of_memory_by_the_highest_peaks() -> None:
    ours = tuple(Spent(seconds, 1.0, peak * MB) for seconds, peak in ((2, 90), (1, 120), (9, 100)))
    theirs = tuple(Spent(seconds, 1.0, 0) for seconds in (30.0, 9.0, 10.0))
    speed = Speed(8, ours, theirs, Spent(1.0, 1.0, 60 * MB))
    assert (speed.ratio, speed.growth) == (5.0, 60 * MB)
    said = lines(speed)
    assert "快 5.0 倍；要求 5 倍：符合" in said[2]
    assert "120 MB" in said[3]
    assert said[3].endswith("超过")
