"""Every change of a rating from one edition to the next, as a file that readers take away."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planbook.contract import Contract, Number
from planbook.periods import Edition, TimePeriod
from planbook.present.book import Book
from planbook.present.say.column_words import ColumnWords
from planbook.present.say.rating_steps import rating_steps
from planbook.vocabulary import Rating

NAME = "rating_changes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingChangeRow:
    """A goal whose rating an edition changed."""

    goal_id: str
    name: str
    edition: Edition
    previous_edition: Edition
    rating: Rating
    previous_rating: Rating
    latest_value: Number  # in `value_unit`, as in `previous_edition`: the indicator's
    latest_period: TimePeriod | None
    previous_value: Number
    previous_period: TimePeriod | None
    value_unit: str
    differs: str  # what is not the same in the two editions, parted by 、
    demonstration: bool


RATING_CHANGES = Contract("rating_changes", RatingChangeRow, ("goal_id", "edition"))

CHANGE_WORDS = {  # of the columns that no saved table has
    "previous_edition": ColumnWords("上期期号"),
    "previous_value": ColumnWords("上期值", "上期的最新值，计量单位同指标"),
    "previous_period": ColumnWords("上期数据时期"),
    "value_unit": ColumnWords("数值的计量单位", "指标的计量单位"),
    "differs": ColumnWords("变化原因", "两期之间不同的内容；本期的拆分见 change_reasons.csv"),
}


def rating_changes(book: Book) -> pd.DataFrame:
    """Return every change so far, the newest edition first."""
    return RATING_CHANGES.frame(
        RatingChangeRow(
            goal_id=step.now.id,
            name=step.now.name,
            edition=step.edition,
            previous_edition=step.before.verdict.edition,
            rating=step.now.verdict.rating,
            previous_rating=step.before.verdict.rating,
            latest_value=step.now.verdict.latest_value,
            latest_period=step.now.verdict.latest_period,
            previous_value=step.before.verdict.latest_value,
            previous_period=step.before.verdict.latest_period,
            value_unit=step.now.indicator.unit,
            differs="、".join(step.differs),
            demonstration=step.now.verdict.demonstration,
        )
        for step in rating_steps(book)
    )
