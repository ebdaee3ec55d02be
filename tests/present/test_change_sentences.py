"""Why a goal changed in words, and parts that add up as they are printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from planbook.present.say.change_parts import printed_change
from planbook.present.say.change_sentences import (
    REASONS,
    alone_sentence,
    change_sentence,
    counted_reasons,
    reason_group,
)
from planbook.present.views import GoalView
from planbook.vocabulary import Rating
from planbook.watch_frames import (
    ChangeFactor,
    ChangeGate,
    ChangeReasonRow,
)
from tests.present.change_rows import change, parts
from tests.present_rows import LEVEL, LEVEL_VERDICT

MakeView = Callable[..., GoalView]
FELL = change(
    new_rating=Rating.BEHIND,
    old_pace=0.981,
    new_pace=0.914,
    **parts(data=0.031, time=-0.098),
    main_factor=ChangeFactor.TIME,
    factors_alone=(ChangeFactor.TIME,),
)


@pytest.fixture
def view(make_view: MakeView) -> GoalView:
    return make_view(LEVEL, **LEVEL_VERDICT)


def test_a_change_says_what_made_it_and_what_worked_against_it(view: GoalView) -> None:
    assert change_sentence(view, FELL) == (
        "与2026年二季度相比，进度比由0.98降到0.91，主要因为时间推移（−0.10），新的数据抵回0.03，"
        "低于达序时的下限0.95，状态由达序时转为滞后。"
    )
    assert alone_sentence(FELL) == "单凭时间推移足以改变状态。"


def test_another_threshold_turns_a_rating_at_the_same_pace(view: GoalView) -> None:
    turned = change(
        old_rating=Rating.BEHIND,
        old_pace=0.96,
        new_pace=0.96,
        **parts(),
        main_factor=ChangeFactor.TARGET,
        factors_alone=(ChangeFactor.TARGET,),
    )
    assert change_sentence(view, turned) == (
        "与2026年二季度相比，进度比变化不到0.0001（为0.9600），因为目标或方法调整，"
        "达到达序时的下限0.95，状态由滞后转为达序时。"
    )
    assert reason_group(turned) == "目标或方法调整"


def test_one_reason_alone_is_all_of_it(view: GoalView) -> None:
    rose = change(old_pace=1.0, new_pace=1.2, **parts(data=0.2), main_factor=ChangeFactor.DATA)
    assert change_sentence(view, rose) == (
        "与2026年二季度相比，进度比由1.00升到1.20，全部因为新的数据，状态没有变。"
    )


GATES: list[tuple[ChangeGate, Rating, Rating, dict[str, Any]]] = [
    (ChangeGate.REPORTED, Rating.NOT_ASSESSABLE, Rating.ON_COURSE, {}),
    (ChangeGate.NOT_REPORTED, Rating.BEHIND, Rating.NOT_ASSESSABLE, {"reason": "本期未报"}),
    (ChangeGate.SCOPE, Rating.BEHIND, Rating.NOT_ASSESSABLE, {"reason": "口径不一致"}),
    (ChangeGate.SCOPE, Rating.BEHIND, Rating.ON_COURSE, {}),
    (ChangeGate.BASELINE, Rating.NOT_ASSESSABLE, Rating.ON_COURSE, {}),
    (ChangeGate.BASELINE, Rating.ON_COURSE, Rating.NOT_ASSESSABLE, {"reason": "基数待补"}),
    (ChangeGate.MET, Rating.ON_COURSE, Rating.MET, {}),
    (ChangeGate.FALLEN, Rating.MET, Rating.BEHIND, {"notes": "fallen_out"}),
    (ChangeGate.FALLEN, Rating.MET, Rating.BEHIND, {"notes": "met_before_revision"}),
    (ChangeGate.FALLEN, Rating.MET, Rating.BEHIND, {"notes": "met_before_amendment"}),
    (ChangeGate.DUE, Rating.BEHIND, Rating.MISSED, {}),
    (ChangeGate.STEADINESS, Rating.MET, Rating.MET_UNSTEADY, {"adverse": True}),
    (ChangeGate.STEADINESS, Rating.MET, Rating.MET_UNSTEADY, {}),
    (ChangeGate.STEADINESS, Rating.MET_UNSTEADY, Rating.MET, {}),
    (ChangeGate.MISSED_YEAR, Rating.BEHIND, Rating.FAR_BEHIND, {"missed_years": "2025"}),
    (ChangeGate.MISSED_YEAR, Rating.FAR_BEHIND, Rating.BEHIND, {}),
    (ChangeGate.AMOUNT_DUE, Rating.ON_COURSE, Rating.BEHIND, {}),
    (ChangeGate.ASSESSED, Rating.BEHIND, Rating.ON_COURSE, {}),
    (ChangeGate.ASSESSED, Rating.BEHIND, Rating.NOT_ASSESSABLE, {"reason": "定性目标待评定"}),
    (ChangeGate.OTHER, Rating.ON_COURSE, Rating.ON_COURSE, {}),
]


def test_every_gate_has_a_sentence_of_its_own(
    make_view: MakeView, approved: SnapshotAssertion
) -> None:
    said = [
        change_sentence(
            make_view(LEVEL, **{**LEVEL_VERDICT, "rating": str(new), **columns}),
            change(turned_by=gate, old_rating=old, new_rating=new, new_pace=0.5),
        )
        for gate, old, new, columns in GATES
    ]
    assert {gate for gate, *_ in GATES} == set(ChangeGate)
    assert len(set(said)) == len(said)
    assert "\n".join(said) == approved


@pytest.mark.parametrize(
    ("old", "new", "limit"),
    [
        (Rating.ON_COURSE, Rating.BEHIND, "低于达序时的下限0.95"),
        (Rating.ON_COURSE, Rating.FAR_BEHIND, "低于滞后的下限0.6"),
        (Rating.BEHIND, Rating.REVERSING, "低于严重滞后的下限0"),
        (Rating.REVERSING, Rating.FAR_BEHIND, "达到严重滞后的下限0"),
        (Rating.FAR_BEHIND, Rating.ON_COURSE, "达到达序时的下限0.95"),
    ],
)
def test_the_limit_that_was_crossed_is_named(
    view: GoalView, old: Rating, new: Rating, limit: str
) -> None:
    better = list(Rating).index(new) > list(Rating).index(old)
    row = change(
        old_rating=old,
        new_rating=new,
        old_pace=0.5,
        new_pace=0.7 if better else 0.3,
        **parts(data=0.2 if better else -0.2),
        main_factor=ChangeFactor.DATA,
    )
    assert f"，{limit}，状态由{old}转为{new}。" in change_sentence(view, row)


def test_whole_units_have_no_limit_of_a_pace(make_view: MakeView) -> None:
    view = make_view(LEVEL, **{**LEVEL_VERDICT, "rated_by": "whole_units"})
    assert "下限" not in change_sentence(view, FELL)


def test_paces_that_two_decimals_do_not_tell_apart_have_more(view: GoalView) -> None:
    row = change(
        old_pace=1.0541,
        new_pace=1.0502,
        **parts(data=0.1701, time=-0.174),
        main_factor=ChangeFactor.TIME,
    )
    assert "由1.054降到1.050，主要因为时间推移（−0.174），新的数据抵回0.170" in change_sentence(
        view, row
    )


PARTS = st.one_of(st.just(0.0), st.floats(-3, 3))


@given(st.floats(-3, 3), PARTS, PARTS, PARTS, PARTS)
def test_printed_parts_add_up_to_the_printed_difference(
    old: float, data: float, revision: float, time: float, target: float
) -> None:
    made = parts(data, revision, time, target)
    new = old + sum(made.values())
    row = change(old_pace=old, new_pace=new, **made)
    printed = printed_change(row)
    assert printed is not None
    if any(made.values()):
        assert printed.old + sum(printed.parts.values()) == printed.new
    for factor, part in zip(ChangeFactor, made.values(), strict=True):
        assert part or printed.parts[factor] == 0
        assert abs(printed.parts[factor] - Decimal(repr(part))) <= Decimal("0.0151")


def test_reasons_are_counted_by_what_readers_call_them() -> None:
    rows: list[ChangeReasonRow] = [
        FELL,
        FELL,
        change(turned_by=ChangeGate.REPORTED),
        change(turned_by=ChangeGate.DUE),
        change(turned_by=ChangeGate.OTHER),
    ]
    assert counted_reasons(rows) == "时间推移2项、有无数据1项、是否达标1项、其他条件1项"


def test_every_gate_and_factor_is_counted_under_a_name_with_a_letter() -> None:
    rows = [change(turned_by=gate) for gate in ChangeGate]
    rows += [change(main_factor=factor) for factor in ChangeFactor]
    assert {reason_group(row) for row in rows} == set(REASONS)
    assert len(set(REASONS.values())) == len(REASONS)


def test_what_would_have_been_enough_is_said_only_of_several(view: GoalView) -> None:
    alone: dict[str, Any] = {"old_pace": 0.98, "new_pace": 0.91, "new_rating": Rating.BEHIND}
    assert not alone_sentence(change(**alone, **parts(time=-0.07)))
    none = change(**alone, **parts(data=-0.03, time=-0.04))
    assert alone_sentence(none) == "单独一种原因都不足以改变状态。"
