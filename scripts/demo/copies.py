"""The demonstration's chapters once more: new ids and names, and values of their own.

A `Copy` knows what everything is called in it; `scenario_of` puts the stories and incidents of all
copies together. The first copy is the demonstration as it is written; a `variant` other than 0
gives that one other values too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from demo.scenario import Incidents, Part, Scenario, Story, draw
from demo.series import starting_share
from planbook.plan import Plan

ONCE = "overall"  # the chapter of the overall aims is not repeated
OWN_IDS = ("id", "about", "goal", "indicator", "measure", "unit")  # keys that hold ids
PACES = (0.9, 1.1)  # another course moves at a pace between these times that of the story
COURSES = 1000  # how many of the scatter's courses there are to choose from

_Part = TypeVar("_Part", bound=Part)


@dataclass(frozen=True)
class Copy:
    """What things are called in a copy; `number` counts from 1, which is the original."""

    number: int
    variant: int
    ids: frozenset[str]  # of everything that is repeated
    names: frozenset[str]

    @property
    def is_original(self) -> bool:
        return self.number == 1

    def id(self, id: str) -> str:
        return id if self.is_original or id not in self.ids else f"{id}-{self.number}"

    def name(self, name: str) -> str:
        return name if self.is_original or name not in self.names else f"{name}（{self.number}）"

    def parts(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        """Yield the scenario's parts that are about something repeated; of the original all."""
        for part in parts:
            held = {key: getattr(part, key, "") for key in OWN_IDS}
            told = {key: self.id(id) for key, id in held.items() if id}
            if project := getattr(part, "project", ""):
                told["project"] = self.name(project)
            own = part.model_copy(update=told)
            if self.is_original or own != part:
                yield own

    def story(self, id: str, story: Story, bounds: tuple[float, float]) -> Story:
        """Return the indicator's story with a course of its own; the demonstration's as written.

        It starts where the original does, for yearly targets are set against that.
        """
        if self.is_original and not self.variant:
            return story
        drawn, (least, most) = partial(draw, self.variant, self.id(id)), PACES
        by = least + (most - least) * drawn("pace")
        first, last = (round(pace * by, 3) for pace in story.pace)
        seed = story.seed + int(COURSES * drawn("seed"))
        share = story.share or starting_share(bounds, id)
        return story.model_copy(update={"pace": (first, last), "seed": seed, "share": share})


def copies_of(plan: Plan, scenario: Scenario, times: int, variant: int) -> tuple[Copy, ...]:
    """Return `times` copies of the plan's chapters with all below them, units, actions, tasks."""
    chapters = [chapter for chapter in plan.chapters if chapter.id != ONCE]
    fields = [field for chapter in chapters for field in chapter.fields]
    indicators = [indicator for field in fields for indicator in field.indicators]
    goals = [goal for chapter in chapters for goal in chapter.goals]
    measures = [measure for chapter in chapters for measure in chapter.measures]
    items = [item for measure in measures for item in measure.sub_items]
    called = [(each.id, each.title) for each in chapters]
    called += [(each.id, each.title) for each in measures]
    for named in (fields, indicators, goals, items, plan.units):
        called += [(each.id, each.name) for each in named]
    decided = [action.id for action in scenario.actions] + [task.id for task in scenario.tasks]
    ids = frozenset([*(id for id, _ in called), *decided])
    projects = [project.project for project in scenario.projects]
    short = [unit.short for unit in plan.units]
    names = frozenset([*(name for _, name in called), *short, *projects])
    return tuple(Copy(number, variant, ids, names) for number in range(1, times + 1))


def scenario_of(scenario: Scenario, copies: Sequence[Copy]) -> Scenario:
    """Return the scenario with the stories and incidents of all copies."""
    stories = {
        copy.id(id): copy.story(id, story, scenario.starting_share)
        for copy in reversed(copies)  # what stands once has the story of the first
        for id, story in scenario.stories.items()
    }
    return scenario.model_copy(
        update={
            "stories": stories,
            "year_targets": _all(scenario.year_targets, copies),
            "verdicts": _all(scenario.verdicts, copies),
            "incidents": _incidents(scenario.incidents, copies),
            "actions": _all(scenario.actions, copies),
            "tasks": _all(scenario.tasks, copies),
            "proposals": _all(scenario.proposals, copies),
            "projects": _all(scenario.projects, copies),
            "without_tasks": tuple(c.id(id) for c in copies for id in scenario.without_tasks),
        }
    )


def _all(parts: Sequence[_Part], copies: Sequence[Copy]) -> tuple[_Part, ...]:
    return tuple(part for copy in copies for part in copy.parts(parts))


def _incidents(incidents: Incidents, copies: Sequence[Copy]) -> Incidents:
    return incidents.model_copy(
        update={
            "absent": _all(incidents.absent, copies),
            "late": _all(incidents.late, copies),
            "sent_twice": _all(incidents.sent_twice, copies),
            "cells": _all(incidents.cells, copies),
            "internal": _all(incidents.internal, copies),
            "periods": _all(incidents.periods, copies),
            "changes": _all(incidents.changes, copies),
            "silent": {c.id(id): since for c in copies for id, since in incidents.silent.items()},
            "repeated": {c.id(id): of for c in copies for id, of in incidents.repeated.items()},
        }
    )
