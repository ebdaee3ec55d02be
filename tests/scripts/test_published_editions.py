"""What the commands say and refuse once an edition is published."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from planbook.collect.form.template import workbook_bytes
from planbook.run import build_command, collect_commands, commentary_commands
from planbook.run.command import run
from tests.office import Q1, filled
from tests.record import Checkout

COLLECT, COMMENT = collect_commands.main, commentary_commands.main
Call = Callable[..., tuple[Any, str, str]]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """A checkout whose first quarter is published."""
    found = Checkout(tmp_path / "checkout")
    found.file(Q1, 60, "2026-04-10")
    found.publish("2026-Q1")
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def called(command: click.Command, *arguments: Any) -> tuple[Any, str, str]:
        with pytest.raises(SystemExit) as left:
            run(command, [str(argument) for argument in arguments])
        said = capsys.readouterr()
        return left.value.code, said.out, said.err

    return called


@pytest.fixture
def late(tmp_path: Path) -> Path:
    """A workbook of the published quarter, not filed yet."""
    path = tmp_path / "late.xlsx"
    path.write_bytes(workbook_bytes(filled(Q1, {"firms": {"value": 70}})))
    return path


RECEIVED = ("--edition", "2026-Q1", "--received", "2026-06-10")


def test_receiving_a_late_workbook_says_where_it_counts(
    checkout: Checkout, call: Call, late: Path
) -> None:
    _, checked, _ = call(COLLECT, "check", late)
    code, said, _ = call(COLLECT, "receive", late, *RECEIVED)
    assert code == 0
    told = (
        "2026-Q1 已发布：本表计入下一期 2026-Q2，作为修订公布；"
        "须更正 2026-Q1 的，先运行 "
        "python -m planbook publish correct --dataset demo --edition 2026-Q1"
    )
    assert told in checked
    assert told in said
    checkout.correct("2026-Q1.1")
    _, said, _ = call(COLLECT, "receive", late, *RECEIVED)
    assert "此前已收" in said
    assert "2026-Q1 已发布：本表计入更正版 2026-Q1.1，由此引起的变化列入其更正说明" in said


def test_a_workbook_that_the_published_edition_knows_is_not_late(
    checkout: Checkout, call: Call, tmp_path: Path
) -> None:
    (filed,) = checkout.submissions.glob("2026-Q1/*.xlsx")
    again = tmp_path / "again.xlsx"
    again.write_bytes(filed.read_bytes())
    _, said, _ = call(COLLECT, "receive", again, *RECEIVED)
    assert "此前已收" in said
    assert "已发布" not in said


def test_a_form_of_a_published_edition_goes_out_with_where_it_will_count(
    checkout: Checkout, call: Call, tmp_path: Path
) -> None:
    out = tmp_path / "forms"
    code, said, _ = call(COLLECT, "template", "--edition", "2026-Q1", "--out", out)
    assert code == 0
    assert "收到的填报表计入下一期 2026-Q2" in said
    _, said, _ = call(COLLECT, "template", "--edition", "2026-Q2", "--out", out)
    assert "计入" not in said


def test_status_and_the_list_say_where_editions_stand(checkout: Checkout, call: Call) -> None:
    _, said, _ = call(COLLECT, "status", "--edition", "2026-Q1")
    assert "2026-Q1 已发布（2026-05-01）" in said.splitlines()
    checkout.correct("2026-Q1.1", "迟报")
    begun = "2026-Q1.1 更正版编制中，更正 2026-Q1（迟报）"
    _, said, _ = call(COLLECT, "status")
    assert begun in said.splitlines()
    _, said, _ = call(COLLECT, "status", "--markdown")
    assert begun in said.replace("\\", "").splitlines()
    _, said, _ = call(build_command.main, "--list")
    assert {"  2026-Q1 已发布（2026-05-01）", f"  {begun}"} <= set(said.splitlines())
    checkout.publish("2026-Q1.1")
    checkout.withdraw("2026-Q1.1", "口径有误")
    _, said, _ = call(build_command.main, "--list")
    assert "  2026-Q1 已更正（2026-05-01），以 2026-Q1.1 为准" in said.splitlines()
    assert "  2026-Q1.1 已撤回（口径有误）" in said.splitlines()


def test_a_correction_is_built_only_when_it_is_begun_or_published(
    checkout: Checkout, call: Call
) -> None:
    code, _, said = call(build_command.main, "--edition", "2026-Q1.1")
    assert code == 2
    assert "运行 python -m planbook publish correct --dataset demo --edition 2026-Q1" in said
    checkout.correct("2026-Q1.1")
    workspace, plan = checkout.opened()
    assert str(workspace.edition("2026-Q1.1", plan.about.first_edition)) == "2026-Q1.1"
    checkout.withdraw("2026-Q1.1")
    code, _, said = call(build_command.main, "--edition", "2026-Q1.1")
    assert (code, "更正版 2026-Q1.1 已放弃" in said) == (2, True)


def test_commentary_on_a_published_edition_is_refused(checkout: Checkout, call: Call) -> None:
    of = ("one", "--edition", "2026-Q1")
    for arguments in (("new", *of, "--unit", "office"), ("confirm", *of)):
        code, _, said = call(COMMENT, *arguments)
        assert (code, "2026-Q1 已发布，点评不能再改" in said) == (2, True)
        assert "写在 2026-Q2 的点评中；须更正的，先运行" in said
    assert not (checkout.data / "commentary").exists()
    code, _, _ = call(COMMENT, "new", "one", "--unit", "office")
    assert code == 0


REASON = ("--by", "office", "--reason", "错报")


def test_withdrawing_a_workbook_of_a_published_edition_holds_from_the_next(
    checkout: Checkout, call: Call
) -> None:
    (filed,) = checkout.submissions.glob("2026-Q1/*.xlsx")
    code, _, said = call(COLLECT, "withdraw", filed, *REASON, "--from-edition", "2026-Q1")
    assert (code, "2026-Q1 已发布，不能再自 2026-Q1 起改变" in said) == (2, True)
    assert "--from-edition 写 2026-Q2" in said
    assert not (checkout.data / "selections.yaml").exists()
    code, said, _ = call(COLLECT, "withdraw", filed, *REASON)
    assert (code, "自 2026-Q2 起" in said) == (0, True)
    verdicts = checkout.tables("2026-Q1").verdicts.set_index("goal_id")
    assert verdicts["latest_value"].to_dict()["firms"] == 60
    revisions = checkout.tables("2026-Q2").revisions
    assert set(revisions["vintage"]) == {"2026-Q2"}
    assert revisions.set_index("indicator_id")["reason"].to_dict()["firms"] == "错报"


def test_it_holds_from_the_correction_that_is_being_made(checkout: Checkout, call: Call) -> None:
    checkout.correct("2026-Q1.1")
    (filed,) = checkout.submissions.glob("2026-Q1/*.xlsx")
    code, said, _ = call(COLLECT, "withdraw", filed, *REASON)
    assert (code, "自 2026-Q1.1 起" in said) == (0, True)


def test_remedies_name_commands_and_options_that_exist(
    checkout: Checkout, call: Call, late: Path
) -> None:
    commands = pytest.importorskip("planbook.run.publish_commands").main.commands
    _, said, _ = call(COLLECT, "check", late)
    named = re.findall(r"(?:publish\.py|planbook publish) (\w+) (--\w+)", said)
    assert named
    for command, option in named:
        assert option in {name for each in commands[command].params for name in each.opts}
