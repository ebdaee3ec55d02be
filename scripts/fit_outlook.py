"""Fit the spread of the outlook and count its reference table, on public series.

``python scripts/fit_outlook.py`` prints both beside what the package holds; ``--write`` puts them
into ``scripts/outlook/spread.csv`` and ``reference.csv``, the day into ``settings.csv``, and writes
the package's module from them.
It needs the dependency group ``fit``; the series are read from its packages at each run.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

import outlook_constants
from outlook.fitting import Counted, fit, measure, met_share
from outlook.origins import Spreads
from planbook.assess.outlook.constants import SPREAD


@click.command("scripts/fit_outlook.py")
@click.option("--write", is_flag=True, help="写入常数")
def main(write: bool) -> None:
    """由公开数列拟合达标可能性所用的常数。"""
    errors, reference = measure()
    spreads = fit(errors)
    for row, found in spreads.items():
        for new in found:
            now = [old for old in SPREAD.get(row, ()) if old.n_from <= new.n_from <= old.n_to]
            shown = "，".join(f"{each}={getattr(new, each):.3f}" for each in ("a", "k", "b"))
            click.echo(f"{row} {new.n_from}—{new.n_to}：{shown}；现用 {now}")
    for (quantity, word, year), (met, cases) in reference.items():
        click.echo(f"{quantity} {word} {year}：{met_share(met, cases):.2f}（{cases}）")
    if write:
        write_spread(spreads, outlook_constants.SOURCE / "spread.csv")
        write_reference(reference, outlook_constants.SOURCE / "reference.csv")
        write_day(dt.date.today(), outlook_constants.SOURCE / "settings.csv")
        text = outlook_constants.module_text()
        outlook_constants.MODULE.write_text(text, encoding="utf-8", newline="\n")


def write_spread(spreads: Spreads, path: Path) -> None:
    """Write the spread with two decimals."""
    rows = [
        (
            row,
            each.n_from,
            each.n_to,
            *(f"{round(value, 2):g}" for value in (each.a, each.k, each.b)),
        )
        for row, found in spreads.items()
        for each in found
    ]
    _write(path, ("quantity", "n_from", "n_to", "a", "k", "b"), rows)


def write_reference(counted: Counted, path: Path) -> None:
    """Write the reference table, shares with two decimals."""
    rows = [(*key, f"{met_share(*cell):.2f}", cell[1]) for key, cell in counted.items()]
    _write(path, ("kind", "rating", "plan_year", "met_share", "cases"), rows)


def write_day(day: dt.date, path: Path) -> None:
    """Write the day of the fit, by which outlooks of other constants are told apart."""
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    dated = [
        (name, day.isoformat() if name == "FITTED_ON" else value, meaning)
        for name, value, meaning in rows
    ]
    _write(path, heading, dated)


def _write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
