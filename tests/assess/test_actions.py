"""Where decided actions stand: carried until they are closed, overdue once their month is over."""

from __future__ import annotations

from typing import Any

from planbook.assess.actions import assess_actions
from planbook.facts import Facts
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Visibility
from planbook.watch_frames import ActionDecisionRow, ActionReplyRow, ActionRow, ActionStatus
from tests.office import PLAN, Q1, Q2, Q3

Q4 = Edition.parse("2026-Q4")


def decided(
    id: str = "a-1", since: Edition = Q1, due: str = "2026-06", closure: str = "", **changes: Any
) -> ActionDecisionRow:
    return ActionDecisionRow(
        **{
            "action_id": id,
            "goal_id": "firms",
            "measure_id": "",
            "alert_rule": None,
            "task": "查明原因",
            "submitting_unit": "office",
            "due_month": TimePeriod.parse(due),
            "decided_in": "调度会",
            "closure": closure,
            "visibility": Visibility.INTERNAL,
            "from_edition": since,
            **changes,
        }
    )


def reply(vintage: Edition, status: ActionStatus | None, said: str = "") -> ActionReplyRow:
    return ActionReplyRow(
        action_id="a-1",
        vintage=vintage,
        action_status=status,
        reply=said,
        submitting_unit="office",
        source_file="office.xlsx",
        source_sheet="督办事项",
        source_cell="F4",
    )


def states(edition: Edition, *rows: ActionDecisionRow, replies: Any = ()) -> tuple[ActionRow, ...]:
    facts = Facts(action_decisions=rows, action_replies=tuple(replies))
    return assess_actions(PLAN, facts, edition, demonstration=True)


def test_an_action_is_unknown_before_it_was_decided() -> None:
    assert states(Q1, decided(since=Q2)) == ()


def test_an_action_is_carried_until_it_is_closed_and_shown_once_more() -> None:
    rows = (decided(), decided(since=Q3, closure="办结"))
    found = {edition: states(edition, *rows) for edition in (Q1, Q2, Q3, Q4)}
    assert [len(shown) for shown in found.values()] == [1, 1, 1, 0]
    assert [found[e][0].closed_in for e in (Q1, Q2, Q3)] == [None, None, Q3]
    assert found[Q3][0].closure == "办结"


def test_a_correction_shows_what_was_closed_in_the_edition_it_corrects() -> None:
    rows = (decided(), decided(since=Q2, closure="办结"))
    (shown,) = states(Edition.parse("2026-Q2.1"), *rows)
    assert shown.closed_in == Q2


def test_an_action_is_overdue_from_the_edition_with_which_its_month_ends() -> None:
    assert [states(e, decided(due="2026-06"))[0].overdue for e in (Q1, Q2, Q3)] == [
        False,
        True,
        True,
    ]


def test_a_closed_action_is_not_overdue() -> None:
    (shown,) = states(Q3, decided(), decided(since=Q3, closure="办结"))
    assert not shown.overdue


def test_a_new_due_month_holds_from_its_edition_on_and_the_first_is_kept() -> None:
    rows = (decided(), decided(since=Q2, due="2026-12", decided_in="二次会议"))
    (before,), (after,) = states(Q1, *rows), states(Q2, *rows)
    assert (str(before.due_month), before.decided_in) == ("2026-06", "调度会")
    assert (str(after.due_month), str(after.first_due_month)) == ("2026-12", "2026-06")
    assert (after.opened, after.decided_in, after.overdue) == (Q1, "二次会议", False)


def test_the_order_of_the_file_makes_no_difference() -> None:
    rows = (decided(), decided(since=Q2, due="2026-12"))
    assert states(Q2, *rows) == states(Q2, *reversed(rows))


def test_the_last_reply_stands_until_the_next_one_and_closes_nothing() -> None:
    said = [reply(Q2, ActionStatus.UNDER_WAY, "在查"), reply(Q4, ActionStatus.DONE, "已查明")]
    (first,), (second,), (third,), (fourth,) = (
        states(e, decided(), replies=said) for e in (Q1, Q2, Q3, Q4)
    )
    assert (first.action_status, first.reply, first.replied_in) == (None, "", None)
    assert second.action_status is third.action_status is ActionStatus.UNDER_WAY
    assert (third.reply, third.replied_in) == ("在查", Q2)
    assert (fourth.action_status, fourth.closed_in, fourth.overdue) == (
        ActionStatus.DONE,
        None,
        True,
    )


def test_overdue_actions_come_first_and_closed_ones_last() -> None:
    rows = (
        decided("a-1", closure=""),
        decided("a-1", since=Q2, closure="办结"),
        decided("a-2", due="2026-12"),
        decided("a-3", due="2026-05"),
        decided("a-4", due="2026-04", submitting_unit="bureau"),
        decided("a-5", due="2026-04"),
    )
    assert [row.action_id for row in states(Q2, *rows)] == ["a-5", "a-4", "a-3", "a-2", "a-1"]


def test_an_action_is_public_from_the_first_row_since_which_all_are() -> None:
    kinds = (Visibility.PUBLIC, Visibility.INTERNAL, Visibility.PUBLIC, Visibility.PUBLIC)
    rows = [decided(since=e, visibility=v) for e, v in zip((Q1, Q2, Q3, Q4), kinds, strict=True)]
    found = [states(edition, *rows)[0].public_since for edition in (Q1, Q2, Q3, Q4)]
    assert found == [Q1, None, Q3, Q3]
