"""Kill acts on a site at many moments and print, as JSON, what each left behind.

Run by ``test_publish_killed.py`` as a process of its own: it forks, which a test process with
threads should not do.

    kill_publish.py FOLDER ACT COUNT    ACT (add, purge), killed COUNT times at random moments
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from planbook.publish.acts import Site
from tests.publish.sites import NOON, Q1, Q3, Press, contents, opened

LATER = NOON + dt.timedelta(hours=2)


def killed(act: Callable[[], object], delay: float) -> bool:
    """Act in a child process and kill it after `delay` seconds; tell whether it was still on."""
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(go, b".")
        act()
        os._exit(0)
    os.read(ready, 1)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ready)
    os.close(go)
    return os.WIFSIGNALED(status)


def main(folder: Path, act: str, count: int) -> None:
    press = Press(folder / "press")
    first = press.made(Q1, *map(str, range(12)))
    second = press.made(Q3, *map(str, range(12)), hours=1)

    def new(place: Path) -> Callable[[], object]:
        def acting() -> object:
            site = opened(place)
            return site.add(*second) if act == "add" else site.purge(Q1, "误载个人信息", LATER)

        return acting

    site: Site = opened(folder / "old")
    site.add(*first)
    (folder / "old" / "CNAME").write_bytes(b"example.org")
    old = contents(folder / "old")
    shutil.copytree(folder / "old", folder / "new")
    started = time.perf_counter()
    new(folder / "new")()
    usual = time.perf_counter() - started
    wanted = contents(folder / "new")
    chance = random.Random(2027)
    trials = []
    for number in range(count):
        place = folder / str(number) / "site"
        shutil.copytree(folder / "old", place)
        was_killed = killed(new(place), chance.uniform(0, 1.2 * usual))
        left = contents(place)
        new(place)()
        trials.append(
            {
                "killed": was_killed,
                "left": "old" if left == old else "new" if left == wanted else "half",
                "again": contents(place) == wanted,
                "beside": sorted(path.name for path in place.parent.iterdir()),
            }
        )
        shutil.rmtree(place.parent)
    sys.stdout.write(json.dumps(trials))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
