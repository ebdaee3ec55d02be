"""Archives of an old format are read under the names of today."""

from __future__ import annotations

import json

import pytest

from planbook import frozen_formats
from planbook.frozen_formats import MEMBER, STEPS, Files, TooNew, as_today, format_of, member

OLD: Files = {"data/plan/plan.yaml": b"begin: 2024-01", "tables/verdicts.csv": b"begin"}


def renamed(files: Files) -> Files:
    return {name: data.replace(b"begin", b"start") for name, data in files.items()}


def moved(files: Files) -> Files:
    return {name.replace("plan/plan", "plan/about"): data for name, data in files.items()}


def test_every_format_before_todays_has_a_step() -> None:
    assert set(STEPS) == set(range(1, frozen_formats.FORMAT))


def test_an_old_archive_goes_through_every_step_and_its_tables_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert as_today(OLD, "tables") == OLD  # nothing was renamed yet
    monkeypatch.setattr(frozen_formats, "FORMAT", 3)
    monkeypatch.setattr(frozen_formats, "STEPS", {1: renamed, 2: moved})
    first = {"data/plan/about.yaml": b"start: 2024-01", "tables/verdicts.csv": b"begin"}
    assert as_today(OLD, "tables") == first
    second = as_today({**OLD, MEMBER: b'{"format": 2}'}, "tables")
    assert second["data/plan/about.yaml"] == b"begin: 2024-01"


def test_what_is_written_now_is_of_todays_format() -> None:
    assert format_of({MEMBER: member()}) == frozen_formats.FORMAT
    assert format_of({}) == 1


def test_a_format_that_is_not_known_or_none_is_refused() -> None:
    with pytest.raises(TooNew):
        as_today({MEMBER: json.dumps({"format": frozen_formats.FORMAT + 1}).encode()}, "tables")
    for content in (b"[]", b'{"format": "1"}', b'{"format": 0}', b"no"):
        with pytest.raises(ValueError, match=r"."):
            format_of({MEMBER: content})
