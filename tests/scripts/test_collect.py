"""The commands by which a quarter is collected, run as an analyst runs them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from collect import main
from planbook.collect import SignOff, blank_form, workbook_bytes
from planbook.periods import Edition
from planbook.plan import load_plan
from planbook.produce.command import run
from planbook.workspace import Workspace

DATA = Path(__file__).parents[2] / "data"
DATASET = """\
name: {name}
title: {name}的数据
demonstration: false
current_edition: 2026-Q3
deadline_days: 20
"""
UNIT = "energy"
SIGNED = SignOff("甲负责", "乙审核", "丙填报", "023-12345678", "2026-10-09")


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Return a checkout with the plan and two datasets without any submission."""
    root = tmp_path / "checkout"
    shutil.copytree(DATA / "plan", root / "data" / "plan")
    for name in ("live", "demo"):
        folder = root / "data" / name
        folder.mkdir()
        (folder / "dataset.yaml").write_text(DATASET.format(name=name), encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call(root, capsys):
    """Return a function that runs the command and gives exit code, output and errors."""

    def called(*arguments):
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return called


def filled(root, value=50.0, **changes):
    """Return the bytes of a unit's workbook, filled with one value and one status."""
    workspace = Workspace.open("live", root)
    form = blank_form(load_plan(workspace.plan), UNIT, Edition(2026, 3), workspace.dataset)
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
def inbox(root):
    folder = root.parent / "收件"
    folder.mkdir()
    return folder


def put(inbox, data, name="节能 报表（终稿）.xlsx"):
    path = inbox / name
    path.write_bytes(data)
    return path


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_template_for_every_unit_and_each_is_in_order_but_empty(call, root, tmp_path):
    code, out, err = call("template", "--dataset", "live", "--edition", "2026-Q4", "--out", "模板")
    assert (code, err) == (0, "")
    units = load_plan(root / "data" / "plan").units
    assert files(root / "模板") == sorted(f"2026-Q4-{unit.id}.xlsx" for unit in units)
    assert all(unit.name in out for unit in units)
    code, out, _ = call("check", root / "模板", "--json")
    found = json.loads(out)
    assert {file["edition"] for file in found["files"]} == {"2026-Q4"}
    assert all(file["usable"] for file in found["files"])


def test_the_same_templates_again_change_nothing_and_a_filled_one_is_not_written_over(call, root):
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


def test_a_template_shows_what_was_reported_in_the_edition_before(call, root, inbox):
    put(inbox, filled(root, 47.25))
    assert call("receive", inbox, "--edition", "2026-Q3", "--received", "2026-10-10")[0] == 0
    call("template", "--dataset", "live", "--edition", "2026-Q4", "--unit", UNIT, "--out", "a")
    shutil.rmtree(root / "data" / "live" / "submissions")
    call("template", "--dataset", "live", "--edition", "2026-Q4", "--unit", UNIT, "--out", "b")
    name = f"2026-Q4-{UNIT}.xlsx"
    assert (root / "a" / name).read_bytes() != (root / "b" / name).read_bytes()


@pytest.mark.parametrize("edition", ["2027-Q1", "2024-Q4", "2026Q4", "../2026-Q4"])
def test_an_edition_out_of_range_is_wrong_usage_and_the_range_is_said(call, edition):
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
def test_wrong_usage_ends_with_2_and_a_sentence(call, arguments):
    code, out, err = call(*arguments)
    assert code == 2
    assert err
    assert "Traceback" not in out + err


def test_check_of_a_sound_workbook_ends_with_0_wherever_it_lies(call, root, inbox):
    code, out, _ = call("check", put(inbox, filled(root)))
    assert code == 0
    assert "2026-Q3" in out
    assert files(root / "data" / "live") == ["dataset.yaml"]


def test_check_of_a_workbook_with_warnings_only_ends_with_0(call, root, inbox):
    code, out, _ = call("check", put(inbox, filled(root, None)))
    assert code == 0
    assert "（blank-value）" in out


def test_check_of_a_workbook_with_errors_ends_with_1_and_says_where_and_how(call, root, inbox):
    path = put(inbox, filled(root, "1O4"))
    code, out, _ = call("check", path)
    assert code == 1
    for part in ("[错误]", "not-a-number", path.name, "「填报表」G4", "1O4", "处理："):
        assert part in out
    code, out, _ = call("check", path, "--json")
    assert code == 1
    (file,) = json.loads(out)["files"]
    assert (file["submitting_unit"], file["acceptable"]) == (UNIT, False)


def test_check_insists_on_what_is_asked_for(call, root, inbox):
    path = put(inbox, filled(root))
    assert call("check", path, "--edition", "2026-Q3", "--unit", UNIT, "--dataset", "live")[0] == 0
    for option in (("--edition", "2026-Q2"), ("--unit", "legal"), ("--dataset", "demo")):
        code, out, _ = call("check", path, *option)
        assert code == 1
        assert "wrong-" in out


def test_received_workbooks_are_filed_in_their_dataset_and_the_rest_is_said(call, root, inbox):
    put(inbox, filled(root), "a.xlsx")
    put(inbox, b"rubbish", "b.xlsx")
    put(inbox, b"", "~$a.xlsx")
    code, out, _ = call("receive", inbox, "--edition", "2026-Q3", "--received", "2026-10-10")
    assert code == 1
    assert "已收取 1 个，此前已收 0 个，未收取 1 个" in out
    workbook, receipt = files(root / "data" / "live" / "submissions" / "2026-Q3")
    assert workbook.startswith(f"{UNIT}-2026-10-10-")
    assert receipt == f"receipts/{workbook.removesuffix('.xlsx')}.json"
    assert files(root / "data" / "demo") == ["dataset.yaml"]
    assert not any(word in out for word in ("甲负责", "12345678"))


def test_received_today_unless_said_otherwise(call, root, inbox):
    before = dt.datetime.now().astimezone().date()
    assert call("receive", put(inbox, filled(root)), "--edition", "2026-Q3")[0] == 0
    after = dt.datetime.now().astimezone().date()
    (workbook, _) = files(root / "data" / "live" / "submissions" / "2026-Q3")
    assert any(f"{UNIT}-{day}-" in workbook for day in (before, after))


def test_receiving_twice_says_so_and_a_corrected_workbook_supersedes(call, root, inbox):
    arguments = ("--edition", "2026-Q3", "--received", "2026-10-10")
    path = put(inbox, filled(root, 50.0))
    assert "已收取：live/" in call("receive", path, *arguments)[1]
    code, out, _ = call("receive", path, *arguments)
    assert (code, "此前已收" in out, "未作任何改动" in out) == (0, True, True)
    put(inbox, filled(root, 51.0), path.name)
    code, out, _ = call("receive", path, *arguments)
    assert (code, "取代" in out) == (0, True)
    assert len(files(root / "data" / "live" / "submissions")) == 4


def test_of_two_workbooks_of_a_unit_in_one_call_the_later_counts_without_doubt(call, root, inbox):
    for name, value in (("1.xlsx", 50.0), ("2.xlsx", 51.0), ("3.xlsx", 52.0)):
        put(inbox, filled(root, value), name)
    arguments = ("--edition", "2026-Q3", "--received", "2026-10-10")
    code, out, _ = call("receive", inbox, *arguments)
    assert (code, "已收取 3 个" in out, out.count("取代")) == (0, True, 2)
    counting = out.rpartition("已收取：live/")[2].partition(".xlsx")[0]
    code, out, _ = call("receive", inbox / "1.xlsx", *arguments)
    assert f"本期采用的是后收到的 {counting}.xlsx" in out
    assert "same-day" not in call("status", "--dataset", "live")[1]


def test_errors_block_unless_they_are_accepted(call, root, inbox):
    path = put(inbox, filled(root, "1O4"))
    code, out, _ = call("receive", path, "--edition", "2026-Q3")
    assert (code, "--accept-errors" in out) == (1, True)
    assert files(root / "data" / "live") == ["dataset.yaml"]
    code, _, _ = call("receive", path, "--edition", "2026-Q3", "--accept-errors")
    assert code == 0
    assert len(files(root / "data" / "live" / "submissions")) == 2


@pytest.mark.parametrize(
    "changes",
    [{"unit_id": "../../x"}, {"dataset": "../live"}, {"edition": Edition(2026, 2)}],
)
def test_a_workbook_with_false_marks_is_filed_nowhere(call, root, inbox, changes):
    path = put(inbox, filled(root, **changes))
    before = files(root.parent)
    code, out, _ = call("receive", path, "--edition", "2026-Q3", "--accept-errors")
    assert (code, "wrong-" in out) == (1, True)
    assert files(root.parent) == before


def test_a_filed_workbook_that_was_changed_stops_that_one_and_not_the_next(call, root, inbox):
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


def test_status_lists_every_unit_on_the_console_and_as_markdown(call, root, inbox):
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


def test_feedback_is_a_copy_beside_the_workbook_which_stays_as_it_was(call, root, inbox):
    data = filled(root, "1O4")
    path = put(inbox, data, "a.xlsx")
    code, out, _ = call("feedback", path)
    assert code == 0
    assert path.read_bytes() == data
    assert files(inbox) == ["a-核对意见.xlsx", "a.xlsx"]
    assert "a-核对意见.xlsx" in out
    book = openpyxl.load_workbook(inbox / "a-核对意见.xlsx")
    assert "1O4" in book["填报表"]["G4"].comment.text


def test_feedback_is_never_written_among_the_filed_workbooks(call, root, inbox):
    call("receive", put(inbox, filled(root)), "--edition", "2026-Q3", "--received", "2026-10-10")
    folder = root / "data" / "live" / "submissions"
    before = files(folder)
    code, _, err = call("feedback", folder / before[0])
    assert (code, "--out" in err) == (2, True)
    assert call("feedback", folder / before[0], "--out", inbox / "意见")[0] == 0
    assert files(folder) == before
    assert len(files(inbox / "意见")) == 1
