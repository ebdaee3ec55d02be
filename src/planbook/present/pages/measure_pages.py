"""The generated pages of programmes and safeguards: a page a field, measure by measure.

Turns a book into MyST text for the chapters whose role is ``programmes``.
"""

from __future__ import annotations

from planbook.plan import Chapter, Field, Measure, Plan
from planbook.present.addresses import PROGRAMMES, TO_ROOT, chapter_address
from planbook.present.book import Book
from planbook.present.escaping import Html, full_width, markdown
from planbook.present.pages.page_blocks import page_of
from planbook.present.prose import dateline
from planbook.present.say.goal_page_words import of_section
from planbook.present.say.page_words import measures_and_clauses
from planbook.present.say.sentences import measures_and_sub_items, withheld_measures
from planbook.present.say.table_words import specified
from planbook.present.tables.cells import Column
from planbook.present.tables.measure_tables import measures_table, type_name
from planbook.present.tables.table import Cells, Table, listing


def fields_with_pages(chapter: Chapter) -> tuple[Field, ...]:
    """Return the fields that have a page of their own."""
    return chapter.fields if chapter.role == "programmes" else ()


def programme_pages(book: Book) -> dict[str, str]:
    """Return the text of each page by name below ``book/``."""
    return {
        f"{PROGRAMMES}/{field.id}": programme_page(book, field)
        for chapter in book.plan.chapters
        for field in fields_with_pages(chapter)
    }


def programme_page(book: Book, field: Field) -> str:
    """Return one programme or safeguard: status of its measures, and the plan's words."""
    own = [row for row in book.rows.measures if row.field_id == field.id]
    chapter = book.plan.chapter_of(field)
    place = Html('<a href="{}">{}</a>{}').format(
        chapter_address(TO_ROOT, chapter.id),
        chapter.title,
        Html(" › {}").format(field.group) if field.group else "",
    )
    return page_of(
        f"# {markdown(field.name)}",
        Html('<p class="pb-head"><span class="pb-place">{}</span></p>').format(place),
        dateline(book.dateline()).html,
        markdown(measures_and_sub_items(own) + withheld_measures(book.withheld.of((field,)))),
        "## 举措进展",
        measures_table(book, field).html(),
        "## 方案原文",
        of_section(markdown(book.plan.about.title), markdown(field.section)),
        _clauses(field, book.plan).html(),
    )


def _clauses(field: Field, plan: Plan) -> Table:
    """Return the plan's words for each measure, and how it is followed."""

    def quote(measure: Measure) -> str:
        elsewhere = "" if measure.section == field.section else measure.section
        return specified(full_width(measure.quote), elsewhere)

    cells: Cells[Measure] = {
        Column("举措"): lambda measure: measure.title,
        Column("原文"): quote,
        Column("类型", "mark"): lambda measure: type_name(measure.type, plan),
        Column("跟踪方式", "mark"): lambda measure: measure.pattern.label,
        Column("填报单位", "mark"): lambda measure: plan.unit_of(measure).short,
    }
    return listing(f"clauses-{field.id}", measures_and_clauses(field.name), cells, field.measures)
