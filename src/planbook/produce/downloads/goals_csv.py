"""Every goal with its verdict and its outlook, as a file that readers take away."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planbook.contract import Contract, Number
from planbook.frames import GOALS, GoalRow
from planbook.outlook_frames import OutlookMethod
from planbook.present.book import Book

NAME = "goals.csv"
LOG = "outlook_log.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOutlookRow(GoalRow):
    """What is offered of a goal: its verdict, and what is expected at its due date."""

    outlook_low80: Number = None
    outlook_mid: Number = None
    outlook_high80: Number = None
    p_met: Number = None  # as printed
    p_method: OutlookMethod | None = None
    required_per_quarter: Number = None
    recent_per_quarter: Number = None


GOAL_OUTLOOKS = Contract("goal_outlooks", GoalOutlookRow, GOALS.key)
_OUTLOOK = [column for column in GOAL_OUTLOOKS.columns if column not in GOALS.columns]


def goals_frame(book: Book) -> pd.DataFrame:
    """Return a row a goal; without an outlook its columns are empty."""
    verdicts, outlooks = book.tables.verdicts, book.tables.outlooks
    own = outlooks.loc[outlooks["edition"] == str(book.edition), ["goal_id", *_OUTLOOK]]
    joined = verdicts[list(GOALS.columns)].merge(own, on="goal_id", how="left")
    return GOAL_OUTLOOKS.frame(joined)
