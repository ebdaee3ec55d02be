"""The tables of goals and measures in chapters: a field's goals, its measures, counts by rating.

Each takes views; its links are those of a page one folder below the book's root.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from planbook.outlook_frames import OutlookMethod
from planbook.periods import Edition
from planbook.plan.model import Plan
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT, goal_address
from planbook.present.comparing import compared_shares, completion_share
from planbook.present.say import table_words
from planbook.present.say.clauses import growth_by_values
from planbook.present.say.goal_terms import (
    band_short,
    estimate_short,
    meeting_words,
    missed_years,
    verdict_remark,
)
from planbook.present.say.outlook_sentences import likelihood, percentage
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import SHORT_NOTES
from planbook.present.tables.cells import (
    Cell,
    Column,
    counted,
    counted_if_any,
    figure,
    link,
    measured,
    period,
    rating,
    words,
)
from planbook.present.tables.table import Cells, Table, listing, plain
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Rating, Reason

WARNED = "预警"


def goal_link(view: GoalView, remark: str = "") -> Cell:
    """Return the goal's name with a link to its page, and a remark that stands small."""
    return link(view.name, goal_address(TO_ROOT, view.id), remark)


def verdict_cell(view: GoalView, *, reasoned: bool = True) -> Cell:
    """Return the rating, with the reason where there is none and 初步 where it may yet differ.

    Parameters
    ----------
    reasoned
        Whether it names the years that were missed, without which a good pace beside it misleads;
        not where the row has a column of reasons.
    """
    missed = missed_years(view) if reasoned else ""
    return rating(view.verdict.rating, table_words.marks((verdict_remark(view), missed)))


def value_cell(view: GoalView, *, below: str = "") -> Cell:
    """Return the latest value with its unit and marks, or the word for why there is none.

    Where the verdict rests on an estimate of the year, that stands below it, with its band.
    """
    marks = "、".join(SHORT_NOTES[note] for note in view.verdict.notes if note in SHORT_NOTES)
    if view.verdict.latest_value is None:
        return measured(view.latest_words, "", None, below=below, mark=marks)
    unit = numbers.spoken_unit(view.indicator.unit)
    number = numbers.number(view.verdict.latest_value, view.decimals)
    notes = (estimate_short(view), band_short(view))
    return measured(number, unit, view.verdict.latest_value, below=below, notes=notes, mark=marks)


def target_cell(view: GoalView) -> Cell:
    """Return the target as a phrase that breaks only where its words do, and what meets it."""
    short = view.target_words(short=True)
    lead = view.target_words().removesuffix(short)
    return figure(short, view.goal.target, meeting_words(view), lead=lead)


