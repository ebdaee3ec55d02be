from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest
from filelock import FileLock

from planbook.errors import ProblemsFound
from planbook.run.lock import only_build
from planbook.run.processes import pdf_press

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
        with pytest.raises(ProblemsFound, match="另一个生成或发布正在进行"), only_build(path):
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


def test_a_link_in_place_of_the_lock_is_taken_away_and_what_it_leads_to_stays(
    tmp_path: Path,
) -> None:
    (tmp_path / "other").write_bytes(b"foreign")
    (tmp_path / "build.lock").symlink_to(tmp_path / "other")
    with only_build(tmp_path / "build.lock"):
        pass
    assert (tmp_path / "other").read_bytes() == b"foreign"


def test_a_process_killed_while_it_sets_a_pdf_is_told_in_words(workers: BaseContext) -> None:
    with pytest.raises(ProblemsFound, match="进程中途退出"), pdf_press(workers) as press:
        press.submit(os._exit, 3).result()


WORK = """
import sys, time
from filelock import FileLock
from planbook.run.processes import pdf_press, start_workers

def hold(path):
    with FileLock(path):
        print("held", flush=True)
        time.sleep(600)

if __name__ == "__main__":
    with pdf_press(start_workers(pdf=False), 1) as press:
        press.submit(hold, sys.argv[1]).result()
"""


def test_workers_do_not_outlive_a_build_that_was_killed(tmp_path: Path) -> None:
    work, path = tmp_path / "work.py", tmp_path / "a.lock"
    work.write_text(WORK, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(work), str(path)], stdout=subprocess.PIPE, encoding="utf-8"
    ) as build:
        assert build.stdout
        assert build.stdout.readline() == "held\n"
        build.kill()
    with FileLock(path, timeout=60):
        pass
