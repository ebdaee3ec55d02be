"""What the tables of briefings and units say around their cells: captions, notes, and for none."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.edition_states import edition_before

DECISIONS = "按状态由重到轻，同一状态先列没有督办或督办已逾期的"
NO_DECISION = "没有滞后、逆转或到期未达成的目标。"
NOTHING_WORSE = "没有转差、新作判定或不能再判定的目标。"
SUCCESSES = "好转的目标、完成的举措、销号的督办"
NO_SUCCESS = "本期没有好转的目标、新完成的举措和销号的督办事项。"
RESPONSIBILITY_NOTE = "举措含方案列明的专项；达标可能性较小为30%及以下。"
OWN_GOALS = "负责的目标，状态差的在前"


def others_words(others: int) -> str:
    """Return how many more goals are off their course; empty for none."""
    return f"另有{others}项指标滞后，没有列出。" if others else ""


def compared_words(book: Book) -> str:
    """Return with which edition this one is compared: 与2026年二季度相比."""
    return f"与{edition_before(book)}相比"


def until_words(book: Book) -> str:
    """Return until when things are listed as due."""
    return f"到{book.edition.base.plus(1).label}数据报齐为止"
