"""A kill at any moment leaves the old state or the new one, and a second attempt succeeds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def trials(folder: Path, *way: str) -> list[dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, HERE / "kill_receive.py", folder, *way],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def check(trial: dict[str, Any]) -> None:
    assert trial["whole"], "a file is neither the old workbook nor the new one"
    assert len(trial["files"]) in (1, 2), "the old workbook is lost, or there is a third one"
    assert trial["projects"] == ["一期", "二期"][: len(trial["files"])], "projects of neither state"
    assert trial["receipted"], "a workbook was filed before its receipt"
    assert trial["again"] == ("此前已收" if len(trial["files"]) == 2 else "已收取")
    assert len(trial["after"]) == 2


@pytest.mark.long
def test_killed_at_a_hundred_random_moments_it_loses_and_half_writes_nothing(
    tmp_path: Path,
) -> None:
    made = trials(tmp_path, "random", "100")
    assert len(made) == 100
    for trial in made:
        check(trial)
    before = sum(trial["killed"] and len(trial["files"]) == 1 for trial in made)
    assert before >= 10, "hardly any kill came in time"


def test_killed_before_or_after_every_single_operation_it_loses_and_half_writes_nothing(
    tmp_path: Path,
) -> None:
    made = trials(tmp_path, "steps")
    assert sum(trial["killed"] for trial in made) >= 12
    for trial in made:
        check(trial)
    assert {len(trial["files"]) for trial in made if trial["killed"]} == {1, 2}


@pytest.mark.parametrize("act", ["refuse", "withdraw"])
def test_an_act_killed_at_any_operation_is_recorded_whole_or_not_at_all(
    tmp_path: Path, act: str
) -> None:
    made = trials(tmp_path, act)
    assert sum(trial["killed"] for trial in made) >= 4
    for trial in made:
        assert trial["before"] == trial["files"], "a filed workbook was touched"
        assert trial["records"] in (0, 1)
        assert trial["again"] == 1
    assert {trial["records"] for trial in made if trial["killed"]} == {0, 1}
