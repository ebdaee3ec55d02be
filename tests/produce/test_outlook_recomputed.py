"""What the page 方法 says of the outlook is enough to compute it anew from the book's downloads.

The formulas are written out here a second time, as the page has them, in plain Python.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import fmean, linear_regression, stdev

import pytest

from planbook.present.pages.outlook_method import outlook_method
from planbook.present.tables.table import Table
from tests.books import Built

NEWEST = (2026, 3)
AHEAD = 5  # quarters from there to the end of 2027


def downloaded(book: Built, name: str) -> list[dict[str, str]]:
    text = (book.html / "downloads" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def printed(table: Table, sort: str) -> dict[str, float]:
    """Return a column of the page's constants by symbol, and by meaning where it has none."""
    place = [column.head for column in table.columns].index(sort)
    rows = [row for group in table.groups for row in group.rows]
    return {
        row[1].text if row[0].text == "—" else row[0].text: float(row[place].text)
        for row in rows
        if row[place].text != "—"
    }


def spread_of(quantity: str) -> tuple[float, float, float]:
    rows = [row for group in outlook_method()["outlook_spread"].groups for row in group.rows]
    (found,) = [row for row in rows if row[0].text == quantity and row[1].text == "8—20"]
    a, k, b = (float(cell.text) for cell in found[2:])
    return a, k, b


def quarters(book: Built, indicator: str) -> list[float]:
    """Return the values of all quarters up to the newest, those of a year earlier filled in."""
    known: dict[tuple[int, int], float] = {}
    rows = [
        row
        for row in downloaded(book, "observations.csv")
        if row["indicator_id"] == indicator and int(row["time_period"][-2:]) % 3 == 0
    ]
    for row in rows:
        year, month = map(int, row["time_period"].split("-"))
        known[year, month // 3] = float(row["obs_value"])
        known.setdefault((year - 1, month // 3), float(row["prior_value"]))
    for row in rows:
        year, month = map(int, row["time_period"].split("-"))
        known[year, month // 3] = float(row["obs_value"])  # the own value comes first
    assert max(known) == NEWEST
    return [known[key] for key in sorted(known)]


def below(t: float) -> float:
    """Return the distribution function of Student's t with 4 degrees of freedom."""
    u = t * t / (4 + t * t)
    return 0.5 + math.copysign(math.sqrt(u) * (3 - u) / 4, t)


def errors(y: Sequence[float], quarter: Sequence[int]) -> tuple[list[float], float]:
    """Return the intercept of each quarter with one slope for all, and the squared errors."""
    time = range(len(y))
    groups = {q: [t for t in time if quarter[t] == q] for q in sorted(set(quarter))}
    mean_t = {q: fmean(own) for q, own in groups.items()}
    mean_y = {q: fmean(y[t] for t in own) for q, own in groups.items()}
    dt = [t - mean_t[quarter[t]] for t in time]
    dy = [y[t] - mean_y[quarter[t]] for t in time]
    b = linear_regression(dt, dy).slope
    left = math.fsum((v - b * u) ** 2 for u, v in zip(dt, dy, strict=True))
    return [mean_y[q] - b * mean_t[q] for q in groups], left


def recomputed(
    y: Sequence[float],
    sort: str,
    quantity: str,
    rounding: float,
    on_path: Callable[[Callable[[int], float]], float],
) -> tuple[float, float]:
    """Return centre and scale of the distribution at the due date."""
    known, n = printed(outlook_method()["outlook_constants"], sort), len(y)
    last = NEWEST[1] - 1
    quarter = [(last - n + 1 + t) % 4 for t in range(n)]
    mu, r1 = errors(y, quarter)
    _, r0 = errors(y, [0] * n)
    f = ((r0 - r1) / 3) / (r1 / (n - 5))
    e = [max(0.0, 1 - 1 / f) * (m - fmean(mu)) for m in mu]
    a = [y[t] - e[quarter[t]] for t in range(n)]
    cap = known["自身每季增长的上限"]
    r = (linear_regression(range(n), a).slope + (a[-1] - a[0]) / (n - 1)) / 2
    r = min(max(r, -cap), cap)
    d0 = known["d_0"]
    d = d0 + known["λ"] * (r - d0)
    w = [(1 - known["α"]) ** j for j in range(n)]
    level = math.fsum(w[j] * (a[n - 1 - j] + j * d) for j in range(n)) / math.fsum(w)

    def season(h: int) -> float:
        return e[(last + h) % 4]

    def damped(h: int) -> float:
        fading = math.fsum(known["φ"] ** i for i in range(1, h + 1))
        return level + d0 * h + (d - d0) * fading + season(h)

    centre = on_path(damped)
    delta = abs(centre - on_path(lambda h: level + r * h + season(h)))
    s0 = stdev(after - before for before, after in pairwise(a))
    s0 = min(max(s0, known["自身波动的下限"]), known["自身波动的上限"])
    s = s0 ** known["w"] * known["s^{*}"] ** (1 - known["w"])
    factor, k, b = spread_of(quantity)
    sigma = factor * (16 / min(n, 16)) ** k * AHEAD**b
    return centre, math.hypot(s * sigma, known["β"] * delta, rounding)


def compare(book: Built, goal: str, centre: float, scale: float) -> None:
    (row,) = [row for row in downloaded(book, "goals.csv") if row["goal_id"] == goal]
    assert math.exp(centre) == pytest.approx(float(row["outlook_mid"]), rel=1e-9)
    for name, share in (("outlook_low80", 0.1), ("outlook_high80", 0.9)):
        t = (math.log(float(row[name])) - centre) / scale
        assert below(t) == pytest.approx(share, abs=1e-9)
    p = 1 - below((math.log(float(row["target_value"])) - centre) / scale)
    assert float(row["p_met"]) == pytest.approx(round(p * 20) / 20)


def test_a_level_is_what_the_page_says(demonstration: Built) -> None:
    values = quarters(demonstration, "green-loans")
    centre, scale = recomputed(
        [math.log(x) for x in values],
        "存量和比重",
        "到期时的水平",
        0.01 / math.sqrt(12) / values[-1],
        lambda path: path(AHEAD),
    )
    compare(demonstration, "green-loans", centre, scale)


def test_a_yearly_total_is_what_the_page_says(demonstration: Built) -> None:
    to_date = quarters(demonstration, "testing-revenue")
    single = [x - (to_date[t - 1] if t % 4 else 0.0) for t, x in enumerate(to_date)]
    centre, scale = recomputed(
        [math.log(x / 3) for x in single],
        "流量",
        "到期年度的总量",
        0.01 / math.sqrt(6) / fmean(single[-4:]),
        lambda path: math.log(math.fsum(3 * math.exp(path(h)) for h in range(2, AHEAD + 1))),
    )
    compare(demonstration, "testing-revenue", centre, scale)
