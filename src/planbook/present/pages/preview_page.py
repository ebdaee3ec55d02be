"""What would change for readers if an edition were published: points, as text and as a page.

A `Point` is only told, or it must be decided: then it has a remedy, and perhaps a name by which it
may be accepted as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planbook.acceptance import Acceptance
from planbook.frames import SubmissionRow
from planbook.present.book import Book
from planbook.present.escaping import Html, lines
from planbook.present.say import preview_words
from planbook.present.say.table_words import named_text
from planbook.present.tables.edition_changes import changed_goals_table, goal_changes
from planbook.present.tables.table import Table
from planbook.vocabulary import Severity, SubmissionState

_SILENT = (
    SubmissionState.AWAITED,
    SubmissionState.MISSING,
    SubmissionState.RETURNED,
    SubmissionState.WITHDRAWN,
    SubmissionState.REFUSED,
)
_NAMED = 20  # lines of a point on the screen; the page has all


@dataclass(frozen=True)
class Point:
    """Something to know before an edition is published.

    Attributes
    ----------
    found
        A sentence each; none: nothing of the kind.
    table
        Shown on the page in place of the sentences.
    remedy
        What to do about it before publishing; empty: it is only told.
    acceptance
        By what name it may be published all the same; ``None``: it may not.
    """

    title: str
    found: tuple[str, ...]
    table: Table | None = None
    remedy: str = ""
    acceptance: Acceptance | None = None
    nothing: str = preview_words.NOTHING

    @property
    def must_be_decided(self) -> bool:
        return bool(self.found and self.remedy)

    @property
    def headline(self) -> str:
        return preview_words.headline(self.title, len(self.found), self.nothing)

    @property
    def what_to_do(self) -> str:
        """The remedy, and how to publish all the same."""
        return preview_words.what_to_do(self.remedy, self.acceptance)


def goal_point(now: Book, before: Book | None, root: str) -> Point:
    """Return the goals that say something else than in the last published edition."""
    if before is None:
        return Point("目标的变化", (), nothing=preview_words.FIRST_OF_ALL)
    changes = goal_changes(now.views, before.views)
    table = changed_goals_table(changes, before.edition.label, root)
    return Point("目标的变化", tuple(map(str, changes)), table, nothing=table.empty)


def page_point(pages: Sequence[str], before: Sequence[str] | None) -> Point:
    """Return which pages come and go; `before` is ``None`` where nobody knows."""
    if before is None:
        return Point("页面的增减", (), nothing=preview_words.NO_SITE)
    come, go = sorted(set(pages) - set(before)), sorted(set(before) - set(pages))
    found = (*map(preview_words.new_page, come), *map(preview_words.gone_page, go))
    return Point("页面的增减", found)


def data_points(book: Book, whole: Book, commentary_notes: Iterable[str]) -> tuple[Point, ...]:
    """Return who has not reported, what is wrong, what was not confirmed, and what was revised.

    Parameters
    ----------
    book, whole
        As readers will have it, and the internal one, by which analysts decide.
    """
    own = [row for row in whole.rows.submissions if row.edition == whole.edition.base]
    silent = [row for row in own if row.state in _SILENT]
    errors = [row for row in whole.open_findings if row.severity is Severity.ERROR]
    revised = [
        row for row in book.rows.revisions if book.plan.cycle.told_in(row.vintage) == book.edition
    ]
    return (
        Point(
            "未报送的单位",
            tuple(map(_unit, silent)),
            remedy="催报后用 python -m planbook collect receive 收取",
            acceptance=Acceptance.UNREPORTED,
        ),
        Point(
            "报送中的错误",
            tuple(preview_words.finding(row.message, row.file, row.cell) for row in errors),
            remedy=preview_words.MEND_FINDINGS,
            acceptance=Acceptance.FINDINGS,
        ),
        Point(
            "分析点评",
            tuple(commentary_notes),
            remedy="写好或复核后运行 python -m planbook commentary confirm",
            acceptance=Acceptance.COMMENTARY,
            nothing=preview_words.NO_OPEN_COMMENTARY,
        ),
        Point(
            "修订的数据",
            tuple(
                preview_words.revised_value(
                    book.plan.indicator(row.indicator_id).name,
                    str(row.time_period),
                    _number(row.old_value),
                    _number(row.new_value),
                )
                for row in revised
            ),
            nothing=preview_words.NO_REVISION,
        ),
    )


def preview_text(title: str, points: Sequence[Point]) -> str:
    """Return the points for the screen: what must be decided last, where it is seen."""
    told = [point for point in points if not point.must_be_decided]
    parts = [title, *map(_as_text, told)]
    decide = [point for point in points if point.must_be_decided]
    if not decide:
        return "\n".join([*parts, preview_words.NOTHING_TO_DECIDE])
    parts.append(preview_words.to_decide(len(decide)))
    return "\n".join([*parts, *(f"{_as_text(p)}\n  {p.what_to_do}" for p in decide)])


def preview_page(title: str, points: Sequence[Point], head: Iterable[str]) -> str:
    """Return the points as a page.

    Parameters
    ----------
    head
        Lines of HTML that give it the book's look.
    """
    decide = [point for point in points if point.must_be_decided]
    told = [point for point in points if not point.must_be_decided]
    groups = (("须先决定", decide), ("读者将看到的变化", told))
    body = lines(
        Html("<section><h2>{}</h2>\n{}\n</section>").format(heading, lines(map(_section, own)))
        for heading, own in groups
        if own
    )
    page = Html(
        '<!DOCTYPE html>\n<html lang="zh-CN" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<title>{title}</title>\n{head}\n</head>\n<body>\n<main class="bd-content">\n'
        '<article class="bd-article" style="max-width: 70rem; margin: 0 auto; padding: 1rem">\n'
        "<h1>{title}</h1>\n{body}\n</article>\n</main>\n</body>\n</html>\n"
    )
    return str(page.format(title=title, head=lines(map(Html, head)), body=body))


def _section(point: Point) -> Markup:
    shown = point.table.html() if point.table and point.found else _list(point)
    to_do = Html("\n<p><strong>{}</strong></p>").format(point.what_to_do)
    return Html("<section><h3>{}</h3>\n{}{}</section>").format(
        point.title, shown, to_do if point.must_be_decided else ""
    )


def _list(point: Point) -> Markup:
    if not point.found:
        return Html('<p class="pb-empty">{}</p>').format(point.nothing)
    return Html("<ul>\n{}\n</ul>").format(lines(map(Html("<li>{}</li>").format, point.found)))


def _as_text(point: Point) -> str:
    shown = point.found[:_NAMED]
    more = len(point.found) - len(shown)
    rest = [f"  {preview_words.more_on_the_page(more)}"] if more else []
    return "\n".join([point.headline, *(f"  {said}" for said in shown), *rest])


def _unit(row: SubmissionRow) -> str:
    return named_text(row.unit_name, row.state)


def _number(value: float | None) -> str:
    return "无" if value is None else f"{value:g}"
