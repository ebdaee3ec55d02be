"""A plan of one office and its workbooks, small enough to be read in a test.

The office owes in every quarter `revenue` (year to date), `firms` (end of period) and `added`
(since the start), and in first quarters `share` (a yearly percentage). `other` is another unit's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from planbook.collect.file_names import submission_name
from planbook.collect.form import template
from planbook.collect.form.blank import blank_form
from planbook.collect.form.form import Form, RevisionLine, SignOff
from planbook.collect.read.submission import Submission
from planbook.collect.read.workbook_reader import read_submission
from planbook.periods import Edition
from planbook.plan import Plan, Thresholds
from planbook.plan.plan_file import PlanFile
from planbook.workspace import Dataset
from tests.scopes import SCOPES

DATASET = Dataset(
    name="demo",
    title="示例",
    demonstration=True,
    current_edition=Edition.parse("2026-Q3"),
    deadline_days=20,
)
Q1, Q2, Q3 = Edition.parse("2026-Q1"), Edition.parse("2026-Q2"), Edition.parse("2026-Q3")


def _indicator(id: str, name: str, unit: str, accumulation: str, **keys: Any) -> dict[str, Any]:
    goal = {
        "id": id,
        "name": name,
        "quote": f"{name}达到目标",
        "section": "一",
        "plan_offset": 0,
        "kind": "level_at_end",
        "target": 100,
        "comparator": ">=",
        "base_period": "2024-12",
        **keys.pop("goal", {}),
    }
    return {
        "id": id,
        "name": name,
        "unit": unit,
        "nature": "balance",
        "accumulation": accumulation,
        "frequency": "quarterly",
        "goals": [goal],
        **keys,
    }


def _field(id: str, unit: str, indicators: list[Any], measures: list[Any]) -> dict[str, Any]:
    return {
        "id": id,
        "name": id,
        "section": "一",
        "submitting_unit": unit,
        "indicators": indicators,
        "measures": measures,
    }


def _measure(id: str, title: str, pattern: str, *sub_items: str) -> dict[str, Any]:
    return {
        "id": id,
        "title": title,
        "quote": title,
        "section": "一",
        "plan_offset": 0,
        "type": "platform",
        "pattern": pattern,
        "sub_items": [{"id": f"{id}-s{n}", "name": s} for n, s in enumerate(sub_items, start=1)],
    }


REVENUE = _indicator(
    "revenue",
    "营业收入",
    "亿元",
    "ytd",
    nature="flow",
    frequency="monthly",
    decimals=1,
    goal={"target": 600},
)
FIRMS = _indicator("firms", "企业数量", "家", "end_of_period", nature="count_stock", scope="直管区")
ADDED = _indicator(
    "added",
    "新增企业",
    "家",
    "since_start",
    nature="count_gross",
    plausible=(0, 5000),
    goal={"kind": "cumulative", "base_period": None, "since": "2024-12"},
)
SHARE = _indicator(
    "share",
    "增加值比重",
    "%",
    "year",
    nature="ratio",
    frequency="annual",
    reported_in=(1,),
    decimals=2,
)
OTHER = _indicator("other", "别处的指标", "个", "ytd")
PLAN = Plan.model_validate(
    {
        "about": PlanFile(
            id="small",
            title="小方案",
            short_title="小方案",
            issuer="某办公室",
            issued="2025-01-01",
            area="全区",
            scopes=tuple(scope.model_copy(update={"since_break": False}) for scope in SCOPES),
            goal_sentence="总体目标",
            start="2024-12",
            due="2027-12",
            first_edition="2026-Q1",
            thresholds=Thresholds(on_course=0.95, far_behind=0.6),
            approx_tolerance=0.05,
            small_target=10,
            yoy_gap=1.0,
            chapters=("one",),
        ),
        "units": [
            {"id": "office", "name": "某办公室", "short": "办公室"},
            {"id": "bureau", "name": "某局", "short": "局"},
        ],
        "chapters": [
            {
                "id": "one",
                "title": "一",
                "heading": "一",
                "section": "一",
                "notebook": "one",
                "role": "cluster",
                "fields": [
                    _field(
                        "here",
                        "office",
                        [REVENUE, FIRMS, ADDED, SHARE],
                        [
                            _measure("build", "建设平台", "deliverable", "一期", "二期"),
                            _measure("keep", "持续服务", "continuous"),
                        ],
                    ),
                    _field("there", "bureau", [OTHER], []),
                ],
            }
        ],
    }
)

GOOD: dict[str, dict[str, Any]] = {  # what a careful office fills in
    "revenue": {"value": 321.5, "prior_value": 300.0, "yoy": 7.2, "yoy_type": "名义"},
    "firms": {"value": 88},
    "added": {"value": 12},
    "share": {"value": 61.25},
}

SIGNED = SignOff("甲某某", "乙某某", "丙某某", "023-00000000", "2026-10-10")


def filled(
    edition: Edition = Q3,
    rows: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    statuses: Mapping[str, Mapping[str, Any]] | None = None,
    revisions: tuple[RevisionLine, ...] = (),
    unit: str = "office",
) -> Form:
    """Return a form filled as `GOOD`, with `rows` and `statuses` (by id) on top."""
    form = blank_form(PLAN, unit, edition, DATASET)
    rows, statuses = rows or {}, statuses or {}
    values = tuple(
        replace(v, **{**GOOD.get(v.indicator_id, {"value": 1}), **rows.get(v.indicator_id, {})})
        for v in form.values
    )
    measures = tuple(
        replace(m, **{"status": "推进中", **statuses.get(m.measure_id, {})}) for m in form.measures
    )
    return replace(form, values=values, measures=measures, revisions=revisions, sign_off=SIGNED)


@cache
def workbook_bytes(form: Form) -> bytes:
    """Return a form's workbook, made once: hundreds of tests begin with one of a few."""
    return template.workbook_bytes(form)


def read(form: Form, *, edition: Edition | None = None, unit: str = "office") -> Submission:
    """Write a form as a workbook and read it back."""
    return read_bytes(workbook_bytes(form), edition=edition or form.edition, unit=unit)


def read_bytes(data: bytes, *, edition: Edition = Q3, unit: str = "office") -> Submission:
    return read_submission(
        data, PLAN, file=f"{unit}.xlsx", dataset=DATASET.name, edition=edition, unit_id=unit
    )


def file(folder: Path, form: Form, day: str = "2026-10-10") -> Path:
    """File a form as a received workbook below the folder of submissions."""
    data = workbook_bytes(form)
    name = submission_name(form.unit_id, dt.date.fromisoformat(day), data)
    path = folder / str(form.edition) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def rules_of(submission: Submission) -> list[tuple[str, str]]:
    """Return rule and cell of each finding."""
    return [(finding.rule, finding.cell) for finding in submission.findings]
