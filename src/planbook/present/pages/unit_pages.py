"""The generated pages of reporting units: what each answers for, and the list of all of them.

Turns a book into MyST text. A page tells of its unit only, so that it is written anew where
something of that unit changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.periods import day_label
from planbook.present.addresses import UNITS
from planbook.present.book import Book
from planbook.present.escaping import Html, markdown
from planbook.present.pages.page_blocks import page_of, with_heading
from planbook.present.prose import dateline
from planbook.present.say import page_words
from planbook.present.say.sentences import goals_counted, measures_and_sub_items
from planbook.present.tables.unit_tables import (
    Duties,
    all_duties,
    responsibility_table,
    unit_actions_table,
    unit_alerts_table,
    unit_goals_table,
    unit_measures_table,
    unit_projects_table,
    unit_reports_table,
    unit_tasks_table,
)

INDEX = f"{UNITS}/index"
_PLACE = Html(
    '<p class="pb-head"><span class="pb-place"><a href="index.html">责任单位</a></span></p>'
)


def unit_pages(book: Book) -> dict[str, str]:
    """Return the text of each unit's page, and of the list of units, by name below ``book/``."""
    duties = all_duties(book)
    pages = {f"{UNITS}/{own.unit.id}": unit_page(book, own) for own in duties}
    return {INDEX: units_page(book, duties), **pages}


def units_page(book: Book, duties: Sequence[Duties]) -> str:
    """Return who answers for what, and how it stands, a row a unit."""
    return page_of(
        "# 责任单位",
        dateline(book.dateline()).html,
        page_words.UNITS_LEAD,
        responsibility_table(duties).html(),
    )


def unit_page(book: Book, own: Duties) -> str:
    """Return what a unit answers for: goals, warnings, actions, measures, projects, reports."""
    return page_of(
        f"# {markdown(own.unit.name)}",
        _PLACE,
        dateline(book.dateline()).html,
        Html('<p class="pb-lede">{}</p>').format(_lead(own)),
        _next_form(book, own),
        *with_heading("## 目标", unit_goals_table(own)),
        *with_heading("## 督办事项", unit_actions_table(book, own)),
        *with_heading("## 预警", unit_alerts_table(book, own)),
        *with_heading("## 举措", unit_measures_table(book, own)),
        *with_heading("## 年度任务", unit_tasks_table(book, own)),
        *with_heading("## 重点项目", unit_projects_table(book, own)),
        *with_heading("## 报送情况", unit_reports_table(own)),
    )


def _lead(own: Duties) -> str:
    goals = page_words.answers_for(goals_counted(own.views) if own.views else "")
    return goals + measures_and_sub_items(own.measures) + page_words.overdue(own.overdue)


def _next_form(book: Book, own: Duties) -> str:
    """Return until when the next workbooks have to be in; that none is owed."""
    rounds = book.plan.cycle.coming(book.edition)
    owed = [each for each in rounds if own.owes_in(each, book.plan)]
    if not owed:
        return page_words.owes_nothing(rounds[-1].label)
    deadline = book.dataset.deadline
    return page_words.next_forms((day_label(deadline(each)), each.label) for each in owed)
