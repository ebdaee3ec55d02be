"""The fields of a unit's 预警通知单 as a letter, in the words of the page in its pack."""

from __future__ import annotations

from planbook.letters import LetterFields
from planbook.periods import day_label
from planbook.present.book import Book
from planbook.present.say.action_words import since_words, subject_name
from planbook.present.say.alert_sentences import alert_words
from planbook.present.say.notice_words import answered_words, asked_of_unit, notice_opening
from planbook.present.watched import standing_alerts
from planbook.watch_frames import AlertRow


def warning_fields(book: Book, *, with_form: bool, until: str = "") -> LetterFields | None:
    """Return the letter's own fields; ``None`` where the unit has no warning.

    Parameters
    ----------
    book
        The unit's own.
    with_form
        Whether there is a form for the next edition, with which the answer comes.
    until
        The day by which it is asked for in writing; empty: by the next edition's deadline.
    """
    rows = standing_alerts(book)
    if not rows:
        return None
    asked = asked_of_unit(book, with_form=with_form, until=until)
    return {
        "事由": notice_opening(book),
        "预警数": str(len(rows)),
        "数据时点": book.data_words,
        "编号": str(book.edition),
        "答复期限": until or day_label(book.dataset.deadline(book.edition.plus(1))),
        "预警": [_alert(book, row, number) for number, row in enumerate(rows, start=1)],
        "要求": [{"序号": str(n), "内容": line} for n, line in enumerate(asked, start=1)],
    }


def _alert(book: Book, row: AlertRow, number: int) -> dict[str, str]:
    said = alert_words(book, row)
    return {
        "序号": str(number),
        "对象": subject_name(book, row),
        "类别": row.alert_rule.label,
        "情况": said.found,
        "起于": since_words(book, row),
        "督办": answered_words(book, row),
        "须反馈": said.asked,
    }
