"""The tables of the data-quality page: who reported, what was wrong, what was changed and why."""

from __future__ import annotations

from collections import Counter

from planbook.contract import Number
from planbook.errors import Finding
from planbook.frames import BaselineRow, CorrectionRow, RevisionRow, SubmissionRow
from planbook.periods import FiscalYear, TimePeriod, period_label
from planbook.plan.model import Indicator, Plan
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.prose import Prose
from planbook.present.say import table_words
from planbook.present.say.action_words import measure_name
from planbook.present.say.project_words import UNIT as INVESTMENT
from planbook.present.say.quality_words import lacking_words
from planbook.present.say.wording import day_words
from planbook.present.tables.cells import Cell, Column, counted, figure, period, state, words
from planbook.present.tables.goal_tables import edition_cell, goal_link
from planbook.present.tables.table import Cells, Table, listing, plain
from planbook.present.views import GoalView
from planbook.vocabulary import Severity, SubmissionState, Visibility

_STATE_ORDER = list(SubmissionState)


def report_state(row: SubmissionRow) -> Cell:
    """Return where a report stands; of who owes no values, what is awaited all the same.

    One that came but lacks values says so: in time is not yet complete.
    """
    silent = row.state in (SubmissionState.MISSING, SubmissionState.AWAITED) and not row.owed
    return state(row.state, table_words.MEASURES_ONLY if silent else lacking_words(row))


def report_cells() -> Cells[SubmissionRow]:
    """Return how punctual and complete a report was."""
    return {
        Column("状态", "mark"): report_state,
        Column("截止日期", "period"): lambda row: day_words(row.deadline) or numbers.ABSENT,
        Column("收到日期", "period"): lambda row: day_words(row.received_on) or numbers.ABSENT,
        Column("应报（项）", "number"): lambda row: counted(row.owed),
        Column("已报（项）", "number"): lambda row: counted(row.reported),
        Column("错误", "number"): lambda row: counted(row.errors),
        Column("提示", "number"): lambda row: counted(row.warnings),
    }


def submissions_table(book: Book) -> Table:
    """Return the units of one edition: state, date received, values owed and reported."""
    cells: Cells[SubmissionRow] = {Column("填报单位"): lambda row: row.unit_name}
    own = [row for row in book.rows.submissions if row.edition == book.edition.base]
    caption = table_words.sent_caption(book.edition.label)
    empty = table_words.NOTHING_SENT
    return listing("submissions", caption, {**cells, **report_cells()}, own, empty=empty)


def punctuality_table(book: Book) -> Table:
    """Return the number of units by state in every edition so far; states that never occur go."""
    found = Counter((row.edition, row.state) for row in book.rows.submissions)
    shown = [state for state in _STATE_ORDER if any(state is other for _, other in found)]
    columns = [Column("期号", "period"), *(Column(str(s), "number") for s in shown)]
    rows = []
    for edition in sorted({edition for edition, _ in found}):
        amounts = [found[edition, state] for state in shown]
        rows.append((edition_cell(edition), *map(counted, amounts)))
    return plain("punctuality", "各期报送情况（家）", columns, rows)


def findings_table(book: Book) -> Table:
    """Return what was wrong in an edition's submissions, errors first, and how to put it right."""
    if book.visibility is Visibility.PUBLIC:
        return _findings_counted(book)
    units = {unit.id: unit.short for unit in book.plan.units}

    def place(row: Finding) -> str:
        return table_words.place_of_finding(row.file, row.sheet, row.cell) or numbers.ABSENT

    cells: Cells[Finding] = {
        Column("问题"): lambda row: row.message,
        Column("程度", "mark"): lambda row: row.severity.label,
        Column("填报单位"): lambda row: units.get(row.submitting_unit, row.submitting_unit),
        Column("位置"): place,
        Column("收到的内容"): lambda row: row.observed or numbers.ABSENT,
        Column("处理办法"): lambda row: table_words.remedy_printed(row.remedy),
    }
    caption = table_words.findings_caption(book.edition.label)
    found = sorted(book.open_findings, key=lambda row: list(Severity).index(row.severity))
    return listing("findings", caption, cells, found, empty=table_words.NOTHING_FOUND)


