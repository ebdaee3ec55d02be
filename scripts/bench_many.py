"""Measure `build-all`: synthetic districts in processes, or on a Dask cluster of this computer.

From numbers of districts to seconds, memory a worker and memory of the caller, and to what many
more would take. Each district is another one (`larger.write_project`) and is built from nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from larger import write_project
from planbook.run.many.build_all import build_all
from planbook.run.many.cluster import on_cluster
from planbook.run.many.orders import Wanted
from planbook.run.many.projects import projects_of

LOOK_EVERY = 0.5  # seconds
MB = 2**20
COUNTIES = 2800
Pool = tuple[Executor, Callable[[], int]]


@dataclass(frozen=True)
class Measured:
    """What it took to build so many districts.

    Attributes
    ----------
    worker, caller
        Most bytes of a build with all its processes, and of this process beyond what it had before.
    """

    districts: int
    seconds: float
    worker: int
    caller: int

    @property
    def each(self) -> float:
        """Seconds of wall time a district."""
        return self.seconds / self.districts


def write_districts(folder: Path, count: int) -> None:
    """Write so many districts, each with values of its own."""
    for variant in range(1, count + 1):
        write_project(folder / f"district-{variant:04}", variant=variant)


def measure(
    folder: Path, counts: Sequence[int], pool: Pool, *, travels: bool
) -> Iterator[Measured]:
    """Build so many of the districts of a folder, from nothing each time.

    Raises
    ------
    click.ClickException
        If one of them fails: nothing is measured then.
    """
    executor, at_once = pool
    for count in counts:
        out, districts = folder.parent / "books", sorted(folder.iterdir())[:count]
        for made in (out, *(district / "_build" for district in districts)):
            shutil.rmtree(made, ignore_errors=True)
        with _Watch() as watch:
            begun = time.perf_counter()
            report = build_all(
                projects_of([str(district) for district in districts]),
                str(out),
                executor,
                Wanted(jobs=1),
                at_once=at_once,
                travels=travels,
            )
            seconds = time.perf_counter() - begun
        if report.failed:
            raise click.ClickException(report.failed[0].problem)
        yield Measured(count, seconds, watch.build, watch.caller)


@contextmanager
def processes(workers: int) -> Iterator[Pool]:
    """Give what starts builds as processes of this computer."""
    with ThreadPoolExecutor(workers) as threads:
        yield threads, lambda: workers


@contextmanager
def dask(folder: Path, workers: int) -> Iterator[Pool]:
    """Give a cluster of a scheduler and so many worker processes on this computer."""
    about = folder / "scheduler.json"
    cli, own = "distributed.cli.dask_", ("--no-dashboard", "--scheduler-file", str(about))
    local = ("--host", "127.0.0.1", "--port", "0")
    worker = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
    commands = [("scheduler", *local)] + [("worker", *worker)] * workers
    started = []
    try:
        for name, *more in commands:
            with (folder / "dask.log").open("ab") as log:
                command = [sys.executable, "-m", f"{cli}{name}", *own, *more]
                started.append(subprocess.Popen(command, stdout=log, stderr=log))
        while not about.exists():
            if started[0].poll() is not None:
                raise RuntimeError((folder / "dask.log").read_text(encoding="utf-8"))
            time.sleep(0.1)
        with on_cluster(str(json.loads(about.read_text(encoding="utf-8"))["address"])) as pool:
            while pool[1]() < 2 * workers:
                time.sleep(0.1)
            yield pool
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def table(found: Sequence[Measured], workers: int) -> str:
    """Return a table in Markdown: how each compares with the straight line through all."""
    slope, start = statistics.linear_regression(
        [m.districts for m in found], [m.seconds for m in found]
    )
    lines = [
        "| 方案 | 用时（秒） | 每个（秒） | 偏离直线 | 一个生成的内存（MB） | 提交者多占（MB） |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for each in found:
        line = start + slope * each.districts
        off = f"{each.seconds / line - 1:+.1%}"
        memory = f"{each.worker / MB:.0f} | {each.caller / MB:.0f}"
        lines.append(
            f"| {each.districts} | {each.seconds:.1f} | {each.each:.2f} | {off} | {memory} |"
        )
    return "\n".join(lines) + "\n\n" + _projected(slope, workers)


def _projected(slope: float, workers: int) -> str:
    """Return what many counties would take by the seconds that one more district took."""
    told = [
        f"{many}个进程约{slope * workers * COUNTIES / many / 3600:.1f}小时"
        for many in (workers, 16, 64, 256)
    ]
    return (
        f"按{workers}个进程、每多一个方案多{slope:.2f}秒推算，{COUNTIES}个县（每个进程一个核）："
        f"{'，'.join(told)}。"
    )


class _Watch(threading.Thread):
    """Looks at the memory of this process and of the builds below it, or its workers."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.build = self.caller = 0
        self._done = threading.Event()
        self._own = psutil.Process(os.getpid())
        self._before = self._own.memory_info().rss

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.caller = max(self.caller, self._own.memory_info().rss - self._before)
            for child in _alive(self._own):
                if "--project" in _command(child):
                    used = sum(map(_used, (child, *_alive(child))))
                    self.build = max(self.build, used)


def _alive(process: psutil.Process) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=True)
    except psutil.Error:
        return []
    return found


def _command(process: psutil.Process) -> Sequence[str]:
    try:
        command: list[str] = process.cmdline()
    except psutil.Error:
        return ()
    return command


def _used(process: psutil.Process) -> int:
    """Return its bytes, what it shares with others divided among them where the system tells."""
    try:
        about = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(about, "pss", about.rss))
