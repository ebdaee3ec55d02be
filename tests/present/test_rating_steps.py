from collections.abc import Callable, Mapping
from typing import Any

import pytest

from planbook.frames import REVISIONS
from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.rating_steps import Step, rating_steps
from planbook.vocabulary import Rating
from tests.present.edition_rows import book_of, history_of, method_change
from tests.present_rows import LEVEL, LEVEL_REVISION

MakeBook = Callable[..., OpenBook]
BEFORE: dict[str, Any] = {
    "rating": "达序时",
    "latest_period": "2026-06",
    "latest_value": 99.0,
    "baseline_value": 78.0,
}
AFTER = BEFORE | {"rating": "滞后", "latest_period": "2026-09", "latest_value": 100.0}


def step(
    make_book: MakeBook, plan: Plan, now: Mapping[str, Any], goal: str = LEVEL, **frames: Any
) -> Step:
    rows = history_of(plan, goal, ("2026-Q2", BEFORE), ("2026-Q3", now))
    (found,) = rating_steps(book_of(make_book, history=rows, **frames))
    return found


@pytest.mark.parametrize(
    ("now", "differs"),
    [
        ({}, ["新数据"]),
        ({"latest_value": 99.0}, ["时间推移"]),
        ({"latest_value": 99.0, "latest_period": "2026-06"}, ["时间推移"]),
        ({"latest_period": "2026-06"}, ["数据修订"]),
        ({"baseline_value": 80.0}, ["新数据", "基期值变化"]),
        ({"target_low": 130.0}, ["新数据", "目标调整"]),
        ({"scope": "直管区"}, ["新数据", "口径变化"]),
        ({"rating": "无法判定", "reason": "本期未报"}, ["本期未报"]),
        ({"rating": "无法判定", "reason": "口径不一致", "scope": "全域"}, ["口径不一致"]),
    ],
)
def test_a_change_says_what_is_not_the_same(
    make_book: MakeBook, plan: Plan, now: dict[str, Any], differs: list[str]
) -> None:
    assert list(step(make_book, plan, AFTER | now).differs) == differs


def test_an_earlier_value_revised_in_the_edition_is_told_with_the_new_one(
    make_book: MakeBook, plan: Plan
) -> None:
    revised = REVISIONS.frame([LEVEL_REVISION])
    assert list(step(make_book, plan, AFTER, revisions=revised).differs) == ["新数据", "数据修订"]
    earlier = REVISIONS.frame([LEVEL_REVISION | {"vintage": "2026-Q2", "old_vintage": "2026-Q1"}])
    assert list(step(make_book, plan, AFTER, revisions=earlier).differs) == ["新数据"]


def test_people_who_judge_are_the_reason_of_what_they_judge(
    make_book: MakeBook, plan: Plan
) -> None:
    found = step(make_book, plan, {"rating": "滞后"}, goal="green-sorting-centre")
    assert list(found.differs) == ["人工评定"]


def test_a_change_of_method_is_a_reason_where_it_concerns_the_goal(
    make_book: MakeBook, plan: Plan
) -> None:
    limit = method_change("thresholds.on_course", "0.95", "0.97")
    other = method_change("green-loans.target", "100", "120", goal_id="green-loans")
    told = step(make_book, plan, AFTER, methods=[limit, other]).differs
    assert list(told) == ["新数据", "方法变更"]
    assert list(step(make_book, plan, AFTER, methods=[other]).differs) == ["新数据"]
    silent = {"rating": "无法判定", "reason": "本期未报"}
    assert list(step(make_book, plan, AFTER | silent, methods=[limit]).differs) == ["本期未报"]


def test_the_newest_edition_comes_first_and_in_it_what_became_worse(
    make_book: MakeBook, plan: Plan
) -> None:
    ratings = {
        LEVEL: ("滞后", "达序时", "达序时"),
        "green-loans": ("达序时", "达序时", "滞后"),
        "testing-revenue": ("滞后", "滞后", "已达成"),
    }
    rows = [
        row
        for goal, told in ratings.items()
        for row in history_of(
            plan,
            goal,
            *zip(("2026-Q1", "2026-Q2", "2026-Q3"), ({"rating": r} for r in told), strict=True),
        )
    ]
    found = rating_steps(book_of(make_book, history=rows))
    assert [(str(s.edition), s.group, s.now.id) for s in found] == [
        ("2026-Q3", "转差", "green-loans"),
        ("2026-Q3", "好转", "testing-revenue"),
        ("2026-Q2", "好转", LEVEL),
    ]
    assert found[0].before.verdict.rating is Rating.ON_COURSE


def test_every_change_of_the_demonstration_has_a_reason(judged_book: OpenBook) -> None:
    assert all(found.differs for found in rating_steps(judged_book))
