"""What the monitoring report says about a field: its goals one by one, rating and name in front."""

from __future__ import annotations

from collections.abc import Sequence

from planbook.present.addresses import TO_ROOT, goal_address
from planbook.present.block import Block
from planbook.present.escaping import html, markdown
from planbook.present.say.goal_terms import verdict_remark
from planbook.present.say.sentences import field_lead, goal_points
from planbook.present.tables.table import rating_chip
from planbook.present.views import GoalView


def field_points(views: Sequence[GoalView]) -> Block:
    """Return the counts by rating, then a point a goal: how far it is, and what that means."""
    lead = field_lead(views)
    told: set[str] = set()
    items, lines = [], []
    for view in views:
        first, *rest = goal_points(view, follows=view.indicator.id in told)
        told.add(view.indicator.id)
        address = html(goal_address(TO_ROOT, view.id))
        means = "".join(f'<span class="pb-means">{html(sentence)}</span>' for sentence in rest)
        items.append(
            f'<li>{rating_chip(view.verdict.rating, verdict_remark(view))} <a href="{address}">'
            f"{html(view.name)}</a>：{html(first)}{means}</li>"
        )
        said = markdown("".join([first, *rest]))
        lines.append(f"- {markdown(view.rating_words)} **{markdown(view.name)}**：{said}")
    parts = [f'<p class="pb-lead">{html(lead)}</p>'] if lead else []
    if items:
        parts.append('<ul class="pb-points">\n' + "\n".join(items) + "\n</ul>")
    points = "\n".join(lines)
    return Block("\n".join(parts), "\n\n".join(t for t in (markdown(lead), points) if t))
