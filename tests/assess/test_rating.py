from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.assess.rating import WORST_TO_BEST, assessed_rating, at_best, rating
from planbook.plan import Thresholds
from planbook.vocabulary import Rating, Reason

THRESHOLDS = Thresholds(on_course=0.95, far_behind=0.6)


def by_pace(pace: float | None) -> Rating:
    return rating(pace=pace, met=False, adverse=False, due_passed=False, thresholds=THRESHOLDS)


@pytest.mark.parametrize(
    ("pace", "word"),
    [
        (-math.inf, Rating.REVERSING),
        (-0.001, Rating.REVERSING),
        (0.0, Rating.FAR_BEHIND),
        (0.5999, Rating.FAR_BEHIND),
        (0.6, Rating.BEHIND),
        (0.9499, Rating.BEHIND),
        (0.95, Rating.ON_COURSE),
        (0.1 * 9.5, Rating.ON_COURSE),  # 0.9500000000000001
        (0.9499999999999998, Rating.ON_COURSE),  # noise of arithmetic, not a pace below the limit
        (-1e-17, Rating.FAR_BEHIND),
        (math.inf, Rating.ON_COURSE),
        (None, Rating.NOT_ASSESSABLE),
        (math.nan, Rating.NOT_ASSESSABLE),
    ],
)
def test_a_pace_of_exactly_the_limit_gets_the_better_word(pace: float | None, word: Rating) -> None:
    assert by_pace(pace) is word


@given(st.lists(st.floats(allow_nan=False), min_size=2, max_size=8))
def test_a_higher_pace_is_never_rated_worse(paces: list[float]) -> None:
    words = [WORST_TO_BEST.index(by_pace(pace)) for pace in sorted(paces)]
    assert all(low <= high for low, high in pairwise(words))


@given(st.one_of(st.none(), st.floats()), st.booleans())
def test_met_needs_no_pace(pace: float | None, adverse: bool) -> None:
    word = rating(pace=pace, met=True, adverse=adverse, due_passed=False, thresholds=THRESHOLDS)
    assert word is (Rating.MET_UNSTEADY if adverse else Rating.MET)


@given(st.one_of(st.none(), st.floats()), st.booleans(), st.booleans())
def test_from_the_due_date_on_there_is_only_met_or_missed(
    pace: float | None, met: bool, adverse: bool
) -> None:
    word = rating(pace=pace, met=met, adverse=adverse, due_passed=True, thresholds=THRESHOLDS)
    assert word is (Rating.MET if met else Rating.MISSED)


def test_other_thresholds_give_other_words() -> None:
    loose = Thresholds(on_course=0.8, far_behind=0.3)
    word = rating(pace=0.85, met=False, adverse=False, due_passed=False, thresholds=loose)
    assert word is Rating.ON_COURSE


def test_a_cap_lowers_a_rating_and_never_raises_it() -> None:
    assert at_best(Rating.ON_COURSE, Rating.FAR_BEHIND) is Rating.FAR_BEHIND
    assert at_best(Rating.REVERSING, Rating.FAR_BEHIND) is Rating.REVERSING
    assert at_best(Rating.NOT_ASSESSABLE, Rating.FAR_BEHIND) is Rating.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("verdict", "due_passed", "word"),
    [
        ("达序时", False, Rating.ON_COURSE),
        ("已达成", False, Rating.MET),
        ("已达成", True, Rating.MET),
        ("达成待稳", False, Rating.MET_UNSTEADY),
        ("达成待稳", True, Rating.NOT_ASSESSABLE),  # neither met nor missed for good
        ("未达成", True, Rating.MISSED),
        ("达序时", True, Rating.NOT_ASSESSABLE),  # a word of progress no longer answers
        ("无法判定", False, Rating.NOT_ASSESSABLE),
        (None, False, Rating.NOT_ASSESSABLE),
        (None, True, Rating.NOT_ASSESSABLE),
    ],
)
def test_the_word_of_people_is_taken_over(
    verdict: str | None, due_passed: bool, word: Rating
) -> None:
    found, reason = assessed_rating(verdict, due_passed=due_passed)
    assert found is word
    assert (reason is Reason.AWAITING_ASSESSMENT) == (word is Rating.NOT_ASSESSABLE)


def test_a_verdict_that_is_no_rating_is_an_error() -> None:
    with pytest.raises(ValueError, match="较好"):
        assessed_rating("较好", due_passed=False)
