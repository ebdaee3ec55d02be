"""From a row of sheet 目标 or 举措 to what it means in a chapter's file, and what is amiss in it.

What a row leaves out follows from the kind of goal and the unit, as the notes of the columns say.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from planbook.collect.read.unit_scales import is_scaled
from planbook.errors import Problem
from planbook.plan.cycle import Cycle, CycleName
from planbook.run.starting.list_reader import Entry
from planbook.run.starting.listed import ANNUAL, EVERY_YEARS, FIRST_OF_NEXT, MONTHLY, QUARTERLY
from planbook.vocabulary import (
    Accumulation,
    Comparator,
    Direction,
    Frequency,
    Kind,
    Nature,
    Pattern,
)

COUNTED = tuple(
    "个家项人户所座辆件场次名条处套只头台艘间村届例宗"
)  # what a unit of counts ends with
PERCENT = "%"
_MOST_DECIMALS = 6
_OF_NUMBERS = (  # columns that nothing reads of what people judge
    *("target", "comparator", "target_high", "base_period", "baseline", "baseline_source"),
    *("frequency", "reported", "value_year", "lag_months"),
    *("direction", "rated_by", "nature", "decimals"),
)


def amiss(entry: Entry, often: str, cycle: Cycle) -> Iterator[Problem]:
    """Yield what is missing or out of place for the goal's kind, and cells that nothing reads.

    `often` is how often there is a value: the row's own word, or what holds where it has none.
    """
    if "kind" in entry.wrong or "kind" not in entry.values:
        return
    kind = Kind(entry.get("kind"))
    if kind.by_people:
        for key in _OF_NUMBERS:
            if key in entry.values:
                what = f"「{kind.label}」由人评定，没有数"
                yield entry.problem(key, what, "删去，或改选别的目标类型")
        return
    for key, fix in (("target", "补上数字"), ("unit", "补上，如 亿元、个、%")):
        if key not in entry.values and key not in entry.wrong:
            title = entry.sheet.column(key).title
            yield entry.problem(key, f"「{kind.label}」的目标没有「{title}」", fix)
    if kind.of_growth and entry.get("unit") == PERCENT:
        what = "增速目标的计量单位写成了 %"
        yield entry.problem("unit", what, "写总量的单位，如 亿元；目标值仍写百分号前的数")
    yield from _of_its_base(entry, kind)
    if "reported" in entry.values and "frequency" not in entry.wrong:
        if cycle.a_year == 1:
            what = "一年一期的书，年度数都在这一期报，不用写何时报"
            yield entry.problem("reported", what, "删去；数据晚于期末的，写晚几个月")
        elif often not in EVERY_YEARS:
            what = f"「{often}」有一个数的，不用写年度数何时报"
            yield entry.problem("reported", what, "删去，或把多久有一个数改为「每年」")


def _of_its_base(entry: Entry, kind: Kind) -> Iterator[Problem]:
    """Yield what is amiss in the columns about the base of a goal that has numbers."""
    if "baseline" in entry.values:
        if not kind.from_base:
            what = f"「{kind.label}」的目标不用基期值"
            yield entry.problem("baseline", what, "删去基期值和来源")
        elif not {"baseline_source"} & (entry.values.keys() | entry.wrong):
            yield entry.problem("baseline_source", "基期值没有来源", "写明出自哪里")
    elif "baseline_source" in entry.values and "baseline" not in entry.wrong:
        what = "写了基期值来源，没有基期值"
        fix = "补上基期值，或删去来源" if kind.from_base else "删去；这类目标不用基期值"
        yield entry.problem("baseline_source", what, fix)
    if "base_period" in entry.values and not (kind.from_base or kind is Kind.CUMULATIVE):
        what = f"「{kind.label}」的目标没有基期"
        yield entry.problem("base_period", what, "删去，或改选别的目标类型")


def goal_of(entry: Entry, id: str, section: str, base: str) -> dict[str, Any]:
    """Return the goal of a row as a chapter's file has it."""
    kind, comparator = Kind(entry.get("kind")), _comparator(entry)
    goal = {
        "id": id,
        "name": entry.get("name"),
        "quote": entry.get("quote"),
        "section": section,
        "kind": kind.value,
    }
    if not kind.by_people:
        goal |= {"target": _plain(entry.get("target")), "comparator": comparator.value}
        direction = entry.get("direction", _direction(comparator))
        goal |= {"direction": str(direction)} if direction != Direction.UP else {}
    goal |= {"unit": PERCENT} if kind.of_growth else {}
    goal |= {"base_period": base} if kind.from_base else {}
    goal |= {"since": base} if kind is Kind.CUMULATIVE else {}
    goal |= (
        {"target_high": _plain(entry.get("target_high"))} if "target_high" in entry.values else {}
    )
    goal |= {key: entry.get(key) for key in ("due", "rated_by") if key in entry.values}
    if "reading" in entry.values:
        goal |= {"ambiguity": "原文有不止一种理解。", "reading": entry.get("reading")}
    return goal


def measure_of(entry: Entry, id: str, section: str) -> dict[str, Any]:
    """Return the measure of a row as a chapter's file has it."""
    made = {
        "id": id,
        "title": entry.get("title"),
        "quote": entry.get("quote") or entry.get("title"),
        "section": section,
        "type": entry.get("type", "工作任务"),
        "pattern": entry.get("pattern", Pattern.DELIVERABLE.value),
    }
    if named := parts_of(entry.get("sub_items", "")):
        made["sub_items"] = [
            {"id": f"{id}-{n}", "name": part} for n, part in enumerate(named, start=1)
        ]
    return made | ({"visibility": entry.get("visibility")} if "visibility" in entry.values else {})


