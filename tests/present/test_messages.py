from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from syrupy.assertion import SnapshotAssertion

from planbook.frames import MEASURES, SUBMISSIONS
from planbook.outlook_frames import OutlookMethod, OutlookRow
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.messages import messages_of
from planbook.present.views import GoalView
from planbook.watch_frames import ACTIONS, ALERTS, CHANGE_REASONS
from tests.present.conftest import EDITION, empty_row
from tests.present.watch_rows import action_row, alert_row

MakeBook = Callable[..., OpenBook]
MakeView = Callable[..., GoalView]
COUNTS = ("superseded", "owed", "reported", "errors", "warnings")
Said = Callable[..., list[str]]


@pytest.fixture
def said(make_book: MakeBook) -> Said:
    """Return the messages of some goals in a book that knows of nothing else but these frames."""

    def messages(views: list[GoalView], **frames: Any) -> list[str]:
        book = make_book(**{"measures": MEASURES.frame([]), **frames})
        return [str(message) for message in messages_of(views, book)]

    return messages


def test_all_met(said: Said, make_view: MakeView, approved: SnapshotAssertion) -> None:
    views = [
        make_view("green-loans", rating="已达成"),
        make_view("testing-revenue", rating="达成待稳"),
    ]
    assert said(views) == approved


def test_none_assessable(said: Said, make_view: MakeView, approved: SnapshotAssertion) -> None:
    views = [make_view("green-loans"), make_view("testing-revenue", reason="本期未报")]
    assert said(views) == approved


def test_one_of_one(said: Said, make_view: MakeView, approved: SnapshotAssertion) -> None:
    assert said([make_view("green-loans", rating="滞后")]) == approved


def test_what_cannot_be_judged_stays_in_the_denominator(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [make_view("green-loans", rating="达序时"), make_view("testing-revenue")]
    assert said(views)[0] == approved


def test_after_the_due_date_goals_are_met_or_missed(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [
        make_view("green-loans", rating="已达成"),
        make_view("testing-revenue", rating="未达成"),
    ]
    assert said(views) == approved


def test_when_nothing_does_well_no_share_is_printed(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [make_view(id, rating="滞后", pace=0.8) for id in ("green-loans", "testing-revenue")]
    assert said(views)[0] == approved


def test_a_book_has_two_to_six_messages(judged_book: OpenBook) -> None:
    assert 2 <= len(judged_book.messages()) <= 6


def test_the_worst_are_named_first(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [
        make_view("green-loans", rating="严重滞后", pace=0.1),
        make_view("testing-revenue", rating="逆转", pace=-0.1),
    ]
    assert said(views)[1] == approved


def test_a_rating_lost_for_want_of_data_is_no_change_for_the_worse(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    up = make_view("green-loans", rating="达序时", previous_rating="滞后")
    down = make_view("testing-revenue", rating="滞后", previous_rating="已达成")
    lost = make_view("guoyuan-trade-sales", previous_rating="达序时")
    assert said([up, down, lost])[2] == approved


def test_no_change_is_said(said: Said, make_view: MakeView, approved: SnapshotAssertion) -> None:
    views = [
        make_view("green-loans", rating="达序时", previous_rating="达序时"),
        make_view("testing-revenue", rating="滞后", previous_rating="滞后", pace=0.9),
    ]
    assert said(views)[2] == approved


def test_the_first_edition_does_not_compare_itself(said: Said, make_view: MakeView) -> None:
    views = [make_view("green-loans", rating="达序时"), make_view("testing-revenue")]
    assert not any("上期" in message for message in said(views))


def states(*found: str) -> pd.DataFrame:
    """Return a quarter's submissions, a unit a state."""
    row = dict.fromkeys(SUBMISSIONS.columns, "") | dict.fromkeys(COUNTS, 0)
    named = enumerate(found)
    return SUBMISSIONS.frame(
        {**row, "edition": "2026-Q3", "submitting_unit": f"u{n}", "state": state}
        for n, state in named
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (("按时", "未报", "本期无应报"), "本期应报2家填报单位：按时1家、未报1家。"),
        (("待报", "待报"), "本期应报的2家填报单位均待报，截止日期未到。"),
        (("未报", "未报"), "本期应报的2家填报单位均未报送。"),
        (("待报", "按时", "已退回"), "本期应报3家填报单位：按时1家、待报1家、已退回1家。"),
        (("已撤回", "拒收"), "本期应报2家填报单位：已撤回1家、拒收1家。"),
    ],
)
def test_it_is_said_how_many_units_reported(
    said: Said, make_view: MakeView, found: tuple[str, ...], words: str
) -> None:
    views = [make_view("green-loans", rating="达序时"), make_view("testing-revenue")]
    assert said(views, submissions=states(*found))[-1] == words


def test_ratings_that_an_estimate_leaves_open_are_counted_as_such(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [
        make_view("green-loans", rating="达序时"),
        make_view("testing-revenue", rating="滞后", rating_provisional=True),
    ]
    assert said(views)[0] == approved


def test_it_is_said_how_many_goals_are_likely_to_be_met(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    likely, unlikely, open_one = (
        replace(
            make_view(goal, rating="达序时"),
            outlook=OutlookRow(
                goal_id=goal, edition=EDITION, p_method=OutlookMethod.MODEL, p_met=p
            ),
        )
        for goal, p in (("green-loans", 0.9), ("testing-revenue", 0.2), ("lawyers", 0.5))
    )
    views = [likely, unlikely, open_one, make_view("software-revenue")]
    assert said(views)[1] == approved


def test_the_most_urgent_come_with_their_unit_and_what_is_done(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [
        make_view("software-revenue", rating="逆转", pace=-0.1),
        make_view("green-loans", rating="严重滞后", pace=0.1),
    ]
    alerts = ALERTS.frame([alert_row("outlier")])
    actions = ACTIONS.frame([action_row("a1", due_month="2026-08", overdue=True)])
    assert said(views, alerts=alerts, actions=actions)[1] == approved


def test_a_change_is_said_with_its_main_reasons(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    views = [
        make_view("green-loans", rating="达序时", previous_rating="滞后"),
        make_view("testing-revenue", rating="滞后", previous_rating="已达成"),
        make_view("guoyuan-trade-sales", previous_rating="达序时"),
    ]
    rows = [
        change_reason("green-loans", main_factor="data"),
        change_reason("testing-revenue", main_factor="data"),
        change_reason("guoyuan-trade-sales", turned_by="not_reported"),
    ]
    assert said(views, change_reasons=CHANGE_REASONS.frame(rows))[2] == approved


def change_reason(goal: str, **known: Any) -> dict[str, Any]:
    row = empty_row(CHANGE_REASONS, goal_id=goal, edition="2026-Q3", compared_with="2026-Q2")
    return row | {"old_rating": "滞后", "new_rating": "达序时"} | known


def test_actions_that_are_late_and_warnings_on_which_nobody_acts_are_counted(
    said: Said, make_view: MakeView, approved: SnapshotAssertion
) -> None:
    alerts = ALERTS.frame([alert_row("outlier", since="2026-Q1", unanswered=3)])
    actions = ACTIONS.frame([action_row("a1", due_month="2026-08", overdue=True), action_row("a2")])
    view = make_view("green-loans", rating="达序时")
    assert said([view], alerts=alerts, actions=actions)[1] == approved
