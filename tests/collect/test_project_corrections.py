"""Corrections of projects' amounts: what may be declared, and what is doubted of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.project_corrections import doubtful_amounts
from planbook.collect.decided.corrections import read_corrections
from planbook.collect.decided.declared_correction import Correction
from planbook.collect.form.form import ProjectLine
from planbook.collect.read.submission import Submission
from planbook.errors import ProblemsFound
from planbook.facts import as_of, build_facts
from planbook.facts.observations import Facts
from planbook.periods import Edition
from planbook.project_frames import ProjectReportRow
from tests.facts.test_observations import gathered
from tests.office import PLAN, Q1, Q2, Q3, filled, read

Q4 = Edition.parse("2026-Q4")
WRONG: dict[str, Any] = {
    "project": "一期",
    "about": "举措：建设平台",
    "stage": "前期",
    "total_investment": 350.0,
    "year_investment": 1.0,
    "invested": 0.5,
}


def new(edition: Edition, **said: Any) -> Any:
    return replace(filled(edition), new_projects=(ProjectLine(**{**WRONG, **said}),))


FIRST = read(new(Q1))
ID = FIRST.projects[0].project_id


def again(edition: Edition, **said: Any) -> Any:
    """Return the form of a later edition with the project's row."""
    line = {key: value for key, value in WRONG.items() if not isinstance(value, float)}
    return replace(filled(edition), projects=(ProjectLine(**{"project_id": ID, **line, **said}),))


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "id": "c-1",
        "action": "override",
        "project_id": ID,
        "amount": "total_investment",
        "edition": "2026-Q1",
        "expect": 350,
        "value": 3.5,
        "reason": "误以百万元填报",
        "decided_by": "office",
        "from_edition": "2026-Q1",
        **changes,
    }


def correction(**changes: Any) -> Correction:
    told = {key: value for key, value in entry(**changes).items() if value is not None}
    return Correction.model_validate(told)


def problems(folder: Any, **changes: Any) -> str:
    path = folder / "corrections.yaml"
    lines = [f"{key}: {value}" for key, value in entry(**changes).items() if value is not None]
    path.write_text("\n".join([f"- {lines[0]}", *(f"  {each}" for each in lines[1:])]), "utf-8")
    try:
        read_corrections(path, PLAN)
    except ProblemsFound as found:
        return str(found)
    return ""


def facts(*forms: Any, upto: Edition = Q3, **changes: Any) -> Facts:
    return build_facts(PLAN, gathered(*forms, upto=upto), corrections=[correction(**changes)])


def amounts(found: Facts, edition: Edition, key: str = "total_investment") -> float | None:
    (row,) = as_of(found.project_reports, edition)
    assert isinstance(row, ProjectReportRow)
    value: float | None = getattr(row, key)
    return value


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, ""),
        ({"expect": "未报"}, ""),
        ({"action": "drop", "value": None}, ""),
        ({"action": "flag", "value": None}, "举措和重点项目的更正只有 override 和 drop"),
        ({"amount": None}, "更正重点项目须写 amount"),
        ({"amount": "stage"}, "stage"),
        ({"time_period": "2026-03"}, "不写 time_period 和 scope"),
        ({"indicator_id": "firms"}, "应写且只写一个"),
        ({"expect": "拒收"}, "「拒收」不可用"),
        ({"value": "三亿"}, "「三亿」不可用"),
        ({"value": -3}, "投资额不能为负"),
        ({"decided_by": "张三"}, "不是填报单位"),
    ],
)
def test_what_a_correction_of_a_project_may_say(tmp_path: Any, changes: Any, told: str) -> None:
    said = problems(tmp_path, **changes)
    assert told in said
    assert bool(said) == bool(told)


def test_an_amount_is_put_right_from_its_edition_on_and_no_earlier() -> None:
    found = facts(new(Q1), again(Q2), upto=Q3, from_edition="2026-Q2")
    assert [amounts(found, edition) for edition in (Q1, Q2, Q3)] == [350.0, 3.5, 3.5]
    assert amounts(found, Q3, "invested") == 0.5
    alone = facts(new(Q1), upto=Q3, from_edition="2026-Q3")
    assert [amounts(alone, edition) for edition in (Q1, Q2, Q3)] == [350.0, 350.0, 3.5]


def test_a_later_report_that_repeats_it_is_put_right_another_stands() -> None:
    repeated = facts(new(Q1), again(Q3, total_investment=350.0, confirmed="350亿元"))
    assert amounts(repeated, Q3) == 3.5
    other = facts(new(Q1), again(Q3, total_investment=300.0))
    assert amounts(other, Q3) == 300.0


def test_a_dropped_amount_is_the_one_before_it_or_none() -> None:
    none = facts(new(Q1), action="drop", value=None)
    assert amounts(none, Q1) is None
    raised = again(Q2, total_investment=400.0)
    back = facts(
        new(Q1),
        raised,
        action="drop",
        value=None,
        edition="2026-Q2",
        expect=400,
        from_edition="2026-Q2",
    )
    assert [amounts(back, edition) for edition in (Q1, Q2)] == [350.0, 350.0]


def test_a_correction_that_finds_something_else_is_refused() -> None:
    with pytest.raises(ProblemsFound, match="收到的是「350」，不是 expect 所写的「35」"):
        facts(new(Q1), expect=35)
    with pytest.raises(ProblemsFound, match="没有收到"):
        facts(new(Q2))
    with pytest.raises(ProblemsFound, match="2026-Q2 已有新的填报"):
        facts(new(Q1), again(Q2, total_investment=3.5), from_edition="2026-Q2")


def doubts(*submissions: Submission, **changes: Any) -> list[str]:
    found = doubtful_amounts([correction(**changes)], PLAN, submissions)
    return [problem.what for problem in found]


def test_an_amount_put_in_is_doubted_as_a_reported_one_would_be() -> None:
    assert doubts(FIRST) == []
    assert doubts(FIRST, value=1500) == ["总投资 1500 亿元，单个项目通常不到 1000 亿元"]
    assert doubts(FIRST, value=1500, confirmed="1500亿元，已与立项批复核对") == []
    assert doubts(FIRST, value=0.4) == ["总投资 0.4 亿元：本年计划投资多于总投资"]
    second = read(again(Q2, total_investment=360.0))
    far = doubts(FIRST, second, edition="2026-Q2", from_edition="2026-Q2", value=3.6)
    assert far == ["总投资 3.6 亿元，与上次的 350 相差 10 倍以上"]
    less = {"amount": "invested", "edition": "2026-Q2", "from_edition": "2026-Q2", "value": 0.1}
    assert doubts(FIRST, second, **less) == ["累计完成投资 0.1 亿元，少于上次的 0.5"]


def test_the_next_workbook_is_held_against_what_was_put_right() -> None:
    history = History(PLAN, (correction(),))
    history.take(FIRST)
    history.correct(Q2)
    assert history.projects.of_id[ID].told.total_investment == 3.5
    other = History(PLAN, (correction(expect=35),))
    other.take(FIRST)
    other.correct(Q2)
    assert other.projects.of_id[ID].told.total_investment == 350.0
