"""The tables of measures: a field's, all of them, and counts by chapter, field and type.

Each takes a book, and has its measures in the plan's order. A measure is followed by its
sub-items (专项). Silent is what was not reported in this edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from planbook.frames import MeasureRow
from planbook.grouping import grouped
from planbook.plan.model import Chapter, Field, Plan
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT, chapter_address, programme_address
from planbook.present.book import Book
from planbook.present.reserve import live, projects_of_measure
from planbook.present.say import measure_words, project_words
from planbook.present.say.task_words import late_words, share_words
from planbook.present.say.wording import NOT_YET_REPORTED, STATUS_ORDER
from planbook.present.tables.cells import (
    Cell,
    Column,
    Rows,
    counted_if_any,
    figure,
    link,
    status,
    words,
)
from planbook.present.tables.goal_tables import edition_cell
from planbook.present.tables.table import Cells, FoldedTable, Table, listing, rows_of
from planbook.present.tasked import Tally, tasks_of_measure
from planbook.present.views import GoalView
from planbook.vocabulary import MeasureStatus


def measures_table(book: Book, field: Field) -> Table:
    """Return a field's measures by status, what is blocked on top and the others folded."""
    own = [row for row in book.rows.measures if row.field_id == field.id]
    return folded_measures(
        book, own, f"measures-{field.id}", measure_words.progress_of_field(field.name)
    )


def folded_measures(book: Book, own: Sequence[MeasureRow], id: str, caption: str) -> Table:
    """Return measures grouped by status, in the plan's order; only what is 受阻 stands open.

    A sub-item whose measure has another status names it.
    """
    titles = {row.measure_id: row for row in own}

    def title(row: MeasureRow) -> str:
        parent = titles.get(row.parent_id)
        apart = parent is not None and parent.status is not row.status
        return measure_words.sub_item(parent.title if parent and apart else "", row.title)

    cells: Cells[MeasureRow] = {
        Column("举措"): title,
        Column("类型", "mark"): lambda row: "" if row.parent_id else type_name(row.type, book.plan),
        Column("进展"): progress_words,
        Column("状态始于", "period"): lambda row: edition_cell(row.status_since),
        Column("最近报送", "period"): lambda row: _last_reported(row, book),
    }
    if any(tasks_of_measure(book, row.measure_id) for row in own):
        cells = {**cells, Column("年度任务", "number"): lambda row: _tasks(row, book)}
    if any(projects_of_measure(book, row.measure_id) for row in own):
        cells = {**cells, Column("重点项目", "number"): lambda row: _projects(row, book)}
    groups = []
    for found in dict.fromkeys((MeasureStatus.BLOCKED, None, *STATUS_ORDER)):
        rows = [row for row in own if row.status is found]
        if rows:
            items = sum(bool(row.parent_id) for row in rows)
            heading = measure_words.status_heading(
                found or NOT_YET_REPORTED, len(rows) - items, items
            )
            groups.append(_indented(cells, rows, heading))
    stuck = frozenset(g.heading for g in groups if g.heading.startswith(MeasureStatus.BLOCKED))
    return FoldedTable(
        id,
        caption,
        tuple(cells),
        tuple(groups) or (Rows(()),),
        empty=measure_words.NO_MEASURES,
        unfolded=stuck,
    )


def goal_measures_table(book: Book, view: GoalView) -> Table:
    """Return the measures of a goal's field, which are meant to move it, with status and since."""
    cells: Cells[MeasureRow] = {
        Column("举措"): lambda row: link(row.title, address(row)),
        Column("状态", "mark"): lambda row: status(row.status or "", stale=row.stale),
        Column("状态始于", "period"): lambda row: edition_cell(row.status_since),
    }
    own = (row for row in book.rows.measures if row.field_id == view.field.id)
    rows = [row for row in own if not row.parent_id]
    caption, note = measure_words.measures_of_field(view.field.name), measure_words.FIELD_NOTE
    return listing("goal-measures", caption, cells, rows, note=note)


def _type_and_status(plan: Plan) -> Cells[MeasureRow]:
    return {
        Column("类型", "mark"): lambda row: "" if row.parent_id else type_name(row.type, plan),
        Column("状态", "mark"): lambda row: status(row.status or "", stale=row.stale),
    }


def _indented(cells: Cells[MeasureRow], rows: Sequence[MeasureRow], heading: str = "") -> Rows:
    """Return measures with their sub-items indented."""
    return Rows(rows_of(cells, rows), heading, tuple(int(bool(row.parent_id)) for row in rows))


_Own = tuple[Cell, Sequence[MeasureRow]]  # a name, and the measures under it


def fields_table(book: Book, chapter: Chapter) -> Table:
    """Return a chapter's fields with their measures by status; each leads to its page."""
    measures = [row for row in book.rows.measures if row.chapter == chapter.id]
    grouped: dict[str, list[_Own]] = {}
    for field in chapter.fields:
        own = [row for row in measures if row.field_id == field.id]
        named = link(field.name, programme_address(TO_ROOT, field.id))
        grouped.setdefault(field.group, []).append((named, own))
    caption = measure_words.counts_caption(chapter.title)
    return _counts(f"fields-{chapter.id}", caption, "名称", grouped, measures)


