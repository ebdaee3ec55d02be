"""The first screen: all goals at a glance, counted by rating and as one tile each by chapter.

Symbol, word and colour go together everywhere, so that the page says the same in black and white,
on paper and to those who hear it. No script is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from planbook.present import numbers
from planbook.present.addresses import chapter_address, goal_address, scoreboard_address
from planbook.present.comparing import compared, compared_shares, completion_share
from planbook.present.escaping import html
from planbook.present.palette import RATING_CLASSES
from planbook.present.say.goal_terms import (
    average_compared,
    band_words,
    counts_from_zero,
    estimate_words,
    meeting_words,
    provisional_count,
    units_done,
    units_due,
    verdict_remark,
)
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.tables.table import rating_chip
from planbook.present.views import GoalView
from planbook.vocabulary import Rating

_WELL = (Rating.MET, Rating.MET_UNSTEADY, Rating.ON_COURSE)


def state(views: Sequence[GoalView], board: str) -> str:
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
    bar = "".join(
        f'<span class="pb-{RATING_CLASSES[r]}" style="flex-grow:{counted[r]}">{r.symbol}</span>'
        for r in shown
    )
    items = "\n".join(
        _count([v for v in views if v.verdict.rating is r], total, board) for r in shown
    )
    lead = f"<strong>{total}</strong><span>项目标均无法判定</span>"
    if counted[Rating.NOT_ASSESSABLE] < total:
        words = "已达成或达序时" if counted[Rating.ON_COURSE] else "已达成"
        share = completion_share(well / total)
        lead = f"<strong>{well}</strong><span>／{total}项目标{words}，占{share}</span>"
    return (
        '<div class="pb-state">\n'
        f'<p class="pb-state-lead">{lead}</p>\n'
        f'<div class="pb-bar" aria-hidden="true">{bar}</div>\n'
        f'<ul class="pb-counts">\n{items}\n</ul>\n</div>'
    )


def _count(own: Sequence[GoalView], total: int, board: str) -> str:
    rating, some = own[0].verdict.rating, provisional_count(own)
    said = (
        f'<span aria-hidden="true">{rating.symbol}</span> {rating} <b>{len(own)}</b>'
        f"<small>项，{completion_share(len(own) / total)}{f'（{some}）' if some else ''}</small>"
    )
    address = html(scoreboard_address(board, (rating,))) if board else ""
    inside = f'<a href="{address}">{said}</a>' if address else f"<span>{said}</span>"
    return f'<li class="pb-{RATING_CLASSES[rating]}">{inside}</li>'


def tiles(views: Sequence[GoalView]) -> str:
    """Return one tile a goal, grouped by chapter, each linked from the book's root to its page."""
    groups = groupby(views, lambda view: (view.chapter.id, view.chapter.title))
    return "\n".join(_chapter(id, title, list(own)) for (id, title), own in groups)


def _chapter(id: str, title: str, views: Sequence[GoalView]) -> str:
    counted = Counter(view.verdict.rating for view in views)
    counts = "".join(
        f'<span class="pb-{RATING_CLASSES[r]}"><span aria-hidden="true">{r.symbol}</span>'
        f'<span class="pb-hear">{r}</span>{counted[r]}</span>'
        for r in RATING_ORDER
        if counted[r]
    )
    own, name = "\n".join(_tile(view) for view in views), f"tiles-{html(id)}"
    address = html(chapter_address("", id))
    return (
        f'<section class="pb-cluster" aria-labelledby="{name}">\n'
        f'<h3 id="{name}"><a href="{address}">{html(title)}</a> <small>{len(views)}项</small> '
        f'<small class="pb-cluster-counts">{counts}{provisional_count(views)}</small></h3>\n'
        f'<ul class="pb-tiles">\n{own}\n</ul>\n</section>'
    )


