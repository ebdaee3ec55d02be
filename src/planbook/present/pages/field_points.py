"""What the monitoring report says about a field: its goals one by one, rating and name in front."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.addresses import TO_ROOT, goal_address
from planbook.present.escaping import Html, lines, markdown
from planbook.present.prose import Prose
from planbook.present.say.goal_terms import verdict_remark
from planbook.present.say.sentences import field_lead, goal_points
from planbook.present.say.table_words import named_text
from planbook.present.tables.table_html import rating_chip
from planbook.present.views import GoalView


def field_points(views: Sequence[GoalView]) -> Prose:
    """Return the counts by rating, then a point a goal: how far it is, and what that means."""
    lead = field_lead(views)
    told: set[str] = set()
    items, points = [], []
    for view in views:
        first, *rest = goal_points(view, follows=view.indicator.id in told)
        told.add(view.indicator.id)
        means = (Html('<span class="pb-means">{}</span>').format(sentence) for sentence in rest)
        items.append(
            Html('<li>{} <a href="{}">{}</a>：{}{}</li>').format(
                rating_chip(view.verdict.rating, verdict_remark(view)),
                goal_address(TO_ROOT, view.id),
                view.name,
                first,
                Html("").join(means),
            )
        )
        said = markdown("".join([first, *rest]))
        name = f"{markdown(view.rating_words)} **{markdown(view.name)}**"
        points.append(f"- {named_text(name, said)}")
    parts = [Html('<p class="pb-lead">{}</p>').format(lead)] if lead else []
    if items:
        parts.append(Html('<ul class="pb-points">\n{}\n</ul>').format(lines(items)))
    texts = (markdown(lead), "\n".join(points))
    return Prose("\n\n".join(text for text in texts if text), lines(parts))
