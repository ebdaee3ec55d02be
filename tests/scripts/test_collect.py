"""The commands by which a quarter is collected, run as an analyst runs them."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planbook import made_of
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import SignOff
from planbook.collect.form.template import workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.put_in_place import put as write_file
from planbook.run import collecting, intake_workers
from planbook.run.collect_commands import main
from planbook.run.command import run
from planbook.workspace import Workspace
from tests.registers import begin_at

pytestmark = pytest.mark.takes(60)

DATA = Path(__file__).parents[2] / "data"
pipe = getattr(os, "mkfifo", None)  # not on Windows
DATASET = """\
name: {name}
title: {name}的数据
demonstration: false
first_edition: 2025-Q1
deadline_days: 20
"""
UNIT = "energy"
Q3 = ("--edition", "2026-Q3", "--received", "2026-10-10")
SIGNED = SignOff("甲负责", "乙审核", "丙填报", "023-12345678", "2026-10-09")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a checkout with the plan and two datasets without any submission."""
    root = tmp_path / "checkout"
    shutil.copytree(DATA / "plan", root / "data" / "plan")
    for name in ("live", "demo"):
        folder = root / "data" / name
        folder.mkdir()
        (folder / "dataset.yaml").write_text(DATASET.format(name=name), encoding="utf-8")
        begin_at(folder, "2026-Q3")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call(root: Any, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs the command and gives exit code, output and errors."""

    def called(*arguments: Any) -> Any:
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return called


def filled(root: Any, value: Any = 50.0, **changes: Any) -> Any:
    """Return the bytes of a unit's workbook, filled with one value and one status."""
    workspace = Workspace.open("live", root)
    form = blank_form(load_plan(workspace.plan), UNIT, Edition.parse("2026-Q3"), workspace.dataset)
    return workbook_bytes(
        replace(
            form,
            values=tuple(replace(line, value=value) for line in form.values),
            measures=tuple(replace(line, status=line.statuses[0]) for line in form.measures),
            sign_off=SIGNED,
            **changes,
        )
    )


@pytest.fixture
def inbox(root: Any) -> Any:
    folder = root.parent / "收件"
    folder.mkdir()
    return folder


def put(inbox: Any, data: Any, name: str = "节能 报表（终稿）.xlsx") -> Any:
    path = inbox / name
    path.write_bytes(data)
    return path


def files(folder: Any) -> Any:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_template_for_every_unit_and_each_is_in_order_but_empty(
    call: Any, root: Any, tmp_path: Path
) -> None:
    code, out, err = call("template", "--dataset", "live", "--edition", "2026-Q4", "--out", "模板")
    assert (code, err) == (0, "")
    units = load_plan(root / "data" / "plan").units
    assert files(root / "模板") == sorted(f"2026-Q4-{unit.id}.xlsx" for unit in units)
    assert all(unit.name in out for unit in units)
    code, out, _ = call("check", root / "模板", "--json")
    found = json.loads(out)
    assert code == 1
    assert {file["edition"] for file in found["files"]} == {"2026-Q4"}
    rules = {finding["rule"] for file in found["files"] for finding in file["findings"]}
    assert rules == {"nothing-filled"}


def test_the_same_templates_again_change_nothing_and_a_filled_one_is_not_written_over(
    call: Any, root: Any
) -> None:
    arguments = ("template", "--dataset", "live", "--edition", "2026-Q4", "--unit", UNIT)
    assert call(*arguments, "--out", "out")[0] == 0
    path = root / "out" / f"2026-Q4-{UNIT}.xlsx"
    data = path.read_bytes()
    assert call(*arguments, "--out", "out")[0] == 0
    assert path.read_bytes() == data
    path.write_bytes(b"filled by a department")
    code, _, err = call(*arguments, "--out", "out")
    assert code == 2
    assert path.name in err
    assert path.read_bytes() == b"filled by a department"
    assert call(*arguments, "--out", "out", "--overwrite")[0] == 0
    assert path.read_bytes() == data


def test_a_template_shows_what_was_reported_in_the_edition_before(
    call: Any, root: Any, inbox: Any
) -> None:
    put(inbox, filled(root, 47.25))
    assert call("receive", inbox, "--edition", "2026-Q3", "--received", "2026-10-10")[0] == 0
    call("template", "--dataset", "live", "--edition", "2026-Q4", "--unit", UNIT, "--out", "a")
    shutil.rmtree(root / "data" / "live" / "submissions")
    call("template", "--dataset", "live", "--edition", "2026-Q4", "--unit", UNIT, "--out", "b")
    name = f"2026-Q4-{UNIT}.xlsx"
    assert (root / "a" / name).read_bytes() != (root / "b" / name).read_bytes()


@pytest.mark.parametrize("edition", ["2027-Q1", "2024-Q4", "2026Q4", "../2026-Q4"])
def test_an_edition_out_of_range_is_wrong_usage_and_the_range_is_said(
    call: Any, edition: str
) -> None:
    for command in (
        ("template", "--dataset", "live", "--out", "x"),
        ("status", "--dataset", "live"),
    ):
        code, _, err = call(*command, "--edition", edition)
        assert code == 2
        assert "2026-Q" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "nowhere.xlsx"),
        ("check", "data"),
        ("check", "data/plan/plan.yaml", "--unit", "nobody"),
        ("check", "data/plan/plan.yaml", "--dataset", "none"),
        ("check", "data/plan/plan.yaml", "--edition", "2026-13"),
        ("receive", "data/plan/plan.yaml"),
        ("receive", "data/plan/plan.yaml", "--edition", "2026-Q3", "--received", "10.10.2026"),
        ("receive", "data/plan/plan.yaml", "--edition", "2026-Q3", "--received", "2999-01-01"),
        ("template", "--edition", "2026-Q4", "--unit", "nobody", "--out", "x"),
        ("status", "--dataset", "none"),
        ("nothing",),
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(call: Any, arguments: tuple[str, ...]) -> None:
    code, out, err = call(*arguments)
    assert code == 2
    assert err
    assert "Traceback" not in out + err


