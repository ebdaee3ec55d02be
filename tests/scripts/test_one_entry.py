"""``python -m planbook`` is the scripts under one name."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planbook.__main__ import main
from planbook.run import (
    analysis_commands,
    build_all_command,
    build_command,
    collect_commands,
    commentary_commands,
    lab_command,
    new_command,
    publish_commands,
)
from planbook.run.command import run

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = {
    "build": build_command.main,
    "collect": collect_commands.main,
    "commentary": commentary_commands.main,
    "publish": publish_commands.main,
}


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str]:
    before = gettext.textdomain()
    with pytest.raises(SystemExit) as left:
        run(main, list(arguments))
    gettext.textdomain(before)
    shown = capsys.readouterr()
    return left.value.code, shown.out + shown.err


WITHOUT_A_SCRIPT = {
    "analysis": analysis_commands.main,
    "build-all": build_all_command.main,
    "lab": lab_command.main,
    "new": new_command.main,
}


def test_each_script_is_a_subcommand_and_its_help_says_the_same() -> None:
    assert dict(main.commands) == SCRIPTS | WITHOUT_A_SCRIPT
    assert all(command.name == f"scripts/{name}.py" for name, command in SCRIPTS.items())


def test_help_names_how_it_was_called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    code, shown = said(capsys, "--help")
    assert code == 0
    assert shown.startswith("用法：python -m planbook [选项] 命令 …")
    assert all(f"  {name}  " in shown for name in SCRIPTS)
    code, shown = said(capsys, "collect", "receive", "--help")
    assert shown.startswith("用法：python -m planbook collect receive [选项] 文件…")
    assert "检查填报表，没有错误的原样归档并附收据" in shown


def test_wrong_usage_leaves_with_2_as_from_the_scripts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(ROOT)
    assert said(capsys, "build", "--only", "digitl")[0] == 2
    code, shown = said(capsys, "collect", "check")
    assert code == 2
    assert "用法见：python -m planbook collect check --help" in shown


def test_it_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "planbook", "build", "--list"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "数智服务" in done.stdout


SLOW = (
    "{'pandas', 'numpy', 'matplotlib', 'sphinx', 'typst', 'bs4', 'papermill', 'fsspec'}"
    " & set(sys.modules)"
)


@pytest.mark.parametrize(
    "module",
    [
        "analysis_commands",
        "build_all_command",
        "build_command",
        "collect_commands",
        "deciding_commands",
        "commentary_commands",
        "lab_command",
        "letter_commands",
        "publish_commands",
    ],
)
def test_declaring_commands_loads_nothing_slow(module: str) -> None:
    asked = f"import sys, planbook.run.{module}; print({SLOW})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_making_a_book_loads_what_draws_and_prints_only_in_the_processes_that_do() -> None:
    asked = (
        "import sys, planbook.run.build; "
        "print({'matplotlib', 'typst', 'pypdfium2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_listing_editions_loads_nothing_slow() -> None:
    asked = (
        "import sys; from planbook.run.publish_commands import main; "
        f"main.main(['list'], standalone_mode=False); print({SLOW})"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.decode("utf-8").splitlines()[-1] == "set()"
