"""Constants of the outlook, measured on public series.

Written by ``scripts/outlook_constants.py`` from ``scripts/outlook/*.csv``; change those, not this.

Fitted on `FITTED_ON` by ``scripts/fit_outlook.py`` on 219 quarterly series of at least 39 quarters
from 12 public sources (107 flows, 87 stocks, 25 shares and prices; none of a Chinese district), by
rolling origins with 5 to 20 quarters of history: `SPREAD` by least squares on the logarithms of the
width of the errors, `REFERENCE` by counting; models and settings chosen on all of them, where the
optimum is flat; rules are set, not measured. Facts derived from the series; no series is part of
this project. The record, each source without a part in its own constants, is in
``scripts/outlook/record.csv``.
"""

from __future__ import annotations

from planbook.assess.outlook.parameters import Model, Reference, Spread

FITTED_ON = "2026-11-26"  # day of the fit: likelihoods of other constants are not compared
NEWEST = 20  # periods of a series that are looked at, the newest ones
FEWEST = 5  # periods below which a flow has no spread
SEASONED = 8  # periods from which it has a season and a level of its own
DAMPING = 0.9  # what of the drift is left a period later
DRIFT_CAP = 0.08  # largest own drift a period
DRIFT_DOUBT = 0.75  # weight of the gap between damped and undamped centre
SCALE_FLOOR = 0.002  # smallest own scale
SCALE_CAP = 0.3  # largest own scale
LAST_PERIOD = 1.5  # periods left below which sums scatter more than SPREAD says
LAST_PERIOD_FACTOR = 1.2  # by how much
FEW_UNITS = 20  # rule: fewer whole things a year are not modelled
UNCHANGED = 0.3  # rule: nor are whole things unchanged in more of the periods
REVISION = 0.01  # rule: reported again with a larger change, a value is of another series

FLOW = Model(
    drift_usual=0.005,
    drift_kept=0.7,
    smoothing=0.6,
    scale_usual=0.035,
    scale_weight=0.75,
)
FLOW_SHORT = Model(
    drift_usual=0.005,
    drift_kept=0.4,
    smoothing=1,
    scale_usual=0.05,
    scale_weight=0.5,
)
LEVEL = Model(
    drift_usual=0.0025,
    drift_kept=0.7,
    smoothing=1,
    scale_usual=0.035,
    scale_weight=0.75,
)

SPREAD = {
    "remaining_sum": (
        Spread(n_from=5, n_to=6, a=0.65, k=0, b=0.13),
        Spread(n_from=7, n_to=7, a=1.15, k=0, b=0.13),
        Spread(n_from=8, n_to=20, a=1.05, k=0.33, b=0.25),
    ),
    "year_sum": (
        Spread(n_from=5, n_to=6, a=0.31, k=0, b=0.62),
        Spread(n_from=7, n_to=7, a=0.55, k=0, b=0.59),
        Spread(n_from=8, n_to=20, a=0.56, k=0.22, b=0.68),
    ),
    "level": (Spread(n_from=8, n_to=20, a=0.98, k=0.43, b=0.64),),
}

REFERENCE = {  # by quantity, class of the linear pace, year of a plan of three
    ("level", "met", 1): Reference(0.55, 442),
    ("level", "met", 2): Reference(0.73, 1334),
    ("level", "met", 3): Reference(0.88, 1849),
    ("level", "on", 1): Reference(0.4, 3693),
    ("level", "on", 2): Reference(0.49, 2265),
    ("level", "on", 3): Reference(0.48, 711),
    ("level", "mid", 1): Reference(0.14, 1707),
    ("level", "mid", 2): Reference(0.12, 1961),
    ("level", "mid", 3): Reference(0.07, 1406),
    ("level", "low", 1): Reference(0.1, 2293),
    ("level", "low", 2): Reference(0.05, 2964),
    ("level", "low", 3): Reference(0.02, 2365),
    ("level", "reversed", 1): Reference(0.1, 4092),
    ("level", "reversed", 2): Reference(0.03, 4153),
    ("level", "reversed", 3): Reference(0.01, 3290),
    ("year_sum", "on", 1): Reference(0.58, 4178),
    ("year_sum", "on", 2): Reference(0.67, 3838),
    ("year_sum", "on", 3): Reference(0.81, 2829),
    ("year_sum", "mid", 1): Reference(0.19, 1649),
    ("year_sum", "mid", 2): Reference(0.13, 1878),
    ("year_sum", "mid", 3): Reference(0.05, 1609),
    ("year_sum", "low", 1): Reference(0.11, 2172),
    ("year_sum", "low", 2): Reference(0.04, 2663),
    ("year_sum", "low", 3): Reference(0.01, 2221),
    ("year_sum", "reversed", 1): Reference(0.1, 3721),
    ("year_sum", "reversed", 2): Reference(0.04, 4012),
    ("year_sum", "reversed", 3): Reference(0.01, 3191),
    ("total", "on", 1): Reference(0.56, 3935),
    ("total", "on", 2): Reference(0.63, 4552),
    ("total", "on", 3): Reference(0.58, 3973),
    ("total", "mid", 1): Reference(0.14, 7569),
    ("total", "mid", 2): Reference(0.05, 7622),
    ("total", "mid", 3): Reference(0.0, 5340),
    ("total", "low", 1): Reference(0.05, 216),
    ("total", "low", 2): Reference(0.0, 216),
    ("total", "low", 3): Reference(0.0, 262),
}
