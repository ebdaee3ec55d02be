"""What some editions of a small plan knew, written in a test, and the warnings that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from planbook.assess.alerts.alert_history import assess_alerts
from planbook.assess.goals import assess_history
from planbook.assess.measures import assess_measures
from planbook.facts.observations import Facts
from planbook.frames import MeasureRow, RevisionRow, StatusReportRow, SubmissionRow, Verdict
from planbook.outlook_frames import OutlookRow
from planbook.periods import Edition, TimePeriod
from planbook.plan import Plan
from planbook.vocabulary import MeasureStatus, Rating, SubmissionState
from planbook.watch_frames import ActionRow, AlertRow
from tests import office
from tests.assess.conftest import make_facts
from tests.present_rows import observation, outlook


def _of_yearly_totals() -> Plan:
    """Return the office's plan with a yearly total and a growth as goals on its revenue.

    Its share is one of the end of each quarter.
    """
    content = office.PLAN.model_dump()
    revenue = content["chapters"][0]["fields"][0]["indicators"][0]
    total = {**revenue["goals"][0], "kind": "annual_flow"}
    growth = {**total, "id": "revenue-growth", "kind": "cagr", "target": 20.0}
    revenue["goals"] = [total, growth]
    share = content["chapters"][0]["fields"][0]["indicators"][3]
    share |= {"accumulation": "end_of_period", "frequency": "quarterly", "reported_in": None}
    return Plan.model_validate(content)


PLAN = _of_yearly_totals()
EDITIONS = Q1, Q2, Q3, Q4 = tuple(Edition.parse(f"2026-Q{n}") for n in (1, 2, 3, 4))
BLANK = {
    (row.edition, row.goal_id): row
    for row in assess_history(PLAN, Facts(), EDITIONS, demonstration=True)
}
Rated = Rating | Mapping[str, Any]  # a rating, or columns of a verdict


@dataclass
class Watched:
    """What was known of a plan, by edition in order; what is not given is empty.

    Attributes
    ----------
    ratings, likelihoods
        By goal, one an edition from the first; `None`: nothing said.
    statuses
        By measure, status and progress an edition; `None`: not reported.
    states
        By unit.
    values
        By indicator, value by period, all known from the first edition.
    annual_targets
        By goal and year, all known from the first edition.
    """

    plan: Plan = PLAN
    ratings: Mapping[str, Sequence[Rated]] = field(default_factory=dict)
    likelihoods: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    statuses: Mapping[str, Sequence[tuple[str, str] | None]] = field(default_factory=dict)
    states: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    annual_targets: Mapping[tuple[str, int], float] = field(default_factory=dict)
    revisions: Sequence[RevisionRow] = ()
    actions: Mapping[Edition, Sequence[ActionRow]] = field(default_factory=dict)

    def alerts(self, upto: Edition = Q3, **record: Any) -> tuple[AlertRow, ...]:
        """Return the warnings of every edition up to one."""
        return assess_alerts(
            self.plan,
            self.facts,
            upto,
            history=[row for row in self.history if row.edition.base <= upto.base],
            outlooks=[row for row in self.outlooks if row.edition.base <= upto.base],
            measures_of=self.measures_of,
            actions_of=lambda edition: self.actions.get(edition, ()),
            **record,
        )

    def rules(self, upto: Edition = Q3) -> list[str]:
        """Return the ids of the rules that warn in the newest edition."""
        return [row.alert_rule.value for row in self.alerts(upto) if row.edition == upto]

    @cached_property
    def facts(self) -> Facts:
        facts = make_facts(
            observations=[
                observation(indicator, period, value, vintage="2026-Q1", accumulation="ytd")
                for indicator, values in self.values.items()
                for period, value in values.items()
            ],
            annual_targets=[
                {
                    "goal_id": goal,
                    "year": year,
                    "target_value": target,
                    "source": "年度计划",
                    "from_edition": "2026-Q1",
                }
                for (goal, year), target in self.annual_targets.items()
            ],
        )
        return replace(
            facts,
            revisions=tuple(self.revisions),
            submissions=tuple(
                submitted(unit, edition, *state.split("/"))
                for unit, states in self.states.items()
                for edition, state in zip(EDITIONS, states, strict=False)
            ),
            status_reports=tuple(
                StatusReportRow(
                    measure_id=id,
                    vintage=edition,
                    status=MeasureStatus(told[0]),
                    progress=told[1],
                    completed_on="",
                    submitting_unit="office",
                    source_file="",
                    source_sheet="",
                    source_cell="",
                )
                for id, reports in self.statuses.items()
                for edition, told in zip(EDITIONS, reports, strict=False)
                if told is not None
            ),
        )

    @cached_property
    def history(self) -> list[Verdict]:
        said = {
            (edition, goal): {"rating": rated} if isinstance(rated, Rating) else dict(rated)
            for goal, ratings in self.ratings.items()
            for edition, rated in zip(EDITIONS, ratings, strict=False)
        }
        silent = {"rating": Rating.ON_COURSE, "reason": None}
        return [
            replace(row, **{**silent, **said.get((row.edition, row.goal_id), {})})
            for row in BLANK.values()
        ]

    @cached_property
    def outlooks(self) -> list[OutlookRow]:
        return [
            outlook(goal, edition, **({"p_met": said} if isinstance(said, float) else said))
            for goal, likelihoods in self.likelihoods.items()
            for edition, said in zip(EDITIONS, likelihoods, strict=False)
            if said is not None
        ]

    def measures_of(self, edition: Edition) -> tuple[MeasureRow, ...]:
        return assess_measures(self.plan, self.facts, edition, demonstration=True)


def submitted(unit: str, edition: Edition, state: str, owed: str = "1") -> SubmissionRow:
    return SubmissionRow(
        edition=edition,
        submitting_unit=unit,
        unit_name=unit,
        state=SubmissionState(state),
        deadline="",
        received_on="",
        file="",
        sha256="",
        superseded=0,
        owed=int(owed),
        reported=0,
        errors=0,
        warnings=0,
    )


def revised(indicator: str, period: str, old: float, new: float, edition: Edition) -> RevisionRow:
    return RevisionRow(
        indicator_id=indicator,
        time_period=TimePeriod.parse(period),
        scope="未注明",
        vintage=edition,
        old_vintage=edition.plus(-1),
        old_value=old,
        new_value=new,
        declared=False,
        reason="",
        source_file="",
        source_cell="",
    )