def parts_of(text: str) -> list[str]:
    """Return what a cell lists between semicolons."""
    return [part.strip() for part in text.replace(";", "；").split("；") if part.strip()]


def _comparator(entry: Entry) -> Comparator:
    downwards = entry.get("direction") == Direction.DOWN
    usual = Comparator.AT_MOST if downwards else Comparator.AT_LEAST
    return Comparator(entry.get("comparator", usual))


def _direction(comparator: Comparator) -> Direction:
    return Direction.DOWN if comparator is Comparator.AT_MOST else Direction.UP


def usually(cycle: Cycle) -> str:
    """Return how often there is a value where a row does not say."""
    return ANNUAL if cycle.name is CycleName.YEAR else QUARTERLY


def reported(entry: Entry, base: str, cycle: Cycle) -> dict[str, Any]:
    """Return what is measured and how it is reported, with what a row leaves out filled in.

    `base` is the month of the baseline, from which the years with a value are counted.
    """
    kind, unit = Kind(entry.get("kind")), entry.get("unit", "")
    often = entry.get("frequency", usually(cycle))
    annual = often in EVERY_YEARS
    within_year = Frequency.MONTHLY if often == MONTHLY else Frequency.QUARTERLY
    nature = Nature(entry.get("nature", _nature(kind, unit)))
    made: dict[str, Any] = {
        "unit": unit,
        "decimals": entry.get("decimals", _decimals(entry, unit)),
        "nature": nature.value,
        "accumulation": _accumulation(kind, nature, annual=annual).value,
        "frequency": (Frequency.ANNUAL if annual else within_year).value,
    }
    if annual and cycle.a_year > 1:
        late = entry.get("reported") == FIRST_OF_NEXT
        made["reported_in"] = [1 if late else cycle.a_year]
    if "scope" in entry.values:
        made["scope"] = entry.get("scope")
    if "lag_months" in entry.values:
        made["lag_months"] = entry.get("lag_months")
    if EVERY_YEARS.get(often, 1) > 1:
        made["every_years"] = EVERY_YEARS[often]
        year = entry.get("value_year", int(base[:4]) if base else None)
        made |= {"value_year": year} if year is not None else {}
    elif "value_year" in entry.values:
        made["value_year"] = entry.get("value_year")
    return made


def _nature(kind: Kind, unit: str) -> Nature:
    if kind.by_people:
        return Nature.EVENT if kind is Kind.MILESTONE else Nature.STATUS
    shared = "/" in unit or unit.startswith("每")  # 元/人 is no number of people
    counted = unit.endswith(COUNTED) and not (shared or is_scaled(unit))  # 万人 has parts
    if unit == PERCENT:
        return Nature.RATIO
    if kind is Kind.LEVEL_AT_END:
        return Nature.COUNT_STOCK if counted else Nature.BALANCE
    return Nature.COUNT_GROSS if counted and kind is Kind.CUMULATIVE else Nature.FLOW


def _accumulation(kind: Kind, nature: Nature, *, annual: bool) -> Accumulation:
    if kind.by_people:
        return Accumulation.STATUS
    if kind is Kind.CUMULATIVE:
        return Accumulation.SINCE_START
    stock = nature in (Nature.BALANCE, Nature.COUNT_STOCK)
    if kind is Kind.LEVEL_AT_END or (kind is Kind.CAGR and stock):
        return Accumulation.END_OF_PERIOD
    return Accumulation.YEAR if annual else Accumulation.YTD


def _decimals(entry: Entry, unit: str) -> int:
    """Return as many places as the numbers of the row have, at least one of a share."""
    keys = ("baseline",) if Kind(entry.get("kind")).of_growth else ("target", "baseline")
    places = [_places(entry.get(key)) for key in keys if key in entry.values]
    return min(max([int(unit == PERCENT), *places]), _MOST_DECIMALS)


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else number


def _places(number: float) -> int:
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def instead(name: str, known: Mapping[str, object], sheet: str) -> str:
    """Say what to write where a sheet has no such name."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"是否应为「{near[0]}」？" if near else f"在「{sheet}」表中补上，或改为其中的一个"


def repeated(entry: Entry, known: Mapping[str, object], *keys: str) -> Iterator[Problem]:
    """Yield the first of a row's names that a row above has."""
    for key in keys:
        name = entry.get(key)
        if name and name in known:
            title = entry.sheet.column(key).title
            fix = "改用其他编号，或留空由程序编号" if key == "id" else "改名，或合并成一行"
            yield entry.problem(key, f"{title}「{name}」重复", fix)
            return


def numbered(kind: str, entries: list[Entry]) -> Iterator[str]:
    """Yield an id for each entry: its own, or the next number that nobody has taken.

    One that is wrong, which is told, counts for none.
    """
    taken = {entry.get("id") for entry in entries}
    numbers = count(1)
    for entry in entries:
        id = None if "id" in entry.wrong else entry.get("id")
        while id is None:
            id = f"{kind}-{next(numbers):02d}"
            id = None if id in taken else id
        yield id
