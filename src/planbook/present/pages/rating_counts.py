"""All goals counted by rating: the share that does well, a bar, and a list.

Symbol, word and colour go together, so that it says the same in black and white, on paper and to
those who hear it. No script is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from planbook.frames import WELL
from planbook.present.addresses import scoreboard_address
from planbook.present.comparing import completion_share
from planbook.present.escaping import Html, lines
from planbook.present.palette import RATING_CLASSES
from planbook.present.say import goal_terms, page_words
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.views import GoalView
from planbook.vocabulary import Rating


def state(views: Sequence[GoalView], board: str) -> Markup:
    """Return the counts by rating of all goals: the share that does well, a bar, and a list.

    What cannot be judged stays in every denominator.

    Parameters
    ----------
    board
        Address of the scoreboard's page, to which each count leads; empty: no links.
    """
    total, counted = len(views), Counter(view.verdict.rating for view in views)
    well = sum(counted[r] for r in WELL)
    shown = [r for r in RATING_ORDER if counted[r]]
    part = Html('<span class="pb-{}" style="flex-grow:{}">{}</span>')
    bar = Html("").join(part.format(RATING_CLASSES[r], counted[r], r.symbol) for r in shown)
    items = lines(_count([v for v in views if v.verdict.rating is r], total, board) for r in shown)
    lead = Html("<strong>{}</strong><span>项目标均无法判定</span>").format(total)
    if counted[Rating.NOT_ASSESSABLE] < total:
        words = "已达成或达序时" if counted[Rating.ON_COURSE] else "已达成"
        share = completion_share(well / total)
        said = page_words.share_of_goals(total, words, share)
        lead = Html("<strong>{}</strong><span>{}</span>").format(well, said)
    return Html(
        '<div class="pb-state">\n<p class="pb-state-lead">{}</p>\n'
        '<div class="pb-bar" aria-hidden="true">{}</div>\n'
        '<ul class="pb-counts">\n{}\n</ul>\n</div>'
    ).format(lead, bar, items)


def _count(own: Sequence[GoalView], total: int, board: str) -> Markup:
    rating = own[0].verdict.rating
    some = goal_terms.provisional_count(own) or goal_terms.withheld_count(own)
    share = page_words.share_of_rating(completion_share(len(own) / total), some)
    said = Html('<span aria-hidden="true">{}</span> {} <b>{}</b><small>{}</small>').format(
        rating.symbol, rating, len(own), share
    )
    inside = Html("<span>{}</span>").format(said)
    if board:
        inside = Html('<a href="{}">{}</a>').format(scoreboard_address(board, (rating,)), said)
    return Html('<li class="pb-{}">{}</li>').format(RATING_CLASSES[rating], inside)
