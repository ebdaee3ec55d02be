"""Kill `receive` at many moments and print, as JSON, what each left behind.

Run by ``test_receive_killed.py`` as a process of its own: it forks, which a test process with
threads should not do.

    kill_receive.py FOLDER random COUNT     after a random time
    kill_receive.py FOLDER steps            before and after every operation on files
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from office import DATASET, PLAN, Q3, filled

from planbook.collect import workbook_bytes
from planbook.collect.checking import Checked, Wanted, check_workbook
from planbook.collect.receive import receive

DAY = dt.date(2026, 10, 12)
NOON = dt.datetime(2026, 10, 12, 12, tzinfo=dt.UTC)


def checked(value: int) -> Checked:
    data = workbook_bytes(filled(Q3, {"firms": {"value": value}}))
    return check_workbook(data, PLAN, {"demo": DATASET}, file="x.xlsx", wanted=Wanted(edition=Q3))


OLD, NEW = checked(1), checked(2)


def file(folder: Path, workbook: Checked, minutes: int = 0) -> str:
    now = NOON + dt.timedelta(minutes=minutes)
    return receive(workbook, folder, received=DAY, now=now).outcome.value


def killed(folder: Path, delay: float) -> bool:
    """File in a child process and kill it after `delay` seconds; tell whether it was still on."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(go, b".")
        file(folder, NEW, 1)
        os._exit(0)
    os.read(ready, 1)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ready)
    os.close(go)
    return os.WIFSIGNALED(status)


def killed_at(folder: Path, step: int, *, after: bool) -> bool:
    """File in a child process that dies before or after its `step`-th operation on files."""
    child = os.fork()
    if child == 0:
        count = 0

        def deadly(operation: Callable[..., object]) -> Callable[..., object]:
            def counted(*arguments: object, **keywords: object) -> object:
                nonlocal count
                count += 1
                if count == step and not after:
                    os.kill(os.getpid(), signal.SIGKILL)
                done = operation(*arguments, **keywords)
                if count == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return done

            return counted

        os.fsync = deadly(os.fsync)  # type: ignore[assignment]
        for name in ("mkdir", "open", "replace", "unlink"):
            setattr(Path, name, deadly(getattr(Path, name)))
        file(folder, NEW, 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def left(folder: Path) -> dict[str, object]:
    """Return what lies there after the kill, and what a second attempt does."""
    edition = folder / "2026-Q3"

    def listed() -> list[str]:
        return sorted(path.name for path in edition.glob("*.xlsx"))

    files = {path.name: path.read_bytes() for path in edition.glob("*.xlsx")}
    whole = {OLD.data, NEW.data} >= set(files.values())
    receipts = {path.stem for path in (edition / "receipts").glob("*.json")}
    return {
        "files": listed(),
        "whole": whole,
        "receipted": {name.removesuffix(".xlsx") for name in files} <= receipts,
        "again": file(folder, NEW, 2),
        "after": listed(),
    }


def trial(folder: Path, kill: Callable[[Path], bool]) -> dict[str, object]:
    file(folder, OLD)
    was_killed = kill(folder)
    return {"killed": was_killed, **left(folder)}


def main(folder: Path, way: str, count: int = 0) -> None:
    started = time.perf_counter()
    file(folder / "timed", OLD)
    file(folder / "timed", NEW, 1)
    usual = (time.perf_counter() - started) / 2
    trials = []
    if way == "random":
        chance = random.Random(2027)
        for number in range(count):
            delay = chance.uniform(0, 1.5 * usual)
            trials.append(trial(folder / str(number), lambda f, d=delay: killed(f, d)))
    else:
        for after in (False, True):
            step, died = 0, True
            while died:
                step += 1
                place = folder / f"{step}{after}"
                made = trial(place, lambda f, s=step, a=after: killed_at(f, s, after=a))
                died = bool(made["killed"])
                trials.append(made)
    sys.stdout.write(json.dumps(trials))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int((sys.argv[3:] or ["0"])[0]))
