"""What analysts wrote about a chapter: how it is shown, and whether its figures still hold.

A commentary carries the figures of its chapter as they were when it was written. Figures that
differ now are told to the analyst, who reads the text again; readers see the text as it is, and
below it what has changed since.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planbook.plan.model import Plan
from planbook.present import numbers
from planbook.present.book import Book
from planbook.present.escaping import markdown
from planbook.present.prose import Prose
from planbook.present.redaction import MEASURES
from planbook.present.say import commentary_words
from planbook.present.say.safe_markdown import bold_without_end, left_out, quoted, safe_markdown
from planbook.present.say.table_words import specified
from planbook.present.say.wording import STATUS_ORDER, day_words
from planbook.present.tables.cells import Column
from planbook.present.tables.table import Cells, Table, listing
from planbook.present.views import GoalView


@dataclass(frozen=True)
class Commentary:
    """A chapter's commentary. `text` is untrusted Markdown, `author` a unit's name."""

    chapter: str
    title: str
    author: str
    written_on: str
    written_for: Mapping[str, str]
    text: str

    def shown(self, changed: Sequence[Change]) -> Prose:
        """Return the text as a quotation, signed by unit and date, with what changed since."""
        signed = commentary_words.signed(markdown(self.author), day_words(self.written_on))
        head = commentary_words.HEAD
        said = [f"**{head}**", safe_markdown(self.text), signed]
        if self.written_for and changed:
            since = commentary_words.differs_since([*map(str, changed)])
            said.append(markdown(since))
        return Prose(quoted("\n\n".join(said)))

    def mistakes(self) -> list[str]:
        """Return what its author typed and readers see as it was typed, for the author."""
        return [
            *map(commentary_words.bold_without_pair, bold_without_end(self.text)),
            *(commentary_words.left_out(*each) for each in dict.fromkeys(left_out(self.text))),
        ]


@dataclass(frozen=True)
class Change:
    """A figure that a commentary was written for and what stands there now; plain text."""

    name: str
    then: str
    now: str

    def __str__(self) -> str:
        return commentary_words.changed(self.name, self.then, self.now)


def chapter_figures(book: Book, chapter: str) -> dict[str, str]:
    """Return the figures of a chapter by goal id, and its measures by status.

    Short and in a fixed form, because commentaries are compared with them letter by letter.
    """
    part = book.plan.chapter(chapter)
    shown = (book.views[goal.id] for goal in part.goals)
    found = {view.id: _goal_figures(view) for view in shown if not view.is_withheld}
    if book.withheld.of(part.fields):
        return found  # its author counted more than the public book has
    counted = Counter(row.status for row in book.rows.measures if row.chapter == chapter)
    said = [
        commentary_words.status_figure(status, counted[status])
        for status in (*STATUS_ORDER, None)
        if counted[status]
    ]
    return {**found, MEASURES: commentary_words.figures(said)} if said else found


def _goal_figures(view: GoalView) -> str:
    value = numbers.quantity(
        view.verdict.latest_value, view.indicator.unit, view.indicator.decimals
    )
    of_period = specified(value, str(view.verdict.latest_period or ""))
    return commentary_words.figures([str(view.verdict.rating), of_period])


def begun_commentaries(book: Book) -> list[Commentary]:
    """Return every commentary there is, the unwritten too, in the plan's order of chapters."""
    plan = book.plan
    return [
        Commentary(
            chapter=row.chapter,
            title=plan.chapter(row.chapter).title,
            author=plan.unit(row.author).name,
            written_on=row.written_on,
            written_for=json.loads(row.written_for or "{}"),
            text=row.text,
        )
        for row in book.rows.commentary
    ]


def commentaries(book: Book) -> dict[str, tuple[Commentary, Sequence[Change]]]:
    """Return what analysts wrote, by chapter, each with the figures that have changed since."""
    return {
        written.chapter: (
            written,
            commentary_changes(written, chapter_figures(book, written.chapter), book.plan),
        )
        for written in begun_commentaries(book)
        if written.text
    }


def commentary_changes(written: Commentary, now: Mapping[str, str], plan: Plan) -> list[Change]:
    """Return the figures that differ from those the commentary was written for."""
    then = written.written_for
    names = {goal.id: goal.name for goal in plan.goals} | {MEASURES: "举措"}
    return [
        Change(names.get(id, id), then.get(id, ""), now.get(id, ""))
        for id in dict.fromkeys([*now, *then])
        if then.get(id, "") != now.get(id, "")
    ]


def state_words(written: Commentary, changed: Sequence[Change]) -> str:
    """Return for the analyst whether the figures still hold."""
    if not written.written_for:
        return commentary_words.NOT_COMPARABLE
    if not changed:
        return commentary_words.AS_WRITTEN
    return commentary_words.changed_since([*map(str, changed)])


def commentary_table(book: Book) -> Table:
    """Return who wrote about which chapter, when, and whether the figures still hold."""
    cells: Cells[tuple[Commentary, Sequence[Change]]] = {
        Column("章节"): lambda its: its[0].title,
        Column("撰写单位"): lambda its: its[0].author,
        Column("日期", "period"): lambda its: day_words(its[0].written_on),
        Column("与本期数据核对"): lambda its: state_words(*its),
    }
    found = commentaries(book).values()
    empty = commentary_words.NO_COMMENTARY
    note = commentary_words.NO_REVISION if any(changed for _, changed in found) else ""
    return listing("commentary", "本期分析点评", cells, found, note=note, empty=empty)
