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
from planbook.present.say import project_words
from planbook.present.say.action_words import actions_counted, subject_name
from planbook.present.say.notice_words import NOTICE
from planbook.present.say.rating_changes import changes, from_to
from planbook.present.say.sentences import measures_sentence, rating_counts
from planbook.present.say.task_words import counted
from planbook.present.say.wording import day_words
from planbook.present.tables.cells import Cell, Column, figure, measured, period
from planbook.present.tables.measure_board import trouble_words
from planbook.present.tables.quality_tables import open_findings, report_cells
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView
from planbook.present.watched import standing_alerts
from planbook.vocabulary import Reason, SubmissionState

_SEND = {
    SubmissionState.AWAITED: "报送本期填报表",
    SubmissionState.MISSING: "补报本期填报表",
    SubmissionState.RETURNED: "改正后重报本期填报表",
    SubmissionState.WITHDRAWN: "重报本期填报表",
    SubmissionState.REFUSED: "改正后重报本期填报表",
}
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
        "任务": f"{counted(book.rows.tasks)}。" if book.rows.tasks else "",
        "项目": _projects(book),
        "预警": _warned(book),
        "督办": _actions(book, with_form=with_form),
        "待办": _to_do(book, with_form=with_form),
    }
    said = (f"- **{name}**：{markdown(line)}" for name, line in lines.items() if line)
    return Prose("\n".join(said))


def _projects(book: Book) -> str:
    rows = book.rows.projects
    return f"{project_words.counted(rows)}。" if rows else ""


def _reported(book: Book) -> str:
    """Return when the workbook came, against the deadline, and what it lacked."""
    row = report_row(book)
    if row is None:
        return f"没有{book.edition.base.label}的报送记录。"
    deadline, received = day_words(row.deadline), day_words(row.received_on)
    until = f"（截止日期{deadline}）" if deadline else ""
    counted = "本期没有应报的数据"
    if row.owed:
        counted = f"应报数据{row.owed}项，已报{row.reported}项"
    match row.state:
        case SubmissionState.NOTHING_OWED:
            return "本期没有应报内容。"
        case SubmissionState.MISSING:
            known = bool(book.rows.observations)
            older = "以下沿用最近一次报送的数据" if known else "此前也没有报送过数据"
            return f"尚未收到填报表{until}；{counted}，{older}。"
        case SubmissionState.AWAITED:
            return f"尚未收到填报表{until}，截止日期未到；{counted}。"
        case SubmissionState.RETURNED:
            back = f"{received}收到的填报表有{row.errors}处错误，已退回{until}"
            return f"{back}，须改正后重报；{counted}。"
        case SubmissionState.WITHDRAWN:
            return f"收到的填报表已撤回{until}，须重报；{counted}。"
        case SubmissionState.REFUSED:
            return f"{received}收到的填报表无法采用{until}，须改正后重报；{counted}。"
        case _:
            late = row.state is SubmissionState.LATE
            punctual = f"迟于截止日期{deadline}" if late else f"按时{until}"
            missing = _missing(list(book.views.values()))
            lack = f"，未报：{listed(missing, _NAMED)}" if missing else ""
            return f"{received}收到填报表，{punctual}；{counted}{lack}。"


def _missing(views: list[GoalView]) -> list[str]:
    names = [view.indicator.name for view in views if view.verdict.reason is Reason.NOT_REPORTED]
    return list(dict.fromkeys(names))


def _goals(views: list[GoalView]) -> str:
    if not views:
        return "方案没有由本单位填报的量化目标，按举措跟踪。"
    lagging = len(attention(views))
    said = f"共{len(views)}项：{rating_counts(views)}"
    return f"{said}；须重点关注的有{lagging}项，见下表。" if lagging else f"{said}。"


def _changes(views: list[GoalView]) -> str:
    found = changes(views)
    if not found.comparable:
        return ""
    if not found.named:
        return "与上期相比，各项目标的状态没有变化。"
    parts = (
        f"{name}{len(own)}项（{listed([f'{v.name} {from_to(v)}' for v in own], _NAMED)}）"
        for name, own in found.named
    )
    return f"与上期相比，{'；'.join(parts)}。"


def _measures(measures: Sequence[MeasureRow]) -> str:
    whole = [row for row in measures if not row.parent_id]
    said = measures_sentence(row.status for row in whole)
    if not said:
        return "方案没有由本单位填报的举措。"
    subs = len(measures) - len(whole)
    counted = trouble_words(measures)
    both = "连同专项" if subs else "其中"
    extra = [f"另有{subs}个专项" if subs else "", f"{both}{counted}" if counted else ""]
    told = "；".join(part for part in extra if part)
    return f"{said}{told}。" if told else said


def _warned(book: Book) -> str:
    """Return what is warned of, by rule; empty for nothing."""
    rows = standing_alerts(book)
    named = [f"{subject_name(book, row)}（{row.alert_rule.label}）" for row in rows]
    return f"共{len(rows)}条：{listed(named, _NAMED)}，详见{NOTICE}。" if rows else ""


def _actions(book: Book, *, with_form: bool) -> str:
    """Return how many actions are open and late, and where to reply; empty for none."""
    said = actions_counted(book, named=False)
    reply = "，请在下一期填报表的「督办事项」表中反馈" if with_form else ""
    return f"{said}，见下表{reply}。" if said else ""


def _to_do(book: Book, *, with_form: bool) -> str:
    """Return what the unit is asked for: findings to answer, baselines, the next report."""
    findings = open_findings(book)
    lacking = [v.name for v in book.views.values() if v.verdict.reason is Reason.NO_BASELINE]
    judged = [v.name for v in book.views.values() if v.verdict.reason is Reason.AWAITING_ASSESSMENT]
    following = book.edition.plus(1)
    last = book.dataset.deadline(following)
    row = report_row(book)
    tasks = [
        _SEND.get(row.state, "") if row is not None else "",
        f"核对或改正本期报送中的{len(findings)}个问题" if findings else "",
        f"补报基期值（{listed(lacking, _NAMED)}）" if lacking else "",
        f"提供评定意见（{listed(judged, _NAMED)}）" if judged else "",
        f"于{day_label(last)}前报送{following.label}填报表"
        if with_form
        else f"{following.label}没有应报内容，不需报送",
    ]
    return "；".join(task for task in tasks if task) + "。"


def report_row(book: Book) -> SubmissionRow | None:
    """Return the unit's row of this edition's submissions; ``None`` where there is none."""
    own = (row for row in book.rows.submissions if row.edition == book.edition.base)
    return next(own, None)


def reports_table(book: Book) -> Table:
    """Return the unit's reports in every edition so far, newest first."""
    edition: Cells[SubmissionRow] = {Column("期号", "period"): lambda row: row.edition.label}
    rows = sorted(book.rows.submissions, key=lambda row: row.edition, reverse=True)
    cells = {**edition, **report_cells(day_words)}
    return listing("reports", "各期报送情况", cells, rows, empty="没有报送记录。")


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
    caption = f"{book.edition.label}报送的数据"
    return listing("values", caption, cells, own, empty="本期没有收到数据。")


def _period(book: Book, row: ObservationRow) -> Cell:
    view = next(v for v in book.views.values() if v.indicator.id == row.indicator_id)
    label = view.label_of(row.time_period, row.accumulation)
    return period(label, sort=str(row.time_period))


def _value(indicator: Indicator, row: ObservationRow) -> Cell:
    if row.obs_value is None:
        return measured(row.obs_status.label, "", None)
    said = numbers.number(row.obs_value, indicator.decimals)
    return measured(said, indicator.unit, row.obs_value)
