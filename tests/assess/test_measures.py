"""Where a measure stands in an edition."""

from __future__ import annotations

from typing import Any

import pytest

from planbook.assess.measures import assess_measures
from planbook.frames import MEASURES
from planbook.periods import Edition
from planbook.plan import Plan


@pytest.fixture
def stand(world: Any, facts_of: Any) -> Any:
    """Return the rows of a measure and its sub-item by id after reports (id, edition, status)."""

    def judge(pattern: str, edition: str, *reports: tuple[str, str, str]) -> dict[str, Any]:
        bare: Plan = world().plan
        measure = {
            "id": "m01",
            "title": "建设平台",
            "quote": "建设平台",
            "section": "一",
            "plan_offset": 0,
            "type": "platform",
            "pattern": pattern,
            "sub_items": [{"id": "m01-s1", "name": "平台甲"}],
        }
        data = bare.model_dump()
        data["chapters"][0]["fields"][0]["measures"] = [measure]
        plan = Plan.model_validate(data)
        rows = [
            {
                "measure_id": name,
                "vintage": vintage,
                "status": status,
                "progress": f"{vintage}进展",
                "completed_on": "",
                "submitting_unit": "office",
                "source_file": "",
                "source_sheet": "",
                "source_cell": "",
            }
            for name, vintage, status in reports
        ]
        facts = facts_of(status_reports=rows)
        found = assess_measures(plan, facts, Edition.parse(edition), demonstration=False)
        frame = MEASURES.frame(found)
        return {row["measure_id"]: row for row in frame.to_dict("records")}

    return judge


def test_a_status_holds_until_the_next_report_and_is_stale_meanwhile(stand: Any) -> None:
    row = stand("deliverable", "2025-Q3", ("m01", "2025-Q1", "推进中"))["m01"]
    assert (row["status"], row["progress"]) == ("推进中", "2025-Q1进展")
    assert (row["last_reported"], row["stale"]) == ("2025-Q1", True)
    assert row["previous_status"] == "推进中"


def test_a_status_counts_since_it_was_first_given_without_a_break(stand: Any) -> None:
    row = stand(
        "deliverable",
        "2026-Q1",
        ("m01", "2025-Q1", "推进中"),
        ("m01", "2025-Q2", "受阻"),
        ("m01", "2025-Q4", "推进中"),
        ("m01", "2026-Q1", "推进中"),
    )["m01"]
    assert row["status_since"] == "2025-Q4"
    assert not row["stale"]


def test_the_status_before_is_that_of_the_edition_before(stand: Any) -> None:
    reports = (("m01", "2025-Q1", "推进中"), ("m01", "2025-Q3", "已完成"))
    assert stand("deliverable", "2025-Q3", *reports)["m01"]["previous_status"] == "推进中"
    assert stand("deliverable", "2025-Q1", *reports)["m01"]["previous_status"] == ""


def test_a_later_report_does_not_change_a_past_edition(stand: Any) -> None:
    reports = (("m01", "2025-Q1", "推进中"), ("m01", "2025-Q3", "已完成"))
    assert stand("deliverable", "2025-Q2", *reports)["m01"]["status"] == "推进中"


def test_what_was_done_last_year_says_nothing_of_this_year(stand: Any) -> None:
    reports = (("m01", "2025-Q4", "本年已开展"),)
    assert stand("recurring", "2025-Q4", *reports)["m01"]["status"] == "本年已开展"
    row = stand("recurring", "2026-Q1", *reports)["m01"]
    assert (row["status"], row["status_since"], row["progress"]) == ("", "", "")
    assert (row["last_reported"], row["stale"]) == ("2025-Q4", True)
    assert row["previous_status"] == "本年已开展"


def test_a_recurring_measure_holds_within_its_year(stand: Any) -> None:
    row = stand("recurring", "2025-Q4", ("m01", "2025-Q2", "本年已开展"))["m01"]
    assert (row["status"], row["status_since"]) == ("本年已开展", "2025-Q2")


def test_a_measure_never_reported_has_no_status(stand: Any) -> None:
    row = stand("continuous", "2025-Q2")["m01"]
    assert (row["status"], row["last_reported"], row["stale"]) == ("", "", True)


def test_a_blank_status_is_no_report(stand: Any) -> None:
    reports = (("m01", "2025-Q1", "推进中"), ("m01", "2025-Q2", ""))
    row = stand("continuous", "2025-Q2", *reports)["m01"]
    assert (row["status"], row["last_reported"]) == ("推进中", "2025-Q1")


def test_a_sub_item_stands_on_its_own_below_its_measure(stand: Any) -> None:
    rows = stand(
        "deliverable", "2025-Q1", ("m01", "2025-Q1", "推进中"), ("m01-s1", "2025-Q1", "已完成")
    )
    assert list(rows) == ["m01", "m01-s1"]
    part = rows["m01-s1"]
    assert (part["parent_id"], part["title"], part["status"]) == ("m01", "平台甲", "已完成")
    assert (rows["m01"]["parent_id"], rows["m01"]["status"]) == ("", "推进中")


def test_in_a_correction_edition_the_report_of_its_quarter_is_not_stale(stand: Any) -> None:
    row = stand("deliverable", "2025-Q1.1", ("m01", "2025-Q1", "推进中"))["m01"]
    assert not row["stale"]
