"""A command ends with all that it started when whoever asked for it is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from planbook.run.many.bound import run_bound
from planbook.run.many.orders import order
from tests.many.conftest import TEST, MakeProject

# What is asked for: it starts a process of its own, tells its parent, both and goes on for long.
LONG = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(100)"])
path = pathlib.Path(sys.argv[1])
path.with_suffix(".new").write_text(f"{os.getppid()} {os.getpid()} {child.pid}")
path.with_suffix(".new").replace(path)
time.sleep(100)
"""
ASKS = """
import sys
import time
from planbook.run.many.bound import run_bound
run_bound([sys.executable, "-c", *sys.argv[1:]])
"""


def begun(told: Path, command: list[str]) -> tuple[subprocess.Popen[bytes], list[psutil.Process]]:
    """Start a command that runs `LONG`; return it and what `LONG` told of, once it has."""
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    while not told.exists():
        assert running.poll() is None
        time.sleep(0.01)
    return running, [psutil.Process(int(pid)) for pid in told.read_text(encoding="utf-8").split()]


def test_all_that_it_started_ends_with_whoever_asked(tmp_path: Path) -> None:
    told = tmp_path / "told"
    asking, started = begun(told, [sys.executable, "-c", ASKS, LONG, str(told)])
    assert len(started) == 3
    asking.kill()
    asking.communicate()
    assert not psutil.wait_procs(started, timeout=60)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="no signal from a keyboard to one process")
def test_an_interruption_from_the_keyboard_ends_it_too(tmp_path: Path) -> None:
    told = tmp_path / "told"
    guard = [sys.executable, "-m", "planbook.run.many.bound"]
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    guarding, started = begun(told, [*guard, sys.executable, "-c", LONG, str(told)])
    signal.signal(signal.SIGINT, before)
    guarding.send_signal(signal.SIGINT)
    guarding.communicate()
    assert guarding.returncode == 130  # not killed, so not tried once more
    assert not psutil.wait_procs(started, timeout=60)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
def test_what_a_killed_command_started_is_gone_before_it_is_tried_again(tmp_path: Path) -> None:
    told = tmp_path / "told"
    guard = [sys.executable, "-m", "planbook.run.many.bound"]
    guarding, (_, command, child) = begun(told, [*guard, sys.executable, "-c", LONG, str(told)])
    command.kill()
    guarding.communicate()
    assert guarding.returncode == -9
    assert not psutil.wait_procs([child], timeout=10)[1]


def test_a_command_says_and_returns_what_it_does_alone() -> None:
    done = run_bound([sys.executable, "-c", "import sys; print('书'); sys.exit('坏了')"])
    assert (done.returncode, done.stdout, done.stderr) == (1, "书\n", "坏了\n")


def test_the_folder_that_a_killed_worker_left_is_deleted_by_the_next(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    left = tmp_path / "tmp" / "planbook-travelled-left"
    left.mkdir()
    (left / "used.lock").touch()
    sent = order(make_project(), TEST, "out", travels=True)
    with sent.project() as first, sent.project() as second:
        assert not left.exists()
        assert first != second
        assert (first / "_config.yml").is_file()  # not taken for what was left
        assert (second / "_config.yml").is_file()
    assert not list((tmp_path / "tmp").iterdir())
