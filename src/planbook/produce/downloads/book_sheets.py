"""What stands in the workbook's sheets: rows for people, made of a book's saved tables.

`planbook.produce.downloads.book_xlsx` writes them. A number stays a number; where it is printed
with its indicator's decimals, the cell is the pair of both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planbook.contract import Number
from planbook.frames import MeasureRow, ObservationRow
from planbook.plan.model import Plan
from planbook.present.book import Book
from planbook.present.escaping import full_width
from planbook.present.say.column_words import COLUMN_WORDS, TABLE_TITLES
from planbook.present.say.goal_terms import meeting_words
from planbook.present.say.outlook_sentences import (
    likelihood_words,
    outlook_sentence,
    when_words,
)
from planbook.present.say.rating_steps import rating_steps
from planbook.present.say.wording import STATE_SENTENCES, rating_rules
from planbook.present.views import PROVISIONAL, GoalView
from planbook.produce.downloads.change_sheets import change_sheets
from planbook.produce.downloads.project_sheets import project_sheets
from planbook.produce.downloads.sheet_model import Sheet, told
from planbook.produce.downloads.task_sheets import task_sheets
from planbook.produce.downloads.watch_sheets import watch_sheets
from planbook.vocabulary import SubmissionState


def sheets(book: Book) -> tuple[Sheet, ...]:
    """Return the workbook's sheets in order."""
    return (
        goals_sheet(book),
        values_sheet(book),
        outlook_sheet(book),
        changes_sheet(book),
        *change_sheets(book),
        measures_sheet(book),
        *task_sheets(book),
        *project_sheets(book),
        *watch_sheets(book),
        quality_sheet(book),
        notes_sheet(book),
    )


def _estimated(view: GoalView) -> tuple[Number, int] | None:
    return None if view.estimated is None else (view.estimated, view.decimals)


def _annual_target(view: GoalView) -> str:
    value, year = view.verdict.annual_target, view.verdict.annual_target_year
    return "" if value is None else f"{year}年{view.target_quantity(value)}"


def _rating(view: GoalView) -> str:
    return f"{view.verdict.rating.symbol} {view.verdict.rating}"


_GOALS = (
    told("章节", 14, lambda view: view.chapter.title),
    told("领域", 14, lambda view: view.field.name),
    told("目标", 26, lambda view: view.name),
    told("状态", 11, _rating),
    told("初步", 6, lambda view: PROVISIONAL if view.verdict.rating_provisional else ""),
    told("无法判定的原因", 14, lambda view: view.reason_words),
    told("最新值", 11, lambda view: (view.verdict.latest_value, view.indicator.decimals), "value"),
    told(
        "计量单位",
        8,
        lambda view: view.indicator.unit if view.verdict.latest_value is not None else "",
    ),
    told("数据时期", 18, lambda view: view.latest_label),
    told("推算全年", 11, _estimated, "value"),
    told("目标值", 20, lambda view: view.target_words()),
    told("目标完成率", 9, lambda v: None if v.falling else v.verdict.completion, "share"),
    told("增量完成率", 9, lambda view: view.verdict.increment_completion, "share"),
    told("应达进度", 9, lambda view: view.verdict.increment_due, "share"),
    told("进度比", 8, lambda view: view.verdict.pace, "ratio"),
    told("上期状态", 10, lambda view: view.verdict.previous_rating),
    told("评定办法", 12, lambda view: view.verdict.rated_by.label if view.verdict.rated_by else ""),
    told("推算下端", 11, lambda v: (v.verdict.band_low, v.decimals), "value"),
    told("推算上端", 11, lambda v: (v.verdict.band_high, v.decimals), "value"),
    told("达标要求", 18, meeting_words),
    told("应达值", 11, lambda view: (view.verdict.path_value, view.decimals), "value"),
    told("序时进度", 9, lambda view: view.verdict.time_elapsed, "share"),
    told("达到目标的时期", 10, lambda view: view.verdict.met_period),
    told("年度目标", 16, _annual_target),
    told("年度目标判定", 12, lambda view: view.verdict.annual_target_verdict),
    told("同比（%）", 8, lambda view: view.verdict.yoy, "yoy"),
    told("同比类型", 10, lambda view: view.verdict.yoy_type),
    told("基期", 12, lambda view: view.baseline_label),
    told("基期值", 11, lambda v: (v.verdict.baseline_value, v.indicator.decimals), "value"),
    told("口径", 10, lambda view: view.verdict.scope),
    told("填报单位", 22, lambda view: view.submitting_unit.name),
    told("原文", 60, lambda view: full_width(view.goal.quote)),
    told("方案章节", 12, lambda view: view.goal.section),
    told("目标编号", 30, lambda view: view.id),
)


