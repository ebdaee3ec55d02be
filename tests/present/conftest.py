"""The real plan with verdicts that a test writes, and the two datasets as they are judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from math import nan
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.amber import AmberSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from planbook.contract import Contract
from planbook.frames import MEASURES, VERDICTS
from planbook.periods import Edition
from planbook.plan import Plan, load_plan
from planbook.present.notebook.opened import OpenBook
from planbook.present.views import GoalView, goal_views
from planbook.run.opening import open_workspace
from planbook.run.pipeline import compute
from planbook.saved import TABLE_CONTRACTS, Tables
from planbook.vocabulary import Rating, Reason
from planbook.workspace import Dataset

ROOT = Path(__file__).resolve().parents[2]
EDITION = Edition.parse("2026-Q3")
EMPTY = {"str": "", "float64": nan, "bool": False, "int64": 0}
Changes = Mapping[str, Mapping[str, Any]]
MakeBook = Callable[..., OpenBook]


def empty_row(contract: Contract[Any], **known: Any) -> dict[str, Any]:
    return {column: EMPTY[kind] for column, kind in contract.columns.items()} | known


def verdict_row(plan: Plan, goal_id: str, **known: Any) -> dict[str, Any]:
    goal = plan.goal(goal_id)
    row = empty_row(
        VERDICTS,
        goal_id=goal_id,
        indicator_id=plan.indicator_of(goal).id,
        name=goal.name,
        kind=str(goal.kind),
        scope="未注明",
        accumulation=str(plan.indicator_of(goal).accumulation),
        edition=str(EDITION),
        rating=str(Rating.NOT_ASSESSABLE),
    )
    if "rating" not in known:
        row["reason"] = str(Reason.NO_BASELINE)
    return row | known


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(ROOT / "data" / "plan")


@pytest.fixture(scope="session")
def make_view(plan: Plan) -> Callable[..., GoalView]:
    """Return the view of one goal whose verdict has the columns given; the rest is unknown."""

    def make(goal_id: str, **known: Any) -> GoalView:
        rows = [verdict_row(plan, g.id, **(known if g.id == goal_id else {})) for g in plan.goals]
        return goal_views(plan, VERDICTS.rows(VERDICTS.frame(rows)))[goal_id]

    return make


@pytest.fixture
def make_book(plan: Plan) -> MakeBook:
    """Return a book in which nothing is known but the verdicts' columns and frames given."""

    def make(changes: Changes | None = None, **frames: Any) -> OpenBook:
        rows = [verdict_row(plan, g.id, **(changes or {}).get(g.id, {})) for g in plan.goals]
        measures = [
            empty_row(
                MEASURES,
                measure_id=measure.id,
                field_id=plan.field_of(measure).id,
                title=measure.title,
                type=measure.type,
                edition=str(EDITION),
            )
            for measure in plan.measures
        ]
        made = {name: contract.frame([]) for name, contract in TABLE_CONTRACTS.items()}
        made["verdicts"] = made["history"] = VERDICTS.frame(rows)
        made["measures"] = MEASURES.frame(measures)
        dataset = Dataset(
            name="demo",
            title="示例",
            demonstration=True,
            current_edition=EDITION,
            deadline_days=20,
        )
        return OpenBook(plan, Tables(**(made | frames)), dataset, EDITION)

    return make


@cache  # not the fixture: it forgets a dataset when the next test wants the other one
def judged(dataset: str, root: Path = ROOT) -> OpenBook:
    workspace, plan = open_workspace(dataset, root)
    edition = workspace.dataset.current_edition
    return OpenBook(plan, compute(workspace, plan, edition), workspace.dataset, edition)


@pytest.fixture(scope="session", params=["demo", "live"])
def judged_book(request: pytest.FixtureRequest) -> OpenBook:
    """Return each dataset's newest book, judged from its inputs."""
    return judged(request.param)


class Approved(AmberSnapshotExtension):
    """One file for all whole sentences, so that a change of wording is read in one place."""

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return "sentences"

    @classmethod
    def matches_test_location(
        cls, *, test_location: PyTestLocation, snapshot_location: str
    ) -> bool:
        return test_location.matches_snapshot_site(snapshot_location)


@pytest.fixture
def approved(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The sentence that stands in ``__snapshots__/sentences.ambr`` under this test's name."""
    return snapshot.use_extension(Approved)
