"""The tables of what is expected: earlier outlooks of a goal, its what-ifs, goals by likelihood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.contract import Number
from planbook.outlook_frames import (
    OutlookMethod,
    OutlookQuantity,
    OutlookRow,
    WhatIfRow,
)
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.briefing.expected import Expected, expected
from planbook.present.say import outlook_words
from planbook.present.say.outlook_sentences import (
    REFERENCE_NOTE,
    Likelihood,
    amount,
    by_reference,
    interval,
    likelihood,
    likelihood_words,
    percentage,
    when_words,
)
from planbook.present.say.table_words import remarks, specified
from planbook.present.say.wording import day_words
from planbook.present.tables.cells import Cell, Column, counted, figure, words
from planbook.present.tables.goal_tables import edition_cell
from planbook.present.tables.table import Cells, Table, listing, plain
from planbook.present.views import GoalView
from planbook.vocabulary import Kind


def outlook_history_table(book: Book, view: GoalView) -> Table:
    """Return what each edition so far expected of a goal, newest first."""
    own = [then for then in reversed(book.history(view.id)) if then.outlook is not None]
    fits = {then.outlook.fitted_on for then in own if then.outlook and _by_model(then.outlook)}
    cells: Cells[GoalView] = {
        Column("期号", "period"): lambda then: edition_cell(then.verdict.edition),
        Column("达标可能性", "mark"): lambda then: likelihood_words(then) or numbers.ABSENT,
        Column("预测中值", "number"): _median_cell,
        Column("80%区间", "number"): _interval_cell("outlook_low80", "outlook_high80"),
        Column("95%区间", "number"): _interval_cell("outlook_low95", "outlook_high95"),
        Column("依据"): lambda then: _basis(then, dated=len(fits) > 1),
    }
    unit = numbers.spoken_unit(view.indicator.unit)
    title = outlook_words.earlier_caption(when_words(view), unit)
    return listing("outlooks", title, cells, own, note=outlook_words.EARLIER_NOTE)


def _median_cell(then: GoalView) -> Cell:
    row = then.outlook
    if row is None or row.outlook_mid is None:
        return figure(numbers.ABSENT)
    return figure(amount(then, row.outlook_mid, (row.threshold,)), row.outlook_mid)


def _interval_cell(low: str, high: str) -> Callable[[GoalView], Cell]:
    def cell(then: GoalView) -> Cell:
        found: list[Number] = [getattr(then.outlook, end, None) for end in (low, high)]
        return figure(interval(then, *found))

    return cell


def _by_model(row: OutlookRow) -> bool:
    return row.p_method in (OutlookMethod.MODEL, OutlookMethod.SHORT_MODEL)


def _basis(then: GoalView, *, dated: bool) -> str:
    """Return what a likelihood rests on; `dated`: with the day of the model's constants."""
    row = then.outlook
    if row is None:
        return numbers.ABSENT
    if row.p_method and _by_model(row):
        fit = outlook_words.fitted(day_words(row.fitted_on)) if dated else ""
        return outlook_words.by_model(row.p_method.label, row.history_periods, fit)
    why = row.outlook_gate.label if row.outlook_gate else ""
    return specified(row.p_method.label, why) if row.p_method and why else why or numbers.ABSENT


def what_if_table(view: GoalView, rows: Sequence[WhatIfRow]) -> Table:
    """Return what comes of steady growths; the own growth and the first that meets are marked."""
    when, unit = when_words(view), numbers.spoken_unit(view.indicator.unit)
    marks = what_if_marks(view, rows)
    threshold = view.outlook.threshold if view.outlook else None
    cells: Cells[WhatIfRow] = {
        Column("此后每季增速"): lambda row: figure(growth_words(row.growth), row.growth),
        Column(specified(when, unit), "number"): lambda row: figure(
            amount(view, row.value_at_due, (threshold,)), row.value_at_due
        ),
        Column("达标可能性", "mark"): lambda row: Cell(
            specified(likelihood(row.p_met), percentage(row.p_met)), value=row.p_met
        ),
        Column("说明"): lambda row: remarks(marks.get(row.growth, ())),
    }
    caption, note = outlook_words.WHAT_IF_CAPTION, outlook_words.WHAT_IF_NOTE
    return listing("what-ifs", caption, cells, rows, note=note)


