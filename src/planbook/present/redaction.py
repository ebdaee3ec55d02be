"""The public book of a plan: what is internal is not there, so that no page can show it.

Turns a plan and its judged tables into those of the public book, before anything is made of them,
and says how much is withheld. A hidden goal keeps its clause and target, which the plan has
published, and nothing else: it is 无法判定. One internal value, or one internal goal, hides
its whole indicator, or it could be told from what remains. Redacting again changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from planbook.errors import Finding
from planbook.frames import COMMENTARY, FINDINGS, HISTORY, VERDICTS, CommentaryRow, Verdict
from planbook.outlook_frames import OUTLOOKS
from planbook.periods import Edition
from planbook.plan.model import Field, Indicator, Plan, Unit
from planbook.plan.parts import Measure
from planbook.present.internal import (
    changed_from_internal,
    ids,
    internal_indicators,
    internal_measures,
    public,
)
from planbook.present.public_alerts import PUBLIC_ROWS, Hidden, public_alerts, public_corrections
from planbook.saved import TableRows, Tables
from planbook.vocabulary import Rating, Reason, Visibility
from planbook.watch_frames import ALERTS

Item = TypeVar("Item", Indicator, Measure)

_REPORTED = "报送了新的数据"  # a workbook without a reason of its own
MEASURES = "measures"  # key of a chapter's measures among the figures of a commentary


@dataclass(frozen=True)
class Withheld:
    """How much of a plan its public book does not show, besides goals, which it counts.

    Attributes
    ----------
    measures
        The number of measures and sub-items by the field they belong to.
    """

    measures: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0

    def of(self, fields: Iterable[Field]) -> int:
        """Return how many measures and sub-items of some fields are not shown."""
        return sum(self.measures.get(each.id, 0) for each in fields)


NOTHING = Withheld()


@dataclass(frozen=True)
class Redacted:
    """The public book's plan and tables, and how much they lack."""

    plan: Plan
    tables: Tables
    withheld: Withheld


def redacted(
    plan: Plan, tables: Tables, *, unit_names: bool = True, also: Collection[str] = ()
) -> Redacted:
    """Return the plan and the tables of the public book.

    Parameters
    ----------
    plan, tables
        Of an edition as it was judged.
    unit_names
        Whether units are named; else they are numbered in the plan's order. Texts that people wrote
        stay as they are.
    also
        Indicators that are internal besides: what another edition knows of them.
    """
    units = {} if unit_names else _numbered(plan.units)
    cut = _Cut(plan, {*internal_indicators(plan, tables), *also}, internal_measures(plan), units)
    return Redacted(cut.plan_left(), cut.tables_left(tables), cut.withheld())


def _numbered(units: Iterable[Unit]) -> dict[str, Unit]:
    """Return a unit without a name for each, by the id of the one that it stands for."""
    return {
        unit.id: Unit(id=f"unit-{n:02}", name=f"填报单位{n:02}", short=f"单位{n:02}")
        for n, unit in enumerate(units, start=1)
    }