def progress_cells(view: GoalView) -> tuple[Cell, Cell]:
    """Return the share of the increment done, and the share due by now to which it is held."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    if done is None or due is None:
        return _share_cell(done), _share_cell(due)
    shown = compared_shares(done, due)
    return figure(shown.value, done), figure(shown.other, due)


def yoy_cell(view: GoalView) -> Cell:
    """Return the reported growth with its type; a share's change in percentage points.

    Where the values say another growth, that stands below it.
    """
    yoy, before = view.verdict.yoy, view.verdict.prior_value
    if view.is_share:
        if before is None or view.verdict.latest_value is None:
            return figure(numbers.ABSENT)
        moved = view.verdict.latest_value - before
        return figure(numbers.number(moved, 1), moved, "百分点")
    if yoy is None:
        return figure(numbers.ABSENT)
    told = figure(numbers.number(yoy, 1), yoy, view.verdict.yoy_type or "")
    by_values = growth_by_values(view)
    return replace(told, notes=(by_values,)) if by_values else told


def completion_cell(view: GoalView) -> Cell:
    """Return 目标完成率; none for falling goals, of which it says nothing."""
    share = None if view.falling else view.verdict.completion
    return figure(completion_share(share), share)


def _share_cell(share: float | None) -> Cell:
    return figure(numbers.percent(share), share)


def likelihood_cell(view: GoalView) -> Cell:
    """Return the word for the likelihood with its percentage; a reference is named as such."""
    row = view.outlook
    if row is None or row.p_met is None:
        return figure(numbers.ABSENT)
    if row.p_method is OutlookMethod.REFERENCE:
        return figure(table_words.about(percentage(row.p_met)), row.p_met, "历史频率")
    word = likelihood(row.p_met).removeprefix("可能性")
    return figure(word, row.p_met, percentage(row.p_met))


LIKELIHOOD: Cells[GoalView] = {Column("达标|可能性", "number"): likelihood_cell}
PROGRESS: Cells[GoalView] = {
    Column("增量|完成率", "number"): lambda view: progress_cells(view)[0],
    Column("应达|进度", "number"): lambda view: progress_cells(view)[1],
}
_FIELD: Cells[GoalView] = {
    Column("状态", "mark"): verdict_cell,
    Column("数据时期", "period"): lambda view: period(
        view.latest_label, sort=str(view.verdict.latest_period or "")
    ),
    Column("本期值", "number"): value_cell,
    Column("同比|（%）", "number"): yoy_cell,
    Column("目标", "target"): target_cell,
    Column("目标|完成率", "number"): completion_cell,
    **PROGRESS,
    **LIKELIHOOD,
}


def field_table(
    id: str, caption: str, views: Sequence[GoalView], warned: Collection[str] = ()
) -> Table:
    """Return a field's goals with value, change, target, completion and rating.

    Parameters
    ----------
    warned
        Ids of the goals of which there is a warning; it is marked beside their names.
    """
    named: Cells[GoalView] = {
        Column("指标名称"): lambda view: goal_link(view, WARNED if view.id in warned else "")
    }
    note = table_words.PROGRESS_NOTE + table_words.ESTIMATE_NOTE + table_words.LIKELIHOOD_NOTE
    if any(view.id in warned for view in views):
        note += table_words.warned_note(WARNED)
    return listing(id, caption, {**named, **_FIELD}, views, note=note)


def pace_cell(view: GoalView) -> Cell:
    """Return the pace that rates."""
    return figure(numbers.pace(view.verdict.pace), view.verdict.pace)


def counts_table(plan: Plan, views: Sequence[GoalView]) -> Table:
    """Return the number of goals by chapter and rating, with totals; nothing leaves the total."""
    found = {view.verdict.rating for view in views}
    present = [r for r in RATING_ORDER if r is not Rating.MISSED or r in found]
    columns = [Column("章节"), *(Column(f"{r.symbol} {r}", "number") for r in present)]
    columns.append(Column("合计", "number"))
    rows = []
    for chapter in plan.chapters:
        own = [view for view in views if view.chapter.id == chapter.id]
        if own:
            rows.append(_counts_row(chapter.title, own, present))
    rows.append(_counts_row("全部", views, present))
    note = table_words.provisional_note(PROVISIONAL)
    shown = note if any(view.verdict.rating_provisional for view in views) else ""
    if any(view.is_withheld for view in views):
        shown += table_words.withheld_note(Reason.WITHHELD)
    return plain("counts", "各章目标按状态计数（项）", columns, rows, note=shown)


def _counts_row(title: str, views: Sequence[GoalView], shown: list[Rating]) -> tuple[Cell, ...]:
    found = Counter(view.verdict.rating for view in views)
    marks = Counter((v.verdict.rating, mark) for v in views if (mark := _mark(v)))

    def remark(rating: Rating) -> str:
        return "".join(f"{mark}{n}" for (rated, mark), n in marks.items() if rated is rating)

    cells = [counted_if_any(found[r], remark(r)) for r in shown]
    return (words(title), *cells, counted(len(views)))


def _mark(view: GoalView) -> str:
    """Return what is counted of a rating besides: that it is open, or that it is not shown."""
    if view.verdict.rating_provisional:
        return PROVISIONAL
    return str(Reason.WITHHELD) if view.is_withheld else ""


def edition_cell(edition: Edition | None) -> Cell:
    """Return 2026年三季度; `numbers.ABSENT` for none."""
    return words(edition.label, sort=str(edition)) if edition else words(numbers.ABSENT)
