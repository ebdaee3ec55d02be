"""Measure `build-all`: synthetic districts in processes, or on a Dask cluster of this computer.

From numbers of districts to seconds, memory a worker and memory of the caller, and to what many
more would take. Each district is another one, small (`small.write_small`) or as large as the
demonstration (`larger.write_project`), and is built from nothing, by one process at a time.
"""

from __future__ import annotations

import json
import math
import os
import shutil
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
from small import DATASET, write_small

LOOK_EVERY = 1.0  # seconds
MB = 2**20
COUNTIES = 2800
Pool = tuple[Executor, Callable[[], int]]


@dataclass(frozen=True)
class Measured:
    """What it took to build so many districts.

    Attributes
    ----------
    seconds
        Wall time.
    worker, caller
        Most bytes of a worker with all that it runs, and of this process.
    """

    districts: int
    seconds: float
    worker: int
    caller: int


@dataclass(frozen=True)
class Districts:
    """What is built: so many districts in a folder, all small or as large as the demonstration."""

    folder: Path
    small: bool

    @property
    def words(self) -> str:
        """What one is, for the reader of a table."""
        return "测试用的小方案（7项目标）" if self.small else "示例那样的方案（61项目标）"

    @property
    def wanted(self) -> Wanted:
        """Which book of each is asked for."""
        return Wanted(DATASET if self.small else "demo", jobs=1)

    def write(self, count: int) -> None:
        """Write them, each with values of its own."""
        for variant in range(1, count + 1):
            district = self.folder / f"district-{variant:04}"
            if self.small:
                write_small(district, variant)
            else:
                write_project(district, variant=variant)


def measure(
    written: Districts, counts: Sequence[int], pool: Pool, *, travels: bool
) -> Iterator[Measured]:
    """Build so many of the districts, from nothing each time.

    Raises
    ------
    click.ClickException
        If one of them fails: nothing is measured then.
    """
    executor, workers = pool
    for count in counts:
        out = written.folder.parent / "books"
        districts = sorted(written.folder.iterdir())[:count]
        for made in (out, *(district / "_build" for district in districts)):
            shutil.rmtree(made, ignore_errors=True)
        with _Watch() as watch:
            begun = time.perf_counter()
            report = build_all(
                projects_of([str(district) for district in districts]),
                str(out),
                executor,
                written.wanted,
                workers=workers,
                travels=travels,
            )
            seconds = time.perf_counter() - begun
        if report.failed:
            raise click.ClickException(report.failed[0].problem)
        yield Measured(count, seconds, watch.worker, watch.caller)


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
            while pool[1]() < workers:
                time.sleep(0.1)
            yield pool
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()


def table(found: Sequence[Measured], workers: int) -> str:
    """Return a table in Markdown: how each compares with the line through all.

    Seconds are held against rounds, since the last plan of an odd number is built alone. Runs in
    which a worker has nothing to do are shown but are not held against the line: whoever has a
    computer alone is faster there.
    """
    busy = [each for each in found if each.districts >= workers] or found
    start, slope = line([(rounds(each.districts, workers), each.seconds) for each in busy])
    lines = [
        "| 方案 | 用时（秒） | 轮 | 偏离直线 | 一个工作进程的内存（MB） | 提交者的内存（MB） |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for each in found:
        of = rounds(each.districts, workers)
        off = f"{each.seconds / (start + slope * of) - 1:+.1%}" if each in busy else "—"
        memory = f"{each.worker / MB:.0f} | {each.caller / MB:.0f}"
        lines.append(f"| {each.districts} | {each.seconds:.1f} | {of} | {off} | {memory} |")
    return "\n".join(lines) + "\n\n" + _projected(start, slope, workers)


def rounds(districts: int, workers: int) -> int:
    """Return how many plans a worker builds, one after another."""
    return math.ceil(districts / workers)


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return start and slope of the straight line that is off by the least share of what it meets.

    By least squares of the relative deviations: an absolute one would let the longest run decide.
    It begins at 0 where all runs had as many rounds.
    """
    weights = [1 / y**2 for _, y in points]
    x, y = (
        sum(w * point[axis] for w, point in zip(weights, points, strict=True)) / sum(weights)
        for axis in (0, 1)
    )
    weighted = list(zip(weights, points, strict=True))
    along = sum(w * (a - x) ** 2 for w, (a, _) in weighted)
    if not along:
        return 0.0, y / x
    slope = sum(w * (a - x) * (b - y) for w, (a, b) in weighted) / along
    return y - slope * x, slope


def _projected(start: float, slope: float, workers: int) -> str:
    """Return what many counties would take by the seconds that a round took."""
    told = [
        f"{many}个约{_hours(start + slope * rounds(COUNTIES, many))}"
        for many in (workers, 16, 64, 256)
    ]
    return (
        f"每轮{slope:.2f}秒（{workers}个工作进程，各一个核）。按此推算{COUNTIES}个县的方案，"
        f"工作进程{'，'.join(told)}。"
    )


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:.1f}小时" if seconds >= 3600 else f"{seconds / 60:.0f}分钟"


class _Watch(threading.Thread):
    """Looks at the memory of this process and of each it started, with all below that."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.worker = self.caller = 0
        self._done = threading.Event()
        self._own = psutil.Process(os.getpid())

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.caller = max(self.caller, self._own.memory_info().rss)
            for child in _below(self._own):
                used = sum(map(_used, (child, *_below(child, recursive=True))))
                self.worker = max(self.worker, used)


def _below(process: psutil.Process, *, recursive: bool = False) -> list[psutil.Process]:
    try:
        found: list[psutil.Process] = process.children(recursive=recursive)
    except psutil.Error:
        return []
    return found


def _used(process: psutil.Process) -> int:
    """Return its bytes, what it shares with others divided among them where the system tells."""
    try:
        about = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(about, "pss", about.rss))
