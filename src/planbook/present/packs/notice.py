"""预警通知单: the page of a unit's pack that names its warnings and asks for an answer.

Turns the unit's own book into text; without warnings there is no such page.
"""

from __future__ import annotations

from collections.abc import Iterator

from planbook.periods import day_label
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.numbers import in_a_row
from planbook.present.prose import Heading, Prose
from planbook.present.say.action_words import UNANSWERED, answer_words, since_words, subject_name
from planbook.present.say.alert_sentences import alert_words
from planbook.present.watched import is_unanswered, standing_alerts
from planbook.watch_frames import AlertRow

TITLE = "预警通知单"


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
    plan = book.plan.about.short_title
    opening = (
        f"根据{in_a_row(plan, book.edition.label)}进展报告，你单位负责的以下{len(rows)}项触发预警。"
    )
    asked = "\n".join(f"- {markdown(line)}" for line in _asked(book, with_form=with_form))
    return (
        Heading(1, TITLE),
        Prose(f"{markdown(unit.name)}：\n\n{markdown(opening)}"),
        Heading(2, "事由"),
        Prose("\n".join(f"{n}. {_cause(book, row)}" for n, row in enumerate(rows, start=1))),
        Heading(2, "要求"),
        Prose(asked),
        Heading(2, "联系" if book.dataset.contact else "发出单位"),
        Prose("\n\n".join(markdown(line) for line in _sender(book))),
    )


def _cause(book: Book, row: AlertRow) -> str:
    """Return a warning: what of what, in numbers, how long, what is asked, what is under way."""
    head = f"**{markdown(subject_name(book, row))}（{row.alert_rule.label}）**："
    said, since = alert_words(book, row), since_words(book, row)
    answered = answer_words(book, row)
    told = f"督办事项：{answered}" if row.action_ids else answered
    return head + markdown(f"{said.found}；{since}起触发；{told}。{said.asked}。")


def _asked(book: Book, *, with_form: bool) -> Iterator[str]:
    yield "逐条反馈原因、措施和完成时间；数据有误的，同时报送更正。"
    if with_form:
        rest = "其他的，写在该指标的「备注」或者该举措的「进展」。"
        yield f"有督办事项的，写在填报表的「督办事项」表；{rest}"
    if any(is_unanswered(book, row) for row in standing_alerts(book)):
        yield f"已持续多期、{UNANSWERED}的，请提出须由上级协调解决的问题。"
    following = book.edition.plus(1)
    last = day_label(book.dataset.deadline(following))
    if with_form:
        yield f"于{last}前，随{following.label}填报表一并反馈。"
    else:
        yield f"{following.label}没有应报内容，请于{last}前书面反馈。"


def _sender(book: Book) -> Iterator[str]:
    dataset = book.dataset
    yield dataset.prepared_by or book.plan.about.issuer
    if dataset.contact:
        yield dataset.contact
    yield "，".join(filter(None, (book.edition.label, book.data_words)))
