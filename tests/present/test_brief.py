"""The brief of an edition: what it says, and that it is one page of whole sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from planbook.present.briefing.briefing import Briefing, briefing
from planbook.present.briefing.coming import Coming
from planbook.present.briefing.decisions import Decision
from planbook.present.briefing.moved import Moved
from planbook.present.briefing.successes import Success
from planbook.present.notebook.opened import OpenBook
from planbook.present.pages import brief as briefs
from planbook.present.pages.brief import Points, brief
from planbook.present.prose import Heading, Prose
from planbook.present.say.brief_words import IN_BOOK
from planbook.present.tables.table import Columns
from planbook.present.views import GoalView
from tests.present.test_briefing import BACKWARDS, FIRMS
from tests.present.watch_rows import watched_book

MakeBook = Callable[..., OpenBook]


def tables(book: OpenBook) -> dict[str, Columns]:
    found = [item for item in brief(book).content if isinstance(item, Columns)]
    return {each.table.id: each for each in found}


def test_a_goal_that_needs_a_decision_is_told_with_unit_gap_reason_need_and_action(
    make_book: MakeBook,
) -> None:
    book = watched_book(make_book, changes={FIRMS: BACKWARDS})
    (row,) = tables(book)["brief-decisions"].table.groups[0].rows
    goal, *rest = (cell.text for cell in row)
    assert "逆转" in goal
    assert rest[0] == "223家（2026年9月末），目标300家，还差77家"
    assert rest[2:] == ["每季度增加16家", "尚无督办事项"]


def test_all_goals_stand_in_four_counts(make_book: MakeBook) -> None:
    book = make_book()
    (row,) = tables(book)["brief-expected"].table.groups[0].rows
    counts = [int(cell.text.removesuffix("项")) for cell in row]
    assert len(counts) == 4
    assert sum(counts) == len(book.views)


def test_a_book_in_which_nothing_happened_says_so(make_book: MakeBook) -> None:
    said = [item.text for item in brief(make_book()).content if isinstance(item, Prose)]
    assert "没有滞后、逆转或到期未达成的目标。" in said


def test_what_does_not_fit_is_counted() -> None:
    items = [(f"目标{n}", "转差。") for n in range(7)]
    shown: Any = briefs._listed(items, 2, "无")
    assert shown.items == (*items[:2], ("另有5项", "见本期进展报告「导读」。"))
    assert briefs._listed(items, 7, "无") == Points(tuple(items))
    assert briefs._listed([], 7, "无") == Prose("无")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("低于上年；原因不明", "低于上年；原因不明"),
        ("低于上年；降到0.4；" + "原因不明" * 9, f"低于上年；降到0.4；其余{IN_BOOK}"),
        ("进度比由0.5降到0.4" * 4, IN_BOOK),
    ],
)
def test_of_a_long_text_whole_clauses_are_told_and_where_the_others_are(
    text: str, told: str
) -> None:
    assert briefs._whole(text, 28) == told


def told_at_length(told: Briefing, view: GoalView) -> Briefing:
    """Return a briefing of which every list is longer than a page has room for."""
    decision = Decision(view, *["；".join(["进度比由0.5降到0.4，低于上年同期"] * 6)] * 4)
    return replace(
        told,
        decisions=(decision,) * 5,
        moved=(Moved(view, "转差", "达序时→滞后", "没有新的数据" * 9),) * 9,
        successes=(Success("举措", "已完成" * 30),) * 9,
        coming=(Coming("2026年12月", "", "报送填报表" * 9, "各填报单位"),) * 9,
    )


def test_nothing_is_cut_on_a_page_with_too_little_room(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make_book()
    told = told_at_length(briefing(book), book.views[FIRMS])
    monkeypatch.setattr(briefs, "briefing", lambda _: told)
    made = brief(book)
    assert "……" not in repr(made)
    assert IN_BOOK in repr(made)
    assert briefs._height(made) <= briefs._HIGH


def test_a_page_full_of_long_texts_is_shortened_until_it_fits(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = make_book()
    whole = briefs._height(brief(book))
    monkeypatch.setattr(briefs, "_HIGH", whole - 1)
    assert briefs._height(brief(book)) <= whole
    headings = [item.text for item in brief(book).content if isinstance(item, Heading)]
    assert len(headings) == 5
