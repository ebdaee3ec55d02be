"""A kill at any moment leaves the old site or the new one, whole, and a second run completes it."""

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


def trials(folder: Path, act: str, count: int) -> list[dict[str, Any]]:
    run = subprocess.run(
        [sys.executable, HERE / "kill_publish.py", folder, act, str(count)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert run.returncode == 0, run.stderr
    made: list[dict[str, Any]] = json.loads(run.stdout)
    assert len(made) == count
    return made


def check(made: list[dict[str, Any]]) -> None:
    for trial in made:
        assert trial["left"] in ("old", "new"), "the site is neither the old one nor the new one"
        assert trial["again"], "the second run did not complete it"
        assert set(trial["beside"]) <= {"site", ".site.lock"}


@pytest.mark.parametrize("act", ["add", "purge"])
def test_killed_at_ten_random_moments_the_site_is_the_old_or_the_new(
    tmp_path: Path, act: str
) -> None:
    made = trials(tmp_path, act, 10)
    check(made)
    assert sum(trial["killed"] for trial in made) >= 3, "hardly any kill came in time"


@pytest.mark.long
def test_killed_at_a_hundred_random_moments_the_site_is_the_old_or_the_new(tmp_path: Path) -> None:
    made = trials(tmp_path, "add", 100)
    check(made)
    before = sum(trial["killed"] and trial["left"] == "old" for trial in made)
    assert before >= 30, "hardly any kill came in time"
