from __future__ import annotations

import pytest

from planbook.collect.read.plain_words import _SAID_AS, meant_by
from planbook.vocabulary import STATUSES, Pattern, ReleaseStage, YoyType
from planbook.watch_frames import ActionStatus


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
    for kind in {type(word) for word in _SAID_AS}:  # 完成 of a measure and of an action are two
        words = [word for word in _SAID_AS if type(word) is kind]
        ways = [way for word in words for way in _SAID_AS[word]]
        assert len(set(ways)) == len(ways)
        assert not set(ways) & set(words)


def test_a_word_is_read_by_the_list_it_stands_in() -> None:
    assert meant_by("完成", tuple(ActionStatus)) == "已办结"
    assert meant_by("完成", STATUSES[Pattern.DELIVERABLE]) == "已完成"
    assert meant_by("已办结", STATUSES[Pattern.DELIVERABLE]) == "已完成"
    assert meant_by("推进受阻", tuple(ActionStatus)) == "受阻"
    assert meant_by("基本办结", tuple(ActionStatus)) == ""
