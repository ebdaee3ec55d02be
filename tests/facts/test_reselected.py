"""A workbook withdrawn after its book was issued: that book stays, the next one knows better."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.decided.selections import Selection
from planbook.collect.form.form import ProjectLine
from planbook.collect.inbox.received import Reselected, Submissions
from planbook.collect.inbox.submissions import read_submissions
from planbook.facts import as_of, build_facts
from planbook.vocabulary import SelectionAction
from tests.office import DATASET, PLAN, Q1, Q2, Q3, RevisionLine, file, filled, read


def firms(edition: Any, value: Any, **more: Any) -> Any:
    return filled(edition, {"firms": {"value": value}}, **more)


def facts(folder: Any, *acts: Any, upto: Any = Q3) -> Any:
    submissions = read_submissions(folder, PLAN, dataset=DATASET, upto=upto, selections=acts)
    return build_facts(PLAN, submissions)


def held(found: Any, edition: Any, period: str = "2026-06", indicator: str = "firms") -> Any:
    rows = (row for row in as_of(found.observations, edition) if row.indicator_id == indicator)
    return [row.obs_value for row in rows if str(row.time_period) == period]


def act(action: Any, name: Any, *instead_of: Any, start: Any = Q3) -> Any:
    return Selection(
        action=action,
        edition=Q2,
        file=name,
        instead_of=instead_of,
        by="office",
        on=dt.date(2026, 10, 1),
        reason="错报",
        from_edition=start,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Any:
    file(tmp_path, firms(Q1, 50), "2026-04-10")
    return tmp_path


def test_the_issued_book_keeps_the_withdrawn_value_and_the_next_one_lacks_it(folder: Any) -> None:
    name = file(folder, firms(Q2, 60), "2026-07-10").name
    found = facts(folder, act(SelectionAction.WITHDRAW, name))
    assert (held(found, Q2), held(found, Q3)) == ([60], [None])
    assert (
        facts(folder, act(SelectionAction.WITHDRAW, name), upto=Q2).observations
        == facts(folder, upto=Q2).observations
    )
    (changed,) = (row for row in found.revisions if row.indicator_id == "firms")
    assert (changed.old_value, changed.declared, changed.reason) == (60, True, "错报")


def test_the_one_chosen_instead_holds_from_the_act_on(folder: Any) -> None:
    older = file(folder, firms(Q2, 61), "2026-07-10").name
    newer = file(folder, firms(Q2, 60), "2026-07-12").name
    found = facts(folder, act(SelectionAction.CHOOSE, older, newer))
    assert (held(found, Q2), held(found, Q3)) == ([60], [61])


def test_what_a_withdrawn_workbook_revised_is_as_it_was_before(folder: Any) -> None:
    revision = RevisionLine("企业数量", "2026年3月末", 50, 55, "核实")
    name = file(folder, firms(Q2, 60, revisions=(revision,)), "2026-07-10").name
    found = facts(folder, act(SelectionAction.WITHDRAW, name))
    assert (held(found, Q2, "2026-03"), held(found, Q3, "2026-03")) == ([55], [50])


def test_a_later_report_of_the_same_value_stands(folder: Any) -> None:
    name = file(folder, firms(Q2, 60), "2026-07-10").name
    revision = RevisionLine("企业数量", "2026年6月末", 60, 66, "核实")
    file(folder, firms(Q3, 70, revisions=(revision,)), "2026-10-10")
    found = facts(folder, act(SelectionAction.WITHDRAW, name))
    assert (held(found, Q2), held(found, Q3)) == ([60], [66])


def test_a_status_that_is_taken_back_was_never_reported(folder: Any) -> None:
    done = {"build": {"status": "已完成", "completed_on": "2026-05"}}
    name = file(folder, filled(Q2, statuses=done), "2026-07-10").name

    def statuses(found: Any) -> Any:
        return [row.status for row in found.status_reports if row.measure_id == "build"]

    assert statuses(facts(folder)) == ["推进中", "已完成"]
    assert statuses(facts(folder, act(SelectionAction.WITHDRAW, name))) == ["推进中"]


def test_an_act_of_the_workbooks_own_edition_leaves_no_vintage(folder: Any) -> None:
    name = file(folder, firms(Q2, 60), "2026-07-10").name
    found = facts(folder, act(SelectionAction.WITHDRAW, name, start=Q2))
    assert held(found, Q2) == held(found, Q3) == []


def with_project(edition: Any, stage: str, **statuses: Any) -> Any:
    line = ProjectLine(project="一期", about="举措：建设平台", stage=stage)
    return replace(filled(edition, **statuses), new_projects=(line,))


def test_a_project_that_is_taken_back_was_never_reported(folder: Any) -> None:
    name = file(folder, with_project(Q2, "前期"), "2026-07-10").name
    assert [row.stage.label for row in facts(folder).project_reports] == ["前期"]
    assert facts(folder, act(SelectionAction.WITHDRAW, name)).project_reports == ()


def test_what_came_late_does_not_hide_what_the_unit_said_of_the_later_edition() -> None:
    blocked = {"build": {"status": "受阻", "progress": "等批复"}}
    late = read(with_project(Q2, "前期", statuses=blocked))
    (project,) = late.projects
    own = replace(read(filled(Q3)), projects=(replace(project, is_new=True),))
    own = replace(own, projects=(replace(own.projects[0], problem="用地未落实"),))
    change = Reselected(Q2, "office", Q3, None, late, "迟报", late=True)
    found = build_facts(PLAN, Submissions(Q3, (late, own), (), (), (), reselected=(change,)))
    newest = {row.measure_id: row.status for row in as_of(found.status_reports, Q3)}
    assert newest["build"] == "推进中"
    (row,) = as_of(found.project_reports, Q3)
    assert row.problem == "用地未落实"
