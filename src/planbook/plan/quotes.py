"""The plan's own words: quotes against the plan's text and against one another.

The text itself is not part of the project, so `check_quotes` runs where somebody has it; quotes
that overlap are compared whenever a plan is loaded. Pure: text in, problems out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planbook.errors import Problem
from planbook.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Clause:
    """A quote that begins `offset` characters into the plan's text, and where the files have it.

    `offset` is ``None`` where the files do not say it: the quote may then stand anywhere.
    """

    quote: str
    offset: int | None
    where: str


def clauses(plan: Plan) -> Iterator[Clause]:
    """Yield the clause of every goal and measure, in the plan's order."""
    for chapter in plan.chapters:
        for f, field in enumerate(chapter.fields):
            at = f"{chapter.id}.yaml: fields[{f}]"
            for i, indicator in enumerate(field.indicators):
                for g, goal in enumerate(indicator.goals):
                    where = f"{at}.indicators[{i}].goals[{g}]"
                    yield Clause(goal.quote, goal.plan_offset, where)
            for m, measure in enumerate(field.measures):
                yield Clause(measure.quote, measure.plan_offset, f"{at}.measures[{m}]")


def check_quotes(plan: Plan, text: str) -> list[Problem]:
    """Compare every quote with the plan's text.

    Parameters
    ----------
    plan
        Its ``text_sha256`` is compared too, where it has one.
    text
        The plan's text exactly as it was read, line ends included.

    Returns
    -------
    list of Problem
        Empty if each quote stands at its ``plan_offset``, or somewhere where it has none, and the
        overall aim is in the text.
    """
    problems = []
    expected = plan.about.text_sha256
    found = hashlib.sha256(text.encode()).hexdigest()
    if expected and found != expected:
        what = f"原文的 sha256 是 {found}，与 text_sha256 所记 {expected} 不符"
        problems.append(Problem(what, "plan.yaml: text_sha256", "换用当初摘录的那份原文"))
    if plan.about.goal_sentence not in text:
        problems.append(
            Problem("总体目标的句子不在原文中", "plan.yaml: goal_sentence", "照原文逐字摘录")
        )
    for clause in clauses(plan):
        if not _stands(clause, text):
            problems.append(_misplaced(clause, text))
    return problems


def contradictions(found: Iterable[Clause]) -> Iterator[Problem]:
    """Yield a problem for each clause that differs from one it overlaps in the plan's text.

    Two quotes of one text must agree character by character on what they share. Each is compared
    with the one before it that reaches furthest, which all others before it have agreed with.
    """
    placed = [(c.offset, c.offset + len(c.quote), c) for c in found if c.offset is not None]
    furthest, begun, reached = None, 0, 0
    for offset, end, clause in sorted(placed, key=lambda p: (p[0], p[1], p[2].where)):
        if furthest is not None and offset < reached:
            length = min(reached, end) - offset
            theirs, ours = furthest.quote[offset - begun :][:length], clause.quote[:length]
            if theirs != ours:
                yield Problem(
                    f"引文与 {furthest.where}.quote 的引文在原文中位置重叠，重叠处文字却不同："
                    f"「{ours}」与「{theirs}」",
                    f"{clause.where}.quote",
                    "对照原文改正引文或 plan_offset",
                )
        if furthest is None or end > reached:
            furthest, begun, reached = clause, offset, end


def _stands(clause: Clause, text: str) -> bool:
    if clause.offset is None:
        return clause.quote in text
    return text.startswith(clause.quote, clause.offset)


def _misplaced(clause: Clause, text: str) -> Problem:
    position = text.find(clause.quote)
    if position < 0:
        what = "引文不在原文中"
        if clause.offset is not None:
            there = text[clause.offset : clause.offset + len(clause.quote)]
            what = f"{what}；第{clause.offset}字起的原文是「{there}」"
        return Problem(what, f"{clause.where}.quote", "照原文逐字摘录")
    return Problem(
        f"引文不在第{clause.offset}字处，而在第{position}字处",
        f"{clause.where}.plan_offset",
        f"把 plan_offset 改为 {position}",
    )
