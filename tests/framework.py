"""An English framework of fifteen years, followed once a year from its own years' end in March.

The country, its goals and every figure are made up. It holds what such plans have and the others of
the tests have not: values of twenty years that came in as published, years to March, indicators two
years late or of every third year, goals that worsen, and goals that began past their targets.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from planbook.run.starting.new_project import new_project
from tests.county import filled_list, typed_rows
from tests.registers import begin_at

GOALS = Path(__file__).with_name("fixtures") / "framework_goals.csv"
FIRST, NOW = "2016-03Y", "2024-03Y"
NOW_YEAR = 2024
OLDEST = 2005

ABOUT = {
    "方案全称": "Ardenia National Development Framework 2015–2030",
    "方案简称": "National Framework 2015–2030",
    "书名": "National Framework progress report",
    "发布机关": "Government of Ardenia",
    "发布日期": "2015-06-30",
    "地区称呼": "全国",
    "总体目标": "By March 2030, a fairer, greener and more prosperous Ardenia for everyone.",
    "起点": "2015-03",
    "到期": "2030-03",
    "多久出一期": "每年",
    "第一期": FIRST,
    "年度从几月开始": 4,
    "报送期限": 90,
    "编制单位": "National Statistics Office",
}
UNITS = (
    ("National Statistics Office", "NSO", "nso"),
    ("Department of Health and Social Care", "DHSC", "dhsc"),
    ("Environment Agency", None, "ea"),
)
FIELDS = (
    ("Economy and work", "A prosperous country", "Outcome 1", "1", "nso"),
    ("Health and fairness", "Healthy, fair communities", "Outcome 2", "2", "dhsc"),
    ("Environment", "A greener country", "Outcome 3", "3", "ea"),
)
MEASURE_KEYS = ("领域", "举措", "方式", "类型")
MEASURES = (("Environment", "Publish a climate change plan", "年度反复类", "Legislation"),)

SERIES: dict[str, Callable[[int], float]] = {  # made up, by the year to March
    "gdp": lambda year: round(26000 * 1.019 ** (year - 2005) - (1400 if year == 2021 else 0)),
    "employment": lambda year: round(70.5 + 0.22 * (year - 2005) + (year % 3) / 5, 1),
    "research": lambda year: round(1.42 + 0.055 * (year - 2005), 2),
    "apprentices": lambda year: round(28900 * (year - 2015) + 310 * (year % 4)),
    "investment": lambda year: round(4.1 + (year * 7 % 5) / 10 - (0.4 if year == 2021 else 0), 1),
    "poverty": lambda year: round(
        23.8 - 0.35 * min(year - 2005, 10) + max(year - 2015, 0) * 0.5, 1
    ),
    "life": lambda year: round(60.4 + 0.16 * (year - 2005), 1),
    "literacy": lambda year: round(58.0 + 0.45 * (year - 2005), 1),
    "waiting": lambda year: round(5200 - 190 * (year - 2005) + 40 * (year % 3)),
    "mortality": lambda year: round(465 - 7.4 * (year - 2005), 1),
    "emissions": lambda year: round(61.2 * 0.965 ** (year - 2005), 1),
    "bathing": lambda year: round(94.6 - 0.45 * max(year - 2013, 0) - (year % 2) / 2, 1),
    "recycling": lambda year: round(24.5 + 1.75 * (year - 2005), 1),
}
_LATE = {"research": 2, "life": 2, "emissions": 1}


def history() -> Iterator[list[object]]:
    """Yield the rows of the file with values as published: a year's in the edition that owes it."""
    yield ["indicator_id", "time_period", "obs_value", "source", "from_edition"]
    for id, value in SERIES.items():
        newest = NOW_YEAR - _LATE.get(id, 0)
        for year in range(2016 if id == "apprentices" else OLDEST, newest + 1):
            if id == "literacy" and (year - 2016) % 3:
                continue
            known = max(year + _LATE.get(id, 0), 2016)
            yield [id, year, value(year), "Made-up statistics", f"{known}-03Y"]
    yield ["gdp", 2020, 34200, "Made-up statistics, revised", "2022-03Y"]


def framework(root: Path) -> Path:
    """Make the framework's project and, beside it, the file of values; nothing is collected yet."""
    listed = root.parent / "framework.xlsx"
    measures = (MEASURE_KEYS, MEASURES)
    listed.write_bytes(filled_list(ABOUT, UNITS, FIELDS, typed_rows(GOALS), measures))
    new_project(root, listed)
    begin_at(root / "data" / "live", NOW, FIRST)
    with (root / "history.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(history())
    return root
