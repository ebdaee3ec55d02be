"""The tables of the data-quality page: who reported, what was wrong, what was changed and why."""

from __future__ import annotations

from collections import Counter

from planbook.contract import Number
from planbook.errors import Finding
from planbook.frames import BaselineRow, CorrectionRow, RevisionRow
from planbook.periods import TimePeriod, period_label
from planbook.plan.model import Indicator, Plan
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.tables.cells import Cell, Column, figure, period, state, words
from planbook.present.tables.goal_tables import edition_cell, goal_link
from planbook.present.tables.table import Table, plain
from planbook.present.views import GoalView
from planbook.vocabulary import Severity, SubmissionState

_STATE_ORDER = list(SubmissionState)

REPORT_COLUMNS = (
    Column("状态", "mark"),
    Column("截止日期", "period"),
    Column("收到日期", "period"),
    Column("应报（项）", "number"),
    Column("已报（项）", "number"),
    Column("错误", "number"),
    Column("提示", "number"),
)


def submissions_table(book: Book) -> Table:
    """Return the units of one edition: state, date received, values owed and reported."""
    columns = (Column("填报单位"), *REPORT_COLUMNS)
    rows = [
        (
            words(row.unit_name),
            state(row.state),
            words(row.deadline or numbers.ABSENT),
            words(row.received_on or numbers.ABSENT),
            *(figure(str(n), n) for n in (row.owed, row.reported, row.errors, row.warnings)),
        )
        for row in book.rows.submissions
        if row.edition == book.edition.base
    ]
    caption = f"{book.edition.label}各单位报送情况"
    return plain("submissions", caption, columns, rows, empty="本期没有收到报送文件。")


def punctuality_table(book: Book) -> Table:
    """Return the number of units by state in every edition so far; states that never occur go."""
    counted = Counter((row.edition, row.state) for row in book.rows.submissions)
    shown = [state for state in _STATE_ORDER if any(state is other for _, other in counted)]
    columns = [Column("期号", "period"), *(Column(str(s), "number") for s in shown)]
    rows = []
    for edition in sorted({edition for edition, _ in counted}):
        amounts = [counted[edition, state] for state in shown]
        rows.append((edition_cell(edition), *(figure(str(n), n) for n in amounts)))
    return plain("punctuality", "各期报送情况（家）", columns, rows)


def findings_table(book: Book) -> Table:
    """Return what was wrong in an edition's submissions, errors first, and how to put it right."""
    columns = (
        Column("问题"),
        Column("程度", "mark"),
        Column("填报单位"),
        Column("位置"),
        Column("收到的内容"),
        Column("处理办法"),
    )
    units = {unit.id: unit.short for unit in book.plan.units}
    order = list(Severity)
    rows = []
    for row in sorted(open_findings(book), key=lambda row: order.index(row.severity)):
        sheet = f"「{row.sheet}」{row.cell}" if row.sheet else ""
        place = " ".join(part for part in (row.file, sheet) if part)
        rows.append(
            (
                words(row.message),
                words(row.severity.label),
                words(units.get(row.submitting_unit, row.submitting_unit)),
                words(place or numbers.ABSENT),
                words(row.observed or numbers.ABSENT),
                words(row.remedy),
            )
        )
    caption = f"{book.edition.label}报送中发现的问题"
    return plain("findings", caption, columns, rows, empty="没有发现问题。")


def open_findings(book: Book) -> list[Finding]:
    """Return what was found in the submissions of this edition that count."""
    return [row for row in book.rows.findings if row.edition == str(book.edition.base)]


def input_warnings(book: Book) -> list[str]:
    """Return what analysts are told of their own inputs, which no department reported."""
    return [
        f"{row.file}：{row.message}{row.remedy}。"
        for row in open_findings(book)
        if not row.submitting_unit and row.file.endswith(".csv")
    ]


_REVISION_COLUMNS = (
    Column("数据时期", "period"),
    Column("口径"),
    Column("原值", "number"),
    Column("新值", "number"),
    Column("修订于", "period"),
    Column("原因"),
)


def revisions_table(book: Book) -> Table:
    """Return every value that changed after it was first reported."""
    rows = []
    for row in book.rows.revisions:
        indicator = book.plan.indicator(row.indicator_id)
        rows.append((words(indicator.name), *_revision(row, indicator)))
    columns = (Column("指标名称"), *_REVISION_COLUMNS)
    return plain("revisions", "已修订的数据", columns, rows, empty="没有数据被修订。")


