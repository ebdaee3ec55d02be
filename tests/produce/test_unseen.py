"""Words of a program that stand for readings which leave no trace."""

from __future__ import annotations

import pytest

from planbook.disk_reads import UNKNOWN
from planbook.produce.notebooks.unseen import unseen_by_words


@pytest.mark.parametrize(
    "source",
    [
        "datetime.date.today()",
        "from datetime import datetime as d\nd.now()",
        "pd.Timestamp('now')",
        'pd.to_datetime(["today"])',
        "pd.Period( 'now' , freq='M')",
        "time.ctime()",
        "time.time_ns()",
        "from time import time\ntime()",
    ],
)
def test_the_clock_is_seen_however_it_is_asked(source: str) -> None:
    assert UNKNOWN in unseen_by_words(source)


@pytest.mark.parametrize("source", ["knownow = 1", "'what is new now'", "book.time_period"])
def test_other_words_say_nothing_of_it(source: str) -> None:
    assert UNKNOWN not in unseen_by_words(source)
