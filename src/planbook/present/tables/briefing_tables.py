"""The tables of a briefing: what to decide, what changed and why, what went well, what is due.

`root` leads from the page that shows a table to the book's own folder.
"""

from __future__ import annotations

from planbook.present import numbers
from planbook.present.addresses import goal_address, unit_address
from planbook.present.book import Book
from planbook.present.briefing.briefing import Briefing
from planbook.present.briefing.coming import Coming
from planbook.present.briefing.decisions import Decision
from planbook.present.briefing.moved import Moved
from planbook.present.briefing.successes import Success
from planbook.present.say import briefing_words as say
from planbook.present.say.outlook_sentences import likelihood_words
from planbook.present.say.rating_changes import NO_REASONS, NOTHING_BEFORE
from planbook.present.tables.cells import Cell, Column, Rows, link, rating, words
from planbook.present.tables.goal_tables import verdict_cell
from planbook.present.tables.table import Cells, Table, listing, rows_of
from planbook.present.views import GoalView


def decisions_table(told: Briefing, root: str) -> Table:
    """Return the goals that need a decision, the most urgent first."""
    cells: Cells[Decision] = {
        Column("目标"): lambda each: _goal(each.view, root, likelihood_words(each.view)),
        Column("状态", "mark"): lambda each: verdict_cell(each.view, reasoned=False),
        Column("单位", "mark"): lambda each: link(
            each.unit, unit_address(root, each.view.submitting_unit.id)
        ),
        Column("差距"): lambda each: each.gap,
        Column("原因"): lambda each: each.reason,
        Column("今后须"): lambda each: each.required or numbers.ABSENT,
        Column("督办"): lambda each: each.action,
    }
    return listing(
        "decisions",
        say.DECISIONS,
        cells,
        told.decisions,
        empty=say.NO_DECISION,
    )


def moved_goals_table(book: Book, told: Briefing, root: str) -> Table:
    """Return the goals rated worse, judged anew or judged no more, each with the reason."""
    cells: Cells[Moved] = {
        Column("目标"): lambda each: _goal(each.view, root),
        Column("上期", "mark"): lambda each: rating(
            each.view.verdict.previous_rating or each.view.verdict.rating
        ),
        Column("本期", "mark"): lambda each: verdict_cell(each.view, reasoned=False),
        Column("原因"): lambda each: each.why or NO_REASONS,
    }
    groups = tuple(
        Rows(rows_of(cells, own), name)
        for name in dict.fromkeys(each.became for each in told.moved)
        for own in ([each for each in told.moved if each.became == name],)
    )
    empty = say.NOTHING_WORSE if told.comparable else NOTHING_BEFORE
    caption = say.compared_words(book)
    return Table("moved", caption, tuple(cells), groups or (Rows(()),), empty=empty)


def successes_table(told: Briefing, root: str) -> Table:
    """Return what went well: goals that came back, measures carried out, actions closed."""
    cells: Cells[Success] = {
        Column("对象"): lambda each: (
            _goal(each.view, root) if each.view is not None else words(each.about)
        ),
        Column("情况"): lambda each: each.said,
    }
    return listing("successes", say.SUCCESSES, cells, told.successes, empty=say.NO_SUCCESS)


def coming_table(book: Book, told: Briefing, root: str) -> Table:
    """Return what is due until the next edition's workbooks are in."""
    cells: Cells[Coming] = {
        Column("期限", "period"): lambda each: words(each.when, sort=each.order),
        Column("事项"): lambda each: (
            link(each.what, f"{root}{each.address}") if each.address else words(each.what)
        ),
        Column("单位"): lambda each: each.who or numbers.ABSENT,
    }
    return listing("coming", say.until_words(book), cells, told.coming, empty=say.NOTHING_DUE)


def _goal(view: GoalView, root: str, remark: str = "") -> Cell:
    return link(view.name, goal_address(root, view.id), remark)
