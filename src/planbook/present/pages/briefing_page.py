"""The parts of 导读, for a page at the book's root: title, counts, tables, what is withheld."""

from __future__ import annotations

from markupsafe import Markup

from planbook.present.book import Book
from planbook.present.briefing.briefing import Briefing, briefing
from planbook.present.briefing.else_asked import Asked
from planbook.present.briefing.expected import Expected
from planbook.present.escaping import Html, html, lines, markdown
from planbook.present.say.briefing_words import ELSE_ASKED, some_of
from planbook.present.say.messages import withheld_words
from planbook.present.say.outlook_sentences import REFERENCE_NOTE, by_reference
from planbook.present.say.table_words import named_text
from planbook.present.tables.briefing_tables import (
    coming_table,
    decisions_table,
    moved_goals_table,
    successes_table,
)
from planbook.present.tables.scoreboard import outlook_address

_ITEMS = 4  # of a kind that are named; the others stand in their list


def briefing_parts(book: Book) -> dict[str, str]:
    """Return the parts' texts by the names of their fragments."""
    told = briefing(book)
    tables = {
        "moved": moved_goals_table(book, told, ""),
        "successes": successes_table(told, ""),
        "coming": coming_table(book, told, ""),
    }
    return {
        "finding": f"# {markdown(told.title)}",
        "expected": lines(
            filter(None, [expected_counts(told, book.board), _note(withheld_words(book))])
        ),
        "decisions": lines(
            filter(None, [decisions_table(told, "").html(), _references(book), _asked(told)])
        ),
        **{name: table.html() for name, table in tables.items()},
    }


def expected_counts(told: Briefing, board: str) -> Markup:
    """Return how many of all goals are likely to be met, open, unlikely, or not forecast.

    Parameters
    ----------
    board
        Address of the scoreboard's page, to which each count leads; empty: no links.
    """
    return Html(
        '<div class="pb-expected">\n<p>{}项目标到期能否达到：</p>\n<ul>\n{}\n</ul>\n</div>'
    ).format(told.total, lines(_count(each, board) for each in told.expected))


def _count(own: Expected, board: str) -> Markup:
    limit = Html(" <small>{}</small>").format(own.limit) if own.limit else Html("")
    said = Html("<span>{}{}</span> <b>{}</b>项").format(own.name, limit, own.count)
    if board and own.count:
        said = Html('<a href="{}">{}</a>').format(outlook_address(board, own.name), said)
    remark = Html(' <small class="pb-remark">{}</small>').format(own.remark) if own.remark else ""
    return Html("<li>{}{}</li>").format(said, remark)


def _asked(told: Briefing) -> Markup:
    """Return what asks for a decision besides the goals of the table, below which it stands."""
    items = lines(map(_thing, (*told.left_out, *told.asked)))
    if not items:
        return Html("")
    return Html('<div class="pb-asked">\n<p>{}</p>\n<ul>\n{}\n</ul>\n</div>').format(
        ELSE_ASKED, items
    )


def _thing(asked: Asked) -> Markup:
    said = html(asked.said)
    if asked.address:
        said = Html('<a href="{}">{}</a>').format(asked.address, said)
    if not asked.items:
        return Html("<li>{}</li>").format(said)
    more = some_of(asked.items, _ITEMS)
    return Html("<li>{}</li>").format(Html(named_text("{}", "{}")).format(said, more))


def _references(book: Book) -> Markup:
    return _note(REFERENCE_NOTE if any(map(by_reference, book.views.values())) else "")


def _note(said: str) -> Markup:
    return Html('<p class="pb-note">{}</p>').format(said) if said else Html("")
