"""What was published never changes, and what comes later goes where it belongs."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import math
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.archives import packed
from planbook.assess import method
from planbook.assess.method import METHOD, MethodChange
from planbook.collect.form.form import ProjectLine
from planbook.collect.inbox.filed import read_filed
from planbook.errors import ProblemsFound, UsageError
from planbook.frozen import frozen_path, unpacked
from planbook.periods import Edition
from planbook.plan import Thresholds
from planbook.run import published_record
from planbook.run.beginning import open_edition
from planbook.run.build_record import build_record, data_digest
from planbook.run.ending import withdraw
from planbook.run.freezing import as_published, freeze, frozen_workspace, submissions_listed
from planbook.run.pipeline import compute, judged_book, next_templates
from planbook.run.verification import kept_problems, number_problems
from planbook.saved import Tables
from planbook.task_frames import TASK_DECISIONS
from planbook.vocabulary import Rating, Reason, Visibility
from planbook.watch_frames import ACTION_DECISIONS
from tests.office import Q1, Q2, Q3, file, filled
from tests.record import BY, Checkout

BASELINE = "indicator_id,time_period,scope,obs_value,source,note,from_edition"
KNOWN = "firms,2024-12,直管区,50,台账,,2026-Q1"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout in which a workbook of the first quarter says that there are 60 firms."""
    found = Checkout(tmp_path)
    found.write("baselines.csv", BASELINE, KNOWN)
    found.file(Q1, 60, "2026-04-10")
    return found


def value(tables: Tables, goal: str = "firms") -> Any:
    return tables.verdicts.set_index("goal_id").loc[goal, "latest_value"]


def history(tables: Tables, goal: str = "firms") -> list[tuple[str, Any]]:
    rows = tables.history[tables.history["goal_id"] == goal]
    return list(zip(rows["edition"], rows["latest_value"], strict=True))


def verdict(tables: Tables, goal: str = "firms") -> Any:
    return tables.verdicts.set_index("goal_id").loc[goal]


def standing(tables: Tables) -> dict[str, tuple[str, ...]]:
    rows = tables.editions.set_index("edition")[["edition_state", "released", "corrects", "reason"]]
    return dict(zip(rows.index, rows.itertuples(index=False, name=None), strict=True))


def saved(tables: Tables) -> dict[str, str]:
    return {name: str(table.to_csv()) for name, table in vars(tables).items()}