def test_check_of_a_sound_workbook_ends_with_0_wherever_it_lies(
    call: Any, root: Any, inbox: Any
) -> None:
    code, out, _ = call("check", put(inbox, filled(root)))
    assert code == 0
    assert "2026-Q3" in out
    assert files(root / "data" / "live") == ["dataset.yaml", "editions.yaml"]


def test_check_of_a_workbook_with_warnings_only_ends_with_0(
    call: Any, root: Any, inbox: Any
) -> None:
    code, out, _ = call("check", put(inbox, filled(root, None)))  # with statuses of measures
    assert code == 0
    assert "（blank-value）" in out


def test_check_of_a_workbook_with_errors_ends_with_1_and_says_where_and_how(
    call: Any, root: Any, inbox: Any
) -> None:
    path = put(inbox, filled(root, "1O4"))
    code, out, _ = call("check", path)
    assert code == 1
    for part in ("[错误]", "not-a-number", path.name, "「填报表」G4", "1O4", "处理："):
        assert part in out
    code, out, _ = call("check", path, "--json")
    assert code == 1
    (file,) = json.loads(out)["files"]
    assert (file["submitting_unit"], file["acceptable"]) == (UNIT, False)


def test_check_insists_on_what_is_asked_for(call: Any, root: Any, inbox: Any) -> None:
    path = put(inbox, filled(root))
    assert call("check", path, "--edition", "2026-Q3", "--unit", UNIT, "--dataset", "live")[0] == 0
    for option in (("--edition", "2026-Q2"), ("--unit", "legal"), ("--dataset", "demo")):
        code, out, _ = call("check", path, *option)
        assert code == 1
        assert "wrong-" in out


