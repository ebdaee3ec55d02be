"""What one unit reported in an edition, what came late or is missing, and what is to be done next.

Turns the unit's own book into the lines and tables of its pack's first and last pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from planbook.frames import MeasureRow, ObservationRow, SubmissionRow
from planbook.periods import day_label
from planbook.plan.model import Indicator
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import listed, markdown
from planbook.present.packs.needs import attention
from planbook.present.prose import Prose
from planbook.present.say import pack_words, project_words
from planbook.present.say.action_words import actions_counted, subject_name
from planbook.present.say.notebook_words import no_rating_changed
from planbook.present.say.rating_changes import changes, from_to
from planbook.present.say.sentences import measures_sentence, rating_counts
from planbook.present.say.table_words import remarks, sentence, specified
from planbook.present.say.task_words import counted
from planbook.present.say.wording import STATE_SENTENCES, day_words
from planbook.present.tables.cells import Cell, Column, figure, measured, period
from planbook.present.tables.measure_board import trouble_words
from planbook.present.tables.quality_tables import report_cells
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView
from planbook.present.watched import standing_alerts
from planbook.vocabulary import Reason, SubmissionState

_NAMED = 5  # names in a line before 「等」


def points(book: Book, *, with_form: bool) -> Prose:
    """Return the first page's lines: what came in, goals, changes, measures, warnings, what to do.

    Parameters
    ----------
    with_form
        Whether there is a form for the next edition.
    """
    views = list(book.views.values())
    lines = {
        "报送": _reported(book),
        "目标": _goals(views),
        "变化": _changes(views),
        "举措": _measures(book.rows.measures),
        "任务": sentence(counted(book.rows.tasks)) if book.rows.tasks else "",
        "项目": _projects(book),
        "预警": _warned(book),
        "督办": _actions(book, with_form=with_form),
        "待办": _to_do(book, with_form=with_form),
    }
    said = (pack_words.bold_head(name, markdown(line)) for name, line in lines.items() if line)
    return Prose("\n".join(f"- {line}" for line in said))


def _projects(book: Book) -> str:
    rows = book.rows.projects
    return sentence(project_words.counted(rows)) if rows else ""


def _reported(book: Book) -> str:
    """Return when the workbook came, against the deadline, and what it lacked."""
    row = report_row(book)
    if row is None:
        return pack_words.no_report_of(book.edition.base.label)
    deadline, received = day_words(row.deadline), day_words(row.received_on)
    counted = pack_words.values_counted(row.owed, row.reported)
    match row.state:
        case SubmissionState.NOTHING_OWED:
            return STATE_SENTENCES[row.state]
        case SubmissionState.MISSING:
            return pack_words.form_missing(deadline, counted, ever=bool(book.rows.observations))
        case SubmissionState.AWAITED:
            return pack_words.form_awaited(deadline, counted)
        case SubmissionState.RETURNED:
            return pack_words.form_returned(received, row.errors, deadline, counted)
        case SubmissionState.WITHDRAWN:
            return pack_words.form_withdrawn(deadline, counted)
        case SubmissionState.REFUSED:
            return pack_words.form_refused(received, deadline, counted)
        case _:
            lacking = listed(_missing(list(book.views.values())), _NAMED)
            late = row.state is SubmissionState.LATE
            return pack_words.form_received(received, deadline, counted, lacking, late=late)


def _missing(views: list[GoalView]) -> list[str]:
    names = [view.indicator.name for view in views if view.verdict.reason is Reason.NOT_REPORTED]
    return list(dict.fromkeys(names))


def _goals(views: list[GoalView]) -> str:
    if not views:
        return pack_words.NO_GOAL
    return pack_words.goals_stand(len(views), rating_counts(views), len(attention(views)))


def _changes(views: list[GoalView]) -> str:
    found = changes(views)
    if not found.comparable:
        return ""
    if not found.named:
        return no_rating_changed("上期")
    return pack_words.since_last_edition(
        pack_words.goals_changed(name, len(own), _moved(own)) for name, own in found.named
    )


def _moved(views: Sequence[GoalView]) -> str:
    return listed([f"{view.name} {from_to(view)}" for view in views], _NAMED)


def _measures(measures: Sequence[MeasureRow]) -> str:
    whole = [row for row in measures if not row.parent_id]
    said = measures_sentence(row.status for row in whole)
    if not said:
        return pack_words.NO_MEASURE
    sub_items = len(measures) - len(whole)
    return said + pack_words.sub_items_and_trouble(sub_items, trouble_words(measures))


def _warned(book: Book) -> str:
    """Return what is warned of, by rule; empty for nothing."""
    rows = standing_alerts(book)
    named = [specified(subject_name(book, row), row.alert_rule.label) for row in rows]
    return pack_words.warned_of(len(rows), listed(named, _NAMED)) if rows else ""


def _actions(book: Book, *, with_form: bool) -> str:
    """Return how many actions are open and late, and where to reply; empty for none."""
    said = actions_counted(book, named=False)
    return pack_words.actions_below(said, with_form=with_form) if said else ""


def _to_do(book: Book, *, with_form: bool) -> str:
    """Return what the unit is asked for: findings to answer, baselines, the next report."""
    findings = book.open_findings
    lacking = [v.name for v in book.views.values() if v.verdict.reason is Reason.NO_BASELINE]
    judged = [v.name for v in book.views.values() if v.verdict.reason is Reason.AWAITING_ASSESSMENT]
    following = book.edition.plus(1)
    last = book.dataset.deadline(following)
    row = report_row(book)
    tasks = [
        pack_words.FORM_TO_SEND.get(row.state, "") if row is not None else "",
        pack_words.findings_to_answer(len(findings)),
        pack_words.bases_to_send(listed(lacking, _NAMED)),
        pack_words.opinions_to_send(listed(judged, _NAMED)),
        pack_words.form_due_by(day_label(last), following.label)
        if with_form
        else pack_words.no_form_due(following.label),
    ]
    return sentence(remarks(tasks))


def report_row(book: Book) -> SubmissionRow | None:
    """Return the unit's row of this edition's submissions; ``None`` where there is none."""
    own = (row for row in book.rows.submissions if row.edition == book.edition.base)
    return next(own, None)


def reports_table(book: Book) -> Table:
    """Return the unit's reports in every edition so far, newest first."""
    edition: Cells[SubmissionRow] = {Column("期号", "period"): lambda row: row.edition.label}
    rows = sorted(book.rows.submissions, key=lambda row: row.edition, reverse=True)
    cells = {**edition, **report_cells()}
    return listing("reports", "各期报送情况", cells, rows, empty=pack_words.NO_REPORT)


