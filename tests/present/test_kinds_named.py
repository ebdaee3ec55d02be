"""Goals and indicators are called what they are: milestones, and values of every third year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from planbook.plan import Plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages.goal_pages import goal_page
from planbook.present.say.goal_terms import frequency_words, reasons_counted, verdict_remark
from planbook.present.say.needed_words import required_words
from planbook.present.say.sentences import goal_sentence, note_sentences
from planbook.present.tables.goal_tables import target_cell, value_cell
from planbook.present.views import GoalView
from planbook.vocabulary import Frequency, Kind

MakeView = Callable[..., GoalView]
MakeBook = Callable[..., OpenBook]
AWAITED = {"reason": "定性目标待评定", "accumulation": "status"}
YEARLY = "logistics-cost-gdp"


def rarely(view: GoalView) -> GoalView:
    """Return the view of a goal of which there is a value every third year."""
    indicator = view.indicator.model_copy(update={"every_years": 3, "value_year": 2026})
    return replace(view, indicator=indicator)


@pytest.mark.parametrize("kind", [Kind.MILESTONE, Kind.QUALITATIVE])
def test_a_goal_judged_by_people_is_called_what_it_is(
    make_view: MakeView, plan: Plan, kind: Kind
) -> None:
    other = {Kind.MILESTONE: Kind.QUALITATIVE, Kind.QUALITATIVE: Kind.MILESTONE}[kind].label
    goal = next(goal for goal in plan.goals if goal.kind is Kind.MILESTONE)
    made = make_view(goal.id, **AWAITED)
    view = replace(made, goal=made.goal.model_copy(update={"kind": kind, "target": None}))
    assert view.target_words() == kind.label
    assert verdict_remark(view) == f"{kind.label}待评定"
    said = (view.rating_words, target_cell(view).text, goal_sentence(view), required_words(view))
    assert other not in "".join(said)


def test_the_page_of_a_milestone_speaks_of_no_other_kind(make_book: MakeBook, plan: Plan) -> None:
    goal = next(goal for goal in plan.goals if goal.kind is Kind.MILESTONE)
    book = make_book({goal.id: AWAITED})
    page = goal_page(book, goal.id)
    assert "里程碑待评定" in page
    assert "定性目标" not in page
    assert "报送频率" not in page


def test_of_a_goal_without_a_value_it_is_said_since_when(make_view: MakeView) -> None:
    missing = {"reason": "本期未报", "owed_period": "2025-12"}
    view = make_view(YEARLY, **missing)  # values of before are in its chart
    assert f"{view.name}2024年以后尚无数据，应报的2025年数据未报" in goal_sentence(view)
    latin = replace(view, goal=view.goal.model_copy(update={"name": "Cost (in Latin letters)"}))
    assert goal_sentence(latin).startswith("Cost (in Latin letters) 2024年以后尚无数据")


def test_of_whole_years_nothing_is_said_of_shares_of_a_year(
    make_book: MakeBook, plan: Plan
) -> None:
    goal = next(goal for goal in plan.goals if goal.kind is Kind.EVERY_YEAR)
    known = {"rated_by": "year_target", "latest_value": 4.0, "latest_period": "2025-12"}
    book = make_book({goal.id: {**known, "path_value": 4.0, "observed_value": 4.0, "reason": ""}})
    assert "往年同期占比" in goal_page(book, goal.id)
    view = book.views[goal.id]
    annual = view.indicator.model_copy(update={"frequency": Frequency.ANNUAL})
    book.views[goal.id] = replace(view, indicator=annual)
    page = goal_page(book, goal.id)
    assert "往年同期占比" not in page
    assert "当年全年数与每年目标之比" in page
    assert "按每年目标" in page


def test_kinds_are_counted_apart(make_book: MakeBook, plan: Plan) -> None:
    by_people = [goal for goal in plan.goals if goal.kind.by_people]
    book = make_book({goal.id: AWAITED for goal in by_people})
    view = book.views[by_people[0].id]
    views = [
        view,
        *(
            replace(view, goal=view.goal.model_copy(update={"kind": kind}))
            for kind in (Kind.QUALITATIVE, Kind.MILESTONE)
        ),
    ]
    assert reasons_counted(views) == [("里程碑待评定", 2), ("定性目标待评定", 1)]


def test_who_has_a_value_every_third_year_is_not_called_annual(make_view: MakeView) -> None:
    carried = {"latest_value": 14.0, "latest_period": "2025-12", "notes": "carried_annual"}
    not_due = {"reason": "年度指标未到期"}
    yearly, rare = make_view(YEARLY, **carried), rarely(make_view(YEARLY, **carried))
    assert note_sentences(yearly) == ["年度指标，沿用最近一次的数据和判定。"]
    assert note_sentences(rare) == ["每3年一个数的指标，沿用最近一次的数据和判定。"]
    assert value_cell(rare).mark == "沿用上次数"
    silent, rare = make_view(YEARLY, **not_due), rarely(make_view(YEARLY, **not_due))
    assert "年度指标，首个完整年度的数据尚未到报送时间" in goal_sentence(silent)
    assert "年度" not in goal_sentence(rare) + rare.rating_words + required_words(rare)
    assert frequency_words(rare.indicator, rare.year).startswith("每3年一个数（2026年、2029年等）")
