"""The commands answer before anything slow is loaded where there is nothing to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.books import ROOT, Built, build, run_python

HEAVY = (
    *("bs4", "jupyter_book", "matplotlib", "nbformat", "numpy", "openpyxl", "pandas", "papermill"),
    *("pydantic", "rich", "sphinx", "typst", "yaml"),
)
ASKED = """
import runpy, sys
sys.argv = sys.argv[1:]
code = 0
try:
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__")
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
except SystemExit as end:
    code = end.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""
WAYS = {"script": (str(ROOT / "scripts" / "build.py"),), "module": ("-m", "planbook", "build")}


def modules(root: Path, *arguments: str) -> tuple[str, set[str]]:
    """Return what a command printed and which packages it had loaded by its end."""
    done = run_python(root, "-c", ASKED, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout, set(done.stderr.split())


@pytest.mark.parametrize("way", WAYS)
def test_help_loads_nothing_heavy(way: str) -> None:
    said, loaded = modules(ROOT, *WAYS[way], "--help")
    assert "--jobs" in said
    assert loaded & {*HEAVY} == set()


@pytest.mark.book
@pytest.mark.xdist_group("second")
def test_nothing_changed_is_said_at_once_with_what_the_build_had_said(
    second_book: Built, tmp_path: Path
) -> None:
    project = second_book.copied_to(tmp_path)  # proved by content, so a moved book holds as well
    asked = ("--dataset", "test")
    for way in WAYS.values():
        said, loaded = modules(project.root, *way, *asked)
        assert "没有变化" in said
        assert loaded & {*HEAVY} == set()
    stages = (
        "读取与评价",
        "执行笔记本",
        "生成页面",
        "编译网页",
        "写出下载文件",
        "共",
        "本次",
        "_toc",
    )
    before = [line for line in second_book.said.splitlines() if not line.startswith(stages)]
    assert before
    assert said.splitlines()[: len(before)] == before
    told = build(project.root, *asked, "--log", "json").stdout.splitlines()
    assert json.loads(told[-1])["changed"] is False
    assert "用时" in build(project.root, *asked, "--only", "overview").stdout


@pytest.mark.book
@pytest.mark.xdist_group("second")
def test_a_changed_page_is_built_and_then_nothing_is_left_to_do(
    second_book: Built, tmp_path: Path
) -> None:
    project = second_book.copied_to(tmp_path)
    asked = ("--dataset", "test", "--log", "json", "--jobs", "1")
    (project.html / "index.html").write_text("spoiled", encoding="utf-8")
    told = [json.loads(line) for line in build(project.root, *asked).stdout.splitlines()]
    assert told[-1]["changed"] is True
    assert told[-1]["made"]["notebooks"] == 0
    whole = (second_book.html / "index.html").read_bytes()
    assert (project.html / "index.html").read_bytes() == whole
    assert json.loads(build(project.root, *asked).stdout.splitlines()[-1])["changed"] is False
