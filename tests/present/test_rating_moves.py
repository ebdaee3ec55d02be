"""The chart of ratings won and lost since the edition before, and the tables beside it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from matplotlib.patches import Rectangle

from planbook.present.charts.figure import Figure
from planbook.present.charts.rating_moves import Moves, moves_of, rating_moves
from planbook.present.notebook.opened import OpenBook
from planbook.present.prose import Prose
from planbook.present.tables.cells import Cell, Column
from planbook.present.tables.change_tables import by_reason_table, moved_table, parts_table
from planbook.present.tables.table import plain
from planbook.vocabulary import Rating
from planbook.watch_frames import CHANGE_REASONS, ChangeFactor, ChangeGate, ChangeReasonRow
from tests.present.change_rows import change, parts
from tests.present.conftest import MakeBook
from tests.present.sheets import sheet
from tests.present_rows import LEVEL, LEVEL_VERDICT

NOTHING = plain("t", "表", (Column("甲"),), [(Cell("乙"),)])


def lost(count: int) -> list[ChangeReasonRow]:
    """Goals that fell from 达序时 to 滞后 by the passing of time."""
    return [
        change(goal_id=f"goal-{n}", new_rating=Rating.BEHIND, main_factor=ChangeFactor.TIME)
        for n in range(count)
    ]


REPORTED = change(
    goal_id="reported",
    old_rating=Rating.NOT_ASSESSABLE,
    new_rating=Rating.MET,
    turned_by=ChangeGate.REPORTED,
)


def chart(rows: list[ChangeReasonRow], counts: Counter[Rating]) -> Figure:
    made = rating_moves(rows, counts, before="2026年二季度", source="来源", data=NOTHING)
    assert made is not None
    return made


COUNTS = Counter({Rating.MET: 1, Rating.ON_COURSE: 2, Rating.BEHIND: 3})


def test_a_row_leads_from_the_count_before_to_the_count_now() -> None:
    assert moves_of([*lost(2), REPORTED], COUNTS) == {
        Rating.MET: Moves(0, (), ("有无数据",), 1),
        Rating.ON_COURSE: Moves(4, ("时间推移", "时间推移"), (), 2),
        Rating.BEHIND: Moves(1, (), ("时间推移", "时间推移"), 3),
        Rating.NOT_ASSESSABLE: Moves(1, ("有无数据",), (), 0),
    }


def test_the_title_says_how_many_moved_and_for_which_reason_most() -> None:
    assert chart([*lost(2), REPORTED], COUNTS).title == (
        "与2026年二季度相比，6项目标中3项状态有变化，主要原因以「时间推移」最多（2项）"
    )
    assert chart([*lost(1), REPORTED], COUNTS).title.endswith(
        "主要原因以「时间推移」「有无数据」最多（各1项）"
    )
    assert chart(lost(2), COUNTS).title.endswith("2项状态有变化，都因为「时间推移」")


def test_the_text_for_those_who_do_not_see_it_has_every_number() -> None:
    alt = chart([*lost(2), REPORTED], COUNTS).alt
    assert "达序时上期4项，转出2项（时间推移2项），本期2项" in alt
    assert "滞后上期1项，转入2项（时间推移2项），本期3项" in alt
    assert "无法判定上期1项，转出1项（有无数据1项），本期0项" in alt


def test_a_goal_that_moved_is_a_square_on_both_sides_and_its_letter_is_explained() -> None:
    figure = chart([*lost(2), REPORTED], COUNTS)
    (axes,) = figure.drawing.axes
    assert len([patch for patch in axes.patches if isinstance(patch, Rectangle)]) == 6
    letters = Counter(word.text for word in sheet(figure).words)
    assert (letters["时"], letters["报"]) == (4, 2)
    assert "时＝时间推移、报＝有无数据" in figure.subtitle


@pytest.mark.parametrize("count", [1, 7, 8, 30, 88])
def test_no_two_words_lie_on_each_other_and_all_lie_on_the_sheet(count: int) -> None:
    figure = chart(lost(count), Counter({Rating.ON_COURSE: 100, Rating.BEHIND: 188}))
    width, height = figure.drawing.bbox.width, figure.drawing.bbox.height
    places = [(round(word.x), round(word.y)) for word in sheet(figure).words]
    assert len(set(places)) == len(places)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)
    (axes,) = figure.drawing.axes
    for patch in axes.patches:
        left, right = patch.get_window_extent().x0, patch.get_window_extent().x1
        counts = [word for word in sheet(figure).words if word.text.endswith("项")]
        assert all(not left - 2 < word.x < right + 2 for word in counts)


def test_the_same_changes_give_the_same_drawing() -> None:
    one, other = (chart(lost(3), COUNTS).svg() for _ in range(2))
    assert re.sub(r"\s", "", one) == re.sub(r"\s", "", other)


def test_without_a_move_there_is_a_sentence(make_book: MakeBook) -> None:
    still = change(main_factor=ChangeFactor.DATA)
    shown = make_book(change_reasons=CHANGE_REASONS.frame([still])).changes_chart()
    assert isinstance(shown, Prose)
    assert "没有变化" in repr(shown)
    changed = {LEVEL: {**LEVEL_VERDICT, "previous_rating": "滞后"}}
    assert "没有记录原因" in repr(make_book(changed).changes_chart())


def test_every_changed_goal_of_the_book_is_counted_once(judged_book: OpenBook) -> None:
    rows = judged_book.rows.change_reasons
    table = by_reason_table(judged_book)
    counts = [cell.value or 0 for group in table.groups for row in group.rows for cell in row[-2:]]
    assert sum(counts) == len(rows)
    moved = [row for row in rows if row.old_rating is not row.new_rating]
    assert moved_table(judged_book).count == len(moved)
    if moved:
        shown = judged_book.changes_chart()
        assert isinstance(shown, Figure)
        assert f"{len(judged_book.views)}项目标中{len(moved)}项状态有变化" in shown.title


def test_the_table_of_a_goal_adds_up_and_says_of_no_change_that_there_is_none() -> None:
    row = change(
        old_pace=0.981,
        new_pace=0.914,
        **parts(data=0.031, time=-0.098),
        main_factor=ChangeFactor.TIME,
    )
    table = parts_table(row)
    assert table is not None
    assert [[cell.text for cell in line] for line in table.groups[0].rows] == [
        ["2026年二季度的进度比", "0.98"],
        ["新的数据", "+0.03"],
        ["数据修订", "—"],
        ["时间推移", "−0.10"],
        ["目标或方法调整", "—"],
        ["2026年三季度的进度比", "0.91"],
    ]
    assert parts_table(change(turned_by=ChangeGate.MET)) is None
