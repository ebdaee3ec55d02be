"""What must hold between the objects of a plan, one small function a rule.

Turns an `Outline` into problems. Each rule looks at one thing and yields a problem for each place
that breaks it; `RULES` lists them in the order in which they are reported. What a single value may
be is in `planbook.plan.parts`, how an indicator is reported in `planbook.plan.reporting_checks`,
which editions and years may be named in `planbook.plan.cycle_checks`, what a range is in
`planbook.plan.range_checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from planbook.errors import Problem
from planbook.plan.cycle_checks import CYCLE_RULES
from planbook.plan.file_name_checks import notebooks_can_be_file_names
from planbook.plan.outline import Outline, Placed
from planbook.plan.quotes import Clause, contradictions
from planbook.plan.range_checks import ranges_are_reached_from_below, ranges_have_two_ends
from planbook.plan.reporting_checks import (
    OF_A_YEAR,
    ratios_add_up_to_no_year,
    reporting_is_sensible,
    telephones_are_masks,
    years_without_a_value_are_declared,
)
from planbook.plan.scope_checks import scopes_are_known, scopes_tell_apart
from planbook.project_folders import is_kept_by_windows
from planbook.vocabulary import Accumulation, Comparator, Direction, Kind, PathShape
from planbook.yamlfile import place

BY_A_PATH = (Kind.LEVEL_AT_END, Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE)
ONLY_RISING = (Kind.CUMULATIVE, Kind.EVERY_YEAR)


def ids_are_unique(outline: Outline) -> Iterator[Problem]:
    """One id, one object, within each kind; chapters and pages are one kind."""
    measures = [
        named
        for m in outline.measures
        for named in (
            (m.item.id, f"{m.where}.id"),
            *((part.id, f"{m.where}.sub_items[{n}].id") for n, part in enumerate(m.item.sub_items)),
        )
    ]
    yield from _repeated("目标", _ids(outline.goals))
    yield from _repeated("指标", _ids(outline.indicators))
    yield from _repeated("领域", _ids(outline.fields))
    yield from _repeated("填报单位", _ids(outline.units))
    yield from _repeated("章或页", [*_ids(outline.pages), *_ids(outline.chapters)])
    yield from _repeated("举措或专项", measures)


def ids_can_be_file_names(outline: Outline) -> Iterator[Problem]:
    """Pages and folders are named by ids: not as the catalogue, nor as what Windows keeps."""
    named = [
        *_ids(outline.chapters),
        *_ids(outline.pages),
        *_ids(outline.fields),
        *_ids(outline.units),
    ]
    goals = _ids(outline.goals)
    for id, where in (*named, *goals):
        if is_kept_by_windows(id) or (id == "index" and (id, where) in goals):
            yield Problem(f"id「{id}」不能作文件名", where, f"改名，如「{id}-1」")


def names_tell_apart(outline: Outline) -> Iterator[Problem]:
    """Departments know indicators by name and readers units: no two have the same one."""
    first: dict[tuple[str, str], str] = {}
    named = [
        *(("指标", i.item.name, i.where) for i in outline.indicators),
        *(("填报单位", u.item.name, u.where) for u in outline.units),
    ]
    for kind, name, where in named:
        if (kind, name) in first:
            what = f"{kind}名称「{name}」重复"
            yield Problem(what, f"{where}.name", f"改名；{first[kind, name]} 已用此名")
        first.setdefault((kind, name), where)


def units_are_known(outline: Outline) -> Iterator[Problem]:
    """Who reports is listed in units.yaml."""
    known = {unit.item.id for unit in outline.units}
    named = [
        *((f.item.submitting_unit, f.where) for f in outline.fields),
        *((i.item.submitting_unit, i.where) for i in outline.indicators),
        *((m.item.submitting_unit, m.where) for m in outline.measures),
    ]
    for unit, where in named:
        if unit is not None and unit not in known:
            yield Problem(
                f"没有填报单位「{unit}」",
                f"{where}.submitting_unit",
                f"改为 units.yaml 中的一个：{'、'.join(sorted(known)) or '（尚无）'}",
            )


def measure_types_are_named(outline: Outline) -> Iterator[Problem]:
    """A measure's type has a name, where plan.yaml names types at all."""
    names = outline.about.item.measure_types if outline.about else {}
    for measure in outline.measures:
        if names and measure.item.type not in names:
            yield Problem(
                f"举措类型「{measure.item.type}」没有名称",
                f"{measure.where}.type",
                f"在 plan.yaml 的 measure_types 中补上，或改为：{'、'.join(names)}",
            )


