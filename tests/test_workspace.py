"""Datasets and editions are found, or refused with a list of what exists."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from planbook.__main__ import main
from planbook.errors import ProblemsFound, UsageError
from planbook.periods import Edition
from planbook.plan.cycle import QUARTERLY, check_cycle
from planbook.project_folders import PLAN, find_root, root_of
from planbook.run.command import run
from planbook.workspace import Dataset, Workspace
from tests.registers import begin_at

LIVE = """\
name: live
title: 正式数据
demonstration: false
first_edition: 2026-Q3
deadline_days: 20
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in (("plan/plan.yaml", "id: a\n"), ("live/dataset.yaml", LIVE)):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_dataset_is_opened_with_its_folders(root: Path) -> None:
    workspace = Workspace.open("live", root)
    assert workspace.dataset.title == "正式数据"
    assert workspace.submissions == root / "data" / "live" / "submissions"
    assert workspace.tables(Edition.parse("2026-Q3.1")).parts[-4:] == (
        "_build",
        "live",
        "editions",
        "2026-Q3.1",
    )


@pytest.mark.parametrize("name", ["demo", "LIVE", "plan", "", "../data/live"])
def test_an_unknown_dataset_is_refused_with_those_that_exist(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match="现有：live"):
        Workspace.open(name, root)


def test_a_dataset_has_the_name_of_its_folder(root: Path) -> None:
    (root / "data" / "live" / "dataset.yaml").write_text(
        LIVE.replace("name: live", "name: test"), encoding="utf-8"
    )
    with pytest.raises(ProblemsFound, match="与文件夹名"):
        Workspace.open("live", root)


