"""From the entries of a spreadsheet to the content of a plan's files, and what is wrong with it.

What the spreadsheet leaves out is filled in by rules that stand in the notes of its columns. Every
rule of `planbook.plan` is asked too; what it finds is told by the cell it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from planbook.errors import Problem
from planbook.periods import FiscalYear, TimePeriod
from planbook.plan.cycle import Cycle, CycleName
from planbook.run.starting import stand_ins
from planbook.run.starting.about_file import plan_file
from planbook.run.starting.list_reader import Entry, Listed
from planbook.run.starting.listed import FIELDS, SCOPES, UNITS
from planbook.run.starting.listed_rows import (
    amiss,
    goal_of,
    instead,
    measure_of,
    numbered,
    parts_of,
    repeated,
    reported,
    usually,
)
from planbook.run.starting.shared_indicators import Shared
from planbook.run.starting.stand_ins import Dates, dates_of, first_edition

CHAPTER_NOTEBOOK = "chapter"


@dataclass
class NewPlan:
    """A plan as its files will hold it.

    Attributes
    ----------
    files
        Content by file name.
    baselines
        Indicator, month and value of each baseline, and the entry that has it.
    places
        The entry that a place of the files came from: ``plan.yaml``, ``units.yaml: units[0]``.
    """

    files: dict[str, Any] = field(default_factory=dict)
    baselines: list[tuple[str, str, float, Entry]] = field(default_factory=list)
    places: dict[str, Entry] = field(default_factory=dict)


def plan_of(listed: Listed, *, years: int = 1) -> tuple[NewPlan, list[Problem]]:
    """Return the plan that the entries make, of those that are whole, and what is wrong.

    Dates that stand in for what cannot be read lie so many `years` apart from the others.
    """
    making = _Making(listed, years)
    making.units()
    making.scopes()
    making.fields()
    making.goals()
    making.measures()
    making.about()
    making.refuse_what_is_empty()
    return making.made, making.problems


class _Making:
    """A plan that is being put together."""

    def __init__(self, listed: Listed, years: int) -> None:
        self.listed = listed
        self.made = NewPlan()
        self.problems: list[Problem] = []
        self.cycle = _cycle(listed.about)
        self.dates = self._dates(years)
        self._scopes: list[dict[str, Any]] = []
        self._units: dict[str, str] = {}  # ids by every way to name one
        self._fields: dict[str, dict[str, Any]] = {}
        self._chapters: dict[str, dict[str, Any]] = {}
        self._headed: dict[str, str] = {}  # headings as written, by the chapter's id
        self._at: dict[str, str] = {}  # the place of a field, by its id
        self._indicators: dict[str, Shared] = {}  # by name
        self._filled: set[str] = set()  # fields with a goal or a measure, whole or not

    def say(self, entry: Entry, key: str, what: str, fix: str) -> None:
        self.problems.append(entry.problem(key, what, fix))

    def _dates(self, years: int) -> Dates:
        about = self.listed.about
        first, wrong = first_edition(about, self.cycle)
        if wrong:
            fix = f"本方案{self.cycle.per}一期，如 {self.cycle.containing(TimePeriod(2026, 3))}"
            self.say(about, "first_edition", wrong, fix)
        begins = about.get("fiscal_year_begins", self.cycle.year.first_month)
        if begins != self.cycle.year.first_month:
            self.say(about, "fiscal_year_begins", f"没有{begins}月", "写1至12，不填为1月")
        return dates_of(about, self.cycle, first, years)

    def units(self) -> None:
        rows = self.listed.rows[UNITS.name]
        ids = numbered("unit", rows)
        content: list[dict[str, Any]] = []
        for entry in rows:
            self.problems += repeated(entry, self._units, "name", "short", "id")
            id, name = next(ids), entry.get("name") or entry.get("short") or entry.get("id")
            short = entry.get("short") or name
            for called in (name, short, entry.get("id")):
                if called:
                    self._units.setdefault(called, id)
            if name:
                self.made.places[f"units.yaml: units[{len(content)}]"] = entry
                content.append({"id": id, "name": name, "short": short})
        self.made.files["units.yaml"] = {"units": content or [stand_ins.UNIT]}

    def scopes(self) -> None:
        for entry in self.listed.rows[SCOPES.name]:
            made: dict[str, Any] = {"id": f"scope_{len(self._scopes) + 1}"}
            made["name"] = stand_ins.name_of(entry)
            if "also" not in entry.wrong and (also := parts_of(entry.get("also", ""))):
                made["also"] = also
            if entry.get("since_break"):
                made["since_break"] = True
            self.made.places[f"plan.yaml: scopes[{len(self._scopes)}]"] = entry
            self._scopes.append(made)

    def fields(self) -> None:
        """Put fields into chapters; what a row leaves out of its chapter is as in the row above."""
        chapter = ""
        numbers = count(1)
        for entry in self.listed.rows[FIELDS.name]:
            self.problems += repeated(entry, self._fields, "name")
            chapter = entry.get("chapter") or chapter
            if not chapter and "chapter" not in entry.wrong:
                self.say(entry, "chapter", "没有写属于哪一章", "补上章的名称")
            chapter = chapter or stand_ins.TEXT
            own = {
                "id": f"field-{next(numbers):02d}",
                "name": stand_ins.name_of(entry),
                "section": entry.get("section", "—"),
                "submitting_unit": self._unit(entry),
                "indicators": [],
                "measures": [],
            }
            self._fields.setdefault(entry.get("name", ""), own)
            owner = self._chapters.setdefault(
                chapter,
                {
                    "id": f"chapter-{len(self._chapters) + 1}",
                    "title": chapter,
                    "heading": chapter,
                    "section": own["section"],
                    "notebook": CHAPTER_NOTEBOOK,
                    "role": "cluster",
                    "fields": [],
                },
            )
            self._take_heading(entry, owner)
            self._at[own["id"]] = f"{owner['id']}.yaml: fields[{len(owner['fields'])}]"
            self.made.places[self._at[own["id"]]] = entry
            owner["fields"].append(own)

    def _take_heading(self, entry: Entry, chapter: dict[str, Any]) -> None:
        """Keep the heading that the first row with one gives its chapter; others may only agree."""
        own = entry.get("heading")
        if own is None:
            return
        first = self._headed.setdefault(chapter["id"], own)
        if own == first:
            chapter["heading"] = own
            return
        what = f"「{chapter['title']}」一章的原文标题写成了两个：「{first}」和「{own}」"
        self.say(entry, "heading", what, "写成一样，或只写在这一章的第一行")

    def goals(self) -> None:
        ids = numbered("goal", self.listed.goals)
        names: dict[str, object] = {}
        known: dict[str, object] = {}  # by id
        for entry in self.listed.goals:
            self.problems += repeated(entry, names, "name")
            self.problems += repeated(entry, known, "id")
            names[entry.get("name", "")] = known[entry.get("id", "")] = entry
            owner, id = self._field(entry), next(ids)
            if "submitting_unit" in entry.values:
                self._unit(entry)
            self.problems += amiss(entry, self._often(entry), self.cycle)
            if owner is not None and not entry.wrong:
                self._add_goal(entry, owner, id)

    def _often(self, entry: Entry) -> str:
        """Return how often a goal has a value: as it says, or its indicator's first row, or all."""
        known = self._indicators.get(entry.get("indicator") or entry.get("name"))
        whole = entry if known is None else known.filled(entry)
        return str(whole.get("frequency", usually(self.cycle)))

    def _add_goal(self, entry: Entry, owner: dict[str, Any], id: str) -> None:
        base = entry.get("base_period", self.dates.start)
        indicator = self._indicator(entry, owner, id, base)
        if indicator is None:
            return
        at = f"{self._at[owner['id']]}.indicators[{owner['indicators'].index(indicator)}]"
        self.made.places.setdefault(at, entry)
        self.made.places[f"{at}.goals[{len(indicator['goals'])}]"] = entry
        section = entry.get("section", owner["section"])
        indicator["goals"].append(goal_of(entry, id, section, base))
        if "baseline" in entry.values:
            self._add_baseline(entry, indicator["id"], base)

    def _add_baseline(self, entry: Entry, indicator: str, base: str) -> None:
        value = entry.get("baseline")
        for id, month, known, other in self.made.baselines:
            if (id, month) == (indicator, base):
                if known != value:
                    what = f"同一指标同一基期的基期值写成了两个：{known:g} 和 {value:g}"
                    self.say(entry, "baseline", what, "核对，写成一样，或只在一行填写")
                elif entry.get("baseline_source") != other.get("baseline_source"):
                    what = "同一指标同一基期的基期值写了两个来源"
                    self.say(entry, "baseline_source", what, "写成一样，或只在一行填写")
                return
        self.made.baselines.append((indicator, base, value, entry))

    def _indicator(
        self, entry: Entry, owner: dict[str, Any], id: str, base: str
    ) -> dict[str, Any] | None:
        """Return the indicator of a goal, made of its first row; later rows may only agree."""
        name, unit = entry.get("indicator") or entry.get("name"), owner["submitting_unit"]
        if "submitting_unit" in entry.values:
            unit = self._unit(entry)
        known = self._indicators.get(name)
        if known is not None:
            if known.field != owner["id"]:
                what = f"指标「{name}」在两个领域中都有"
                self.say(entry, "indicator", what, "移到同一领域，或把指标名称写得不同")
                return None
            self.problems += known.joined_by(entry, base, unit, self.cycle)
            return None if entry.wrong else known.content
        made = {"id": id, "name": name, **reported(entry, base, self.cycle)}
        made |= {"submitting_unit": unit} if "submitting_unit" in entry.values else {}
        made |= {"visibility": entry.get("visibility")} if "visibility" in entry.values else {}
        made["goals"] = []
        if entry.wrong:
            return None
        self._indicators[name] = Shared.made_of(entry, owner["id"], made, unit)
        owner["indicators"].append(made)
        return made

    def measures(self) -> None:
        titles: dict[str, object] = {}
        for number, entry in enumerate(self.listed.measures, start=1):
            self.problems += repeated(entry, titles, "title")
            titles[entry.get("title", "")] = entry
            owner, id = self._field(entry), f"measure-{number:02d}"
            unit = self._unit(entry) if "submitting_unit" in entry.values else None
            if owner is None or entry.wrong:
                continue
            own = {"submitting_unit": unit} if unit else {}
            made = measure_of(entry, id, entry.get("section", owner["section"])) | own
            at = f"{self._at[owner['id']]}.measures[{len(owner['measures'])}]"
            self.made.places[at] = entry
            owner["measures"].append(made)

    def about(self) -> None:
        """Make ``plan.yaml`` and a file a chapter, where sheet 方案 can be read."""
        about = self.listed.about
        for chapter in self._chapters.values():
            if not any(own["indicators"] for own in chapter["fields"]) and any(
                own["measures"] for own in chapter["fields"]
            ):
                chapter["role"] = "programmes"
            self.made.files[f"{chapter['id']}.yaml"] = chapter
        self.made.files["plan.yaml"] = plan_file(
            about,
            self.dates,
            self.cycle,
            scopes=self._scopes,
            chapters=[chapter["id"] for chapter in self._chapters.values()],
            with_measures=bool(self.listed.measures),
        )
        self.made.places["plan.yaml"] = about

    def refuse_what_is_empty(self) -> None:
        """A plan has units, fields, and something to follow in each of them."""
        file = self.listed.file
        for name in (UNITS.name, FIELDS.name):
            if not self.listed.rows[name] and name not in self.listed.absent:
                where = f"{file}，工作表「{name}」"
                self.problems.append(Problem(f"「{name}」表是空的", where, "至少填一行"))
        if not (self.listed.goals or self.listed.measures):
            what, fix = "目标和举措都没有填", "在「目标」表或「举措」表中至少填一行"
            self.problems.append(Problem(what, file, fix))
            return
        for entry in self.listed.rows[FIELDS.name]:
            name = entry.get("name")
            if name and name not in self._filled:
                what = f"领域「{name}」没有目标，也没有举措"
                self.say(entry, "name", what, "在目标表或举措表中写上，或删去这一行")

    def _field(self, entry: Entry) -> dict[str, Any] | None:
        """Return the field that a goal or measure names."""
        name = entry.get("field")
        if name is None:
            return None
        if name not in self._fields:
            if self._fields:  # that there are none is told once
                fix = instead(name, self._fields, FIELDS.name)
                self.say(entry, "field", f"没有领域「{name}」", fix)
            return None
        self._filled.add(name)
        return self._fields[name]

    def _unit(self, entry: Entry) -> str:
        name = entry.get("submitting_unit", "")
        if name and self._units and name not in self._units:
            what = f"没有填报单位「{name}」"
            self.say(entry, "submitting_unit", what, instead(name, self._units, UNITS.name))
        return self._units.get(name) or next(iter(self._units.values()), stand_ins.UNIT["id"])


def _cycle(about: Entry) -> Cycle:
    begins = about.get("fiscal_year_begins", 1)
    name = CycleName(about.get("cycle", CycleName.QUARTER.value))
    return Cycle(name, FiscalYear(begins if 1 <= begins <= 12 else 1))
