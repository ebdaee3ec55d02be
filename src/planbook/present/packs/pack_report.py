"""What one unit reported in an edition, what came late or is missing, and what is to be done next.

Turns the unit's own book into the lines and tables of its pack's first and last pages.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from planbook.periods import Edition, TimePeriod
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import listed, markdown
from planbook.present.packs.needs import attention
from planbook.present.prose import Prose
from planbook.present.say.rating_changes import changes, from_to
from planbook.present.say.sentences import measures_sentence, rating_counts
from planbook.present.tables.goal_tables import edition_label
from planbook.present.tables.measure_tables import silent
from planbook.present.tables.quality_tables import REPORT_COLUMNS
from planbook.present.tables.table import (
    Cell,
    Column,
    Table,
    figure,
    measured,
    period,
    plain,
    words,
)
from planbook.present.views import GoalView
from planbook.vocabulary import (
    Accumulation,
    MeasureStatus,
    ObsStatus,
    Reason,
    SubmissionState,
)

_SEND = {
    SubmissionState.AWAITED: "报送本期填报表",
    SubmissionState.MISSING: "补报本期填报表",
    SubmissionState.RETURNED: "改正后重报本期填报表",
    SubmissionState.WITHDRAWN: "重报本期填报表",
    SubmissionState.REFUSED: "改正后重报本期填报表",
}
_NAMED = 5  # names in a line before 「等」


def points(book: Book, *, with_form: bool) -> Prose:
    """Return the first page's lines: what came in, goals, changes, measures, what to do.

    Parameters
    ----------
    with_form
        Whether there is a form for the next quarter.
    """
    views = list(book.views.values())
    lines = {
        "报送": _reported(book),
        "目标": _goals(views),
        "变化": _changes(views),
        "举措": _measures(book.tables.measures),
        "待办": _to_do(book, with_form=with_form),
    }
    said = (f"- **{name}**：{markdown(line)}" for name, line in lines.items() if line)
    return Prose("\n".join(said))


def _reported(book: Book) -> str:
    """Return when the workbook came, against the deadline, and what it lacked."""
    row = report_row(book)
    if row is None:
        return f"没有{book.edition.base.label}的报送记录。"
    state = SubmissionState(str(row["state"]))
    deadline, received = day_words(str(row["deadline"])), day_words(str(row["received_on"]))
    until = f"（截止日期{deadline}）" if deadline else ""
    owed, sent = int(row["owed"]), int(row["reported"])
    counted = f"应报数据{owed}项，已报{sent}项" if owed else "本期没有应报的数据"
    match state:
        case SubmissionState.NOTHING_OWED:
            return "本期没有应报内容。"
        case SubmissionState.MISSING:
            known = not book.tables.observations.empty
            older = "以下沿用最近一次报送的数据" if known else "此前也没有报送过数据"
            return f"尚未收到填报表{until}；{counted}，{older}。"
        case SubmissionState.AWAITED:
            return f"尚未收到填报表{until}，截止日期未到；{counted}。"
        case SubmissionState.RETURNED:
            back = f"{received}收到的填报表有{int(row['errors'])}处错误，已退回{until}"
            return f"{back}，须改正后重报；{counted}。"
        case SubmissionState.WITHDRAWN:
            return f"收到的填报表已撤回{until}，须重报；{counted}。"
        case SubmissionState.REFUSED:
            return f"{received}收到的填报表无法采用{until}，须改正后重报；{counted}。"
        case _:
            late = state is SubmissionState.LATE
            punctual = f"迟于截止日期{deadline}" if late else f"按时{until}"
            missing = _missing(list(book.views.values()))
            lack = f"，未报：{listed(missing, _NAMED)}" if missing else ""
            return f"{received}收到填报表，{punctual}；{counted}{lack}。"


def _missing(views: list[GoalView]) -> list[str]:
    names = [view.indicator.name for view in views if view.reason is Reason.NOT_REPORTED]
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


def _measures(measures: pd.DataFrame) -> str:
    whole = measures[measures["parent_id"] == ""]
    said = measures_sentence(str(status) for status in whole["status"])
    if not said:
        return "方案没有由本单位填报的举措。"
    subs = len(measures) - len(whole)
    blocked = int((measures["status"] == str(MeasureStatus.BLOCKED)).sum())
    quiet = int(silent(measures).sum())
    trouble = [f"受阻{blocked}项" if blocked else "", f"本期未报{quiet}项" if quiet else ""]
    counted = "、".join(part for part in trouble if part)
    both = "连同专项" if subs else "其中"
    extra = [f"另有{subs}个专项" if subs else "", f"{both}{counted}" if counted else ""]
    told = "；".join(part for part in extra if part)
    return f"{said}{told}。" if told else said


def _to_do(book: Book, *, with_form: bool) -> str:
    """Return what the unit is asked for: findings to answer, baselines, the next report."""
    findings = open_findings(book)
    lacking = [v.name for v in book.views.values() if v.reason is Reason.NO_BASELINE]
    judged = [v.name for v in book.views.values() if v.reason is Reason.AWAITING_ASSESSMENT]
    following = book.edition.plus(1)
    last = book.dataset.deadline(following)
    row = report_row(book)
    tasks = [
        _SEND.get(SubmissionState(str(row["state"])), "") if row is not None else "",
        f"核对或改正本期报送中的{len(findings)}个问题" if len(findings) else "",
        f"补报基期值（{listed(lacking, _NAMED)}）" if lacking else "",
        f"提供评定意见（{listed(judged, _NAMED)}）" if judged else "",
        f"于{last.year}年{last.month}月{last.day}日前报送{following.label}填报表"
        if with_form
        else f"{following.label}没有应报内容，不需报送",
    ]
    return "；".join(task for task in tasks if task) + "。"


def report_row(book: Book) -> Mapping[Hashable, Any] | None:
    """Return the unit's row of this edition's submissions; ``None`` where there is none."""
    frame = book.tables.submissions
    own = frame[frame["edition"] == str(book.edition.base)]
    return next(iter(own.to_dict("records")), None)


def open_findings(book: Book) -> pd.DataFrame:
    """Return what was found in the workbook of this edition that counts."""
    frame = book.tables.findings
    return frame[frame["edition"] == str(book.edition.base)]


def reports_table(book: Book) -> Table:
    """Return the unit's reports in every edition so far, newest first."""
    columns = (Column("期号", "period"), *REPORT_COLUMNS)
    frame = book.tables.submissions
    rows = []
    for row in sorted(
        frame.to_dict("records"), key=lambda row: Edition.parse(str(row["edition"])), reverse=True
    ):
        days = (day_words(str(row[name])) or numbers.ABSENT for name in ("deadline", "received_on"))
        counts = (figure(str(row[name])) for name in ("owed", "reported", "errors", "warnings"))
        label = words(edition_label(str(row["edition"])))
        rows.append((label, words(str(row["state"])), *map(words, days), *counts))
    return plain("reports", "各期报送情况", columns, rows, empty="没有报送记录。")


