"""``collect meeting``: the paper of a month as PDF and Word, of the same words, on two pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from pypdf import PdfReader

from planbook.run.collect_commands import main
from tests.books import copy_project

HEADINGS = ("需要会议协调、决定的事项", "已逾期的事项", "本月数据", "重点项目的变化", "报送情况")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    copy_project(root)
    monkeypatch.chdir(root)
    return root


def meeting(*options: str) -> Result:
    return CliRunner().invoke(main, ["meeting", *options])


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_pdf_and_word_say_the_same_on_two_pages_and_again(project: Path) -> None:
    done = meeting("--dataset", "demo", "--edition", "2026-10", "--out", "会议")
    assert done.exit_code == 0, done.output
    assert "collect action add" in done.output
    pdf = project / "会议" / "2026-10-meeting.pdf"
    word = project / "会议" / "2026-10-meeting.docx"
    pages = PdfReader(pdf).pages
    assert len(pages) <= 2
    printed = letters("".join(page.extract_text() for page in pages))
    document = Document(str(word))
    said = [paragraph.text for paragraph in document.paragraphs]
    rows = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for heading in HEADINGS:
        assert heading in printed
        assert any(heading in text for text in said)
    for text in (*rows, *said[:8]):
        assert letters(text).strip("　") in printed
    assert "示例数据" in printed
    assert "内部版" in printed
    made = {path.name: path.read_bytes() for path in (pdf, word)}
    again = meeting("--dataset", "demo", "--edition", "2026-10", "--out", "会议")
    assert again.exit_code == 0, again.output
    assert {path.name: path.read_bytes() for path in (pdf, word)} == made


def test_what_the_meeting_before_decided_is_followed_up(project: Path) -> None:
    about = ["--unit", "port", "--task", "查明班列减少的原因", "--due", "2026-12"]
    add = ["action", "add", "a-9", "--dataset", "demo", *about, "--decided-in", "调度会"]
    for since in ("2026-10", "2026-Q3"):
        done = CliRunner().invoke(main, [*add, "--from-edition", since])
        assert done.exit_code == 0, done.output
        add[2] = "a-8"
        add[add.index("--task") + 1] = "早先议定的一项"
    done = meeting("--dataset", "demo", "--edition", "2026-10", "--out", "会议")
    assert done.exit_code == 0, done.output
    pages = PdfReader(project / "会议" / "2026-10-meeting.pdf").pages
    first = letters("".join(page.extract_text() for page in pages)).partition("需要会议协调")[0]
    assert "上次会议议定事项的办理情况" in first
    assert "查明班列减少的原因（临港产业）：本月没有反馈，时限2026年12月。" in first
    assert "早先议定的一项" not in first
    assert len(pages) <= 2


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ("2026-Q3", "月度调度会写月份，如 2026-07"),
        ("2026-12", "期末的月份并入 2026-Q4"),
        ("2027-10", "不在收数范围内"),
    ],
)
def test_an_edition_and_a_month_that_is_not_collected_have_no_paper(
    project: Path, edition: str, said: str
) -> None:
    done = meeting("--dataset", "demo", "--edition", edition, "--out", "会议")
    assert done.exit_code != 0
    assert said in done.output + str(done.exception)
    assert not (project / "会议").exists()