def test_received_workbooks_are_filed_in_their_dataset_and_the_rest_is_said(
    call: Any, root: Any, inbox: Any
) -> None:
    put(inbox, filled(root), "a.xlsx")
    put(inbox, b"rubbish", "b.xlsx")
    put(inbox, b"", "~$a.xlsx")
    code, out, _ = call("receive", inbox, "--edition", "2026-Q3", "--received", "2026-10-10")
    assert code == 1
    assert "已收取 1 个，此前已收 0 个，未收取 1 个" in out
    workbook, receipt = files(root / "data" / "live" / "submissions" / "2026-Q3")
    assert workbook.startswith(f"{UNIT}-2026-10-10-")
    assert receipt == f"receipts/{workbook.removesuffix('.xlsx')}.json"
    assert files(root / "data" / "demo") == ["dataset.yaml", "editions.yaml"]
    assert not any(word in out for word in ("甲负责", "12345678"))


def test_an_edition_open_in_one_dataset_is_taken_though_another_begins_later(
    call: Any, root: Any, inbox: Any
) -> None:
    later = DATASET.format(name="demo").replace("2025-Q1", "2026-Q4")
    (root / "data" / "demo" / "dataset.yaml").write_text(later, encoding="utf-8")
    (root / "data" / "demo" / "editions.yaml").unlink()
    assert call("receive", put(inbox, filled(root)), *Q3)[0] == 0
    assert len(files(root / "data" / "live" / "submissions")) == 2
    code, _, err = call("receive", inbox, "--edition", "2024-Q4")
    assert (code, "不在收数范围内" in err) == (2, True)


def test_received_today_unless_said_otherwise(call: Any, root: Any, inbox: Any) -> None:
    before = dt.datetime.now().astimezone().date()
    assert call("receive", put(inbox, filled(root)), "--edition", "2026-Q3")[0] == 0
    after = dt.datetime.now().astimezone().date()
    (workbook, _) = files(root / "data" / "live" / "submissions" / "2026-Q3")
    assert any(f"{UNIT}-{day}-" in workbook for day in (before, after))


def test_receiving_twice_says_so_and_a_corrected_workbook_supersedes(
    call: Any, root: Any, inbox: Any
) -> None:
    arguments = ("--edition", "2026-Q3", "--received", "2026-10-10")
    path = put(inbox, filled(root, 50.0))
    assert "已收取：live/" in call("receive", path, *arguments)[1]
    code, out, _ = call("receive", path, *arguments)
    assert (code, "此前已收" in out, "未作任何改动" in out) == (0, True, True)
    put(inbox, filled(root, 51.0), path.name)
    code, out, _ = call("receive", path, *arguments)
    assert (code, "取代" in out) == (0, True)
    assert len(files(root / "data" / "live" / "submissions")) == 4


def test_of_two_workbooks_of_a_unit_in_one_call_the_later_counts_without_doubt(
    call: Any, root: Any, inbox: Any
) -> None:
    for name, value in (("1.xlsx", 50.0), ("2.xlsx", 51.0), ("3.xlsx", 52.0)):
        put(inbox, filled(root, value), name)
    arguments = ("--edition", "2026-Q3", "--received", "2026-10-10")
    code, out, _ = call("receive", inbox, *arguments)
    assert (code, "已收取 3 个" in out, out.count("取代")) == (0, True, 2)
    counting = out.rpartition("已收取：live/")[2].partition(".xlsx")[0]
    code, out, _ = call("receive", inbox / "1.xlsx", *arguments)
    assert f"本期采用的是后收到的 {counting}.xlsx" in out
    assert "same-day" not in call("status", "--dataset", "live")[1]


def test_errors_block_unless_they_are_accepted(call: Any, root: Any, inbox: Any) -> None:
    path = put(inbox, filled(root, "1O4"))
    code, out, _ = call("receive", path, "--edition", "2026-Q3")
    assert (code, "--accept-errors" in out) == (1, True)
    assert not list((root / "data" / "live").rglob("*.xlsx"))
    code, _, _ = call("receive", path, "--edition", "2026-Q3", "--accept-errors")
    assert code == 0
    assert len(list((root / "data" / "live" / "submissions" / "2026-Q3").glob("*.xlsx"))) == 1