@dataclass(frozen=True)
class _Cut:
    """What is taken out of a plan and its tables.

    Attributes
    ----------
    indicators, measures
        Ids of what is internal.
    units
        What units are called instead; empty: as they are.
    """

    plan: Plan
    indicators: Collection[str]
    measures: Collection[str]
    units: Mapping[str, Unit]

    @cached_property
    def goals(self) -> frozenset[str]:
        """The goals that keep clause and target only."""
        indicators = (i for i in self.plan.indicators if i.id in self.indicators)
        return frozenset(goal.id for indicator in indicators for goal in indicator.goals)

    def withheld(self) -> Withheld:
        counted = {each.id: self._internal_of(each.measures) for each in self.plan.fields}
        pages = (*self.plan.about.front, *self.plan.about.back)
        measures = {id: count for id, count in counted.items() if count}
        return Withheld(measures, len(pages) - len(public(pages)))

    def _internal_of(self, measures: Iterable[Measure]) -> int:
        return sum(id in self.measures for measure in measures for id in ids(measure))

    def plan_left(self) -> Plan:
        plan = self.plan
        pages = {"front": public(plan.about.front), "back": public(plan.about.back)}
        chapters = (
            chapter.model_copy(update={"fields": tuple(map(self._field, chapter.fields))})
            for chapter in plan.chapters
        )
        return Plan(
            about=plan.about.model_copy(update=pages),
            units=tuple(self.units.get(unit.id, unit) for unit in plan.units),
            chapters=tuple(chapters),
            notices=plan.notices,
        )

    def _field(self, whole: Field) -> Field:
        kept = (measure for measure in whole.measures if measure.id not in self.measures)
        return whole.model_copy(
            update={
                "submitting_unit": self._unit(whole.submitting_unit),
                "indicators": tuple(map(self._indicator, whole.indicators)),
                "measures": tuple(map(self._measure, kept)),
            }
        )

    def _indicator(self, indicator: Indicator) -> Indicator:
        own = self._of_unit(indicator)
        return _without_values(own) if own.id in self.indicators else own

    def _measure(self, measure: Measure) -> Measure:
        kept = tuple(item for item in measure.sub_items if item.id not in self.measures)
        return self._of_unit(measure.model_copy(update={"sub_items": kept}))

    def _of_unit(self, item: Item) -> Item:
        own = item.submitting_unit
        return item.model_copy(update={"submitting_unit": own and self._unit(own)})

    def _unit(self, id: str) -> str:
        return self.units[id].id if id in self.units else id

    def tables_left(self, tables: Tables) -> Tables:
        rows, both = TableRows(tables), {*self.indicators, *self.measures}
        revised = (row for row in rows.revisions if row.old_value is None)
        newer = {(row.indicator_id, row.time_period): row.vintage for row in revised}
        untold = self.goals | changed_from_internal(self.plan, rows)
        then = [self._verdict_then(row, newer) for row in rows.history]
        silent = {(row.goal_id, row.edition.base) for row in then if row.reason is Reason.WITHHELD}
        hidden = Hidden(self.goals, self.measures, silent)
        followed = {name: self._public_left(name, getattr(tables, name)) for name in PUBLIC_ROWS}
        left = Tables(
            verdicts=VERDICTS.frame(map(self._verdict, rows.verdicts)),
            history=HISTORY.frame(then),
            observations=_unsourced(_less(tables.observations, "indicator_id", self.indicators)),
            measures=_less(tables.measures, "measure_id", self.measures),
            submissions=tables.submissions.assign(file="", sha256=""),
            findings=FINDINGS.frame(map(_only_counted, rows.findings)),
            revisions=_unsourced(_less(tables.revisions, "indicator_id", self.indicators)),
            corrections=public_corrections(tables.corrections, both, followed["projects"]),
            baselines=_less(tables.baselines, "indicator_id", self.indicators),
            annual_targets=_less(tables.annual_targets, "goal_id", self.goals),
            annual_verdicts=_less(tables.annual_verdicts, "goal_id", self.goals),
            commentary=COMMENTARY.frame(map(self._commentary, public(rows.commentary))),
            method_changes=self._changes_left(tables.method_changes),
            edition_corrections=self._corrections_left(tables.edition_corrections),
            editions=tables.editions,
            outlooks=OUTLOOKS.frame(
                row for row in rows.outlooks if (row.goal_id, row.edition.base) not in silent
            ),
            fans=_less(tables.fans, "goal_id", self.goals),
            what_ifs=_less(tables.what_ifs, "goal_id", self.goals),
            change_reasons=_less(tables.change_reasons, "goal_id", untold),
            change_steps=_less(tables.change_steps, "goal_id", untold),
            **followed,
            pending_tasks=tables.pending_tasks.iloc[:0],  # nobody has decided what may be shown
            alerts=ALERTS.frame(
                public_alerts(rows.alerts, hidden, set(followed["actions"]["action_id"]))
            ),
        )
        return Tables(**{name: self._units_renamed(frame) for name, frame in vars(left).items()})

    def _corrections_left(self, corrections: pd.DataFrame) -> pd.DataFrame:
        """Return what corrections say of other goals, without the names of workbooks."""
        left = _less(corrections, "goal_id", self.goals)
        said = left["reason"].map(_without_workbooks).astype(left["reason"].dtype)
        return left.assign(reason=said)

    def _public_left(self, name: str, followed: pd.DataFrame) -> pd.DataFrame:
        """Return the actions, tasks or projects that are public and about nothing hidden."""
        contract, shown = PUBLIC_ROWS[name]
        public = followed[followed["visibility"] == Visibility.PUBLIC]
        left = _less(_less(public, "goal_id", self.goals), "measure_id", self.measures)
        return contract.frame(map(shown, contract.rows(left)))

    def _changes_left(self, changes: pd.DataFrame) -> pd.DataFrame:
        """Return the changes of method but those of keys of hidden indicators and goals."""
        owners = changes["key"].str.split(".").str[0]
        hidden = [*self.indicators, *self.goals, *self.measures]
        left = changes[~owners.isin(hidden) & ~changes["goal_id"].isin(list(self.goals))]
        return left.reset_index(drop=True)

    def _verdict(self, verdict: Verdict) -> Verdict:
        """Return a hidden goal's verdict with what the plan says of it: all else stays out."""
        return self._withheld(verdict) if verdict.goal_id in self.goals else verdict

    def _verdict_then(self, verdict: Verdict, newer: Mapping[Any, Edition]) -> Verdict:
        """Return a verdict of an edition before: it may be by a value that was internal then."""
        since = newer.get((verdict.indicator_id, verdict.latest_period), verdict.edition)
        told = verdict.latest_value is None or verdict.edition >= since
        return self._verdict(verdict) if told else self._withheld(verdict)

    def _withheld(self, verdict: Verdict) -> Verdict:
        indicator = self.plan.indicator(verdict.indicator_id)
        return Verdict(
            **{name: getattr(verdict, name) for name in _OF_THE_PLAN},
            scope=indicator.scope,
            accumulation=indicator.accumulation,
            rating=Rating.NOT_ASSESSABLE,
            reason=Reason.WITHHELD,
        )

    def _commentary(self, row: CommentaryRow) -> CommentaryRow:
        """Return a commentary without the figures, among those it was written for, of others."""
        hidden = {*self.goals}
        if self._internal_of(self.plan.chapter(row.chapter).measures):
            hidden.add(MEASURES)
        figures = json.loads(row.written_for or "{}")
        kept = {id: figure for id, figure in figures.items() if id not in hidden}
        told = json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""
        return replace(row, written_for=told)

    def _units_renamed(self, frame: pd.DataFrame) -> pd.DataFrame:
        ids = {id: unit.id for id, unit in self.units.items()}
        names = {id: unit.name for id, unit in self.units.items()}
        if ids and "unit_name" in frame.columns:
            named = frame["submitting_unit"].map(names)
            frame = frame.assign(unit_name=named.fillna(frame["unit_name"]))
        columns = [column for column in _UNIT_COLUMNS if column in frame.columns]
        return frame.assign(**{column: frame[column].replace(ids) for column in columns})


