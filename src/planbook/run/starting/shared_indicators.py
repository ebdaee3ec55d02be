"""Goals on one indicator: its first row makes it, and what later rows say of it has to agree.

What a later row leaves blank is as the first row has it. A word that contradicts is told by its
cell: were it dropped, a value meant for inside would be published, or asked of another unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from planbook.errors import Problem
from planbook.plan.cycle import Cycle
from planbook.run.starting.list_reader import Entry
from planbook.run.starting.listed_rows import reported
from planbook.vocabulary import UNSTATED, Accumulation, Kind, Visibility

_COLUMNS = {"reported_in": "reported", "every_years": "frequency"}  # otherwise of the same name
_UNSAID: Mapping[str, object] = {"lag_months": 0, "scope": UNSTATED, "every_years": 1}
_ALIKE = "各行写成一样，或把指标名称写得不同"
_OF_INDICATORS = ("frequency", "reported", "lag_months", "scope")
_NUMBERED = {Accumulation.YTD, Accumulation.YEAR}
_COUNTED = {  # how the value accumulates on which a kind of goal can be judged; others by people
    Kind.LEVEL_AT_END: {Accumulation.END_OF_PERIOD},
    Kind.CUMULATIVE: {Accumulation.SINCE_START},
    Kind.ANNUAL_FLOW: _NUMBERED,
    Kind.GROWTH_VS_BASE: _NUMBERED | {Accumulation.END_OF_PERIOD},
    Kind.CAGR: _NUMBERED | {Accumulation.END_OF_PERIOD},
    Kind.EVERY_YEAR: _NUMBERED | {Accumulation.END_OF_PERIOD},
}


@dataclass
class Shared:
    """An indicator that rows share.

    Attributes
    ----------
    field
        The id of the field that it is in.
    content
        The indicator as its chapter's file has it.
    first
        The row that made it.
    unit
        The id of who reports it, its own or its field's.
    says
        For a column in which a later row may be the first to say something: the row that did.
    """

    field: str
    content: dict[str, Any]
    first: Entry
    unit: str
    says: dict[str, Entry]

    @classmethod
    def made_of(cls, entry: Entry, field: str, content: dict[str, Any], unit: str) -> Shared:
        """Return the indicator that its first row makes."""
        own = cls(field, content, entry, unit, {})
        own.says |= {key: entry for key in ("decimals", "visibility") if key in entry.values}
        return own

    def filled(self, entry: Entry) -> Entry:
        """Return a later row, its blanks of how the indicator is reported as the first row's."""
        known = {key: self.first.get(key) for key in _OF_INDICATORS if key in self.first.values}
        known["nature"] = self.content["nature"]
        if "value_year" in self.content:
            known["value_year"] = self.content["value_year"]
        return replace(entry, values=known | entry.values)

    def joined_by(self, entry: Entry, base: str, unit: str, cycle: Cycle) -> Iterator[Problem]:
        """Take in what a later row says; yield where it contradicts.

        `base` is the month of its baseline, `unit` the id of who reports it by this row.
        """
        own = reported(self.filled(entry), base, cycle)
        if Accumulation(self.content["accumulation"]) not in _counted(entry):
            yield self._of_another_kind(entry)
        differing = {
            _COLUMNS.get(key, key)
            for key in own.keys() | _UNSAID.keys()
            if own.get(key, _UNSAID.get(key)) != self.content.get(key, _UNSAID.get(key))
        }
        if unit != self.unit:
            differing.add("submitting_unit")
        if not self._other_years(entry):
            differing.discard("value_year")
        if "frequency" in differing:
            differing -= {"reported", "value_year"}  # they follow from it
        differing -= {"accumulation", "decimals", "visibility"}  # which have rules of their own
        for asked in entry.sheet.asked:
            if asked.key in differing and asked.key in entry.values:
                yield self._contradiction(entry, asked.key, self.first)
        yield from self._take_decimals(entry, own["decimals"])
        yield from self._take_visibility(entry)

    def _other_years(self, entry: Entry) -> bool:
        """Whether a row names a year that is none of those with a value."""
        known, every = self.content.get("value_year"), self.content.get("every_years", 1)
        own = entry.get("value_year")
        return own is not None and (known is None or (own - known) % every != 0)

    def _take_decimals(self, entry: Entry, wanted: int) -> Iterator[Problem]:
        """Keep the places that a row asks for; where none does, as many as any number has."""
        asking = self.says.get("decimals")
        if "decimals" not in entry.values:
            if asking is None:
                self.content["decimals"] = max(self.content["decimals"], wanted)
        elif asking is None:
            self.says["decimals"] = entry
            self.content["decimals"] = wanted
        elif wanted != self.content["decimals"]:
            yield self._contradiction(entry, "decimals", asking)

    def _take_visibility(self, entry: Entry) -> Iterator[Problem]:
        """One row that is internal makes the indicator so: from one goal the others follow."""
        if "visibility" not in entry.values:
            return
        own, saying = entry.get("visibility"), self.says.setdefault("visibility", entry)
        if own != saying.get("visibility"):
            yield self._contradiction(entry, "visibility", saying)
        if own == Visibility.INTERNAL:
            goals = self.content.pop("goals")  # last in the file, where they are easy to read
            self.content |= {"visibility": own, "goals": goals}

    def _contradiction(self, entry: Entry, key: str, other: Entry) -> Problem:
        title = entry.sheet.column(key).title
        own, there = entry.cells[key].text, other.cells[key].text if key in other.values else ""
        said = f"第{other.row}行{f'是「{there}」' if there else '没有填写'}，这一行是「{own}」"
        what = f"同一指标「{self.content['name']}」的{title}写得不同：{said}"
        return entry.problem(key, what, _ALIKE)

    def _of_another_kind(self, entry: Entry) -> Problem:
        kind = Kind(entry.get("kind"))
        counted = Accumulation(self.content["accumulation"]).label
        what = (
            f"指标「{self.content['name']}」按第{self.first.row}行报送的是{counted}，"
            f"不能用来判定「{kind.label}」"
        )
        before = Accumulation.END_OF_PERIOD in _counted(self.first) and kind is Kind.LEVEL_AT_END
        fix = f"把这一行移到第{self.first.row}行之前" if before else "改选目标类型"
        fix += "，或把指标名称写得不同"
        return entry.problem("kind", what, fix)


def _counted(entry: Entry) -> set[Accumulation]:
    return _COUNTED.get(Kind(entry.get("kind")), {Accumulation.STATUS})