def chapter_counts_table(book: Book) -> Table:
    """Return the number of measures and sub-items by chapter and status."""
    measures, counted = book.rows.measures, list[_Own]()
    for chapter in book.plan.chapters:
        own = [row for row in measures if row.chapter == chapter.id]
        if own:
            counted.append((link(chapter.title, chapter_address(TO_ROOT, chapter.id)), own))
    groups = {"": [*counted, (words("全部"), measures)]}
    return _counts(
        "measures-by-chapter", measure_words.counts_caption("各章"), "章节", groups, measures
    )


def type_counts_table(book: Book) -> Table:
    """Return the number of measures and sub-items by type and status, most frequent type first."""
    kinds = grouped(book.rows.measures, lambda row: type_name(row.type, book.plan))
    often = sorted(kinds.items(), key=lambda kind: -len(kind[1]))
    groups = {"": [(words(kind), own) for kind, own in often]}
    return _counts(
        "measures-by-type", measure_words.counts_caption("各类"), "类型", groups, book.rows.measures
    )


def _counts(
    id: str,
    caption: str,
    head: str,
    groups: Mapping[str, Sequence[_Own]],
    measures: Sequence[MeasureRow],
) -> Table:
    """Return measures counted by the statuses that occur, best first; never reported is last."""
    found = {row.status for row in measures}
    shown = [status for status in (*reversed(STATUS_ORDER), None) if status in found]
    heads = (*(name or NOT_YET_REPORTED for name in shown), "合计", "其中：本期未报")
    columns = (Column(head), *(Column(each, "number") for each in heads))
    rows = tuple(
        Rows(tuple((name, *_counted(own, shown)) for name, own in counted), heading)
        for heading, counted in groups.items()
    )
    return Table(id, caption, columns, rows, measure_words.COUNT_NOTE)


def all_measures_table(book: Book) -> Table:
    """Return every measure and sub-item in a line, by chapter and field."""
    cells: Cells[MeasureRow] = {
        Column("举措"): lambda row: row.title if row.parent_id else link(row.title, address(row)),
        **_type_and_status(book.plan),
        Column("状态始于", "period"): lambda row: edition_cell(row.status_since),
        Column("最近报送", "period"): lambda row: edition_cell(row.last_reported),
        Column("填报单位", "mark"): lambda row: book.plan.unit(row.submitting_unit).short,
    }
    measures, groups = book.rows.measures, []
    for chapter in book.plan.chapters:
        for field in chapter.fields:
            own = [row for row in measures if row.field_id == field.id]
            groups.append(_indented(cells, own, f"{chapter.title} · {field.name}"))
    whole = sum(not row.parent_id for row in measures)
    caption = measure_words.all_measures(whole, len(measures) - whole)
    empty = measure_words.PLAN_WITHOUT_MEASURES
    return Table("all-measures", caption, tuple(cells), tuple(groups), empty=empty)


def address(row: MeasureRow) -> str:
    """Return where a measure's field is followed on its chapter's page."""
    return f"{chapter_address(TO_ROOT, row.chapter)}#measures-{row.field_id}"


def silent(row: MeasureRow) -> bool:
    """Whether nobody reported a measure in this edition, though there is more to come."""
    return row.stale and row.status is not MeasureStatus.DONE


def type_name(type: str, plan: Plan) -> str:
    """Return what a measure's type is called in the plan's language."""
    return plan.about.measure_types.get(type, type)


def progress_words(row: MeasureRow) -> str:
    """Return the progress as reported, with the month of completion."""
    done = measure_words.completed_on(row.completed_on)
    return f"{row.progress}{done}" or numbers.ABSENT


def silence(row: MeasureRow, book: Book) -> tuple[int, str]:
    """Return how many editions in a row lack a report, and that in words."""
    if row.last_reported is None:
        missed = book.edition.editions_since(book.plan.about.first_edition) + 1
        return missed, measure_words.never_reported(missed)
    missed = book.edition.editions_since(row.last_reported)
    return missed, measure_words.not_reported_for(missed)


def _last_reported(row: MeasureRow, book: Book) -> Cell:
    """Return the edition last reported in, with a mark where this one is missing."""
    last = row.last_reported
    if last is None:
        return edition_cell(last)
    mark = silence(row, book)[1] if row.stale else ""
    return words(last.label, sort=str(last), mark=mark)


def _projects(row: MeasureRow, book: Book) -> Cell:
    """Return how many projects in the reserve serve a measure, and how many are late."""
    own = live(projects_of_measure(book, row.measure_id))
    count = project_words.how_many(own) or numbers.ABSENT
    return figure(count, len(own), project_words.late_words(own))


def _tasks(row: MeasureRow, book: Book) -> Cell:
    """Return how many of a measure's tasks are done, and how many late."""
    tally = Tally.of(tasks_of_measure(book, row.measure_id))
    if not tally.all:
        return figure(numbers.ABSENT)
    return figure(share_words(tally), tally.all - tally.done, late_words(tally))


def _counted(own: Sequence[MeasureRow], shown: Sequence[MeasureStatus | None]) -> tuple[Cell, ...]:
    counted = Counter(row.status for row in own)
    amounts = [*(counted[name] for name in shown), len(own), sum(map(silent, own))]
    return tuple(map(counted_if_any, amounts))
