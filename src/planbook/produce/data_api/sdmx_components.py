"""The observations in SDMX's terms: what identifies a value, the value, and what is said of it.

A component is a column of the CSV and a part of the structure, so that the two cannot drift apart.
Ids and codes are ASCII, names Chinese. ``TIME_PERIOD`` is the last month of the period, and
``ACCUMULATION`` says from when it counts; 「—」, not sent and refused are codes of ``OBS_STATUS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

from planbook.frames import ObservationRow
from planbook.plan.model import Indicator
from planbook.present.book import Book
from planbook.vocabulary import (
    Accumulation,
    Frequency,
    ObsStatus,
    ReleaseStage,
    YoyType,
)

Role = Literal["dimension", "time", "measure", "attribute"]

_FREQUENCIES = {Frequency.MONTHLY: "M", Frequency.QUARTERLY: "Q", Frequency.ANNUAL: "A"}
_STATUSES = {  # SDMX's own codes
    ObsStatus.NORMAL: "A",
    ObsStatus.ESTIMATED: "E",
    ObsStatus.NOT_APPLICABLE: "M",  # missing, data cannot exist
    ObsStatus.NOT_SENT: "L",  # missing, data exist and were not collected
    ObsStatus.REFUSED: "O",  # missing
}
_UNITS = {"%": "PT", "": "PURE_NUMB"}  # SDMX's own codes; others are made of the unit's characters


@dataclass(frozen=True)
class CodeList:
    """Codes with their Chinese names."""

    id: str
    name: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Component:
    """A part of an observation.

    Attributes
    ----------
    codes
        Id of its code list; empty: a value of `type`.
    of
        Its text in the row of an observation; ``None``: there is none.
    upon
        What an attribute belongs to: an observation, a dimension by id, or the whole ``dataflow``.
    """

    id: str
    name: str
    role: Role
    of: Callable[[Book, ObservationRow], Any]
    codes: str = ""
    type: str = "String"
    upon: str = "observation"
    required: bool = True
    meaning: str = ""


def unit_code(unit: str) -> str:
    """Return the code of a unit of measure: an ASCII id that stays the same in every plan."""
    return _UNITS.get(unit) or "U" + "".join(f"{ord(character):04X}" for character in unit)


def code_lists(book: Book) -> tuple[CodeList, ...]:
    """Return the code lists; the plan brings the indicators and their units."""
    indicators = book.plan.indicators
    units = sorted({indicator.unit for indicator in indicators})
    seldom = sorted({item.every_years for item in indicators if item.every_years > 1})
    return (
        CodeList(
            "CL_FREQ",
            "报送频率",
            _named(_FREQUENCIES) | {f"A{years}": f"每{years}年" for years in seldom},
        ),
        CodeList("CL_INDICATOR", "指标", {item.id: item.name for item in indicators}),
        CodeList(
            "CL_SCOPE", "口径", {code: name for name, code in book.plan.about.scope_codes.items()}
        ),
        CodeList("CL_UNIT_MEASURE", "计量单位", {unit_code(u): u or "无单位" for u in units}),
        CodeList("CL_OBS_STATUS", "数值状态", _named(_STATUSES)),
        CodeList("CL_ACCUMULATION", "累计方式", {way.name: way.label for way in Accumulation}),
        CodeList("CL_RELEASE_STAGE", "数据阶段", {s.name: s.value for s in ReleaseStage}),
        CodeList("CL_YOY_TYPE", "同比类型", {type.name: type.value for type in YoyType}),
    )


def _named(codes: Mapping[Any, str]) -> dict[str, str]:
    return {code: word.label for word, code in codes.items()}


def _indicator(book: Book, row: ObservationRow) -> Indicator:
    return book.plan.indicator(row.indicator_id)


def _freq(indicator: Indicator) -> str:
    """Return SDMX's code of how often there is a value: A3 of every third year."""
    years = indicator.every_years
    return _FREQUENCIES[indicator.frequency] + (str(years) if years > 1 else "")


def _code(word: Enum | None) -> str | None:
    return word.name if word is not None else None


COMPONENTS = (
    Component(
        "FREQ",
        "报送频率",
        "dimension",
        lambda book, row: _freq(_indicator(book, row)),
        "CL_FREQ",
        meaning="指标多久有一个新数值，不是数值所描述时期的长短",
    ),
    Component("INDICATOR", "指标", "dimension", lambda book, row: row.indicator_id, "CL_INDICATOR"),
    Component(
        "SCOPE",
        "口径",
        "dimension",
        lambda book, row: book.plan.about.scope_codes[row.scope],
        "CL_SCOPE",
    ),
    Component(
        "TIME_PERIOD",
        "数据时期",
        "time",
        lambda book, row: row.time_period,
        type="ObservationalTimePeriod",
        meaning="数值所描述时期的最后一个月，从何时起计见 ACCUMULATION",
    ),
    Component(
        "OBS_VALUE",
        "数值",
        "measure",
        lambda book, row: row.obs_value,
        type="Double",
        required=False,
        meaning="空表示没有数值，不表示 0，原因见 OBS_STATUS",
    ),
    Component(
        "UNIT_MEASURE",
        "计量单位",
        "attribute",
        lambda book, row: unit_code(_indicator(book, row).unit),
        "CL_UNIT_MEASURE",
        upon="INDICATOR",
    ),
    Component(
        "OBS_STATUS",
        "数值状态",
        "attribute",
        lambda book, row: _STATUSES[row.obs_status],
        "CL_OBS_STATUS",
    ),
    Component(
        "ACCUMULATION",
        "累计方式",
        "attribute",
        lambda book, row: _code(row.accumulation),
        "CL_ACCUMULATION",
    ),
    Component(
        "VINTAGE",
        "报送期号",
        "attribute",
        lambda book, row: row.vintage,
        meaning="得知该数值的期号；每个时期只列截至本期最新的数值",
    ),
    Component(
        "RELEASE_STAGE",
        "数据阶段",
        "attribute",
        lambda book, row: _code(row.release_stage),
        "CL_RELEASE_STAGE",
        required=False,
    ),
    Component(
        "YOY",
        "同比",
        "attribute",
        lambda book, row: row.yoy,
        type="Double",
        required=False,
        meaning="填报的同比，百分数：3.2 即 3.2%",
    ),
    Component(
        "YOY_TYPE",
        "同比类型",
        "attribute",
        lambda book, row: _code(row.yoy_type),
        "CL_YOY_TYPE",
        required=False,
    ),
    Component(
        "PRIOR_VALUE",
        "上年同期值",
        "attribute",
        lambda book, row: row.prior_value,
        type="Double",
        required=False,
        meaning="填报的上年同期值",
    ),
    Component("EDITION", "期号", "attribute", lambda book, row: book.edition, upon="dataflow"),
    Component(
        "DEMONSTRATION",
        "示例数据",
        "attribute",
        lambda book, row: str(book.dataset.demonstration).lower(),
        type="Boolean",
        upon="dataflow",
        meaning="true 为虚构的示例数据，不得引用",
    ),
)
