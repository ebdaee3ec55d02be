"""The tables of the page 各期变化: editions with their state, goals by rating, every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby

from planbook.contract import Number
from planbook.edition_acts import EditionState
from planbook.edition_frames import EditionCorrectionRow, EditionRow, MethodChangeRow
from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT, goal_address
from planbook.present.book import Book
from planbook.present.say import table_words
from planbook.present.say.edition_states import state_remark, state_word
from planbook.present.say.method_changes import (
    changed_words,
    concerned,
    now_words,
    told_in_words,
    was_words,
)
from planbook.present.say.rating_changes import GROUPS
from planbook.present.say.rating_steps import Step, rating_steps
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import day_words
from planbook.present.tables.cells import (
    Cell,
    Column,
    Rows,
    counted,
    counted_if_any,
    figure,
    link,
    measured,
    rating,
    words,
)
from planbook.present.tables.goal_tables import edition_cell, goal_link, verdict_cell
from planbook.present.tables.table import Cells, Table, listing, rows_of
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_NAMED = 3  # goals that a change of method concerns; more are counted


def edition_counts_table(book: Book) -> Table:
    """Return the number of goals by edition and rating, newest first; none leaves the total."""
    counts = book.rating_counts
    shown = [each for each in RATING_ORDER if any(own[each] for own in counts.values())]

    def having(rated: Rating) -> Callable[[Edition], Cell]:
        return lambda edition: counted_if_any(counts[edition][rated])

    cells: Cells[Edition] = {
        Column("期号", "period"): edition_cell,
        **{Column(f"{each.symbol} {each}", "number"): having(each) for each in shown},
        Column("合计", "number"): lambda edition: counted(counts[edition].total()),
    }
    caption = "各期目标按状态计数（项）"
    return listing("edition-counts-table", caption, cells, reversed(list(counts)))


def record_table(book: Book) -> Table:
    """Return every edition, newest first: where it stands, and how many ratings changed in it."""
    moved = Counter((step.edition, step.group) for step in rating_steps(book))

    def moving(group: str) -> Callable[[EditionRow], Cell]:
        return lambda row: counted_if_any(moved[row.edition, group])

    cells: Cells[EditionRow] = {
        Column("期号", "period"): lambda row: edition_cell(row.edition),
        Column("状况", "mark"): lambda row: state_word(book, row),
        Column("发布日期", "period"): lambda row: words(
            day_words(row.released) or numbers.ABSENT, sort=row.released
        ),
        Column("说明"): lambda row: state_remark(book, row) or numbers.ABSENT,
        **{Column(group, "number"): moving(group) for group in GROUPS},
    }
    caption = "各期的发布情况和状态变动的目标（项）"
    unrecorded = any(row.edition_state is EditionState.UNRECORDED for row in book.rows.editions)
    note = table_words.UNRECORDED_NOTE if unrecorded else ""
    return listing("edition-record", caption, cells, reversed(book.rows.editions), note=note)


def edition_corrections_table(book: Book, *, root: str = TO_ROOT) -> Table:
    """Return what a correction edition says unlike the one that it corrects, goal by goal.

    Parameters
    ----------
    root
        Leads from the page to the book's root.
    """

    def value(row: EditionCorrectionRow, amount: Number) -> Cell:
        its = book.plan.indicator(row.indicator_id)
        return figure(numbers.quantity(amount, its.unit, its.decimals), amount)

    def rated(value: Rating | None) -> Cell:
        return rating(value) if value else words(numbers.ABSENT)

    cells: Cells[EditionCorrectionRow] = {
        Column("指标名称"): lambda row: link(
            book.plan.goal(row.goal_id).name, goal_address(root, row.goal_id)
        ),
        Column("更正前|数值", "number"): lambda row: value(row, row.value_before),
        Column("更正后|数值", "number"): lambda row: value(row, row.value_after),
        Column("更正前|状态", "mark"): lambda row: rated(row.rating_before),
        Column("更正后|状态", "mark"): lambda row: rated(row.rating_after),
        Column("不同之处"): lambda row: row.what,
        Column("原因"): lambda row: told_in_words(
            book.plan, book.rows.method_changes, book.plan.goal(row.goal_id), row.reason
        ),
    }
    own = book.own_row
    before = own.corrects.label if own and own.corrects else ""
    caption, empty = table_words.corrections_caption(before), table_words.no_difference(before)
    rows = book.rows.edition_corrections
    return listing("edition-corrections", caption, cells, rows, empty=empty)


def method_changes_table(book: Book) -> Table:
    """Return what of the method changed, newest edition first, and which goals it concerns."""
    plan = book.plan
    cells: Cells[MethodChangeRow] = {
        Column("变更"): lambda row: changed_words(plan, row),
        Column("自何期起", "period"): lambda row: edition_cell(row.edition),
        Column("原为"): was_words,
        Column("现为"): now_words,
        Column("涉及的目标"): lambda row: _concerned(book, row),
    }
    rows = sorted(book.rows.method_changes, key=lambda row: row.edition, reverse=True)
    return listing("method-changes", "方法变更", cells, rows, empty=table_words.NO_METHOD_CHANGE)


def _concerned(book: Book, row: MethodChangeRow) -> str:
    goals = concerned(book.plan, row)
    if len(goals) > _NAMED:
        return table_words.goals_concerned(len(goals))
    return "、".join(goal.name for goal in goals) or "不影响状态"


def steps_table(book: Book) -> Table:
    """Return every change of a rating with value and reason, a group an edition, newest first."""
    cells: Cells[Step] = {
        Column("指标名称"): lambda step: goal_link(step.now),
        Column("上期状态", "mark"): lambda step: verdict_cell(step.before),
        Column("本期状态", "mark"): lambda step: verdict_cell(step.now),
        Column("上期值", "number"): lambda step: _value(step.before),
        Column("本期值", "number"): lambda step: _value(step.now),
        Column("变化原因"): lambda step: step.differs_words or numbers.ABSENT,
    }
    groups = tuple(
        Rows(rows_of(cells, own), _heading(edition, own))
        for edition, own in (
            (edition, list(steps))
            for edition, steps in groupby(rating_steps(book), key=lambda step: step.edition)
        )
    )
    caption, shown = "各期状态有变化的目标", groups or (Rows(()),)
    return Table("steps", caption, tuple(cells), shown, table_words.STEPS_NOTE, table_words.NO_STEP)


def _value(view: GoalView) -> Cell:
    """Return the newest value with its period, or the word for why there is none."""
    value = view.verdict.latest_value
    if value is None:
        return measured(view.latest_words, "", None, below=view.latest_label)
    return measured(view.latest_number, view.indicator.unit, value, below=view.latest_label)


def _heading(edition: Edition, steps: list[Step]) -> str:
    found = Counter(step.group for step in steps)
    counted = ((group, found[group]) for group in GROUPS if found[group])
    return table_words.steps_heading(edition.label, counted)
