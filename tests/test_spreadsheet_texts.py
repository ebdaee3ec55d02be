"""Texts that Excel could run: guarded where a command writes them, as typed where they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planbook.collect.decided.appended_rows import appended
from planbook.collect.decided.csv_file import read_csv
from planbook.spreadsheet_texts import could_run, guarded, unguarded

RUN = ["=1+1", "+cmd", "-1+1", "@sum(A1)", "＝1+1", " =1+1", "'=1+1", "''=1+1"]
PLAIN = ["甲", "—", "", "1+1", "'甲'", "a-2027-01", "''"]
NUMBERS = ["-6.8", "+3", "12", "-0.5"]


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_could_run_is_guarded_and_read_as_it_was_typed(text: str) -> None:
    assert guarded(text) == f"'{text}"
    assert not could_run(guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", PLAIN + NUMBERS)
def test_any_other_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.text())
def test_a_text_comes_back_whatever_it_is(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", [text.strip() for text in RUN] + PLAIN + NUMBERS)
def test_what_a_command_adds_to_a_file_is_read_as_it_was_typed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tasks.csv"
    path.write_bytes(appended(path, ("id", "task"), [{"id": "t-1", "task": text}]))
    (row,), problems = read_csv(path, ("id", "task"))
    assert (row.cells["task"], problems) == (text, [])
    (written,) = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    runs = text in [typed.strip() for typed in RUN]
    assert written.removeprefix("t-1,").startswith("'") is (runs or text.startswith("'"))


def test_a_formula_that_somebody_typed_in_the_file_is_the_same_text(tmp_path: Path) -> None:
    for typed in ("=1+1", "'=1+1"):
        path = tmp_path / "actions.csv"
        path.write_text(f"id,task\na,{typed}\n", encoding="utf-8")
        (row,), _ = read_csv(path, ("id", "task"))
        assert row.cells["task"] == "=1+1"
