"""Every object of the plan files with the place where it stands, for checks across objects.

Turns the raw content of the files into flat lists. Each object is kept if it is valid by itself,
whatever is wrong around it: one mistake must not hide the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from planbook.plan.cycle import QUARTERLY, Cycle
from planbook.plan.parts import (
    Chapter,
    Field,
    Goal,
    Indicator,
    Measure,
    Page,
    Record,
    Unit,
)
from planbook.plan.plan_file import PlanFile
from planbook.yamlfile import Location, as_model, place

Item = TypeVar("Item", bound=Record)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Item]):
    """An object and its place: ``data/plan/digital.yaml: fields[0].indicators[2]``."""

    item: Item
    where: str


@dataclass
class Outline:
    """What the files hold. `targets` pairs each goal with its indicator."""

    about: Placed[PlanFile] | None = None
    pages: list[Placed[Page]] = field(default_factory=list)
    units: list[Placed[Unit]] = field(default_factory=list)
    chapters: list[Placed[Chapter]] = field(default_factory=list)
    fields: list[Placed[Field]] = field(default_factory=list)
    indicators: list[Placed[Indicator]] = field(default_factory=list)
    goals: list[Placed[Goal]] = field(default_factory=list)
    targets: list[tuple[Placed[Goal], Indicator]] = field(default_factory=list)
    measures: list[Placed[Measure]] = field(default_factory=list)

    @property
    def cycle(self) -> Cycle:
        """How often the book comes out; where plan.yaml cannot be read, each quarter."""
        return QUARTERLY if self.about is None else self.about.item.editions

    def add_plan_file(self, raw: Any, where: str) -> None:
        about, _ = as_model(PlanFile, raw, where)
        if about is not None:
            self.about = Placed(about, where)
        for key in ("front", "back"):
            self.pages += _valid(Page, raw, key, where, ())

    def add_units_file(self, raw: Any, where: str) -> None:
        self.units += _valid(Unit, raw, "units", where, ())

    def add_chapter_file(self, raw: Any, where: str) -> None:
        """Take in a chapter, its fields and all below them."""
        fields = [
            found
            for at, raw_field in _items(raw, "fields", ())
            if (found := self._field(raw_field, where, at)) is not None
        ]
        chapter, _ = as_model(Chapter, {**_mapping(raw), "fields": fields}, where)
        if chapter is not None:
            self.chapters.append(Placed(chapter, where))

    def _field(self, raw: Any, where: str, at: Location) -> Field | None:
        indicators = [
            found
            for below, raw_indicator in _items(raw, "indicators", at)
            if (found := self._indicator(raw_indicator, where, below)) is not None
        ]
        measures = _valid(Measure, raw, "measures", where, at)
        self.measures += measures
        below_field = {"indicators": indicators, "measures": [m.item for m in measures]}
        made, _ = as_model(Field, {**_mapping(raw), **below_field}, where)
        if made is not None:
            self.fields.append(Placed(made, place(where, at)))
        return made

    def _indicator(self, raw: Any, where: str, at: Location) -> Indicator | None:
        goals = _valid(Goal, raw, "goals", where, at)
        self.goals += goals
        found, _ = as_model(Indicator, {**_mapping(raw), "goals": [g.item for g in goals]}, where)
        if found is not None:
            self.indicators.append(Placed(found, place(where, at)))
            self.targets += [(goal, found) for goal in goals]
        return found


def _valid(model: type[Item], raw: Any, key: str, where: str, at: Location) -> list[Placed[Item]]:
    """Return those items of a list that are valid by themselves, placed."""
    return [
        Placed(item, place(where, below))
        for below, value in _items(raw, key, at)
        if (item := as_model(model, value, where)[0]) is not None
    ]


def _items(raw: Any, key: str, at: Location) -> list[tuple[Location, Any]]:
    """Return what a list under `key` holds, with places; nothing if it is no list."""
    found = _mapping(raw).get(key)
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    return [((*at, key, n), value) for n, value in enumerate(found)]


def _mapping(raw: Any) -> Mapping[str, Any]:
    return raw if isinstance(raw, Mapping) else {}
