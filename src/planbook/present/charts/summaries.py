"""The chart of all goals: the state of each by chapter.

seaborn draws it, one mark a goal, shape and colour together. It is imported when first needed,
since most pages need only matplotlib.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from matplotlib.axes import Axes

from planbook.present.charts.canvas import Words, sheet_of
from planbook.present.charts.figure import LABEL, Figure, compose
from planbook.present.charts.goal_marks import mark
from planbook.present.charts.lettering import text_width
from planbook.present.palette import HOLLOW, INK, PAPER, RATING_COLOURS, RATING_MARKERS
from planbook.present.say import summary_words
from planbook.present.say.sentences import RATING_ORDER, headline, rating_counts
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_AREA = 84.0  # of a mark, in square points


def state_overview(views: Sequence[GoalView], *, source: str, period: str) -> Figure:
    """Return one mark a goal, a row a chapter, best first: the state of the whole plan."""
    rows = [(title, list(own)) for title, own in groupby(views, lambda v: v.chapter.title)]
    present = [rating for rating in RATING_ORDER if any(v.verdict.rating is rating for v in views)]
    key = summary_words.ratings_key(
        present, provisional=any(view.verdict.rating_provisional for view in views)
    )
    return compose(
        lambda axes: _states(axes, rows),
        form="states",
        id="overview",
        title=headline(views),
        subtitle=summary_words.states_key(period, key),
        alt=summary_words.states_alt(
            headline(views), [(title, rating_counts(own)) for title, own in rows]
        ),
        source=source,
        height=30.0 * len(rows) + 4,
        left=max(text_width(title, LABEL) for title, _ in rows) + 20,
        right=60.0,
        foot=6.0,
    )


def _states(axes: Axes, rows: Sequence[tuple[str, list[GoalView]]]) -> None:
    axes.set_axis_off()
    axes.set_xlim(-0.6, max(len(own) for _, own in rows) + 0.6)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    placed = [
        (x, y, view)
        for y, (_, own) in enumerate(rows)
        for x, view in enumerate(sorted(own, key=lambda v: RATING_ORDER.index(v.verdict.rating)))
    ]
    for rating in RATING_ORDER:
        _marks(axes, rating, [(x, y) for x, y, view in placed if view.verdict.rating is rating])
    for x, y, view in placed:
        if view.verdict.rating_provisional:
            mark(axes, view, x, y, size=math.sqrt(_AREA))
    sheet = sheet_of(axes)
    for y, (title, own) in enumerate(rows):
        end, middle = axes.transData.transform((len(own) - 0.4, y))
        base = float(middle) - 0.36 * LABEL
        sheet.write(Words(float(axes.bbox.x0) - 6, base, title, INK, "end"))
        sheet.write(
            Words(float(end) + 4, base, summary_words.counted_goals(len(own)), INK, "start")
        )


def _marks(axes: Axes, rating: Rating, places: Sequence[tuple[float, float]]) -> None:
    """Draw one mark a goal in the shape and colour of its rating."""
    import seaborn as sns  # noqa: PLC0415 - brings pyplot, which most pages do without

    if places:
        xs, ys = zip(*places, strict=True)
        marker = RATING_MARKERS[rating]
        sns.scatterplot(
            x=xs,
            y=ys,
            color=PAPER if rating in HOLLOW else RATING_COLOURS[rating],
            edgecolor=RATING_COLOURS[rating],
            marker=marker,
            s=_AREA * (2 if marker == "*" else 1),
            linewidth=1.2,
            legend=False,
            ax=axes,
            zorder=4,
            clip_on=False,
        )