@pytest.mark.parametrize(
    "changes",
    [{"unit_id": "../../x"}, {"dataset": "../live"}, {"edition": Edition.parse("2026-Q2")}],
)
def test_a_workbook_with_false_marks_is_filed_nowhere(
    call: Any, root: Any, inbox: Any, changes: dict[str, Any]
) -> None:
    path = put(inbox, filled(root, **changes))
    before = list(root.parent.rglob("*.xlsx"))
    code, out, _ = call("receive", path, "--edition", "2026-Q3", "--accept-errors")
    assert (code, "wrong-" in out) == (1, True)
    assert list(root.parent.rglob("*.xlsx")) == before


def test_a_filed_workbook_that_was_changed_stops_that_one_and_not_the_next(
    call: Any, root: Any, inbox: Any
) -> None:
    arguments = ("--edition", "2026-Q3", "--received", "2026-10-10")
    path = put(inbox, filled(root, 50.0), "a.xlsx")
    call("receive", path, *arguments)
    folder = root / "data" / "live" / "submissions" / "2026-Q3"
    (folder / files(folder)[0]).write_bytes(b"changed")
    put(inbox, filled(root, 51.0), "b.xlsx")
    code, out, _ = call("receive", inbox, *arguments)
    assert code == 1
    assert "归档文件不得改动" in out
    assert "已收取" in out


def test_status_lists_every_unit_on_the_console_and_as_markdown(
    call: Any, root: Any, inbox: Any
) -> None:
    call("receive", put(inbox, filled(root)), "--edition", "2026-Q3", "--received", "2026-10-10")
    units = load_plan(root / "data" / "plan").units
    code, out, _ = call("status", "--dataset", "live", "--edition", "2026-Q3")
    assert code == 0
    assert all(unit.name in out for unit in units)
    assert "按时 1" in out
    code, out, _ = call("status", "--dataset", "live", "--edition", "2026-Q3", "--markdown")
    assert code == 0
    assert out.count("\n| ") == len(units) + 2
    assert "2026-10-10" in out


def test_feedback_is_a_copy_elsewhere_and_the_workbook_stays_as_it_was(
    call: Any, root: Any, inbox: Any
) -> None:
    data = filled(root, "1O4")
    path = put(inbox, data, "a.xlsx")
    code, out, _ = call("feedback", path)
    assert code == 0
    assert path.read_bytes() == data
    assert files(inbox) == ["a.xlsx"]
    assert files(root / "feedback") == ["a-核对意见.xlsx"]
    assert "a-核对意见.xlsx" in out
    book = openpyxl.load_workbook(root / "feedback" / "a-核对意见.xlsx")
    assert "1O4" in book["填报表"]["G4"].comment.text


def test_a_copy_of_feedback_in_the_inbox_is_named_and_not_filed(
    call: Any, root: Any, inbox: Any
) -> None:
    path = put(inbox, filled(root, "1O4"), "a.xlsx")
    call("feedback", path, "--out", inbox)
    path.write_bytes(filled(root))
    code, out, _ = call("receive", inbox, *Q3)
    assert code == 0
    assert "a-核对意见.xlsx：核对意见的副本，没有改动" in out
    assert "已收取 1 个，此前已收 0 个，未收取 0 个，跳过 1 个；共 2 个" in out
    assert call("check", inbox / "a-核对意见.xlsx")[0] == 0
    code, out, _ = call("feedback", inbox / "a-核对意见.xlsx")
    assert (code, "跳过" in out, (root / "feedback").exists()) == (0, True, False)


def test_two_workbooks_of_one_name_get_feedback_of_two_names(
    call: Any, root: Any, inbox: Any
) -> None:
    for folder in ("一", "二"):
        (inbox / folder).mkdir()
        put(inbox / folder, filled(root, "1O4"), "报表.xlsx")
    assert call("feedback", inbox / "一", inbox / "二")[0] == 0
    assert files(root / "feedback") == ["报表-核对意见-2.xlsx", "报表-核对意见.xlsx"]


