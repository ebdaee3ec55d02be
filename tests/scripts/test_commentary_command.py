"""``scripts/commentary.py`` as an analyst uses it: new, check, confirm."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planbook.collect.decided.commentary_files import STARTER
from planbook.errors import UsageError
from planbook.run import commentary_commands

ROOT = Path(__file__).resolve().parents[2]
NEW = ("new", "green", "--unit", "general", "--date", "2026-10-26", "--dataset", "live")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The commentary of the newest edition, in a copy of the real dataset."""
    ignore = shutil.ignore_patterns("*.xlsx", "20*")
    for part in ("plan", "live"):
        shutil.copytree(ROOT / "data" / part, tmp_path / "data" / part, ignore=ignore)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data" / "live" / "commentary" / "2026-Q4"


def command(*arguments: str) -> Result:
    return CliRunner().invoke(commentary_commands.main, arguments)


def test_new_makes_a_file_with_the_chapters_figures(folder: Path) -> None:
    done = command(*NEW)
    assert done.exit_code == 0, done.exception
    text = (folder / "green.md").read_text(encoding="utf-8")
    assert text.startswith("---\nunit: general\ndate: 2026-10-26\nvisibility: public ")
    assert 'green-sorting-centre: "无法判定' in text
    assert "已新建 data/live/commentary/2026-Q4/green.md。" in done.output


def test_new_refuses_an_unknown_chapter_or_unit_and_keeps_what_is_written(folder: Path) -> None:
    assert isinstance(command("new", "gren", *NEW[2:]).exception, UsageError)
    assert isinstance(command("new", "green", "--unit", "x", *NEW[4:]).exception, UsageError)
    assert not folder.exists()
    command(*NEW)
    written = folder / "green.md"
    written.write_text(written.read_text(encoding="utf-8") + "\n已写好。\n", encoding="utf-8")
    refused = str(command(*NEW).exception)
    assert "已有点评 data/live/commentary/2026-Q4/green.md" in refused
    assert "python -m planbook commentary confirm green --dataset live" in refused
    assert "已写好。" in written.read_text(encoding="utf-8")


def test_check_names_what_has_changed_and_confirm_settles_it(folder: Path) -> None:
    command(*NEW)
    path = folder / "green.md"
    text = path.read_text(encoding="utf-8").replace(STARTER, "正文**好**。")
    path.write_text(text, encoding="utf-8")
    assert "与现有数据一致" in command("check", "--dataset", "live").output
    then = text.replace('green-sorting-centre: "无法判定', 'green-sorting-centre: "达序时')
    path.write_text(then, encoding="utf-8")

    found = command("check", "--dataset", "live")
    assert found.exit_code == 1
    assert "1项数据变化" in found.output
    assert "由「达序时" in found.output

    assert command("confirm", "green", "--dataset", "live").exit_code == 0
    assert command("check", "--dataset", "live").exit_code == 0
    settled = path.read_text(encoding="utf-8")
    assert "正文**好**。" in settled
    assert "date: 2026-10-26" in settled


def test_what_was_begun_and_not_written_is_named_and_not_published(folder: Path) -> None:
    command(*NEW)
    checked = command("check", "--dataset", "live")
    assert checked.exit_code == 1
    assert "没有写完，不刊出" in checked.output
    assert "写好正文" in str(command("confirm", "green", "--dataset", "live").exception)


def test_there_is_nothing_to_confirm_where_nothing_was_written(folder: Path) -> None:
    refused = command("confirm", "green", "--dataset", "live").exception
    assert "没有「green」的点评" in str(refused)
    assert not folder.exists()
