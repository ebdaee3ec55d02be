from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from planbook.collect.inbox.reporting import Duties
from planbook.collect.inbox.status_table import HEADINGS, cells_of, edition_status
from planbook.collect.inbox.submissions import read_submissions
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.vocabulary import SubmissionState
from tests.office import DATASET, PLAN, Q1, Q2, Q3, file, filled

DEADLINE = dt.date(2026, 10, 20)


def status(folder: Any, edition: Any = Q3, today: Any = DEADLINE) -> Any:
    submissions = read_submissions(folder, PLAN, dataset=DATASET, upto=edition, today=today)
    return edition_status(DATASET, submissions, edition, today)


def states(made: Any) -> Any:
    return {unit.submitting_unit: unit.state for unit in made.units}


def test_until_the_deadline_a_unit_is_awaited_and_then_it_is_missing(tmp_path: Path) -> None:
    after = DEADLINE + dt.timedelta(days=1)
    assert set(states(status(tmp_path)).values()) == {SubmissionState.AWAITED}
    assert set(states(status(tmp_path, today=after)).values()) == {SubmissionState.MISSING}


@pytest.mark.parametrize(("days", "said"), [(-3, "还有 3 天"), (0, "今天截止"), (2, "已过 2 天")])
def test_the_headline_says_how_much_time_is_left(tmp_path: Path, days: int, said: str) -> None:
    made = status(tmp_path, today=DEADLINE + dt.timedelta(days=days))
    assert made.headline == f"示例 · 2026年三季度报送情况（截止 2026年10月20日，{said}）"


def test_who_reported_in_time_late_or_not_is_counted_and_called(tmp_path: Path) -> None:
    file(tmp_path, filled(Q3), "2026-10-21")
    made = status(tmp_path, today=dt.date(2026, 10, 22))
    assert states(made) == {"office": SubmissionState.LATE, "bureau": SubmissionState.MISSING}
    assert made.counts == "共 2 个单位：迟报 1，未报 1"
    calls = dict(made.calls)
    assert calls["未报"] == "某局"
    assert calls["迟报"] == "某办公室（2026-10-21）"


def test_open_errors_are_listed_with_their_cells(tmp_path: Path) -> None:
    file(tmp_path, filled(Q3, {"firms": {"value": "1O4"}, "added": {"value": None}}))
    made = status(tmp_path)
    (office, _) = made.units
    assert (office.errors, office.reported, office.owed) == (1, 1, 3)
    assert dict(made.calls)["某办公室待更正 1 处"].startswith("「填报表」G5：「1O4」不是数字")
    assert office.warnings >= 1


def test_a_corrected_workbook_leaves_no_open_error_and_both_are_counted(tmp_path: Path) -> None:
    file(tmp_path, filled(Q3, {"firms": {"value": "1O4"}}), "2026-10-10")
    file(tmp_path, filled(Q3), "2026-10-12")
    office = status(tmp_path).units[0]
    assert (office.errors, office.received_on) == (0, "2026-10-12")
    assert dict(zip(HEADINGS, cells_of(office), strict=True))["份数"] == "2"


def test_other_editions_do_not_count(tmp_path: Path) -> None:
    file(tmp_path, filled(Q1), "2026-04-10")
    assert set(states(status(tmp_path, Q2, dt.date(2026, 7, 1))).values()) == {
        SubmissionState.AWAITED
    }


def test_a_stray_file_is_named(tmp_path: Path) -> None:
    file(tmp_path, filled(Q3))
    (tmp_path / "2026-Q3" / "报表_终稿.xlsx").write_bytes(b"")
    assert dict(status(tmp_path).calls)["文件夹中的其他文件"] == "报表_终稿.xlsx"


def test_the_markdown_has_a_headline_what_to_do_and_a_table(tmp_path: Path) -> None:
    file(tmp_path, filled(Q3, {"firms": {"value": "1O4"}}), "2026-10-10")
    text = status(tmp_path, today=dt.date(2026, 10, 22)).to_markdown()
    lines = text.splitlines()
    assert lines[0].startswith("**示例 · 2026年三季度")
    assert "- **未报**：某局" in lines
    table = [line for line in lines if line.startswith("|")]
    assert len(table) == 2 + 2
    assert len({line.count("|") for line in table}) == 1
    assert "| 某办公室 | 按时 | 2026-10-10 | 2/3 | 1 |" in text


def test_markup_in_what_departments_typed_stays_text(tmp_path: Path) -> None:
    nasty = "<b>|[x](javascript:1)`"
    file(tmp_path, filled(Q3, {"firms": {"value": nasty}}))
    text = status(tmp_path).to_markdown()
    assert nasty not in text
    assert "\\<b\\>\\|\\[x\\]" in text


MEASURES_LEFT = PLAN.model_copy(  # of the office nothing is asked but how its measures stand
    update={
        "chapters": tuple(
            chapter.model_copy(
                update={
                    "fields": tuple(
                        field.model_copy(update={"indicators": ()})
                        if field.id == "here"
                        else field.model_copy(update={"indicators": (), "measures": ()})
                        for field in chapter.fields
                    )
                }
            )
            for chapter in PLAN.chapters
        )
    }
)


def test_who_owes_no_values_is_not_told_of_none_of_none(tmp_path: Path) -> None:
    after = DEADLINE + dt.timedelta(days=1)
    plan = Plan.model_validate(MEASURES_LEFT.model_dump())
    submissions = read_submissions(tmp_path, plan, dataset=DATASET, upto=Q3, today=after)
    made = edition_status(DATASET, submissions, Q3, after)
    assert states(made) == {"office": "未报", "bureau": "本期无应报"}
    assert dict(made.calls) == {"未报": "某办公室（无应报数据，只报进展）"}
    assert [cells_of(unit)[HEADINGS.index("已报/应报")] for unit in made.units] == ["", ""]
    assert "0/0" not in made.to_markdown()


@pytest.mark.parametrize(("unit", "state"), [("bureau", "本期无应报"), ("office", "已撤回")])
def test_who_owes_nothing_is_not_asked_for_what_it_withdrew(unit: str, state: str) -> None:
    plan = Plan.model_validate(MEASURES_LEFT.model_dump())
    duties = Duties(plan, DATASET, DEADLINE, ())
    rows = {row.submitting_unit: row for row in duties.rows(Q3, {(Q3, unit): []}, {})}
    assert rows[unit].state == state


def test_a_correction_edition_awaits_nobody(tmp_path: Path) -> None:
    made = status(tmp_path, Edition.parse("2026-Q3.1"))
    assert made.units == ()
    assert made.counts == "没有单位报送更正"
