"""The demonstration's inputs beside the workbooks: baselines, yearly targets, verdicts, actions.

Each function returns the frame of one file. Baselines follow one documented rule and name it as
their source, so that nobody can take them for real ones.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from demo.forms import Desk
from demo.scenario import Story
from demo.series import Series
from planbook.frames import ANNUAL_TARGETS, ASSESSMENTS, BASELINES
from planbook.periods import TimePeriod
from planbook.vocabulary import Accumulation, Visibility
from planbook.watch_frames import ACTION_DECISIONS

SOURCE = "示例数据：按固定规则由目标值推算，不是真实基数"
TARGET_SOURCE = "示例数据：虚拟的年度工作任务"
BY_HASH = "基期值按目标值的一定比例设定，比例由指标编号得出"
BY_SHARE = "基期值按目标值的一定比例设定"
BY_NUMBER = "基期值为任意设定的整数"


def baselines(desk: Desk) -> pd.DataFrame:
    """Return BASELINES: the start of every series that has one, and of a flow the year before."""
    first = desk.scenario.editions.first
    rows: list[dict[str, Any]] = []
    for series in desk.series.values():
        story, indicator = series.story, series.indicator
        if not story.baseline or indicator.accumulation is Accumulation.SINCE_START:
            continue
        known_from = [first]
        if story.scopes is not None and story.scopes.baseline_too:
            known_from.append(story.scopes.from_edition)
        rows += [
            {
                "indicator_id": indicator.id,
                "time_period": str(period),
                "scope": story.scope(edition, indicator.scope),
                "obs_value": series.known(period, edition),
                "source": SOURCE,
                "note": _rule(story),
                "from_edition": str(edition),
            }
            for period in _base_periods(series)
            for edition in known_from
        ]
    return BASELINES.frame(rows)


def _base_periods(series: Series) -> tuple[TimePeriod, ...]:
    wanted = {goal.base_period for goal in series.indicator.goals if goal.base_period}
    if series.indicator.accumulation is Accumulation.YTD:
        wanted.add(series.plan.start)
    return tuple(sorted(wanted))


def _rule(story: Story) -> str:
    if story.share is not None or story.years:
        return BY_SHARE
    return BY_NUMBER if story.start is not None or story.steps or story.quarters else BY_HASH


def annual_targets(desk: Desk) -> pd.DataFrame:
    """Return ANNUAL_TARGETS: the yearly targets of the scenario."""
    rows = []
    for wanted in desk.scenario.year_targets:
        goal = desk.plan.goal(wanted.goal)
        if goal.target is None:
            raise ValueError(f"{goal.id}: no number to take a share of")
        decimals = desk.plan.indicator_of(goal).decimals
        rows.append(
            {
                "goal_id": goal.id,
                "year": wanted.year,
                "target_value": round(goal.target * wanted.share, decimals),
                "source": TARGET_SOURCE,
                "from_edition": str(wanted.from_edition),
            }
        )
    return ANNUAL_TARGETS.frame(rows)


def assessments(desk: Desk) -> pd.DataFrame:
    """Return ASSESSMENTS: the scenario's verdicts, dated a fortnight after the quarter's end."""
    rows = []
    for verdict in desk.scenario.verdicts:
        end = verdict.edition.end.plus(1)
        rows.append(
            {
                "goal_id": verdict.goal,
                "edition": str(verdict.edition),
                "verdict": verdict.verdict.value,
                "evidence": verdict.evidence,
                "assessed_by": desk.plan.unit_of(desk.plan.goal(verdict.goal)).id,
                "assessed_on": dt.date(end.year, end.month, 15).isoformat(),
            }
        )
    return ASSESSMENTS.frame(rows)


def action_decisions(desk: Desk) -> pd.DataFrame:
    """Return ACTION_DECISIONS: what meetings decided, row by row as the office would add them."""
    rows = [
        {
            "action_id": action.id,
            "goal_id": action.goal,
            "measure_id": action.measure,
            "alert_rule": action.rule,
            "task": action.task,
            "submitting_unit": action.unit,
            "due_month": str(decision.due),
            "decided_in": decision.decided_in,
            "closure": decision.closure,
            "visibility": Visibility.PUBLIC if action.public else Visibility.INTERNAL,
            "from_edition": str(decision.from_edition),
        }
        for action in desk.scenario.actions
        for decision in action.decided
    ]
    return ACTION_DECISIONS.frame(rows)
