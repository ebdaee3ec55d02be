import pytest

from planbook.plan import Plan
from planbook.present.say.sentences import RATING_ORDER
from planbook.present.say.wording import (
    KIND_SENTENCES,
    NOTE_SENTENCES,
    RATED_BY_SENTENCES,
    REASON_SENTENCES,
    STATUS_ORDER,
    rating_rules,
)
from planbook.vocabulary import Kind, MeasureStatus, Note, RatedBy, Rating, Reason


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
    rules = rating_rules(plan.thresholds)
    assert set(rules) == set(Rating) == set(RATING_ORDER)
    assert "60%" in rules[Rating.FAR_BEHIND]
    assert "95%" in rules[Rating.ON_COURSE]


def test_the_legend_says_why_nothing_done_may_still_be_behind_only(plan: Plan) -> None:
    """Of two things, one due: 0.6 of it is rounded down to none, so none at all is 滞后."""
    assert "下限不足1个的，尚无1个也属此" in rating_rules(plan.thresholds)[Rating.BEHIND]


def test_every_status_of_a_measure_has_its_place() -> None:
    assert set(STATUS_ORDER) == set(MeasureStatus)
