"""Quotes against the plan's text and against one another."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from planbook.plan import Plan
from planbook.plan.quotes import Clause, check_quotes, clauses, contradictions

Load = Callable[[dict[str, Any]], Plan]


def text_of(plan: Plan) -> str:
    """Return a text in which each clause stands where the plan says, the overall aim at the end."""
    letters = ["。"] * 300
    for clause in clauses(plan):
        assert clause.offset is not None
        letters[clause.offset : clause.offset + len(clause.quote)] = clause.quote
    return "".join(letters) + plan.about.goal_sentence


def test_a_plan_true_to_its_text_has_no_problem(load: Load) -> None:
    plan = load({})
    assert check_quotes(plan, text_of(plan)) == []


def test_a_quote_that_stands_elsewhere_is_told_where(load: Load) -> None:
    plan = load({})
    moved = text_of(plan).replace("。建成渔港博物馆", "建成渔港博物馆。")
    (problem,) = check_quotes(plan, moved)
    assert problem.where == "town.yaml: fields[1].indicators[1].goals[0].plan_offset"
    assert problem.fix == "把 plan_offset 改为 179"


def test_a_quote_that_the_text_does_not_have_is_shown_beside_what_it_has(load: Load) -> None:
    plan = load({})
    reworded = text_of(plan).replace("整治闲置渔房", "整治闲置农房")
    (problem,) = check_quotes(plan, reworded)
    assert problem.where == "town.yaml: fields[1].measures[0].quote"
    assert "整治闲置农房" in problem.what


def test_a_quote_without_an_offset_may_stand_anywhere(load: Load) -> None:
    plan = load({"town.fields.1.indicators.1.goals.0.plan_offset": ...})
    text = "".join(f"{clause.quote:。<100}" for clause in clauses(plan))
    at = {clause.where: clause.offset for clause in clauses(plan)}
    assert at["town.yaml: fields[1].indicators[1].goals[0]"] is None

    def told(text: str) -> dict[str, str]:
        found = check_quotes(plan, text)
        return {problem.where: problem.what for problem in found}

    where = "town.yaml: fields[1].indicators[1].goals[0].quote"
    assert where not in told(text)
    assert told(text.replace("渔港博物馆", "渔业博物馆"))[where] == "引文不在原文中"


def test_the_overall_aim_is_in_the_text(load: Load) -> None:
    plan = load({})
    (problem,) = check_quotes(plan, text_of(plan).replace("活力小港", "活力大港"))
    assert problem.where == "plan.yaml: goal_sentence"


def test_another_text_than_the_one_quoted_is_noticed(load: Load) -> None:
    plan = load({"plan.text_sha256": "0" * 64})
    (problem,) = check_quotes(plan, text_of(plan))
    assert problem.where == "plan.yaml: text_sha256"


def test_quotes_that_share_words_agree_on_them() -> None:
    apart = [Clause("甲乙", 0, "a"), Clause("丙", 2, "b")]
    nested = [Clause("甲乙丙丁", 0, "a"), Clause("乙丙", 1, "b"), Clause("丁戊", 3, "c")]
    assert not list(contradictions(apart))
    assert not list(contradictions(nested))


def test_a_contradiction_is_found_across_a_shorter_quote_and_in_any_order() -> None:
    found = [Clause("甲乙丙丁", 0, "a"), Clause("乙", 1, "b"), Clause("丙戊", 2, "c")]
    for order in permutations(found):
        (problem,) = contradictions(order)
        assert problem.where == "c.quote"
        assert "「丙戊」与「丙丁」" in problem.what


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=8), st.randoms())
def test_quotes_cut_from_one_text_never_contradict(
    cuts: list[tuple[int, int]], chance: Any
) -> None:
    text = "春风又绿江南岸明月何时照我还"
    cut = [Clause(text[at : at + length], at, f"{at}-{length}") for at, length in cuts]
    chance.shuffle(cut)
    assert not list(contradictions(cut))
