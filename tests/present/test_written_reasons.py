"""Why a goal got better or worse, as people wrote it: remarks, blocked measures, commentary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.frames import COMMENTARY, MEASURES, OBSERVATIONS
from planbook.present.notebook.opened import OpenBook
from planbook.present.written_reasons import reason_of_change
from tests.present.conftest import empty_row
from tests.present.watch_rows import watched_book
from tests.present_rows import observation

MakeBook = Callable[..., OpenBook]
GOAL = "digital-content-scale"
WORSE = {"rating": "滞后", "previous_rating": "达序时", "latest_period": "2026-09"}
TEXT = """别的领域平稳。

数字内容进度滞后，有两个原因：

- 两家企业**结算偏少**；
- 拍摄受阻。

建议数字内容单位下季度说明。
"""


def told(make_book: MakeBook, *, public: bool = False, **frames: Any) -> str:
    verdict = frames.pop("verdict", WORSE)
    book = watched_book(make_book, changes={GOAL: verdict}, public=public, **frames)
    return reason_of_change(book, book.views[GOAL])


def commentary(text: str = TEXT) -> dict[str, Any]:
    row = empty_row(
        COMMENTARY, chapter="digital", edition="2026-Q3", author="general", text=text
    ) | {"visibility": "public"}
    return {"commentary": COMMENTARY.frame([row])}


def measure(book: OpenBook, status: str, since: str = "2026-Q3") -> dict[str, Any]:
    row = empty_row(
        MEASURES,
        measure_id="m",
        chapter="digital",
        field_id=book.views[GOAL].field.id,
        title="建设拍摄基地",
        pattern="continuous",
        status=status,
        progress="场地未定。",
        status_since=since,
        edition="2026-Q3",
    )
    return {"measures": MEASURES.frame([row])}


def test_nothing_written_is_said_but_not_in_public(make_book: MakeBook) -> None:
    assert told(make_book) == "填报单位没有说明原因"
    assert told(make_book, public=True) == ""


def test_the_units_remark_is_quoted_before_all_else(make_book: MakeBook) -> None:
    indicator = make_book().views[GOAL].indicator.id
    row = observation(GOAL, "2026-09", 126.0, remark="结算偏少。") | {"indicator_id": indicator}
    held = OBSERVATIONS.frame([row])
    assert told(make_book, observations=held, **commentary()) == "结算偏少"


def test_a_blocked_measure_of_its_field_explains_what_got_worse_only(make_book: MakeBook) -> None:
    blocked = measure(make_book(), "受阻")
    said = "举措「建设拍摄基地」受阻，填报单位说明：场地未定"
    assert told(make_book, **blocked) == said
    assert "场地" not in told(make_book, **measure(make_book(), "推进中"))
    better = WORSE | {"rating": "已达成"}
    assert "场地" not in told(make_book, verdict=better, **blocked)


def test_a_measure_blocked_before_comes_after_the_commentary(make_book: MakeBook) -> None:
    blocked = measure(make_book(), "受阻", since="2026-Q1")
    said = "举措「建设拍摄基地」仍受阻，填报单位说明：场地未定"
    assert told(make_book, **blocked) == said
    assert told(make_book, **blocked, **commentary()).startswith("「数智服务」的分析点评")


def test_a_passage_that_names_other_goals_is_no_reason_of_this_one(make_book: MakeBook) -> None:
    other = make_book().views["online-retail-sales"].name[:-1]  # as texts shorten it
    text = TEXT.replace("有两个原因", f"{other}正常，有两个原因")
    assert "分析点评" not in told(make_book, **commentary(text))
    assert "分析点评" in told(make_book, **commentary(TEXT))


def test_commentary_that_names_the_goals_field_is_quoted_with_its_list(make_book: MakeBook) -> None:
    said = told(make_book, **commentary())
    assert said.endswith("分析点评：数字内容进度滞后，有两个原因：两家企业结算偏少；拍摄受阻")


def test_of_a_goal_that_people_judge_the_evidence_is_the_reason(make_book: MakeBook) -> None:
    judged = next(view.id for view in make_book().views.values() if view.kind.by_people)
    verdict = WORSE | {"evidence": "两项试点未获批复。", "latest_period": None}
    book = make_book({judged: verdict})
    assert reason_of_change(book, book.views[judged]) == "两项试点未获批复"


@pytest.mark.parametrize("before", ["滞后", "无法判定"])
def test_a_goal_that_got_neither_better_nor_worse_needs_no_reason(
    make_book: MakeBook, before: str
) -> None:
    assert told(make_book, verdict=WORSE | {"previous_rating": before}) == ""
