"""Kill `receive` at many moments and print, as JSON, what each left behind.

Run by ``test_receive_killed.py`` as a process of its own: it forks, which a test process with
threads should not do.

    kill_receive.py FOLDER random COUNT     after a random time
    kill_receive.py FOLDER steps            before and after every operation on files
    kill_receive.py FOLDER refuse           the same, while a workbook is refused
    kill_receive.py FOLDER withdraw         the same, while one is withdrawn
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
from dataclasses import replace
from functools import partial
from pathlib import Path

from planbook.collect.decided.selections import Selection, read_selections, with_selection
from planbook.collect.form.form import ProjectLine
from planbook.collect.form.template import workbook_bytes
from planbook.collect.inbox.checking import Checked, Wanted, check_workbook
from planbook.collect.inbox.receipts import read_refusals
from planbook.collect.inbox.receive import receive
from planbook.collect.inbox.submissions import read_submissions
from planbook.put_in_place import put
from planbook.vocabulary import SelectionAction
from tests.office import DATASET, PLAN, Q3, filled

DAY = dt.date(2026, 10, 12)
NOON = dt.datetime(2026, 10, 12, 12, tzinfo=dt.UTC)


def checked(value: object, *projects: str) -> Checked:
    """Return a workbook that reports a value, and new projects of these names."""
    line = ProjectLine(about="举措：建设平台", stage="谋划", next_node="立项", next_month="2026-12")
    form = filled(Q3, {"firms": {"value": value}})
    new = tuple(replace(line, project=name) for name in projects)
    data = workbook_bytes(replace(form, new_projects=new))
    return check_workbook(data, PLAN, {"demo": DATASET}, file="x.xlsx", wanted=Wanted(edition=Q3))


OLD, NEW, BAD = checked(1, "一期"), checked(2, "一期", "二期"), checked("1O4")


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


def file_new(folder: Path) -> None:
    file(folder, NEW, 1)


def refuse(folder: Path) -> None:
    file(folder, BAD, 1)


def withdraw(folder: Path) -> None:
    (workbook,) = (folder / "2026-Q3").glob("*.xlsx")
    act = Selection(
        action=SelectionAction.WITHDRAW,
        edition=Q3,
        file=workbook.name,
        by="office",
        on=DAY,
        reason="填错了期",
        from_edition=Q3,
    )
    path = folder / "selections.yaml"
    put(path, with_selection(path, act, PLAN))


def recorded(folder: Path) -> int:
    """Return how many acts are recorded; what is half written raises."""
    refused = read_refusals(folder / "2026-Q3")
    assert len(refused) == len(list((folder / "2026-Q3").glob("refusals/*.json")))
    return len(refused) + len(read_selections(folder / "selections.yaml", PLAN))


def killed_at(
    folder: Path, step: int, *, after: bool, act: Callable[[Path], object] = file_new
) -> bool:
    """Act in a child process that dies before or after its `step`-th operation on files."""
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
        act(folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def projects(folder: Path) -> list[str]:
    """Return the projects of which the workbook that counts tells."""
    found = read_submissions(folder, PLAN, dataset=DATASET, upto=Q3)
    return [told.project for submission in found.current for told in submission.projects]


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
        "projects": projects(folder),
        "again": file(folder, NEW, 2),
        "after": listed(),
    }


def trial(folder: Path, kill: Callable[[Path], bool]) -> dict[str, object]:
    file(folder, OLD)
    was_killed = kill(folder)
    return {"killed": was_killed, **left(folder)}


def act_trial(
    folder: Path, step: int, *, after: bool, act: Callable[[Path], object]
) -> dict[str, object]:
    file(folder, OLD)
    before = sorted(path.name for path in folder.rglob("*.xlsx"))
    was_killed = killed_at(folder, step, after=after, act=act)
    records = recorded(folder)
    if not records:
        act(folder)
    return {
        "killed": was_killed,
        "before": before,
        "files": sorted(path.name for path in folder.rglob("*.xlsx")),
        "records": records,
        "again": recorded(folder),
    }


def every_step(make: Callable[[int, bool], dict[str, object]]) -> list[dict[str, object]]:
    """Return the trials before and after each operation, until nothing is left to be killed."""
    trials = []
    for after in (False, True):
        step, died = 0, True
        while died:
            step += 1
            trials.append(make(step, after))
            died = bool(trials[-1]["killed"])
    return trials


def seconds_to_file(folder: Path) -> float:
    file(folder, OLD)
    started = time.perf_counter()
    file(folder, NEW, 1)
    return time.perf_counter() - started


ACTS = {"refuse": refuse, "withdraw": withdraw}


def main(folder: Path, way: str, count: int = 0) -> None:
    usual = min(seconds_to_file(folder / f"timed-{number}") for number in range(5))
    trials = []
    if way == "random":
        chance = random.Random(2027)
        for number in range(count):
            delay = chance.uniform(0, 6 * usual)  # a forked child is slower
            trials.append(trial(folder / str(number), partial(killed, delay=delay)))
    elif way in ACTS:
        trials = every_step(lambda s, a: act_trial(folder / f"{s}{a}", s, after=a, act=ACTS[way]))
    else:
        trials = every_step(
            lambda s, a: trial(folder / f"{s}{a}", lambda f: killed_at(f, s, after=a))
        )
    sys.stdout.write(json.dumps(trials))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int((sys.argv[3:] or ["0"])[0]))
