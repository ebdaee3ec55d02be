"""预警通知单: the page of a unit's pack that names its warnings and asks for an answer.

Turns the unit's own book into text; without warnings there is no such page.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.prose import Heading, Prose
from planbook.present.say.action_words import since_words, subject_name
from planbook.present.say.alert_sentences import alert_words
from planbook.present.say.notice_words import (
    NOTICE,
    answered_words,
    asked_of_unit,
    cause_words,
    notice_opening,
)
from planbook.present.say.pack_words import bold_head
from planbook.present.say.table_words import marks, named_text, specified
from planbook.present.watched import standing_alerts
from planbook.watch_frames import AlertRow


def notice(book: Book, *, with_form: bool) -> tuple[Heading | Prose, ...]:
    """Return the notice's parts; none where the unit has no warning.

    Parameters
    ----------
    with_form
        Whether there is a form for the next edition, with which the answer comes.
    """
    rows = standing_alerts(book)
    if not rows:
        return ()
    unit = book.plan.unit(rows[0].submitting_unit)
    opening = f"\n\n{markdown(notice_opening(book))}"
    asked = "\n".join(f"- {markdown(line)}" for line in asked_of_unit(book, with_form=with_form))
    return (
        Heading(1, NOTICE),
        Prose(named_text(markdown(unit.name), opening)),
        Heading(2, "事由"),
        Prose("\n".join(f"{n}. {_cause(book, row)}" for n, row in enumerate(rows, start=1))),
        Heading(2, "要求"),
        Prose(asked),
        Heading(2, "联系" if book.dataset.contact else "发出单位"),
        Prose("\n\n".join(markdown(line) for line in _sender(book))),
    )


def _cause(book: Book, row: AlertRow) -> str:
    """Return a warning: what of what, in numbers, how long, what is asked, what is under way."""
    head = specified(markdown(subject_name(book, row)), row.alert_rule.label)
    said, since = alert_words(book, row), since_words(book, row)
    cause = cause_words(said.found, since, answered_words(book, row), said.asked)
    return bold_head(head, markdown(cause))


def _sender(book: Book) -> Iterator[str]:
    dataset = book.dataset
    yield dataset.prepared_by or book.plan.about.issuer
    if dataset.contact:
        yield dataset.contact
    yield marks((book.edition.label, book.data_words))
