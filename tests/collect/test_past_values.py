"""Values of the past beside workbooks: what they are held against, and who may change whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.compare.earlier_reports import History
from planbook.collect.compare.whole_workbook import compare
from planbook.collect.decided.past_values import PastValue, read_past_values
from planbook.collect.inbox.submissions import read_submissions
from planbook.errors import Problem, ProblemsFound
from planbook.facts import as_of, build_facts
from planbook.periods import TimePeriod
from planbook.vocabulary import Origin, SelectionAction, SubmissionState
from tests.collect.test_size_checks import NO_GROWTH
from tests.facts.test_reselected import act, held
from tests.office import DATASET, PLAN, Q1, Q2, Q3, RevisionLine, file, filled, read

HEADING = "indicator_id,time_period,scope,obs_value,source,from_edition"


def written(folder: Path, *rows: str) -> Path:
    path = folder / "history.csv"
    path.write_text("\n".join([HEADING, *rows, ""]), encoding="utf-8")
    return path


def problems(folder: Path, *rows: str, submissions: Sequence[Any] = ()) -> Sequence[Problem]:
    with pytest.raises(ProblemsFound) as found:
        read_past_values(written(folder, *rows), PLAN, submissions)
    return found.value.problems


def past(id: str, period: str, value: float, **keys: Any) -> PastValue:
    given = {"scope": PLAN.indicator(id).scope, "source": "年鉴", "from_edition": Q1, **keys}
    return PastValue(
        indicator_id=id, time_period=TimePeriod.parse(period), obs_value=value, **given
    )


def test_a_period_may_be_a_month_a_year_or_a_quarter(tmp_path: Path) -> None:
    rows = ("revenue,2024,,500,年鉴,2026-Q1", "revenue,2024-Q2,,240,年鉴,2026-Q1")
    found = read_past_values(written(tmp_path, *rows), PLAN)
    assert [str(row.time_period) for row in found] == ["2024-12", "2024-06"]
    assert {row.scope for row in found} == {"未注明"}


def test_an_unknown_indicator_is_told_once_and_its_name_leads_to_its_id(tmp_path: Path) -> None:
    name = PLAN.indicator("revenue").name
    rows = (f"{name},2024,,500,年鉴,2026-Q1", "xyz,2024,,500,年鉴,2026-Q1")
    by_name, unknown = problems(tmp_path, *rows)
    assert by_name.fix == "是否应为「revenue」？"
    assert "第 3 行「indicator_id」列" in unknown.where


def test_one_that_is_ten_times_its_neighbours_is_told_and_they_are_not(tmp_path: Path) -> None:
    values = {2019: 300, 2020: 330, 2021: 3600, 2022: 390, 2023: 420, 2024: 450}
    rows = [f"revenue,{year},,{value},年鉴,2026-Q1" for year, value in values.items()]
    (problem,) = problems(tmp_path, *rows)
    assert "第 4 行「obs_value」列" in problem.where
    assert "360" in problem.what
    assert "confirmed" in problem.fix


def test_a_neighbour_is_named_as_it_stands_in_the_file(tmp_path: Path) -> None:
    values = {"2021": 330, "2022": 365, "2022-06": 17, "2023": 420}
    (problem,) = problems(
        tmp_path, *(f"revenue,{period},,{value},年鉴,2026-Q1" for period, value in values.items())
    )
    assert "第 4 行" in problem.where
    assert "相邻的值，2021年（330亿元，按月份折算为165亿元）" in problem.what
    whole = {"2021": 330, "2022": 3650, "2023": 420}
    (problem,) = problems(
        tmp_path, *(f"revenue,{period},,{value},年鉴,2026-Q1" for period, value in whole.items())
    )
    assert "折算" not in problem.what


def test_the_same_value_twice_is_told_whether_its_area_is_written_or_not(tmp_path: Path) -> None:
    rows = ("firms,2024-12,,61,年鉴,2026-Q1", "firms,2024-12,直管区,62,年鉴,2026-Q1")
    (problem,) = problems(tmp_path, *rows)
    assert "重复" in problem.what


def test_who_reported_a_value_says_alone_how_it_changes(tmp_path: Path) -> None:
    sent = [read(filled(Q2, {"firms": {"value": 88}}))]
    row = "firms,2026-06,直管区,{},年鉴,2026-Q3"
    (problem,) = problems(tmp_path, row.format(90), submissions=sent)
    assert "2026-Q2 的填报表所报为 88" in problem.what
    assert "corrections.yaml" in problem.fix
    (same,) = read_past_values(written(tmp_path, row.format(88)), PLAN, sent)
    assert same.obs_value == 88
    (first,) = read_past_values(
        written(tmp_path, "firms,2026-03,直管区,80,年鉴,2026-Q1"), PLAN, sent
    )
    assert first.from_edition == Q1


def test_a_workbook_is_held_against_what_is_known_from_its_edition_on() -> None:
    def said(value: float, *known: PastValue) -> list[str]:
        form = filled(Q2, {"revenue": {**NO_GROWTH, "value": value}})
        held = History.before(Q2, PLAN, [], past=known)
        found = compare(read(form), held).findings
        return [finding.rule for finding in found if finding.indicator_id == "revenue"]

    known = [past("revenue", f"{year}-06", value) for year, value in ((2023, 22), (2024, 24))]
    assert said(25, *known) == []
    assert "scale" in said(260, *known)
    later = [past("revenue", "2025-06", 24, from_edition=Q3)]
    assert said(260, *later) == said(260)


def test_a_workbook_that_says_otherwise_in_the_same_edition_counts_and_is_asked() -> None:
    form = filled(Q2, {"firms": {"value": 88}})
    held = History.before(Q2, PLAN, [], past=[past("firms", "2026-06", 90, from_edition=Q2)])
    found = compare(read(form), held).findings
    assert "undeclared-change" in [finding.rule for finding in found]


def test_a_department_may_revise_a_value_of_the_past(tmp_path: Path) -> None:
    line = RevisionLine("企业数量", "2025年12月末", 61, 63, "年报核定")
    form = filled(Q2, {"firms": {"value": 64}}, revisions=(line,))
    known = [past("firms", "2025-12", 61)]
    found = compare(read(form), History.before(Q2, PLAN, [], past=known))
    assert [finding.rule for finding in found.findings if finding.sheet == "修订"] == []
    file(tmp_path, form, "2026-07-10")
    submissions = read_submissions(tmp_path, PLAN, dataset=DATASET, upto=Q2, past=known)
    facts = build_facts(PLAN, submissions, past_values=known)
    (revision,) = facts.revisions
    assert (revision.old_value, revision.new_value, revision.declared) == (61, 63, True)


def test_a_blank_cell_withdraws_no_value_of_the_past(tmp_path: Path) -> None:
    known = [past("firms", "2026-06", 90, from_edition=Q2)]
    file(tmp_path, filled(Q2, {"firms": {"value": None}}), "2026-07-10")
    submissions = read_submissions(tmp_path, PLAN, dataset=DATASET, upto=Q2, past=known)
    facts = build_facts(PLAN, submissions, past_values=known)
    (row,) = (row for row in as_of(facts.observations, Q2) if row.indicator_id == "firms")
    assert (row.obs_value, row.origin) == (90, Origin.HISTORY)


def test_where_a_workbook_is_withdrawn_the_value_of_the_past_holds_again(tmp_path: Path) -> None:
    known = [past("firms", "2026-06", 90, from_edition=Q2)]
    name = file(tmp_path, filled(Q2, {"firms": {"value": 88}}), "2026-07-10").name
    given: dict[str, Any] = {"dataset": DATASET, "upto": Q3, "past": known}
    acts = [act(SelectionAction.WITHDRAW, name)]
    submissions = read_submissions(tmp_path, PLAN, selections=acts, **given)
    facts = build_facts(PLAN, submissions, past_values=known)
    assert (held(facts, Q2), held(facts, Q3)) == ([88], [90])


def test_no_unit_is_missed_where_all_it_owes_is_known(tmp_path: Path) -> None:
    def states(*known: PastValue) -> dict[str, tuple[str, int]]:
        found = read_submissions(tmp_path, PLAN, dataset=DATASET, upto=Q1, past=known)
        return {row.submitting_unit: (row.state, row.owed) for row in found.rows}

    assert states()["bureau"] == (SubmissionState.MISSING, 1)
    known = past("other", "2026-03", 50)
    assert states(known)["bureau"] == (SubmissionState.NOTHING_OWED, 0)
    assert states(past("other", "2026-03", 50, from_edition=Q2))["bureau"][1] == 1
