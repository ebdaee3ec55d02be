"""What a unit is told of its warnings: why, what is asked, by whom; of a pack's page and a letter.

All of it is plain text, of the unit's own book.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.periods import day_label
from planbook.present.book import Book
from planbook.present.numbers import in_a_row
from planbook.present.say.action_words import UNANSWERED, answer_words
from planbook.present.watched import is_unanswered, standing_alerts
from planbook.watch_frames import AlertRow

NOTICE = "预警通知单"


def notice_opening(book: Book) -> str:
    """Return by which report how many of the unit's things are warned of."""
    count = len(standing_alerts(book))
    report = f"{in_a_row(book.plan.about.short_title, book.edition.label)}进展报告"
    return f"根据{report}，你单位负责的以下{count}项触发预警。"


def cause_words(found: str, since: str, answered: str, asked: str) -> str:
    return f"{found}；{since}起触发；{answered}。{asked}。"


def answered_words(book: Book, row: AlertRow) -> str:
    """Return what is under way about a warning."""
    answered = answer_words(book, row)
    return f"督办事项：{answered}" if row.action_ids else answered


def asked_of_unit(book: Book, *, with_form: bool, until: str = "") -> Iterator[str]:
    """Yield what a warned unit is asked for, a sentence each.

    Parameters
    ----------
    with_form
        Whether there is a form for the next edition, with which the answer comes.
    until
        The day by which it is asked for by itself, not with the form; empty: with it.
    """
    yield "逐条反馈原因、措施和完成时间；数据有误的，同时报送更正。"
    if with_form and not until:
        rest = "其他的，写在该指标的「备注」或者该举措的「进展」。"
        yield f"有督办事项的，写在填报表的「督办事项」表；{rest}"
    if any(is_unanswered(book, row) for row in standing_alerts(book)):
        yield f"预警已持续多期、{UNANSWERED}的，请提出须由上级协调解决的问题。"
    if until:
        yield f"请于{until}前书面反馈。"
        return
    following = book.edition.plus(1)
    last = day_label(book.dataset.deadline(following))
    if with_form:
        yield f"于{last}前，随{following.label}填报表一并反馈。"
    else:
        yield f"{following.label}没有应报内容，请于{last}前书面反馈。"
