"""The chart of all goals by likelihood and pace: what is expected beside where things stand.

A goal with a likelihood and a pace has a mark in its rating's shape and colour; goals on one
indicator have one, that of the least likely. One without a pace, of which nothing is due yet, has
no place in it: the key says how many there are, the table lists them. Names stand where there is
room: first of the goals that are worst off, then of those whose rating and likelihood point
different ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from matplotlib.axes import Axes

from planbook.outlook_frames import OutlookMethod
from planbook.plan.model import Thresholds
from planbook.present import numbers
from planbook.present.addresses import TO_ROOT
from planbook.present.charts.canvas import Words, sheet_of
from planbook.present.charts.figure import LABEL, SMALL, Figure, compose
from planbook.present.charts.goal_marks import mark
from planbook.present.charts.lettering import told_apart
from planbook.present.charts.placing import Labels
from planbook.present.palette import GRID, INK, MUTED, PATH
from planbook.present.say import summary_words
from planbook.present.say.outlook_families import families
from planbook.present.say.outlook_sentences import (
    LIKELY_FROM,
    UNLIKELY_TO,
    Likelihood,
    likelihood_words,
    on_course_finding,
    percentage,
)
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables.cells import Column, words
from planbook.present.tables.goal_tables import (
    goal_link,
    likelihood_cell,
    pace_cell,
    verdict_cell,
)
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_LOW, _HIGH = -0.5, 1.5  # paces beyond stand at the edge
_WORDS = {Likelihood.LIKELY: 0.94, Likelihood.OPEN: 0.5, Likelihood.UNLIKELY: UNLIKELY_TO - 0.06}
_NAME = 164.0  # width of a name
_NAMED = 2  # names written at a place where several goals are
_WORST = (Rating.REVERSING, Rating.FAR_BEHIND, Rating.MISSED)
_REFERENCE_SIZE, _MODEL_SIZE = 6.5, 10.0


def outlook_map(views: Sequence[GoalView], thresholds: Thresholds, *, source: str) -> Figure | None:
    """Return the chart; ``None`` where no goal has both a likelihood and a pace."""
    likely = [view for view in views if _p(view) is not None]
    shown = [view for view in likely if _pace(view) is not None]
    missing = [view.name for view in likely if _pace(view) is None]
    marked = [min(own, key=lambda view: _p(view) or 0.0) for own in families(shown)]
    if not marked:
        return None
    finding = on_course_finding(views)
    return compose(
        lambda axes: _draw(axes, marked, thresholds),
        form="likelihood",
        id="outlook-map",
        title=finding,
        subtitle=_key(marked, len(missing)),
        alt=summary_words.map_alt(
            finding,
            [(f"{v.name}{likelihood_words(v)}", numbers.pace(v.verdict.pace)) for v in shown],
            missing,
        ),
        source=source,
        height=330.0,
        left=58.0,
        foot=34.0,
        data=_table(likely, missing=len(missing)),
        csv=f"{TO_ROOT}downloads/goals.csv",
    )


def _p(view: GoalView) -> float | None:
    return view.outlook.p_met if view.outlook else None


def _pace(view: GoalView) -> float | None:
    return view.verdict.pace


def _is_reference(view: GoalView) -> bool:
    return view.outlook is not None and view.outlook.p_method is OutlookMethod.REFERENCE


def _key(marked: Sequence[GoalView], missing: int) -> str:
    present = [r for r in RATING_ORDER if any(view.verdict.rating is r for view in marked)]
    key = summary_words.ratings_key(
        present, provisional=any(view.verdict.rating_provisional for view in marked)
    )
    references = any(map(_is_reference, marked))
    return summary_words.map_key(key, references=references, missing=missing)


def _table(likely: Sequence[GoalView], *, missing: int) -> Table:
    """Return all goals that have a likelihood: the title counts those without a pace too."""
    others = {
        view.id: "、".join(each.name for each in own if each is not view)
        for own in families(likely)
        for view in own
    }
    cells: Cells[GoalView] = {
        Column("指标名称"): goal_link,
        Column("状态", "mark"): verdict_cell,
        Column("进度比", "number"): pace_cell,
        Column("达标|可能性", "number"): likelihood_cell,
        Column("同一指标的目标"): lambda view: words(others[view.id] or numbers.ABSENT),
    }
    note = summary_words.listed_alone(missing)
    return listing("data-outlook-map", "各目标的达标可能性与进度比", cells, likely, note=note)


def _draw(axes: Axes, marked: Sequence[GoalView], thresholds: Thresholds) -> None:
    axes.set_axis_off()
    axes.set_xlim(_LOW - 0.08, _HIGH + 0.08)
    axes.set_ylim(-0.08, 1.02)  # room for names below the least likely
    left, right = axes.get_xlim()
    limits = (0.0, thresholds.far_behind, thresholds.on_course)
    axes.hlines([0, 1], left, right, color=GRID, lw=1.0, zorder=0)
    axes.hlines([UNLIKELY_TO, LIKELY_FROM], left, right, color=PATH, lw=1.2, ls=":", zorder=1)
    axes.vlines(limits, 0, 1, color=GRID, lw=1.2, zorder=0)
    _name_axes(axes, limits)
    for view in marked:
        mark(
            axes, view, *_place(view), size=_REFERENCE_SIZE if _is_reference(view) else _MODEL_SIZE
        )
    _name_marks(axes, marked)


def _place(view: GoalView) -> tuple[float, float]:
    return min(max(_pace(view) or 0.0, _LOW), _HIGH), _p(view) or 0.0


def _name_axes(axes: Axes, limits: Sequence[float]) -> None:
    sheet, edge = sheet_of(axes), float(axes.bbox.x0)
    for share in (0.0, UNLIKELY_TO, 0.5, LIKELY_FROM, 1.0):
        y = float(axes.transData.transform((0, share))[1]) - 0.36 * SMALL
        sheet.write(Words(edge - 4, y, percentage(share), MUTED, "end"))
    ends = [(_LOW, f"≤{numbers.number(_LOW, 1)}"), (_HIGH, f"≥{numbers.number(_HIGH, 1)}")]
    ends += [(x, numbers.pace(x)) for x in limits]
    for x, name in ends:
        px = float(axes.transData.transform((x, 0))[0])
        sheet.write(Words(px, float(axes.bbox.y0) - 4 - LABEL, name, MUTED))


def _name_marks(axes: Axes, marked: Sequence[GoalView]) -> None:
    """Write names, where they are free, of goals whose rating and likelihood differ most first."""
    labels = Labels(axes, LABEL)
    for view in marked:
        labels.keep_off_mark(*_place(view), 6)
    for word, share in _WORDS.items():
        labels.place(_LOW + 0.04, share, word, MUTED, sides=("right",), near=True)
    names = told_apart([view.name for view in marked], LABEL, _NAME)
    together: dict[tuple[float, float], list[str]] = defaultdict(list)
    for view, name in sorted(zip(marked, names, strict=True), key=lambda pair: _order(pair[0])):
        together[_place(view)].append(name)
    for place, own in together.items():
        labels.place_if_free(*place, _together(own), INK)


def _together(names: Sequence[str]) -> str:
    """Return the names of goals at one place, in a line that fits; the table names them all."""
    return summary_words.goals_together(names[:_NAMED], len(names))


def _order(view: GoalView) -> tuple[bool, float]:
    """Return what puts names in order: the worst, then where pace and likelihood agree least."""
    pace, p = _place(view)
    return view.verdict.rating not in _WORST, -abs(min(pace, 1.0) - p)
