"""The tables of the page 各期变化: editions with their state, goals by rating, every change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from itertools import groupby

from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.say.rating_changes import GROUPS
from planbook.present.say.rating_steps import Step, rating_steps
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables.cells import Cell, Column, Rows, counted, figure, measured
from planbook.present.tables.goal_tables import edition_cell, goal_link, verdict_cell
from planbook.present.tables.table import Cells, Table, listing, rows_of
from planbook.present.views import GoalView
from planbook.vocabulary import Rating


def counts_by_edition(book: Book) -> Mapping[Edition, Counter[Rating]]:
    """Return the number of goals by rating in every edition so far, the oldest first."""
    found: dict[Edition, Counter[Rating]] = {}
    for row in sorted(book.rows.history, key=lambda row: row.edition):
        found.setdefault(row.edition, Counter())[row.rating] += 1
    return found


def edition_counts_table(book: Book) -> Table:
    """Return the number of goals by edition and rating, newest first; none leaves the total."""
    counts = counts_by_edition(book)
    shown = [rating for rating in RATING_ORDER if any(own[rating] for own in counts.values())]

    def having(rating: Rating) -> Callable[[Edition], Cell]:
        return lambda edition: _count(counts[edition][rating])

    cells: Cells[Edition] = {
        Column("期号", "period"): edition_cell,
        **{Column(f"{rating.symbol} {rating}", "number"): having(rating) for rating in shown},
        Column("合计", "number"): lambda edition: counted(counts[edition].total()),
    }
    caption = "各期目标按状态计数（项）"
    return listing("edition-counts-table", caption, cells, reversed(list(counts)))


def record_table(book: Book) -> Table:
    """Return every edition so far with its state and how many ratings changed which way."""
    steps = rating_steps(book)
    moved = Counter((step.edition, step.group) for step in steps)
    editions = list(counts_by_edition(book))

    def moving(group: str) -> Callable[[Edition], Cell]:
        return lambda edition: _count(moved[edition, group])

    cells: Cells[Edition] = {
        Column("期号", "period"): edition_cell,
        **{Column(group, "number"): moving(group) for group in GROUPS},
    }
    return listing("edition-moves", "各期状态变动的目标（项）", cells, reversed(editions))


def _count(amount: int) -> Cell:
    return figure(str(amount) if amount else numbers.ABSENT, amount)


def steps_table(book: Book) -> Table:
    """Return every change of a rating with value and reason, a group an edition, newest first."""
    cells: Cells[Step] = {
        Column("指标名称"): lambda step: goal_link(step.now),
        Column("上期状态", "mark"): lambda step: verdict_cell(step.before),
        Column("本期状态", "mark"): lambda step: verdict_cell(step.now),
        Column("上期值", "number"): lambda step: _value(step.before),
        Column("本期值", "number"): lambda step: _value(step.now),
        Column("变化原因"): lambda step: "、".join(step.differs) or numbers.ABSENT,
    }
    groups = tuple(
        Rows(rows_of(cells, own), _heading(edition, own))
        for edition, own in (
            (edition, list(steps))
            for edition, steps in groupby(rating_steps(book), key=lambda step: step.edition)
        )
    )
    note = (
        "「上期」「本期」指该期的前一期和该期。变化原因为两期之间不同的内容，各占多少不作拆分；"
        "应达水平随时间提高，数据没有变化的，注明「时间推移」。"
    )
    caption = "各期状态有变化的目标"
    return Table(
        "steps", caption, tuple(cells), groups or (Rows(()),), note, "各期之间没有状态变化。"
    )


def _value(view: GoalView) -> Cell:
    """Return the newest value with its period, or the word for why there is none."""
    value = view.verdict.latest_value
    if value is None:
        return measured(view.latest_words, "", None, below=view.latest_label)
    return measured(view.latest_number, view.indicator.unit, value, below=view.latest_label)


def _heading(edition: Edition, steps: list[Step]) -> str:
    found = Counter(step.group for step in steps)
    said = "，".join(f"{group}{found[group]}项" for group in GROUPS if found[group])
    return f"{edition.label}（{said}）"