def goals_sheet(book: Book) -> Sheet:
    """Return every goal with its verdict."""
    note = "空单元格表示没有数值，不表示 0。进度比为已取得的进展与应取得的进展之比。"
    title = f"{len(book.views)}项目标进展"
    return Sheet("目标", title, _GOALS, tuple(book.views.values()), note, frozen=3, printed=16)


def values_sheet(book: Book) -> Sheet:
    """Return every value known, a row an indicator, period and scope."""
    plan = book.plan
    views: dict[str, GoalView] = {view.indicator.id: view for view in book.views.values()}

    def view_of(row: ObservationRow) -> GoalView:
        return views[row.indicator_id]

    def number(value: Number, row: ObservationRow) -> tuple[Number, int]:
        return value, view_of(row).indicator.decimals

    columns = (
        told("章节", 14, lambda row: view_of(row).chapter.title),
        told("领域", 14, lambda row: view_of(row).field.name),
        told("指标名称", 28, lambda row: view_of(row).indicator.name),
        told("数据时期", 18, lambda row: view_of(row).label_of(row.time_period, row.accumulation)),
        told("口径", 10, lambda row: row.scope),
        told("数值", 14, lambda row: number(row.obs_value, row), "value"),
        told("计量单位", 10, lambda row: view_of(row).indicator.unit),
        told("数值状态", 12, lambda row: row.obs_status.label),
        told("数据阶段", 10, lambda row: row.release_stage),
        told("同比（%）", 9, lambda row: row.yoy, "yoy"),
        told("同比类型", 10, lambda row: row.yoy_type),
        told("上年同期值", 14, lambda row: number(row.prior_value, row), "value"),
        told("累计方式", 16, lambda row: row.accumulation.label),
        told("报送期号", 10, lambda row: row.vintage),
        told("填报单位", 20, lambda row: plan.unit(row.submitting_unit).name),
        told("指标编号", 26, lambda row: row.indicator_id),
    )
    note = "每个指标、时期和口径一行，均为截至本期最新的数值。"
    title = TABLE_TITLES["observations"]
    return Sheet("数据", title, columns, book.rows.observations, note, frozen=3, printed=11)


def _expected(name: str) -> Callable[[GoalView], tuple[Number, int] | None]:
    """Return what an outlook has in a column, with the decimals of the goal's indicator."""

    def cell(view: GoalView) -> tuple[Number, int] | None:
        value: Number = getattr(view.outlook, name, None)
        return None if value is None else (value, view.decimals)

    return cell


def _labelled(name: str) -> Callable[[GoalView], str]:
    return lambda view: getattr(getattr(view.outlook, name, None), "label", "")


_OUTLOOK = (
    told("章节", 14, lambda view: view.chapter.title),
    told("目标", 30, lambda view: view.name),
    told("达标可能性", 24, likelihood_words),
    told("可能性", 9, lambda view: view.outlook.p_met if view.outlook else None, "percent"),
    told("状态", 11, _rating),
    told("依据", 18, _labelled("p_method")),
    told("不用模型的原因", 16, _labelled("outlook_gate")),
    told("预测的时期", 14, lambda view: when_words(view) if likelihood_words(view) else ""),
    told("80%区间下限", 12, _expected("outlook_low80"), "value"),
    told("预测中值", 12, _expected("outlook_mid"), "value"),
    told("80%区间上限", 12, _expected("outlook_high80"), "value"),
    told("达标值", 12, _expected("threshold"), "value"),
    told("计量单位", 10, lambda view: view.indicator.unit if likelihood_words(view) else ""),
    told("近四季平均", 12, _expected("recent_per_quarter"), "value"),
    told("此后每季平均还需", 12, _expected("required_per_quarter"), "value"),
    told("文字表述", 60, outlook_sentence),
    told("目标编号", 30, lambda view: view.id),
)


def outlook_sheet(book: Book) -> Sheet:
    """Return what is expected of every goal at its due date."""
    note = "可能性是估计，不改变状态；「同类情形的历史频率」不是模型预测。"
    views = tuple(book.views.values())
    return Sheet("达标可能性", "各目标的达标可能性", _OUTLOOK, views, note, frozen=2, printed=15)