def dates_are_in_order(outline: Outline) -> Iterator[Problem]:
    """Start before due, base before due, the first edition after the start."""
    if outline.about is None:
        return
    about, where = outline.about.item, outline.about.where
    if about.due <= about.start:
        what = f"截止时间 {about.due} 不晚于起点 {about.start}"
        yield Problem(what, place(where, ("due",)), "截止时间应晚于 start")
    if about.first_edition.end <= about.start:
        what = f"首期 {about.first_edition} 不晚于起点 {about.start}"
        yield Problem(what, place(where, ("first_edition",)), "首期应在 start 之后")
    elif about.first_edition.start > about.due > about.start:
        what = f"首期 {about.first_edition} 晚于截止时间 {about.due}"
        yield Problem(what, place(where, ("first_edition",)), "改正首期，或改正 due")
    for goal, _ in outline.targets:
        due = goal.item.due or about.due
        if goal.item.due is not None and due <= about.start:
            what = f"目标截止时间 {due} 不晚于规划起点 {about.start}"
            yield Problem(what, f"{goal.where}.due", "改正 due，或删去而沿用规划的截止时间")
        for key in ("base_period", "since"):
            begin = getattr(goal.item, key)
            if begin is not None and begin >= due:
                what = f"{key} {begin} 不早于截止时间 {due}"
                yield Problem(what, f"{goal.where}.{key}", "基期或起点应早于截止时间")


def targets_are_complete(outline: Outline) -> Iterator[Problem]:
    """A goal judged by formula has target and comparator; a number has a unit."""
    for goal, indicator in outline.targets:
        item = goal.item
        unit = indicator.unit if item.unit is None else item.unit
        if not item.kind.by_people:
            for key, value in (("target", item.target), ("comparator", item.comparator)):
                if value is None:
                    what = f"按公式判定的目标（{item.kind.label}）没有「{key}」"
                    yield Problem(what, f"{goal.where}.{key}", "补上目标值和比较方式")
        if item.target is not None and not unit:
            what = f"目标值 {item.target:g} 没有计量单位"
            yield Problem(what, f"{goal.where}.unit", "填写指标的 unit，或目标自己的 unit")


def kinds_have_their_periods(outline: Outline) -> Iterator[Problem]:
    """A cumulative goal says since when it counts, a goal against a base which base."""
    for goal in outline.goals:
        kind = goal.item.kind
        if kind is Kind.CUMULATIVE and goal.item.since is None:
            what = "累计新增的目标没有起点「since」"
            yield Problem(what, f"{goal.where}.since", "填写起算前的那个月末，如 2024-12")
        if kind.from_base and goal.item.base_period is None:
            what = f"「{kind.label}」的目标没有基期「base_period」"
            yield Problem(what, f"{goal.where}.base_period", "填写基期，如 2024-12")


def paths_fit_kinds(outline: Outline) -> Iterator[Problem]:
    """Only what is added up can be due in steps."""
    for goal in outline.goals:
        kind = goal.item.kind
        if goal.item.path is PathShape.STEPS and kind is not Kind.CUMULATIVE:
            what = f"「{kind.label}」的目标不能写 path: steps"
            yield Problem(what, f"{goal.where}.path", "删去；按年认定只用于累计新增的目标")


def units_fit_kinds(outline: Outline) -> Iterator[Problem]:
    """Growth is in percent; any other target is in its indicator's unit: nothing is converted."""
    for goal, indicator in outline.targets:
        unit = indicator.unit if goal.item.unit is None else goal.item.unit
        if goal.item.kind.of_growth:
            if unit != "%":
                what = f"增速目标的单位是「{unit}」"
                yield Problem(what, f"{goal.where}.unit", "写明 unit: '%'")
        elif unit != indicator.unit:
            what = f"目标的单位「{unit}」与指标的单位「{indicator.unit}」不同"
            yield Problem(what, f"{goal.where}.unit", "删去 unit，目标值换算为指标的单位")


def accumulation_fits_kind(outline: Outline) -> Iterator[Problem]:
    """What is counted since the start is a cumulative goal; what people judge carries no number."""
    for goal, indicator in outline.targets:
        kind, how = goal.item.kind, indicator.accumulation
        where = f"{goal.where}.kind"
        if kind.by_people != (how is Accumulation.STATUS):
            what = f"目标「{kind.label}」与指标的累计方式「{how.label}」不相配"
            yield Problem(what, where, "人工评定的目标与 accumulation: status 只能同时出现")
        elif (kind is Kind.CUMULATIVE) != (how is Accumulation.SINCE_START):
            what = f"目标「{kind.label}」与指标的累计方式「{how.label}」不相配"
            yield Problem(what, where, "kind: cumulative 与 accumulation: since_start 只能同时出现")
        elif kind in OF_A_YEAR and how not in (Accumulation.YTD, Accumulation.YEAR):
            what = f"目标「{kind.label}」与指标的累计方式「{how.label}」不相配"
            yield Problem(what, where, "按年度总量判定的指标用 accumulation: ytd 或 year")