_OF_THE_PLAN = (  # columns of a verdict that say what the plan and the edition say
    "goal_id",
    "indicator_id",
    "chapter",
    "field",
    "field_id",
    "name",
    "quote",
    "section",
    "unit",
    "kind",
    "direction",
    "target_low",
    "target_high",
    "comparator",
    "due",
    "submitting_unit",
    "edition",
    "demonstration",
)
_UNIT_COLUMNS = ("submitting_unit", "assessed_by", "decided_by", "author")


def _without_values(indicator: Indicator) -> Indicator:
    """Return an indicator without what tells of its values: bounds, baselines of amendments."""
    goals = []
    for goal in indicator.goals:
        amended = (change.model_copy(update={"baseline": None}) for change in goal.amendments)
        goals.append(goal.model_copy(update={"amendments": tuple(amended)}))
    changed = {"visibility": Visibility.INTERNAL, "plausible": None, "goals": tuple(goals)}
    return indicator.model_copy(update=changed)


def _less(frame: pd.DataFrame, column: str, hidden: Collection[str]) -> pd.DataFrame:
    return frame[~frame[column].isin(list(hidden))].reset_index(drop=True)


def _unsourced(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without the names of workbooks, which say who sent them and when."""
    places = ("source_file", "source_sheet", "source_cell")
    return frame.assign(**{column: "" for column in places if column in frame.columns})


def _without_workbooks(reason: str) -> str:
    """Return why a correction differs, with what was said for a workbook in place of its name."""
    parts = (re.sub(r"^[^；]+\.xlsx(?:：|$)", "", part) for part in reason.split("；"))
    return "；".join(dict.fromkeys(part or _REPORTED for part in parts)) if reason else ""


def _only_counted(finding: Finding) -> Finding:
    """Return what is needed to count a finding: it quotes cells, and they may hold anything."""
    return Finding(
        rule=finding.rule,
        severity=finding.severity,
        message="",
        edition=finding.edition,
        submitting_unit=finding.submitting_unit,
    )
