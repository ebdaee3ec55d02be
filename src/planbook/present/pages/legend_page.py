"""The charts of the page 图例: every form once, of an invented plan, whatever the book's own is.

The page's text, which says how to read each, includes them by their names.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from planbook.present.charts.bullets import bullets
from planbook.present.charts.edition_counts import edition_counts
from planbook.present.charts.example_goals import Example, example_goals
from planbook.present.charts.example_parts import EDITION
from planbook.present.charts.figure import Figure
from planbook.present.charts.multiples import multiples
from planbook.present.charts.outlook_map import outlook_map
from planbook.present.charts.rating_moves import rating_moves
from planbook.present.charts.summaries import state_overview
from planbook.present.charts.trajectory import course_chart
from planbook.present.say.legend_words import EXAMPLE, MOVED, SOURCE
from planbook.present.tables.cells import Column
from planbook.present.tables.table import listing
from planbook.vocabulary import Rating
from planbook.watch_frames import ChangeFactor, ChangeReasonRow

COURSES = ("level", "few", "totals", "range", "growth")  # the first goals, in their order


def legend_figures() -> dict[str, Figure]:
    """Return the charts by name, `legend-bullets` and so on, each with words of its own only.

    They have no table of values and no file: nobody should take away invented numbers.
    """
    goals = example_goals()
    views, thresholds = [goal.view for goal in goals], goals[0].view.thresholds
    shown = [(goal.view, goal.series) for goal in goals]
    drawn: dict[str, Figure | None] = {
        "bullets": bullets(views, thresholds, id="bullets", where=EXAMPLE, source=SOURCE),
        **{name: _course(goal) for name, goal in zip(COURSES, goals, strict=False)},
        "panels": multiples(
            shown,
            {goal.view.id: goal.history for goal in goals},
            id="panels",
            where=EXAMPLE,
            source=SOURCE,
        ),
        "states": state_overview(views, source=SOURCE, period=EDITION.label),
        "likelihood": outlook_map(views, thresholds, source=SOURCE),
        "moves": _moves(goals),
        "editions": edition_counts(
            {EDITION.plus(-n): _counted(goals, n) for n in (3, 2, 1, 0)}, source=SOURCE
        ),
    }
    return {
        f"legend-{name}": replace(figure, id=f"legend-{name}", data=None, csv="")
        for name, figure in drawn.items()
        if figure is not None
    }


def _course(goal: Example) -> Figure:
    return course_chart(goal.view, goal.series, goal.history, source=SOURCE, csv="")


def _counted(goals: tuple[Example, ...], editions_ago: int) -> Counter[Rating]:
    """Return goals by rating; the longer ago, the more goals were on course."""
    ratings = [goal.view.verdict.rating for goal in goals]
    return Counter([Rating.ON_COURSE] * editions_ago + ratings[editions_ago:])


def _moves(goals: tuple[Example, ...]) -> Figure | None:
    moved = (
        (Rating.ON_COURSE, Rating.BEHIND, ChangeFactor.DATA),
        (Rating.BEHIND, Rating.ON_COURSE, ChangeFactor.REVISION),
        (Rating.ON_COURSE, Rating.FAR_BEHIND, ChangeFactor.TIME),
    )
    rows = [
        ChangeReasonRow(
            goal_id=goal.view.id,
            edition=EDITION,
            compared_with=EDITION.plus(-1),
            old_rating=old,
            new_rating=new,
            main_factor=factor,
        )
        for goal, (old, new, factor) in zip(goals, moved, strict=False)
    ]
    return rating_moves(
        rows,
        _counted(goals, 0),
        before=EDITION.plus(-1).label,
        source=SOURCE,
        data=listing("data-legend", MOVED, {Column(EXAMPLE): lambda row: row.goal_id}, rows),
    )
