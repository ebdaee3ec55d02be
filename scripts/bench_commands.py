"""Commands that are measured: seconds, CPU seconds and peak of memory, on copies of a checkout."""

from __future__ import annotations

import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from browsers import executable

SOURCES = ("_config.yml", "_toc.yml", "book", "data", "notebooks", "scripts")
MADE = ("_build", "book/chapters", "book/goals", "book/programmes", "book/units")
LOOK_EVERY = 0.2  # seconds
_PROC = Path("/proc")
_ADOPT_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER
_SUM = (
    "import time; begun = time.perf_counter()\n"
    "for number in range(20_000_000): pass\n"
    "print(time.perf_counter() - begun)"
)
_GRACE = 10.0  # seconds that processes which outlive a command may still take


@dataclass(frozen=True)
class Spent:
    """What commands took, one after another.

    Attributes
    ----------
    seconds, cpu
        Wall; of all processes. Those that outlive the command, as the server that workers are
        forked from, are counted on Linux alone; Windows tells no CPU seconds of processes at all,
        so there it is 0.
    peak
        Most bytes that were in use by all processes at once, what they share counted once; 0 where
        the system does not tell.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    peak: int = 0

    def __add__(self, other: Spent) -> Spent:
        peak = max(self.peak, other.peak)
        return Spent(self.seconds + other.seconds, self.cpu + other.cpu, peak)


def spend(command: Sequence[str], folder: Path) -> Spent:
    """Run a command in a folder and return what it took.

    Raises
    ------
    click.ClickException
        If it fails, with what it printed; if it leaves a process that goes on.
    """
    _adopt_orphans()
    with tempfile.TemporaryFile() as said:
        before, begun = _cpu_of_children(), time.perf_counter()
        running = subprocess.Popen(
            command,
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watching = _Memory(running.pid)
        code = running.wait()
        seconds = time.perf_counter() - begun
        peak = watching.stop()
        if code:
            said.seek(0)
            told = said.read().decode("utf-8", "replace")
            raise click.ClickException(f"{' '.join(command)}\n{told}")
        if not _orphans_ended(running.pid):
            raise click.ClickException(f"{' '.join(command)}\n留下了没有结束的进程，数不出它的 CPU")
    return Spent(seconds, _cpu_of_children() - before, peak)


def pace_at_once(processes: int, times: int = 3) -> float:
    """Return how fast each of so many processes that compute at once is; one alone is 1.

    By the medians of so many times. Processors that share a core, or a machine that others use too,
    leave less than 1.
    """
    alone = statistics.median(_computed(1) for _ in range(times))
    return alone / statistics.median(_computed(processes) for _ in range(times))


def _computed(processes: int) -> float:
    """Return the mean seconds of processes that do the same sum at once."""
    command = [sys.executable, "-c", _SUM]
    begun = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(processes)]
    return statistics.mean(float(each.communicate()[0]) for each in begun)


def run_in(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder; return what it printed.

    Raises
    ------
    click.ClickException
        If it fails, with what it printed.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise click.ClickException(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def copy_checkout(root: Path, copy: Path) -> None:
    """Copy a checkout without anything that was generated."""
    generated = shutil.ignore_patterns("chapters", "goals", "programmes", "__pycache__")
    copy.mkdir(parents=True)
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, copy / name, ignore=generated)
        else:
            shutil.copy2(root / name, copy / name)


def remove_made(root: Path) -> None:
    """Delete everything that was generated."""
    for name in MADE:
        shutil.rmtree(root / name, ignore_errors=True)


def tool(name: str) -> str:
    """Return a command of this environment.

    Raises
    ------
    click.ClickException
        If there is none of this name.
    """
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if found is None:
        raise click.ClickException(f"{Path(sys.executable).parent} 中没有 {name}")
    return found


def browser() -> str:
    """Return the browser that measures (`browsers.executable`).

    Raises
    ------
    click.ClickException
        If there is none.
    """
    found = executable()
    if found is None:
        raise click.ClickException(
            "没有浏览器：请安装 Chromium，或在 PLANBOOK_CHROMIUM 中写明它的位置"
        )
    return found


def _environment() -> dict[str, str]:
    """Return the environment of what is measured, the same wherever it is measured.

    Python keeps compiled modules there as it does on a PC: some images forbid it, and each of the
    many processes of both routes would compile this project's modules anew.
    """
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**given, "PYTHONUTF8": "1"}


def _cpu_of_children() -> float:
    """Return the CPU seconds of all processes that were waited for."""
    times = os.times()
    return times.children_user + times.children_system


def _adopt_orphans() -> None:
    """Let processes that outlive a command become ours to wait for, so that their time counts."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)


def _orphans_ended(group: int) -> bool:
    """Wait for the adopted processes of a group; return whether all have ended in time."""
    if sys.platform != "linux":
        return True
    deadline = time.monotonic() + _GRACE
    with suppress(ChildProcessError):  # none is left
        while time.monotonic() < deadline:
            if os.waitpid(-group, os.WNOHANG) == (0, 0):
                time.sleep(0.02)
        return False
    return True


class _Memory(threading.Thread):
    """Looks at the memory of a session's processes as long as they run."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._ended = threading.Event()
        self._peak = 0
        if _PROC.is_dir():
            self.start()

    def run(self) -> None:
        """Keep the most that was ever in use."""
        while not self._ended.wait(LOOK_EVERY):
            self._peak = max(self._peak, sum(map(_proportional, _members(self._session))))

    def stop(self) -> int:
        """Return the peak in bytes."""
        self._ended.set()
        return self._peak


def _members(session: int) -> list[Path]:
    """Return the processes of a session, which its leader's children and theirs stay in."""
    members = []
    for path in _PROC.glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            members.append(path)
    return members


def _proportional(process: Path) -> int:
    """Return a process's memory in bytes, its share of what several use; 0 where it has ended."""
    try:
        text = (process / "smaps_rollup").read_text("ascii", "replace")
    except OSError:
        return 0
    kilobytes = [line.split()[1] for line in text.splitlines() if line.startswith("Pss:")]
    return 1024 * int(kilobytes[0]) if kilobytes else 0
