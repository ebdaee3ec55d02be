"""What must hold of the editions and years that a plan names; rules of `planbook.plan.checks`."""

from __future__ import annotations

from collections.abc import Iterator

from planbook.errors import Problem
from planbook.periods import Edition
from planbook.plan.cycle import Flashes
from planbook.plan.outline import Outline
from planbook.yamlfile import place


def editions_are_of_the_cycle(outline: Outline) -> Iterator[Problem]:
    """Every edition that a plan names is one of its own."""
    named: list[tuple[Edition | None, str]] = []
    if outline.about is not None:
        where = place(outline.about.where, ("first_edition",))
        named.append((outline.about.item.first_edition, where))
    for goal in outline.goals:
        named.append((goal.item.from_edition, f"{goal.where}.from_edition"))
        named += [
            (amendment.from_edition, f"{goal.where}.amendments[{n}].from_edition")
            for n, amendment in enumerate(goal.item.amendments)
        ]
    for edition, where in named:
        said = None if edition is None else outline.cycle.why_not(edition)
        if said is not None:
            yield Problem(said, where, "改正期号，或改 plan.yaml 的 cycle 和 fiscal_year_begins")


def flashes_lie_between_editions(outline: Outline) -> Iterator[Problem]:
    """Months are collected between editions that are longer, from a month that is one of them."""
    if outline.about is None or outline.about.item.flashes is Flashes.NONE:
        return
    about, cycle = outline.about.item, outline.cycle
    if cycle.months == 1:
        where = place(outline.about.where, ("flashes",))
        yield Problem("每月一期的方案，月份本身就是期号，没有月度快报", where, "删去 flashes")
        return
    where = place(outline.about.where, ("flashes_from",))
    first = about.flashes_from
    if first is None:
        yield Problem("没有写从哪个月起收月度快报", where, "写上起始月份，如 2026-10")
    elif not cycle.is_flash(first):
        said = cycle.why_not_collected(first)
        yield Problem(str(said), where, "写一个期末以外的月份，如 2026-10")


def bases_end_years(outline: Outline) -> Iterator[Problem]:
    """What is compared with a base year is compared with a whole one of the plan's years."""
    year = outline.cycle.year
    for goal in outline.goals:
        base = goal.item.base_period
        if base is not None and goal.item.kind.of_years and not year.is_end(base):
            what = (
                f"基期 {base} 不是年度的最后一个月，「{goal.item.kind.label}」的目标以全年数为基数"
            )
            ends = f"{year.before(base)} 或 {year.end_of(base)}"
            yield Problem(what, f"{goal.where}.base_period", f"改为 {ends}")


CYCLE_RULES = (editions_are_of_the_cycle, flashes_lie_between_editions, bases_end_years)