def test_a_late_workbook_is_a_revision_of_the_next_edition(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    published = saved(checkout.tables("2026-Q1"))
    late = checkout.file(Q1, 70, "2026-06-10")
    assert value(checkout.tables("2026-Q1")) == 60
    assert saved(checkout.tables("2026-Q1")) == published
    following = checkout.tables("2026-Q2")
    (revision,) = following.revisions.to_dict("records")
    assert (revision["old_value"], revision["new_value"]) == (60, 70)
    assert (revision["vintage"], revision["old_vintage"]) == ("2026-Q2", "2026-Q1")
    assert (revision["reason"], revision["source_file"]) == ("发布后收到的填报表", late.name)
    assert history(following) == [("2026-Q1", 60), ("2026-Q2", 70)]


def test_before_it_is_published_a_late_workbook_changes_its_own_edition(checkout: Checkout) -> None:
    checkout.file(Q1, 70, "2026-06-10")
    assert value(checkout.tables("2026-Q1")) == 70
    assert checkout.tables("2026-Q2").revisions.empty


def test_a_late_workbook_counts_in_the_correction_that_is_being_made(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    late = checkout.file(Q1, 70, "2026-06-10")
    checkout.correct("2026-Q1.1")
    corrected = checkout.tables("2026-Q1.1")
    assert value(corrected) == 70
    row = corrected.edition_corrections.set_index("goal_id").loc["firms"]
    assert (row["value_before"], row["value_after"]) == (60, 70)
    assert (row["corrects"], row["edition"]) == ("2026-Q1", "2026-Q1.1")
    assert row["reason"] == f"{late.name}：发布后收到的填报表"
    assert "最新值" in row["what"]
    assert list(corrected.edition_corrections["goal_id"]) == ["firms"]
    checkout.withdraw("2026-Q1.1")  # given up: the workbook waits for the next edition
    assert history(checkout.tables("2026-Q2")) == [("2026-Q1", 60), ("2026-Q2", 70)]


def test_a_workbook_of_a_unit_that_had_been_silent_revises_nothing(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    file(checkout.submissions, filled(Q1, {"other": {"value": 5}}, unit="bureau"), "2026-06-10")
    following = checkout.tables("2026-Q2")
    assert following.revisions.empty
    assert value(following, "other") == 5


def test_an_edition_that_was_never_published_is_fixed_with_the_first_that_is(
    checkout: Checkout,
) -> None:
    checkout.move_on("2026-Q2")
    checkout.publish("2026-Q2")
    checkout.file(Q1, 70, "2026-08-10")
    assert history(checkout.tables("2026-Q3"))[:2] == [("2026-Q1", 60), ("2026-Q2", 60)]
    assert value(checkout.tables("2026-Q1")) == 60


def test_a_late_status_is_news_of_the_edition_that_knows_it(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    done = filled(Q1, {"firms": {"value": 60}}, statuses={"build": {"status": "已完成"}})
    file(checkout.submissions, done, "2026-06-10")
    row = checkout.tables("2026-Q2").measures.set_index("measure_id").loc["build"]
    assert (row["previous_status"], row["status"]) == ("推进中", "已完成")
    assert (row["status_since"], row["last_reported"]) == ("2026-Q2", "2026-Q2")


ACTION_HEAD = ",".join(ACTION_DECISIONS.columns)
ACTION = "a-1,firms,,,查明原因,office,2026-03,调度会,{},,{}"


def actions(tables: Tables) -> list[tuple[str, str, bool]]:
    """Return what closed each action and in which edition, and whether it is overdue."""
    rows = tables.actions
    return list(zip(rows["closure"], rows["closed_in"], rows["overdue"], strict=True))


TASK_HEAD = ",".join(TASK_DECISIONS.columns)
TASK = "t-1,,build,建成一期,验收文件,office,2026-03,任务分解会,{},,{}"


def tasks(tables: Tables) -> list[tuple[str, str]]:
    """Return where each task stands, and why it was dropped."""
    return list(zip(tables.tasks["task_state"], tables.tasks["dropped"], strict=True))


def test_what_drops_a_task_changes_no_published_book_and_no_published_row(
    checkout: Checkout,
) -> None:
    checkout.write("tasks.csv", TASK_HEAD, TASK.format("", "2026-Q1"))
    checkout.publish("2026-Q1")
    assert tasks(checkout.tables("2026-Q2")) == [("overdue", "")]
    dropped = TASK.format("并入另一项", "2026-Q2")
    checkout.write("tasks.csv", TASK_HEAD, TASK.format("", "2026-Q1"), dropped)
    assert tasks(checkout.tables("2026-Q1")) == [("overdue", "")]
    assert tasks(checkout.tables("2026-Q2")) == [("dropped", "并入另一项")]
    assert tasks(checkout.tables("2026-Q3")) == []
    checkout.write("tasks.csv", TASK_HEAD, TASK.format("并入另一项", "2026-Q1"))
    with pytest.raises(ProblemsFound, match="与 2026-Q1 发布时不同：dropped 原为「」"):
        checkout.tables("2026-Q2")


def test_an_edition_published_before_there_were_tasks_has_none(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    frozen = checkout.tables("2026-Q1")
    assert frozen.tasks.empty
    checkout.write("tasks.csv", TASK_HEAD, TASK.format("", "2026-Q1"))
    with pytest.raises(ProblemsFound, match="2026-Q1"):
        checkout.tables("2026-Q2")


PARK = ProjectLine(
    project="示例园区一期",
    about="举措：建设平台",
    stage="前期",
    total_investment=3.5,
    next_node="取得施工许可",
    next_month="2026-03",
)


def projects(tables: Tables) -> list[tuple[str, str, bool]]:
    """Return the stage of each project, what its edition changed, whether its node is overdue."""
    rows = tables.projects
    return list(zip(rows["stage"], rows["change"], rows["overdue"], strict=True))


def test_what_is_said_of_a_project_later_changes_no_published_book(checkout: Checkout) -> None:
    form = filled(Q1, {"firms": {"value": 60}})
    file(checkout.submissions, replace(form, new_projects=(PARK,)), "2026-04-12")
    checkout.publish("2026-Q1")
    published = checkout.tables("2026-Q1")
    assert projects(published) == [("preparation", "new", True)]
    assert projects(checkout.tables("2026-Q2")) == [("preparation", "silent", True)]
    (id,) = published.projects["project_id"]
    gone = replace(PARK, project_id=id, stage="退库", left_reason="企业撤资")
    file(checkout.submissions, replace(filled(Q2), projects=(gone,)), "2026-07-10")
    assert checkout.tables("2026-Q1").projects.equals(published.projects)
    assert projects(checkout.tables("2026-Q2")) == [("left", "left", False)]


def test_an_edition_published_before_there_were_projects_has_none(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    assert checkout.tables("2026-Q1").projects.empty
    assert projects(checkout.tables("2026-Q2")) == []


def test_an_action_is_carried_on_and_what_closes_it_changes_no_published_book(
    checkout: Checkout,
) -> None:
    checkout.write("actions.csv", ACTION_HEAD, ACTION.format("", "2026-Q1"))
    checkout.publish("2026-Q1")
    assert actions(checkout.tables("2026-Q2")) == [("", "", True)]
    closed = ACTION.format("已查明", "2026-Q2")
    checkout.write("actions.csv", ACTION_HEAD, ACTION.format("", "2026-Q1"), closed)
    assert actions(checkout.tables("2026-Q1")) == [("", "", True)]
    assert actions(checkout.tables("2026-Q2")) == [("已查明", "2026-Q2", False)]
    assert actions(checkout.tables("2026-Q3")) == []
    checkout.write("actions.csv", ACTION_HEAD, ACTION.format("已查明", "2026-Q1"))
    with pytest.raises(
        ProblemsFound, match="与 2026-Q1 发布时不同：closure 原为「」，现为「已查明」"
    ):
        checkout.tables("2026-Q2")


def test_a_book_of_a_published_edition_is_made_of_what_was_frozen(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    checkout.edit_plan("one", '"target": 100', '"target": 90')
    (checkout.data / "baselines.csv").unlink()
    workspace, plan = as_published(*checkout.opened(), Q1)
    assert plan.goal("firms").target == 100
    assert (workspace.data / "baselines.csv").is_file()
    assert data_digest(workspace, Q1)  # of its tables, which are there
    again = compute(workspace, plan, Q1)
    assert saved(again) | {"editions": ""} == saved(checkout.tables("2026-Q1")) | {"editions": ""}
    assert set(next_templates(workspace, plan, Q1)) == {"office", "bureau"}
    unpublished = as_published(*checkout.opened(), Q2)
    assert unpublished[0].unpacked is None


def test_freezing_gives_the_same_bytes_of_the_same_inputs(checkout: Checkout) -> None:
    workspace, plan = checkout.opened()
    tables = judged_book(workspace, plan, Q1).tables
    first = freeze(workspace, plan, Q1, tables)
    (checkout.data / ".hidden").write_text("left by an editor", encoding="utf-8")
    (checkout.data / "feedback").mkdir()
    (checkout.data / "feedback" / "copy.xlsx").write_bytes(b"copy")
    assert freeze(workspace, plan, Q1, tables) == first
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()
    with pytest.raises(ValueError, match="another edition"):
        freeze(workspace, plan, Q2, tables)


def test_every_workbook_known_to_an_edition_is_listed_once(checkout: Checkout) -> None:
    checkout.file(Q1, 70, "2026-04-12")
    workspace, plan = checkout.opened()
    listed = submissions_listed(workspace, Q1, read_filed(workspace, plan, Q1))
    assert len(listed) == 2  # the one it supersedes too
    checkout.publish("2026-Q1")
    checkout.file(Q2, 80, "2026-07-10")
    workspace, plan = checkout.opened()
    (path,) = submissions_listed(workspace, Q2, read_filed(workspace, plan, Q2))
    assert path.startswith("2026-Q2/office-2026-07-10-")


def test_the_record_of_a_published_book_names_no_workbook_that_came_later(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    late = checkout.file(Q1, 70, "2026-06-10")
    workspace, plan = checkout.opened()
    known = {}
    for edition in (Q1, Q2):
        tables = checkout.tables(str(edition))
        record = build_record(
            workspace, plan, tables, edition, data="", parts={}, pages=0, seconds={}, made={}
        )
        known[edition] = record["submissions"]["files"]
    assert f"2026-Q1/{late.name}" not in known[Q1]
    assert len(known[Q1]) == 1
    assert f"2026-Q1/{late.name}" in known[Q2]


def remove(path: Path) -> None:
    path.unlink()


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize(("done", "said"), [(remove, "不见了"), (damage, "校验不符")])
def test_a_workbook_that_a_published_edition_is_made_of_is_missed(
    checkout: Checkout, done: Any, said: str
) -> None:
    checkout.publish("2026-Q1")
    (path,) = checkout.submissions.glob("*/*.xlsx")
    done(path)
    for edition in ("2026-Q2", "2026-Q3"):
        with pytest.raises(ProblemsFound, match=said) as refused:
            checkout.tables(edition)
        (problem,) = refused.value.problems
        assert problem.where == f"submissions/2026-Q1/{path.name}"
        assert "备份" in problem.fix


@pytest.mark.parametrize(("done", "said"), [(remove, "不见了"), (damage, "校验不符")])
def test_a_frozen_state_that_was_lost_is_not_made_again(
    checkout: Checkout, done: Any, said: str
) -> None:
    checkout.publish("2026-Q1")
    checkout.tables("2026-Q1")  # unpacked already
    workspace, _ = checkout.opened()
    done(frozen_path(workspace, Q1))
    for edition in ("2026-Q1", "2026-Q2"):
        with pytest.raises(ProblemsFound, match=said) as refused:
            checkout.tables(edition)
        (problem,) = refused.value.problems
        assert problem.where == "data/demo/frozen/2026-Q1.tar.gz"
        assert "恢复" in problem.fix


def test_a_frozen_state_is_unpacked_once_and_again_if_somebody_changed_it(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    workspace, _ = checkout.opened()
    folder = unpacked(workspace, Q1)
    table = folder / "tables" / "verdicts.csv"
    content, made = table.read_bytes(), table.stat().st_mtime_ns
    unpacked(workspace, Q1)
    assert table.stat().st_mtime_ns == made
    table.write_bytes(content.replace(b"60.0", b"61.0"))
    assert value(checkout.tables("2026-Q1")) == 60
    assert table.read_bytes() == content


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "a/../../outside.txt", "c:\\a"])
def test_nothing_of_an_archive_lands_elsewhere(checkout: Checkout, name: str) -> None:
    checkout.publish("2026-Q1", packed({name: b"foreign"}))
    workspace, _ = checkout.opened()
    before = sorted(checkout.root.rglob("outside*"))
    with pytest.raises(ProblemsFound, match="不是存档"):
        unpacked(workspace, Q1)
    assert sorted(checkout.root.rglob("outside*")) == before


def test_a_purged_edition_is_computed_again_and_marked(checkout: Checkout) -> None:
    checkout.publish("2026-Q1")
    checkout.publish("2026-Q2")
    checkout.purge("2026-Q2", "含个人信息")
    following = checkout.tables("2026-Q3")
    assert [edition for edition, _ in history(following)] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert standing(following)["2026-Q2"] == ("已清除", "2026-05-02", "", "含个人信息")
    assert value(checkout.tables("2026-Q2")) == 60  # of today's inputs
    assert as_published(*checkout.opened(), Q2)[0].unpacked is None


def test_what_was_made_with_a_purged_edition_is_explained_not_complained_of(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    checkout.edit_plan("one", '"target": 100', '"target": 55')
    for edition in ("2026-Q2", "2026-Q3"):
        checkout.publish(edition)
    assert number_problems(checkout.opened()[0], Q2) == ([], [])
    checkout.purge("2026-Q1")
    problems, explained = number_problems(checkout.opened()[0], Q2)
    assert problems == []
    assert all("发布以后清除了 2026-Q1" in line for line in explained)
    assert explained
    assert number_problems(checkout.opened()[0], Q3) == ([], [])


def test_workbooks_that_only_a_purged_edition_listed_may_be_deleted(checkout: Checkout) -> None:
    (first,) = checkout.submissions.glob("*/*.xlsx")
    checkout.publish("2026-Q1")
    second = checkout.file(Q2, 80, "2026-07-10")
    checkout.publish("2026-Q2")
    shown = saved(checkout.tables("2026-Q2"))
    checkout.purge("2026-Q1")
    content = first.read_bytes()
    damage(first)  # gone it may be, not changed
    with pytest.raises(ProblemsFound, match="校验不符"):
        checkout.tables("2026-Q3")
    first.unlink()
    assert history(checkout.tables("2026-Q3"))[-1] == ("2026-Q3", 80)
    known = checkout.tables("2026-Q3").observations
    assert set(known["source_file"]) == {second.name}  # its values are gone
    assert saved(checkout.tables("2026-Q2")) == shown
    assert not list(kept_problems(checkout.opened()[0], Q2))
    problems, explained = number_problems(checkout.opened()[0], Q2)
    assert problems == []
    assert any("2026-Q1 已清除，其填报表已删除" in line for line in explained)
    first.write_bytes(content)
    second.unlink()
    with pytest.raises(ProblemsFound, match="不见了"):
        checkout.tables("2026-Q3")


def test_a_published_correction_of_a_deleted_workbook_stops_no_later_build(
    checkout: Checkout,
) -> None:
    (first,) = checkout.submissions.glob("*/*.xlsx")
    text = CORRECTION.format(since="2026-Q1")
    (checkout.data / "corrections.yaml").write_text(text, encoding="utf-8")
    checkout.publish("2026-Q1")
    checkout.file(Q2, 80, "2026-07-10")
    checkout.publish("2026-Q2")
    checkout.purge("2026-Q1")
    first.unlink()
    assert value(checkout.tables("2026-Q3")) == 80
    other = text.replace("c-1", "c-2").replace("edition: 2026-Q1", "edition: 2026-Q2")
    other = other.replace("from_edition: 2026-Q2", "from_edition: 2026-Q3")
    both = f"{text}{other}"
    (checkout.data / "corrections.yaml").write_text(both, encoding="utf-8")
    with pytest.raises(ProblemsFound, match="c-2"):
        checkout.tables("2026-Q3")


SELECTION = """# by a command
- action: withdraw
  edition: 2026-Q1
  file: {file}
  by: office
  on: 2026-06-12
  reason: "from_edition: 2026-Q1.1"
  from_edition: 2026-Q1.1
"""
CORRECTION = """- id: c-1
  indicator_id: firms
  time_period: 2026-03
  edition: 2026-Q1
  action: override
  expect: 60
  value: 61
  reason: 核对
  decided_by: office
  from_edition: {since}
"""


def ended(checkout: Checkout, edition: str) -> None:
    withdraw(dataset="demo", edition=edition, by=BY, reason="不再更正", to=None)


def test_a_correction_that_is_given_up_leaves_nothing_that_holds_from_it_untold(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout.root)
    (first,) = checkout.submissions.glob("*/*.xlsx")
    checkout.now = dt.datetime(2026, 5, 1, 9, tzinfo=dt.UTC)
    checkout.publish("2026-Q1")
    checkout.correct("2026-Q1.1")
    selections, corrections = checkout.data / "selections.yaml", checkout.data / "corrections.yaml"
    selections.write_text(SELECTION.format(file=first.name), encoding="utf-8")
    corrections.write_text(CORRECTION.format(since="2026-Q1.1"), encoding="utf-8")
    late = KNOWN.replace(",50,", ",52,").replace("2026-Q1", "2026-Q1.1")
    checkout.write("baselines.csv", BASELINE, KNOWN, late)
    added = '[{"from_edition": "2026-Q1.1", "target": 90, "source": "某办〔2026〕1号"}]'
    quote = '"quote": "企业数量达到目标",'
    checkout.edit_plan("one", quote, f'{quote} "amendments": {added},')
    checkout.write("actions.csv", ACTION_HEAD, ACTION.format("", "2026-Q1.1"))
    ended(checkout, "2026-Q1.1")
    said = capsys.readouterr().out
    assert "data/demo/actions.csv 第 2 行「from_edition」列" in said
    assert "selections.yaml 中自 2026-Q1.1 起的撤回和改用，改为自 2026-Q2 起" in said
    assert "data/demo/baselines.csv 第 3 行「from_edition」列" in said
    assert "data/demo/corrections.yaml 第 10 行" in said
    assert "data/plan/one.yaml 第 " in said
    assert "把 2026-Q1.1 改为 2026-Q2；否则删去" in said
    text = selections.read_text(encoding="utf-8")
    assert text == SELECTION.format(file=first.name).replace(
        "\n  from_edition: 2026-Q1.1", "\n  from_edition: 2026-Q2"
    )
    with pytest.raises(ProblemsFound) as refused:
        checkout.tables("2026-Q2")
    assert not [p for p in refused.value.problems if "selections" in p.where]
    checkout.edit_plan("one", "2026-Q1.1", "2026-Q2")
    checkout.write("baselines.csv", BASELINE, KNOWN, late.replace("2026-Q1.1", "2026-Q2"))
    checkout.write(
        "actions.csv", ACTION_HEAD, ACTION.format("", "2026-Q2").replace("2026-03", "2026-06")
    )
    corrections.write_text("[]", encoding="utf-8")
    following = checkout.tables("2026-Q2")
    assert math.isnan(value(following))  # the act holds from there
    assert set(following.revisions["vintage"]) == {"2026-Q2"}


def test_a_correction_to_which_nothing_belongs_is_given_up_without_a_word_more(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout.root)
    checkout.publish("2026-Q1")
    checkout.correct("2026-Q1.1")
    ended(checkout, "2026-Q1.1")
    assert capsys.readouterr().out == "更正版 2026-Q1.1 已放弃，没有对读者发布过。\n"


def test_more_than_one_edition_is_passed_over_only_if_it_is_said_twice(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout.root)

    def moved(edition: str, again: str | None) -> str:
        open_edition(dataset="demo", edition=edition, by=BY, reason="", yes_skip=again)
        return str(checkout.opened()[0].editions.current)

    assert moved("2026-Q2", None) == "2026-Q2"
    for again in (None, "2026-Q3"):
        with pytest.raises(UsageError, match="--yes-skip 2027-Q4") as refused:
            moved("2027-Q4", again)
        assert "2026-Q2 至 2027-Q3" in str(refused.value)
        assert "写 2026-Q3" in str(refused.value)
    assert str(checkout.opened()[0].editions.current) == "2026-Q2"
    assert moved("2027-Q4", "2027-Q4") == "2027-Q4"


def frozen_files(checkout: Checkout) -> dict[str, bytes]:
    """What would be frozen of the first quarter now, by path."""
    workspace, plan = checkout.opened()
    frozen = freeze(workspace, plan, Q1, checkout.tables("2026-Q1"))
    with tarfile.open(fileobj=io.BytesIO(frozen.content), encoding="utf-8") as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def replaced(files: dict[str, bytes], name: str, before: str, after: str) -> None:
    assert before.encode() in files[name]
    files[name] = files[name].replace(before.encode(), after.encode(), 1)


def test_what_today_knows_no_more_is_passed_over_in_frozen_files(checkout: Checkout) -> None:
    checkout.write("corrections.yaml", "[]")
    path = checkout.data / "commentary" / "2026-Q1" / "one.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nunit: office\ndate: 2026-04-20\n---\n\n正文\n", encoding="utf-8")
    files = frozen_files(checkout)
    replaced(files, "data/plan/plan.yaml", '"start"', '"gone": 1, "start"')
    replaced(files, "data/plan/one.yaml", '"quote"', '"gone": {"a": 1}, "quote"')
    replaced(files, "data/demo/dataset.yaml", "title:", "gone: [1]\ntitle:")
    replaced(files, "data/demo/commentary/2026-Q1/one.md", "unit:", "gone: 1\nunit:")
    old = f"{BASELINE},gone\n{KNOWN},1\n"
    files["data/demo/baselines.csv"] = old.encode()
    checkout.publish("2026-Q1", packed(files))
    workspace, plan = frozen_workspace(checkout.opened()[0], Q1)
    assert plan.goal("firms").target == 100
    assert value(compute(workspace, plan, Q1)) == 60
    assert history(checkout.tables("2026-Q2"))[0] == ("2026-Q1", 60)
    assert number_problems(checkout.opened()[0], Q1) == ([], [])


def test_rows_of_frozen_files_that_cannot_be_read_are_told(checkout: Checkout) -> None:
    files = frozen_files(checkout)
    replaced(files, "data/demo/baselines.csv", ",直管区,", ",某某区,")
    checkout.publish("2026-Q1", packed(files))
    with pytest.raises(ProblemsFound) as found:
        checkout.tables("2026-Q2")
    told = next(p for p in found.value.problems if p.where.startswith("frozen/2026-Q1.tar.gz"))
    assert "baselines.csv 第 2 行" in told.where
    assert "「某某区」" in told.what
    assert "装回发布时的程序版本" in told.fix


def test_rows_about_what_the_plan_has_no_more_are_not_asked_for(checkout: Checkout) -> None:
    checkout.write("baselines.csv", BASELINE, KNOWN, KNOWN.replace("firms", "other"))
    checkout.publish("2026-Q1")
    checkout.edit_plan("one", '"other"', '"another"')
    checkout.write("baselines.csv", BASELINE, KNOWN)
    assert list(checkout.tables("2026-Q2").baselines["indicator_id"]) == ["firms"]


def test_an_archive_says_its_format_and_one_of_a_later_format_is_refused(
    checkout: Checkout,
) -> None:
    files = frozen_files(checkout)
    assert json.loads(files["format.json"])["format"] == 1
    files["format.json"] = b'{"format": 99, "planbook": "7.1"}'
    checkout.publish("2026-Q1", packed(files))
    with pytest.raises(ProblemsFound, match="格式为 99") as found:
        checkout.tables("2026-Q1")
    assert "planbook 7.1" in found.value.problems[0].fix


def test_an_archive_without_a_format_is_of_the_first(checkout: Checkout) -> None:
    files = frozen_files(checkout)
    del files["format.json"]
    checkout.publish("2026-Q1", packed(files))
    assert value(checkout.tables("2026-Q1")) == 60
    assert number_problems(checkout.opened()[0], Q1) == ([], [])


def test_a_frozen_plan_that_cannot_be_read_is_told_as_frozen(checkout: Checkout) -> None:
    files = frozen_files(checkout)
    replaced(files, "data/plan/plan.yaml", '"start"', '"once"')
    checkout.publish("2026-Q1", packed(files))
    for edition in ("2026-Q1", "2026-Q2"):
        with pytest.raises(ProblemsFound, match=r"frozen/2026-Q1.tar.gz") as found:
            checkout.tables(edition)
        assert "装回发布时的程序版本" in found.value.problems[0].fix


def test_verdicts_of_published_editions_are_taken_over_not_computed(checkout: Checkout) -> None:
    before = verdict(checkout.tables("2026-Q1"))["rating"]
    assert before != Rating.MET
    checkout.publish("2026-Q1")
    checkout.edit_plan("one", '"target": 100', '"target": 55')
    checkout.file(Q2, 60, "2026-07-10")
    following = checkout.tables("2026-Q2")
    rows = following.history[following.history["edition"] == "2026-Q1"].set_index("goal_id")
    assert rows["rating"].to_dict()["firms"] == before
    now = verdict(following)
    assert (now["previous_rating"], now["rating"]) == (before, Rating.MET)


def test_what_compares_with_the_edition_before_compares_with_its_correction(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    checkout.correct("2026-Q1.1")
    checkout.file(Q1, 100, "2026-06-10")
    checkout.publish("2026-Q1.1")
    following = checkout.tables("2026-Q2")
    assert history(following) == [("2026-Q1.1", 100), ("2026-Q2", 100)]
    row = following.verdicts.set_index("goal_id").loc["firms"]
    assert row["previous_rating"] == Rating.MET
    states = following.editions.set_index("edition")["edition_state"].to_dict()
    assert states == {"2026-Q1": "已更正", "2026-Q1.1": "已发布", "2026-Q2": "编制中"}


def test_a_change_of_the_plan_is_told_by_the_next_edition_and_those_after(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    assert checkout.tables("2026-Q2").method_changes.empty
    checkout.edit_plan("plan", '"on_course": 0.95', '"on_course": 0.9')
    checkout.edit_plan("one", '"name": "企业数量"', '"name": "企业户数"')  # judges nothing
    told = checkout.tables("2026-Q2").method_changes.to_dict("records")
    assert told == [
        {
            "edition": "2026-Q2",
            "changed_in": "plan",
            "key": "thresholds.on_course",
            "goal_id": "",
            "was": "0.95",
            "now": "0.9",
        }
    ]
    checkout.publish("2026-Q2")
    assert checkout.tables("2026-Q3").method_changes.to_dict("records") == told


def test_what_the_edition_before_was_rated_by_is_that_of_its_own_plan(checkout: Checkout) -> None:
    def found() -> Thresholds | None:
        workspace, plan = checkout.opened()
        return published_record.what_was_published(workspace, plan, Q2).thresholds

    assert found() is None
    checkout.publish("2026-Q1")
    assert found() is None
    checkout.edit_plan("plan", '"on_course": 0.95', '"on_course": 0.9')
    assert found() == Thresholds(on_course=0.95, far_behind=0.6)


def test_a_change_of_the_rules_is_told_by_its_name(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.publish("2026-Q1")
    changes = (*method.CHANGES, MethodChange(METHOD + 1, "2026-12-01", "按个数对照改为不取整"))
    monkeypatch.setattr(method, "CHANGES", changes)
    workspace, plan = checkout.opened()
    found = published_record.what_was_published(workspace, plan, Q2).method_changes
    assert [(row.changed_in, row.key, row.now) for row in found] == [
        ("code", str(METHOD + 1), "按个数对照改为不取整")
    ]


AMENDMENT = {"from_edition": "2026-Q1", "target": 90, "source": "某办〔2026〕1号"}


@pytest.mark.parametrize(("start", "refused"), [("2026-Q1", True), ("2026-Q2", False)])
def test_an_amendment_holds_from_an_edition_that_is_open(
    checkout: Checkout, start: str, refused: bool
) -> None:
    checkout.publish("2026-Q1")
    added = json.dumps([{**AMENDMENT, "from_edition": start}], ensure_ascii=False)
    quote = '"quote": "企业数量达到目标",'
    checkout.edit_plan("one", quote, f'{quote} "amendments": {added},')
    if not refused:
        (row,) = checkout.tables("2026-Q2").method_changes.to_dict("records")
        assert row["key"] == "firms.amendments"
        return
    with pytest.raises(ProblemsFound, match="from_edition 写 2026-Q2"):
        checkout.tables("2026-Q2")


def test_a_correction_edition_cannot_tell_other_commentary_than_its_quarter(
    checkout: Checkout,
) -> None:
    path = checkout.data / "commentary" / "2026-Q1" / "one.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nunit: office\ndate: 2026-04-20\n---\n\n正文\n", encoding="utf-8")
    checkout.publish("2026-Q1")
    checkout.correct("2026-Q1.1")
    assert list(checkout.tables("2026-Q1.1").commentary["text"]) == ["正文"]
    path.write_text(path.read_text(encoding="utf-8").replace("正文", "改文"), encoding="utf-8")
    with pytest.raises(ProblemsFound, match=r"commentary/2026-Q1/one\.md"):
        checkout.tables("2026-Q1.1")


def test_everything_that_would_change_a_published_edition_is_said_at_once(
    checkout: Checkout,
) -> None:
    checkout.publish("2026-Q1")
    checkout.write("baselines.csv", BASELINE, KNOWN.replace(",50,", ",55,"))
    checkout.write(
        "annual_targets.csv",
        "goal_id,year,target_value,source,from_edition",
        "firms,2026,80,报告,2026-Q1",
    )
    with pytest.raises(ProblemsFound) as refused:
        checkout.tables("2026-Q2")
    where = [problem.where for problem in refused.value.problems]
    assert where == [
        "baselines.csv 第 2 行「from_edition」列",
        "annual_targets.csv 第 2 行「from_edition」列",
    ]
    assert "obs_value 原为「50」，现为「55」" in str(refused.value)


def test_a_register_of_years_tells_of_each_edition_what_it_was(checkout: Checkout) -> None:
    """The whole story: published, late, corrected, another method, withdrawn, and the next one."""
    checkout.publish("2026-Q1")
    first = saved(checkout.tables("2026-Q1"))
    checkout.file(Q1, 66, "2026-05-20")
    checkout.correct("2026-Q1.1", "迟报")
    checkout.publish("2026-Q1.1")
    corrected = saved(checkout.tables("2026-Q1.1"))
    checkout.file(Q2, 72, "2026-07-10")
    checkout.edit_plan("plan", '"far_behind": 0.6', '"far_behind": 0.5')
    checkout.write(
        "baselines.csv", BASELINE, KNOWN, KNOWN.replace(",50,", ",52,").replace("Q1", "Q2")
    )
    second = checkout.tables("2026-Q2")
    assert history(second) == [("2026-Q1.1", 66), ("2026-Q2", 72)]
    assert list(second.method_changes["key"]) == ["thresholds.far_behind"]
    checkout.publish("2026-Q2")
    checkout.withdraw("2026-Q2", "口径有误")
    checkout.file(Q1, 99, "2026-08-20")  # later than everything
    checkout.file(Q3, 75, "2026-10-10")
    third = checkout.tables("2026-Q3")
    assert history(third) == [("2026-Q1.1", 66), ("2026-Q2", 72), ("2026-Q3", 75)]
    assert standing(third) == {
        "2026-Q1": ("已更正", "2026-05-01", "", ""),
        "2026-Q1.1": ("已发布", "2026-05-03", "2026-Q1", "迟报"),
        "2026-Q2": ("已撤回", "2026-05-04", "", "口径有误"),
        "2026-Q3": ("编制中", "", "", ""),
    }
    changed = third.revisions.set_index("vintage")["new_value"].to_dict()
    assert changed == {"2026-Q1.1": 66, "2026-Q3": 99}
    checkout.publish("2026-Q3")
    assert saved(checkout.tables("2026-Q1")) == first
    assert saved(checkout.tables("2026-Q1.1")) == corrected
    for each in (Q1, Edition.parse("2026-Q1.1"), Q2, Q3):
        again, then = compute(*frozen_workspace(checkout.opened()[0], each), each), str(each)
        assert saved(again)["verdicts"] == saved(checkout.tables(then))["verdicts"], then
        assert saved(again)["history"] == saved(checkout.tables(then))["history"], then


def test_no_public_book_tells_a_value_that_was_internal_when_it_was_published(
    tmp_path: Path,
) -> None:
    checkout = Checkout(tmp_path / "checkout")
    kept = filled(Q1, {"share": {"value": 61.37, "visibility": "内部"}})
    file(checkout.submissions, kept, "2026-04-10")
    checkout.publish("2026-Q1")
    told = filled(Q1, {"share": {"value": 61.5, "visibility": "公开"}})
    file(checkout.submissions, told, "2026-06-10")
    workspace, plan = checkout.opened()
    whole = judged_book(workspace, plan, Q2).tables
    assert 61.37 in set(whole.history["latest_value"])
    public = judged_book(workspace.of(Visibility.PUBLIC), plan, Q2).tables
    assert 61.5 in set(public.verdicts["latest_value"])
    assert not [name for name, frame in vars(public).items() if "61.37" in frame.to_csv()]
    then = public.history[public.history["edition"] == "2026-Q1"].set_index("goal_id")
    assert then["reason"].to_dict()["share"] == Reason.WITHHELD
