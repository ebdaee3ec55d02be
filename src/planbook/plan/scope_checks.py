"""What must hold of the areas that values may cover; rules of `planbook.plan.checks`."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.errors import Problem
from planbook.plan.outline import Outline
from planbook.vocabulary import UNSTATED
from planbook.yamlfile import place


def scopes_tell_apart(outline: Outline) -> Iterator[Problem]:
    """Each scope has an id and a name of its own; none is 未注明, which there always is."""
    if outline.about is None:
        return
    about, where = outline.about.item, outline.about.where
    seen = {"unstated", UNSTATED}
    for number, scope in enumerate(about.scopes):
        for key, word in (("id", scope.id), ("name", scope.name)):
            if word in seen:
                what = f"口径的{'编号' if key == 'id' else '名称'}「{word}」重复"
                fix = f"改名；「{UNSTATED}」总是有的，不用写"
                yield Problem(what, place(where, ("scopes", number, key)), fix)
            seen.add(word)
        if scope.since_break and about.scope_break is None:
            what = f"「{scope.name}」写明区划调整以后才有，却没有写哪个月调整"
            fix = "补上 plan.yaml 的 scope_break，或删去 since_break"
            yield Problem(what, place(where, ("scopes", number, "since_break")), fix)


def scopes_are_known(outline: Outline) -> Iterator[Problem]:
    """Indicators and restated targets name a scope that plan.yaml lists."""
    if outline.about is None:
        return
    known = outline.about.item.scope_codes
    named = [(i.item.scope, f"{i.where}.scope") for i in outline.indicators]
    for goal in outline.goals:
        for number, amendment in enumerate(goal.item.amendments):
            named.append((amendment.scope or UNSTATED, f"{goal.where}.amendments[{number}].scope"))
    for scope, where in named:
        if scope not in known:
            fix = f"在 plan.yaml 的 scopes 中补上，或改为：{'、'.join(known)}"
            yield Problem(f"没有「{scope}」这一口径", where, fix)
