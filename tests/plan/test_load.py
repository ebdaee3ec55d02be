"""Every rule of the plan's files: a change that passes, and one that is named with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from planbook.errors import ProblemsFound
from planbook.plan import Plan, load_plan

REMOVED = ...  # what the fixture `load` takes for "without this key"
Load = Callable[[dict[str, Any]], Plan]

THROUGHPUT = "harbour.fields.0.indicators.0"
CAGR = f"{THROUGHPUT}.goals.1"
BERTHS = "harbour.fields.0.indicators.1"
GUESTHOUSES = "town.fields.0.indicators.0"
VISITORS = "town.fields.0.indicators.1"
HOUSES = "town.fields.1.indicators.0"
MUSEUM = "town.fields.1.indicators.1"
LATER = {"from_edition": "2025-Q1", "target": 10, "source": "调整通知"}
ELSEWHERE = {**LATER, "target_high": 12, "scope": "旧镇区"}
IN_A_RANGE = {f"{BERTHS}.goals.0.comparator": "range", f"{BERTHS}.goals.0.target_high": 9}
LATEST = {"from_edition": "2026-Q1", "target": 12, "source": "调整通知"}


class Rule(NamedTuple):
    """What may be changed, what may not, and what the message says where."""

    passes: dict[str, Any]
    fails: dict[str, Any]
    where: str
    says: str


RULES = {
    "an unknown key is refused, with the similar one": Rule(
        {f"{THROUGHPUT}.goals.0.ambiguity": ""},
        {f"{THROUGHPUT}.goals.0.qoute": "达到60万吨"},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[0].qoute",
        "是否应为「quote」",
    ),
    "no goal's page is named as Windows names a device": Rule(
        {f"{BERTHS}.goals.0.id": "con-1"},
        {f"{BERTHS}.goals.0.id": "con"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].id",
        "id「con」不能作文件名",
    ),
    "no unit's folder is named so either": Rule(
        {"units.units.0.short": "港"},
        {
            "units.units.0.id": "lpt1",
            "harbour.fields.0.submitting_unit": "lpt1",
        },
        "data/plan/units.yaml: units[0].id",
        "id「lpt1」不能作文件名",
    ),
    "no notebook is named so": Rule(
        {"harbour.notebook": "con_1"},
        {"harbour.notebook": "con"},
        "data/plan/harbour.yaml: notebook",
        "笔记本名「con」是 Windows 的保留名",
    ),
    "a goal's page is not the catalogue": Rule(
        {f"{BERTHS}.id": "index"},
        {f"{BERTHS}.goals.0.id": "index"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].id",
        "id「index」不能作文件名",
    ),
    "the plan says when it was issued, by a day that there is": Rule(
        {"plan.issued": "2025-01"},
        {"plan.issued": "2026-13-45"},
        "data/plan/plan.yaml: issued",
        "「2026-13-45」不是能确定的日期",
    ),
    "a day of issue has one form, which programs read": Rule(
        {"plan.issued": "2025-07-08"},
        {"plan.issued": "2025年7月8日"},
        "data/plan/plan.yaml: issued",
        "改为 2025-07-08",
    ),
    "a goal has a quote": Rule(
        {f"{THROUGHPUT}.goals.0.quote": "货物吞吐量达到"},
        {f"{THROUGHPUT}.goals.0.quote": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[0].quote",
        "缺少「quote」",
    ),
    "a quote is not empty": Rule(
        {"town.fields.0.measures.0.quote": "举办开渔节"},
        {"town.fields.0.measures.0.quote": ""},
        "data/plan/town.yaml: fields[0].measures[0].quote",
        "「quote」不能为空",
    ),
    "a word outside the vocabulary is refused, with the allowed ones": Rule(
        {"town.fields.0.measures.0.pattern": "continuous"},
        {"town.fields.0.measures.0.pattern": "yearly"},
        "data/plan/town.yaml: fields[0].measures[0].pattern",
        "改为：deliverable、continuous、recurring",
    ),
    "a number in quotes is text": Rule(
        {f"{BERTHS}.goals.0.target": 8.5},
        {f"{BERTHS}.goals.0.target": "8"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].target",
        "「8」不是数",
    ),
    "true is no number": Rule(
        {f"{BERTHS}.decimals": 1},
        {f"{BERTHS}.decimals": True},
        "data/plan/harbour.yaml: fields[0].indicators[1].decimals",
        "「True」不是数",
    ),
    "an id is lower-case words joined by hyphens": Rule(
        {f"{BERTHS}.goals.0.id": "berths-2028"},
        {f"{BERTHS}.goals.0.id": "Berths 2028"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].id",
        "「Berths 2028」的写法不对",
    ),
    "a period is a month": Rule(
        {f"{BERTHS}.goals.0.due": "2029-06"},
        {f"{BERTHS}.goals.0.due": "2029-6"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].due",
        "「2029-6」不是数据时期",
    ),
    "a notebook's name is a Python name": Rule(
        {"harbour.notebook": "quay_2"},
        {"harbour.notebook": "quay-2.ipynb"},
        "data/plan/harbour.yaml: notebook",
        "「quay-2.ipynb」的写法不对",
    ),
    "a measure belongs to a field, not to a chapter": Rule(
        {"town.fields.1.measures": []},
        {"town.measures": []},
        "data/plan/town.yaml: measures",
        "移到 fields[…] 之下",
    ),
    "a goal belongs to an indicator, not to a field": Rule(
        {"town.fields.1.group": "宜居"},
        {"town.fields.1.goals": []},
        "data/plan/town.yaml: fields[1].goals",
        "移到 indicators[…] 之下",
    ),
    "an indicator carries a goal": Rule(
        {f"{THROUGHPUT}.goals.1": REMOVED},
        {f"{BERTHS}.goals": []},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals",
        "至少要有1项",
    ),
    "thresholds are in order": Rule(
        {"plan.thresholds": {"on_course": 1, "far_behind": 0.2}},
        {"plan.thresholds": {"on_course": 0.5, "far_behind": 0.9}},
        "data/plan/plan.yaml: thresholds",
        "far_behind < on_course",
    ),
    "yearly goals have a limit above that of 严重滞后": Rule(
        {"plan.thresholds": {"on_course": 0.9, "far_behind": 0.5, "every_year": 0.98}},
        {"plan.thresholds": {"on_course": 0.9, "far_behind": 0.5, "every_year": 0.5}},
        "data/plan/plan.yaml: thresholds",
        "far_behind < every_year ≤ 1",
    ),
    "limits of early warning are possible": Rule(
        {"plan.alerts": {"revision": 0.02, "editions": 3}},
        {"plan.alerts": {"revision": 0.02, "editions": 0}},
        "data/plan/plan.yaml: alerts.editions",
        "1",
    ),
    "what is unlikely is less than an even chance": Rule(
        {"plan.alerts": {"likelihood_low": 0.3, "likelihood_open": 0.5}},
        {"plan.alerts": {"likelihood_low": 0.5, "likelihood_open": 0.5}},
        "data/plan/plan.yaml: alerts",
        "likelihood_low < likelihood_open",
    ),
    "a goal's id is used once in the whole plan": Rule(
        {f"{GUESTHOUSES}.goals.0.id": "guesthouses"},
        {f"{GUESTHOUSES}.goals.0.id": "berths"},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].id",
        "目标的 id「berths」重复",
    ),
    "an indicator's id is used once": Rule(
        {f"{GUESTHOUSES}.id": "guesthouses"},
        {f"{GUESTHOUSES}.id": "berths"},
        "data/plan/town.yaml: fields[0].indicators[0].id",
        "指标的 id「berths」重复",
    ),
    "a sub-item's id is no measure's": Rule(
        {"harbour.fields.0.measures.0.sub_items.1.id": "quay-m01-s9"},
        {"harbour.fields.0.measures.0.sub_items.1.id": "quay-m02"},
        "data/plan/harbour.yaml: fields[0].measures[1].id",
        "举措或专项的 id「quay-m02」重复",
    ),
    "a field's id is used once": Rule(
        {"town.fields.1.id": "homes"},
        {"town.fields.1.id": "quay"},
        "data/plan/town.yaml: fields[1].id",
        "领域的 id「quay」重复",
    ),
    "a unit's id is used once": Rule(
        {"units.units.2": {"id": "fire", "name": "消防队", "short": "消防"}},
        {"units.units.2": {"id": "port-office", "name": "消防队", "short": "消防"}},
        "data/plan/units.yaml: units[2].id",
        "填报单位的 id「port-office」重复",
    ),
    "a page's id is no chapter's": Rule(
        {"plan.front.0.id": "summary"},
        {"plan.front.0.id": "harbour"},
        "data/plan/harbour.yaml: id",
        "章或页的 id「harbour」重复",
    ),
    "no two indicators have one name": Rule(
        {f"{VISITORS}.name": "接待游客总人次"},
        {f"{VISITORS}.name": "货物吞吐量"},
        "data/plan/town.yaml: fields[0].indicators[1].name",
        "指标名称「货物吞吐量」重复",
    ),
    "no two units have one name": Rule(
        {"units.units.1.name": "港务二所"},
        {"units.units.1.name": "港务所"},
        "data/plan/units.yaml: units[1].name",
        "填报单位名称「港务所」重复",
    ),
    "a field's unit is listed": Rule(
        {"town.fields.0.submitting_unit": "port-office"},
        {"town.fields.0.submitting_unit": "harbour-office"},
        "data/plan/town.yaml: fields[0].submitting_unit",
        "没有填报单位「harbour-office」",
    ),
    "an indicator's own unit is listed": Rule(
        {f"{VISITORS}.submitting_unit": "port-office"},
        {f"{VISITORS}.submitting_unit": "nobody"},
        "data/plan/town.yaml: fields[0].indicators[1].submitting_unit",
        "没有填报单位「nobody」",
    ),
    "a measure's type has a name where types are named": Rule(
        {"plan.measure_types": {t: t for t in ("工程建设", "管理提升", "节庆活动")}},
        {"plan.measure_types": {t: t for t in ("工程建设", "管理提升")}},
        "data/plan/town.yaml: fields[0].measures[0].type",
        "举措类型「节庆活动」没有名称",
    ),
    "a chapter's id is its file's name": Rule(
        {"town.title": "港镇"},
        {"town.id": "village"},
        "data/plan/town.yaml: id",
        "章的 id「village」与文件名「town」不同",
    ),
    "a chapter that is listed has a file": Rule(
        {"plan.chapters": ["town", "harbour"]},
        {"plan.chapters": ["harbour", "town", "sea"]},
        "data/plan/sea.yaml",
        "缺少文件",
    ),
    "a file that no chapter claims is a mistake": Rule(
        {"plan.chapters": ["harbour", "town"]},
        {"plan.chapters": ["harbour"]},
        "data/plan/town.yaml",
        "不属于任何一章的文件",
    ),
    "the plan is due after its start": Rule(
        {"plan.due": "2031-12"},
        {"plan.due": "2022-12"},
        "data/plan/plan.yaml: due",
        "截止时间 2022-12 不晚于起点 2022-12",
    ),
    "the first edition comes after the start": Rule(
        {"plan.first_edition": "2023-Q1"},
        {"plan.first_edition": "2022-Q4"},
        "data/plan/plan.yaml: first_edition",
        "首期 2022-Q4 不晚于起点",
    ),
    "a goal is due after the plan's start": Rule(
        {f"{MUSEUM}.goals.0.due": "2023-01"},
        {f"{MUSEUM}.goals.0.due": "2022-12"},
        "data/plan/town.yaml: fields[1].indicators[1].goals[0].due",
        "不晚于规划起点 2022-12",
    ),
    "a base comes before the due date": Rule(
        {f"{BERTHS}.goals.0.base_period": "2028-11"},
        {f"{BERTHS}.goals.0.base_period": "2028-12"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].base_period",
        "base_period 2028-12 不早于截止时间 2028-12",
    ),
    "a formula needs a target": Rule(
        {f"{MUSEUM}.goals.0.target": REMOVED},
        {f"{BERTHS}.goals.0.target": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].target",
        "按公式判定的目标（期末水平）没有「target」",
    ),
    "a formula needs a comparator": Rule(
        {f"{MUSEUM}.goals.0.comparator": REMOVED},
        {f"{BERTHS}.goals.0.comparator": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].comparator",
        "没有「comparator」",
    ),
    "a number has a unit": Rule(
        {f"{MUSEUM}.unit": "", f"{MUSEUM}.goals.0.target": REMOVED},
        {f"{MUSEUM}.unit": ""},
        "data/plan/town.yaml: fields[1].indicators[1].goals[0].unit",
        "目标值 1 没有计量单位",
    ),
    "a range has an upper end": Rule(
        {f"{GUESTHOUSES}.goals.0.target_high": 20.5},
        {f"{GUESTHOUSES}.goals.0.target_high": REMOVED},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].target_high",
        "区间目标没有上限",
    ),
    "a range's upper end is above the lower one": Rule(
        {f"{GUESTHOUSES}.goals.0.target_high": 21},
        {f"{GUESTHOUSES}.goals.0.target_high": 20},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].target_high",
        "区间上限 20 不大于下限 20",
    ),
    "only a range has an upper end": Rule(
        {f"{BERTHS}.goals.0.comparator": "range", f"{BERTHS}.goals.0.target_high": 9},
        {f"{BERTHS}.goals.0.target_high": 9},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].target_high",
        "只有区间目标才有上限",
    ),
    "an amended range keeps both ends": Rule(
        {f"{GUESTHOUSES}.goals.0.amendments": [{**LATER, "target_high": 11}]},
        {f"{GUESTHOUSES}.goals.0.amendments": [LATER]},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].amendments[0].target_high",
        "区间目标没有上限",
    ),
    "a range is reached from below": Rule(
        {**IN_A_RANGE, f"{BERTHS}.goals.0.amendments": [{**ELSEWHERE, "baseline": 12}]},
        {**IN_A_RANGE, f"{BERTHS}.goals.0.amendments": [{**ELSEWHERE, "baseline": 13}]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments[0].baseline",
        "基期值 13 高于区间上限",
    ),
    "only a cumulative goal goes in steps": Rule(
        {f"{GUESTHOUSES}.goals.0.path": "steps"},
        {f"{BERTHS}.goals.0.path": "steps"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].path",
        "不能写 path: steps",
    ),
    "a path has a shape that is known": Rule(
        {f"{GUESTHOUSES}.goals.0.path": "gradual"},
        {f"{GUESTHOUSES}.goals.0.path": "stairs"},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].path",
        "stairs",
    ),
    "a cumulative goal says since when": Rule(
        {f"{GUESTHOUSES}.goals.0.since": "2023-12"},
        {f"{GUESTHOUSES}.goals.0.since": REMOVED},
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].since",
        "没有起点「since」",
    ),
    "a level needs a base": Rule(
        {f"{VISITORS}.goals.0.base_period": REMOVED},  # a goal for every year does not
        {f"{BERTHS}.goals.0.base_period": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].base_period",
        "「期末水平」的目标没有基期",
    ),
    "growth is in percent": Rule(
        {f"{CAGR}.kind": "growth_vs_base"},
        {f"{CAGR}.unit": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[1].unit",
        "增速目标的单位是「万吨」",
    ),
    "other targets are in the indicator's unit": Rule(
        {f"{BERTHS}.goals.0.unit": "个"},
        {f"{BERTHS}.goals.0.unit": "座"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].unit",
        "目标的单位「座」与指标的单位「个」不同",
    ),
    "what people judge carries no number": Rule(
        {f"{MUSEUM}.goals.0.kind": "qualitative"},
        {f"{MUSEUM}.accumulation": "end_of_period"},
        "data/plan/town.yaml: fields[1].indicators[1].goals[0].kind",
        "目标「里程碑」与指标的累计方式「期末数」不相配",
    ),
    "what is counted since the start is cumulative": Rule(
        {f"{VISITORS}.accumulation": "year"},
        {f"{VISITORS}.accumulation": "since_start"},
        "data/plan/town.yaml: fields[0].indicators[1].goals[0].kind",
        "目标「每年达标」与指标的累计方式「规划期以来累计」不相配",
    ),
    "the total of a year accumulates within it": Rule(
        {f"{VISITORS}.accumulation": "year"},
        {f"{VISITORS}.accumulation": "end_of_period"},
        "data/plan/town.yaml: fields[0].indicators[1].goals[0].kind",
        "按年度总量判定的指标用 accumulation: ytd 或 year",
    ),
    "a ratio does not add up within a year": Rule(
        {f"{VISITORS}.nature": "ratio", f"{VISITORS}.frequency": "annual"}
        | {f"{VISITORS}.accumulation": "year"},
        {f"{VISITORS}.nature": "ratio"},
        "data/plan/town.yaml: fields[0].indicators[1].goals[0].kind",
        "「比重或比率」不是逐期累加的数，不能按年初累计数判定「每年达标」",
    ),
    "what only adds up is not to fall": Rule(
        {f"{VISITORS}.goals.0.direction": "up"},
        {f"{VISITORS}.goals.0.direction": "down"},
        "data/plan/town.yaml: fields[0].indicators[1].goals[0].direction",
        "「每年达标」的目标不能越低越好",
    ),
    "a ceiling is for what should fall": Rule(
        {f"{HOUSES}.goals.0.comparator": "~"},
        {f"{HOUSES}.goals.0.direction": "up"},
        "data/plan/town.yaml: fields[1].indicators[0].goals[0].direction",
        "比较方式「<=」与方向「越高越好」矛盾",
    ),
    "a floor is for what should rise": Rule(
        {f"{BERTHS}.goals.0.comparator": ">="},
        {f"{BERTHS}.goals.0.direction": "down"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].direction",
        "比较方式「>」与方向「越低越好」矛盾",
    ),
    "amendments are in order": Rule(
        {f"{BERTHS}.goals.0.amendments": [LATER, LATEST]},
        {f"{BERTHS}.goals.0.amendments": [LATEST, LATER]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments",
        "调整自 2025-Q1 起生效，不晚于前一次的 2026-Q1",
    ),
    "an amendment comes after the goal": Rule(
        {f"{BERTHS}.goals.0.from_edition": "2024-Q4", f"{BERTHS}.goals.0.amendments": [LATER]},
        {f"{BERTHS}.goals.0.from_edition": "2025-Q1", f"{BERTHS}.goals.0.amendments": [LATER]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments",
        "不晚于前一次的 2025-Q1",
    ),
    "an ambiguity has a reading": Rule(
        {f"{CAGR}.ambiguity": REMOVED, f"{CAGR}.reading": REMOVED},
        {f"{CAGR}.reading": REMOVED},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[1].reading",
        "没有写本书如何理解",
    ),
    "quarters are in order": Rule(
        {f"{THROUGHPUT}.reported_in": [2, 4]},
        {f"{THROUGHPUT}.reported_in": [4, 2]},
        "data/plan/harbour.yaml: fields[0].indicators[0].reported_in",
        "报送的各期 [4, 2]",
    ),
    "there are so many editions a year": Rule(
        {f"{THROUGHPUT}.reported_in": [1, 4]},
        {f"{THROUGHPUT}.reported_in": [1, 5]},
        "data/plan/harbour.yaml: fields[0].indicators[0].reported_in",
        "本方案每季度一期，一年只有4期，没有第5期",
    ),
    "the first edition is of the cycle": Rule(
        {"plan.first_edition": "2023-H1", "plan.cycle": "half_year", f"{BERTHS}.reported_in": [2]},
        {"plan.first_edition": "2023-H1"},
        "data/plan/plan.yaml: first_edition",
        "本方案每季度一期，没有「2023-H1」；应写作 2023-Q2",
    ),
    "a goal's first edition is of the cycle": Rule(
        {f"{BERTHS}.goals.0.from_edition": "2025-Q1"},
        {f"{BERTHS}.goals.0.from_edition": "2025-02"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].from_edition",
        "没有「2025-02」；应写作 2025-Q1",
    ),
    "an amendment's edition is of the cycle": Rule(
        {f"{BERTHS}.goals.0.amendments": [LATER]},
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "from_edition": "2025"}]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments[0].from_edition",
        "没有「2025」；应写作 2025-Q4",
    ),
    "a base year is whole": Rule(
        {f"{THROUGHPUT}.goals.0.base_period": "2021-12"},
        {f"{THROUGHPUT}.goals.0.base_period": "2022-11"},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[0].base_period",
        "基期 2022-11 不是年度的最后一个月",
    ),
    "a base year is one of the plan's": Rule(
        {"plan.fiscal_year_begins": 1},
        {"plan.fiscal_year_begins": 4},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[0].base_period",
        "基期 2022-12 不是年度的最后一个月",
    ),
    "some quarter is reported": Rule(
        {f"{THROUGHPUT}.reported_in": [1]},
        {f"{THROUGHPUT}.reported_in": []},
        "data/plan/harbour.yaml: fields[0].indicators[0].reported_in",
        "报送的各期 []",
    ),
    "a plausible range has two ends": Rule(
        {f"{THROUGHPUT}.plausible": [-5, 5]},
        {f"{THROUGHPUT}.plausible": [5, -5]},
        "data/plan/harbour.yaml: fields[0].indicators[0].plausible",
        "合理范围 5—-5 的下限不小于上限",
    ),
    "a plausible range is a pair": Rule(
        {f"{THROUGHPUT}.plausible": REMOVED},
        {f"{THROUGHPUT}.plausible": [0]},
        "data/plan/harbour.yaml: fields[0].indicators[0].plausible[1]",
        "缺少第2项",
    ),
    "overlapping quotes agree": Rule(
        {f"{CAGR}.quote": "货物吞吐量达到60万吨,年均"},
        {f"{CAGR}.quote": "货物吞吐量达到61万吨,年均"},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[1].quote",
        "位置重叠，重叠处文字却不同：「货物吞吐量达到61万吨」与「货物吞吐量达到60万吨」",
    ),
    "a target restated for another area has its baseline there": Rule(
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "scope": "旧镇区", "baseline": 5}]},
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "scope": "旧镇区"}]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments[0].baseline",
        "没有该口径的基期值",
    ),
    "an amendment gives a baseline only with a scope": Rule(
        {f"{BERTHS}.goals.0.amendments": [LATER]},
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "baseline": 5}]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments[0].baseline",
        "才随调整给出基期值",
    ),
    "what is added up from nothing needs no baseline in another area": Rule(
        {f"{GUESTHOUSES}.goals.0.amendments": [{**LATER, "target_high": 14, "scope": "旧镇区"}]},
        {
            f"{GUESTHOUSES}.goals.0.amendments": [
                {**LATER, "target_high": 14, "scope": "旧镇区", "baseline": 0}
            ]
        },
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].amendments[0].baseline",
        "才随调整给出基期值",
    ),
    "an indicator's scope is one of the plan's": Rule(
        {f"{BERTHS}.scope": "旧镇区"},
        {f"{BERTHS}.scope": "新镇区"},
        "data/plan/harbour.yaml: fields[0].indicators[1].scope",
        "没有「新镇区」这一口径",
    ),
    "a restated target's scope is one of the plan's": Rule(
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "scope": "全域", "baseline": 5}]},
        {f"{BERTHS}.goals.0.amendments": [{**LATER, "scope": "新镇区", "baseline": 5}]},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].amendments[0].scope",
        "没有「新镇区」这一口径",
    ),
    "scopes have names of their own": Rule(
        {"plan.scopes.1.name": "老镇区"},
        {"plan.scopes.1.name": "全域"},
        "data/plan/plan.yaml: scopes[1].name",
        "口径的名称「全域」重复",
    ),
    "未注明 is no scope of a plan's own": Rule(
        {"plan.scopes.1.id": "older_town"},
        {"plan.scopes.1.id": "unstated"},
        "data/plan/plan.yaml: scopes[1].id",
        "口径的编号「unstated」重复",
    ),
    "a scope that is new says since when": Rule(
        {"plan.scopes.1.since_break": True, "plan.scope_break": "2024-06"},
        {"plan.scopes.1.since_break": True},
        "data/plan/plan.yaml: scopes[1].since_break",
        "没有写哪个月调整",
    ),
    "a telephone number's form has enough digits": Rule(
        {"plan.telephones": ["china", "020 #### ####"]},
        {"plan.telephones": ["china", "020 ###"]},
        "data/plan/plan.yaml: telephones[1]",
        "「020 ###」不是电话号码的写法",
    ),
    "the method is growth or the straight line": Rule(
        {f"{BERTHS}.goals.0.rated_by": "growth"},
        {f"{BERTHS}.goals.0.rated_by": "people"},
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].rated_by",
        "改为：growth、linear",
    ),
    "the method is a choice only along a path": Rule(
        {f"{THROUGHPUT}.goals.0.rated_by": "linear"},
        {f"{CAGR}.rated_by": "linear"},
        "data/plan/harbour.yaml: fields[0].indicators[0].goals[1].rated_by",
        "不能选择评定办法",
    ),
    "values every few years are of an annual indicator": Rule(
        {
            f"{BERTHS}.frequency": "annual",
            f"{BERTHS}.reported_in": [1],
            f"{BERTHS}.lag_months": 27,
            f"{BERTHS}.every_years": 2,
            f"{BERTHS}.value_year": 2024,
        },
        {
            f"{BERTHS}.frequency": "quarterly",
            f"{BERTHS}.every_years": 2,
            f"{BERTHS}.value_year": 2024,
        },
        "data/plan/harbour.yaml: fields[0].indicators[1].every_years",
        "隔年才有数的指标，频率却是「季度」",
    ),
    "values every few years say of which year one is": Rule(
        {
            f"{BERTHS}.frequency": "annual",
            f"{BERTHS}.every_years": 5,
            f"{BERTHS}.value_year": 2023,
        },
        {f"{BERTHS}.frequency": "annual", f"{BERTHS}.every_years": 5},
        "data/plan/harbour.yaml: fields[0].indicators[1].value_year",
        "没有写明哪一年有数",
    ),
    "where every year has a value none is named": Rule(
        {f"{BERTHS}.every_years": 1},
        {f"{BERTHS}.value_year": 2024},
        "data/plan/harbour.yaml: fields[0].indicators[1].value_year",
        "每年都有数的指标不用 value_year",
    ),
    "what is measured every few years is no goal for every year": Rule(
        {f"{VISITORS}.every_years": 1},
        {f"{VISITORS}.every_years": 2, f"{VISITORS}.value_year": 2024},
        "data/plan/town.yaml: fields[0].indicators[1].goals[0].kind",
        "不能判定「每年达标」",
    ),
    "the month of a change of area is a month": Rule(
        {"plan.scope_break": "2025-11"},
        {"plan.scope_break": "2025-11-06"},
        "data/plan/plan.yaml: scope_break",
        "不是数据时期",
    ),
}
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


@each_rule
def test_a_change_within_the_rule_loads(rule: Rule, load: Load) -> None:
    assert load(rule.passes).goals


@each_rule
def test_a_change_against_the_rule_is_named_with_its_place(rule: Rule, load: Load) -> None:
    with pytest.raises(ProblemsFound) as caught:
        load(rule.fails)
    found = [str(p) for p in caught.value.problems if p.where == rule.where]
    assert any(rule.says in text for text in found), str(caught.value)
    assert all(problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize(
    "of_today",
    [
        "a range is reached from below",
        "a ratio does not add up within a year",
        "no notebook is named so",
    ],
)
def test_what_was_published_before_a_rule_came_is_still_read(
    of_today: str, load: Load, tmp_path: Path
) -> None:
    with pytest.raises(ProblemsFound):
        load(RULES[of_today].fails)
    folder = tmp_path / "data" / "plan"
    assert load_plan(folder, today=folder).goals


def test_all_problems_of_all_files_come_at_once(load: Load) -> None:
    with pytest.raises(ProblemsFound) as caught:
        load(
            {
                "plan.issuer": "",
                f"{THROUGHPUT}.nature": "stream",
                f"{BERTHS}.goals.0.base_period": REMOVED,
                "harbour.fields.0.measures.1.id": "quay-m01",
                f"{GUESTHOUSES}.goals.0.since": REMOVED,
                "town.fields.1.submitting_unit": "nobody",
            }
        )
    assert {problem.where for problem in caught.value.problems} == {
        "data/plan/plan.yaml: issuer",
        "data/plan/harbour.yaml: fields[0].indicators[0].nature",
        "data/plan/harbour.yaml: fields[0].indicators[1].goals[0].base_period",
        "data/plan/harbour.yaml: fields[0].measures[1].id",
        "data/plan/town.yaml: fields[0].indicators[0].goals[0].since",
        "data/plan/town.yaml: fields[1].submitting_unit",
    }
    assert str(caught.value).startswith("方案文件有6处问题：")


def test_an_empty_folder_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as caught:
        load_plan(tmp_path)
    assert [p.where.rsplit("/", 1)[-1] for p in caught.value.problems] == [
        "plan.yaml",
        "units.yaml",
    ]


def test_a_file_that_is_no_yaml_does_not_hide_the_others(load: Load, tmp_path: Path) -> None:
    assert load({})
    folder = tmp_path / "data" / "plan"
    (folder / "harbour.yaml").write_text("id: harbour\n  title: [", encoding="utf-8")
    (folder / "town.yaml").write_text("- 滨海旅游\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        load_plan(folder)
    first, second = caught.value.problems
    assert first.where == "data/plan/harbour.yaml"
    assert "第2行" in first.what
    assert second.where == "data/plan/town.yaml"
    assert second.what == "应为若干键和值"


def test_an_indicator_without_unit_and_goal_is_not_checked_into_a_traceback(load: Load) -> None:
    with pytest.raises(ProblemsFound) as caught:
        load({"harbour.fields.0": "码头作业", "town.fields": {"visitors": {}}})
    assert {problem.where for problem in caught.value.problems} == {
        "data/plan/harbour.yaml: fields[0]",
        "data/plan/town.yaml: fields",
    }


def test_a_character_that_no_font_has_is_told_with_file_key_and_whose_it_is(load: Load) -> None:
    changed = {f"{THROUGHPUT}.goals.0.name": "𠮷野港吞吐量", "units.units.0.short": "𠮷野"}
    named, *rest = sorted(load(changed).notices, key=lambda notice: notice.where)
    assert named.where == "data/plan/harbour.yaml: fields[0].indicators[0].goals[0].name"
    assert "「𠮷野港吞吐量」的 name" in named.what
    assert "「𠮷」（U+20BB7）" in named.what
    assert [notice.where for notice in rest] == ["data/plan/units.yaml: units[0].short"]


def test_letters_that_a_second_font_has_are_nothing_to_tell(load: Load) -> None:
    assert load({f"{THROUGHPUT}.name": "CO₂减排量（Łódź航线，10⁻³Ω）"}).notices == ()
