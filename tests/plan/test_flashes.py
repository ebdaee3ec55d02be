"""Months between two editions: which are collected, their order, and the book that tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.errors import ProblemsFound
from planbook.periods import Edition, FiscalYear
from planbook.plan import Plan
from planbook.plan.cycle import Cycle, CycleName, Flashes

FIRST = Edition.parse("2026-10")
MONTHLY = Cycle(flashes=Flashes.MONTHLY, flashes_from=FIRST)
ODD = Cycle(flashes=Flashes.ODD_MONTHS, flashes_from=FIRST)


def ids(editions: tuple[Edition, ...]) -> list[str]:
    return [str(edition) for edition in editions]


@pytest.mark.parametrize(
    ("cycle", "collected"),
    [
        (MONTHLY, ["2026-Q3", "2026-10", "2026-11", "2026-Q4", "2027-01", "2027-02", "2027-Q1"]),
        (ODD, ["2026-Q3", "2026-11", "2026-Q4", "2027-01", "2027-Q1"]),
        (Cycle(), ["2026-Q3", "2026-Q4", "2027-Q1"]),
    ],
)
def test_months_lie_between_editions_but_not_at_their_ends(
    cycle: Cycle, collected: list[str]
) -> None:
    rounds = cycle.rounds(Edition.parse("2026-Q3"), Edition.parse("2027-Q1"))
    assert ids(rounds) == collected == ids(tuple(sorted(rounds)))
    assert all(map(cycle.collects, rounds))


def test_rounds_end_with_a_month_where_that_is_asked() -> None:
    rounds = MONTHLY.rounds(Edition.parse("2026-Q3"), Edition.parse("2026-11"))
    assert ids(rounds) == ["2026-Q3", "2026-10", "2026-11"]


@pytest.mark.parametrize(
    ("id", "before", "told_in"),
    [
        ("2026-10", "2026-Q3", "2026-Q4"),
        ("2026-11", "2026-10", "2026-Q4"),
        ("2026-Q4", "2026-11", "2026-Q4"),
        ("2026-Q4.1", "2026-11", "2026-Q4.1"),
        ("2026-Q3", "2026-Q2", "2026-Q3"),
        ("2027-02", "2027-01", "2027-Q1"),
    ],
)
def test_each_round_has_one_before_it_and_a_book(id: str, before: str, told_in: str) -> None:
    assert str(MONTHLY.before(Edition.parse(id))) == before
    assert str(MONTHLY.told_in(Edition.parse(id))) == told_in


def test_halves_of_a_fiscal_year_have_five_months_between() -> None:
    cycle = Cycle(CycleName.HALF_YEAR, FiscalYear(4), Flashes.MONTHLY, Edition.parse("2026-04"))
    half = cycle.containing(FIRST.end)
    assert ids(cycle.rounds(half, half)) == [
        "2026-10",
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
        "2027-03H",
    ]


@pytest.mark.parametrize(
    ("cycle", "id", "said"),
    [
        (Cycle(), "2026-10", "先在 plan.yaml 写 flashes"),
        (MONTHLY, "2026-09", "自 2026-10 起"),
        (MONTHLY, "2026-12", "期末的月份并入 2026-Q4"),
        (ODD, "2026-10", "即单月"),
        (MONTHLY, "2026-H2", "应写作 2026-Q4"),
        (Cycle(CycleName.MONTH), "2026-Q4", "应写作 2026-12"),
    ],
)
def test_what_is_not_collected_is_refused_with_the_reason(cycle: Cycle, id: str, said: str) -> None:
    assert said in str(cycle.why_not_collected(Edition.parse(id)))
    assert not cycle.collects(Edition.parse(id))


def test_a_month_between_editions_is_named_where_there_is_one() -> None:
    assert str(Cycle().between(Edition.parse("2026-Q4"))) == "2026-11"  # odd, so of each choice
    assert str(Cycle().between(Edition.parse("2026-Q3"))) == "2026-07"
    assert Cycle(CycleName.MONTH).between(FIRST) is None


def test_a_month_is_no_edition_of_the_book() -> None:
    assert not MONTHLY.has(FIRST)
    assert MONTHLY.why_not(FIRST) is not None
    assert MONTHLY.why_not_collected(FIRST) is None


SOUND = {"plan.flashes": "monthly", "plan.flashes_from": "2026-10"}


@pytest.mark.parametrize(
    ("changes", "where", "fix"),
    [
        ({"plan.flashes_from": ...}, "flashes_from", "写上起始月份"),
        ({"plan.flashes_from": "2026-12"}, "flashes_from", "期末以外的月份"),
        ({"plan.flashes_from": "2026-Q4"}, "flashes_from", "期末以外的月份"),
        ({"plan.cycle": "month"}, "flashes", "删去 flashes"),
    ],
)
def test_flashes_that_cannot_be_are_refused(
    load: Callable[[dict[str, Any]], Plan], changes: dict[str, Any], where: str, fix: str
) -> None:
    typed = {key: value for key, value in (SOUND | changes).items() if value is not ...}
    with pytest.raises(ProblemsFound) as refused:
        load(typed)
    assert any(where in p.where and fix in p.fix for p in refused.value.problems)


def test_the_plans_flashes_are_those_of_its_file(load: Callable[[dict[str, Any]], Plan]) -> None:
    assert load(SOUND).cycle.is_flash(FIRST)