def _tile(view: GoalView) -> str:
    value, when = standing(view)
    shown = "pb-tile-value" if view.verdict.latest_value is not None else "pb-tile-value pb-none"
    aim = view.target_words() if view.goal.target is None else f"目标 {view.target_words()}"
    due = "" if view.kind.by_people else progress_words(view)
    estimate = estimate_words(view) or band_words(view)
    lines = (
        f'<a class="pb-tile-name" href="{html(goal_address("", view.id))}">{html(view.name)}</a>',
        rating_chip(view.verdict.rating, verdict_remark(view)),
        f'<span class="{shown}">{value}{_small(when)}</span>',
        f'<span class="pb-tile-due">{html(estimate)}</span>' if estimate else "",
        f'<span class="pb-tile-target">{html(aim)}{_small(view.due_words)}'
        f"{_small(meeting_words(view))}</span>",
        _progress(view),
        f'<span class="pb-tile-due">{html(due)}</span>' if due else "",
    )
    return (
        f'<li class="pb-tile pb-edge-{RATING_CLASSES[view.verdict.rating]}">{"".join(lines)}</li>'
    )


def standing(view: GoalView) -> tuple[str, str]:
    """Return what is compared with the target, as HTML with a small unit, and its period.

    For an average growth the growth so far, once there is one; for others the latest value.
    """
    average, until = average_compared(view), view.verdict.observed_period
    if average is not None and until is not None:
        return f"年均{_quantity(average.value, '%')}", f"截至{until.year}年"
    if view.verdict.latest_value is None:
        return html(view.latest_words), view.latest_label
    unit = numbers.spoken_unit(view.indicator.unit)
    return _quantity(view.latest_number, unit), view.latest_label


def progress_words(view: GoalView) -> str:
    """Return how far the goal is beside how far it should be by now; empty if nobody can say."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    units, counted = units_due(view), units_done(view)
    if units is not None and counted is not None:
        unit = view.indicator.unit
        said = numbers.with_unit(compared(abs(counted), units, view.decimals).value, unit)
        owed = numbers.with_unit(str(units or 1), unit)
        return f"{_moved(view, counted)}{said}，应达{'' if units else '不足'}{owed}"
    if done is not None and due is not None:
        estimated = "推算" if view.verdict.is_estimate else ""
        shown = compared_shares(done, due, 0)
        return f"{estimated}增量完成{shown.value}，应达{shown.other}"
    path, value = view.verdict.path_value, view.verdict.observed_value
    if path is not None and value is not None and not view.is_growth:
        when = "全年" if view.verdict.is_estimate else "此时"
        shown = compared(value, path, view.decimals)
        return f"{when}应达{numbers.with_unit(shown.other, view.indicator.unit)}"
    return "" if view.verdict.pace is None else f"进度比{numbers.pace(view.verdict.pace)}"


def _moved(view: GoalView, done: float) -> str:
    """Return what became of the units since the start: 累计, 已增, or backwards 减少."""
    if counts_from_zero(view):
        return "累计" if done >= 0 else "累计减少"
    more = (done < 0) == view.falling
    verb = ("增加", "减少") if done < 0 else ("已增", "已减")
    return verb[not more]


def _progress(view: GoalView) -> str:
    """Return a bar of what is done since the baseline, with a mark where the path stands now."""
    done, due = view.verdict.increment_completion, view.verdict.increment_due
    if done is None or due is None:
        return ""
    return (
        '<span class="pb-progress" aria-hidden="true">'
        f'<i style="width:{_width(done)}%"></i><b style="left:{_width(due)}%"></b></span>'
    )


def _width(share: float) -> str:
    return numbers.plain(min(max(share, 0.0), 1.0) * 100, 1)


def _quantity(number: str, unit: str) -> str:
    small = f'<small class="pb-unit">{html(numbers.with_unit("", unit))}</small>'
    return f'<span class="pb-value">{html(number)}{small}</span>'


def _small(text: str) -> str:
    return f" <small>{html(text)}</small>" if text else ""
