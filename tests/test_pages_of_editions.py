"""What a book says of its editions when they are published, corrected and withdrawn in earnest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planbook.periods import Edition
from planbook.present.notebook.opened import OpenBook
from planbook.present.say.edition_states import correction_notice
from planbook.present.say.rating_steps import rating_steps
from planbook.present.tables.goal_record import history_table
from planbook.run.pipeline import judged_book
from tests.office import Q1, Q2
from tests.record import Checkout


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout that published its first edition, in which there are 60 firms."""
    found = Checkout(tmp_path)
    columns = "indicator_id,time_period,scope,obs_value,source,note,from_edition"
    found.write("baselines.csv", columns, "firms,2024-12,直管区,50,台账,,2026-Q1")
    found.file(Q1, 60, "2026-04-10")
    found.publish("2026-Q1")
    return found


def book(checkout: Checkout, edition: str) -> OpenBook:
    workspace, plan = checkout.opened()
    return judged_book(workspace, plan, Edition.parse(edition))


def test_the_next_edition_says_that_a_published_value_was_revised(checkout: Checkout) -> None:
    checkout.file(Q1, 70, "2026-06-10")
    checkout.file(Q2, 72, "2026-07-10")
    following = book(checkout, "2026-Q2")
    assert repr(following.quality().revised()) == (
        "本期修订以前各期的数值1个，其中已经发布的：2026年一季度1个，发布的各期保留原值。"
    )
    history = history_table(replace(following, publication=True), following.views["firms"])
    (_, own), (_, published) = (row[:2] for row in history.groups[0].rows)
    assert (own.text, own.link) == ("本期", "")
    assert published.text.startswith("已发布（2026年")
    assert published.link == "../../2026-Q1/goals/firms.html"


def test_a_correction_edition_tells_what_it_corrects_and_later_ones_that_it_did(
    checkout: Checkout,
) -> None:
    checkout.correct("2026-Q1.1")
    checkout.file(Q1, 70, "2026-06-10")
    corrected = book(checkout, "2026-Q1.1")
    assert correction_notice(corrected).startswith("本书为更正版，更正2026年一季度。")
    table = corrected.editions().corrections()
    shown = {row[0].text: (row[1].text, row[2].text) for row in table.groups[0].rows}
    assert shown[corrected.views["firms"].name] == ("60家", "70家")
    checkout.publish("2026-Q1.1")
    following = book(checkout, "2026-Q2")
    assert correction_notice(following) == ""
    told = {
        row[0].text: (row[1].text, row[3].text)
        for row in following.editions().record().groups[0].rows
    }
    assert told["2026年一季度"] == ("已更正", "由2026年一季度（更正1）更正")
    assert told["2026年一季度（更正1）"][0] == "已发布"


def test_a_changed_limit_is_a_change_of_method_of_the_next_edition(checkout: Checkout) -> None:
    checkout.edit_plan("plan", '"on_course": 0.95', '"on_course": 0.9')
    checkout.file(Q2, 72, "2026-07-10")
    following = book(checkout, "2026-Q2")
    (row,) = following.editions().methods().groups[0].rows
    assert [cell.text for cell in row[:4]] == ["达序时的下限", "2026年二季度", "0.95", "0.9"]
    assert all(step.differs for step in rating_steps(following))
