"""Bullet charts: how far every goal of a chapter has come, against how far it should be by now.

Each bar runs from where a goal started (0) toward its target (1), whatever its unit and whether
more or less is better, so that all share one scale: right is better, and what is right of the
target is better than the target. Behind it lie the limits of the ratings at this time; a mark says
where the value is due. A goal that began past its target has no way to go and no shares of it: its
bar runs from the baseline to the value, on the side of the target where each lies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from planbook.plan.model import Thresholds
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT
from planbook.present.charts.canvas import Words, sheet_of
from planbook.present.charts.chart_words import MEETING, due_words
from planbook.present.charts.figure import EDGE, LABEL, WIDTH, Figure, compose
from planbook.present.charts.lettering import shortened, text_width
from planbook.present.charts.way import Progress, progress, share_done, share_due, standing_words
from planbook.present.comparing import telling
from planbook.present.palette import (
    BANDS,
    GRID,
    INK,
    MUTED,
    OBSERVED,
    PAPER,
    RATING_COLOURS,
    TARGET,
)
from planbook.present.say.goal_terms import band_quantity
from planbook.present.say.sentences import RATING_ORDER, headline
from planbook.present.tables.cells import Cell, Column, figure
from planbook.present.tables.goal_tables import goal_link, pace_cell, verdict_cell
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import PROVISIONAL, GoalView
from planbook.vocabulary import Kind

_ROW, _BAR = 54.0, 15.0  # height of a goal's lines and of its bar
_SHOWN = (-0.08, 1.12)  # what lies beyond ends at the edge, with an arrow


def bullets(
    views: Sequence[GoalView],
    thresholds: Thresholds,
    *,
    id: str,
    where: str,
    source: str,
) -> Figure | None:
    """Return the progress of every goal of a chapter, best first.

    ``None`` where no goal's progress can be compared with what is due.
    """
    ordered = sorted(
        views, key=lambda v: (RATING_ORDER.index(v.verdict.rating), -(v.verdict.pace or 0.0))
    )
    known = {view.id: progress(view, thresholds) for view in ordered}
    told = [(view, reached) for view in ordered if (reached := known[view.id]) is not None]
    if not told:
        return None
    said = "；".join(_told(view, reached) for view, reached in told)
    silent = "、".join(view.name for view in ordered if known[view.id] is None)
    return compose(
        lambda axes: _draw(axes, ordered, known),
        id=id,
        title=f"{where}{headline(views)}",
        subtitle=_subtitle(told),
        alt=f"{where}各目标进度图。{headline(views)}。{said}。"
        + (f"{silent}没有可比的进度。" if silent else ""),
        source=source,
        height=_ROW * len(ordered),
        left=EDGE,
        top=2.0,
        foot=30.0,
        data=_table(id, where, ordered, known),
        csv=f"{TO_ROOT}downloads/goals.csv",
    )


def _told(view: GoalView, reached: Progress) -> str:
    """Return one goal of the chart in words."""
    done, due = share_done(view, reached), share_due(reached)
    if view.kind is Kind.CAGR:
        parts = [f"为目标增速的{done}"] if done else []
    else:
        parts = [f"已走完{done}"] if done else []
        parts += [f"应走完{due}" if due.endswith("%") else f"应{due}"] if due and done else []
    early = PROVISIONAL if view.verdict.rating_provisional else ""
    said = "，".join([*(parts or [standing_words(view, reached)]), f"{early}{view.verdict.rating}"])
    return f"{view.name}{said}"


def _subtitle(told: Sequence[tuple[GoalView, Progress]]) -> str:
    """Say what the marks mean, of those that the chart has."""
    parts = [
        "横条为从起点到目标已走完的份额，短竖线为此时应达的位置，紫线为目标",
        "底色由深到浅为严重滞后、滞后、达序时",
    ]
    marks = {
        "空心圆为基期，其基期已达到目标": any(at.limits is None for _, at in told),
        f"细紫线为{MEETING}": any(at.meeting != 1 for _, at in told),
        "斜纹为推算": any(view.verdict.is_estimate for view, _ in told),
        "细线为推算的80%区间": any(at.band for _, at in told),
        f"{PROVISIONAL}为年度结束前状态可能改变": any(
            v.verdict.rating_provisional for v, _ in told
        ),
    }
    shown = [mark for mark, is_drawn in marks.items() if is_drawn]
    return "；".join([*parts, *(["，".join(shown)] if shown else [])])


def _draw(axes: Axes, views: Sequence[GoalView], known: dict[str, Progress | None]) -> None:
    low, high = _SHOWN
    axes.set_axis_off()
    axes.set(xlim=_SHOWN, ylim=(-_ROW * len(views), 0))
    for n, view in enumerate(views):
        y = -_ROW * n
        _head(axes, view, y - LABEL)
        reached, middle = known[view.id], y - LABEL - 9 - _BAR / 2 - 4
        if reached is None:
            axes.barh(middle, high - low, left=low, height=1.0, color=GRID)
            continue
        _bar(axes, view, reached, middle)
    axes.vlines(0.0, -_ROW * len(views) + 4, -LABEL, color=PAPER, lw=1.0, zorder=2)
    _foot(axes)


def on_chart(place: float) -> float:
    """Return a place, or the edge of the chart where it lies beyond."""
    low, high = _SHOWN
    return min(max(place, low), high)


def _bar(axes: Axes, view: GoalView, reached: Progress, middle: float) -> None:
    low, half = _SHOWN[0], _BAR * 0.5
    start, done, due = (on_chart(place) for place in (reached.start, reached.done, reached.due))
    if reached.limits is None:
        axes.barh(middle, _SHOWN[1] - low, left=low, height=1.0, color=GRID, zorder=1)
        axes.plot([start], [middle], "o", ms=7, mfc=PAPER, mec=INK, mew=1.6, zorder=5)
    else:
        end = on_chart(reached.meeting)
        edges = [low, *(min(on_chart(limit), end) for limit in reached.limits), end]
        for (left, right), colour in zip(pairwise(edges), BANDS, strict=True):
            axes.barh(middle, right - left, left=left, height=_BAR, color=colour, zorder=1)
    axes.barh(
        middle,
        done - start,
        left=start,
        height=_BAR * 0.42,
        facecolor=PAPER if view.verdict.is_estimate else OBSERVED,
        edgecolor=OBSERVED,
        hatch="//" if view.verdict.is_estimate else "",
        lw=1.0,
        zorder=3,
    )
    if done != reached.done:
        arrow = ">" if reached.done > done else "<"
        axes.plot([done], [middle], arrow, color=OBSERVED, ms=8, zorder=4, clip_on=False)
    if reached.band is not None:
        ends = [on_chart(end) for end in reached.band]
        for colour, width in ((PAPER, 3.6), (INK, 1.4)):
            axes.hlines(middle, ends[0], ends[1], color=colour, lw=width, zorder=5)
            axes.plot(ends, [middle] * 2, "|", color=colour, ms=6 + width, mew=width, zorder=5)
    if reached.meeting != 1:
        met = on_chart(reached.meeting)
        axes.vlines(met, middle - half - 2, middle + half + 2, color=TARGET, lw=1.2, zorder=4)
    axes.vlines(1.0, middle - half - 2, middle + half + 2, color=TARGET, lw=3.0, zorder=4)
    axes.vlines(due, middle - half, middle + half, color=INK, lw=2.6, zorder=6)


def _head(axes: Axes, view: GoalView, y: float) -> None:
    """Write the goal's name and, at the other end, value, target and rating."""
    sheet = sheet_of(axes)
    base = float(axes.transData.transform((0, y))[1]) + 2
    said = f"{status_words(view)} {view.rating_words}".strip()
    room = WIDTH - 2 * EDGE - text_width(said, LABEL) - LABEL
    sheet.write(Words(EDGE, base, shortened(view.name, LABEL, room), INK, "start"))
    sheet.write(Words(WIDTH - EDGE, base, said, RATING_COLOURS[view.verdict.rating], "end"))


