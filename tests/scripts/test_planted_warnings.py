"""The demonstration's newest edition warns of what was planted in it, and of little else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from planbook.present.notebook.opened import OpenBook
from planbook.present.say.alert_sentences import alert_sentence
from planbook.watch_frames import AlertRow
from planbook.yamlfile import read_yaml
from tests.present.conftest import judged

SCENARIO = Path(__file__).resolve().parents[2] / "scripts" / "demo" / "scenario.yaml"
BY_CHANCE = 0.1  # of the warnings may be of what nobody planted
Warned = tuple[str, str]  # the rule, and the goal, measure or unit


@pytest.fixture(scope="module")
def planted() -> set[Warned]:
    content, problems = read_yaml(SCENARIO, SCENARIO.name)
    assert isinstance(content, Mapping)
    assert not problems
    return {(each["rule"], each["on"]) for each in content["planted"]}


@pytest.fixture(scope="module")
def demo() -> OpenBook:
    return judged("demo")


def newest(book: OpenBook) -> list[AlertRow]:
    return [row for row in book.rows.alerts if row.edition == book.edition]


def warned(row: AlertRow) -> Warned:
    return row.alert_rule.value, row.goal_id or row.measure_id or row.submitting_unit


def test_every_planted_case_is_found(demo: OpenBook, planted: set[Warned]) -> None:
    assert sorted(planted - {warned(row) for row in newest(demo)}) == []


def test_at_most_one_warning_in_ten_came_about_by_chance(
    demo: OpenBook, planted: set[Warned]
) -> None:
    found = [warned(row) for row in newest(demo)]
    others = sorted(each for each in found if each not in planted)
    assert len(others) <= BY_CHANCE * len(found), others


def test_every_warning_of_every_edition_can_be_said(demo: OpenBook) -> None:
    said = {(row.edition, alert_sentence(demo, row)) for row in demo.rows.alerts}
    assert len(said) == len(demo.rows.alerts)
