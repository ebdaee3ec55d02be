from collections.abc import Callable

import pytest

from planbook.plan import Plan
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import (
    KIND_SENTENCES,
    NOTE_SENTENCES,
    RATED_BY_SENTENCES,
    REASON_SENTENCES,
    STATUS_ORDER,
    rated_by_sentence,
    rating_rules,
)
from planbook.present.views import GoalView
from planbook.vocabulary import (
    Frequency,
    Kind,
    MeasureStatus,
    Nature,
    Note,
    RatedBy,
    Rating,
    Reason,
)
from tests.present_rows import LEVEL

MakeView = Callable[..., GoalView]


@pytest.mark.parametrize(
    ("wording", "codes"),
    [
        (KIND_SENTENCES, Kind),
        (RATED_BY_SENTENCES, RatedBy),
        (REASON_SENTENCES, Reason),
        (NOTE_SENTENCES, Note),
    ],
)
def test_every_code_has_a_sentence(wording: dict[str, str], codes: type[str]) -> None:
    assert set(wording) == set(codes)  # type: ignore[call-overload]
    assert all(text.endswith("。") for text in wording.values())


def test_every_rating_has_a_rule_with_the_plans_thresholds(plan: Plan) -> None:
    rules = rating_rules(plan)
    assert set(rules) == set(Rating) == set(RATING_ORDER)
    assert "60%" in rules[Rating.FAR_BEHIND]
    assert "95%" in rules[Rating.ON_COURSE]


def test_the_missed_year_is_told_only_where_a_goal_is_for_every_year(plan: Plan) -> None:
    assert rating_rules(plan)[Rating.FAR_BEHIND].endswith("，或者每年达标的目标已有年度未达标")
    yearly = next(goal for goal in plan.goals if goal.kind is Kind.EVERY_YEAR)
    others = [chapter for chapter in plan.chapters if yearly not in chapter.goals]
    without = Plan.model_construct(about=plan.about, units=plan.units, chapters=tuple(others))
    assert rating_rules(without)[Rating.FAR_BEHIND] == "进度不到应达进度的60%"


def test_the_legend_says_why_nothing_done_may_still_be_behind_only(plan: Plan) -> None:
    """Of two things, one due: 0.6 of it is rounded down to none, so none at all is 滞后."""
    assert "下限不足1个的，尚无1个也属此" in rating_rules(plan)[Rating.BEHIND]


def test_every_status_of_a_measure_has_its_place() -> None:
    assert set(STATUS_ORDER) == set(MeasureStatus)


@pytest.mark.parametrize(
    ("nature", "frequency", "said"),
    [
        (Nature.FLOW, Frequency.QUARTERLY, "本年累计数与按往年同期占比"),
        (Nature.COUNT_GROSS, Frequency.MONTHLY, "本年累计数与按往年同期占比"),
        (Nature.RATIO, Frequency.QUARTERLY, "本年数值与按往年同期占比"),
        (Nature.RATIO, Frequency.ANNUAL, "当年全年数与每年目标之比"),
    ],
)
def test_what_is_not_added_up_is_not_called_a_sum(
    make_view: MakeView, nature: Nature, frequency: Frequency, said: str
) -> None:
    indicator = make_view(LEVEL).indicator.model_copy(
        update={"nature": nature, "frequency": frequency}
    )
    assert said in rated_by_sentence(RatedBy.YEAR_TARGET, indicator)
