"""Kill builds with all their processes, let them go on, and tell what was lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from proof.checkout import Checkout, Made
from proof.trial import Results

When = Callable[[Mapping[str, Any], subprocess.Popen[str]], bool]


@dataclass(frozen=True)
class Kill:
    """A build that was killed, and the one that went on.

    Attributes
    ----------
    killed
        Whether it had not ended yet.
    finished
        Ids of the notebooks that it had told to be executed.
    left
        Whether the pages it left are ``old``, ``new`` or neither.
    again
        What the next build made.
    equal
        Whether that book is the one from nothing.
    """

    killed: bool
    finished: tuple[str, ...]
    left: str
    again: Made
    equal: bool

    @property
    def executed_twice(self) -> list[str]:
        """Notebooks that were executed though they had been."""
        return [id for id in self.finished if id in self.again.get("notebooks", ())]


class Kills:
    """A checkout that was built, then edited by `edit`; each kill has a copy of its own."""

    def __init__(
        self, checkout: Checkout, edit: Callable[[Checkout, random.Random], object], scratch: Path
    ) -> None:
        self._scratch = scratch
        self._count = 0
        checkout.build(pdf=True)
        self._kept, self._old = checkout, checkout.results(pdf=True)
        edit(checkout, random.Random(0))
        nothing = checkout.copied(scratch / "nothing")
        self.events: list[Mapping[str, Any]] = []
        run, self._new = self._run(nothing, self._remember), nothing.results(pdf=True)
        if run:
            raise RuntimeError("the book cannot be made from nothing")

    def after(self, event: str, stage: str) -> Kill:
        """Kill at once when a stage has begun or ended."""
        return self._killed(
            lambda told, _: (told["event"], told.get("stage")) == (event, stage), None
        )

    def at(self, seconds: float) -> Kill:
        """Kill after so many seconds."""
        return self._killed(lambda told, running: False, seconds)

    def _remember(self, told: Mapping[str, Any], running: subprocess.Popen[str]) -> bool:
        self.events.append(told)
        return False

    def _killed(self, when: When, seconds: float | None) -> Kill:
        self._count += 1
        place = self._scratch / str(self._count)
        shutil.copytree(self._kept.place, place)
        copy, finished = replace(self._kept, place=place), list[str]()

        def looking(told: Mapping[str, Any], running: subprocess.Popen[str]) -> bool:
            if told["event"] == "done" and told["stage"] == "notebooks" and told["seconds"]:
                finished.append(told["id"])
            return when(told, running)

        code = self._run(copy, looking, seconds)
        left = _pages(copy.results(pdf=False))
        known = {"old": _pages(self._old), "new": _pages(self._new)}
        run = copy.build(pdf=True)
        kill = Kill(
            killed=code < 0,
            finished=tuple(finished),
            left=next((name for name, pages in known.items() if pages == left), "half"),
            again=run.made,
            equal=run.code == 0 and copy.results(pdf=True) == self._new,
        )
        shutil.rmtree(place)
        return kill

    @staticmethod
    def _run(checkout: Checkout, when: When, seconds: float | None = None) -> int:
        """Build and kill all its processes when the events or the clock say so."""
        running = subprocess.Popen(
            [*checkout.command(pdf=True), "--log", "json"],
            cwd=checkout.project,
            env=checkout.environment,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        clock = threading.Timer(seconds or 0, _kill, [running]) if seconds is not None else None
        if clock:
            clock.start()
        assert running.stdout is not None
        with running.stdout:
            for line in running.stdout:
                if when(json.loads(line), running):
                    _kill(running)
                    break
        code = running.wait()
        if clock:
            clock.cancel()
        return code


def _kill(running: subprocess.Popen[str]) -> None:
    if running.poll() is None:
        os.killpg(running.pid, signal.SIGKILL)


def _pages(results: Results) -> dict[str, str]:
    return {name: sha for name, sha in results.items() if name.startswith("html/")}