_CHANGES = (
    told("期号", 10, lambda step: step.edition),
    told("变动", 14, lambda step: step.group),
    told("章节", 14, lambda step: step.now.chapter.title),
    told("目标", 30, lambda step: step.now.name),
    told("上期状态", 11, lambda step: _rating(step.before)),
    told("本期状态", 11, lambda step: _rating(step.now)),
    told("上期值", 12, lambda step: (step.before.verdict.latest_value, step.now.decimals), "value"),
    told("本期值", 12, lambda step: (step.now.verdict.latest_value, step.now.decimals), "value"),
    told("计量单位", 10, lambda step: step.now.indicator.unit),
    told("上期数据时期", 18, lambda step: step.before.latest_label),
    told("本期数据时期", 18, lambda step: step.now.latest_label),
    told("变化原因", 24, lambda step: "、".join(step.differs)),
    told("目标编号", 30, lambda step: step.now.id),
)


def changes_sheet(book: Book) -> Sheet:
    """Return every change of a rating from one edition to the next, newest first."""
    note = "与前一期相比有变化的，新的在前。变化原因为两期之间不同的内容，本期的见「变化原因」。"
    steps = rating_steps(book)
    return Sheet("状态变化", "各期状态变化", _CHANGES, steps, note, frozen=4, printed=12)


def measures_sheet(book: Book) -> Sheet:
    """Return every measure and sub-item as last reported."""
    plan = book.plan

    def kind(row: MeasureRow) -> str:
        type = plan.measure(row.measure_id).type
        return plan.about.measure_types.get(type, type)

    columns = (
        told("章节", 14, lambda row: plan.chapter(row.chapter).title),
        told("领域", 16, lambda row: row.field),
        told("举措", 30, lambda row: plan.measure(row.measure_id).title),
        told("专项", 24, lambda row: row.title if row.parent_id else ""),
        told("状态", 12, lambda row: row.status or "未报送"),
        told("进展", 50, lambda row: row.progress),
        told("完成时间", 10, lambda row: row.completed_on),
        told("状态始于", 10, lambda row: row.status_since),
        told("最近报送", 10, lambda row: row.last_reported),
        told("本期未报", 9, lambda row: "是" if row.stale else ""),
        told("类型", 12, kind),
        told("跟踪方式", 12, lambda row: plan.measure(row.measure_id).pattern.label),
        told("填报单位", 20, lambda row: plan.unit(row.submitting_unit).name),
        told("举措编号", 26, lambda row: row.measure_id),
    )
    rows = book.rows.measures
    whole = sum(not row.parent_id for row in rows)
    title = f"{whole}项举措" + (f"和{len(rows) - whole}个专项进展" if len(rows) > whole else "进展")
    note = "专项为方案列明的名目，单独报送。状态和进展为最近一次报送的内容。"
    return Sheet("举措", title, columns, rows, note, frozen=4, printed=10)


_QUALITY = (
    told("期号", 10, lambda row: row.edition),
    told("填报单位", 24, lambda row: row.unit_name),
    told("报送状态", 12, lambda row: row.state),
    told("截止日期", 12, lambda row: row.deadline),
    told("收到日期", 12, lambda row: row.received_on),
    told("应报（项）", 10, lambda row: row.owed, "count"),
    told("已报（项）", 10, lambda row: row.reported, "count"),
    told("错误", 8, lambda row: row.errors, "count"),
    told("提示", 8, lambda row: row.warnings, "count"),
    told("被替代的文件数", 10, lambda row: row.superseded, "count"),
)


def quality_sheet(book: Book) -> Sheet:
    """Return who reported when, newest edition first."""
    rows = sorted(book.rows.submissions, key=lambda row: row.edition, reverse=True)
    note = "新的一期在前。错误须改正后重报，提示照常采用但须核实；逐条内容见书中「数据质量」。"
    return Sheet("数据质量", "各期报送情况", _QUALITY, rows, note, frozen=2)


_NOTES = (
    told("类别", 12, lambda row: row[0]),
    told("项目", 20, lambda row: row[1]),
    told("说明", 90, lambda row: row[2]),
)


def notes_sheet(book: Book) -> Sheet:
    """Return what the workbook is, and what its words mean."""
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
    rules = rating_rules(plan)
    rows += [("状态", f"{rating.symbol} {rating}", rule) for rating, rule in rules.items()]
    rows += [("报送状态", str(state), STATE_SENTENCES[state]) for state in SubmissionState]
    rows += [("指标", *pair) for pair in _column_notes(plan)]
    return Sheet("说明", "说明", _NOTES, rows, filtered=False)


_EXPLAINED = (
    "completion",
    "increment_completion",
    "increment_due",
    "time_elapsed",
    "rating_provisional",
    "band_low",
    "band_high",
    "path_value",
    "annual_target_verdict",
    "scope",
)


def _column_notes(plan: Plan) -> Iterator[tuple[str, str]]:
    for column in _EXPLAINED:
        known = COLUMN_WORDS[column]
        yield known.title, known.meaning
    yield "进度比", f"评定所用的进度比；达序时的下限为{plan.thresholds.on_course:g}"
