"""The chart of all goals: the state of each by chapter.

seaborn draws it, one mark a goal, shape and colour together. It is imported when first needed,
since most pages need only matplotlib.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes

from planbook.present.lettering import text_width
from planbook.present.palette import HOLLOW, INK, PAPER, RATING_COLOURS, RATING_MARKERS
from planbook.present.sentences import RATING_ORDER, headline, rating_counts
from planbook.present.style import LABEL, Figure, compose
from planbook.present.views import GoalView
from planbook.vocabulary import Rating


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
        height=30.0 * len(rows) + 4,
        left=max(text_width(title, LABEL) for title, _ in rows) + 20,
        right=60.0,
        foot=6.0,
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
        axes.annotate(
            f"{len(own)}项",
            (len(own) - 0.4, n),
            (4, 0),
            textcoords="offset points",
            color=INK,
            va="center",
        )
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