def _findings_counted(book: Book) -> Table:
    """Return how many problems there were: what they quote is for the units alone."""
    counted_by = Counter(row.severity for row in book.open_findings)
    cells: Cells[Severity] = {
        Column("程度", "mark"): lambda severity: severity.label,
        Column("问题（处）", "number"): lambda severity: counted(counted_by[severity]),
    }
    found = [severity for severity in Severity if counted_by[severity]]
    caption = table_words.findings_caption(book.edition.label)
    note = table_words.FINDINGS_ONLY_COUNTED
    return listing("findings", caption, cells, found, empty=table_words.NOTHING_FOUND, note=note)


def input_warnings(book: Book) -> list[str]:
    """Return what analysts are told of their own inputs, which no department reported."""
    return [
        table_words.input_warning(row.file, row.message, row.remedy)
        for row in book.open_findings
        if not row.submitting_unit and row.file.endswith(".csv")
    ]


def revisions_lead(book: Book) -> Prose:
    """Return how many values this edition revised, and how many of them had been published."""
    own = [
        row for row in book.rows.revisions if book.plan.cycle.told_in(row.vintage) == book.edition
    ]
    released = {row.edition for row in book.rows.editions if row.released}
    published = Counter(row.old_vintage for row in own if row.old_vintage in released)
    if not own:
        return Prose(table_words.NOTHING_REVISED)
    by_edition = [(edition.label, published[edition]) for edition in sorted(published)]
    return Prose(markdown(table_words.revised(len(own), by_edition)))


def revisions_table(book: Book) -> Table:
    """Return every value that changed after it was first reported, the newest changes first."""
    name: Cells[RevisionRow] = {
        Column("指标名称"): lambda row: book.plan.indicator(row.indicator_id).name
    }
    cells = {**name, **_revision(book.plan)}
    rows = sorted(book.rows.revisions, key=lambda row: row.vintage, reverse=True)
    return listing("revisions", "已修订的数据", cells, rows, empty=table_words.NO_REVISED_VALUE)


def goal_revisions_table(book: Book, view: GoalView) -> Table:
    """Return the values of one goal's indicator that changed."""
    own = [row for row in book.rows.revisions if row.indicator_id == view.indicator.id]
    return listing(
        "revisions", "数据修订", _revision(book.plan), own, empty=table_words.NO_REVISION
    )


def _revision(plan: Plan) -> Cells[RevisionRow]:
    def value(row: RevisionRow, value: Number) -> Cell:
        its = plan.indicator(row.indicator_id)
        return figure(numbers.quantity(value, its.unit, its.decimals), value)

    def why(row: RevisionRow) -> str:
        said = table_words.reason_of_revision(row.reason, declared=row.declared)
        return said or numbers.ABSENT

    return {
        Column("数据时期", "period"): lambda row: _period(
            row.time_period, plan.indicator(row.indicator_id), plan.year
        ),
        Column("口径"): lambda row: row.scope,
        Column("原载于", "period"): lambda row: edition_cell(row.old_vintage),
        Column("原值", "number"): lambda row: value(row, row.old_value),
        Column("新值", "number"): lambda row: value(row, row.new_value),
        Column("修订于", "period"): lambda row: edition_cell(row.vintage),
        Column("原因"): why,
    }


