"""What analysts are told of their own inputs that do not take effect as they may expect."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.input_findings import input_findings
from planbook.vocabulary import Severity


def test_a_lenient_yearly_target_is_told_with_what_the_path_demands(world: Any) -> None:
    small = world(
        annual_targets={2025: 110, 2026: 180}, indicator={"nature": "count_stock", "unit": "家"}
    )
    (finding,) = input_findings(small.plan, small.known("2025-Q3"))
    assert finding.severity is Severity.WARNING
    assert (finding.file, finding.edition) == ("annual_targets.csv", "2025-Q3")
    assert (finding.submitting_unit, finding.indicator_id) == ("", "")  # no department's mistake
    assert finding.message == (
        "「某项」2025年的年度目标110家，低于按方案路径当年年末的应达数133家。"
    )
    assert (finding.observed, finding.expected) == ("110家", "不低于133家")


@pytest.mark.parametrize(("target", "printed"), [(201, "134"), (200, "133")])
def test_what_the_path_demands_is_told_as_it_is_printed_elsewhere(
    world: Any, target: float, printed: str
) -> None:
    """A path of 133.7 is told as 134, as the goal's own page has it, though 133 is taken for it."""
    firms = {"nature": "count_stock", "unit": "家"}
    small = world(target=target, annual_targets={2025: 110}, indicator=firms)
    (finding,) = input_findings(small.plan, small.known("2025-Q3"))
    assert finding.expected == f"不低于{printed}家"
    enough = world(target=target, annual_targets={2025: 133}, indicator=firms)
    assert input_findings(enough.plan, enough.known("2025-Q3")) == []


@pytest.mark.parametrize(
    ("verdict", "edition", "told"),
    [
        ("达成待稳", "2027-Q4", True),
        ("达序时", "2028-Q1", True),
        ("达成待稳", "2027-Q3", False),
        ("已达成", "2027-Q4", False),
        ("未达成", "2027-Q4", False),
    ],
)
def test_an_assessment_that_no_longer_counts_is_told(
    world: Any, verdict: str, edition: str, told: bool
) -> None:
    milestone = world(
        "milestone",
        target=1,
        baseline=None,
        assessments=[{"edition": "2027-Q2", "verdict": verdict}],
    )
    found = input_findings(milestone.plan, milestone.known(edition))
    assert [finding.message for finding in found] == (
        [f"「某项」已到期，评定意见「{verdict}」不再有效。"] if told else []
    )
    row = milestone.verdict(edition)
    assert (row["rating"] == "无法判定") is told
    assert (row["reason"] == "定性目标待评定") is told
