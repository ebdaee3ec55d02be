"""The contracts of the tables about the outlook: what is expected at the due date, and how surely.

They are saved with those of `planbook.frames`. Amounts are in the indicator's unit on the scale of
the goal's `threshold`; a likelihood is a share from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from planbook.contract import Contract, Number
from planbook.periods import Edition, TimePeriod
from planbook.vocabulary import Labelled


class OutlookMethod(Labelled):
    """Where a likelihood comes from."""

    MODEL = "model", "数列模型"
    SHORT_MODEL = "short_model", "短数列模型"
    REFERENCE = "reference", "同类情形的历史频率"


class OutlookQuantity(Labelled):
    """What is forecast; the spread was measured for each."""

    LEVEL = "level", "到期时的水平"
    YEAR_SUM = "year_sum", "到期年度的总量"
    REMAINING_SUM = "remaining_sum", "到期前还要增加的总量"


class OutlookGate(Labelled):
    """Why no model gives a likelihood; the first that applies, in this order.

    Up to `DECIDED` there is no likelihood, from `FEW_UNITS` on the reference table stands in where
    it has a case like this one. Of a series with a jump the interval is told, but no likelihood.
    """

    BY_PEOPLE = "by_people", "由人工评定"
    NOT_JUDGED = "not_judged", "本期无法判定"
    NO_TARGET_VALUE = "no_target_value", "缺少基数，算不出目标值"
    MISSED_YEAR = "missed_year", "已有年度未达标"
    DECIDED = "decided", "结果已定"
    FEW_UNITS = "few_units", "数量较少"
    YEARLY = "yearly", "一年或几年才有一个数"
    NOT_POSITIVE = "not_positive", "有零或负值"
    FULL_SHARE = "full_share", "比重达到或超过100%"
    HARDLY_CHANGING = "hardly_changing", "数列很少变动"
    SHORT_SERIES = "short_series", "数列较短"
    JUMP = "jump", "数列有跳变"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookRow:
    """What an edition expected of a goal at its due date; kept of every edition so far.

    Without a `p_method` there is no likelihood, and `outlook_gate` says why.
    """

    goal_id: str
    edition: Edition
    p_method: OutlookMethod | None = None
    fitted_on: str = ""  # day of the constants, where a model carried the series on
    outlook_gate: OutlookGate | None = None  # why no model, or no likelihood
    quantity: OutlookQuantity | None = None
    judged_period: TimePeriod | None = None  # what is forecast ends then: the due month or year
    newest_period: TimePeriod | None = None  # of the newest value used
    history_periods: int = 0  # of history used
    filled_periods: int = 0  # of these rest on a value filled in
    quarters_left: Number = None  # from the newest value to the judged period
    outlook_low95: Number = None
    outlook_low80: Number = None
    outlook_mid: Number = None
    outlook_high80: Number = None
    outlook_high95: Number = None
    threshold: Number = None  # what has to be reached (or not exceeded)
    p_met: Number = None  # as printed: a multiple of 0.05 from 0.05 to 0.95
    p_exact: Number = None  # before rounding
    own_pace_meets: bool = False  # whether it is met if the own pace simply goes on
    required_per_quarter: Number = None
    recent_per_quarter: Number = None  # mean of the last four quarters
    reference_cases: int = 0  # of a reference: how many the frequency rests on
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FanRow:
    """The distribution at a time on the way to the due date, on the scale of the goal's path due.

    Levels and sums since the start at ends of quarters, totals at ends of years; of an average
    growth the amounts that it implies.
    """

    goal_id: str
    time_period: TimePeriod
    outlook_low95: float
    outlook_low80: float
    outlook_mid: float
    outlook_high80: float
    outlook_high95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfRow:
    """What comes of a steady growth from now on."""

    goal_id: str
    growth: float  # a quarter, a share
    value_at_due: float  # at the judged period
    p_met: float  # as printed


OUTLOOKS = Contract("outlooks", OutlookRow, ("goal_id", "edition"))
FANS = Contract("fans", FanRow, ("goal_id", "time_period"))
WHAT_IFS = Contract("what_ifs", WhatIfRow, ("goal_id", "growth"))
