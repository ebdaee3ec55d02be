"""``python -m planbook build-all`` as it is typed, and what it says."""

from __future__ import annotations

import gettext
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from planbook.__main__ import main
from planbook.run.command import run
from planbook.run.many import cluster, task
from planbook.run.many.plan_lines import PlanLines
from planbook.run.many.plans_bar import PlansBar
from planbook.run.many.task import PlanOutcome
from tests.many.conftest import MakeProject


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    build = (sys.executable, str(Path(__file__).with_name("tiny_build.py")))
    monkeypatch.setattr(task, "BUILD", build)
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)


def code(*arguments: str) -> object:
    with pytest.raises(SystemExit) as left:
        run(main, ["build-all", "--dataset", "test", *arguments])
    return left.value.code


def test_lines_name_each_plan_and_the_failures_with_their_problems(
    make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project("alpha")
    make_project("beta", "fail")
    out = str(tmp_path / "out")
    assert code(str(tmp_path / "projects"), "--to", out, "--workers", "1") == 1
    shown = capsys.readouterr()
    assert "共2个方案\n[1/2] alpha：" in shown.out
    assert "[2/2] beta：没有生成（已用" in shown.out
    assert "beta 没有生成：\n填报表有1处问题：\n1. 「1O4」不是数字\n" in shown.out
    assert "1个已生成，1个没有生成" in shown.out
    assert "\x1b" not in shown.out
    assert "1个方案没有生成，其余已就位" in shown.err
    make_project("beta")
    assert code(str(tmp_path / "projects"), "--to", out) == 0
    assert "[1/2] alpha：没有变化" in capsys.readouterr().out


def test_programs_read_a_json_object_a_line(
    make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project("alpha")
    assert code(str(tmp_path / "projects"), "--to", str(tmp_path / "out"), "--log", "json") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["event"] for each in events] == [
        "started",
        "plan_started",
        "plan_ended",
        "finished",
    ]
    assert events[2]["plan"] == "alpha"
    assert events[3]["failed"] == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--to", "out"), "缺少参数"),
        (("nowhere", "--to", "out"), "没有找到项目"),
        (("x", "--to", "out", "--workers", "2", "--scheduler", "tcp://x:1"), "只写其中一个"),
    ],
)
def test_wrong_usage_is_told(
    given: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(*given) in (1, 2)
    assert said in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    make_project: MakeProject,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    root = str(make_project().root)
    assert code(root, "--to", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1") == 2
    assert "planbook[cluster]" in capsys.readouterr().err
    assert cluster.__doc__


def test_a_terminal_gets_a_bar_with_counts() -> None:
    seen = io.StringIO()
    console = Console(file=seen, force_terminal=True, width=120, highlight=False)
    with PlansBar(console) as bar:
        bar.begun(3)
        bar.started("alpha", 1)
        bar.ended(PlanOutcome("[alpha]", 2.0))
        bar.started("beta", 1)
        bar.ended(PlanOutcome("beta", problem="坏了"))
        bar.started("gamma", 1)
    assert "[1/3] [alpha]：2.0秒" in seen.getvalue()
    assert "完成1，进行中1，失败1" in bar.counts()


@pytest.mark.parametrize(("workers", "left"), [(1, "40秒"), (3, "20秒"), (16, "10秒")])
def test_what_remains_is_reckoned_by_the_plans_that_were_built_and_by_the_workers(
    workers: int, left: str
) -> None:
    lines = PlanLines()
    lines.total = 8
    for name in ("a", "b", "c"):
        lines.started(name, workers)
    lines.count(PlanOutcome("kept", kept=True))
    lines.count(PlanOutcome("a", 0.5, problem="坏了"))
    assert "约剩" not in lines.times()
    lines.count(PlanOutcome("b", 8.0))
    lines.count(PlanOutcome("c", 12.0))
    assert lines.times() == f"已用0秒，约剩{left}"
    lines.total = 4
    assert lines.times() == "已用0秒"
