"""What the commands print of their own is Chinese, on a system of any language."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

import bench
import build
import collect
import commentary
import make_demo
from planbook.run import build_all_command
from planbook.run.command import run
from planbook.run.command_words import DOMAIN, LOCALE

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = LOCALE / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|show|default|error|missing|required|invalid|no such|try|"
    r"does not|argument|text|did you mean)\b",
    re.IGNORECASE,
)


@pytest.fixture
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that speaks English, and again after `run` has taught click Chinese."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(ROOT)
    before = gettext.textdomain()
    gettext.textdomain("messages")  # Python's own at the start
    yield
    gettext.textdomain(before)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (build.main, ("--help",)),
        (build_all_command.main, ("--help",)),
        (collect.main, ("--help",)),
        (collect.main, ("receive", "--help")),
        (commentary.main, ("new", "--help")),
        (bench.main, ("build", "--help")),
        (make_demo.main, ("--help",)),
    ],
)
def test_help_has_no_english(
    command: click.Command, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(command, list(arguments))
    assert left.value.code == 0
    check_help(command, capsys.readouterr().out)


@pytest.mark.usefixtures("in_english")
def test_help_that_was_asked_in_english_before_has_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    @click.command("scripts/x.py")
    def asked() -> None: ...

    assert "Show this message" in CliRunner().invoke(asked, ["--help"]).output
    with pytest.raises(SystemExit):
        run(asked, ["--help"])
    check_help(asked, capsys.readouterr().out)


def check_help(command: click.Command, shown: str) -> None:
    assert shown.startswith(f"用法：python {command.name}")
    assert "选项：\n" in shown
    assert ENGLISH.search(re.sub(r"--[a-z-]+", "", shown)) is None


def test_help_of_a_process_has_no_english() -> None:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "scripts/collect.py", "receive", "--help"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    check_help(collect.main, done.stdout)


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "命令：\n"),
        (("chek",), "没有命令 chek。 是否要写 'check', 'choose'？"),
        (("check",), "缺少参数 '文件…'\n"),
        (("check", "没有.xlsx"), "没有这个文件或文件夹：没有.xlsx"),
        (("status", "--editions", "x"), "没有选项 --editions。 是否要写 '--edition'？"),
        (("template", "--edition"), "选项 --edition 后面要有值"),
        (("template", "--edition", "2026-Q3"), "缺少选项 '--out'"),
        (("status", "--markdown=x"), "选项 --markdown 后面不写值"),
        (("status", "x", "y"), "多出的内容：x y"),
        (("receive", "README.md", "--edition", "x", "--received", "x"), "不是日期"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run(collect.main, list(arguments))
    shown = capsys.readouterr().err
    assert left.value.code == 2
    assert said in shown
    assert ENGLISH.search(re.sub(r"--[a-z-]+|_build", "", shown)) is None


def test_the_compiled_catalogue_is_of_the_written_one() -> None:
    """If not: pybabel compile --domain planbook --directory src/planbook/produce/locale."""
    with CATALOGUE.open("rb") as text, CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        written, held = read_po(text), read_mo(compiled)
    assert said(held) == said(written)


def said(catalogue: Catalog) -> dict[str, str]:
    return {"".join(known.id): "".join(known.string or "") for known in catalogue if known.id}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("untouched", "said"),
    [("", "已中断。\n"), ("已有的书未改动。", "已中断。已有的书未改动。\n")],
)
def test_only_the_build_speaks_of_the_book_it_left_alone(
    untouched: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command("scripts/x.py")
    def stopped() -> None:
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as left:
        run(stopped, [], untouched=untouched)
    assert (left.value.code, capsys.readouterr().err.lstrip("\n")) == (130, said)
