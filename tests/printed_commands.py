"""Commands as README and handbook print them, run in a project at a day that is not today's."""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from planbook.plan import load_plan
from tests.books import ROOT, copy_project
from tests.departments import fill_in

OTHER_CLOCK = ROOT / "tests" / "fixtures" / "other_clock"
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def empty_project(root: Path) -> Path:
    """Copy the checkout with an empty real dataset, its environment where the handbook has it."""
    copy_project(root)
    shutil.rmtree(root / "data" / "live")
    filled = shutil.ignore_patterns("20*")
    shutil.copytree(ROOT / "data" / "live", root / "data" / "live", ignore=filled)
    for name in ("scripts", "src"):
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    (root / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    return root


def section(text: str, start: str, end: str) -> str:
    return text[text.index(f"## {start}") : text.index(f"## {end}")]


def commands(text: str) -> list[list[str]]:
    """Return the commands of a text's blocks for this system, in their order."""
    lines = [line for language, block in BLOCK.findall(text) if not language for line in [block]]
    parts = [shlex.split(line, comments=True) for block in lines for line in block.splitlines()]
    return [words for words in parts if words[:1] in (["python"], [".venv/bin/python"])]


STARTED = dt.datetime.now().timestamp()


def run(project: Path, words: list[str], now: dt.datetime) -> subprocess.CompletedProcess[str]:
    """Run a command as typed in the project's folder, at a day that is not today's."""
    shift = now.timestamp() - STARTED  # the clock goes on from one command to the next
    path = os.pathsep.join([str(OTHER_CLOCK), *filter(None, sys.path)])
    python = sys.executable if words[0] == "python" else str(project / words[0])
    return subprocess.run(
        [python, *words[1:]],
        cwd=project,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "PYTHONUTF8": "1",
            "SHIFT_SECONDS": str(shift),
            "COLUMNS": "200",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def fill_all(forms: Path, inbox: Path, **names: str) -> None:
    """Let every department fill in its form; some give the file a name of their own."""
    plan = load_plan(ROOT / "data" / "plan")
    for form in sorted(forms.glob("*.xlsx")):
        name = names.get(form.stem.split("-", 2)[2], form.stem)
        fill_in(form, inbox / f"{name}.xlsx", plan)
