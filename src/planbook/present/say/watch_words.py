"""What tables of warnings say around their cells: captions, headings, and for none."""

from __future__ import annotations

from planbook.present.book import Book
from planbook.present.say.alert_sentences import alert_words
from planbook.present.say.table_words import NONE, sentence
from planbook.present.watched import is_public
from planbook.watch_frames import AlertRow, AlertRule

NOT_RECORDED = "本期发布时还没有预警和督办事项的记录。"


def alerts_of(edition: str) -> str:
    return f"{edition}预警"


def alerts_about(name: str) -> str:
    return f"{name}的预警"


def rule_heading(rule: AlertRule, warnings: int) -> str:
    return f"{rule.label}（{warnings}条）"


def found_sentence(book: Book, row: AlertRow) -> str:
    return sentence(alert_words(book, row).found)


def cleared_since(before: str) -> str:
    return f"{before}有而本期不再触发的预警"


def nothing_recorded_in(before: str) -> str:
    return f"{before}没有可比的记录。"


def no_warning(book: Book) -> str:
    """Return that there is none; a public book knows the public ones only."""
    if is_public(book):
        return "公开的目标和举措本期没有触发预警。"
    return "本期没有触发预警的目标、举措和单位。"


def none_cleared(book: Book) -> str:
    return "公开的预警中没有不再触发的。" if is_public(book) else NONE
