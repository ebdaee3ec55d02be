"""A plan of one goal and what was reported on it, small enough to be read in the test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import pytest

from planbook.assess.goals import assess_history
from planbook.assess.known import Known
from planbook.assess.outlook import forecast, scale, trend
from planbook.assess.outlook.parameters import Model, Spread
from planbook.facts.observations import Facts
from planbook.frames import (
    ANNUAL_TARGETS,
    ASSESSMENTS,
    BASELINES,
    CORRECTIONS,
    FINDINGS,
    HISTORY,
    OBSERVATIONS,
    REVISIONS,
    STATUS_REPORTS,
    SUBMISSIONS,
    VERDICTS,
    Verdict,
)
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan, Thresholds
from planbook.plan.cycle import QUARTERLY
from planbook.plan.plan_file import PlanFile
from planbook.vocabulary import Accumulation, Kind, Nature
from tests.present_rows import observation
from tests.scopes import SCOPES

ABOUT: dict[str, Any] = {
    "id": "small-plan",
    "title": "小方案",
    "short_title": "小方案",
    "issuer": "某办公室",
    "issued": "2025-01-01",
    "area": "全区",
    "scopes": SCOPES,
    "goal_sentence": "总体目标",
    "start": "2024-12",
    "due": "2027-12",
    "first_edition": "2025-Q1",
    "thresholds": Thresholds(on_course=0.95, far_behind=0.6),
    "approx_tolerance": 0.05,
    "small_target": 10,
    "yoy_gap": 1.0,
    "chapters": ("one",),
}
ACCUMULATION = {
    Kind.LEVEL_AT_END: Accumulation.END_OF_PERIOD,
    Kind.CUMULATIVE: Accumulation.SINCE_START,
    Kind.MILESTONE: Accumulation.STATUS,
    Kind.QUALITATIVE: Accumulation.STATUS,
}
NATURE = {
    Kind.LEVEL_AT_END: Nature.BALANCE,
    Kind.CUMULATIVE: Nature.COUNT_GROSS,
    Kind.MILESTONE: Nature.EVENT,
    Kind.QUALITATIVE: Nature.STATUS,
}


CONTRACTS = (
    OBSERVATIONS,
    STATUS_REPORTS,
    BASELINES,
    ANNUAL_TARGETS,
    ASSESSMENTS,
    SUBMISSIONS,
    FINDINGS,
    CORRECTIONS,
    REVISIONS,
)


def make_facts(**rows: Iterable[Mapping[str, Any]]) -> Facts:
    given: dict[str, Any] = {
        c.name: c.rows(c.frame(rows[c.name])) for c in CONTRACTS if rows.get(c.name)
    }
    return Facts(**given)


def observation_row(period: str, value: float | None, **columns: Any) -> dict[str, Any]:
    known: dict[str, Any] = {
        "vintage": str(QUARTERLY.containing(TimePeriod.parse(period))),
        "accumulation": "ytd",
        "obs_status": "not_sent" if value is None else "normal",
        "submitting_unit": "office",
    }
    given = float("nan") if value is None else value
    return observation("thing", period, given, **{**known, **columns})


@dataclass
class World:
    """One goal on one indicator; `values` maps a period to a value or to columns of its row."""

    kind: str = "level_at_end"
    target: float | None = 200
    values: Any = field(default_factory=dict)
    baseline: float | None = 100
    base: str = "2024-12"
    goal: dict[str, Any] = field(default_factory=dict)
    indicator: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    baselines: list[dict[str, Any]] = field(default_factory=list)
    annual_targets: dict[int, float] = field(default_factory=dict)
    assessments: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def plan(self) -> Plan:
        kind = Kind(self.kind)
        goal = {
            "id": "thing",
            "name": "某项",
            "quote": "某项达到目标",
            "section": "一",
            "plan_offset": 0,
            "kind": kind,
            "target": self.target,
            "comparator": None if kind.by_people else ">=",
            "base_period": None if kind is Kind.CUMULATIVE or kind.by_people else self.base,
            "since": "2024-12" if kind is Kind.CUMULATIVE else None,
            **self.goal,
        }
        indicator = {
            "id": "thing",
            "name": "某项",
            "unit": "亿元",
            "nature": NATURE.get(kind, Nature.FLOW),
            "accumulation": ACCUMULATION.get(kind, Accumulation.YTD),
            "frequency": "quarterly",
            "goals": [goal],
            **self.indicator,
        }
        chapter = {
            "id": "one",
            "title": "一",
            "heading": "一",
            "section": "一",
            "notebook": "one",
            "role": "cluster",
            "fields": [
                {
                    "id": "field",
                    "name": "领域",
                    "section": "一",
                    "submitting_unit": "office",
                    "indicators": [indicator],
                }
            ],
        }
        return Plan.model_validate(
            {
                "about": PlanFile(**{**ABOUT, **self.about}),
                "units": [{"id": "office", "name": "某办公室", "short": "办公室"}],
                "chapters": [chapter],
            }
        )

    @cached_property
    def facts(self) -> Facts:
        rows = self.values
        if isinstance(rows, Mapping):
            rows = [
                observation_row(period, value)
                if value is None or isinstance(value, (int, float))
                else observation_row(period, **{"value": None, **value})
                for period, value in rows.items()
            ]
        given = list(self.baselines)
        if self.baseline is not None:
            given.append({"obs_value": self.baseline})
        return make_facts(
            observations=rows,
            baselines=[
                {
                    "indicator_id": "thing",
                    "time_period": self.base,
                    "scope": "未注明",
                    "source": "公报",
                    "note": "",
                    "from_edition": "2025-Q1",
                    **row,
                }
                for row in given
            ],
            annual_targets=[
                {
                    "goal_id": "thing",
                    "year": year,
                    "target_value": value,
                    "source": "年度计划",
                    "from_edition": "2025-Q1",
                }
                for year, value in self.annual_targets.items()
            ],
            assessments=[
                {
                    "goal_id": "thing",
                    "evidence": "批复文件",
                    "assessed_by": "某办公室",
                    "assessed_on": "2026-01-10",
                    **row,
                }
                for row in self.assessments
            ],
            revisions=self.revisions,
        )

    def known(self, edition: str) -> Known:
        return Known.of(self.facts, Edition.parse(edition))

    def verdict(self, edition: str) -> dict[str, Any]:
        """Judge the goal in an edition; its row, notes as a set."""
        found = assess_history(self.plan, self.facts, [Edition.parse(edition)], demonstration=True)
        row: dict[Any, Any] = VERDICTS.frame(found).to_dict("records")[0]
        return {**row, "notes": set(row["notes"].split())}

    def history(self, *editions: str) -> pd.DataFrame:
        return HISTORY.frame(self.verdicts(*editions))

    def verdicts(self, *editions: str) -> tuple[Verdict, ...]:
        wanted = [Edition.parse(edition) for edition in editions]
        return assess_history(self.plan, self.facts, wanted, demonstration=False)


@pytest.fixture(scope="session")
def world() -> type[World]:
    return World


@pytest.fixture
def constants_of_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """The constants that the outlook's vectors were worked out with; fitting anew changes none."""
    spread = {
        "level": (Spread(5, 7, 1.13, 0, 0.5), Spread(8, 20, 1, 0.45, 0.63)),
        "year_sum": (Spread(5, 7, 0.26, 0, 0.84), Spread(8, 20, 0.34, 0.41, 0.93)),
        "remaining_sum": (Spread(5, 7, 0.78, 0, 0.18), Spread(8, 20, 0.98, 0.45, 0.27)),
    }
    flow, level = Model(0.005, 0.7, 0.6, 0.035, 0.75), Model(0.0025, 0.7, 1, 0.035, 0.75)
    short = Model(0.005, 0.4, 1, 0.05, 0.5)
    monkeypatch.setattr(scale, "SPREAD", spread)
    for module in (scale, trend):
        monkeypatch.setattr(module, "FLOW_SHORT", short)
    for name, value in (
        ("FLOW", flow),
        ("LEVEL", level),
        ("DRIFT_DOUBT", 0.5),
        ("LAST_PERIOD", 1.5),
        ("LAST_PERIOD_FACTOR", 1.2),
    ):
        monkeypatch.setattr(forecast, name, value)


@pytest.fixture(scope="session")
def thresholds() -> Thresholds:
    return Thresholds(on_course=0.95, far_behind=0.6)


@pytest.fixture(scope="session")
def facts_of() -> Any:
    """`make_facts`: rows by name, as mappings of text; what is not given is empty."""
    return make_facts


@pytest.fixture(scope="session")
def observed() -> Any:
    """`observation_row`: a whole row of observations from a period, a value and what differs."""
    return observation_row
