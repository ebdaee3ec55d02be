"""What the notebook 年度任务 calls: who has to have done what by which month, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from planbook.present.escaping import markdown
from planbook.present.notebook.page import Page, of_book
from planbook.present.prose import Prose
from planbook.present.say.task_words import tasks_sentence
from planbook.present.tables import task_tables


@dataclass(frozen=True, eq=False)
class TasksPage(Page):
    """The tasks of this edition's year on one page."""

    def lead(self) -> Prose:
        """Return how many tasks there are, how they stand, and who is late."""
        return Prose(markdown(tasks_sentence(self.book)))

    board = of_book(task_tables.board_table)
    due = of_book(task_tables.due_table)
    list = of_book(task_tables.tasks_table)
    pending = of_book(task_tables.pending_table)
    ahead = of_book(task_tables.ahead_table)
