from typing import Any

import pandas as pd
import pytest

from planbook.frames import CORRECTIONS, FINDINGS, REVISIONS, SUBMISSIONS
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.present.quality_tables import (
    corrections_table,
    findings_table,
    punctuality_table,
    revisions_table,
)


def corrections(**known: Any) -> pd.DataFrame:
    row = {
        "correction_id": "c-1",
        "action": "override",
        "indicator_id": "software-revenue",
        "time_period": "2026-08",
        "edition": "2026-Q3",
        "expect": "拒收",
        "value": "899.2",
        "reason": "经电话核对。",
        "decided_by": "general",
        "from_edition": "2026-Q3",
    }
    return CORRECTIONS.frame([row | known])


def test_a_correction_names_indicator_period_and_who_decided(plan: Plan) -> None:
    shown = corrections_table(corrections(), plan).html()
    for words in (plan.indicator("software-revenue").name, "2026年1—8月", "899.2", "综合"):
        assert f">{words}<" in shown


def test_a_correction_without_a_value_says_what_is_done(plan: Plan) -> None:
    flagged = corrections(action="flag", value="", expect="899.2")
    assert "照用并注明存疑" in corrections_table(flagged, plan).html()


def test_a_measures_correction_names_the_measure(plan: Plan) -> None:
    measure = plan.measure("software-m02-s1")
    frame = corrections(indicator_id="software-m02-s1", time_period="", action="drop", value="")
    shown = corrections_table(frame, plan).html()
    assert f"{measure.title}：{measure.sub_items[0].name}" in shown
    assert "software-m02" not in shown


@pytest.mark.parametrize(
    ("reason", "declared", "said"),
    [
        ("年报核定。", True, "年报核定"),
        ("", False, "没有在「修订」表登记"),
        ("年报核定。", False, "年报核定；没有在「修订」表登记"),
        ("", True, "—"),
    ],
)
def test_a_revision_says_why_and_whether_it_was_declared(
    plan: Plan, reason: str, declared: bool, said: str
) -> None:
    row = {
        "indicator_id": "software-revenue",
        "time_period": "2026-06",
        "scope": "未注明",
        "vintage": "2026-Q3",
        "old_vintage": "2026-Q2",
        "old_value": 600.0,
        "new_value": 610.0,
        "declared": declared,
        "reason": reason,
        "source_file": "",
        "source_cell": "",
    }
    assert f">{said}<" in revisions_table(REVISIONS.frame([row]), plan).html()


def test_errors_stand_before_warnings(plan: Plan) -> None:
    rows = [
        dict.fromkeys(FINDINGS.columns, "")
        | {"severity": kind, "message": said, "edition": "2026-Q3"}
        for kind, said in (("warning", "第一"), ("error", "第二"), ("warning", "第三"))
    ]
    table = findings_table(FINDINGS.frame(rows), plan, Edition.parse("2026-Q3"))
    said = [row[0].content for group in table.groups for row in group.rows]
    assert said == ["第二", "第一", "第三"]


def test_only_states_that_occur_have_a_column() -> None:
    counts = dict.fromkeys(("superseded", "owed", "reported", "errors", "warnings"), 0)
    row = dict.fromkeys(SUBMISSIONS.columns, "") | counts
    frame = SUBMISSIONS.frame(
        {**row, "edition": "2026-Q3", "submitting_unit": unit, "state": state}
        for unit, state in (("a", "待报"), ("b", "已退回"), ("c", "按时"))
    )
    titles = [column.head for column in punctuality_table(frame).columns]
    assert titles == ["期号", "按时", "待报", "已退回"]
