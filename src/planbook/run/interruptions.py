"""What becomes of a command that is told to end: Ctrl-C, a scheduler's signal, a closed terminal.

Its processes end with it, what was made aside is left aside, and the lock is free.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from planbook.child_processes import end_children

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # as far as the system has them
ENDED = "已中断。"
_AS_CODE = 128  # what shells add to a signal's number


class ToldToEnd(BaseException):
    """The system, or somebody, told the process to end."""


class Interruptions:
    """Whether the command was told to end, and the exit code that says so.

    Attributes
    ----------
    code
        0 as long as it was not.
    """

    def __init__(self) -> None:
        self.code = 0
        self._process = os.getpid()

    def heard(self, number: int, frame: FrameType | None) -> None:
        """End all processes that were started and raise what unwinds the command."""
        if self.code or os.getpid() != self._process:  # told again; or a copy of this process
            os._exit(_AS_CODE + number)
        self.code = _AS_CODE + number
        end_children()
        raise KeyboardInterrupt if number == signal.SIGINT else ToldToEnd


@contextmanager
def interruptions() -> Iterator[Interruptions]:
    """Act on signals meanwhile, but on those that are ignored already, as of ``nohup``."""
    told = Interruptions()
    before: dict[int, Any] = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) in (None, signal.SIG_IGN):
            continue
        try:
            before[number] = signal.signal(number, told.heard)
        except ValueError:  # not the main thread, which alone hears signals
            break
    try:
        yield told
    finally:
        for number, action in before.items():
            signal.signal(number, action)