def direction_fits_comparator(outline: Outline) -> Iterator[Problem]:
    """A ceiling is met from above, a floor from below; what only adds up has no ceiling."""
    for goal in outline.goals:
        if goal.item.kind in ONLY_RISING and goal.item.direction is Direction.DOWN:
            what = f"「{goal.item.kind.label}」的目标不能越低越好"
            yield Problem(what, f"{goal.where}.direction", "删去 direction，或改用其他 kind")
            continue
        comparator, direction = goal.item.comparator, goal.item.direction
        floors = (Comparator.AT_LEAST, Comparator.ABOVE, Comparator.RANGE)
        if (comparator is Comparator.AT_MOST and direction is Direction.UP) or (
            comparator in floors and direction is Direction.DOWN
        ):
            what = f"比较方式「{comparator}」与方向「{direction.label}」矛盾"
            fix = "越低越好的目标用 <= 和 direction: down"
            if comparator is Comparator.RANGE:
                fix += "，target 写上限，删去 target_high"
            yield Problem(what, f"{goal.where}.direction", fix)


def amendments_are_in_order(outline: Outline) -> Iterator[Problem]:
    """Each amendment holds from a later edition than the one before it."""
    for goal in outline.goals:
        starts = [amendment.from_edition for amendment in goal.item.amendments]
        if goal.item.from_edition is not None:
            starts.insert(0, goal.item.from_edition)
        for earlier, later in pairwise(starts):
            if later <= earlier:
                what = f"调整自 {later} 起生效，不晚于前一次的 {earlier}"
                yield Problem(what, f"{goal.where}.amendments", "按生效期从早到晚排列，各不相同")


def amended_scopes_have_their_baseline(outline: Outline) -> Iterator[Problem]:
    """A target restated for another area has its baseline there; nothing else gives a baseline."""
    for goal in outline.goals:
        for n, amendment in enumerate(goal.item.amendments):
            where = f"{goal.where}.amendments[{n}].baseline"
            needed = amendment.scope is not None and goal.item.kind.from_base
            if needed and amendment.baseline is None:
                what = f"目标改按「{amendment.scope}」口径，没有该口径的基期值"
                yield Problem(what, where, "补上 baseline，即 base_period 在该口径的数值")
            elif not needed and amendment.baseline is not None:
                what = "只有需要基期、并改按另一口径的目标，才随调整给出基期值"
                yield Problem(what, where, "删去；基期值的更正写在 baselines.csv")


def methods_fit_kinds(outline: Outline) -> Iterator[Problem]:
    """Growth or straight line is a choice only where a goal follows a path from its baseline."""
    for goal in outline.goals:
        if goal.item.rated_by is not None and goal.item.kind not in BY_A_PATH:
            what = f"「{goal.item.kind.label}」的目标不能选择评定办法"
            fix = f"删去；只用于{'、'.join(kind.label for kind in BY_A_PATH)}"
            yield Problem(what, f"{goal.where}.rated_by", fix)


def ambiguities_are_read(outline: Outline) -> Iterator[Problem]:
    """Where the plan leaves something open, the book says how it reads it."""
    for goal in outline.goals:
        if goal.item.ambiguity and not goal.item.reading:
            what = "写了原文的歧义，没有写本书如何理解"
            yield Problem(what, f"{goal.where}.reading", "用一两句话写明读法")


def quotes_agree(outline: Outline) -> Iterator[Problem]:
    """Quotes that overlap in the plan's text have the same words where they do."""
    goals = [Clause(g.item.quote, g.item.plan_offset, g.where) for g in outline.goals]
    measures = [Clause(m.item.quote, m.item.plan_offset, m.where) for m in outline.measures]
    yield from contradictions([*goals, *measures])


RULES: tuple[Callable[[Outline], Iterable[Problem]], ...] = (
    ids_are_unique,
    ids_can_be_file_names,
    names_tell_apart,
    units_are_known,
    measure_types_are_named,
    dates_are_in_order,
    *CYCLE_RULES,
    targets_are_complete,
    ranges_have_two_ends,
    kinds_have_their_periods,
    paths_fit_kinds,
    units_fit_kinds,
    accumulation_fits_kind,
    direction_fits_comparator,
    amendments_are_in_order,
    amended_scopes_have_their_baseline,
    methods_fit_kinds,
    ambiguities_are_read,
    reporting_is_sensible,
    years_without_a_value_are_declared,
    scopes_tell_apart,
    scopes_are_known,
    telephones_are_masks,
    quotes_agree,
)
OF_TODAY: tuple[Callable[[Outline], Iterable[Problem]], ...] = (
    notebooks_can_be_file_names,
    ranges_are_reached_from_below,
    ratios_add_up_to_no_year,
)
"""Rules that came later: a plan that was published with what they refuse can still be read."""


def _ids(found: Iterable[Placed[Any]]) -> list[tuple[str, str]]:
    """Return the ids of objects, each with its place; a chapter's is its file."""
    return [
        (p.item.id, f"{p.where}.id" if ": " in p.where else place(p.where, ("id",))) for p in found
    ]


def _repeated(kind: str, named: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for id, where in named:
        if id in first:
            yield Problem(f"{kind}的 id「{id}」重复", where, f"改名；{first[id]} 已用此 id")
        first.setdefault(id, where)
