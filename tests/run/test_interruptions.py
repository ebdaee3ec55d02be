"""A build that is told to end takes all its processes with it and leaves the old book."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from planbook.child_processes import begin_worker
from planbook.run.interruptions import ENDED
from planbook.run.lock import only_build
from tests.books import ROOT, SECOND_PLAN, build, copy_second_plan

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")

LONG = "while True:\n    pass"
BEGUN = "begun.txt"
LEFT_ALONE = f"""
import subprocess, sys, time
sleeps = [sys.executable, "-c", "import time; time.sleep(900)"]
starts = f"import subprocess; print(subprocess.Popen({{sleeps!r}}, stdout=-3, stderr=-3).pid)"
left = subprocess.run([sys.executable, "-c", starts], capture_output=True).stdout
open("{BEGUN}", "wb").write(left)
time.sleep(900)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a book, of which two notebooks end never: in a worker, in a stock kernel."""
    root = copy_second_plan(tmp_path / "project")
    for name, cell in (("harbour", LEFT_ALONE), ("town", LONG)):
        path = root / "notebooks" / f"{name}.ipynb"
        made = nbformat.read(path, as_version=4)
        made.cells.append(nbformat.v4.new_code_cell(cell))
        nbformat.write(made, path)
    (html := root / "_build" / "html").mkdir(parents=True)
    (html / "index.html").write_text("the old book", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("told", "code"),
    [(signal.SIGTERM, 143), pytest.param(signal.SIGINT, 130, marks=pytest.mark.long)],
)
def test_no_process_survives_a_build_that_is_told_to_end(
    project: Path, told: signal.Signals, code: int
) -> None:
    command = (sys.executable, ROOT / "scripts" / "build.py", "--jobs", "4", "--log", "json")
    with subprocess.Popen(
        command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        started = _wait_until_notebooks_run(project, running)
        running.send_signal(told)
        said, errors = running.communicate(timeout=60)
    assert running.returncode == code
    _wait_until_ended(started)
    folders = Path(tempfile.gettempdir())
    assert [left for each in started for left in folders.glob(f"planbook-{each.pid}-*")] == []
    assert said.splitlines()[-1] == f'{{"event": "failed", "text": "{ENDED}"}}'
    assert errors.strip() == "已中断。已有的书未改动。"
    assert (project / "_build/html/index.html").read_text(encoding="utf-8") == "the old book"
    with only_build(project / "_build" / "build.lock"):
        pass
    if told is signal.SIGINT:
        for path in (SECOND_PLAN / "notebooks").glob("*.ipynb"):
            (project / "notebooks" / path.name).write_bytes(path.read_bytes())
        assert build(project).returncode == 0


def _wait_until_notebooks_run(
    project: Path, running: subprocess.Popen[str]
) -> list[psutil.Process]:
    """Return the processes of a build and the one that its notebook left alone."""
    begun = project / "notebooks" / BEGUN
    until = time.monotonic() + 240
    while not (begun.is_file() and begun.read_bytes()) and running.poll() is None:
        if time.monotonic() > until:
            running.terminate()
        time.sleep(0.1)
    assert running.returncode is None, running.communicate()
    alone = psutil.Process(int(begun.read_bytes()))
    found = psutil.Process(running.pid).children(recursive=True)
    assert alone not in found
    assert len(found) >= 4  # what starts workers, two of these, a kernel
    return [*found, alone]


def _wait_until_ended(started: list[psutil.Process]) -> None:
    """Give the one that cleans up after the build, and ends by itself, the time to."""
    until = time.monotonic() + 20
    while any(map(_runs, started)) and time.monotonic() < until:
        time.sleep(0.05)
    assert [each for each in started if _runs(each)] == []


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


WORKER = """
import sys, time
from planbook.worker_context import worker_context
from tests.run.test_interruptions import sleeps
if __name__ == "__main__":
    process = worker_context(()).Process(target=sleeps)
    process.start()
    print(process.pid, flush=True)
    time.sleep(900)
"""


def sleeps() -> None:
    """Work for long."""
    begin_worker()
    time.sleep(900)


def test_a_worker_ends_when_whoever_started_it_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as starter:
        assert starter.stdout
        worker = psutil.Process(int(starter.stdout.readline()))
        until = time.monotonic() + 30
        while worker.num_threads() < 2 and time.monotonic() < until:  # it watches
            time.sleep(0.05)
        starter.kill()
    until = time.monotonic() + 30
    while _runs(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(worker)
