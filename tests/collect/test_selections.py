"""Workbooks that recorded acts withdraw or choose: what counts then, and from which book on."""

from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.selections import (
    Selection,
    moved_acts,
    read_selections,
    set_aside,
    with_selection,
)
from planbook.collect.inbox import reselection
from planbook.collect.inbox.checking import Wanted, check_workbook
from planbook.collect.inbox.receive import Outcome, receive
from planbook.collect.inbox.submissions import read_submissions
from planbook.editions import Register
from planbook.errors import ProblemsFound
from planbook.frames import SUBMISSIONS
from planbook.vocabulary import SelectionAction, SubmissionState
from planbook.workspace import Workspace
from tests.office import DATASET, PLAN, Q1, Q2, Q3, file, filled, workbook_bytes

WITHDRAW, CHOOSE = SelectionAction.WITHDRAW, SelectionAction.CHOOSE


def with_firms(value: Any, edition: Any = Q2) -> Any:
    return filled(edition, {"firms": {"value": value}})


@pytest.fixture
def two(tmp_path: Path) -> Any:
    """Return a folder with two workbooks of a quarter, and their names, the older first."""
    older = file(tmp_path, with_firms(1), "2026-07-10").name
    newer = file(tmp_path, with_firms(2), "2026-07-12").name
    return tmp_path, older, newer


def act(
    action: Any, name: Any, *instead_of: Any, edition: Any = Q2, start: Any = Q2, **changes: Any
) -> Any:
    content = {
        "action": action,
        "edition": edition,
        "file": name,
        "instead_of": instead_of,
        "by": "office",
        "on": dt.date(2026, 7, 20),
        "reason": "以签字件为准",
        "from_edition": start,
        **changes,
    }
    return Selection(**content)


def read_all(folder: Any, *acts: Any, upto: Any = Q2) -> Any:
    return read_submissions(folder, PLAN, dataset=DATASET, upto=upto, selections=acts)


def firms(submissions: Any) -> Any:
    return [
        value.value
        for submission in submissions.current
        for value in submission.values
        if value.indicator_id == "firms"
    ]


def state(submissions: Any) -> Any:
    table = SUBMISSIONS.frame(submissions.rows).set_index(["edition", "submitting_unit"])
    return table.loc[("2026-Q2", "office"), "state"]


def test_when_the_newest_is_withdrawn_the_one_before_counts_again(two: Any) -> None:
    folder, older, newer = two
    submissions = read_all(folder, act(WITHDRAW, newer))
    assert (firms(submissions), state(submissions)) == ([1], SubmissionState.ON_TIME)
    assert [s.file for s in submissions.withdrawn] == [newer]
    assert submissions.superseded == ()
    assert sorted(p.name for p in (folder / "2026-Q2").iterdir()) == sorted([older, newer])


def test_when_all_are_withdrawn_nothing_counts_and_the_state_says_so(two: Any) -> None:
    folder, older, newer = two
    submissions = read_all(folder, act(WITHDRAW, newer), act(WITHDRAW, older))
    assert (submissions.current, state(submissions)) == ((), SubmissionState.WITHDRAWN)


def test_an_earlier_one_may_be_chosen_and_what_comes_later_counts_as_ever(two: Any) -> None:
    folder, older, newer = two
    chosen = act(CHOOSE, older, newer)
    assert firms(read_all(folder, chosen)) == [1]
    file(folder, with_firms(3), "2026-07-25")
    assert firms(read_all(folder, chosen)) == [3]


def test_the_last_act_on_a_workbook_holds(two: Any) -> None:
    folder, older, newer = two
    acts = [act(CHOOSE, older, newer), act(CHOOSE, newer, older)]
    assert firms(read_all(folder, *acts)) == [2]
    assert firms(read_all(folder, *acts, act(WITHDRAW, newer))) == []
    acts += [act(WITHDRAW, newer), act(CHOOSE, newer)]
    assert firms(read_all(folder, *acts)) == [2]


def test_books_before_an_act_do_not_know_of_it(two: Any) -> None:
    folder, _, newer = two
    later = act(WITHDRAW, newer, start=Q3)
    assert firms(read_all(folder, later)) == [2]
    assert read_all(folder, later).findings == read_all(folder).findings == ()
    known = read_all(folder, later, upto=Q3)
    assert firms(known) == [1]
    (change,) = known.reselected
    assert (change.from_edition, change.before.file) == (Q3, newer)


def test_an_act_is_told_with_day_and_reason_but_without_telephones(two: Any) -> None:
    folder, older, newer = two
    (found,) = read_all(folder, act(CHOOSE, older, newer, reason="电询13812345678。")).findings
    assert (found.rule, found.edition, found.submitting_unit) == (
        "chosen-file",
        "2026-Q2",
        "office",
    )
    for part in (older, newer, "2026-07-20", "电询〔略〕）。"):
        assert part in found.message
    assert "138" not in found.message
    (found,) = read_all(folder, act(WITHDRAW, newer)).findings
    assert (found.rule, newer in found.message) == ("withdrawn-file", True)


