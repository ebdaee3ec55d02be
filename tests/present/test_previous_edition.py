"""Which edition a book is compared with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from planbook.edition_frames import EDITIONS
from planbook.present.notebook.opened import OpenBook

MakeBook = Callable[..., OpenBook]


def row(edition: str, released: str, state: str = "已发布") -> dict[str, Any]:
    empty = {"label": "", "edition_state": state, "corrects": "", "reason": ""}
    return {"edition": edition, "released": released, **empty}


@pytest.mark.parametrize(
    ("released", "previous"),
    [
        ({}, "2026-Q2"),
        ({"2026-Q2": "2026-07-30", "2026-Q1.1": "2026-05-30"}, "2026-Q2"),
        ({"2026-Q2": "2026-07-30", "2026-Q2.1": "2026-08-10"}, "2026-Q2.1"),
        ({"2026-Q2": "2026-07-30", "2026-Q2.1": ""}, "2026-Q2"),  # given up
    ],
)
def test_it_is_what_stands_for_the_period_before(
    make_book: MakeBook, released: dict[str, str], previous: str
) -> None:
    editions = EDITIONS.frame([row(*each) for each in released.items()])
    assert str(make_book(editions=editions).previous()) == previous


def test_it_is_none_that_was_purged(make_book: MakeBook) -> None:
    purged = row("2026-Q2.1", "2026-08-10", "已清除")
    editions = EDITIONS.frame([row("2026-Q2", "2026-07-30", "已更正"), purged])
    assert str(make_book(editions=editions).previous()) == "2026-Q2"
