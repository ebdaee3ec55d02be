"""What `planbook.open` gives to notebooks: the book, and its chapters and pages to call.

Every method returns something that shows itself: text, a table or a figure. Nothing is computed
here that another layer could have computed; a method only chooses rows and hands them on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planbook.errors import UsageError
from planbook.present.book import Book
from planbook.present.chapter_part import chapter_part
from planbook.present.notebook.changes_page import changes_chart
from planbook.present.notebook.chapter import Chapter
from planbook.present.notebook.editions_page import EditionsPage
from planbook.present.notebook.measures_page import MeasuresPage
from planbook.present.notebook.outlook_part import OutlookPart
from planbook.present.notebook.overview import Overview
from planbook.present.notebook.projects_page import ProjectsPage
from planbook.present.notebook.quality import Quality
from planbook.present.notebook.tasks_page import TasksPage
from planbook.present.notebook.watchlist_page import WatchlistPage
from planbook.present.prose import Prose
from planbook.present.say import commentary_words, notebook_words
from planbook.present.say.messages import key_messages
from planbook.present.tables import commentary_box
from planbook.present.tables.change_tables import by_reason_table
from planbook.present.tables.column_tables import columns_table, tables_table
from planbook.present.tables.quality_tables import input_warnings

if TYPE_CHECKING:
    from planbook.present.charts.figure import Figure


@dataclass(frozen=True, eq=False, repr=False)
class OpenBook(OutlookPart):
    """A book with what notebooks call."""

    def chapter(self, id: str) -> Chapter:
        """Return the chapter with this id, or raise `UsageError` naming those there are."""
        own = self.part(id)
        return Chapter(self, own.plan.chapter(id), own)

    def part(self, chapter: str) -> Book:
        """Return the part of the book that is about one chapter; raise as `chapter` does."""
        known = {each.id: each for each in self.plan.chapters}
        if chapter not in known:
            raise UsageError(notebook_words.no_chapter(chapter, known))
        return chapter_part(self, known[chapter])

    def overview(self) -> Overview:
        return Overview(self)

    def quality(self) -> Quality:
        return Quality(self)

    def editions(self) -> EditionsPage:
        return EditionsPage(self)

    def measures(self) -> MeasuresPage:
        return MeasuresPage(self)

    def watchlist(self) -> WatchlistPage:
        return WatchlistPage(self)

    def tasks(self) -> TasksPage:
        return TasksPage(self)

    def projects(self) -> ProjectsPage:
        return ProjectsPage(self)

    changes_chart = changes_chart
    changes_by_reason = by_reason_table
    contents = tables_table
    columns = staticmethod(columns_table)
    messages = key_messages
    figures = commentary_box.chapter_figures
    commentaries = cached_property(commentary_box.commentaries)
    input_notes = input_warnings

    @property
    def unwritten(self) -> list[str]:
        """The titles of chapters whose commentary was begun and holds no text yet."""
        begun = commentary_box.begun_commentaries(self)
        return [written.title for written in begun if not written.text]

    def commentary_notes(self) -> list[str]:
        """Return what analysts are told while the book is made: texts to read again or to end."""
        again = [
            commentary_words.about(written.title, commentary_box.state_words(written, changed))
            for written, changed in self.commentaries.values()
            if changed or not written.written_for
        ]
        mistaken = [
            commentary_words.about(written.title, said)
            for written, _ in self.commentaries.values()
            for said in written.mistakes()
        ]
        unwritten = [
            commentary_words.about(title, commentary_words.UNWRITTEN) for title in self.unwritten
        ]
        return again + mistaken + unwritten

    def trajectory(self, goal_id: str) -> Figure | Prose:
        """Return a goal's chart, or a sentence where there is nothing to draw yet."""
        from planbook.present.charts.trajectory import goal_chart  # noqa: PLC0415 - matplotlib, 0.5 s

        return goal_chart(self, goal_id)
