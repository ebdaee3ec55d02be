"""The measure of the build: what commands take, and the table that README has of it."""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from pathlib import Path

import click
import pytest

import bench_commands
from bench_build import (
    BEGIN,
    END,
    KINDS,
    README,
    VARIANTS,
    Measured,
    Times,
    rating_limit,
    section,
    with_section,
)
from bench_commands import Spent, pace_at_once, run_in, spend
from proof.checkout import Checkout
from tests.books import ROOT


def times(stock: list[float], ours: list[float]) -> Times:
    spent = [Spent(seconds, seconds, 500_000_000) for seconds in stock]
    of_variants = {variant.name: [Spent(each) for each in ours] for variant in VARIANTS}
    return Times(of_variants, spent, [Spent(each.seconds / 2) for each in spent])


def measured() -> Measured:
    found = dict.fromkeys(KINDS, times([60.0, 90.0, 66.0], [5.0, 6.0, 5.0]))
    return Measured(dt.date(2026, 11, 26), 2, 3, found, 4.0, 0.71)


def first_cells(text: str) -> list[str]:
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]


def test_the_table_of_readme_has_the_rows_that_the_bench_makes() -> None:
    page = README.read_text(encoding="utf-8")
    table = page.partition(BEGIN)[2].partition(END)[0]
    assert first_cells(table) == first_cells(section(measured()))


def test_a_row_says_seconds_and_how_many_times_as_fast_by_the_median_of_the_rounds() -> None:
    text = section(measured())
    assert "| pages, one value | 5.00 | 13.2× | ≥ 12× | — |" in text
    assert "| pages, nothing changed | 5.00 | 13.2× | ≥ 12×, < 1 s | — |" in text
    assert "| stock: pages, from nothing | 66.00 | 1× | — | 500 |" in text
    assert "| stock: pages, again | 33.00 | 2.0× | — | — |" in text
    assert "The floor is 4.0 s" in text
    assert "takes 1.25 times" in text
    assert "2 processes that computed at once was 0.71 times as fast as one alone" in text


def test_processes_that_compute_at_once_are_held_against_one_alone() -> None:
    many = 2 * (os.cpu_count() or 1)
    assert 0 < pace_at_once(many, 1) < 0.9  # two on a processor


def test_a_new_table_takes_the_place_of_the_old_one() -> None:
    page = f"# 书\n\n{BEGIN}\nold\n{END}\n\nrest\n"
    once = with_section(page, "new")
    assert once == f"# 书\n\n{BEGIN}\nnew\n{END}\n\nrest\n"
    assert with_section(once, "new") == once


def test_a_limit_of_ratings_is_moved_each_time(tmp_path: Path) -> None:
    plan = tmp_path / "project" / "data" / "plan"
    plan.mkdir(parents=True)
    whole = (ROOT / "data" / "plan" / "plan.yaml").read_text(encoding="utf-8")
    (plan / "plan.yaml").write_text(whole, encoding="utf-8")
    seen = [whole]
    for _ in range(3):
        rating_limit(Checkout(tmp_path, "demo"), random.Random(1))
        seen.append((plan / "plan.yaml").read_text(encoding="utf-8"))
        assert seen[-1] != seen[-2]


def test_a_command_is_measured_with_all_its_processes(tmp_path: Path) -> None:
    held = "import time; held = bytearray(60_000_000); time.sleep(1)"
    both = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    spent = spend([sys.executable, "-c", both], tmp_path)
    assert spent.seconds > 0.9
    assert 0 < spent.cpu < spent.seconds * 4
    if Path("/proc/self/smaps_rollup").is_file():
        assert spent.peak > 60_000_000


def test_a_command_that_fails_says_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(click.ClickException, match="坏了"):
        spend([sys.executable, "-c", "print('坏了'); raise SystemExit(3)"], tmp_path)


def test_what_is_measured_keeps_compiled_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    forbids = "import sys; raise SystemExit(sys.dont_write_bytecode)"
    spend([sys.executable, "-c", forbids], tmp_path)
    run_in([sys.executable, "-c", forbids], tmp_path)


BUSY = "import time\nwhile time.process_time() < {}: pass"


@pytest.mark.skipif(sys.platform != "linux", reason="counted on Linux alone")
def test_what_outlives_a_command_is_counted_too(tmp_path: Path) -> None:
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY.format(1)!r}])"
    assert spend([sys.executable, "-c", left], tmp_path).cpu > 0.95


@pytest.mark.skipif(sys.platform != "linux", reason="counted on Linux alone")
def test_what_does_not_end_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_commands, "_GRACE", 0.1)
    left = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY.format(1)!r}])"
    with pytest.raises(click.ClickException, match="没有结束的进程"):
        spend([sys.executable, "-c", left], tmp_path)


def test_what_is_spent_adds_up_and_the_greater_peak_stays() -> None:
    assert Spent(1.0, 2.0, 30) + Spent(3.0, 4.0, 20) == Spent(4.0, 6.0, 30)