def test_every_problem_of_a_dataset_comes_with_its_place(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE.replace("2026-Q3", "2026-3") + "deadline: 5\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        Workspace.open("live", root)
    assert [problem.where for problem in caught.value.problems] == [
        "data/live/dataset.yaml: first_edition",
        "data/live/dataset.yaml: deadline",
    ]
    assert "「2026-3」不是期号" in caught.value.problems[0].what


def test_without_a_name_the_newest_edition_is_meant(root: Path) -> None:
    workspace = Workspace.open("live", root)
    first = Edition.parse("2025-Q1")
    assert workspace.edition(None, first) == Edition.parse("2026-Q3")
    assert workspace.edition("2025-Q1", first) == first


@pytest.mark.parametrize("text", ["2027-Q1", "2024-Q4", "2026-3", "2024-Q4.1"])
def test_an_edition_that_is_not_there_is_refused_with_those_that_are(root: Path, text: str) -> None:
    workspace = Workspace.open("live", root)
    with pytest.raises(UsageError) as caught:
        workspace.edition(text, Edition.parse("2026-Q1"))
    assert "现有：2026-Q1、2026-Q2、2026-Q3、2026-Q4" in str(caught.value)


def test_of_an_edition_that_is_too_late_it_is_said_what_to_do(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Workspace.open("live", root).edition("2027-Q1", Edition.parse("2026-Q1"))
    said = "运行 python -m planbook publish open --dataset live"
    assert said in str(caught.value)


def test_the_next_edition_may_be_named(root: Path) -> None:
    named = Workspace.open("live", root).edition("2026-Q4", Edition.parse("2025-Q1"))
    assert str(named) == "2026-Q4"


@pytest.mark.parametrize("text", ["2026-Q1.1", "2026-Q3.1"])
def test_a_correction_edition_that_was_not_begun_is_refused(root: Path, text: str) -> None:
    with pytest.raises(UsageError, match=f"更正版 {text} 没有开始编制"):
        Workspace.open("live", root).edition(text, Edition.parse("2025-Q1"))


def test_an_edition_of_another_cycle_is_not_called_too_late(root: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Workspace.open("live", root).edition("2027", Edition.parse("2026-Q1"))
    assert "现有：2026-Q1" in str(caught.value)
    assert "current_edition" not in str(caught.value)


def test_editions_of_another_cycle_than_the_plans_are_named_by_key(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE + "deadlines: {2026-Q2: 2026-07-25, 2025: 2026-02-01}\n", encoding="utf-8")
    dataset = Workspace.open("live", root).dataset
    with pytest.raises(ProblemsFound) as caught:
        check_cycle(dataset, QUARTERLY)
    (problem,) = caught.value.problems
    assert problem.where == "data/live/dataset.yaml: deadlines.2025"
    assert problem.what == "本方案每季度一期，没有「2025」；应写作 2025-Q4"


def test_a_correction_of_a_year_is_quoted_in_yaml(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE.replace("2026-Q3", "2026.1"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match=r"「2026.1」是小数，更正版的期号要加引号"):
        Workspace.open("live", root)


def test_a_dataset_cannot_begin_after_its_current_edition(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE.replace("2026-Q3", "2026-Q4"), encoding="utf-8")
    begin_at(path.parent, "2026-Q3")
    with pytest.raises(ProblemsFound, match="不在当前一期 2026-Q4 之后"):
        Workspace.open("live", root)


def test_the_address_of_a_site_is_one_that_a_link_can_hold(root: Path) -> None:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE + "site_address: https://example.org/plan/\n", encoding="utf-8")
    assert Workspace.open("live", root).dataset.site_address == "https://example.org/plan/"
    for wrong in ("example.org/plan", "javascript:alert(1)", 'https://example.org/"><b>'):
        path.write_text(LIVE + f"site_address: '{wrong}'\n", encoding="utf-8")
        with pytest.raises(ProblemsFound, match=r"dataset\.yaml: site_address"):
            Workspace.open("live", root)


def test_a_deadline_is_counted_from_the_quarters_end_unless_it_is_given() -> None:
    dataset = Dataset.model_validate(
        {
            "name": "live",
            "title": "正式数据",
            "demonstration": False,
            "current_edition": "2026-Q3",
            "deadline_days": 20,
            "deadlines": {"2026-Q3": "2026-10-25"},
        }
    )
    assert dataset.deadline(Edition.parse("2026-Q2")) == dt.date(2026, 7, 20)
    assert dataset.deadline(Edition.parse("2025-Q4")) == dt.date(2026, 1, 20)
    assert dataset.deadline(Edition.parse("2026-Q3")) == dt.date(2026, 10, 25)


def test_the_root_is_found_from_any_folder_below_it(root: Path) -> None:
    below = root / "notebooks" / "drafts"
    below.mkdir(parents=True)
    assert find_root(below) == root


def test_the_committed_datasets_open() -> None:
    live = Workspace.open("live", Path(__file__).resolve().parents[1])
    assert not live.dataset.demonstration
    assert live.dataset.name == "live"


def released(root: Path, text: str) -> Dataset:
    path = root / "data" / "live" / "dataset.yaml"
    path.write_text(LIVE + text, encoding="utf-8")
    return Workspace.open("live", root).dataset


def test_an_edition_waits_for_its_day_or_the_moment_that_is_given(root: Path) -> None:
    dataset = released(root, "release_days: 30\nrelease_at: {2026-Q4: 2027-02-01T09:00+08:00}\n")
    counted = dataset.release(Edition.parse("2026-Q3"))
    assert counted is not None
    assert counted.tzinfo is not None
    assert counted.replace(tzinfo=None) == dt.datetime(2026, 10, 30)
    given = dataset.release(Edition.parse("2026-Q4"))
    assert given == dt.datetime(2027, 2, 1, 1, tzinfo=dt.UTC)
    assert dataset.release(Edition.parse("2026-Q3.1")) is None
    coming = [str(edition) for edition, _ in dataset.next_releases()]
    assert coming == ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]


def test_without_a_calendar_an_edition_may_be_published_at_any_time(root: Path) -> None:
    dataset = released(root, "")
    assert dataset.release(Edition.parse("2026-Q3")) is None
    assert dataset.next_releases() == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("release_days: 20\n", "应大于 deadline_days"),
        ("release_days: 0\n", "太小"),
        ("release_at: {2026-Q3: 2026-10-28}\n", "不是带时区的日期和时间"),
        ("release_at: {2026-Q3: 2026-10-28T09:00}\n", "不是带时区的日期和时间"),
        ("release_at: {2026-Q3: 20261028}\n", "不是带时区的日期和时间"),
        ("release_at: {2026-Q3: 2026-09-30T09:00+08:00}\n", "早于该期结束"),
    ],
)
def test_a_release_that_cannot_be_is_refused(root: Path, text: str, said: str) -> None:
    with pytest.raises(ProblemsFound, match=said):
        released(root, text)


def test_outside_a_project_no_other_is_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as raised:
        find_root()
    assert f"{tmp_path} 不是项目文件夹" in str(raised.value)
    assert "--project" in str(raised.value)
    with pytest.raises(UsageError, match="核对 --project"):
        root_of(tmp_path)
    (tmp_path / "data" / "plan").mkdir(parents=True)
    (tmp_path / PLAN).write_text("", encoding="utf-8")
    assert root_of(None) == root_of(tmp_path) == tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "--list"],
        ["collect", "status"],
        ["collect", "template", "--edition", "2026-Q4", "--out", "forms"],
        ["collect", "receive", ".", "--edition", "2026-Q4"],
        ["collect", "tasks"],
        ["commentary", "new", "digital", "--unit", "general"],
        ["analysis", "list"],
        ["publish", "list"],
    ],
)
def test_every_command_says_so_and_writes_nothing(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        run(main, arguments)
    assert left.value.code == 2
    assert "不是项目文件夹" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
