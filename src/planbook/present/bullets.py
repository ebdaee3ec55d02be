"""Bullet charts: how far every goal of a chapter has come, against how far it should be by now.

Each bar runs from where a goal started (0) to its target (1), whatever its unit, so that all share
one scale. Behind it lie the limits of the ratings at this time; a mark says where the value is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes

from planbook.plan.model import Thresholds
from planbook.present import numbers
from planbook.present.goal_tables import goal_address
from planbook.present.lettering import shortened, text_width
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
from planbook.present.sentences import RATING_ORDER, headline
from planbook.present.sheet import Words, sheet_of
from planbook.present.style import EDGE, LABEL, WIDTH, Figure, compose
from planbook.present.tables import Column, Table, figure, link, plain, rating
from planbook.present.views import GoalView
from planbook.vocabulary import Kind, RatedBy

_ROW, _BAR = 54.0, 15.0  # height of a goal's lines and of its bar
_SHOWN = (-0.08, 1.12)  # what lies beyond ends at the edge, with an arrow


@dataclass(frozen=True)
class Progress:
    """Shares of the way from the start to the target.

    `done` is how far the goal has come, `due` how far it should be by now; `far_behind` and
    `on_course` are the limits between ratings now.
    """

    done: float
    due: float
    far_behind: float
    on_course: float


def progress(view: GoalView, thresholds: Thresholds) -> Progress | None:
    """Return how far a goal has come; ``None`` where it cannot be compared with what is due."""
    value, due = view.number("observed_value"), view.number("path_value")
    target = view.goal.target if view.kind is Kind.CAGR else view.number("target_value")
    if value is None or due is None or target is None or view.reason is not None:
        return None
    from_zero = view.kind in (Kind.CUMULATIVE, Kind.EVERY_YEAR, Kind.CAGR)
    base = 0.0 if from_zero else view.number("baseline_value")
    if base is None or base == target:
        return None

    def share(of: float) -> float:
        return (of - base) / (target - base)

    limits = (
        _value_at(view, base, due, limit) for limit in (thresholds.far_behind, thresholds.on_course)
    )
    far_behind, on_course = (share(limit) for limit in limits)
    return Progress(share(value), share(due), far_behind, on_course)


def _value_at(view: GoalView, base: float, due: float, pace: float) -> float:
    """Return the value at which the goal would have this pace now."""
    elapsed = view.number("elapsed")
    if view.rated_by is RatedBy.GROWTH and elapsed and base > 0 and due > 0:
        rate = (due / base) ** (1 / elapsed) - 1
        return float(base * (1 + pace * rate) ** elapsed)
    return base + pace * (due - base)


def bullets(
    views: Sequence[GoalView],
    thresholds: Thresholds,
    *,
    id: str,
    where: str,
    source: str,
    root: str,
) -> Figure | None:
    """Return the progress of every goal of a chapter, best first.

    ``None`` where no goal's progress can be compared with what is due.
    """
    ordered = sorted(views, key=lambda v: (RATING_ORDER.index(v.rating), -(v.pace or 0.0)))
    known = {view.id: progress(view, thresholds) for view in ordered}
    told = [(view, reached) for view in ordered if (reached := known[view.id]) is not None]
    if not told:
        return None
    said = "；".join(
        f"{view.name}已走完{numbers.percent(reached.done, 0)}，"
        f"应达{numbers.percent(reached.due, 0)}，{view.rating}"
        for view, reached in told
    )
    silent = "、".join(view.name for view in ordered if known[view.id] is None)
    return compose(
        lambda axes: _draw(axes, ordered, known),
        id=id,
        title=f"{where}{headline(views)}",
        subtitle=(
            "横条为从起点到目标已走完的份额，短竖线为按时间应达的位置，紫线为目标；"
            "底色由深到浅为严重滞后、滞后、达序时"
        ),
        alt=f"{where}各目标进度图。{headline(views)}。{said}。"
        + (f"{silent}没有可比的进度。" if silent else ""),
        source=source,
        height=_ROW * len(ordered),
        left=EDGE,
        top=2.0,
        foot=30.0,
        data=_table(id, where, ordered, known, root),
        csv=f"{root}downloads/goals.csv",
    )


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
        limits = (min(max(x, low), 1.0) for x in (reached.far_behind, reached.on_course))
        edges = [low, *limits, 1.0]
        for (left, right), colour in zip(pairwise(edges), BANDS, strict=True):
            axes.barh(middle, right - left, left=left, height=_BAR, color=colour, zorder=1)
        shown = min(max(reached.done, low), high)
        axes.barh(middle, shown, height=_BAR * 0.42, color=OBSERVED, zorder=3)
        if shown != reached.done:
            arrow = ">" if reached.done > high else "<"
            axes.plot([shown], [middle], arrow, color=OBSERVED, ms=8, zorder=4, clip_on=False)
        half = _BAR * 0.5
        due = min(reached.due, high)
        axes.vlines(due, middle - half, middle + half, color=INK, lw=2.6, zorder=5)
        axes.vlines(1.0, middle - half - 2, middle + half + 2, color=TARGET, lw=3.0, zorder=4)
    axes.vlines(0.0, -_ROW * len(views) + 4, -LABEL, color=PAPER, lw=1.0, zorder=2)
    _foot(axes)


def _head(axes: Axes, view: GoalView, y: float) -> None:
    """Write the goal's name and, at the other end, value, target and rating."""
    sheet = sheet_of(axes)
    base = float(axes.transData.transform((0, y))[1]) + 2
    said = f"{status_words(view)} {view.rating_words}".strip()
    room = WIDTH - 2 * EDGE - text_width(said, LABEL) - LABEL
    sheet.write(Words(EDGE, base, shortened(view.name, LABEL, room), INK, "start"))
    sheet.write(Words(WIDTH - EDGE, base, said, RATING_COLOURS[view.rating], "end"))