def goal_revisions_table(book: Book, view: GoalView) -> Table:
    """Return the values of one goal's indicator that changed."""
    id = view.indicator.id
    rows = [_revision(row, view.indicator) for row in book.rows.revisions if row.indicator_id == id]
    return plain("revisions", "数据修订", _REVISION_COLUMNS, rows, empty="没有修订。")


def _revision(row: RevisionRow, indicator: Indicator) -> tuple[Cell, ...]:
    undeclared = "" if row.declared else "没有在「修订」表登记"
    why = "；".join(part for part in (row.reason.rstrip("。"), undeclared) if part)
    return (
        _period(row.time_period, indicator),
        words(row.scope),
        *(_value(value, indicator) for value in (row.old_value, row.new_value)),
        edition_cell(row.vintage),
        words(why or numbers.ABSENT),
    )


def corrections_table(book: Book) -> Table:
    """Return the declared corrections in force."""
    columns = (
        Column("编号"),
        Column("指标或举措"),
        Column("数据时期", "period"),
        Column("原填报"),
        Column("更正为"),
        Column("理由"),
        Column("决定单位"),
        Column("自何期起", "period"),
    )
    plan = book.plan
    units = {unit.id: unit.short for unit in plan.units}
    rows = [
        (
            words(row.correction_id),
            *_corrected(row, plan),
            words(_amount(row.expect, row, plan) or numbers.ABSENT),
            words(_amount(row.value, row, plan) or row.action.label),
            words(row.reason),
            words(units.get(row.decided_by, row.decided_by)),
            words(row.from_edition.label),
        )
        for row in book.rows.corrections
    ]
    return plain("corrections", "现行更正声明", columns, rows, empty="没有更正声明。")


def _amount(said: str, row: CorrectionRow, plan: Plan) -> str:
    """Return what a correction says was or shall be: a number with its unit, or the word."""
    unit = next((known.unit for known in plan.indicators if known.id == row.indicator_id), "")
    return numbers.with_unit(said, unit) if unit and said[-1:].isdecimal() else said


def _corrected(row: CorrectionRow, plan: Plan) -> tuple[Cell, Cell]:
    """Return what is corrected, an indicator or a measure, and the period of its value."""
    id, month = row.indicator_id, row.time_period
    indicator = next((known for known in plan.indicators if known.id == id), None)
    if indicator is None or month is None:
        measure = plan.measure(id)
        parts = [measure.title, *(item.name for item in measure.sub_items if item.id == id)]
        return words("：".join(parts)), words(numbers.ABSENT)
    return words(indicator.name), _period(month, indicator)


def _period(month: TimePeriod, indicator: Indicator) -> Cell:
    label = period_label(month, indicator.accumulation, indicator.goals[0].since)
    return period(label, sort=str(month))


def baselines_table(book: Book) -> Table:
    """Return the goals that need a baseline: its value and source, or 基数待补."""
    columns = (
        Column("指标名称"),
        Column("基期", "period"),
        Column("基期值", "number"),
        Column("口径"),
        Column("来源"),
    )
    rows = []
    views = book.views.values()
    for view in views:
        if not view.kind.from_base:
            continue
        value, source = view.verdict.baseline_value, baseline_source(book, view)
        rows.append(
            (
                goal_link(view),
                period(view.baseline_label),
                figure("待补" if value is None else view.value_words(value), value),
                words(baseline_scope(book, view) or numbers.ABSENT),
                words(source or numbers.ABSENT),
            )
        )
    held = sum(view.verdict.baseline_value is not None for view in views)
    caption = f"需要基期值的{len(rows)}项目标（已有{held}项，待补{len(rows) - held}项）"
    return plain("baselines", caption, columns, rows)


def baseline_source(book: Book, view: GoalView) -> str:
    """Return where a goal's baseline comes from, with its note; empty where it has none.

    Of a goal restated for another area it comes with the amendment.
    """
    restated = view.goal.restated(view.verdict.edition)
    if restated is not None:
        return restated.source
    row = _baseline_row(book, view)
    return "；".join(part for part in (row.source, row.note) if part) if row else ""


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


def _value(value: Number, indicator: Indicator) -> Cell:
    return figure(numbers.quantity(value, indicator.unit, indicator.decimals), value)
