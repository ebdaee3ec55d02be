"""Letters written by command: who gets one, from whose template, and what is refused."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from planbook.letters import Letter
from planbook.produce.word.letter_designs import design
from planbook.run.collect_commands import main
from planbook.run.command import run
from tests.registers import begin_at

DATA = Path(__file__).parents[2] / "data"
DATASET = """\
name: live
title: 数据
demonstration: false
first_edition: 2025-Q1
deadline_days: 20
prepared_by: 编制办公室
contact: 编制办公室，1234
"""
REMIND = ("letters", "remind", "--dataset", "live", "--unit", "energy", "--dated", "2026-10-25")
REQUEST = ("letters", "request", "--dataset", "live", "--edition", "2026-Q3", "--out", "out")
Call = Callable[..., tuple[int, str]]


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
def call(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs the command and gives exit code and all that it printed."""
    assert root.is_dir()

    def called(*arguments: Any) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            run(main, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, said.out + said.err

    return called


def said(path: Path) -> str:
    document = docx.Document(str(path))
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def typed(root: Path, *paragraphs: str) -> None:
    """Put a template of the office's own in its place."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    folder = root / "data" / "live" / "letters"
    folder.mkdir(exist_ok=True)
    (folder / "催报函.docx").write_bytes(content.getvalue())


def test_a_form_goes_out_with_what_it_asks_for_and_until_when(call: Call, root: Path) -> None:
    code, _ = call(*REQUEST, "--unit", "energy", "--dated", "2026-10-20")
    assert code == 0
    told = said(root / "out" / "2026-Q3-energy-报送通知.docx")
    assert "2026-Q3-energy.xlsx" in told
    assert "于2026年10月20日前报送。" in told
    assert "编制办公室" in told


@pytest.mark.parametrize(
    ("letter", "dated", "told"),
    [
        ("request", "2026-10-25", "于2026年10月30日前报送（规定的截止日期2026年10月20日已过）。"),
        ("warn", "2027-02-01", "请于2027年2月6日前书面反馈。"),
    ],
)
def test_no_letter_asks_for_something_by_a_day_that_is_past(
    call: Call, root: Path, letter: str, dated: str, told: str
) -> None:
    command = ("letters", letter, "--dataset", "live", "--edition", "2026-Q3", "--unit", "energy")
    assert call(*command, "--dated", dated, "--out", "out")[0] == 0
    (path,) = (root / "out").iterdir()
    assert told in said(path)
    assert call(*command, "--dated", dated, "--until", "2026-10-21", "--out", "later")[0] == 2
    assert not (root / "later").exists()


def test_a_reminder_says_how_late_and_asks_for_an_answer_in_five_days(
    call: Call, root: Path
) -> None:
    assert call(*REMIND, "--out", "out")[0] == 0
    told = said(root / "out" / "2026-Q3-energy-催报函.docx")
    assert "已过5天" in told
    assert "请于2026年10月30日前补报填报表" in told
    assert "2026年10月25日" in told


def test_the_same_command_writes_the_same_bytes(call: Call, root: Path) -> None:
    call(*REMIND, "--out", "one")
    call(*REMIND, "--out", "two")
    one, two = (root / name / "2026-Q3-energy-催报函.docx" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_an_answer_is_not_asked_for_before_the_letter_is_dated(call: Call) -> None:
    code, told = call(*REMIND, "--until", "2026-10-01", "--out", "out")
    assert (code, "早于成文日期" in told) == (2, True)


def test_a_unit_is_warned_of_what_stands_and_none_of_nothing(call: Call, root: Path) -> None:
    warn = ("letters", "warn", "--dataset", "live", "--unit", "energy", "--out", "out")
    code, told = call(*warn, "--edition", "2025-Q1")
    assert (code, "没有须发函的单位" in told) == (0, True)
    assert not (root / "out").exists()
    assert call(*warn)[0] == 0
    told = said(root / "out" / "2026-Q3-energy-预警通知单.docx")
    assert "项触发预警" in told
    assert "2027年1月20日前" in told


def test_an_office_s_own_template_is_used(call: Call, root: Path) -> None:
    typed(root, "{{ 单位简称 }}请速报{{ 期号 }}数据。")
    code, told = call(*REMIND, "--out", "out")
    assert code == 0
    assert "data/live/letters/催报函.docx" in told
    own = said(root / "out" / "2026-Q3-energy-催报函.docx")
    assert own.endswith("请速报2026年三季度数据。")


def test_a_template_with_an_unknown_field_writes_nothing(call: Call, root: Path) -> None:
    typed(root, "{{ 部门 }}")
    code, told = call(*REMIND, "--out", "out")
    assert code == 1
    assert "没有「部门」这个字段" in told
    assert "data/live/letters/催报函.docx" in told
    assert not (root / "out").exists()


def test_a_letter_that_was_edited_is_not_written_over(call: Call, root: Path) -> None:
    call(*REMIND, "--out", "out")
    letter = root / "out" / "2026-Q3-energy-催报函.docx"
    letter.write_bytes(b"edited")
    code, told = call(*REMIND, "--out", "out")
    assert (code, "未写入任何文件" in told) == (2, True)
    assert letter.read_bytes() == b"edited"
    assert call(*REMIND, "--out", "out", "--overwrite")[0] == 0
    assert letter.read_bytes() != b"edited"


def test_templates_are_written_once_and_then_checked(call: Call, root: Path) -> None:
    folder = root / "data" / "live" / "letters"
    typed(root, "{{ 部门 }}")
    code, told = call("letters", "templates", "--dataset", "live")
    assert code == 1
    assert "没有「部门」这个字段" in told
    assert {path.name for path in folder.iterdir()} == {letter.file for letter in Letter}
    assert (folder / "报送通知.docx").read_bytes() == design(Letter.REQUEST)
    (folder / "催报函.docx").unlink()
    assert call("letters", "templates", "--dataset", "live")[0] == 0


def test_the_day_of_a_letter_is_today_unless_another_is_given(call: Call, root: Path) -> None:
    call(*REMIND[:-2], "--out", "out")
    day = dt.date.today()
    told = said(root / "out" / "2026-Q3-energy-催报函.docx")
    assert f"{day.year}年{day.month}月{day.day}日" in told
