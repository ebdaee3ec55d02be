"""Where figures and tables say that their values come from: of what came in, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from planbook.facts.record_words import of_the_past, source_of_the_past
from planbook.frames import OBSERVATIONS
from planbook.present.charts.figure import Figure
from planbook.present.notebook.opened import OpenBook
from tests.present_rows import LEVEL, LEVEL_VERDICT, YEARLY, observation

MakeBook = Callable[..., OpenBook]
SENT = observation(LEVEL, "2026-09", 102.0)


def past(period: str, source: str, note: str = "", indicator: str = LEVEL) -> dict[str, object]:
    said = of_the_past(source, note)
    return observation(indicator, period, 90.0, origin="history", remark=said)


@pytest.mark.parametrize(
    ("rows", "source"),
    [
        ([SENT], "某局报送"),
        ([past("2023-12", "统计年鉴")], "历史数据（取自统计年鉴）"),
        ([past("2023-12", "统计年鉴", "口径有调整"), SENT], "某局报送、历史数据（取自统计年鉴）"),
        (
            [past(f"{2019 + n}-12", f"{name}年鉴") for n, name in enumerate("甲乙丙丁")],
            "历史数据（取自甲年鉴、乙年鉴、丙年鉴等）",
        ),
        ([past("2023-12", "年鉴", indicator=YEARLY)], "方案"),
        ([], "方案"),
    ],
)
def test_a_figure_names_who_sent_values_and_where_others_were_published(
    make_book: MakeBook, rows: list[dict[str, object]], source: str
) -> None:
    book = make_book(observations=OBSERVATIONS.frame(rows))
    assert book.source("某局", LEVEL).startswith(f"资料来源：{source}，2026年三季度版。")


def test_a_goals_chart_and_the_panels_of_a_field_speak_of_their_own_values(
    make_book: MakeBook,
) -> None:
    rows = [past("2024-06", "统计年鉴"), observation(YEARLY, "2026-09", 246.7)]
    book = make_book({LEVEL: LEVEL_VERDICT}, observations=OBSERVATIONS.frame(rows))
    chart = book.trajectory(LEVEL)
    assert isinstance(chart, Figure)
    assert chart.source.startswith("资料来源：历史数据（取自统计年鉴），")
    assert book.source("各单位", LEVEL, YEARLY).startswith("资料来源：各单位报送、历史数据，")


def test_tables_on_paper_say_the_same_of_the_values_that_they_can_hold(
    make_book: MakeBook,
) -> None:
    rows = [past("2024-06", "统计年鉴"), observation("software-revenue", "2026-09", 900.0)]
    both, one = (make_book(observations=OBSERVATIONS.frame(own)) for own in (rows, rows[:1]))
    assert both.table_source("各单位").startswith("资料来源：据各单位报送的资料、历史数据整理，")
    assert one.table_source("各单位").startswith("资料来源：据历史数据整理，")


@pytest.mark.parametrize(("source", "note"), [("统计年鉴2020", ""), ("网站", "初步数；后有修订")])
def test_the_source_of_a_value_is_read_from_what_is_said_of_it(source: str, note: str) -> None:
    assert source_of_the_past(of_the_past(source, note)) == source
