"""The handbook's commands exist, and its pictures are there, small and described."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest

from planbook.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "book" / "handbook.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"-m planbook ([a-z]+ +[a-z-][^`\n]*)", TEXT)))
EXAMPLES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
FIGURES = re.findall(r":::\{figure\} (\S+)\n((?::\w+:.*\n)*)", TEXT)
LARGEST_PICTURE = 120_000  # bytes


def command_of(line: str) -> tuple[click.Command, list[str]]:
    """Return the click command a line runs, and its options."""
    words = line.split()
    command: click.Command = main
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    return command, [word for word in words if word.startswith("--")]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_handbook_exists_with_its_options(line: Any) -> None:
    command, used = command_of(line)
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(used) <= known


@pytest.mark.parametrize("name", ["analysis", "collect", "commentary", "publish"])
def test_the_handbook_shows_every_command_of_a_group(name: str) -> None:
    group = main.commands[name]
    assert isinstance(group, click.Group)
    shown = {line.split()[1] for line in COMMANDS if line.startswith(f"{name} ")}
    assert shown == set(group.commands)


def test_the_handbooks_python_runs_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "notebooks")
    monkeypatch.setenv("MPLBACKEND", "agg")
    shown: list[Any] = []
    names: dict[str, Any] = {"display": lambda made, **about: shown.append(about)}
    assert len(EXAMPLES) >= 3
    for example in EXAMPLES:
        exec(example, names)
    assert names["before"].edition < names["book"].edition
    assert shown[0]["metadata"]["alt"]


@pytest.mark.parametrize("name", ["collect receive", "collect status", "build"])
def test_the_three_commands_of_a_quarter_are_given_for_windows_too(name: str) -> None:
    assert rf".venv\Scripts\python -m planbook {name}" in TEXT


@pytest.mark.parametrize(("path", "options"), FIGURES, ids=lambda text: Path(text).stem)
def test_a_picture_is_there_small_and_described(path: Any, options: Any) -> None:
    picture = ROOT / "book" / path
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size < LARGEST_PICTURE
    alt = re.search(r":alt: (.+)", options)
    assert alt is not None
    assert len(alt[1]) > 20


def test_template_feedback_and_status_are_pictured() -> None:
    assert {Path(path).stem.split("-")[0] for path, _ in FIGURES} == {
        "template",
        "feedback",
        "status",
    }


def test_every_picture_made_is_shown() -> None:
    made = {path.name for path in (ROOT / "book" / "_static" / "handbook").glob("*.png")}
    assert made == {Path(path).name for path, _ in FIGURES}


def test_the_folders_that_hold_peoples_names_are_not_kept_in_git() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"--out (\w+)|receive +(\w+) --edition", readme + TEXT))
    folders = {folder for pair in named for folder in pair if folder} | {"feedback"}
    assert folders == {
        "forms",
        "inbox",
        "templates",
        "feedback",
        "letters",
        "模板",
        "收件",
        "催报",
        "预警",
        "月报模板",
        "月报收件",
        "会议材料",
    }
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/{folder}/" for folder in folders} <= set(ignored)
    for kept in ("receipts", "refusals"):
        assert f"data/*/submissions/*/{kept}/" in ignored
