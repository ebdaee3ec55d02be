"""What asks for a decision besides the goals that are told: counted, named, each with its list.

Goals that were left out, what projects need of others, later months that units ask for, warnings
on which nobody acts, what is blocked. A public book knows only some of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planbook.present.addresses import scoreboard_address
from planbook.present.book import Book
from planbook.present.briefing.decisions import Decision
from planbook.present.reserve import needing
from planbook.present.say import briefing_words as say
from planbook.present.say.action_words import open_ended
from planbook.present.say.meeting_words import action_blocked, project_need, task_asks
from planbook.present.tasked import tasks_asking
from planbook.present.watched import blocked_actions, unanswered
from planbook.project_frames import ProjectRow
from planbook.task_frames import TaskRow
from planbook.vocabulary import MeasureStatus
from planbook.watch_frames import ActionRow


@dataclass(frozen=True)
class Asked:
    """Some things of one kind that ask for a decision.

    Attributes
    ----------
    said
        How many of what: 3个项目有需要协调的事项.
    address
        Where they are listed, from the book's own folder; empty: no page lists them.
    items
        What is to be decided, each with its name and unit; empty where its list says that better.
    """

    said: str
    address: str
    items: tuple[str, ...] = ()


def left_out(book: Book, left: Sequence[Decision]) -> tuple[Asked, ...]:
    """Return the goals off their course that are not told one by one; empty for none."""
    if not left:
        return ()
    ratings = dict.fromkeys(each.view.verdict.rating for each in left)
    address = scoreboard_address(book.board, ratings) if book.board else ""
    return (Asked(say.others_behind(len(left)), address),)


def asked(book: Book) -> tuple[Asked, ...]:
    """Return what besides goals asks for a decision, what units ask for first."""
    return tuple(_asked(book))


def _asked(book: Book) -> Iterator[Asked]:
    projects = needing(book.rows.projects)
    if projects:
        needs = tuple(_item(book, row, row.project, project_need(row)) for row in projects)
        address = book.listed_at("projects", "project-needs")
        yield Asked(say.projects_need(len(projects)), address, needs)
    tasks = tasks_asking(book.rows.tasks)
    if tasks:
        months = tuple(_item(book, row, row.task, task_asks(row)) for row in tasks)
        yield Asked(say.tasks_ask(len(tasks)), book.listed_at("tasks", "tasks"), months)
    measures = [row for row in book.rows.measures if row.status is MeasureStatus.BLOCKED]
    if measures:
        yield Asked(say.measures_blocked(len(measures)), book.listed_at("measures", "attention"))
    actions = blocked_actions(book)
    if actions:
        late = all(row.overdue for row in actions)
        table = "overdue-actions" if late else "open-actions"
        stuck = tuple(_item(book, row, row.task, action_blocked(row)) for row in actions)
        yield Asked(say.actions_blocked(len(actions)), book.listed_at("watchlist", table), stuck)
    alerts = unanswered(book)
    if alerts:
        editions = book.plan.cycle.counted(book.plan.about.alerts.editions)
        yield Asked(
            say.alerts_unanswered(len(alerts), editions), book.listed_at("watchlist", "alerts")
        )


def _item(book: Book, row: ProjectRow | TaskRow | ActionRow, name: str, what: str) -> str:
    unit = book.plan.unit(row.submitting_unit).short
    return say.asked_of(open_ended(name), unit, open_ended(what))
