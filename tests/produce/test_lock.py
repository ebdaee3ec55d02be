from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planbook.errors import ProblemsFound
from planbook.run.lock import only_build

HOLD = """
import sys
from pathlib import Path
from planbook.run.lock import only_build
with only_build(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_build_is_told_to_wait_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "new" / "build.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ProblemsFound, match="另一个生成正在进行"), only_build(path):
            pytest.fail("two builds at once")
        other.kill()
    with only_build(path):
        pass


def test_builds_after_each_other_do_not_disturb(tmp_path: Path) -> None:
    path = tmp_path / "build.lock"
    with pytest.raises(ZeroDivisionError), only_build(path):
        _ = 1 // 0
    with only_build(path):
        pass
