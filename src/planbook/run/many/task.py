"""One plan's whole build, as a task on any executor: from an order to a proven book at its place.

The build runs in a process of its own, so that nothing is shared with others (no lock, no working
directory, no memory) and whoever may not have children by `multiprocessing`, as a worker of Dask,
may run it too. If the worker is killed, it ends as well.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planbook.errors import Problem, ProblemsFound, UsageError
from planbook.made_of import code_of
from planbook.publish.acts import place_at
from planbook.publish.places import telling
from planbook.publish.plan_list import PlanRow
from planbook.publish.proven import put_proven
from planbook.run.many.bound import run_bound, was_killed
from planbook.run.many.orders import Order

_ATTEMPTS = 2
BUILD = (sys.executable, "-m", "planbook", "build")
_TOLD = 4000  # characters of what a failed build said, at most


@dataclass(frozen=True)
class PlanOutcome:
    """What became of one plan.

    Attributes
    ----------
    row
        Its line in the index; None where it has no book.
    problem
        Why it was not built; empty where it was.
    kept
        Whether the book lay there already, made of the same.
    """

    name: str
    seconds: float = 0.0
    row: PlanRow | None = None
    problem: str = ""
    kept: bool = False


def build_one(order: Order) -> PlanOutcome:
    """Build a book and put it at its place; what goes wrong is told, not raised."""
    begun = time.perf_counter()
    try:
        row = _built(order)
    except (ProblemsFound, UsageError, OSError) as error:
        return PlanOutcome(order.name, time.perf_counter() - begun, problem=str(error))
    return PlanOutcome(order.name, time.perf_counter() - begun, row)


def _built(order: Order) -> PlanRow:
    if order.made_of.code != code_of():
        what = "这里的程序或依赖版本与提交任务的机器不同，生成的书会不一样"
        fix = "在所有机器上按同一份 requirements.txt 安装，再运行一次"
        raise ProblemsFound("集群", [Problem(what, platform.node(), fix)])
    with order.project() as root:
        finished = _run(order, root)
        html, packs = Path(finished["html"]), finished["packs"]
        files = (
            {f"packs/{path}": file for path, file in _files(Path(packs)).items()} if packs else {}
        )
        files |= _files(html)
        row = row_of(order.name, json.loads((html / "api" / "index.json").read_bytes()))
        with telling(order.to):
            put_proven(place_at(order.to), order.name, files, order.made_of, row)
    return row


def _run(order: Order, root: Path) -> dict[str, Any]:
    """Run the build, again if it was killed; return the event with which it ended."""
    command = [*BUILD, "--project", str(root), "--log", "json", *order.wanted.arguments()]
    for _ in range(_ATTEMPTS):
        done = run_bound(command)
        if not was_killed(done):
            break
    else:
        fix = "检查内存是否不足：减少 --workers，或给集群的工作进程更多内存，再运行一次"
        code = done.returncode
        told = f"信号 {-code}" if code < 0 else f"代码 {code}"
        what = f"生成的进程{_ATTEMPTS}次被系统结束（{told}）"
        raise ProblemsFound("生成", [Problem(what, order.name, fix)])
    if done.returncode:
        raise UsageError(done.stderr.strip()[-_TOLD:] or f"生成失败，代码 {done.returncode}")
    events = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return next(event for event in reversed(events) if event["event"] == "finished")


def _files(folder: Path) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def row_of(name: str, index: Mapping[str, Any]) -> PlanRow:
    """Return a plan's line of the index by its book's own ``api/index.json``."""
    book = index["book"]
    return PlanRow(
        name=name,
        title=book["plan_title"],
        edition=book["edition"],
        edition_label=book["edition_label"],
        dataset_title=book["dataset_title"],
        demonstration=book["demonstration"],
        visibility=book["visibility"],
        data_until=book["data_until"] or "",
        goals=index["goal_count"],
        counts={each["rating"]: each["count"] for each in index["ratings"]},
    )