def test_feedback_on_a_long_name_is_written_under_a_shorter_one(
    call: Any, root: Any, inbox: Any
) -> None:
    assert call("feedback", put(inbox, filled(root, "1O4"), "节" * 82 + ".xlsx"))[0] == 0
    (name,) = files(root / "feedback")
    assert len(name.encode()) < 255
    assert name.endswith("-核对意见.xlsx")


def test_feedback_that_cannot_be_written_is_said_and_the_next_one_is_made(
    call: Any, root: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, filled(root, "1O4"), "a.xlsx")
    put(inbox, filled(root, "1O5"), "b.xlsx")

    def full(path: Any, data: Any) -> None:
        if path.name.startswith("a"):
            raise OSError(30, "Read-only file system")
        write_file(path, data)

    monkeypatch.setattr(collecting, "put", full)
    code, out, _ = call("feedback", inbox)
    assert (code, "磁盘或文件夹是只读的" in out) == (1, True)
    assert files(root / "feedback") == ["b-核对意见.xlsx"]


def test_feedback_is_never_written_among_the_filed_workbooks(
    call: Any, root: Any, inbox: Any
) -> None:
    call("receive", put(inbox, filled(root)), "--edition", "2026-Q3", "--received", "2026-10-10")
    folder = root / "data" / "live" / "submissions"
    before = files(folder)
    code, _, err = call("feedback", folder / before[0], "--out", folder / "意见")
    assert (code, "--out" in err) == (2, True)
    assert call("feedback", folder / before[0])[0] == 0
    assert files(folder) == before
    assert len(files(root / "feedback")) == 1


@pytest.mark.skipif(pipe is None, reason="needs named pipes and links")
def test_every_entry_of_an_inbox_is_answered_for(call: Any, root: Any, inbox: Any) -> None:
    put(inbox, filled(root), "软件.XLSX")
    put(inbox, b"rubbish", "a.xlsx")
    for name in ("b.xls", "c.et", "d.ods", "e.xlsm"):
        put(inbox, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, name)
    for name in ("f.pdf", "g.docx", "~$软件.xlsx", ".DS_Store", "Thumbs.db"):
        put(inbox, b"x", name)
    (inbox / "子文件夹").mkdir()
    (inbox / "像工作簿.xlsx").mkdir()
    assert pipe is not None
    pipe(inbox / "pipe.xlsx")
    (inbox / "断.xlsx").symlink_to(inbox / "无")
    code, out, _ = call("receive", inbox, *Q3)
    assert code == 1
    assert all(path.name in out for path in inbox.iterdir())
    said = "已收取 1 个，此前已收 0 个，未收取 6 个，未查看 8 个；共 15 个"
    assert said in out
    assert len(list(inbox.iterdir())) == 15


def test_what_programs_leave_behind_is_named_and_no_failure(
    call: Any, root: Any, inbox: Any
) -> None:
    put(inbox, filled(root), "a.xlsx")
    put(inbox, b"x", "~$a.xlsx")
    code, out, _ = call("receive", inbox, *Q3)
    assert (code, "~$a.xlsx" in out, "未查看 1 个；共 2 个" in out) == (0, True, True)


def test_a_workbook_in_a_subfolder_is_not_lost_without_a_word(
    call: Any, root: Any, inbox: Any
) -> None:
    put(inbox, filled(root), "a.xlsx")
    (inbox / "补报").mkdir()
    put(inbox / "补报", filled(root, 51.0), "b.xlsx")
    code, out, _ = call("receive", inbox, *Q3)
    assert (code, "补报" in out) == (1, True)
    assert call("receive", inbox, inbox / "补报", *Q3)[1].count("已收取：") == 1