def corrections_table(book: Book) -> Table:
    """Return the declared corrections in force."""
    plan = book.plan
    units = {unit.id: unit.short for unit in plan.units}
    cells: Cells[CorrectionRow] = {
        Column("编号"): lambda row: row.correction_id,
        Column("指标、举措或项目"): lambda row: _corrected(row, book)[0],
        Column("数据时期", "period"): lambda row: _corrected(row, book)[1],
        Column("原填报"): lambda row: _amount(row.expect, row, plan) or numbers.ABSENT,
        Column("更正为"): lambda row: _amount(row.value, row, plan) or row.action.label,
        Column("理由"): lambda row: row.reason,
        Column("决定单位"): lambda row: units.get(row.decided_by, row.decided_by),
        Column("自何期起", "period"): lambda row: row.from_edition.label,
    }
    empty = table_words.NO_CORRECTION
    return listing("corrections", "现行更正声明", cells, book.rows.corrections, empty=empty)


def _amount(said: str, row: CorrectionRow, plan: Plan) -> str:
    """Return what a correction says was or shall be: a number with its unit, or the word."""
    if row.amount is not None:
        return numbers.with_unit(said, INVESTMENT) if said[-1:].isdecimal() else said
    unit = next((known.unit for known in plan.indicators if known.id == row.indicator_id), "")
    return numbers.with_unit(said, unit) if unit and said[-1:].isdecimal() else said


def _corrected(row: CorrectionRow, book: Book) -> tuple[Cell, Cell]:
    """Return what is corrected, an indicator, a measure or an amount, and its value's period."""
    id, month, plan = row.indicator_id, row.time_period, book.plan
    if row.amount is not None:
        name = next((each.project for each in book.rows.projects if each.project_id == id), id)
        of = words(table_words.amount_of_project(name, row.amount.label))
        return of, period(row.edition.label if row.edition else numbers.ABSENT)
    indicator = next((known for known in plan.indicators if known.id == id), None)
    if indicator is None or month is None:
        return words(measure_name(book, id)), words(numbers.ABSENT)
    return words(indicator.name), _period(month, indicator, plan.year)


def _period(month: TimePeriod, indicator: Indicator, year: FiscalYear) -> Cell:
    label = period_label(month, indicator.accumulation, indicator.goals[0].since, year)
    return period(label, sort=str(month))


def baselines_table(book: Book) -> Table:
    """Return the goals that need a baseline: its value and source, or 基数待补."""
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("基期", "period"): lambda view: period(view.baseline_label),
        Column("基期值", "number"): _baseline_value,
        Column("口径"): lambda view: baseline_scope(book, view) or numbers.ABSENT,
        Column("来源"): lambda view: baseline_source(book, view) or numbers.ABSENT,
    }
    every = [view for view in book.views.values() if view.kind.from_base]
    own = [view for view in every if not view.is_withheld]
    held = sum(view.verdict.baseline_value is not None for view in own)
    caption = table_words.baselines_caption(
        len(every), held, wanted=len(own) - held, withheld=len(every) - len(own)
    )
    return listing("baselines", caption, cells, own)


def _baseline_value(view: GoalView) -> Cell:
    value = view.verdict.baseline_value
    return figure(view.kind.without_base if value is None else view.value_words(value), value)


def baseline_source(book: Book, view: GoalView) -> str:
    """Return where a goal's baseline comes from, with its note; empty where it has none.

    Of a goal restated for another area it comes with the amendment.
    """
    restated = view.goal.restated(view.verdict.edition)
    if restated is not None:
        return restated.source
    row = _baseline_row(book, view)
    return table_words.source_with_note(row.source, row.note) if row else ""


def baseline_scope(book: Book, view: GoalView) -> str:
    """Return the area that a goal's baseline covers, which need not be that of its newest value."""
    restated = view.goal.restated(view.verdict.edition)
    if restated is not None:
        return str(restated.scope)
    row = _baseline_row(book, view)
    return row.scope if row else ""


def _baseline_row(book: Book, view: GoalView) -> BaselineRow | None:
    verdict = view.verdict
    if verdict.baseline_value is None:
        return None
    wanted = (verdict.indicator_id, verdict.baseline_period, verdict.baseline_value)
    return next(
        (
            row
            for row in reversed(book.rows.baselines)
            if (row.indicator_id, row.time_period, row.obs_value) == wanted
        ),
        None,
    )
