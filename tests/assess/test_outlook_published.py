"""What was published of an outlook stands in every later book, and what was not stays unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from planbook.assess.published import Published
from planbook.periods import Edition
from planbook.run.judged_tables import judged_tables
from planbook.saved import TableRows

LEVELS = [104 + 2.1 * n + 0.3 * (n % 3) for n in range(8)]
VALUES = {f"{2025 + n // 4}-{3 * (n % 4) + 3:02}": value for n, value in enumerate(LEVELS)}
EDITION = Edition.parse("2026-Q4")


def judged(own: Any, published: Published, edition: Edition = EDITION) -> TableRows:
    tables = judged_tables(own.plan, own.facts, edition, (), published, demonstration=False)
    return TableRows(tables)


def test_a_published_outlook_is_taken_over_and_one_never_said_is_not_made_up(world: Any) -> None:
    own = world("level_at_end", 130, VALUES, indicator={"decimals": 2})
    rows = judged(own, Published())
    assert [str(row.edition)[-2:] for row in rows.outlooks] == ["Q1", "Q2", "Q3", "Q4"] * 2
    said = [
        replace(row, p_met=0.65, threshold=1.0)
        for row in rows.outlooks
        if Edition.parse("2026-Q1") <= row.edition < EDITION
    ]
    history = tuple(row for row in rows.history if row.edition < EDITION)
    later = judged(own, Published(history=history, outlooks=tuple(said)))
    assert later.outlooks == (*said, rows.outlooks[-1])
    assert later.fans == rows.fans
    assert len(later.what_ifs) == 12


def test_a_correction_edition_has_an_outlook_of_its_own(world: Any) -> None:
    own = world("level_at_end", 130, VALUES, indicator={"decimals": 2})
    corrected = Edition.parse("2026-Q4.1")
    rows = judged(own, Published(), corrected)
    editions = [row.edition for row in rows.outlooks]
    assert editions[-1] == corrected
    assert EDITION not in editions
    assert rows.fans