def values_table(book: Book) -> Table:
    """Return the values that came in this edition, as they are used."""
    columns = (
        Column("指标名称"),
        Column("数据时期", "period"),
        Column("数值", "number"),
        Column("同比（%）", "number"),
        Column("上年同期", "number"),
        Column("数据阶段", "mark"),
        Column("口径", "mark"),
    )
    frame = book.tables.observations
    this = frame[frame["vintage"].isin([str(book.edition), str(book.edition.base)])]
    rows = [_value(book, row) for row in this.to_dict("records")]
    caption = f"{book.edition.label}报送的数据"
    return plain("values", caption, columns, rows, empty="本期没有收到数据。")


def _value(book: Book, row: Mapping[Hashable, Any]) -> tuple[Cell, ...]:
    indicator = book.plan.indicator(str(row["indicator_id"]))
    view = next(v for v in book.views.values() if v.indicator.id == indicator.id)
    month = TimePeriod.parse(str(row["time_period"]))
    label = view.label_of(month, Accumulation(str(row["accumulation"])))
    value, before, yoy = (_known(row[name]) for name in ("obs_value", "prior_value", "yoy"))
    status = ObsStatus(str(row["obs_status"]))
    said = status.label if value is None else numbers.number(value, indicator.decimals)
    unit = "" if value is None else numbers.spoken_unit(indicator.unit)
    return (
        words(indicator.name),
        period(label, sort=str(month)),
        measured(said, unit, value),
        figure(
            numbers.ABSENT if yoy is None else numbers.number(yoy, 1), yoy, str(row["yoy_type"])
        ),
        figure(numbers.number(before, indicator.decimals)),
        words(str(row["release_stage"]) or numbers.ABSENT),
        words(str(row["scope"])),
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def day_words(day: str) -> str:
    """Return 2026年10月15日 for 2026-10-15; empty for an empty day."""
    if not day:
        return ""
    year, month, date = (int(part) for part in day.split("-"))
    return f"{year}年{month}月{date}日"
