"""Run a command that ends, with all processes it started, when whoever asked for it is gone.

A worker of a cluster may be killed at any moment, and then can end nothing itself. So it keeps a
pipe open to a process that does nothing but wait (this module as a script): as soon as the pipe
closes, that one kills the command's whole group of processes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

_OF_PROGRAMS = 255  # the largest code with which a program ends itself
_GUARD = (sys.executable, "-m", "planbook.run.many.bound")
_INTERRUPTED = 130  # as shells have it


def run_bound(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command, bound to this process; return its code and what it printed."""
    ours, held = os.pipe()  # no child inherits `held`
    try:
        return subprocess.run(
            [*_GUARD, *command],
            stdin=ours,
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    finally:
        os.close(held)
        os.close(ours)


def was_killed(done: subprocess.CompletedProcess[str]) -> bool:
    """Tell whether a command did not end itself.

    Other systems say so by a negative code, the signal. Windows has no signals: who is ended from
    outside has the code 1, as if it had failed, and who breaks down a large one. A command that
    fails says why.
    """
    if done.returncode < 0 or done.returncode > _OF_PROGRAMS:
        return True
    return done.returncode == 1 and not done.stderr.strip()


def _guard(command: Sequence[str]) -> int:
    """Run a command until it ends or standard input closes; return its code."""
    guarded = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)

    def watch() -> None:
        while os.read(0, 1):  # nothing is ever written
            pass
        _kill(guarded)

    threading.Thread(target=watch, daemon=True).start()
    try:
        code = guarded.wait()
        if code < 0:  # what it started is not told, and writes where the next try writes
            _kill(guarded)
        return code
    except KeyboardInterrupt:  # from the keyboard, which the command's own group does not hear
        _kill(guarded)
        return _INTERRUPTED


def _kill(guarded: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        tree = ("taskkill", "/F", "/T", "/PID", str(guarded.pid))
        subprocess.run(tree, capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):  # all of it is gone
            os.killpg(guarded.pid, signal.SIGKILL)


if __name__ == "__main__":
    code = _guard(sys.argv[1:])
    if code < 0:
        os.kill(os.getpid(), -code)  # to be seen as what the command was
    sys.exit(code)
