"""The tables of key projects: by stage, what an edition changed, nodes, needs, fields, all of them.

Each has what lies open in it first; amounts are in 亿元.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.present import numbers
from planbook.present.addresses import TO_ROOT, chapter_address
from planbook.present.book import Book
from planbook.present.reserve import (
    Amount,
    by_change,
    by_field,
    by_stage,
    by_unit,
    entered,
    late,
    live,
    needing,
    projects_of_goal,
    sum_of,
)
from planbook.present.say import project_words as said
from planbook.present.tables.alert_tables import subject
from planbook.present.tables.cells import (
    Cell,
    Column,
    Rows,
    counted,
    counted_if_any,
    figure,
    link,
    words,
)
from planbook.present.tables.table import Cells, FoldedTable, Table, listing, rows_of, without
from planbook.present.views import GoalView
from planbook.project_frames import ProjectChange, ProjectRow

_TOTAL, _YEAR, _DONE = (
    Column("总投资|（亿元）", "number"),
    Column("本年计划|（亿元）", "number"),
    Column("累计完成|（亿元）", "number"),
)
AMOUNTS: dict[Column, Amount] = {
    _TOTAL: "total_investment",
    _YEAR: "year_investment",
    _DONE: "invested",
}
_COUNT = Column("项目|（个）", "number")


def stages_table(book: Book) -> Table:
    """Return how many projects are in which stage, what they amount to, and all in the reserve."""
    rows = book.rows.projects
    columns = (Column("阶段"), _COUNT, Column("其中|本期进入", "number"), *AMOUNTS)
    found = by_stage(rows)
    lines = [(words(stage.label), *_stage_line(book, own)) for stage, own in found.items()]
    whole = (words("在库合计"), *_stage_line(book, live(rows)))
    groups = (Rows(tuple(lines)), Rows((whole,))) if rows else (Rows(()),)
    title = said.reserve_title(book)
    return Table("project-stages", title, columns, groups, said.HOW_TO_ADD, said.no_projects(book))


def _stage_line(book: Book, own: Sequence[ProjectRow]) -> list[Cell]:
    return [counted(len(own)), counted(entered(book, own)), *_sums(own)]


def _sums(own: Sequence[ProjectRow]) -> list[Cell]:
    """Return what some projects amount to, by kind; how many do not say it stands behind."""
    cells = []
    for name in AMOUNTS.values():
        found = sum_of(own, name)
        lack = said.missing_words(found)
        cells.append(figure(_printed(found.amount), found.amount, lack))
    return cells


def _printed(amount: float | None) -> str:
    return numbers.number(amount, said.DECIMALS)


def _amount(name: Amount) -> Callable[[ProjectRow], Cell]:
    def cell(row: ProjectRow) -> Cell:
        amount: float | None = getattr(row, name)
        return figure(_printed(amount), amount)

    return cell


def changes_table(book: Book) -> Table:
    """Return what this edition changed of the reserve, by kind, and why."""
    cells: Cells[ProjectRow] = {
        **_name(book),
        Column("阶段", "mark"): _stage,
        **_node(),
        _TOTAL: _amount("total_investment"),
        Column("说明"): lambda row: said.why(book, row) or numbers.ABSENT,
    }
    groups = [
        Rows(rows_of(cells, own), said.change_words(change, own))
        for change, own in by_change(book).items()
    ]
    title = said.changes_title(book)
    found = tuple(groups) or (Rows(()),)
    return Table("project-changes", title, tuple(cells), found, empty=said.NONE_CHANGED)


def nodes_table(book: Book) -> Table:
    """Return the projects whose node is overdue or was put off, the overdue first."""
    cells: Cells[ProjectRow] = {
        **_name(book),
        **_node(),
        Column("状况", "mark"): _late,
        Column("阶段", "mark"): _stage,
        Column("存在问题"): lambda row: said.problem_words(book, row) or numbers.ABSENT,
    }
    rows = late(book.rows.projects)
    note, empty = said.HOW_TO_READ_NODES, said.NONE_LATE
    return listing("project-nodes", "逾期和延期的节点", cells, rows, note=note, empty=empty)


def _late(row: ProjectRow) -> Cell:
    state = said.OVERDUE if row.overdue else ProjectChange.SLIPPED.label
    return Cell(state, "status", sort=f"{not row.overdue} {row.next_month}")


def needs_table(book: Book) -> Table:
    """Return what others have to decide or settle of projects, by unit."""
    cells: Cells[ProjectRow] = {
        **_name(book),
        Column("阶段", "mark"): _stage,
        Column("存在问题"): lambda row: said.problem_words(book, row) or numbers.ABSENT,
        Column("需要协调的事项"): lambda row: row.need,
    }
    rows = needing(book.rows.projects)
    return listing("project-needs", "需要协调的事项", cells, rows, empty=said.no_needs(book))


def fields_table(book: Book) -> Table:
    """Return projects and what they amount to by field, under each chapter."""
    rows = live(book.rows.projects)
    own = by_field(book, rows)
    stages = tuple(Column(stage.label, "number") for stage in by_stage(()))
    groups = []
    for chapter in book.plan.chapters:
        lines = [
            (link(field.name, chapter_address(TO_ROOT, chapter.id)), *_field_line(own[field.id]))
            for field in chapter.fields
            if field.id in own
        ]
        if lines:
            groups.append(Rows(tuple(lines), chapter.title))
    if len(own) > 1:
        groups.append(Rows(((words("在库合计"), *_field_line(rows)),), "全部"))
    columns = (Column("领域"), _COUNT, *stages, *AMOUNTS)
    return Table(
        "project-fields",
        said.fields_title(book),
        columns,
        tuple(groups) or (Rows(()),),
        said.BY_FIELD,
        said.no_projects(book),
    )


def _field_line(own: Sequence[ProjectRow]) -> list[Cell]:
    stages = [len(rows) for rows in by_stage(own).values()]
    return [counted(len(own)), *map(counted_if_any, stages), *_sums(own)]


def projects_table(book: Book) -> Table:
    """Return every project, folded by unit, in the order of stages."""
    cells = without(_cells(book), _UNIT)
    groups = [
        Rows(rows_of(cells, own), said.unit_words(book.plan.unit(unit).name, own))
        for unit, own in by_unit(book, book.rows.projects).items()
    ]
    title = said.list_title(book)
    return FoldedTable(
        "projects",
        title,
        tuple(cells),
        tuple(groups) or (Rows(()),),
        empty=said.no_projects(book),
    )


def goal_projects_table(book: Book, view: GoalView) -> Table:
    """Return the projects that serve a goal."""
    cells = without(_cells(book), _SUBJECT)
    rows = projects_of_goal(book, view.id)
    return listing("goal-projects", said.goal_title(view.name), cells, rows)


def own_projects_table(book: Book, rows: Sequence[ProjectRow]) -> Table:
    """Return projects of one unit, the overdue nodes and the next ones first."""
    cells = without(_cells(book), _UNIT)

    def place(row: ProjectRow) -> tuple[bool, bool, str, str]:
        closed = not row.stage.is_open
        return closed, not row.overdue, str(row.next_month or "9999"), row.project_id

    return listing("own-projects", "本单位的重点项目", cells, sorted(rows, key=place))


_PROJECT, _SUBJECT, _UNIT = Column("项目"), Column("举措或目标"), Column("单位", "mark")


def _name(book: Book) -> Cells[ProjectRow]:
    return {
        _PROJECT: lambda row: words(row.project),
        _UNIT: lambda row: book.plan.unit(row.submitting_unit).short,
    }


def _node() -> Cells[ProjectRow]:
    return {
        Column("下一节点"): lambda row: row.next_node or numbers.ABSENT,
        Column("时限", "period"): _month,
    }


def _cells(book: Book) -> Cells[ProjectRow]:
    return {
        **_name(book),
        _SUBJECT: lambda row: subject(book, row),
        Column("阶段", "mark"): _stage,
        **{column: _amount(name) for column, name in AMOUNTS.items()},
        **_node(),
        Column("问题和需要协调的事项"): lambda row: said.trouble_words(book, row) or numbers.ABSENT,
    }


def _stage(row: ProjectRow) -> Cell:
    """Return a project's stage; which it was before, or that nobody reported, stands beside."""
    silent = ProjectChange.SILENT.label if row.change is ProjectChange.SILENT else ""
    mark = silent or said.stage_note(row)
    return Cell(row.stage.label, "status", mark=mark, sort=str(row.stage.order))


def _month(row: ProjectRow) -> Cell:
    if row.next_month is None:
        return words(numbers.ABSENT)
    return words(row.next_month.words, sort=str(row.next_month), mark=said.node_note(row))
