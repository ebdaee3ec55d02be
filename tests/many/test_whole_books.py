"""Books of many plans are those of `build`, here and on a cluster that loses a worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psutil
import pytest

from planbook.run.many.build_all import build_all
from planbook.run.many.orders import Wanted
from planbook.run.many.projects import Project
from tests.books import Built, copy_second_plan
from tests.publish.sites import contents

TEST = Wanted("test", jobs=1)
OWN = {"build.json", "made_of.json"}  # seconds, and what proves this copy
SCHEDULER = (sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard")
WORKER = (sys.executable, "-m", "distributed.cli.dask_worker", "--no-dashboard", "--no-nanny")


def pages(book: Path) -> dict[str, bytes]:
    return {path: content for path, content in contents(book).items() if path not in OWN}


@pytest.mark.book
def test_a_book_among_many_is_that_of_build_alone_to_the_byte(
    second_book: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.at(copy_second_plan(tmp_path / "云湾 镇"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    with ThreadPoolExecutor(1) as threads:
        report = build_all([project], str(tmp_path / "out"), threads, TEST, workers=lambda: 1)
    assert not report.failed, report.failed
    assert pages(tmp_path / "out" / "云湾 镇") == pages(second_book.html)
    assert not list((tmp_path / "elsewhere").iterdir())


def killed_in_the_middle(
    worker: subprocess.Popen[bytes], ended: Event, left: list[psutil.Process]
) -> None:
    """Kill a worker once it has been building for a moment; note all that it ran."""
    own = psutil.Process(worker.pid)
    while worker.poll() is None and not ended.is_set():
        if any("--project" in child.cmdline() for child in own.children()):
            time.sleep(1)
            left += own.children(recursive=True)
            worker.kill()
            worker.wait()
        time.sleep(0.1)


@contextmanager
def dask(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and two workers as processes; give its address and the workers."""
    about = folder / "scheduler.json"
    folder.mkdir()
    (folder / "tmp").mkdir()
    environment = {**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(folder / "tmp")}
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: str) -> subprocess.Popen[bytes]:
        with (folder / f"{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        started.append(process)
        return process

    listening = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(about))
    start(*SCHEDULER, *listening)
    own = ("--nthreads", "1", "--scheduler-file", str(about), "--local-directory", str(folder))
    try:
        while not about.exists():
            assert started[0].poll() is None
            time.sleep(0.1)
        workers = [start(*WORKER, *own) for _ in range(2)]
        yield json.loads(about.read_text(encoding="utf-8"))["address"], workers
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait(30)


@pytest.mark.long
def test_plans_of_a_worker_that_is_killed_are_built_by_another(
    second_book: Built, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    from planbook.run.many.cluster import on_cluster

    names = ("alpha", "beta", "gamma")
    projects = [Project.at(copy_second_plan(tmp_path / name)) for name in names]
    out = tmp_path / "out"
    with (
        TemporaryDirectory(prefix="pb-") as short,  # where sockets lie, whose paths are bounded
        dask(Path(short, "dask")) as (address, workers),
        on_cluster(address) as (executor, threads),
    ):
        while threads() < 2:
            time.sleep(0.1)
        ended, left = Event(), list[psutil.Process]()
        killer = Thread(target=killed_in_the_middle, args=(workers[0], ended, left))
        killer.start()
        try:
            report = build_all(projects, str(out), executor, TEST, workers=threads, travels=True)
        finally:
            ended.set()
            killer.join()
        assert not report.failed, report.failed
        assert workers[0].returncode, "it was not killed"
        assert workers[1].poll() is None
        assert left
        assert not psutil.wait_procs(left, timeout=60)[1], "they outlive their worker"
        assert not list(Path(short, "dask", "tmp").glob("planbook-*"))
    for name in names:
        assert pages(out / name) == pages(second_book.html)
        assert not (tmp_path / name / "_build").exists()
