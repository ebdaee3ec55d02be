from typing import Any

import pandas as pd

from planbook.frames import CORRECTIONS
from planbook.plan import Plan
from planbook.present.quality_tables import corrections_table


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
