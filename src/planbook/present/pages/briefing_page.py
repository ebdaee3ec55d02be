"""The parts of 导读, for a page at the book's root: title, counts, tables, what is withheld."""

from __future__ import annotations

from markupsafe import Markup

from planbook.present.book import Book
from planbook.present.briefing.briefing import Briefing, briefing
from planbook.present.briefing.expected import Expected
from planbook.present.escaping import Html, html, lines, markdown
from planbook.present.say.briefing_words import else_asked
from planbook.present.say.messages import withheld_words
from planbook.present.say.outlook_sentences import REFERENCE_NOTE, by_reference
from planbook.present.tables.briefing_tables import (
    coming_table,
    decisions_table,
    moved_goals_table,
    successes_table,
)
from planbook.present.tables.scoreboard import outlook_address


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
            filter(None, [_asked(told), decisions_table(told, "").html(), _references(book)])
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
    """Return what asks for a decision besides the goals of the table, above which it stands."""
    link = Html('<a href="{}">{}</a>')
    said = [
        link.format(each.address, each.said) if each.address else html(each.said)
        for each in (*told.left_out, *told.asked)
    ]
    words = Html(else_asked("{}")).format(Html("、").join(said))
    return Html('<p class="pb-asked">{}</p>').format(words) if said else Html("")


def _references(book: Book) -> Markup:
    return _note(REFERENCE_NOTE if any(map(by_reference, book.views.values())) else "")


def _note(said: str) -> Markup:
    return Html('<p class="pb-note">{}</p>').format(said) if said else Html("")
