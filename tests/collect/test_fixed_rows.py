"""What analysts decided is fixed once it was published: added, changed and deleted rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.action_decisions import read_action_decisions
from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.csv_inputs import (
    read_annual_targets,
    read_assessments,
    read_baselines,
)
from planbook.collect.decided.fixed_rows import Fixed
from planbook.collect.decided.past_values import read_past_values
from planbook.collect.decided.selections import read_selections
from planbook.editions import Correcting, Purging, Register
from planbook.errors import Problem, ProblemsFound
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.watch_frames import ACTION_DECISIONS
from tests.collect.test_inputs import with_a_milestone
from tests.office import PLAN, Q1, Q2
from tests.test_editions import act, publishing

DIGEST = "0" * 8


@dataclass(frozen=True)
class File:
    """A file of analysts' decisions: how it is read, and an entry that can be written anew."""

    name: str
    read: Any
    entry: str  # {v} is what can be changed, {e} the edition from which it holds
    head: str = ""
    plan: Plan = PLAN
    since: str = "from_edition"

    def text(self, *entries: str) -> str:
        return "".join(f"{line}\n" for line in (self.head, *entries) if line) or "[]\n"

    def of(self, value: Any = 1, edition: str = "2026-Q1", number: int = 0) -> str:
        return self.entry.format(v=value, e=edition, n=number, y=2021 + number)


FILES = {
    file.name: file
    for file in (
        File(
            "baselines.csv",
            read_baselines,
            "firms,2024-0{n},直管区,6{v},公报,,{e}",
            "indicator_id,time_period,scope,obs_value,source,note,from_edition",
        ),
        File(
            "annual_targets.csv",
            read_annual_targets,
            "firms,{y},9{v},要点,{e}",
            "goal_id,year,target_value,source,from_edition",
        ),
        File(
            "history.csv",
            read_past_values,
            "firms,2024-0{n},直管区,6{v},公报,{e}",
            "indicator_id,time_period,scope,obs_value,source,from_edition",
        ),
        File(
            "assessments.csv",
            read_assessments,
            "firms,{e},滞后,依据{v},office,2026-04-10",
            "goal_id,edition,verdict,evidence,assessed_by,assessed_on",
            with_a_milestone(),
            "edition",
        ),
        File(
            "actions.csv",
            read_action_decisions,
            "a-{n},firms,,,事项{v},office,2027-06,调度会,,,{e}",
            ",".join(ACTION_DECISIONS.columns),
        ),
        File(
            "corrections.yaml",
            read_corrections,
            "- {{id: c-{n}, action: drop, indicator_id: firms, time_period: 2026-03,"
            " edition: 2026-Q1, expect: 8{v}, reason: 错报, decided_by: office,"
            " from_edition: {e}}}",
        ),
        File(
            "selections.yaml",
            read_selections,
            "- {{action: withdraw, edition: 2026-Q1,"
            f" file: office-2026-04-1{{n}}-{DIGEST}.xlsx, by: office, on: 2026-04-20,"
            " reason: 理由{v}, from_edition: {e}}}",
        ),
    )
}
FIRST = 4  # the `number` of the entry that was published


def published(*acts: Any) -> Register:
    register = Register(Q1).with_act(publishing("2026-Q1"))
    for each in acts:
        register = register.with_act(each)
    return register


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest) -> File:
    return FILES[request.param]


@pytest.fixture
def folder(tmp_path: Path, file: File) -> Path:
    """A folder with a file as it is now, and below it the frozen one."""
    (tmp_path / "frozen").mkdir()
    (tmp_path / "frozen" / file.name).write_text(
        file.text(file.of(number=FIRST), file.of(edition="2026-Q2", number=5)), encoding="utf-8"
    )
    return tmp_path


def read(file: File, folder: Path, *entries: str, register: Register | None = None) -> Any:
    path = folder / file.name
    path.write_text(file.text(*entries), encoding="utf-8")
    fixed = Fixed(register or published(), Q1, folder / "frozen", folder)
    return file.read(path, file.plan, fixed=fixed)


def refused(file: File, folder: Path, *entries: str, register: Register | None = None) -> Problem:
    with pytest.raises(ProblemsFound) as found:
        read(file, folder, *entries, register=register)
    (problem,) = found.value.problems
    assert problem.where.startswith(file.name)
    return problem


def test_what_was_published_and_what_holds_from_later_on_is_fine(file: File, folder: Path) -> None:
    kept = file.of(number=FIRST)
    assert len(read(file, folder, kept)) == 1  # what holds from later on may be dropped
    assert len(read(file, folder, kept, file.of(7, "2026-Q2", number=5))) == 2  # or changed
    assert len(read(file, folder, file.of(7, "2026-Q3", number=6), kept)) == 2  # or added


def test_an_entry_added_to_a_published_edition_is_refused(file: File, folder: Path) -> None:
    (folder / "frozen" / file.name).write_text(file.text(), encoding="utf-8")
    problem = refused(file, folder, file.of(number=5))
    assert problem.what == f"2026-Q1 已发布，不能再加入 {file.since} 为 2026-Q1 的内容"
    assert problem.fix == f"{file.since} 改为 2026-Q2"
    assert " 第 " in problem.where


def test_an_entry_changed_in_a_published_edition_is_refused(file: File, folder: Path) -> None:
    problem = refused(file, folder, file.of(8, number=FIRST))
    assert problem.what.startswith("与 2026-Q1 发布时不同：")
    assert "原为「" in problem.what
    assert problem.fix.endswith(f"另写一条，{file.since} 写 2026-Q2")


def test_an_entry_deleted_from_a_published_edition_is_refused(file: File, folder: Path) -> None:
    for entries in ((), (file.of(edition="2026-Q2", number=5),)):
        problem = refused(file, folder, *entries)
        assert problem.what.startswith("2026-Q1 发布时已有的内容被删去：")
        assert "2026-Q1" in problem.what.partition("：")[2]
        assert problem.fix.startswith("照原样补回")
    (folder / file.name).unlink()
    with pytest.raises(ProblemsFound, match="被删去"):
        file.read(
            folder / file.name, file.plan, fixed=Fixed(published(), Q1, folder / "frozen", folder)
        )


def test_moving_an_entry_to_a_later_edition_deletes_it(file: File, folder: Path) -> None:
    problem = refused(file, folder, file.of(edition="2026-Q3", number=FIRST))
    assert "被删去" in problem.what


def test_of_a_correction_that_is_being_made_new_entries_are_taken(file: File, folder: Path) -> None:
    register = published(act(Correcting, "2026-Q1.1"))
    kept = file.of(number=FIRST)
    assert len(read(file, folder, kept, file.of(3, "2026-Q1.1", 6), register=register)) == 2
    problem = refused(file, folder, kept, file.of(3, "2026-Q1.1", 6))  # none is being made
    assert f"{file.since} 改为 2026-Q2" in problem.fix
    problem = refused(file, folder, file.of(8, number=FIRST), register=register)
    assert problem.fix.endswith("写 2026-Q2（只更正 2026-Q1 的写 2026-Q1.1）")


def test_what_only_a_purged_edition_knew_is_not_asked_for(file: File, folder: Path) -> None:
    register = published(publishing("2026-Q2"), act(Purging, "2026-Q2"))
    assert register.newest_kept() == Q1
    kept = file.of(number=FIRST)
    assert len(read(file, folder, kept, file.of(7, "2026-Q2", 6), register=register)) == 2
    assert refused(file, folder, file.of(8, number=FIRST), register=register)
    assert register.newest_published == Q2
    assert Edition.parse("2026-Q3") == register.current
