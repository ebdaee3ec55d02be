"""Where yearly tasks stand: overdue by their month, done by the report, gone with their year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from planbook.assess.yearly_tasks import assess_tasks
from planbook.facts import Facts
from planbook.periods import Edition, TimePeriod
from planbook.task_frames import TaskDecisionRow, TaskReportRow, TaskRow, TaskState
from planbook.vocabulary import MeasureStatus, Visibility
from tests.office import PLAN, Q1, Q2, Q3

Q4, NEXT = Edition.parse("2026-Q4"), Edition.parse("2027-Q1")


def agreed(
    id: str = "t-1",
    since: Edition = Q1,
    due: str = "2026-06",
    dropped: str = "",
    unit: str = "office",
    **changes: Any,
) -> TaskDecisionRow:
    return TaskDecisionRow(
        **{
            "task_id": id,
            "goal_id": "",
            "measure_id": "build",
            "task": "建成一期",
            "deliverable": "验收文件",
            "submitting_unit": unit,
            "due_month": TimePeriod.parse(due),
            "decided_in": "任务分解会",
            "dropped": dropped,
            "visibility": Visibility.INTERNAL,
            "from_edition": since,
            **changes,
        }
    )


def report(
    vintage: Edition, status: MeasureStatus | None, said: str = "", asked: str = ""
) -> TaskReportRow:
    return TaskReportRow(
        task_id="t-1",
        vintage=vintage,
        task_status=status,
        progress=said,
        asked_month=TimePeriod.parse(asked) if asked else None,
        submitting_unit="office",
        source_file="office.xlsx",
        source_sheet="年度任务",
        source_cell="G4",
    )


def states(
    edition: Edition, *rows: TaskDecisionRow, reports: Iterable[TaskReportRow] = ()
) -> tuple[TaskRow, ...]:
    facts = Facts(task_decisions=rows, task_reports=tuple(reports))
    return assess_tasks(PLAN, facts, edition, demonstration=True)


DONE = report(Q2, MeasureStatus.DONE, "已验收")


def test_a_task_is_unknown_before_it_was_agreed() -> None:
    assert states(Q1, agreed(since=Q2)) == ()


@pytest.mark.parametrize(
    ("due", "state"),
    [
        ("2026-06", TaskState.OVERDUE),
        ("2026-07", TaskState.NEAR),
        ("2026-09", TaskState.NEAR),
        ("2026-10", TaskState.AHEAD),
    ],
)
def test_a_task_is_overdue_once_its_month_is_over_and_near_in_the_edition_before(
    due: str, state: TaskState
) -> None:
    (row,) = states(Q2, agreed(due=due))
    assert row.task_state is state
    (done,) = states(Q2, agreed(due=due), reports=[DONE])
    assert (done.task_state, done.done_in) == (TaskState.DONE, Q2)


def test_each_edition_knows_a_task_as_it_stood_then() -> None:
    reports = [report(Q1, MeasureStatus.BLOCKED, "等批复"), DONE]
    moved = (agreed(), agreed(since=Q3, due="2026-11"))
    (first,) = states(Q1, *moved, reports=reports)
    assert (first.task_status, first.progress, first.due_month) == (
        MeasureStatus.BLOCKED,
        "等批复",
        TimePeriod(2026, 6),
    )
    (third,) = states(Q3, *moved, reports=reports)
    assert (third.due_month, third.first_due_month) == (TimePeriod(2026, 11), TimePeriod(2026, 6))
    assert (third.task_state, third.reported_in) == (TaskState.DONE, Q2)


def test_what_is_done_goes_with_its_year_and_what_is_open_goes_on() -> None:
    assert [row.task_state for row in states(NEXT, agreed())] == [TaskState.OVERDUE]
    assert len(states(Q4, agreed(), reports=[DONE])) == 1
    assert states(NEXT, agreed(), reports=[DONE]) == ()
    late = report(NEXT, MeasureStatus.DONE, "补做完成")
    assert len(states(NEXT, agreed(), reports=[late])) == 1


def test_a_task_taken_back_from_done_is_open_again() -> None:
    (row,) = states(Q3, agreed(), reports=[DONE, report(Q3, MeasureStatus.UNDER_WAY)])
    assert (row.task_state, row.done_in) == (TaskState.OVERDUE, None)
    again = [DONE, report(Q3, MeasureStatus.UNDER_WAY), report(Q4, MeasureStatus.DONE)]
    assert states(Q4, agreed(), reports=again)[0].done_in == Q4


def test_a_dropped_task_is_shown_once_more_and_in_the_correction_of_that_edition() -> None:
    rows = (agreed(), agreed(since=Q2, dropped="并入另一项"))
    (row,) = states(Q2, *rows)
    assert (row.task_state, row.dropped_in) == (TaskState.DROPPED, Q2)
    assert len(states(Edition.parse("2026-Q2.1"), *rows)) == 1
    assert states(Q3, *rows) == ()


def test_what_a_unit_asks_for_stands_until_something_is_decided() -> None:
    asked = report(Q2, MeasureStatus.UNDER_WAY, asked="2026-11")
    (row,) = states(Q3, agreed(), reports=[asked])
    assert row.asked_month == TimePeriod(2026, 11)
    (decided,) = states(Q3, agreed(), agreed(since=Q3, due="2026-10"), reports=[asked])
    assert decided.asked_month is None


def test_tasks_stand_by_unit_then_by_month_whatever_order_they_came_in() -> None:
    rows = (
        agreed("t-3", unit="bureau"),
        agreed("t-2", due="2026-12"),
        agreed("t-1", due="2026-03"),
    )
    expected = ["t-1", "t-2", "t-3"]
    assert [row.task_id for row in states(Q3, *rows)] == expected
    assert [row.task_id for row in states(Q3, *reversed(rows))] == expected
