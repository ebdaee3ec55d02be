"""Bullet charts: how far every goal of a chapter has come, against how far it should be by now.

Each bar runs from where a goal started (0) toward its target (1), whatever its unit and whether
more or less is better, so that all share one scale: right is better, and what is right of the
target is better than the target. Behind it lie the limits of the ratings at this time; a mark says
where the value is due. A goal that began past its target has no way to go and no shares of it: its
bar runs from the baseline to the value, on the side of the target where each lies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planbook.plan.model import Thresholds
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT
from planbook.present.charts.bullet_rows import Row, draw_rows, rows_height
from planbook.present.charts.figure import EDGE, LABEL, Figure, compose
from planbook.present.charts.way import Progress, progress, share_done, share_due, standing_words
from planbook.present.say import chart_words
from planbook.present.say.chart_words import due_words, told_apart
from planbook.present.say.goal_terms import band_quantity
from planbook.present.say.sentences import RATING_ORDER, headline
from planbook.present.tables.cells import Cell, Column, figure
from planbook.present.tables.goal_tables import goal_link, pace_cell, verdict_cell
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView
from planbook.vocabulary import Kind


def bullets(
    views: Sequence[GoalView],
    thresholds: Thresholds,
    *,
    id: str,
    where: str,
    source: str,
) -> Figure | None:
    """Return the progress of every goal of a chapter, best first.

    Those without progress come last, in words. ``None`` where no goal's progress can be compared
    with what is due.
    """
    known = {view.id: progress(view, thresholds) for view in views}
    ordered = sorted(
        views,
        key=lambda v: (
            known[v.id] is None,
            RATING_ORDER.index(v.verdict.rating),
            -(v.verdict.pace or 0.0),
        ),
    )
    rows = [(view, known[view.id]) for view in ordered]
    told = [(view, reached) for view, reached in rows if reached is not None]
    if not told:
        return None
    return compose(
        lambda axes: draw_rows(axes, rows),
        form="bullets",
        id=id,
        title=f"{where}{headline(views)}",
        subtitle=_subtitle(rows),
        alt=chart_words.bullets_alt(
            where,
            headline(views),
            [_told(view, reached) for view, reached in told],
            [view.name for view, reached in rows if reached is None],
        ),
        source=source,
        height=rows_height(rows),
        left=EDGE,
        top=LABEL + 12,
        foot=2.0,
        data=_table(id, where, ordered, known),
        csv=f"{TO_ROOT}downloads/goals.csv",
    )


def _told(view: GoalView, reached: Progress) -> str:
    """Return one goal of the chart in words."""
    done, due = share_done(view, reached), share_due(reached)
    if not done:
        return chart_words.goal_standing(view, standing_words(view, reached))
    return chart_words.goal_on_its_way(view, done, due)


def _subtitle(rows: Sequence[Row]) -> str:
    """Say what the marks mean, of those that the chart has."""
    told = [(view, reached) for view, reached in rows if reached is not None]
    return chart_words.bullets_key(
        past_target=any(at.limits is None for _, at in told),
        meeting=any(at.meeting != 1 for _, at in told),
        ranges=any(at.high is not None for _, at in told),
        estimates=any(view.verdict.is_estimate for view, _ in told),
        bands=any(at.band for _, at in told),
        provisional=any(view.verdict.rating_provisional for view, _ in told),
    )


def _table(
    id: str,
    where: str,
    views: Sequence[GoalView],
    known: dict[str, Progress | None],
) -> Table:
    def done(view: GoalView, reached: Progress) -> str:
        return share_done(view, reached, 1) or standing_words(view, reached)

    def share(said: Callable[[GoalView, Progress], str]) -> Callable[[GoalView], Cell]:
        return lambda view: figure(said(view, at) if (at := known[view.id]) else numbers.ABSENT)

    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("所用数值", "number"): lambda view: figure(
            _value_words(view), view.verdict.observed_value
        ),
        Column("应达水平", "number"): share(lambda view, _: due_words(view)),
        Column("目标", "target"): lambda view: figure(view.target_words()),
        Column("已走完", "number"): share(done),
        Column("应走完", "number"): share(lambda _, at: share_due(at, 1) or numbers.ABSENT),
        Column("进度比", "number"): pace_cell,
        Column("状态", "mark"): verdict_cell,
    }
    caption = chart_words.bullets_caption(where)
    return listing(f"data-{id}", caption, cells, views, note=chart_words.BULLETS_NOTE)


def _value_words(view: GoalView) -> str:
    """Return the value that is judged, with the band of an estimate."""
    value, growth = view.verdict.observed_value, view.kind is Kind.CAGR
    if value is None:
        return numbers.ABSENT
    if view.verdict.is_estimate:
        ends = band_quantity(view)
        return chart_words.with_band(view.estimate_words(value), ends)
    told = told_apart(view, value, 1 if growth else view.decimals)
    return numbers.with_unit(told, "%" if growth else view.indicator.unit)