def test_in_a_folder_with_nothing_to_read_it_is_said_what_lies_there(call: Any, inbox: Any) -> None:
    put(inbox, b"x", "报表.pdf")
    code, _, err = call("receive", inbox, *Q3)
    assert (code, "报表.pdf" in err) == (2, True)


def test_damaged_files_and_odd_names_do_not_keep_the_others_out(
    call: Any, root: Any, inbox: Any
) -> None:
    good = filled(root)
    for number, at in enumerate(range(60, len(good) - 60, len(good) // 12)):
        put(inbox, good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :], f"{number}.xlsx")
    put(inbox, good, os.fsdecode("末了.xlsx".encode("gb18030")))
    code, out, _ = call("receive", inbox, *Q3)
    assert code in (0, 1)
    assert "已收取：live/" in out
    assert call("check", inbox, "--json")[1].count("末了.xlsx") >= 1
    receipts = root.glob("data/live/submissions/2026-Q3/receipts/*.json")
    assert all(json.loads(path.read_bytes()) for path in receipts)


@pytest.mark.parametrize("day", ["2020-01-01", "2026-09-30"])
def test_a_day_of_receipt_before_the_quarters_end_is_wrong_usage(
    call: Any, root: Any, inbox: Any, day: str
) -> None:
    path = put(inbox, filled(root))
    code, _, err = call("receive", path, "--edition", "2026-Q3", "--received", day)
    assert (code, "2026-09-30" in err) == (2, True)
    assert not (root / "data" / "live" / "submissions").exists()
    day = "2026-10-01"
    assert call("receive", path, "--edition", "2026-Q3", "--received", day)[0] == 0


def test_a_refusal_is_in_the_status_until_a_good_one_comes_and_is_not_repeated_then(
    call: Any, root: Any, inbox: Any
) -> None:
    bad = put(inbox, filled(root, "1O4"), "a.xlsx")
    call("receive", bad, *Q3)
    said = call("status", "--dataset", "live")[1]
    assert "已退回 1" in said
    assert "（2026-10-10，错误 1 处）" in said
    put(inbox, filled(root), "b.xlsx")
    assert call("receive", inbox, *Q3)[0] == 1  # told once more: it came first
    code, out, _ = call("receive", inbox, *Q3)
    assert (code, "not-a-number" in out) == (0, False)
    assert "跳过：2026-10-10 已退回（错误 1 处），该单位此后已报来" in out
    assert "已退回" not in call("status", "--dataset", "live")[1]


@pytest.fixture
def two(call: Any, root: Any, inbox: Any) -> Any:
    """Return the names of two filed workbooks of the unit, the older first."""
    for day, value in (("2026-10-10", 50.0), ("2026-10-11", 51.0)):
        path = put(inbox, filled(root, value))
        assert call("receive", path, "--edition", "2026-Q3", "--received", day)[0] == 0
    return sorted(p.name for p in (root / "data/live/submissions/2026-Q3").glob("*.xlsx"))


def test_a_workbook_is_withdrawn_and_an_act_says_who_when_and_why(
    call: Any, root: Any, two: Any
) -> None:
    older, newer = two
    code, out, _ = call("withdraw", newer, "--by", "general", "--reason", "报错了期")
    assert code == 0
    assert f"已记录：撤回 {newer}，自 2026-Q3 起，写在 data/live/selections.yaml" in out
    assert f"现采用：{older}" in out
    text = (root / "data" / "live" / "selections.yaml").read_text(encoding="utf-8")
    today = dt.date.today().isoformat()
    for part in (newer, "by: general", f"on: {today}", "报错了期", "from_edition: 2026-Q3"):
        assert part in text
    assert {older, newer} <= set(files(root / "data/live/submissions/2026-Q3"))
    said = call("status", "--dataset", "live")[1]
    assert f"撤回 {newer}（综合协调部门，{today}，自 2026-Q3 起：报错了期）" in said
    assert "其他文件" not in said


def test_an_earlier_workbook_is_chosen_by_its_path_and_one_received_later_counts(
    call: Any, root: Any, inbox: Any, two: Any
) -> None:
    older, newer = two
    path = root / "data/live/submissions/2026-Q3" / older
    code, out, _ = call("choose", path, "--by", "general", "--reason", "以签字件为准")
    assert (code, f"现采用：{older}" in out) == (0, True)
    assert f"改用 {older}，不用 {newer}" in call("status", "--dataset", "live")[1]
    again = put(inbox, filled(root, 51.0))
    assert "这份不采用" in call("receive", again, "--edition", "2026-Q3")[1]
    new = put(inbox, filled(root, 52.0))
    code, out, _ = call("receive", new, "--edition", "2026-Q3")
    assert (code, "注意" in out) == (0, False)


def test_an_act_after_the_book_was_issued_holds_from_the_current_edition_on(
    call: Any, root: Any, two: Any
) -> None:
    begin_at(root / "data" / "live", "2026-Q4")
    call("withdraw", two[1], "--by", "general", "--reason", "报错了")
    said = (root / "data" / "live" / "selections.yaml").read_text(encoding="utf-8")
    assert "from_edition: 2026-Q4" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "nobody", "--reason", "x"), "没有填报单位"),
        (("--by", "general", "--reason", " "), "理由不能为空"),
        (("--by", "general", "--reason", "x", "--from-edition", "2026-Q2"), "早于该文件的期号"),
        (("--by", "general"), "--reason"),
    ],
)
def test_an_act_that_is_wrong_is_not_recorded(
    call: Any, root: Any, two: Any, options: tuple[str, ...], said: str
) -> None:
    code, _, err = call("withdraw", two[1], *options)
    assert (code, said in err) == (2, True)
    assert not (root / "data" / "live" / "selections.yaml").exists()


