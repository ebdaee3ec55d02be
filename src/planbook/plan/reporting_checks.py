"""What must hold of how an indicator is reported; rules of `planbook.plan.checks`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planbook.errors import Problem
from planbook.plan.outline import Outline
from planbook.plan.plan_file import CHINA
from planbook.vocabulary import Accumulation, Frequency, Kind, Nature
from planbook.yamlfile import place

OF_A_YEAR = (Kind.ANNUAL_FLOW, Kind.GROWTH_VS_BASE, Kind.EVERY_YEAR)
_MASK = re.compile(r"[0-9# ()+.-]+")
_FEWEST_DIGITS = 7


def reporting_is_sensible(outline: Outline) -> Iterator[Problem]:
    """Numbers of a year's editions in order and none twice; a plausible range in order."""
    cycle = outline.cycle
    for indicator in outline.indicators:
        numbers = indicator.item.reported_in
        if numbers is not None and (not numbers or list(numbers) != sorted(set(numbers))):
            what = f"报送的各期 {list(numbers)} 不是从小到大、不重复的列表"
            fix = f"如 {list(cycle.numbers)} 或 [{cycle.a_year}]；每期都报的删去这一行"
            yield Problem(what, f"{indicator.where}.reported_in", fix)
        elif numbers and numbers[-1] > cycle.a_year:
            what = f"本方案{cycle.per}一期，一年只有{cycle.a_year}期，没有第{numbers[-1]}期"
            fix = f"只写 1 至 {cycle.a_year}" if cycle.a_year > 1 else "改为 [1]，或删去这一行"
            yield Problem(what, f"{indicator.where}.reported_in", fix)
        bounds = indicator.item.plausible
        if bounds is not None and bounds[0] >= bounds[1]:
            what = f"合理范围 {bounds[0]:g}—{bounds[1]:g} 的下限不小于上限"
            yield Problem(what, f"{indicator.where}.plausible", "如 [0, 100]")


def telephones_are_masks(outline: Outline) -> Iterator[Problem]:
    """A way to write telephone numbers is China's, by that name, or a mask of enough digits."""
    if outline.about is None:
        return
    about, where = outline.about.item, outline.about.where
    for number, mask in enumerate(about.telephones):
        digits = sum(char == "#" or char.isdigit() for char in mask)
        if mask != CHINA and (digits < _FEWEST_DIGITS or not _MASK.fullmatch(mask)):
            what = f"「{mask}」不是电话号码的写法"
            fix = f"写 {CHINA}，或用 # 代表一个数字，如 '020 #### ####'，至少{_FEWEST_DIGITS}位"
            yield Problem(what, place(where, ("telephones", number)), fix)


def years_without_a_value_are_declared(outline: Outline) -> Iterator[Problem]:
    """An annual indicator with a value every few years names one of them; others have no gaps."""
    for indicator in outline.indicators:
        item = indicator.item
        if item.every_years == 1:
            if item.value_year is not None:
                what = "每年都有数的指标不用 value_year"
                yield Problem(what, f"{indicator.where}.value_year", "删去，或写明 every_years")
            continue
        if item.frequency is not Frequency.ANNUAL:
            what = f"隔年才有数的指标，频率却是「{item.frequency.label}」"
            yield Problem(what, f"{indicator.where}.every_years", "改为 frequency: annual，或删去")
        if item.value_year is None:
            what = f"每{item.every_years}年一次的指标没有写明哪一年有数"
            yield Problem(what, f"{indicator.where}.value_year", "填写有数的任一年份，如 2024")
        for n, goal in enumerate(item.goals):
            if goal.kind is Kind.EVERY_YEAR:
                what = f"每{item.every_years}年一次的指标不能判定「{goal.kind.label}」"
                yield Problem(what, f"{indicator.where}.goals[{n}].kind", "改用其他 kind")


def ratios_add_up_to_no_year(outline: Outline) -> Iterator[Problem]:
    """A ratio judged by years has a value a year: what it is in March is no part of December's."""
    for goal, indicator in outline.targets:
        by_years = goal.item.kind in OF_A_YEAR and indicator.nature is Nature.RATIO
        if by_years and indicator.accumulation is Accumulation.YTD:
            kind, nature = goal.item.kind.label, indicator.nature.label
            what = f"「{nature}」不是逐期累加的数，不能按年初累计数判定「{kind}」"
            fix = "每年只取一个数的，改为 frequency: annual；否则改用 kind: level_at_end"
            yield Problem(what, f"{goal.where}.kind", fix)