def growth_words(rate: float) -> str:
    """Return a growth a quarter as ``1.5%``, with its sign as 「−」."""
    return f"{numbers.trimmed(numbers.number(rate * 100, 2))}%"


def what_if_marks(view: GoalView, rows: Sequence[WhatIfRow]) -> dict[float, tuple[str, ...]]:
    """Return what is said of a growth: like the own one, like the forecast, the first to meet."""
    found: dict[float, list[str]] = {}
    own, row = recent_growth(view), view.outlook
    if rows and own is not None:
        nearest = min(rows, key=lambda each: abs(each.growth - own))
        found.setdefault(nearest.growth, []).append(outlook_words.LIKE_NOW)
    if rows and row is not None and row.outlook_mid is not None:
        mid = row.outlook_mid
        nearest = min(rows, key=lambda each: abs(each.value_at_due - mid))
        found.setdefault(nearest.growth, []).append(outlook_words.LIKE_MEDIAN)
    meets = first_that_meets(view, rows)
    if meets is not None:
        found.setdefault(meets.growth, []).append(outlook_words.FIRST_THAT_MEETS)
    return {growth: tuple(said) for growth, said in found.items()}


def first_that_meets(view: GoalView, rows: Sequence[WhatIfRow]) -> WhatIfRow | None:
    """Return the growth nearest to none that reaches what meets; ``None`` where none does."""
    threshold = view.outlook.threshold if view.outlook else None
    if threshold is None:
        return None
    sign = view.goal.direction.sign
    meeting = [row for row in rows if sign * (row.value_at_due - threshold) >= 0]
    return min(meeting, key=lambda row: sign * row.growth, default=None)


def recent_growth(view: GoalView) -> float | None:
    """Return the growth of the year up to the newest value, a quarter; ``None`` if not known.

    Of a level, what the last four quarters brought on average; of yearly totals, the newest value
    beside that of a year before. Of a cumulative count the increments are not known here.
    """
    verdict, row = view.verdict, view.outlook
    latest, before = verdict.latest_value, verdict.prior_value
    if row is None or latest is None or latest <= 0 or view.kind is Kind.CUMULATIVE:
        return None
    if row.quantity is OutlookQuantity.LEVEL and row.recent_per_quarter is not None:
        before = latest - 4 * row.recent_per_quarter
    if before is None or before <= 0:
        return None
    return float((latest / before) ** 0.25 - 1)


def outlook_counts_table(views: Sequence[GoalView]) -> Table:
    """Return the goals by likelihood, with totals, and what the likelihoods rest on."""
    rows = [
        (words(each.name), counted(each.count), words(_told_of(each))) for each in expected(views)
    ]
    rows.append((words("合计"), counted(len(views)), words("")))
    columns = (Column("达标可能性"), Column("目标（项）", "number"), Column("其中"))
    note = outlook_words.LIMITS + (REFERENCE_NOTE if any(map(by_reference, views)) else "")
    return plain("outlook-counts", "目标按达标可能性计数", columns, rows, note=note)


def _told_of(own: Expected) -> str:
    """Return what likelihoods rest on; the unlikely goals by name, the least likely first.

    Those of a forecast and those of a frequency are named apart.
    """
    if own.name != Likelihood.UNLIKELY:
        return own.remark
    forecast = [view.name for view in own.views if not by_reference(view)]
    by_frequency = [view.name for view in own.views if by_reference(view)]
    return outlook_words.unlikely_named(forecast, by_frequency)