def test_acts_on_what_is_not_there_or_changes_nothing_are_wrong_usage(
    call: Any, root: Any, two: Any
) -> None:
    _, newer = two
    by = ("--by", "general", "--reason", "x")
    assert "归档中没有" in call("withdraw", "nothing.xlsx", *by)[2]
    assert "就是现在采用的一份" in call("choose", newer, *by)[2]
    assert call("withdraw", newer, *by)[0] == 0
    code, _, err = call("withdraw", newer, *by)
    assert (code, "已经不采用" in err) == (2, True)


def test_the_disk_of_the_cache_may_be_full_and_a_folder_may_be_named_like_a_workbook(
    call: Any, root: Any, inbox: Any, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shutil.rmtree(root / "_build")
    monkeypatch.setattr(made_of, "write_whole", full)
    (root / "data/live/submissions/2026-Q3/energy-2026-10-12-00000000.xlsx").mkdir()
    code, out, _ = call("status", "--dataset", "live")
    assert code == 0
    assert "文件夹中的其他文件：energy-2026-10-12-00000000.xlsx" in out
    assert call("check", put(inbox, filled(root)))[0] == 0
    assert call("receive", put(inbox, filled(root, 53.0)), "--edition", "2026-Q3")[0] == 0


def test_a_folder_received_in_processes_is_filed_and_told_as_one_after_another(
    call: Any, root: Any, inbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, value in enumerate((50.0, "1O4", 51.0, 50.0, "5O", 52.0)):
        put(inbox, filled(root, value), f"{number}.xlsx")
    put(inbox, b"no workbook", "6.xlsx")

    def received() -> Any:
        told = call("receive", inbox, *Q3)
        filed = root / "data" / "live" / "submissions"
        contents = {name: (filed / name).read_bytes() for name in files(filed)}
        shutil.rmtree(filed)
        moment = re.compile(rb'"(filed|refused)_at": "[^"]*"')
        return told, {name: moment.sub(b"", data) for name, data in contents.items()}

    one_by_one, checked = received(), call("check", inbox)
    monkeypatch.setattr(intake_workers, "FEWEST", 1)
    assert received() == one_by_one
    assert call("check", inbox) == checked
    assert len(one_by_one[1]) == 2 * 3 + 2  # workbooks with receipts, and refusals
