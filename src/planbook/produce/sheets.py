"""What stands in the workbook's sheets: rows for people, made of a book's saved tables.

`planbook.produce.workbook` writes them. A number stays a number; where it is printed with its
indicator's decimals, the cell is the pair of both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planbook.periods import TimePeriod
from planbook.plan.model import Plan
from planbook.present.chapter import Book
from planbook.present.columns import COLUMN_WORDS, TABLE_TITLES
from planbook.present.text import full_width
from planbook.present.views import GoalView
from planbook.present.wording import STATE_SENTENCES, rating_rules
from planbook.vocabulary import Accumulation, ObsStatus, SubmissionState

KINDS = {  # how Excel prints a column
    "text": "@",
    "value": "",  # by the indicator's decimals
    "share": "0.0%",
    "ratio": "0.00",
    "yoy": "0.0",
    "count": "0",
}


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its head, width in characters, and a key of `KINDS`."""

    head: str
    width: int
    kind: str = "text"


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    `frozen` columns stay when it is scrolled sideways; the first `printed` ones are printed, since
    all of them would be too small to read on A4.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""
    frozen: int = 0
    printed: int = 0  # 0: all
    filtered: bool = True


def sheets(book: Book) -> tuple[Sheet, ...]:
    """Return the workbook's sheets in order."""
    return (_goals(book), _values(book), _measures(book), _quality(book), _notes(book))


def _goals(book: Book) -> Sheet:
    columns = (
        Column("章节", 14),
        Column("领域", 14),
        Column("目标", 26),
        Column("状态", 11),
        Column("无法判定的原因", 14),
        Column("最新值", 11, "value"),
        Column("计量单位", 8),
        Column("数据时期", 18),
        Column("目标值", 20),
        Column("目标完成率", 9, "share"),
        Column("增量完成率", 9, "share"),
        Column("序时进度", 9, "share"),
        Column("进度比", 8, "ratio"),
        Column("上期状态", 10),
        Column("同比（%）", 8, "yoy"),
        Column("同比类型", 10),
        Column("基期", 12),
        Column("基期值", 11, "value"),
        Column("口径", 10),
        Column("填报单位", 22),
        Column("原文", 60),
        Column("方案章节", 12),
        Column("目标编号", 30),
    )
    rows = tuple(_goal(view) for view in book.views.values())
    note = "空单元格表示没有数值，不表示 0。进度比为实际进展与应有进展之比。"
    return Sheet("目标", f"{len(rows)}项目标进展", columns, rows, note, frozen=3, printed=14)


def _goal(view: GoalView) -> tuple[Any, ...]:
    decimals = view.indicator.decimals
    return (
        view.chapter.title,
        view.field.name,
        view.name,
        f"{view.rating.symbol} {view.rating}",
        view.reason or "",
        (view.latest, decimals),
        view.indicator.unit if view.latest is not None else "",
        view.latest_label,
        view.target_words(),
        None if view.falling else view.number("completion"),
        view.number("increment_completion"),
        view.number("time_elapsed"),
        view.pace,
        view.previous_rating or "",
        view.number("yoy"),
        view.text("yoy_type"),
        view.baseline_label,
        (view.number("baseline_value"), decimals),
        view.text("scope"),
        view.submitting_unit.name,
        full_width(view.goal.quote),
        view.goal.section,
        view.id,
    )


def _values(book: Book) -> Sheet:
    columns = (
        Column("章节", 14),
        Column("领域", 14),
        Column("指标名称", 28),
        Column("数据时期", 18),
        Column("口径", 10),
        Column("数值", 14, "value"),
        Column("计量单位", 10),
        Column("数值状态", 12),
        Column("数据阶段", 10),
        Column("同比（%）", 9, "yoy"),
        Column("同比类型", 10),
        Column("上年同期值", 14, "value"),
        Column("累计方式", 16),
        Column("报送期号", 10),
        Column("填报单位", 20),
        Column("指标编号", 26),
    )
    rows = tuple(_observed(book))
    note = "每个指标、时期和口径一行，均为截至本期最新的数值。"
    return Sheet("数据", TABLE_TITLES["observations"], columns, rows, note, frozen=3, printed=11)


