"""The first screen: all goals at a glance, counted by rating and as one tile each by chapter.

Symbol, word and colour go together everywhere, so that the page says the same in black and white,
on paper and to those who hear it. No script is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from planbook.present import numbers
from planbook.present.addresses import chapter_address, goal_address, scoreboard_address
from planbook.present.comparing import completion_share
from planbook.present.escaping import Html, html, lines
from planbook.present.palette import RATING_CLASSES
from planbook.present.say import goal_terms
from planbook.present.say.needed_words import progress_words
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables.table_html import quantity, rating_chip
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_WELL = (Rating.MET, Rating.MET_UNSTEADY, Rating.ON_COURSE)


def state(views: Sequence[GoalView], board: str) -> Markup:
    """Return the counts by rating of all goals: the share that does well, a bar, and a list.

    What cannot be judged stays in every denominator.

    Parameters
    ----------
    board
        Address of the scoreboard's page, to which each count leads; empty: no links.
    """
    total, counted = len(views), Counter(view.verdict.rating for view in views)
    well = sum(counted[r] for r in _WELL)
    shown = [r for r in RATING_ORDER if counted[r]]
    part = Html('<span class="pb-{}" style="flex-grow:{}">{}</span>')
    bar = Html("").join(part.format(RATING_CLASSES[r], counted[r], r.symbol) for r in shown)
    items = lines(_count([v for v in views if v.verdict.rating is r], total, board) for r in shown)
    lead = Html("<strong>{}</strong><span>项目标均无法判定</span>").format(total)
    if counted[Rating.NOT_ASSESSABLE] < total:
        words = "已达成或达序时" if counted[Rating.ON_COURSE] else "已达成"
        share = completion_share(well / total)
        lead = Html("<strong>{}</strong><span>／{}项目标{}，占{}</span>").format(
            well, total, words, share
        )
    return Html(
        '<div class="pb-state">\n<p class="pb-state-lead">{}</p>\n'
        '<div class="pb-bar" aria-hidden="true">{}</div>\n'
        '<ul class="pb-counts">\n{}\n</ul>\n</div>'
    ).format(lead, bar, items)


def _count(own: Sequence[GoalView], total: int, board: str) -> Markup:
    rating = own[0].verdict.rating
    some = goal_terms.provisional_count(own) or goal_terms.withheld_count(own)
    said = Html('<span aria-hidden="true">{}</span> {} <b>{}</b><small>项，{}{}</small>').format(
        rating.symbol,
        rating,
        len(own),
        completion_share(len(own) / total),
        f"（{some}）" if some else "",
    )
    inside = Html("<span>{}</span>").format(said)
    if board:
        inside = Html('<a href="{}">{}</a>').format(scoreboard_address(board, (rating,)), said)
    return Html('<li class="pb-{}">{}</li>').format(RATING_CLASSES[rating], inside)


def tiles(views: Sequence[GoalView]) -> Markup:
    """Return one tile a goal, grouped by chapter, each linked from the book's root to its page."""
    groups = groupby(views, lambda view: (view.chapter.id, view.chapter.title))
    return lines(_chapter(id, title, list(own)) for (id, title), own in groups)


def _chapter(id: str, title: str, views: Sequence[GoalView]) -> Markup:
    counted = Counter(view.verdict.rating for view in views)
    count = Html(
        '<span class="pb-{}"><span aria-hidden="true">{}</span>'
        '<span class="pb-hear">{}</span>{}</span>'
    )
    counts = Html("").join(
        count.format(RATING_CLASSES[r], r.symbol, r, counted[r]) for r in RATING_ORDER if counted[r]
    )
    return Html(
        '<section class="pb-cluster" aria-labelledby="{name}">\n'
        '<h3 id="{name}"><a href="{address}">{title}</a> <small>{number}项</small> '
        '<small class="pb-cluster-counts">{counts}{open}</small></h3>\n'
        '<ul class="pb-tiles">\n{own}\n</ul>\n</section>'
    ).format(
        name=f"tiles-{id}",
        address=chapter_address("", id),
        title=title,
        number=len(views),
        counts=counts,
        open=goal_terms.provisional_count(views),
        own=lines(_tile(view) for view in views),
    )


def _tile(view: GoalView) -> Markup:
    value, when = standing(view)
    shown = "pb-tile-value" if view.verdict.latest_value is not None else "pb-tile-value pb-none"
    aim = view.target_words() if view.goal.target is None else f"目标 {view.target_words()}"
    due = "" if view.kind.by_people else progress_words(view)
    estimate = goal_terms.estimate_words(view) or goal_terms.band_words(view)
    name = Html('<a class="pb-tile-name" href="{}">{}</a>')
    said = Html('<span class="pb-tile-due">{}</span>')
    parts = (
        name.format(goal_address("", view.id), view.name),
        rating_chip(view.verdict.rating, goal_terms.verdict_remark(view)),
        Html('<span class="{}">{}{}</span>').format(shown, value, _small(when)),
        said.format(estimate) if estimate else "",
        Html('<span class="pb-tile-target">{}{}{}</span>').format(
            aim, _small(view.due_words), _small(goal_terms.meeting_words(view))
        ),
        _progress(view),
        said.format(due) if due else "",
    )
    return Html('<li class="pb-tile pb-edge-{}">{}</li>').format(
        RATING_CLASSES[view.verdict.rating], Html("").join(parts)
    )


def standing(view: GoalView) -> tuple[Markup, str]:
    """Return what is compared with the target, as HTML with a small unit, and its period.

    For an average growth the growth so far, once there is one; for others the latest value.
    """
    average, until = goal_terms.average_compared(view), view.verdict.observed_period
    if average is not None and until is not None:
        return Html("年均{}").format(
            quantity(average.value, "%")
        ), f"截至{view.year.label_of(until)}"
    if view.verdict.latest_value is None:
        return html(view.latest_words), view.latest_label
    unit = numbers.spoken_unit(view.indicator.unit)
    return quantity(view.latest_number, unit), view.latest_label


def _progress(view: GoalView) -> Markup:
    """Return a bar of what is done since the baseline, with a mark where the path stands now."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    if done is None or due is None:
        return Html("")
    return Html(
        '<span class="pb-progress" aria-hidden="true">'
        '<i style="width:{}%"></i><b style="left:{}%"></b></span>'
    ).format(_width(done), _width(due))


def _width(share: float) -> str:
    return numbers.plain(min(max(share, 0.0), 1.0) * 100, 1)


def _small(text: str) -> Markup:
    return Html(" <small>{}</small>").format(text) if text else Html("")
