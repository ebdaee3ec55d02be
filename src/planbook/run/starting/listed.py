"""The spreadsheet that a new plan is written in: its sheets and columns, read from ``listed.yaml``.

`list_template` writes by it and `list_reader` reads by it. Words offered in a list stand beside
the codes that the plan's files have for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from planbook.plan.cycle import CycleName
from planbook.vocabulary import Comparator, Direction, Kind, Nature, Pattern, RatedBy, Visibility
from planbook.yamlfile import read_yaml

EXAMPLE = "示例"  # in the first column: a row that is looked at, not read
NOTE = "说明"  # in the first column: what the columns mean
MARK = "行"  # the first column

Reads = Literal["text", "number", "whole", "month", "day", "id"]

EVERY_YEARS = {"每年": 1} | {f"每{n}年": n for n in (2, 3, 4, 5, 10)}
LAST_OF_YEAR, FIRST_OF_NEXT = "当年最后一期", "次年第一期"
MONTHLY, QUARTERLY, ANNUAL = "每月", "每季度", "每年"
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "kinds": {kind.label: kind.value for kind in Kind},
    "comparators": {
        "达到或以上": Comparator.AT_LEAST.value,
        "超过": Comparator.ABOVE.value,
        "不高于": Comparator.AT_MOST.value,
        "左右": Comparator.ABOUT.value,
        "区间": Comparator.RANGE.value,
    },
    "directions": {direction.label: direction.value for direction in Direction},
    "natures": {  # of what people judge the nature follows from the kind
        nature.label: nature.value
        for nature in Nature
        if nature not in (Nature.STATUS, Nature.EVENT)
    },
    "patterns": {pattern.label: pattern.value for pattern in Pattern},
    "cycles": {f"每{cycle.label}": cycle.value for cycle in CycleName},
    "visibilities": {visibility.label: visibility.value for visibility in Visibility},
    "frequencies": {word: word for word in (MONTHLY, QUARTERLY, *EVERY_YEARS)},
    "ways_to_rate": {RatedBy.GROWTH.label: "growth", RatedBy.LINEAR.label: "linear"},
    "yes_only": {"是": True},
    "when_reported": {word: word for word in (LAST_OF_YEAR, FIRST_OF_NEXT)},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that the spreadsheet asks for: a column, or a row of sheet 方案.

    Attributes
    ----------
    key
        What it is called here; where a key of the plan's files is meant, by that key.
    choices
        The words that may be written, with the code of each; empty: anything.
    listed_in
        The sheet whose entries are offered.
    as_above
        Whether a blank cell takes after the row above, so that merged cells mean what they show.
    """

    key: str
    title: str
    note: str
    example: str = ""
    required: bool = False
    reads: Reads = "text"
    width: float = 12
    choices: Mapping[str, Any] = field(default_factory=dict)
    listed_in: str = ""
    as_above: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A sheet of the spreadsheet."""

    name: str
    about: str
    asked: tuple[Asked, ...]
    optional: bool = False  # need not be there

    def __deepcopy__(self, memo: object) -> ListSheet:
        return self  # each row names it, and nothing changes it

    def column(self, key: str) -> Asked:
        return next(asked for asked in self.asked if asked.key == key)


def _sheets() -> tuple[ListSheet, ...]:
    content, problems = read_yaml(Path(__file__).with_name("listed.yaml"), "listed.yaml")
    if problems:
        raise ValueError(*problems)
    return tuple(
        ListSheet(**{**sheet, "asked": tuple(map(_asked, sheet["asked"]))}) for sheet in content
    )


def _asked(content: dict[str, Any]) -> Asked:
    offered = content.get("choices")
    return Asked(**{**content, "choices": CHOICES[offered] if offered else {}})


SHEETS = _sheets()
ABOUT, UNITS, FIELDS, GOALS, MEASURES, SCOPES = SHEETS
TABLES = (UNITS, FIELDS, GOALS, MEASURES, SCOPES)
