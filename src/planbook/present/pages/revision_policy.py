"""What the page 修订与更正政策 says, written from the settings in force.

``book/revision-policy.md`` has the headings; below each stands a fragment of here, whose sentences
are `planbook.present.say.policy_words`'.
"""

from __future__ import annotations

from planbook.periods import Edition
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.prose import Prose
from planbook.present.say import policy_words
from planbook.present.say.wording import day_words
from planbook.present.tables.cells import Column, period
from planbook.present.tables.goal_tables import edition_cell
from planbook.present.tables.table import Cells, Table, listing
from planbook.workspace import Dataset

_COMING = 4  # editions in the calendar


def revision_policy(book: Book) -> dict[str, Prose | Table]:
    """Return the fragments of the page, by name."""
    return {
        "policy-cut-off": _points(*policy_words.cut_off(book)),
        "policy-calendar": calendar(book.dataset, book.edition),
        "policy-revisions": _points(*policy_words.revisions()),
        "policy-corrections": _points(*policy_words.corrections(book.edition)),
        "policy-methods": _points(*policy_words.methods(book.plan)),
        "policy-withdrawal": _points(*policy_words.withdrawal()),
        "policy-access": _points(*policy_words.access()),
        "policy-visibility": _points(*policy_words.visibility(book.dataset)),
        "policy-contact": Prose(markdown(policy_words.contact(book.dataset))),
    }


def _points(*sentences: str) -> Prose:
    return Prose("\n".join(f"- {markdown(sentence)}" for sentence in sentences))


def calendar(dataset: Dataset, edition: Edition) -> Table:
    """Return the next editions with their dates."""
    coming = [edition.base.plus(ahead) for ahead in range(_COMING)]
    cells: Cells[Edition] = {
        Column("期号", "period"): edition_cell,
        Column("数据截至", "period"): lambda each: period(day_words(str(each.end.last_day))),
        Column("报送截止", "period"): lambda each: period(day_words(str(dataset.deadline(each)))),
        Column("发布", "period"): lambda each: period(policy_words.release_words(dataset, each)),
    }
    return listing("calendar", "本期和以后各期的日程", cells, coming)
