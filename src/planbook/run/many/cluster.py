"""An existing Dask cluster as an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from planbook.errors import Problem, ProblemsFound, UsageError


@contextmanager
def on_cluster(address: str) -> Iterator[tuple[Executor, Callable[[], int]]]:
    """Give the executor of a scheduler, and what says how many threads its workers have by now.

    A worker that is killed has its plans built by others; Dask gives up a plan only when several
    workers have died of it.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        fix = 'pip install "planbook[cluster]"，各工作进程所在的环境也要装'
        raise UsageError(f"没有安装 distributed，不能使用 --scheduler\n  处理：{fix}") from error
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        fix = "核对地址（如 tcp://10.0.0.5:8786），确认调度进程在运行、端口可达"
        raise ProblemsFound("集群", [Problem("连接不上调度进程", address, fix)]) from error

    def workers() -> int:
        threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call]
        return sum(threads.values())

    with client, client.get_executor(pure=False) as executor:  # type: ignore[no-untyped-call]
        yield executor, workers
