"""What a build says: plain lines where nobody watches, bars on a terminal, JSON for programs."""

from __future__ import annotations

import io
import json
import re

import pytest
from rich.console import Console

from planbook.disk_reads import EVERYTHING, NAMES, UNKNOWN
from planbook.present.notebook.noted_book import FACTS, OF_THE_PLAN
from planbook.produce.notebooks.kept_notebooks import CODE, NOTEBOOK, PARAMETERS
from planbook.run.log_lines import Heading, Outcome, Teller
from planbook.run.screen import Screen, remaining
from planbook.run.stale_words import stale_words
from planbook.run.telling import teller_of
from planbook.run.watching import Clock, Stage

HEADING = Heading("demo", "2026-Q3", "internal", "示例数据 · 2026年三季度")
OUTCOME = Outcome(
    "h", 93, pdfs=2, packs="p", units=3, seconds=4.25, made={"notebooks": 1, "read": 4, "pdfs": 0}
)


def tell(teller: Teller) -> None:
    """Tell of a small build, two of whose stages overlap."""
    teller.heading(HEADING)
    clock = Clock(teller)
    with clock(Stage.NOTEBOOKS, 2) as done:
        done("overview", "总览", None)
        teller.stale(Stage.NOTEBOOKS, "digital", "数智服务", ("chapter.digital.verdicts",))
        done("digital", "数智服务", 0.5)
    teller.note("[请复核] " + "长" * 200)
    with clock(Stage.PAGES):
        clock.begin(Stage.PACKS)
    teller.finished(OUTCOME, changed=True)


def test_where_nobody_watches_a_stage_is_a_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    with teller_of() as teller:
        tell(teller)
    said = capsys.readouterr().out
    assert said.splitlines() == [
        "示例数据 · 2026年三季度",
        "重做 数智服务：本章的数据表 verdicts 变了",
        "执行笔记本（2项，其中1项未变）：0.0秒",
        "[请复核] " + "长" * 200,
        "编译网页：0.0秒",
        "PDF共2个：h/pdf",
        "部门资料包共3个：p",
        "本次重新生成：笔记本1本",
        "共93页，用时4.2秒。请打开 h/index.html",
    ]
    assert not [sign for sign in said if sign < " " and sign != "\n"]


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (("page",), ""),
        (("tables.measures",), "数据表 measures 变了"),
        (("plan.about.thresholds", "notebook"), "plan.yaml 的 thresholds 变了；笔记本本身改过"),
        (("file:../共享/名单.csv",), "文件 ../共享/名单.csv 变了"),
        (("folder:data/own",), "文件夹 data/own 中增减了文件"),
        (("tables.revisions.shape",), "数据表 revisions 的行数或列数 变了"),
        (("chapter.green.plan",), "方案中本章的内容变了"),
        (("chapter.green.verdicts.shape",), "本章的数据表 verdicts 的行数或列数 变了"),
        (("page", "rating_counts"), "各期各种状态的目标个数变了"),
        (("something_new",), "something_new 变了"),
        (
            tuple(f"tables.{n}" for n in "abcd"),
            "数据表 a 变了；数据表 b 变了；数据表 c 变了等4处",
        ),
    ],
)
def test_why_something_is_made_anew_is_said_in_words(why: tuple[str, ...], words: str) -> None:
    assert stale_words(why) == words


@pytest.mark.parametrize(
    "name",
    [
        *(EVERYTHING, NAMES, UNKNOWN, PARAMETERS, NOTEBOOK, CODE),
        *FACTS,
        *(f"plan.{part}" for part in OF_THE_PLAN),
    ],
)
def test_every_name_that_stands_alone_has_words(name: str) -> None:
    words = stale_words((name,))
    assert re.search("[\u4e00-\u9fff]", words)
    assert name not in words
    assert "  " not in words
    assert not words.startswith("本章的")


def test_for_programs_every_line_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    with teller_of("json") as teller:
        tell(teller)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["event"] for one in told] == [
        "started",
        "stage_begun",
        "done",
        "stale",
        "done",
        "stage_ended",
        "note",
        "stage_begun",
        "stage_begun",
        "stage_ended",
        "finished",
    ]
    assert told[0]["edition"] == "2026-Q3"
    assert told[1] == {
        "event": "stage_begun",
        "stage": "notebooks",
        "name": "执行笔记本",
        "items": 2,
    }
    assert [one["seconds"] for one in told if one["event"] == "done"] == [None, 0.5]
    assert told[3]["why"] == ["chapter.digital.verdicts"]
    assert told[-1]["changed"] is True
    assert told[-1]["made"] == {"notebooks": 1, "read": 4, "pdfs": 0}


def test_a_failure_is_told_to_programs_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="坏了"), teller_of("json"):
        raise ValueError("坏了")
    assert json.loads(capsys.readouterr().out) == {"event": "failed", "text": "坏了"}


def test_on_a_terminal_what_goes_on_is_a_bar_and_what_is_done_a_line() -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=70, highlight=False, color_system=None)
    with Screen({"编译网页": 9.0}, console) as screen:
        tell(screen)
    said = shown.getvalue()
    assert "重做 数智服务：本章的数据表 verdicts 变了\n" in said
    assert "执行笔记本（2项，其中1项未变）：0.0秒\n" in said
    assert "[请复核] " + "长" * 200 in said  # a note is as long as it is
    assert "约剩9秒" in said
    assert "━" in said


def test_what_remains_is_reckoned_by_what_is_done_else_by_the_last_time() -> None:
    assert remaining(elapsed=3, done=2, items=6, expected=99) == 6
    assert remaining(elapsed=3, done=0, items=6, expected=5) == 2
    assert remaining(elapsed=7, done=0, items=0, expected=5) == 0
    assert remaining(elapsed=7, done=0, items=0, expected=0) == 0
