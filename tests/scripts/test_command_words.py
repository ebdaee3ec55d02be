"""What the commands print of their own is Chinese, on a system of any language."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from planbook.run.collect_commands import main
from planbook.run.command import run
from planbook.run.command_words import DOMAIN, LOCALE

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = LOCALE / "zh_CN" / "LC_MESSAGES" / f"{DOMAIN}.po"
ENGLISH = re.compile(
    r"\b(?:usage|options?|commands?|show|default|error|missing|required|invalid|no such|try|"
    r"does not|argument|text|did you mean)\b",
    re.IGNORECASE,
)


def printed(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, f"scripts/{script}", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "arguments"),
    [
        ("build.py", ("--help",)),
        ("collect.py", ("--help",)),
        ("collect.py", ("receive", "--help")),
        ("commentary.py", ("new", "--help")),
        ("bench.py", ("build", "--help")),
        ("make_demo.py", ("--help",)),
    ],
)
def test_help_has_no_english(script: str, arguments: tuple[str, ...]) -> None:
    shown = printed(script, *arguments)
    assert shown.returncode == 0
    assert shown.stdout.startswith(f"用法：python scripts/{script}")
    assert "选项：\n" in shown.stdout
    assert ENGLISH.search(re.sub(r"--[a-z-]+", "", shown.stdout)) is None


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
    arguments: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.chdir(ROOT)
    before = gettext.textdomain()
    with pytest.raises(SystemExit) as left:
        run(main, list(arguments))
    gettext.textdomain(before)
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


@pytest.mark.parametrize(
    ("untouched", "said"),
    [("", "已中断。\n"), ("已有的书未改动。", "已中断。已有的书未改动。\n")],
)
def test_only_the_build_speaks_of_the_book_it_left_alone(
    untouched: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command("scripts/x.py")
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("LANGUAGE", "en")
    before = gettext.textdomain()
    with pytest.raises(SystemExit) as left:
        run(stopped, [], untouched=untouched)
    gettext.textdomain(before)
    assert (left.value.code, capsys.readouterr().err.lstrip("\n")) == (130, said)
