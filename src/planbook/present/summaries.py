"""The charts of many goals: pace by goal in a chapter, and the state of all goals by chapter.

seaborn draws both, one mark a goal, shape and colour together. It is imported when first needed,
since most pages need only matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes

from planbook.plan.model import Thresholds
from planbook.present import numbers
from planbook.present.axes import label
from planbook.present.palette import (
    GRID,
    HOLLOW,
    INK,
    MUTED,
    PAPER,
    RATING_COLOURS,
    RATING_MARKERS,
)
from planbook.present.sentences import RATING_ORDER, headline, rating_counts
from planbook.present.style import Figure, compose, text_inches
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_ROW = 0.27  # inches a goal
_PACE_LIMITS = (-0.25, 1.75)  # beyond it a mark stands at the edge, with its number


def pace_summary(
    views: Sequence[GoalView], thresholds: Thresholds, *, id: str, where: str, source: str
) -> Figure | None:
    """Return the pace of every goal of a chapter, best first, with the limits between ratings.

    ``None`` where no goal has a pace.
    """
    if all(view.pace is None for view in views):
        return None
    ordered = sorted(views, key=lambda v: (RATING_ORDER.index(v.rating), -(v.pace or 0.0)))
    said = "、".join(f"{v.name}{numbers.pace(v.pace)}" for v in ordered if v.pace is not None)
    return compose(
        lambda axes: _paces(axes, ordered, thresholds),
        id=id,
        title=f"{where}{headline(views)}",
        subtitle=(
            f"进度比，竖线 1.00 为与时间同步；低于 {numbers.number(thresholds.on_course, 2)}"
            f"（浅灰）为滞后，低于 {numbers.number(thresholds.far_behind, 2)}（深灰）为严重滞后"
        ),
        alt=f"{where}各目标进度比点图。{headline(views)}。{said or '暂无可计算的进度比'}。",
        source=source,
        height=_ROW * len(ordered) + 0.15,
        left=min(3.0, max(text_inches(v.name) for v in ordered) + 0.25),
        right=1.35,
    )


def _paces(axes: Axes, views: Sequence[GoalView], thresholds: Thresholds) -> None:
    low, high = _PACE_LIMITS
    axes.axvspan(low, thresholds.far_behind, color=GRID, alpha=0.8, lw=0)
    axes.axvspan(thresholds.far_behind, thresholds.on_course, color=GRID, alpha=0.35, lw=0)
    axes.axvline(1.0, color=MUTED, lw=0.9, zorder=1)
    paced = [(n, view) for n, view in enumerate(views) if view.pace is not None]
    _marks(
        axes,
        [min(max(view.pace or 0.0, low), high) for _, view in paced],
        [n for n, _ in paced],
        [view.rating for _, view in paced],
    )
    for n, view in enumerate(views):
        colour = RATING_COLOURS[view.rating]
        if view.pace is not None:
            said = f"{numbers.pace(view.pace)} {view.rating}"
            label(axes, high, n, said, colour, dx=12, bare=True)
            continue
        why = view.reason or "人工评定"
        said = f"{view.rating.symbol} {view.rating}（{why}）"
        label(axes, low, n, said, colour, dx=6, bare=True)
    axes.set_yticks(range(len(views)), [view.name for view in views])
    axes.set_ylim(len(views) - 0.4, -0.6)
    axes.set_xlim(low, high)
    ticks = [0.0, thresholds.far_behind, thresholds.on_course, 1.5]
    axes.set_xticks(ticks, [numbers.number(tick, 2) for tick in ticks])
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y", lw=0.5)
    axes.tick_params(axis="y", length=0)


def state_overview(views: Sequence[GoalView], *, source: str, period: str) -> Figure:
    """Return one mark a goal, a row a chapter, best first: the state of the whole plan."""
    rows = [(title, list(own)) for title, own in groupby(views, lambda v: v.chapter.title)]
    details = "；".join(f"{title}{rating_counts(own)}" for title, own in rows)
    present = [rating for rating in RATING_ORDER if any(v.rating is rating for v in views)]
    key = "  ".join(f"{rating.symbol}{rating}" for rating in present)
    return compose(
        lambda axes: _states(axes, rows),
        id="overview",
        title=headline(views),
        subtitle=f"{period}：{key}",
        alt=f"各章目标状态图。{headline(views)}。{details}。",
        source=source,
        height=0.36 * len(rows) + 0.05,
        left=max(text_inches(title) for title, _ in rows) + 0.25,
        right=0.5,
        foot=0.15,
    )


def _states(axes: Axes, rows: Sequence[tuple[str, list[GoalView]]]) -> None:
    placed = [
        (x, y, view.rating)
        for y, (_, own) in enumerate(rows)
        for x, view in enumerate(sorted(own, key=lambda v: RATING_ORDER.index(v.rating)))
    ]
    xs, ys, ratings = (list(column) for column in zip(*placed, strict=True))
    _marks(axes, xs, ys, ratings, size=1.4)
    for n, (_, own) in enumerate(rows):
        label(axes, len(own) - 0.4, n, f"{len(own)}项", INK, dx=4)
    axes.set_xlim(-0.6, max(len(own) for _, own in rows) + 0.6)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [title for title, _ in rows])
    axes.set_xticks([])
    axes.set(xlabel="", ylabel="")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _marks(
    axes: Axes,
    xs: Sequence[float],
    ys: Sequence[float],
    ratings: Sequence[Rating],
    *,
    size: float = 1.0,
) -> None:
    """Draw one mark a goal in the shape and colour of its rating."""
    import seaborn as sns  # noqa: PLC0415 - brings pyplot, which most pages do without

    for rating in RATING_ORDER:
        here = [n for n, other in enumerate(ratings) if other is rating]
        if here:
            marker = RATING_MARKERS[rating]
            sns.scatterplot(
                x=[xs[n] for n in here],
                y=[ys[n] for n in here],
                color=PAPER if rating in HOLLOW else RATING_COLOURS[rating],
                edgecolor=RATING_COLOURS[rating],
                marker=marker,
                s=(110 if marker == "*" else 60) * size,
                linewidth=1.2,
                legend=False,
                ax=axes,
                zorder=4,
                clip_on=False,
            )