def _observed(book: Book) -> Iterator[tuple[Any, ...]]:
    plan = book.plan
    views = {view.indicator.id: view for view in book.views.values()}
    for row in book.tables.observations.to_dict("records"):
        indicator = plan.indicator(str(row["indicator_id"]))
        view, field = views[indicator.id], plan.field_of(indicator)
        accumulation = Accumulation(str(row["accumulation"]))
        yield (
            plan.chapter_of(indicator).title,
            field.name,
            indicator.name,
            view.label_of(TimePeriod.parse(str(row["time_period"])), accumulation),
            row["scope"],
            (row["obs_value"], indicator.decimals),
            indicator.unit,
            ObsStatus(str(row["obs_status"])).label,
            row["release_stage"],
            row["yoy"],
            row["yoy_type"],
            (row["prior_value"], indicator.decimals),
            accumulation.label,
            row["vintage"],
            plan.unit(str(row["submitting_unit"])).name,
            indicator.id,
        )


def _measures(book: Book) -> Sheet:
    columns = (
        Column("章节", 14),
        Column("领域", 16),
        Column("举措", 30),
        Column("专项", 24),
        Column("状态", 12),
        Column("进展", 50),
        Column("完成时间", 10),
        Column("状态始于", 10),
        Column("最近报送", 10),
        Column("本期未报", 9),
        Column("类型", 12),
        Column("跟踪方式", 12),
        Column("填报单位", 20),
        Column("举措编号", 26),
    )
    rows = tuple(_followed(book))
    whole = sum(not row[3] for row in rows)
    title = f"{whole}项举措" + (f"和{len(rows) - whole}个专项进展" if len(rows) > whole else "进展")
    note = "专项为方案列明的名目，单独报送。状态和进展为最近一次报送的内容。"
    return Sheet("举措", title, columns, rows, note, frozen=4, printed=10)


def _followed(book: Book) -> Iterator[tuple[Any, ...]]:
    plan = book.plan
    for row in book.tables.measures.to_dict("records"):
        measure = plan.measure(str(row["measure_id"]))
        sub = bool(row["parent_id"])
        yield (
            plan.chapter(str(row["chapter"])).title,
            row["field"],
            measure.title,
            row["title"] if sub else "",
            row["status"] or "未报送",
            row["progress"],
            row["completed_on"],
            row["status_since"],
            row["last_reported"],
            "是" if row["stale"] else "",
            plan.about.measure_types.get(measure.type, measure.type),
            measure.pattern.label,
            plan.unit(str(row["submitting_unit"])).name,
            row["measure_id"],
        )


def _quality(book: Book) -> Sheet:
    columns = (
        Column("期号", 10),
        Column("填报单位", 24),
        Column("报送状态", 12),
        Column("截止日期", 12),
        Column("收到日期", 12),
        Column("应报（项）", 10, "count"),
        Column("已报（项）", 10, "count"),
        Column("错误", 8, "count"),
        Column("提示", 8, "count"),
        Column("被替代的文件数", 10, "count"),
    )
    frame = book.tables.submissions.sort_values("edition", ascending=False, kind="stable")
    names = ("edition", "unit_name", "state", "deadline", "received_on")
    counts = ("owed", "reported", "errors", "warnings", "superseded")
    rows = tuple(
        (*(row[name] for name in names), *(int(row[name]) for name in counts))
        for row in frame.to_dict("records")
    )
    note = "新的一期在前。错误须改正后重报，提示照常采用但须核实；逐条内容见书中「数据质量」。"
    return Sheet("数据质量", "各期报送情况", columns, rows, note, frozen=2)


def _notes(book: Book) -> Sheet:
    plan, warning = book.plan, "示例数据：全部数值为演示而编造，不得引用。"
    about = [
        ("依据", f"《{plan.about.title}》（{plan.about.issuer}，{plan.about.issued}）"),
        ("期号", f"{book.edition}（{book.edition.label}）"),
        ("数据集", f"{book.dataset.title}（{book.dataset.name}）"),
        *([("注意", warning)] if book.dataset.demonstration else []),
        ("空单元格", "没有数值，不表示 0"),
        ("同来源", "各表与书中的表格和同时发布的 CSV 文件出自同一套数据"),
    ]
    rows = [("本文件", *pair) for pair in about]
    rules = rating_rules(plan.thresholds)
    rows += [("状态", f"{rating.symbol} {rating}", rule) for rating, rule in rules.items()]
    rows += [("报送状态", str(state), STATE_SENTENCES[state]) for state in SubmissionState]
    rows += [("指标", *pair) for pair in _column_notes(plan)]
    columns = (Column("类别", 12), Column("项目", 20), Column("说明", 90))
    return Sheet("说明", "说明", columns, tuple(rows), filtered=False)


def _column_notes(plan: Plan) -> Iterator[tuple[str, str]]:
    for column in ("completion", "increment_completion", "time_elapsed", "scope"):
        known = COLUMN_WORDS[column]
        yield known.title, known.meaning
    yield "进度比", f"评级所用的进度比；达序时的下限为{plan.thresholds.on_course:g}"
