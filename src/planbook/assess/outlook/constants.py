"""Constants of the outlook, measured on public series.

Written by ``scripts/outlook_constants.py`` from ``scripts/outlook/*.csv``; change those, not this.

Fitted on 2026-11-26 on 221 quarterly series of at least 39 quarters from 12 public sources (107
flows, 88 stocks, 26 ratios; none of a Chinese district), by rolling origins with 8 to 20 quarters
of history: `SPREAD` by least squares on the logarithms of the width of the errors, each source
left out once; models and settings chosen on all of them, where the optimum is flat; rules are set,
not measured. Facts derived from the series; no series is part of this project.
"""

from __future__ import annotations

from planbook.assess.outlook.parameters import Model, Reference, Spread

NEWEST = 20  # periods of a series that are looked at, the newest ones
FEWEST = 5  # periods below which a flow has no spread
SEASONED = 8  # periods from which it has a season and a level of its own
DAMPING = 0.9  # what of the drift is left a period later
DRIFT_CAP = 0.08  # largest own drift a period
DRIFT_DOUBT = 0.5  # weight of the gap between damped and undamped centre
SCALE_FLOOR = 0.002  # smallest own scale
SCALE_CAP = 0.3  # largest own scale
LAST_PERIOD = 1.5  # periods left below which sums scatter more than SPREAD says
LAST_PERIOD_FACTOR = 1.2  # by how much
FEW_UNITS = 20  # rule: fewer whole things a year are not modelled
UNCHANGED = 0.3  # rule: nor are whole things unchanged in more of the periods
REVISION = 0.01  # rule: reported again with a larger change, a value is of another series
OWN_PACE_LEAST = 0.25  # least likelihood where the own pace meets
OWN_PACE_FROM = 3  # quarters left from which that holds

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
    "level": (
        Spread(n_from=5, n_to=7, a=1.13, k=0, b=0.5),
        Spread(n_from=8, n_to=20, a=1, k=0.45, b=0.63),
    ),
    "year_sum": (
        Spread(n_from=5, n_to=7, a=0.26, k=0, b=0.84),
        Spread(n_from=8, n_to=20, a=0.34, k=0.41, b=0.93),
    ),
    "remaining_sum": (
        Spread(n_from=5, n_to=7, a=0.78, k=0, b=0.18),
        Spread(n_from=8, n_to=20, a=0.98, k=0.45, b=0.27),
    ),
}

REFERENCE = {  # by quantity, class of the linear pace, year of a plan of three
    ("level", "met", 1): Reference(0.68, 547),
    ("level", "met", 2): Reference(0.77, 1370),
    ("level", "met", 3): Reference(0.86, 1796),
    ("level", "on", 1): Reference(0.45, 3220),
    ("level", "on", 2): Reference(0.57, 1951),
    ("level", "on", 3): Reference(0.53, 624),
    ("level", "mid", 1): Reference(0.2, 1268),
    ("level", "mid", 2): Reference(0.14, 1475),
    ("level", "mid", 3): Reference(0.1, 1146),
    ("level", "low", 1): Reference(0.09, 1932),
    ("level", "low", 2): Reference(0.05, 2525),
    ("level", "low", 3): Reference(0.03, 2204),
    ("level", "reversed", 1): Reference(0.09, 4424),
    ("level", "reversed", 2): Reference(0.04, 4372),
    ("level", "reversed", 3): Reference(0.02, 3183),
    ("year_sum", "on", 1): Reference(0.56, 4260),
    ("year_sum", "on", 2): Reference(0.67, 3974),
    ("year_sum", "on", 3): Reference(0.81, 2951),
    ("year_sum", "mid", 1): Reference(0.19, 1720),
    ("year_sum", "mid", 2): Reference(0.12, 1983),
    ("year_sum", "mid", 3): Reference(0.05, 1670),
    ("year_sum", "low", 1): Reference(0.11, 2256),
    ("year_sum", "low", 2): Reference(0.04, 2449),
    ("year_sum", "low", 3): Reference(0.01, 2113),
    ("year_sum", "reversed", 1): Reference(0.13, 3670),
    ("year_sum", "reversed", 2): Reference(0.05, 4231),
    ("year_sum", "reversed", 3): Reference(0.01, 3405),
    ("total", "on", 1): Reference(0.56, 3555),
    ("total", "on", 2): Reference(0.63, 4274),
    ("total", "on", 3): Reference(0.58, 3762),
    ("total", "mid", 1): Reference(0.15, 7248),
    ("total", "mid", 2): Reference(0.05, 7260),
    ("total", "mid", 3): Reference(0.0, 5149),
    ("total", "low", 1): Reference(0.02, 387),
    ("total", "low", 2): Reference(0.0, 421),
    ("total", "low", 3): Reference(0.0, 456),
}
