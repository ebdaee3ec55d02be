"""End the processes that this one started, and those that they started, when it has to end.

A worker that is left behind goes on writing where the next build writes. Whoever is told to end
ends them first (`end_children`); where there was no time to, each of them finds out that it is
alone (`begin_worker`).
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import parent_process, resource_tracker
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from threading import Thread
from typing import TYPE_CHECKING

from planbook.seldom_collected import collect_seldom

if TYPE_CHECKING:
    import psutil

WATCHING = "planbook-watches-parent"  # the name of the thread that waits, and does nothing else
_OWN_FOLDER = "planbook-{}-"  # by the number of the process that it is of
_PATIENCE = 2.0  # seconds for the system to take away what was ended


def end_children() -> None:
    """End all processes that this one started, and all that they started.

    They are held first, until no new one is found: nobody starts another meanwhile.
    """
    import psutil  # noqa: PLC0415 - only what ends early needs it

    held: list[psutil.Process] = []
    while found := [each for each in _descendants(held) if each not in held]:
        for each in found:
            with suppress(psutil.Error):
                each.suspend()
        held += found
    for each in held:
        with suppress(psutil.Error):
            each.kill()
    until = time.monotonic() + _PATIENCE
    while any(map(_is_there, held)) and time.monotonic() < until:
        time.sleep(0.01)
    for each in held:
        for left in Path(gettempdir()).glob(f"{_OWN_FOLDER.format(each.pid)}*"):
            shutil.rmtree(left, ignore_errors=True)


def own_folder() -> TemporaryDirectory[str]:
    """Return a folder with a short path, which goes with this process however it ends."""
    return TemporaryDirectory(prefix=_OWN_FOLDER.format(os.getpid()))


def begin_worker() -> None:
    """Have this process, a worker, end when the one that started it is gone, with its children.

    Ctrl-C, which a terminal sends to both, is the other's to act on. Garbage is searched seldom.
    """
    collect_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        end_children()
        os._exit(1)

    Thread(target=watch, name=WATCHING, daemon=True).start()


def _descendants(held: list[psutil.Process]) -> Iterator[psutil.Process]:
    """Yield all but the one that cleans up after this process, and ends by itself.

    A program whose own parent has ended is known by the session that it shares with one `held`.
    """
    import psutil  # noqa: PLC0415 - as above

    cleaner = getattr(resource_tracker._resource_tracker, "_pid", None)
    for each in psutil.Process().children(recursive=True):
        if each.pid != cleaner:
            yield each
    session_of = getattr(os, "getsid", None)  # Windows knows none
    if session_of is None or not held:
        return
    leaders = {each.pid for each in held}
    for pid in psutil.pids():
        with suppress(OSError, psutil.Error):
            if pid not in leaders and session_of(pid) in leaders:
                yield psutil.Process(pid)


def _is_there(process: psutil.Process) -> bool:
    import psutil  # noqa: PLC0415 - as above

    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False
