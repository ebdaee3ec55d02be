"""Values of the past come in by command: all that is new, or nothing and all that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planbook.errors import Gathering
from planbook.facts import as_of
from planbook.periods import Edition, TimePeriod
from planbook.run.collect_commands import main
from planbook.run.command import run
from planbook.run.opening import open_workspace
from planbook.run.pipeline import prior_knowledge, read_facts
from planbook.vocabulary import Origin, SubmissionState
from tests.books import SECOND_PLAN

Call = Callable[..., tuple[int, str]]
HEADING = "indicator_id,time_period,obs_value,source,from_edition\n"
THREE = (
    "throughput,2020,31,镇统计资料,2023-Q2\n"
    "throughput,2021,34,镇统计资料,2023-Q2\n"
    "berths,2021-12,4,镇统计资料,2023-Q2\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the second plan's project with a dataset into which nothing has come."""
    root = tmp_path / "project"
    shutil.copytree(SECOND_PLAN / "data" / "plan", root / "data" / "plan")
    folder = root / "data" / "live"
    folder.mkdir()
    text = "name: live\ntitle: 数据\ndemonstration: false\ndeadline_days: 20\n"
    (folder / "dataset.yaml").write_text(f"{text}first_edition: 2023-Q2\n", encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def call(root: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs the command on a file's content and gives code and output."""

    def called(content: str, *options: str) -> tuple[int, str]:
        path = root / "旧数.csv"
        path.write_text(content, encoding="utf-8-sig")
        with pytest.raises(SystemExit) as left:
            run(main, ["history", str(path), "--dataset", "live", *options])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    return called


def written(root: Path) -> bytes:
    path = root / "data" / "live" / "history.csv"
    return path.read_bytes() if path.exists() else b""


def test_values_come_in_and_are_known_from_their_edition_on(root: Path, call: Call) -> None:
    code, said = call(HEADING + THREE)
    assert code == 0, said
    assert "新增 3 个值，已有 0 个；写在 data/live/history.csv" in said
    assert "throughput" in said
    assert "2个" in said.replace(" ", "")
    workspace, plan = open_workspace("live", root)
    facts = read_facts(workspace, plan, Edition.parse("2023-Q2"), Gathering())
    known = {row.time_period: row for row in facts.observations if row.indicator_id == "throughput"}
    assert {str(period): row.obs_value for period, row in known.items()} == {
        "2020-12": 31.0,
        "2021-12": 34.0,
    }
    row = known[TimePeriod(2020, 12)]
    assert row.origin is Origin.HISTORY
    assert "镇统计资料" in row.remark
    assert row.source_file == "history.csv"


def test_the_same_file_once_more_changes_nothing(root: Path, call: Call) -> None:
    call(HEADING + THREE)
    before = written(root)
    code, said = call(HEADING + THREE)
    assert (code, written(root)) == (0, before)
    assert "新增 0 个值，已有 3 个" in said


def test_rows_that_name_no_edition_hold_from_the_current_one_and_come_in_once(
    root: Path, call: Call
) -> None:
    plain = "indicator_id,time_period,obs_value,source\nthroughput,2020,31,镇统计资料\n"
    code, said = call(plain)
    assert code == 0, said
    assert b"2023-Q2" in written(root)
    code, said = call(plain, "--from-edition", "2023-Q3")
    assert "新增 0 个值，已有 1 个" in said
    assert call(plain, "--from-edition", "2023-03")[0] == 2


def test_a_revision_is_a_row_of_a_later_edition(root: Path, call: Call) -> None:
    call(HEADING + THREE)
    code, said = call(f"{HEADING}throughput,2021,35,镇统计年鉴,2023-Q3\n")
    assert code == 0, said
    workspace, plan = open_workspace("live", root)
    facts = read_facts(workspace, plan, Edition.parse("2023-Q3"), Gathering())

    def value(edition: str) -> float | None:
        rows = as_of(facts.observations, Edition.parse(edition))
        (row,) = (row for row in rows if str(row.time_period) == "2021-12" and row.obs_value != 4)
        return row.obs_value

    assert (value("2023-Q2"), value("2023-Q3")) == (34.0, 35.0)
    (revision,) = facts.revisions
    assert (revision.old_value, revision.new_value) == (34.0, 35.0)


def test_everything_wrong_is_told_by_line_and_nothing_is_written(root: Path, call: Call) -> None:
    call(HEADING + THREE)
    before = written(root)
    code, said = call(
        f"{HEADING}"
        "throughput,2022,36,镇统计资料,2023-Q2\n"
        "nothing,2019,3,镇统计资料,2023-Q2\n"
        "throughput,2019,三十,镇统计资料,2023-Q2\n"
        "throughput,2018,30,,2023-Q2\n"
        "berths,2020-06,4,镇统计资料,2023-Q2\n"
        "berths,2019,3.5,镇统计资料,2023-Q2\n"
        "throughput,2017,310,镇统计资料,2023-Q2\n"
        "throughput,2023-12,37,镇统计资料,2023-Q2\n"
        "throughput,2021,33,镇统计资料,2023-Q2\n"
        "throughput,2016,28,镇统计资料 13800001234,2023-Q2\n"
    )
    assert code == 1
    assert written(root) == before
    lines = {n for n in range(2, 12) if f"旧数.csv 第 {n} 行" in said}
    assert lines == set(range(3, 12))
    assert "confirmed" in said  # of the one ten times too large
    assert "2023-12 还没有结束" in said
    assert "history.csv 中自 2023-Q2 起已是 34（镇统计资料）" in said


def test_a_doubtful_value_comes_in_once_it_is_confirmed(root: Path, call: Call) -> None:
    heading = HEADING.replace("\n", ",confirmed\n")
    typed = f"{heading}throughput,2017,310,镇统计资料,2023-Q2,"
    assert call(f"{typed}31，已核对镇志\n")[0] == 1
    code, said = call(f"{typed}310，已核对镇志\n")
    assert code == 0, said
    assert "310，已核对镇志" in written(root).decode()


def test_what_is_known_is_not_missed_and_stands_in_the_forms(root: Path, call: Call) -> None:
    rows = "throughput,2022-12,40,镇统计资料,2023-Q2\nthroughput,2023-06,20,镇统计资料,2023-Q2\n"
    assert call(HEADING + rows)[0] == 0
    workspace, plan = open_workspace("live", root)
    edition = Edition.parse("2023-Q2")
    facts = read_facts(workspace, plan, edition, Gathering())
    states = {row.submitting_unit: row for row in facts.submissions}
    harbour = states[plan.unit_of(plan.indicator("throughput")).id]
    assert harbour.owed == 0
    assert SubmissionState.MISSING in {row.state for row in facts.submissions}
    base = {(row.indicator_id, row.obs_value, row.source) for row in facts.baselines}
    assert ("throughput", 40.0, "镇统计资料") in base
    prior = prior_knowledge(workspace, plan, edition.plus(1))
    assert {row.obs_value for row in prior.observations} == {40.0, 20.0}
