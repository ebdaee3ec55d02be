"""The tables on a goal's page: every edition, revisions, targets, and where numbers come from."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.contract import Number
from planbook.errors import Finding
from planbook.frames import AnnualTargetRow
from planbook.periods import Edition
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT, edition_address, goal_address
from planbook.present.book import Book
from planbook.present.comparing import compared
from planbook.present.say import goal_page_words
from planbook.present.say.edition_states import is_kept, state_short
from planbook.present.say.goal_terms import estimate_words, frequency_words
from planbook.present.say.sentences import clause
from planbook.present.say.table_words import NO_RECORD_YET, specified
from planbook.present.tables.cells import Cell, Column, Rows, figure, link, period, words
from planbook.present.tables.goal_tables import (
    PROGRESS,
    edition_cell,
    goal_link,
    verdict_cell,
)
from planbook.present.tables.quality_tables import baseline_source
from planbook.present.tables.table import Cells, Table, listing, plain, rows_of
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, Origin


def record_table(book: Book, view: GoalView) -> Table:
    """Return what stays the same from edition to edition: target, baseline, who reports."""
    goal = view.goal
    comparator = goal.comparator.label if goal.comparator else "由人工评定"
    first = goal.since.plus(1) if goal.since and not view.kind.by_people else None
    yearly = view.kind is Kind.EVERY_YEAR
    target = goal_page_words.due_target(view.due_words, view.target_words(), yearly=yearly)
    groups = {
        "目标": [
            ("目标", target),
            ("达标条件", comparator),
            ("方向", goal.direction.label),
            ("类型", view.kind.label),
            ("统计起点", first.words if first else ""),
        ],
        "基数": [
            ("基期值", _baseline(view)),
            ("来源", baseline_source(book, view)),
        ],
        "填报": [
            ("填报单位", view.submitting_unit.name),
            ("指标", view.indicator.name),
            ("计量单位", view.indicator.unit),
            ("统计范围", view.verdict.scope),
            ("报送频率", "" if view.kind.by_people else frequency_words(view.indicator, view.year)),
            ("历史数据", _past_sources(book, view)),
        ],
    }
    shown = tuple(
        Rows(tuple((words(name), words(value)) for name, value in rows if value), heading)
        for heading, rows in groups.items()
        if any(value for _, value in rows)
    )
    return Table("record", "目标、基数与填报", (Column("项目"), Column("内容")), shown)


def _past_sources(book: Book, view: GoalView) -> str:
    """Return where the values come from that no workbook brought."""
    own = book.observations.get(view.indicator.id, [])
    remarks = dict.fromkeys(row.remark for row in own if row.origin is Origin.HISTORY)
    return goal_page_words.sources(remarks)


def history_table(book: Book, view: GoalView) -> Table:
    """Return the goal in every edition so far, newest first.

    Once an edition was published, each says where it stands. In a publication, whose editions lie
    side by side, that leads to the goal's page there.
    """
    history = book.history(view.id)
    told = any(row.released for row in book.rows.editions)
    standing: Cells[GoalView] = {Column("状况", "mark"): lambda then: _standing(book, then)}
    when: Cells[GoalView] = {
        Column("期号", "period"): lambda then: edition_cell(then.verdict.edition),
        **(standing if told else {}),
    }
    if view.kind.by_people:
        return _people_history(when, history)
    cells: Cells[GoalView] = {
        **when,
        Column("数据时期", "period"): lambda then: period(then.latest_label or numbers.ABSENT),
        Column("数值", "number"): _value,
        Column("数据|阶段", "mark"): _stage,
        Column("同比（%）", "number"): lambda then: figure(numbers.number(then.verdict.yoy, 1)),
        **PROGRESS,
        Column("进度比", "number"): lambda then: figure(numbers.pace(then.verdict.pace)),
        Column("状态", "mark"): verdict_cell,
    }
    columns, rows = _without_empty(tuple(cells), rows_of(cells, reversed(history)))
    caption = goal_page_words.history_caption(view.indicator.unit)
    return plain("history", caption, columns, rows, empty=NO_RECORD_YET)


def _standing(book: Book, then: GoalView) -> Cell:
    """Return where the edition of a view stands, as a link where it can be read."""
    edition = then.verdict.edition
    row = next((row for row in book.rows.editions if row.edition == edition), None)
    if row is None:
        return words(numbers.ABSENT)
    said, leads_to = state_short(book, row), edition if is_kept(row) else None
    if edition == book.edition:  # what it corrects is not among the rows
        leads_to = row.corrects
    if book.publication and leads_to is not None:
        return link(said, edition_address(TO_ROOT, leads_to, goal_address("", then.id)))
    return words(said)


def _value(then: GoalView) -> Cell:
    value = then.verdict.latest_value
    said = then.latest_words if value is None else numbers.number(value, then.decimals)
    return figure(said, mark=_estimated(then))


def _stage(then: GoalView) -> str:
    told = then.verdict.latest_value is not None
    return (told and then.verdict.release_stage) or numbers.ABSENT


def _estimated(then: GoalView) -> str:
    """Return the year that the verdict rests on, where it is an estimate."""
    said, value = estimate_words(then), then.verdict.observed_value
    if value is None:
        return ""
    return said.removesuffix(numbers.spoken_unit(then.indicator.unit)).rstrip()


def _people_history(when: Cells[GoalView], history: Sequence[GoalView]) -> Table:
    """Return what people judged in every edition, and on what evidence, newest first."""
    cells: Cells[GoalView] = {
        **when,
        Column("评定单位"): lambda then: (
            then.assessor if then.verdict.assessed_by else numbers.ABSENT
        ),
        Column("评定日期", "period"): lambda then: then.verdict.assessed_on or numbers.ABSENT,
        Column("依据"): lambda then: then.verdict.evidence or numbers.ABSENT,
        Column("状态", "mark"): verdict_cell,
    }
    return listing("history", "历次评定", cells, reversed(history), empty=NO_RECORD_YET)


_YEAR_VALUES = {  # what is held against a yearly target, by kind; of others the year's end
    Kind.ANNUAL_FLOW: "全年数",
    Kind.EVERY_YEAR: "全年数",
    Kind.CUMULATIVE: "累计数",
    Kind.CAGR: "年均增速",
    Kind.GROWTH_VS_BASE: "增幅",
}


def yearly_targets_table(book: Book, view: GoalView) -> Table:
    """Return the yearly targets in force by year, what became of each, and where it is from."""
    own = [row for row in book.rows.annual_targets if row.goal_id == view.id]
    own.sort(key=lambda row: (row.year, row.from_edition))
    newest = {row.year: row for row in own}
    judged = {row.year: row for row in book.rows.annual_verdicts if row.goal_id == view.id}

    def quantities(row: AnnualTargetRow) -> tuple[str, str]:
        found = judged.get(row.year)
        return _year_quantities(view, row.target_value, found.observed_value if found else None)

    def verdict(row: AnnualTargetRow) -> str:
        found = judged.get(row.year)
        return found.verdict if found else numbers.ABSENT

    cells: Cells[AnnualTargetRow] = {
        Column("年度"): lambda row: book.plan.year.label(row.year),
        Column("年度目标", "number"): lambda row: figure(quantities(row)[0]),
        Column(_YEAR_VALUES.get(view.kind, "年末数"), "number"): lambda row: figure(
            quantities(row)[1]
        ),
        Column("判定", "mark"): verdict,
        Column("来源"): lambda row: row.source,
        Column("自何期起", "period"): lambda row: row.from_edition.label,
    }
    note = goal_page_words.YEARLY_TARGETS_NOTE
    return listing("annual-targets", "年度工作目标", cells, newest.values(), note=note)


def _year_quantities(view: GoalView, target: float, value: Number) -> tuple[str, str]:
    """Return a yearly target and what is held against it; where they differ, so do the texts."""
    if value is None:
        return view.target_quantity(target), numbers.ABSENT
    decimals = max(view.decimals, 1) if view.is_growth else view.decimals
    shown = compared(value, target, decimals)
    wanted, reached = (numbers.with_unit(text, view.unit) for text in (shown.other, shown.value))
    return (wanted if shown.decimals > decimals else view.target_quantity(target)), reached


def goal_findings_table(book: Book, view: GoalView) -> Table:
    """Return what was wrong with this indicator's submissions in any edition, newest first."""
    own = [row for row in book.rows.findings if row.indicator_id == view.indicator.id]
    own.sort(key=lambda row: Edition.parse(row.edition), reverse=True)
    cells: Cells[Finding] = {
        Column("期号", "period"): lambda row: edition_cell(Edition.parse(row.edition)),
        Column("程度", "mark"): lambda row: row.severity.label,
        Column("问题"): lambda row: row.message,
        Column("收到的内容"): lambda row: row.observed or numbers.ABSENT,
        Column("处理办法"): lambda row: row.remedy or numbers.ABSENT,
    }
    return listing("goal-findings", "本指标报送中发现的问题", cells, own)


def family_table(book: Book, view: GoalView) -> Table:
    """Return the other goals on the same indicator, each with its clause."""
    sisters = [book.views[g.id] for g in book.plan.family(view.goal) if g.id != view.id]
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("原文"): clause,
        Column("目标", "target"): lambda other: figure(other.target_words()),
        Column("状态", "mark"): verdict_cell,
    }
    return listing("family", "同一指标的其他目标", cells, sisters)


def _baseline(view: GoalView) -> str:
    if not view.kind.from_base:
        return view.kind.without_base
    if view.is_withheld:
        return specified(view.latest_words, view.baseline_label)
    value = view.verdict.baseline_value
    if value is None:
        return specified(view.kind.without_base, view.baseline_label)
    return specified(view.value_words(value), view.baseline_label)


def _without_empty(
    columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]
) -> tuple[list[Column], list[tuple[Cell, ...]]]:
    """Leave out the columns in which no row says anything."""
    keep = [
        n for n in range(len(columns)) if not rows or not all(row[n].says_nothing for row in rows)
    ]
    return [columns[n] for n in keep], [tuple(row[n] for n in keep) for row in rows]
