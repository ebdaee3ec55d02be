from __future__ import annotations

import pytest

from planbook.collect.read.plain_words import _SAID_AS, meant_by
from planbook.vocabulary import STATUSES, Pattern, ReleaseStage, YoyType


@pytest.mark.parametrize(
    ("text", "word"),
    [("进行中", "推进中"), ("已完结", "已完成"), ("推进中。", "推进中"), ("已 完成", "已完成")],
)
def test_a_word_with_one_meaning_is_read(text: str, word: str) -> None:
    assert meant_by(text, STATUSES[Pattern.DELIVERABLE]) == word


@pytest.mark.parametrize("text", ["基本完成", "已完成（80%）", "暂停", "√", "", "推进中，受阻"])
def test_a_word_that_could_mean_more_is_not(text: str) -> None:
    assert meant_by(text, STATUSES[Pattern.DELIVERABLE]) == ""


def test_a_word_counts_only_where_it_is_allowed() -> None:
    assert meant_by("已完结", STATUSES[Pattern.CONTINUOUS]) == ""
    assert meant_by("未开展", STATUSES[Pattern.RECURRING]) == "本年未开展"
    assert meant_by("未开展", STATUSES[Pattern.DELIVERABLE]) == ""
    assert meant_by("同口径", tuple(YoyType)) == "可比口径"
    assert meant_by("预计", tuple(ReleaseStage)) == "估计"


def test_no_way_of_saying_it_means_two_words() -> None:
    ways = [way for said in _SAID_AS.values() for way in said]
    assert len(set(ways)) == len(ways)
    assert not set(ways) & set(_SAID_AS)
