"""The measure of many plans: small districts that are not alike, and the line they are held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench_many import MB, Measured, line, rounds, table
from planbook.run.pipeline import open_book
from small import DATASET, write_small


def test_small_districts_have_names_and_values_of_their_own(tmp_path: Path) -> None:
    books = []
    for variant in (1, 2):
        write_small(tmp_path / str(variant), variant)
        books.append(open_book(DATASET, None, tmp_path / str(variant)))
    one, other = ([(o.indicator_id, o.obs_value) for o in book.rows.observations] for book in books)
    assert one
    assert [id for id, _ in one] == [id for id, _ in other]
    assert one != other
    assert books[0].plan.about.title != books[1].plan.about.title


def test_the_line_is_the_one_that_is_off_by_the_least_share() -> None:
    assert line([(1, 5), (2, 7), (8, 19)]) == pytest.approx((3, 2))
    assert line([(2, 8), (2, 8)]) == pytest.approx((0, 4))
    start, slope = line([(1, 10), (2, 20), (1000, 20000)])
    assert (start + slope) / 10 == pytest.approx(1, abs=0.2)  # the longest does not decide alone


def test_a_last_plan_that_is_built_alone_takes_a_round() -> None:
    assert [rounds(districts, 2) for districts in (1, 2, 3, 38)] == [1, 1, 2, 19]


def test_the_table_says_how_far_each_run_is_off_and_what_many_would_take() -> None:
    alone = Measured(1, 5.0, 290 * MB, 90 * MB)
    found = [alone, Measured(2, 8.0, 300 * MB, 90 * MB), Measured(4, 15.0, 310 * MB, 91 * MB)]
    text = table(found, 2)
    assert "| 1 | 5.0 | 1 | — | 290 | 90 |" in text
    assert "| 4 | 15.0 | 2 | +0.0% | 310 | 91 |" in text
    assert "每轮7.00秒" in text
    assert "2个约2.7小时，16个约20分钟" in text
