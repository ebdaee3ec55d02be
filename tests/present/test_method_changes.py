import pytest

from planbook.edition_frames import MethodChangeRow
from planbook.periods import Edition
from planbook.plan import Plan
from planbook.plan.parts import Goal, Indicator
from planbook.plan.plan_changes import _JUDGE_NOTHING, _OF_ALL
from planbook.present.say.method_changes import (
    KEY_WORDS,
    changed_words,
    concerned,
    now_words,
    was_words,
)
from planbook.vocabulary import Comparator, Kind


def changed(
    key: str, was: str = "1", now: str = "2", goal: str = "", of: str = "plan"
) -> MethodChangeRow:
    return MethodChangeRow(
        edition=Edition.parse("2026-Q3"), changed_in=of, key=key, goal_id=goal, was=was, now=now
    )


def test_every_key_that_judges_has_a_word(plan: Plan) -> None:
    own = {key for record in (Goal, Indicator) for key in record.model_fields} - _JUDGE_NOTHING
    limits = {f"thresholds.{name}" for name, _ in plan.thresholds}
    limits |= {f"alerts.{name}" for name, _ in plan.about.alerts}
    assert own | limits | (set(_OF_ALL) - {"thresholds", "alerts"}) <= set(KEY_WORDS)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (changed("thresholds.far_behind", "0.6", "0.5"), ("严重滞后的上限", "0.6", "0.5")),
        (changed("approx_tolerance", "0.05", "0.04"), ("「约」「左右」的允许误差", "5%", "4%")),
        (
            changed("green-loans.comparator", ">=", ">", "green-loans"),
            ("绿色贷款余额：达标条件", Comparator.AT_LEAST.label, Comparator.ABOVE.label),
        ),
        (
            changed("green-loans.target_high", "", "9", "green-loans"),
            ("绿色贷款余额：目标上限", "无", "9"),
        ),
        (
            changed("indicators.green-loans.reported_in", "[1, 2]", "[1]"),
            ("绿色贷款余额：报送的期次", "1、2", "1"),
        ),
        (changed("new-goal", "", "新目标", "new-goal"), ("新目标：增加目标", "无", "无")),
        (changed("old-goal", "旧目标", "", "old-goal"), ("旧目标：取消目标", "无", "无")),
        (
            changed("2", "", "推算改用三年的占比", of="code"),
            ("评定规则", "无", "推算改用三年的占比"),
        ),
        (
            changed(
                "green-loans.amendments",
                "",
                '[{"from_edition": "2026-Q3", "target": 120, "source": "文件"}]',
                "green-loans",
            ),
            ("绿色贷款余额：目标调整", "无", "自2026年三季度起目标值为120"),
        ),
    ],
    ids=lambda value: value.key if isinstance(value, MethodChangeRow) else "",
)
def test_a_change_is_told_in_words(
    plan: Plan, row: MethodChangeRow, said: tuple[str, str, str]
) -> None:
    assert (changed_words(plan, row), was_words(row), now_words(row)) == said


def test_it_says_which_goals_it_concerns(plan: Plan) -> None:
    by_numbers = [goal for goal in plan.goals if not goal.kind.by_people]
    assert list(concerned(plan, changed("thresholds.on_course"))) == by_numbers
    assert list(concerned(plan, changed("2", of="code"))) == by_numbers
    every_year = concerned(plan, changed("thresholds.every_year"))
    assert {goal.kind for goal in every_year} == {Kind.EVERY_YEAR}
    about = concerned(plan, changed("approx_tolerance"))
    assert {goal.comparator for goal in about} == {Comparator.ABOUT}
    family = concerned(plan, changed("indicators.software-revenue.lag_months"))
    assert [goal.id for goal in family] == ["software-revenue", "software-revenue-cagr"]
    assert [g.id for g in concerned(plan, changed("ufi-events.target", goal="ufi-events"))] == [
        "ufi-events"
    ]
    assert concerned(plan, changed("yoy_gap")) == ()
    assert concerned(plan, changed("alerts.revision")) == ()
    assert concerned(plan, changed("measures.software-m01.pattern")) == ()


def test_a_key_or_word_that_is_known_no_more_stands_as_it_was_written(plan: Plan) -> None:
    of_goal = changed("green-loans.gone", goal="green-loans")
    assert changed_words(plan, of_goal) == "绿色贷款余额：gone"
    assert changed_words(plan, changed("indicators.green-loans.gone")) == "绿色贷款余额：gone"
    assert changed_words(plan, changed("thresholds.gone")) == "thresholds.gone"
    assert changed_words(plan, changed("gone")) == "gone"
    assert (was_words(changed("gone")), concerned(plan, changed("gone")) != ()) == ("1", True)
    assert was_words(changed("green-loans.kind", "bygone", "x", "green-loans")) == "bygone"
