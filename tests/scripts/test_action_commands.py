"""Actions decided, moved and closed by command, asked about in a form, replied to and listed."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook.collect.decided.action_decisions import read_action_decisions
from planbook.collect.layout import REPLIES, SIGN_OFF, VALUES
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.run.collect_commands import main
from planbook.run.command import run
from planbook.run.opening import open_workspace
from planbook.run.pipeline import next_templates
from planbook.watch_frames import ACTION_DECISIONS
from tests.registers import begin_at

DATA = Path(__file__).parents[2] / "data"
DATASET = """\
name: live
title: 数据
demonstration: false
first_edition: 2025-Q1
deadline_days: 20
"""
LIVE = ("--dataset", "live")
ADD = (
    *("action", "add", "a-1", *LIVE, "--task", "查明原因", "--unit", "energy"),
    *("--due", "2026-12", "--decided-in", "调度会"),
)
NEXT = ("--from-edition", "2026-Q4")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with the plan and a dataset without any submission."""
    root = tmp_path / "checkout"
    shutil.copytree(DATA / "plan", root / "data" / "plan")
    folder = root / "data" / "live"
    folder.mkdir()
    (folder / "dataset.yaml").write_text(DATASET, encoding="utf-8")
    begin_at(folder, "2026-Q3")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call(root: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs the command and gives exit code and all that it printed."""
    assert root.is_dir()

    def called(*arguments: Any) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out + said.err

    return called


def rows(root: Path) -> list[tuple[str, str, str, str]]:
    """Return what the file holds: id, due month, what closed it, from which edition."""
    path = root / "data" / "live" / "actions.csv"
    read = read_action_decisions(path, load_plan(root / "data" / "plan"))
    return [(r.action_id, str(r.due_month), r.closure, str(r.from_edition)) for r in read]


def test_a_dataset_without_actions_lists_none(call: Any) -> None:
    assert call("actions", *LIVE) == (0, "2026年三季度：未销号 0 项\n")


def test_an_action_is_decided_moved_and_closed_each_by_a_row(call: Any, root: Path) -> None:
    code, said = call(*ADD)
    assert (code, said) == (0, "已交办：a-1 查明原因，自 2026-Q3 起，写在 data/live/actions.csv\n")
    then = ("--from-edition", "2026-Q4")
    move = ("action", "move", "a-1", *LIVE, "--due", "2027-03", "--decided-in", "二次会议", *then)
    assert call(*move)[0] == 0
    close = ("action", "close", "a-1", *LIVE, "--closure", "已查明", "--from-edition", "2027-Q1")
    assert call(*close)[0] == 0
    assert rows(root) == [
        ("a-1", "2026-12", "", "2026-Q3"),
        ("a-1", "2027-03", "", "2026-Q4"),
        ("a-1", "2027-03", "已查明", "2027-Q1"),
    ]


def test_what_is_closed_is_not_closed_again(call: Any) -> None:
    call(*ADD)
    close = ("action", "close", "a-1", *LIVE, "--closure", "已查明", *NEXT)
    assert call(*close)[0] == 0
    code, said = call(*close)
    assert code == 2
    assert "「a-1」已自 2026-Q4 起销号" in said
    assert "另用一个编号" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*ADD, "--goal", "nothing"), "「nothing」不是方案中的目标 id"),
        ((*ADD[:-4], "--due", "2026-01", "--decided-in", "会"), "办结期限 2026-01"),
        ((*ADD, "--from-edition", "2026-12"), "「2026-12」不是起用期号"),
        (("action", "close", "a-9", *LIVE, "--closure", "x"), "没有编号为「a-9」的督办事项"),
        (("action", "add", "a-0", *ADD[3:], "--from-edition", "2026-Q4"), "已有编号为「a-0」"),
        (("action", "close", "a-0", *LIVE, "--closure", " "), "销号的理由不能为空"),
        (("action", "close", "a-0", *LIVE, "--closure", "好了"), "「a-0」已有一行自 2026-Q3 起"),
        (("action", "move", "a-0", *LIVE, *ADD[-4:-1], "见13800001234", *NEXT), "像是电话"),
        (("action", "move", "a-0", *LIVE, *ADD[-4:]), "写 --from-edition"),
    ],
)
def test_what_reading_would_refuse_is_not_written(
    call: Any, root: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert call("action", "add", "a-0", *ADD[3:])[0] == 0
    path = root / "data" / "live" / "actions.csv"
    before = path.read_bytes()
    code, told = call(*arguments)
    assert code != 0
    assert said in told
    assert path.read_bytes() == before


def test_a_row_is_added_in_the_columns_and_line_ends_that_the_file_has(
    call: Any, root: Path
) -> None:
    path = root / "data" / "live" / "actions.csv"
    columns = ["task", *(name for name in ACTION_DECISIONS.columns if name != "task")]
    head = ",".join(columns)
    row = '"先办,后报",a-0,,,,energy,2026-12,调度会,,公开,2026-Q3'
    path.write_bytes(f"{head}\r\n{row}".encode())  # the last line has no end
    assert call(*ADD)[0] == 0
    assert path.read_bytes().decode() == (
        f"{head}\r\n{row}\r\n查明原因,a-1,,,,energy,2026-12,调度会,,内部,2026-Q3\r\n"
    )


def test_an_action_is_asked_about_replied_to_and_listed(
    call: Any, root: Path, tmp_path: Path
) -> None:
    late = (*ADD[:-3], "2026-09", "--decided-in", "会议")
    assert call("action", "add", "a-2", *late[3:])[0] == 0
    assert call(*ADD)[0] == 0
    forms = tmp_path / "forms"
    edition = ("--edition", "2026-Q3")
    assert call("template", *LIVE, *edition, "--unit", "energy", "--out", forms)[0] == 0
    (form,) = forms.iterdir()
    book = openpyxl.load_workbook(form)
    sheet = book[REPLIES.sheet]
    assert [sheet[cell].value for cell in ("A4", "C4", "A5")] == ["a-2", "2026年9月", "a-1"]
    sheet["F4"].value, sheet["G4"].value = "受阻", "缺少台账"
    labels = next(
        cell
        for row in book[VALUES.sheet].iter_rows()
        for cell in row
        if cell.value == SIGN_OFF[0][1]
    )
    for _, _, key in SIGN_OFF:
        book[VALUES.sheet].cell(labels.row + 1, VALUES.at(key) + 1).value = "甲某某"
    book.save(form)
    code, said = call("receive", form, *LIVE, *edition, "--received", "2026-10-10")
    assert code == 0
    assert "督办事项「查明原因」（期限2026年12月）没有反馈" in said
    code, said = call("actions", *LIVE)
    assert code == 0
    lines = [line.split() for line in said.splitlines()]
    assert lines[0] == ["2026年三季度：未销号", "2", "项，其中逾期", "1", "项"]
    assert [line[0] for line in lines[2:]] == ["a-2", "a-1"]
    assert lines[2][2:5] == ["2026-09（逾期）", "受阻", "2026-Q3"]
    assert lines[3][2:5] == ["2026-12", "未反馈", "—"]
    next_forms = next_templates(*open_workspace("live", root), Edition.parse("2026-Q3"))
    after = openpyxl.load_workbook(io.BytesIO(next_forms["energy"].task()().content))[REPLIES.sheet]
    assert after["C4"].value == "2026年9月\n（已逾期）"
    assert after["E4"].value == "受阻：缺少台账\n（2026年三季度）"


def test_what_is_decided_after_a_months_workbooks_came_holds_from_the_next_round(
    call: Any, root: Path
) -> None:
    assert call(*ADD)[0] == 0
    assert rows(root)[-1][3] == "2026-Q3"  # no month has been collected: the forms of the edition
    for month, since in (("2026-07", "2026-08"), ("2026-08", "2026-Q3")):
        folder = root / "data" / "live" / "submissions" / month
        folder.mkdir(parents=True)
        (folder / f"energy-{month}-20-0123abcd.xlsx").write_bytes(b"")
        another = [f"a-{month}" if part == "a-1" else part for part in ADD]
        code, said = call(*another)
        assert (code, f"自 {since} 起" in said) == (0, True), said
        assert rows(root)[-1][3] == since