def test_a_withdrawn_workbook_sent_again_is_known_and_said_not_to_count(two: Any) -> None:
    folder, older, newer = two
    wanted = Wanted(edition=Q2)
    data = workbook_bytes(with_firms(2))
    checked = check_workbook(data, PLAN, {"demo": DATASET}, file="x.xlsx", wanted=wanted)
    withdrawn = act(WITHDRAW, newer)
    done = receive(
        checked,
        folder,
        received=dt.date(2026, 7, 21),
        now=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
        aside=set_aside([withdrawn], Q3),
    )
    assert (done.outcome, done.file, done.counts) == (Outcome.KNOWN, newer, older)
    assert done.aside == withdrawn


def test_acts_are_added_to_the_file_one_after_another_and_comments_stay(
    two: Any, tmp_path: Path
) -> None:
    _, older, newer = two
    path = tmp_path / "selections.yaml"
    first = act(WITHDRAW, newer, reason='引号"、#、: 和\\都在')
    second = act(CHOOSE, newer, older)
    path.write_bytes(with_selection(path, first, PLAN))
    path.write_text(path.read_text(encoding="utf-8") + "# 我们的注\n", encoding="utf-8")
    path.write_bytes(with_selection(path, second, PLAN))
    assert read_selections(path, PLAN) == (first, second)
    assert "# 我们的注" in path.read_text(encoding="utf-8")


def test_an_empty_list_may_be_begun(tmp_path: Path) -> None:
    path = tmp_path / "selections.yaml"
    path.write_text("# 尚无记录\n[]\n", encoding="utf-8")
    name = "office-2026-07-10-0a1b2c3d.xlsx"
    path.write_bytes(with_selection(path, act(WITHDRAW, name), PLAN))
    assert [s.file for s in read_selections(path, PLAN)] == [name]


def test_a_file_to_which_nothing_can_be_added_is_said_and_left(tmp_path: Path) -> None:
    path = tmp_path / "selections.yaml"
    name = "office-2026-07-10-0a1b2c3d.xlsx"
    flow = (
        f"[{{action: withdraw, edition: 2026-Q2, file: {name}, by: office, on: 2026-07-20,"
        " reason: 一, from_edition: 2026-Q2}]\n"
    )
    path.write_text(flow, encoding="utf-8")
    assert len(read_selections(path, PLAN)) == 1
    with pytest.raises(ProblemsFound, match="不能在末尾追加"):
        with_selection(path, act(WITHDRAW, name), PLAN)
    assert path.read_text(encoding="utf-8") == flow


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "selections.yaml"
    path.write_text(
        "- action: withdraw\n  edition: 2026-Q2\n  file: 报表.xlsx\n  by: 张三\n"
        "  on: 2026-07-20\n  reason: 一\n  from_edition: 2026-Q2\n"
        "- action: withdraw\n  edition: 2026-Q2\n  file: office-2026-07-10-0a1b2c3d.xlsx\n"
        "  by: office\n  on: 2026-07-20\n  reason: 一\n  from_edition: 2026-Q1\n",
        encoding="utf-8",
    )
    with pytest.raises(ProblemsFound) as caught:
        read_selections(path, PLAN)
    said = [problem.what for problem in caught.value.problems]
    assert said == [
        "「张三」不是填报单位",
        "「报表.xlsx」不是归档的文件名",
        "from_edition 不能早于该文件的 edition",
    ]


def test_without_a_file_there_are_no_acts(tmp_path: Path) -> None:
    assert read_selections(tmp_path / "selections.yaml", PLAN) == ()
    file(tmp_path, with_firms(1, Q1), "2026-04-10")
    assert read_all(tmp_path).withdrawn == ()


def test_acts_recorded_at_the_same_time_are_all_kept(
    tmp_path: Path, two: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, older, newer = two
    workspace = Workspace(tmp_path, DATASET, Register(DATASET.current_edition))
    workspace.data.mkdir(parents=True)

    def slowly(
        path: Any, data: Any
    ) -> None:  # so that each would have read the record before another wrote it
        time.sleep(0.05)
        path.write_bytes(data)

    monkeypatch.setattr(reselection, "put", slowly)
    acts = [act(WITHDRAW, name, start=Q3) for name in (older, newer) for _ in range(3)]
    with ThreadPoolExecutor(len(acts)) as people:
        list(people.map(lambda one: reselection.record_act(workspace, one, PLAN), acts))
    kept = read_selections(workspace.selections, PLAN)
    assert sorted(one.file for one in kept) == sorted(one.file for one in acts)


def test_acts_that_cannot_be_moved_are_told_and_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "selections.yaml"
    name = "office-2026-07-10-12345678.xlsx"
    text = f"- {{action: withdraw, edition: 2026-Q2, file: {name}, by: office, on: 2026-07-11, "
    text += "reason: 错报, from_edition: 2026-Q2}\n"
    path.write_text(text, encoding="utf-8")
    assert moved_acts(path, PLAN, Q1, Q3) is None
    with pytest.raises(ProblemsFound, match="手工改为 2026-Q3"):
        moved_acts(path, PLAN, Q2, Q3)
    assert moved_acts(tmp_path / "none.yaml", PLAN, Q2, Q3) is None