def status_words(view: GoalView) -> str:
    """Return value and target in a few characters: 推算1,546.5 / 1,800亿元; empty if not judged."""
    value, unit = view.verdict.observed_value, numbers.spoken_unit(view.unit)
    if value is None or view.verdict.reason is not None or view.goal.target is None:
        return ""
    target = view.target_words(short=True)
    if view.kind is Kind.GROWTH_VS_BASE:
        base = view.verdict.baseline_value or 0.0
        grown = (value / base - 1) * 100 if base > 0 else None
        said = numbers.ABSENT if grown is None else _told_apart(view, grown, 1)
    else:
        rough = 1 if view.kind is Kind.CAGR else min(view.decimals, 1)
        exact = view.kind is not Kind.CAGR and not view.verdict.is_estimate
        said = _told_apart(view, value, view.decimals if exact else rough)
    told = f"{'推算' if view.verdict.is_estimate else ''}{said}"
    return (
        f"{told} / {target}"
        if target.endswith(unit)
        else f"{numbers.with_unit(told, unit)} / {target}"
    )


def _told_apart(view: GoalView, value: float, decimals: int) -> str:
    """Return a value that does not read as the target unless it has met it."""
    return telling(value, [] if view.verdict.rating.is_met else [view.goal.target], decimals)


def _foot(axes: Axes) -> None:
    sheet, bottom = sheet_of(axes), axes.get_ylim()[0]
    for x, text, colour in ((0.0, "起点", MUTED), (0.5, "一半", MUTED), (1.0, "目标", TARGET)):
        px, py = axes.transData.transform((x, bottom))
        axes.vlines(x, bottom, bottom + 5, color=colour, lw=1.2, clip_on=False)
        sheet.write(Words(float(px), float(py) - LABEL - 2, text, colour))


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
    note = (
        "已走完与应走完均为从起点到目标的份额；基期已达到目标的没有这两个份额。"
        "按增长率评定的目标，进度比为增长率之比，与两个份额之比略有不同。"
    )
    return listing(f"data-{id}", f"{where}各目标进度图中数据", cells, views, note=note)


def _value_words(view: GoalView) -> str:
    """Return the value that is judged, with the band of an estimate."""
    value, growth = view.verdict.observed_value, view.kind is Kind.CAGR
    if value is None:
        return numbers.ABSENT
    if view.verdict.is_estimate:
        ends = band_quantity(view)
        return view.estimate_words(value) + (f"（80%区间{ends}）" if ends else "")
    told = _told_apart(view, value, 1 if growth else view.decimals)
    return numbers.with_unit(told, "%" if growth else view.indicator.unit)