def values_table(book: Book) -> Table:
    """Return the values that came in this edition, as they are used."""

    def its(row: ObservationRow) -> Indicator:
        return book.plan.indicator(row.indicator_id)

    cells: Cells[ObservationRow] = {
        Column("指标名称"): lambda row: its(row).name,
        Column("数据时期", "period"): lambda row: _period(book, row),
        Column("数值", "number"): lambda row: _value(its(row), row),
        Column("同比（%）", "number"): lambda row: figure(
            numbers.number(row.yoy, 1), row.yoy, row.yoy_type or ""
        ),
        Column("上年同期", "number"): lambda row: figure(
            numbers.number(row.prior_value, its(row).decimals)
        ),
        Column("数据阶段", "mark"): lambda row: row.release_stage or numbers.ABSENT,
        Column("口径", "mark"): lambda row: row.scope,
    }
    this = (book.edition, book.edition.base)
    own = [row for row in book.rows.observations if row.vintage in this]
    caption = pack_words.values_caption(book.edition.label)
    return listing("values", caption, cells, own, empty=pack_words.NO_VALUE)


def _period(book: Book, row: ObservationRow) -> Cell:
    view = next(v for v in book.views.values() if v.indicator.id == row.indicator_id)
    label = view.label_of(row.time_period, row.accumulation)
    return period(label, sort=str(row.time_period))


def _value(indicator: Indicator, row: ObservationRow) -> Cell:
    if row.obs_value is None:
        return measured(row.obs_status.label, "", None)
    said = numbers.number(row.obs_value, indicator.decimals)
    return measured(said, indicator.unit, row.obs_value)