def status_words(view: GoalView) -> str:
    """Return value and target in a few characters: 推算1,546.5 / 1,800亿元; empty if not judged."""
    value, unit = view.number("observed_value"), numbers.spoken_unit(view.unit)
    if value is None or view.reason is not None or view.goal.target is None:
        return ""
    target = view.target_words(short=True)
    if view.kind is Kind.GROWTH_VS_BASE:
        base = view.number("baseline_value")
        grown = None if not base else (value / base - 1) * 100
        said = numbers.number(grown, 1)
    else:
        rough = 1 if view.kind is Kind.CAGR else min(view.decimals, 1)
        exact = view.kind is not Kind.CAGR and not view.flag("is_estimate")
        said = numbers.number(value, view.decimals if exact else rough)
    told = f"{'推算' if view.flag('is_estimate') else ''}{said}"
    return f"{told} / {target}" if target.endswith(unit) else f"{told}{unit} / {target}"


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
    root: str,
) -> Table:
    columns = (
        Column("指标名称"),
        Column("所用数值", "number"),
        Column("目标", "target"),
        Column("已走完", "number"),
        Column("应达", "number"),
        Column("进度比", "number"),
        Column("状态", "mark"),
    )
    rows = []
    for view in views:
        reached = known[view.id]
        value = view.number("observed_value")
        unit = "%" if view.kind is Kind.CAGR else view.indicator.unit
        decimals = 1 if view.kind is Kind.CAGR else view.decimals
        rows.append(
            (
                link(view.name, goal_address(root, view.id)),
                figure(numbers.quantity(value, unit, decimals), value),
                figure(view.target_words()),
                figure(numbers.percent(reached.done if reached else None)),
                figure(numbers.percent(reached.due if reached else None)),
                figure(numbers.pace(view.pace), view.pace),
                rating(view.rating, view.reason or ""),
            )
        )
    note = (
        "已走完与应达均为从起点到目标的份额。"
        "按增长率评定的目标，进度比为增长率之比，与两个份额之比略有不同。"
    )
    return plain(f"data-{id}", f"{where}各目标进度图中数据", columns, rows, note=note)
